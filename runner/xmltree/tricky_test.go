package xmltree

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// tricky is a document at the edge of what is allowed. kind is why it is refused;
// empty when it is not. differs says why libxml2 sees it differently.
type tricky struct {
	name, doc string
	kind      Kind
	differs   string
}

func trickyDocuments() []tricky {
	return slices.Concat(trickyDeclarations(), trickyStructures(), trickyAttributes(), trickyNames(), trickyPrefixes(),
		trickyReferences(), trickySections(), trickyDoctypes(), trickyCharacters(), trickyEncodings())
}

func trickyDeclarations() []tricky {
	return []tricky{
		{name: "plain", doc: `<a/>`},
		{name: "declaration", doc: `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><a/>`},
		{name: "declaration in single quotes", doc: `<?xml version='1.0' encoding='utf-8'?><a/>`},
		{name: "declaration with spaces", doc: "<?xml version = \"1.0\"\n encoding\t=\t\"utf-8\" ?>\n<a/>\n"},
		{name: "declaration after a line feed", doc: "\n<?xml version=\"1.0\"?><a/>", kind: WellFormed},
		{name: "declaration after a comment", doc: `<!-- c --><?xml version="1.0"?><a/>`, kind: WellFormed},
		{name: "declaration in upper case", doc: `<?XML version="1.0"?><a/>`, kind: WellFormed},
		{name: "declaration inside", doc: `<a><?xml version="1.0"?></a>`, kind: WellFormed},
		{name: "declaration at the end", doc: `<a/><?xml version="1.0"?>`, kind: WellFormed},
		{name: "declaration without version", doc: `<?xml encoding="utf-8"?><a/>`, kind: WellFormed},
		{name: "declaration in the wrong order", doc: `<?xml encoding="utf-8" version="1.0"?><a/>`, kind: WellFormed},
		{name: "declaration with standalone before encoding", doc: `<?xml version="1.0" standalone="yes" encoding="utf-8"?><a/>`, kind: WellFormed},
		{name: "declaration of version 2", doc: `<?xml version="2.0"?><a/>`, kind: WellFormed},
		{name: "declaration of version 1.x", doc: `<?xml version="1.x"?><a/>`, kind: WellFormed},
		{name: "declaration not closed", doc: `<?xml version="1.0"><a/>`, kind: WellFormed},
		{name: "declaration with a strange standalone", doc: `<?xml version="1.0" standalone="maybe"?><a/>`, kind: WellFormed},
		{name: "declaration with a strange encoding name", doc: `<?xml version="1.0" encoding="utf 8"?><a/>`, kind: Encoding},
		{name: "declaration of an unknown encoding", doc: `<?xml version="1.0" encoding="klingon"?><a/>`, kind: Unsupported},
		{name: "declaration without space", doc: `<?xml version="1.0"encoding="utf-8"?><a/>`, kind: WellFormed},
		{name: "declaration with something else", doc: `<?xml version="1.0" mood="fine"?><a/>`, kind: WellFormed},
		{name: "stylesheet", doc: `<?xml-stylesheet href="x"?><a/>`},
		{name: "only a declaration", doc: `<?xml version="1.0"?>`, kind: WellFormed},
	}
}

func trickyStructures() []tricky {
	return []tricky{
		{name: "empty", doc: ``, kind: WellFormed},
		{name: "white space only", doc: " \n", kind: WellFormed},
		{name: "text only", doc: `hello`, kind: WellFormed},
		{name: "text before", doc: `x<a/>`, kind: WellFormed},
		{name: "text after", doc: `<a/>x`, kind: WellFormed},
		{name: "reference after", doc: `<a/>&#32;`, kind: WellFormed},
		{name: "second root", doc: `<a/><b/>`, kind: WellFormed},
		{name: "end tag after", doc: `<a/></a>`, kind: WellFormed},
		{name: "not closed", doc: `<a>`, kind: WellFormed},
		{name: "crossed", doc: `<a><b></a></b>`, kind: WellFormed},
		{name: "wrong case", doc: `<a></A>`, kind: WellFormed},
		{name: "wrong prefix", doc: `<a xmlns:p="u" xmlns:q="u"><p:b></q:b></a>`, kind: WellFormed},
		{name: "end tag with space", doc: "<a></a \n>"},
		{name: "end tag with leading space", doc: `<a></ a>`, kind: WellFormed},
		{name: "end tag with attribute", doc: `<a></a b="c">`, kind: WellFormed},
		{name: "end tag of a longer name", doc: `<a></ab>`, kind: WellFormed},
		{name: "start tag with leading space", doc: `< a/>`, kind: WellFormed},
		{name: "self closing with space", doc: `<a / >`, kind: WellFormed},
		{name: "tag cut off", doc: `<a`, kind: WellFormed},
		{name: "tag cut off in a value", doc: `<a b="c`, kind: WellFormed},
		{name: "bare less-than", doc: `<a>1 < 2</a>`, kind: WellFormed},
		{name: "html", doc: `<!DOCTYPE html><html><body><br></body></html>`, kind: Doctype},
	}
}

func trickyAttributes() []tricky {
	return []tricky{
		{name: "attribute", doc: `<a b='c"' d="e'"/>`},
		{name: "attribute without value", doc: `<a b/>`, kind: WellFormed},
		{name: "attribute without quotes", doc: `<a b=c/>`, kind: WellFormed},
		{name: "attributes without space", doc: `<a b="c"d="e"/>`, kind: WellFormed},
		{name: "attribute with spaces", doc: "<a b\n=\t\"c\"/>"},
		{name: "attribute twice", doc: `<a b="1" b="2"/>`, kind: WellFormed},
		{name: "attribute twice among many", doc: `<a b="1" c="" d="" e="" f="" g="" h="" i="" j="" k="" b="2"/>`, kind: WellFormed},
		{name: "attribute twice by namespace", doc: `<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>`, kind: Namespace},
		{name: "attribute with and without namespace", doc: `<a xmlns:p="u" xmlns="u" p:b="1" b="2"/>`},
		{name: "less-than in an attribute", doc: `<a b="<"/>`, kind: WellFormed},
		{name: "less-than as reference in an attribute", doc: `<a b="&#60;&lt;"/>`},
		{name: "greater-than in an attribute", doc: `<a b=">]]>"/>`},
		{name: "bare ampersand in an attribute", doc: `<a b="&"/>`, kind: WellFormed},
		{name: "line feed in an attribute", doc: "<a b=\"1\r\n2\"/>"},
	}
}

func trickyNames() []tricky {
	return []tricky{
		{name: "names beyond ASCII", doc: `<é ñ="1"/>`},
		{name: "name beyond the first plane", doc: "<\U00010000/>"},
		{name: "name with a digit first", doc: `<1a/>`, kind: WellFormed},
		{name: "name with a hyphen first", doc: `<-a/>`, kind: WellFormed},
		{name: "name with a dot first", doc: `<.a/>`, kind: WellFormed},
		{name: "name with a combining character first", doc: "<\u0301a/>", kind: WellFormed},
		{name: "name with a combining character", doc: "<a\u0301/>"},
		{name: "name with a middle dot", doc: "<a\u00B7/>"},
		{name: "name with a multiplication sign", doc: "<a\u00D7/>", kind: WellFormed},
		{name: "name with a Greek question mark", doc: "<a\u037E/>", kind: WellFormed},
		{name: "name with an underscore", doc: `<_a-.1/>`},
		{name: "name with a comma", doc: `<a,b/>`, kind: WellFormed},
		{name: "name of a colon", doc: `<:/>`, kind: Namespace},
		{name: "name with a colon first", doc: `<:a/>`, kind: Namespace},
		{name: "name with a colon last", doc: `<a:/>`, kind: Namespace},
		{name: "name with two colons", doc: `<p:a:b xmlns:p="u"/>`, kind: Namespace},
		{name: "local name with a digit first", doc: `<p:1 xmlns:p="u"/>`, kind: Namespace},
		{name: "attribute with a colon first", doc: `<a :b=""/>`, kind: Namespace},
	}
}

func trickyPrefixes() []tricky {
	return []tricky{
		{name: "prefix", doc: `<p:a xmlns:p="u"><p:b p:c="1"/></p:a>`},
		{name: "prefix declared beside", doc: `<a xmlns:p="u"/>`},
		{name: "prefix not declared", doc: `<p:a/>`, kind: Namespace},
		{name: "prefix of an attribute not declared", doc: `<a p:b="1"/>`, kind: Namespace},
		{name: "prefix out of scope", doc: `<a><b xmlns:p="u"/><p:c/></a>`, kind: Namespace},
		{name: "prefix declared anew", doc: `<p:a xmlns:p="u"><p:b xmlns:p="v"/><p:c/></p:a>`},
		{name: "prefix taken back", doc: `<a xmlns:p=""/>`, kind: Namespace},
		{name: "default namespace taken back", doc: `<a xmlns="u"><b xmlns=""/></a>`},
		{name: "prefix xml", doc: `<a xml:lang="en" xml:space="preserve"/>`},
		{name: "prefix xml declared rightly", doc: `<a xmlns:xml="http://www.w3.org/XML/1998/namespace"/>`},
		{name: "prefix xml declared wrongly", doc: `<a xmlns:xml="u"/>`, kind: Namespace},
		{name: "namespace of xml with another prefix", doc: `<a xmlns:p="http://www.w3.org/XML/1998/namespace"/>`, kind: Namespace},
		{name: "namespace of xml as default", doc: `<a xmlns="http://www.w3.org/XML/1998/namespace"/>`, kind: Namespace},
		{name: "prefix xmlns declared", doc: `<a xmlns:xmlns="u"/>`, kind: Namespace},
		{name: "namespace of xmlns declared", doc: `<a xmlns:p="http://www.w3.org/2000/xmlns/"/>`, kind: Namespace},
		{name: "namespace of xmlns as default", doc: `<a xmlns="http://www.w3.org/2000/xmlns/"/>`, kind: Namespace},
		{name: "element with prefix xmlns", doc: `<xmlns:a/>`, kind: Namespace},
		{name: "declaration twice", doc: `<a xmlns:p="u" xmlns:p="v"/>`, kind: WellFormed},
		{name: "default declaration twice", doc: `<a xmlns="u" xmlns="v"/>`, kind: WellFormed},
		{name: "many declarations", doc: manyDeclarations("p39")},
		{name: "many declarations and an unknown one", doc: manyDeclarations("p40"), kind: Namespace},
	}
}

func trickyReferences() []tricky {
	return []tricky{
		{name: "references", doc: `<a>&lt;&gt;&amp;&quot;&apos;&#65;&#x41;&#x10FFFF;</a>`},
		{name: "reference to an unknown entity", doc: `<a>&nbsp;</a>`, kind: WellFormed},
		{name: "reference in capitals", doc: `<a>&AMP;</a>`, kind: WellFormed},
		{name: "reference with a capital X", doc: `<a>&#X41;</a>`, kind: WellFormed},
		{name: "reference not closed", doc: `<a>&amp</a>`, kind: WellFormed},
		{name: "reference with a space", doc: `<a>& amp;</a>`, kind: WellFormed},
		{name: "reference without a number", doc: `<a>&#;</a>`, kind: WellFormed},
		{name: "reference without a hexadecimal number", doc: `<a>&#x;</a>`, kind: WellFormed},
		{name: "reference with a sign", doc: `<a>&#+65;</a>`, kind: WellFormed},
		{name: "reference with an underscore", doc: `<a>&#6_5;</a>`, kind: WellFormed},
		{name: "reference to a null", doc: `<a>&#0;</a>`, kind: WellFormed},
		{name: "reference to a control character", doc: `<a>&#x1B;</a>`, kind: WellFormed},
		{name: "reference to a surrogate", doc: `<a>&#xD800;</a>`, kind: WellFormed},
		{name: "reference to U+FFFE", doc: `<a>&#xFFFE;</a>`, kind: WellFormed},
		{name: "reference beyond Unicode", doc: `<a>&#x110000;</a>`, kind: WellFormed},
		{name: "reference far beyond", doc: `<a>&#99999999999999999999;</a>`, kind: WellFormed},
		{name: "reference with leading zeros", doc: `<a>&#0000000000000000000065;</a>`},
		{name: "reference with a hundred zeros", doc: `<a>&#` + strings.Repeat("0", 100) + `65;</a>`},
	}
}

func trickySections() []tricky {
	return []tricky{
		{name: "end of CDATA in text", doc: `<a>]]></a>`, kind: WellFormed},
		{name: "end of CDATA by reference", doc: `<a>]]&gt;</a>`},
		{name: "brackets in text", doc: `<a>a]]b]>c]</a>`},
		{name: "CDATA", doc: `<a><![CDATA[<b>&amp;]]]]></a>`},
		{name: "CDATA not closed", doc: `<a><![CDATA[x]]</a>`, kind: WellFormed},
		{name: "CDATA in lower case", doc: `<a><![cdata[x]]></a>`, kind: WellFormed},
		{name: "CDATA outside", doc: `<![CDATA[x]]><a/>`, kind: WellFormed},
		{name: "CDATA after", doc: `<a/><![CDATA[x]]>`, kind: WellFormed},
		{name: "comment", doc: `<!-- - --><a><!----><!-- <b> & --></a><!-- c -->`},
		{name: "comment with two hyphens", doc: `<a><!-- -- --></a>`, kind: WellFormed},
		{name: "comment ending in three hyphens", doc: `<a><!-- ---></a>`, kind: WellFormed},
		{name: "comment not closed", doc: `<a><!-- </a>`, kind: WellFormed},
		{name: "comment in a tag", doc: `<a <!-- c --> />`, kind: WellFormed},
		{name: "instruction", doc: `<?p?><a><?p x?y??></a><?q  ?>`},
		{name: "instruction without name", doc: `<a><? p?></a>`, kind: WellFormed},
		{name: "instruction not closed", doc: `<a><?p </a>`, kind: WellFormed},
		{name: "instruction with a bad name", doc: `<a><?p+q x?></a>`, kind: WellFormed},
		{name: "instruction with a colon", doc: `<a><?p:q x?></a>`, kind: Namespace},
	}
}

func trickyDoctypes() []tricky {
	return []tricky{
		{name: "doctype", doc: `<!DOCTYPE a><a/>`, kind: Doctype, differs: "a document type declaration is well-formed XML; SOAP 1.1 (3) forbids it"},
		{name: "doctype with an entity", doc: `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>`, kind: Doctype, differs: "as above"},
		{name: "doctype after a comment", doc: `<!-- c --><!DOCTYPE a><a/>`, kind: Doctype, differs: "as above"},
		{name: "doctype in lower case", doc: `<!doctype a><a/>`, kind: WellFormed},
		{name: "doctype inside", doc: `<a><!DOCTYPE a></a>`, kind: WellFormed},
		{name: "doctype after", doc: `<a/><!DOCTYPE a>`, kind: WellFormed},
		{name: "entity declaration inside", doc: `<a><!ENTITY e "x"></a>`, kind: WellFormed},
	}
}

func trickyCharacters() []tricky {
	return []tricky{
		{name: "null character", doc: "<a>\x00</a>", kind: WellFormed},
		{name: "escape character", doc: "<a>\x1b[31m</a>", kind: WellFormed},
		{name: "form feed between tags", doc: "<a>\f</a>", kind: WellFormed},
		{name: "delete character", doc: "<a>\x7f</a>"},
		{name: "C1 control character", doc: "<a>\u0085</a>"},
		{name: "U+FFFE", doc: "<a>\uFFFE</a>", kind: WellFormed},
		{name: "U+FFFF in a comment", doc: "<a><!--\uFFFF--></a>", kind: WellFormed},
		{name: "U+FFFD", doc: "<a>\uFFFD</a>"},
		{name: "no-break space between attributes", doc: "<a\u00A0b=''/>", kind: WellFormed},
		{name: "byte order mark inside", doc: "<a>\uFEFF</a>"},
		{name: "byte order mark", doc: "\uFEFF<a/>"},
		{name: "two byte order marks", doc: "\uFEFF\uFEFF<a/>", kind: WellFormed},
	}
}

func trickyEncodings() []tricky {
	return []tricky{
		{name: "bytes that are not UTF-8", doc: "<a>\xE9</a>", kind: Encoding},
		{name: "overlong UTF-8", doc: "<a>\xC0\xAF</a>", kind: Encoding},
		{name: "surrogate in UTF-8", doc: "<a>\xED\xA0\x80</a>", kind: Encoding},
		{name: "UTF-8 beyond Unicode", doc: "<a>\xF4\x90\x80\x80</a>", kind: Encoding},
		{name: "UTF-8 cut off", doc: "<a>\xE2\x82</a>", kind: Encoding},
		{name: "ISO-8859-1", doc: "<?xml version='1.0' encoding='ISO-8859-1'?><a>\xE9</a>"},
		{name: "US-ASCII", doc: "<?xml version='1.0' encoding='us-ascii'?><a>e</a>"},
		{name: "US-ASCII with an umlaut", doc: "<?xml version='1.0' encoding='us-ascii'?><a>\xC3\xA9</a>", kind: Encoding},
		{name: "UTF-16 declared over UTF-8 bytes", doc: "<?xml version='1.0' encoding='utf-16'?><a/>", kind: Encoding},
		{name: "UTF-16 with mark", doc: inUTF16("\uFEFF<?xml version='1.0' encoding='utf-16'?><a>\U0001F600é</a>", false)},
		{name: "UTF-16 big-endian with mark", doc: inUTF16("\uFEFF<a>é</a>", true)},
		{name: "UTF-16 without mark, declared", doc: inUTF16("<?xml version='1.0' encoding='utf-16'?><a>é</a>", false)},
		{name: "UTF-16 with a lone surrogate", doc: inUTF16("\uFEFF<a>", false) + "\x00\xD8" + inUTF16("</a>", false), kind: Encoding},
		{name: "UTF-16 of an odd length", doc: inUTF16("\uFEFF<a/>", false) + "\x0A", kind: Encoding, differs: "libxml2 drops the last byte"},
		{name: "UTF-16 with another encoding declared", doc: inUTF16("\uFEFF<?xml version='1.0' encoding='iso-8859-1'?><a/>", false), kind: Encoding},
		{name: "UTF-8 mark with another encoding declared", doc: "\uFEFF<?xml version='1.0' encoding='iso-8859-1'?><a/>", kind: Encoding,
			differs: "libxml2 2.9 follows the mark; XML 1.0 (4.3.3) makes it an error"},
		{name: "UTF-32 mark", doc: "\xFF\xFE\x00\x00<\x00\x00\x00a\x00\x00\x00/\x00\x00\x00>\x00\x00\x00", kind: Unsupported},
	}
}

// manyDeclarations is an element with forty declarations in scope that uses one.
func manyDeclarations(use string) string {
	var b strings.Builder
	b.WriteString("<r")
	for i := range 40 {
		b.WriteString(" xmlns:p" + itoa(i) + "='u" + itoa(i) + "'")
	}
	b.WriteString("><p3:a xmlns:p3='v'/><" + use + ":b/></r>")
	return b.String()
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + itoa(n%10)
}

func inUTF16(s string, bigEndian bool) string {
	var out []byte
	for _, u := range utf16.Encode([]rune(s)) {
		low, high := byte(u), byte(u>>8)
		if bigEndian {
			low, high = high, low
		}
		out = append(out, low, high)
	}
	return string(out)
}

func TestParseRefusesWhatTheStandardsForbid(t *testing.T) {
	for _, tt := range trickyDocuments() {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse([]byte(tt.doc), "", Limits{})
			got := Kind("")
			var syntax *SyntaxError
			if errors.As(err, &syntax) {
				got = syntax.Kind
			}
			if got != tt.kind {
				t.Errorf("Parse(%q): %v, kind %q, want kind %q", tt.doc, err, got, tt.kind)
			}
		})
	}
}

// Parse and libxml2 refuse the same documents, but for the differences that the
// table explains.
func TestParseAgreesWithLibxml2(t *testing.T) {
	dir := t.TempDir()
	for _, tt := range trickyDocuments() {
		t.Run(tt.name, func(t *testing.T) {
			file := filepath.Join(dir, "document.xml")
			if err := os.WriteFile(file, []byte(tt.doc), 0o600); err != nil {
				t.Fatal(err)
			}
			refused, said := refusedByXmllint(t, file)
			if differs := refused != (tt.kind != ""); differs != (tt.differs != "") {
				t.Errorf("xmllint refuses %q: %v (%s); we refuse it: %v; explained: %q", tt.doc, refused, said, tt.kind != "", tt.differs)
			}
		})
	}
}

// refusedByXmllint says whether xmllint finds an error. Errors of namespaces do not
// change its exit code, so its messages are read too.
func refusedByXmllint(t *testing.T, file string) (bool, string) {
	t.Helper()
	out, err := exec.Command("xmllint", "--nonet", "--noout", file).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("run xmllint (Debian package libxml2-utils): %v", err)
	}
	return err != nil || strings.Contains(string(out), "error :"), string(out)
}
