package xmltree

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestEditLeavesEveryOtherByte(t *testing.T) {
	const doc = "<?xml version='1.0'?>\r\n<a  b = '1' ><!-- c --><b>x</b >\t<c/></a >\n"
	d := mustParse(t, doc)
	b, c := d.Nodes[1], d.Nodes[2]
	tests := []struct {
		name  string
		edits []Splice
		want  string
	}{
		{"nothing", nil, doc},
		{"text", []Splice{{b.InnerStart, b.InnerEnd, EscapeText("<y>")}}, "<?xml version='1.0'?>\r\n<a  b = '1' ><!-- c --><b>&lt;y&gt;</b >\t<c/></a >\n"},
		{"remove", []Splice{{c.Start, c.End, ""}}, "<?xml version='1.0'?>\r\n<a  b = '1' ><!-- c --><b>x</b >\t</a >\n"},
		{"insert in the order given", []Splice{{d.Root.InnerEnd, d.Root.InnerEnd, "<d/>"}, {d.Root.InnerEnd, d.Root.InnerEnd, "<e/>"}},
			"<?xml version='1.0'?>\r\n<a  b = '1' ><!-- c --><b>x</b >\t<c/><d/><e/></a >\n"},
		{"in any order", []Splice{{c.Start, c.End, "<d/>"}, {b.InnerStart, b.InnerEnd, "y"}}, "<?xml version='1.0'?>\r\n<a  b = '1' ><!-- c --><b>y</b >\t<d/></a >\n"},
		{"insert before what is removed", []Splice{{c.Start, c.End, ""}, {c.Start, c.Start, "<d/>"}}, "<?xml version='1.0'?>\r\n<a  b = '1' ><!-- c --><b>x</b >\t<d/></a >\n"},
		{"the outer one counts", []Splice{{b.InnerStart, b.InnerEnd, "y"}, {b.Start, b.End, "<z/>"}}, "<?xml version='1.0'?>\r\n<a  b = '1' ><!-- c --><z/>\t<c/></a >\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, string(Edit(d, tt.edits...))); diff != "" {
				t.Errorf("Edit (-want +got):\n%s", diff)
			}
		})
	}
}

func TestEscapedTextIsReadBackAsItIs(t *testing.T) {
	for _, text := range []string{"", "plain", `<&>"'`, "]]>", "a\rb\r\nc\n", "é\U0001F600", "\t"} {
		d := mustParse(t, "<a>"+EscapeText(text)+"</a>")
		if d.Root.Text != text {
			t.Errorf("%q comes back as %q", text, d.Root.Text)
		}
	}
	for _, text := range []string{`<&>"'`, "x\ry", "é"} {
		for _, quote := range []string{"'", `"`} {
			d := mustParse(t, "<a b="+quote+EscapeText(text)+quote+"/>")
			if d.Root.Attrs[0].Value != text {
				t.Errorf("%q comes back from an attribute as %q", text, d.Root.Attrs[0].Value)
			}
		}
	}
	if got, want := EscapeText("a\x00b\xffc\uFFFEd"), "a\uFFFDb\uFFFDc\uFFFDd"; got != want {
		t.Errorf("EscapeText of what XML does not allow = %q, want %q", got, want)
	}
}
