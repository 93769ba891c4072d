package xmltree

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// diffCase is a wanted and an actual document and how they differ: path, line, and
// what is wanted (-) and came (+).
type diffCase struct {
	name, want, got string
	compare         Compare
	differences     []string
}

func sameDocuments() []diffCase {
	return []diffCase{
		{name: "prefixes and places of declarations", want: "<a xmlns='u'><b xmlns='v'/></a>", got: "<p:a xmlns:p='u' xmlns:q='v'><q:b/></p:a>"},
		{name: "order of attributes", want: "<a b='1' c='2'/>", got: "<a c='2' b='1'/>"},
		{name: "white space between elements", want: "<a><b>x</b><c/></a>", got: "<a>\n  <b>x</b>\n  <c/>\n</a>"},
		{name: "white space in an empty element", want: "<a></a>", got: "<a>\n</a>"},
		{name: "comments, CDATA, references", want: "<a><b>x&amp;y</b></a>", got: "<a><!-- c --><b>x<![CDATA[&]]><?p?>y</b></a>"},
		{name: "order of different names", want: "<a><b/><c/></a>", got: "<a><c/><b/></a>"},
	}
}

func changes() []diffCase {
	return []diffCase{
		{name: "root", want: "<a xmlns='u'/>", got: "<a xmlns='v'/>", differences: []string{"/q:a:1 -p:a +q:a"}},
		{name: "text", want: "<a><b>x</b></a>", got: "<a>\n<b>y</b></a>", differences: []string{"/a/b:2 -x +y"}},
		{name: "white space in text counts", want: "<a><b>x</b></a>", got: "<a><b> x</b></a>", differences: []string{"/a/b:1 -x + x"}},
		{name: "text beside elements", want: "<a>x <b/> y</a>", got: "<a>x<b/>\n\n y</a>"},
		{name: "other text beside elements", want: "<a>x<b/></a>", got: "<a>y<b/></a>", differences: []string{"/a:1 -x +y"}},
		{name: "attribute", want: "<a b='1'/>", got: "<a b='2'/>", differences: []string{"/a/@b:1 -1 +2"}},
		{name: "attribute missing", want: "<a b='1'/>", got: "<a/>", differences: []string{"/a/@b:1 -1"}},
		{name: "attribute in another namespace", want: "<a p:b='1' xmlns:p='u'/>", got: "<a b='1'/>", differences: []string{"/a/@p:b:1 -1"}},
		{name: "element missing", want: "<a><b>x</b></a>", got: "<a/>", differences: []string{"/a/b:1 -<b>x</b>"}},
		{name: "element missing among its like", want: "<a><b>x</b><b>y</b></a>", got: "<a><b>y</b></a>", differences: []string{"/a/b[2]:1 -<b>x</b>"}},
		{name: "element in another namespace", want: "<a><b xmlns='u'/></a>", got: "<a><b/></a>", differences: []string{"/a/p:b:1 -<p:b/>"}},
	}
}

func additions() []diffCase {
	return []diffCase{
		{name: "more elements are allowed", want: "<a><b>x</b></a>", got: "<a><z/><b>x</b><b>y</b></a>"},
		{name: "more elements before are allowed", want: "<a><b>x</b></a>", got: "<a><b>w</b><b>x</b></a>"},
		{name: "more attributes are allowed", want: "<a/>", got: "<a b='1'/>"},
		{name: "not when exact", want: "<a><b>x</b></a>", got: "<a c='1'><z/><b>x</b><b k='1'>y</b></a>", compare: Compare{Exact: true},
			differences: []string{"/a/@c:1 +1", `/a/b[2]:1 +<b k="1">y</b>`, "/a/z:1 +<z/>"}},
		{name: "exact and equal", want: "<a b='1'><c/></a>", got: "<a b='1'> <c/></a>", compare: Compare{Exact: true}},
		{name: "exact below an empty element", want: "<a/>", got: "<a><b/></a>", compare: Compare{Exact: true}, differences: []string{"/a/b:1 +<b/>"}},
	}
}

func orders(t *testing.T) []diffCase {
	return []diffCase{
		{name: "order of one name counts", want: "<a><b>1</b><b>2</b></a>", got: "<a><b>2</b><b>1</b></a>", differences: []string{"/a/b[1]:1 -1 +2", "/a/b[2]:1 -2 +1"}},
		{name: "unless unordered", want: "<a><b>1</b><b>2</b></a>", got: "<a><b>2</b><b>1</b></a>", compare: Compare{Unordered: paths(t, "b")}},
		{name: "unordered below", want: "<a><c><b>1</b><b>2</b></c></a>", got: "<a><c><b>2</b><b>1</b></c></a>", compare: Compare{Unordered: paths(t, "c/b")}},
		{name: "unordered with a change", want: "<a><b>1</b><b>2</b></a>", got: "<a><b>3</b><b>1</b></a>", compare: Compare{Unordered: paths(t, "b")},
			differences: []string{"/a/b[1]:1 -2 +3"}},
		{name: "unordered finds partners for partial elements", want: "<a><b><k>1</k></b><b><k>1</k><l>2</l></b></a>",
			got: "<a><b><k>1</k><l>2</l></b><b><k>1</k></b></a>", compare: Compare{Unordered: paths(t, "b")}},
		{name: "unordered, one missing", want: "<a><b>1</b><b>2</b></a>", got: "<a><b>2</b></a>", compare: Compare{Unordered: paths(t, "b")},
			differences: []string{"/a/b[2]:1 -<b>1</b>"}},
		{name: "unordered, one too many", want: "<a><b>1</b></a>", got: "<a><b>2</b><b>1</b></a>", compare: Compare{Unordered: paths(t, "b"), Exact: true},
			differences: []string{"/a/b[1]:1 +<b>2</b>"}},
		{name: "the closest partners are shown", want: "<a><b><k>1</k><l>x</l></b></a>", got: "<a><b><k>0</k><l>y</l></b><b><k>1</k><l>z</l></b></a>",
			differences: []string{"/a/b[2]/l:1 -x +z"}},
	}
}

func values() []diffCase {
	return []diffCase{
		{name: "text is not typed by itself", want: "<a>1</a>", got: "<a>true</a>", differences: []string{"/a:1 -1 +true"}},
		{name: "booleans", want: "<a b='1'>0</a>", got: "<a b='true'>false</a>", compare: Compare{Typed: true}},
		{name: "other booleans", want: "<a>1</a>", got: "<a>false</a>", compare: Compare{Typed: true}, differences: []string{"/a:1 -1 +false"}},
		{name: "date-times in zones", want: "<a>2011-02-02T14:23:09Z</a>", got: "<a>2011-02-02T15:23:09.000+01:00</a>", compare: Compare{Typed: true}},
		{name: "other date-times", want: "<a>2011-02-02T14:23:09Z</a>", got: "<a>2011-02-02T14:23:09+01:00</a>", compare: Compare{Typed: true},
			differences: []string{"/a:1 -2011-02-02T14:23:09Z +2011-02-02T14:23:09+01:00"}},
		{name: "date-time with and without zone", want: "<a>2011-02-02T14:23:09Z</a>", got: "<a>2011-02-02T14:23:09</a>", compare: Compare{Typed: true},
			differences: []string{"/a:1 -2011-02-02T14:23:09Z +2011-02-02T14:23:09"}},
		{name: "dates", want: "<a>2011-02-02Z</a>", got: "<a>2011-02-02+00:00</a>", compare: Compare{Typed: true}},
		{name: "boolean where one is declared", want: "<a b='1'><c>0</c></a>", got: "<a b='true'><c>false</c></a>", compare: Compare{Typed: true, TypeOf: types("b", Boolean, "c", Boolean)}},
		{name: "text where none is declared", want: "<a b='1'><c>0</c></a>", got: "<a b='true'><c>false</c></a>", compare: Compare{Typed: true, TypeOf: types("b", DateTime, "c", Date)},
			differences: []string{"/a/@b:1 -1 +true", "/a/c:1 -0 +false"}},
		{name: "date-time is no date", want: "<a>2011-02-02</a>", got: "<a>2011-02-02T00:00:00</a>", compare: Compare{Typed: true}, differences: []string{"/a:1 -2011-02-02 +2011-02-02T00:00:00"}},
		{name: "other dates", want: "<a>2011-02-02</a>", got: "<a>2011-02-03</a>", compare: Compare{Typed: true}, differences: []string{"/a:1 -2011-02-02 +2011-02-03"}},
	}
}

func instances() []diffCase {
	return []diffCase{
		{name: "nil", want: nilled("1"), got: nilled("true")},
		{name: "nil wanted", want: nilled("true"), got: "<a/>", differences: []string{"/a/@{http://www.w3.org/2001/XMLSchema-instance}nil:1 -true +false"}},
		{name: "nil not wanted", want: "<a/>", got: nilled("true"), differences: []string{"/a/@{http://www.w3.org/2001/XMLSchema-instance}nil:1 -false +true"}},
		{name: "not nil is nothing", want: nilled("false"), got: "<a/>", compare: Compare{Exact: true}},
		{name: "types of instances do not count", want: "<a/>", got: "<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:type='b'/>", compare: Compare{Exact: true}},
	}
}

func skips() []diffCase {
	return []diffCase{
		{name: "skipped", want: "<a><b>x</b><c>1</c></a>", got: "<a><c>1</c></a>", compare: Compare{Skip: named("b")}},
		{name: "skipped is not refused", want: "<a><b>x</b></a>", got: "<a><b>y</b></a>", compare: Compare{Skip: named("b"), Exact: true}},
		{name: "skipped leaves the others", want: "<a><b>x</b><c>1</c></a>", got: "<a><c>2</c></a>", compare: Compare{Skip: named("b")}, differences: []string{"/a/c:1 -1 +2"}},
	}
}

func TestDiffComparesByMeaning(t *testing.T) {
	for _, tt := range slices.Concat(sameDocuments(), changes(), additions(), orders(t), values(), instances(), skips()) {
		t.Run(tt.name, func(t *testing.T) {
			tt.compare.Prefix = prefixes
			var got []string
			for _, d := range Diff(mustParse(t, tt.want).Root, mustParse(t, tt.got).Root, tt.compare) {
				s := fmt.Sprintf("%s:%d", d.Path, d.Line)
				if !d.WantAbsent {
					s += " -" + d.Want
				}
				if !d.GotAbsent {
					s += " +" + d.Got
				}
				got = append(got, s)
			}
			if diff := cmp.Diff(tt.differences, got, equateEmpty); diff != "" {
				t.Errorf("differences (-want +got):\n%s", diff)
			}
		})
	}
}

var equateEmpty = cmp.Transformer("empty", func(s []string) string { return strings.Join(s, "\n") })

func paths(t *testing.T, list ...string) []Path {
	var out []Path
	for _, s := range list {
		out = append(out, mustPath(t, s))
	}
	return out
}

func named(local string) func(*Node) bool { return func(n *Node) bool { return n.Name.Local == local } }

func nilled(value string) string {
	return "<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='" + value + "'/>"
}

// A hostile answer with very many siblings is compared by place, and what is
// reported of it is bounded.
func TestDiffOfManySiblingsIsBounded(t *testing.T) {
	want := mustParse(t, "<a>"+strings.Repeat("<b>1</b>", 3)+"</a>").Root
	got := mustParse(t, "<a>"+strings.Repeat("<b>2</b>", 100_000)+"</a>").Root
	if n := len(Diff(want, got, Compare{Exact: true, Unordered: paths(t, "b")})); n != maxDifferences {
		t.Errorf("%d differences, want %d", n, maxDifferences)
	}
}

func TestMarkupIsBounded(t *testing.T) {
	long := strings.Repeat("x", 5_000_000)
	d := mustParse(t, "<a b='"+long+"'>"+strings.Repeat("<c>"+long+"</c>", 2)+"</a>")
	if n := len(d.Root.Markup(nil)); n > 4*markupBytes {
		t.Errorf("markup has %d bytes", n)
	}
}

// types gives names of no namespace their types.
func types(pairs ...string) func(xml.Name) string {
	return func(name xml.Name) string {
		for i := 0; i < len(pairs); i += 2 {
			if name == (xml.Name{Local: pairs[i]}) {
				return pairs[i+1]
			}
		}
		return ""
	}
}
