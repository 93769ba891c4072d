package xmltree

import (
	"encoding/xml"
	"errors"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

const small = `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">
  <s:Header>
    <h:syncResponseHeaderInfo xmlns:h="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0" xmlns="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0">
      <h:messageIdentifier>1</h:messageIdentifier>
      <statusInfo><codeMajor>success</codeMajor><severity>warning</severity>
        <codeMinor><codeMinorField><codeMinorName>personmanagement</codeMinorName><codeMinorValue>x</codeMinorValue></codeMinorField></codeMinor>
        <messageIdRef>1</messageIdRef>
        <description><language xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">en-US</language>
        <text xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">Object &amp; more</text></description>
      </statusInfo>
    </h:syncResponseHeaderInfo>
    <o:Security s:mustUnderstand="1" xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><u:Timestamp u:Id="_0"><u:Created>2011-02-02T14:23:09.653Z</u:Created><u:Expires>2011-02-02T14:28:09.653Z</u:Expires></u:Timestamp></o:Security>
  </s:Header>
  <s:Body><readPersonResponse xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0"/></s:Body>
</s:Envelope>`

func mustParse(t testing.TB, doc string) *Document {
	t.Helper()
	d, err := Parse([]byte(doc), "", Limits{})
	if err != nil {
		t.Fatalf("Parse(%q): %v", doc, err)
	}
	return d
}

func TestParseBuildsATreeWithPlaces(t *testing.T) {
	d := mustParse(t, "<a xmlns='u' xmlns:p='v'>x\n  <!-- c --><p:b p:k='1 &amp; 2' l='3'/>é<c\n>y</c  ></a>")
	b := &Node{Name: xml.Name{Space: "v", Local: "b"}, Index: 1, Line: 2, Column: 13, Start: 39, End: 67, InnerStart: 67, InnerEnd: 67,
		Attrs: []Attr{{xml.Name{Space: "v", Local: "k"}, "1 & 2"}, {xml.Name{Local: "l"}, "3"}}}
	c := &Node{Name: xml.Name{Space: "u", Local: "c"}, Index: 2, Line: 2, Column: 42, Start: 69, End: 80, InnerStart: 73, InnerEnd: 74, Text: "y"}
	a := &Node{Name: xml.Name{Space: "u", Local: "a"}, Line: 1, Column: 1, Start: 0, End: 84, InnerStart: 25, InnerEnd: 80,
		Text: "x\n  é", Declared: []Declaration{{"", "u"}, {"p", "v"}}, Children: []*Node{b, c}}
	ignored := cmp.Options{cmpopts.IgnoreFields(Node{}, "Parent"), cmpopts.EquateEmpty()}
	if diff := cmp.Diff([]*Node{a, b, c}, d.Nodes, ignored); diff != "" {
		t.Errorf("nodes (-want +got):\n%s", diff)
	}
	if d.Root != d.Nodes[0] || d.Nodes[1].Parent != d.Root || d.Nodes[2].Parent != d.Root || d.Root.Parent != nil {
		t.Error("root and parents are not linked to the nodes")
	}
	for _, n := range d.Nodes {
		whole := string(d.UTF8[n.Start:n.End])
		if again := mustParseInside(t, whole); again.Root.Text != n.Text {
			t.Errorf("offsets of node %d cover %q, which is not the element", n.Index, whole)
		}
	}
}

// mustParseInside parses an element that was cut out of its document.
func mustParseInside(t testing.TB, element string) *Document {
	t.Helper()
	return mustParse(t, strings.Replace(element, "<p:b", "<p:b xmlns:p='v'", 1))
}

func TestParseReadsTextAsTheStandardSays(t *testing.T) {
	tests := []struct{ name, doc, text, attr string }{
		{name: "line ends become line feeds", doc: "<a>1\r\n2\r3\n4</a>", text: "1\n2\n3\n4"},
		{name: "line ends in CDATA too", doc: "<a><![CDATA[1\r\n2\r]]></a>", text: "1\n2\n"},
		{name: "a carriage return by reference stays", doc: "<a>1&#13;2</a>", text: "1\r2"},
		{name: "CDATA, comments and instructions are one text", doc: "<a>1<![CDATA[<&]]><!-- x -->2<?p x?>3</a>", text: "1<&23"},
		{name: "text around children is one text", doc: "<a>1<b>no</b>2<b/>3</a>", text: "123"},
		{name: "references", doc: "<a>&lt;&#x1F600;&amp;lt;</a>", text: "<\U0001F600&lt;"},
		{name: "a reference is no markup", doc: "<a>&#60;b/&#62;</a>", text: "<b/>"},
		{name: "white space in attributes becomes spaces", doc: "<a k='1\t2\n3\r\n4\r5'/>", attr: "1 2 3 4 5"},
		{name: "white space by reference stays in attributes", doc: "<a k='1&#9;2&#10;3&#13;4'/>", attr: "1\t2\n3\r4"},
		{name: "quotes in attributes", doc: `<a k='"&apos;'/>`, attr: `"'`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := mustParse(t, tt.doc)
			attr, _ := d.Root.Attr(xml.Name{Local: "k"})
			if d.Root.Text != tt.text || attr != tt.attr {
				t.Errorf("Parse(%q) has text %q and attribute %q, want %q and %q", tt.doc, d.Root.Text, attr, tt.text, tt.attr)
			}
		})
	}
}

func TestParseSaysWhereADocumentIsWrong(t *testing.T) {
	tests := []struct {
		name, doc string
		want      SyntaxError
	}{
		{"end tag", "<a>\n  é</b></a>", SyntaxError{2, 4, WellFormed, `the end tag "b" does not match the start tag "a" of line 1`}},
		{"prefix", "<a>\n<p:b/></a>", SyntaxError{2, 1, Namespace, `the prefix of the element "p:b" is not declared`}},
		{"prefix of an attribute", "<a>\n<b p:c=''/></a>", SyntaxError{2, 4, Namespace, `the prefix of the attribute "p:c" is not declared`}},
		{"encoding", "<a>\n\xff</a>", SyntaxError{2, 1, Encoding, "byte 0xFF does not continue UTF-8"}},
		{"character", "<a>\n \x01</a>", SyntaxError{2, 2, WellFormed, "the character U+0001 is not allowed in XML"}},
		{"doctype", "<!DOCTYPE a><a/>", SyntaxError{1, 1, Doctype, "the document holds a document type declaration"}},
		{"hostile name", "<a>&" + strings.Repeat("x", 1000) + ";</a>", SyntaxError{1, 4, WellFormed,
			`the reference "&` + strings.Repeat("x", 59) + `"... is not known or not allowed`}},
		{"end", "<a>\n<b>", SyntaxError{2, 4, WellFormed, `the document ends before the end tag of "b"`}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.doc), "", Limits{})
			var got *SyntaxError
			if !errors.As(err, &got) {
				t.Fatalf("Parse: %v, want a SyntaxError", err)
			}
			if diff := cmp.Diff(tt.want, *got); diff != "" {
				t.Errorf("error (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseFindsTheEncoding(t *testing.T) {
	const declared = `<?xml version="1.0" encoding="%"?><a>é</a>`
	in := func(encoding string) string { return strings.Replace(declared, "%", encoding, 1) }
	latin := func(encoding string) string { return strings.Replace(in(encoding), "é", "\xE9", 1) }
	tests := []struct {
		name, charset, doc          string
		encoding, text, mislabelled string
		kind                        Kind
	}{
		{name: "nothing said", doc: "<a>é</a>", encoding: "utf-8", text: "é"},
		{name: "header alone", charset: "ISO-8859-1", doc: "<a>\xE9</a>", encoding: "iso-8859-1", text: "é"},
		{name: "header wins over declaration", charset: "iso-8859-1", doc: latin("utf-8"), encoding: "iso-8859-1", text: "é"},
		{name: "header in other case", charset: " UTF-8 ", doc: in("UTF-8"), encoding: "utf-8", text: "é"},
		{name: "declaration alone", doc: latin("ISO-8859-1"), encoding: "iso-8859-1", text: "é"},
		{name: "header says UTF-8, bytes are not", charset: "utf-8", doc: latin("iso-8859-1"), kind: Encoding},
		{name: "header says US-ASCII, bytes are not", charset: "us-ascii", doc: in("utf-8"), kind: Encoding},
		{name: "header says UTF-16, bytes are UTF-8", charset: "utf-16", doc: in("utf-16"), kind: Encoding},
		{name: "header says UTF-8, bytes are UTF-16", charset: "utf-8", doc: inUTF16("<a>é</a>", false), kind: Encoding},
		{name: "header says UTF-16LE, bytes are UTF-16BE", charset: "utf-16le", doc: inUTF16("<a>é</a>", true), kind: Encoding},
		{name: "header says UTF-16", charset: "utf-16", doc: inUTF16("\uFEFF"+in("utf-16"), false), encoding: "utf-16le", text: "é"},
		{name: "header says UTF-16 without mark", charset: "utf-16", doc: inUTF16("<a>é</a>", true), encoding: "utf-16be", text: "é"},
		{name: "header says UTF-16, declaration is stale", charset: "utf-16", doc: inUTF16("\uFEFF"+in("utf-8"), true), encoding: "utf-16be", text: "é"},
		{name: "mark wins over header", charset: "utf-8", doc: inUTF16("\uFEFF<a>é</a>", false), encoding: "utf-16le", text: "é",
			mislabelled: `the HTTP header says "utf-8", but the bytes begin with the byte order mark of utf-16le`},
		{name: "mark of UTF-8 wins over header", charset: "iso-8859-1", doc: "\uFEFF<a>é</a>", encoding: "utf-8", text: "é",
			mislabelled: `the HTTP header says "iso-8859-1", but the bytes begin with the byte order mark of utf-8`},
		{name: "UTF-16 that nothing says", doc: inUTF16("<a>é</a>", false), kind: Encoding},
		{name: "header names an unknown charset", charset: "klingon", doc: "<a/>", kind: Unsupported},
		{name: "declaration names an unknown encoding", doc: in("x-klingon_1"), kind: Unsupported},
		{name: "declaration names what is no encoding", doc: in("8 klingon"), kind: Encoding},
		{name: "mark of UTF-32", doc: "\xFF\xFE\x00\x00<\x00\x00\x00", kind: Unsupported},
		{name: "header says windows-1252", charset: "Windows-1252", doc: "<a>\x80\xE9\x9F</a>", encoding: "windows-1252", text: "€éŸ"},
		{name: "declaration says windows-1252", doc: latin("cp1252"), encoding: "windows-1252", text: "é"},
		{name: "what windows-1252 does not have", charset: "windows-1252", doc: "<a>\x81</a>", kind: Encoding},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d, err := Parse([]byte(tt.doc), tt.charset, Limits{})
			var syntax *SyntaxError
			if errors.As(err, &syntax); tt.kind != "" || err != nil {
				if syntax == nil || syntax.Kind != tt.kind {
					t.Fatalf("Parse: %v, want kind %q", err, tt.kind)
				}
				return
			}
			got := []string{d.Encoding, d.Root.Text, d.Mislabelled}
			if diff := cmp.Diff([]string{tt.encoding, tt.text, tt.mislabelled}, got); diff != "" {
				t.Errorf("encoding, text, mislabelled (-want +got):\n%s", diff)
			}
			if _, err := Parse(d.UTF8, "", Limits{}); err != nil {
				t.Errorf("UTF8 is %q and does not stand on its own: %v", d.UTF8, err)
			}
		})
	}
}

func TestDeclarationOfAnotherEncodingIsNeutralised(t *testing.T) {
	doc := "<?xml version='1.0' encoding='ISO-8859-1' standalone='yes'?>\n<a>\xE9</a>"
	want := "<?xml version='1.0' encoding='UTF-8'      standalone='yes'?>\n<a>é</a>"
	if diff := cmp.Diff(want, string(mustParse(t, doc).UTF8)); diff != "" {
		t.Errorf("UTF8 (-want +got):\n%s", diff)
	}
}

func TestParseKeepsToItsLimits(t *testing.T) {
	tests := []struct {
		name, doc string
		limits    Limits
		kind      Kind
	}{
		{"at the depth", strings.Repeat("<a>", 256) + strings.Repeat("</a>", 256), Limits{}, ""},
		{"beyond the depth", strings.Repeat("<a>", 257) + strings.Repeat("</a>", 257), Limits{}, Depth},
		{"beyond a smaller depth", "<a><b><c/></b></a>", Limits{Depth: 2}, Depth},
		{"at the number of nodes", "<a><b c=''/></a>", Limits{Nodes: 3}, ""},
		{"beyond the number of nodes", "<a><b c='' d=''/></a>", Limits{Nodes: 3}, Size},
		{"namespace declarations count", "<a xmlns:b='u' xmlns:c='u' xmlns:d='u'/>", Limits{Nodes: 3}, Size},
		{"at the size", "<a/>", Limits{Bytes: 4}, ""},
		{"beyond the size", "<a/>\n", Limits{Bytes: 4}, Size},
		{"beyond the size in UTF-8", "<?xml version='1.0' encoding='iso-8859-1'?><a>" + strings.Repeat("\xE9", 100) + "</a>", Limits{Bytes: 200}, Size},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.doc), "", tt.limits)
			var syntax *SyntaxError
			errors.As(err, &syntax)
			if tt.kind == "" && err != nil || tt.kind != "" && (syntax == nil || syntax.Kind != tt.kind) {
				t.Errorf("Parse: %v, want kind %q", err, tt.kind)
			}
		})
	}
}

// A document of 100,000 nested elements is refused after as many as the limit, with
// no more memory than the document itself and a little.
func TestParseRefusesDeepNestingWithBoundedMemory(t *testing.T) {
	doc := []byte(strings.Repeat("<deep>", 100_000))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Parse(doc, "", Limits{})
	runtime.ReadMemStats(&after)
	var syntax *SyntaxError
	if !errors.As(err, &syntax) || syntax.Kind != Depth {
		t.Fatalf("Parse: %v, want kind %q", err, Depth)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > uint64(2*len(doc)) {
		t.Errorf("refusing %d bytes took %d bytes", len(doc), used)
	}
}

// Tens of thousands of declarations in scope must not make each lookup slow:
// with a search among them this test would run for many seconds.
func TestManyDeclarationsInScopeAreFast(t *testing.T) {
	var b strings.Builder
	b.WriteString("<r xmlns:q='v'")
	for i := range 50_000 {
		b.WriteString(" xmlns:p" + itoa(i) + "='u'")
	}
	b.WriteString(">" + strings.Repeat("<q:a/>", 50_000) + "</r>")
	d := mustParse(t, b.String())
	if last := d.Nodes[50_000]; last.Name != (xml.Name{Space: "v", Local: "a"}) {
		t.Errorf("the last node is %v", last.Name)
	}
}

func TestNamespaceOfAPrefixAtANode(t *testing.T) {
	d := mustParse(t, "<a xmlns='u' xmlns:p='v'><b xmlns='' xmlns:p='w'><c/></b></a>")
	c := d.Nodes[2]
	tests := []struct {
		node          *Node
		prefix, space string
		ok            bool
	}{
		{d.Root, "", "u", true}, {d.Root, "p", "v", true}, {c, "", "", true}, {c, "p", "w", true}, {c, "q", "", false},
		{c, "xml", nsXML, true},
	}
	for _, tt := range tests {
		if space, ok := tt.node.Namespace(tt.prefix); space != tt.space || ok != tt.ok {
			t.Errorf("Namespace(%q) at %s = %q, %v; want %q, %v", tt.prefix, tt.node.Name.Local, space, ok, tt.space, tt.ok)
		}
	}
}

func TestNil(t *testing.T) {
	tests := []struct {
		attr string
		want bool
	}{
		{"i:nil='true'", true}, {"i:nil='1'", true}, {"i:nil=' true '", true},
		{"i:nil='false'", false}, {"i:nil='0'", false}, {"nil='true'", false}, {"", false},
	}
	for _, tt := range tests {
		d := mustParse(t, "<a xmlns:i='http://www.w3.org/2001/XMLSchema-instance' "+tt.attr+"/>")
		if got := d.Root.Nil(); got != tt.want {
			t.Errorf("Nil with %q = %v, want %v", tt.attr, got, tt.want)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	data := []byte(small)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(data, "utf-8", Limits{}); err != nil {
			b.Fatal(err)
		}
	}
}
