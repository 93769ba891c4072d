package xmltree

import (
	"strings"
	"unicode/utf8"
)

// Parse reads a document. charset is the charset parameter of the Content-Type,
// which may be empty. UTF-8, UTF-16, ISO-8859-1, windows-1252 and US-ASCII
// are read; any other encoding is Unsupported.
//
// Anything that XML 1.0 or Namespaces in XML 1.0 forbids is refused with a
// *SyntaxError, and so are document type declarations (SOAP 1.1, 3), which are not
// processed, and documents beyond the limits.
func Parse(data []byte, charset string, limits Limits) (*Document, error) {
	limits = limits.withDefaults()
	d, err := decode(data, charset, limits)
	if err != nil {
		return nil, err
	}
	p := &parser{limits: limits, src: string(d.utf8), line: 1, column: 1,
		doc: &Document{UTF8: d.utf8, Encoding: d.encoding, Mislabelled: d.mislabelled}}
	p.reserve()
	if err := p.parse(); err != nil {
		return nil, err
	}
	p.link()
	return p.doc, nil
}

// frame is an element whose end tag has not come yet.
type frame struct {
	node     *Node
	name     string // as written
	bindings int    // declarations in force outside of it
	one      string // its text while that is one piece
	more     []byte // its text once it is several pieces
}

func (f *frame) text() string {
	if len(f.more) > 0 {
		return string(f.more)
	}
	return f.one
}

func (f *frame) append(s string) {
	switch {
	case len(f.more) > 0:
		f.more = append(f.more, s...)
	case f.one == "":
		f.one = s
	default:
		f.more = append(append(f.more, f.one...), s...)
	}
}

type parser struct {
	src    string
	pos    int
	limits Limits
	doc    *Document
	scope  scope
	frames []frame // the stack; frames beyond depth keep their buffers
	depth  int
	ended  bool // the root's end tag has come

	slab     []Node
	attrs    []Attr
	declared []Declaration
	pending  []pendingAttr // of the tag that is being read
	count    int           // elements, attributes and declarations so far

	at, line, column int // a place, and what offset it is at; it only moves forwards
}

// reserve makes room for what a document of this length usually holds, within
// bounds.
func (p *parser) reserve() {
	const few, many, bytesPerElement = 8, 1024, 64
	elements := min(max(few, len(p.src)/bytesPerElement), many)
	p.slab = make([]Node, 0, elements)
	p.doc.Nodes = make([]*Node, 0, elements)
	p.frames = make([]frame, 0, few)
	p.pending = make([]pendingAttr, 0, few)
	p.attrs = make([]Attr, 0, few)
	p.declared = make([]Declaration, 0, few)
	p.scope.stack = make([]binding, 0, few)
}

func (p *parser) parse() *SyntaxError {
	if err := p.checkCharacters(); err != nil {
		return err
	}
	if err := p.declaration(); err != nil {
		return err
	}
	for p.pos < len(p.src) {
		var err *SyntaxError
		if p.src[p.pos] == '<' {
			err = p.markup()
		} else {
			err = p.text()
		}
		if err != nil {
			return err
		}
	}
	switch {
	case p.depth > 0:
		return p.fault(WellFormed, "the document ends before the end tag of %s", shown(p.frames[p.depth-1].name))
	case !p.ended:
		return p.fault(WellFormed, "the document has no root element")
	}
	return nil
}

// fault makes an error at the current place.
func (p *parser) fault(kind Kind, format string, args ...any) *SyntaxError {
	return faultAt(p.doc.UTF8, p.pos, kind, format, args...)
}

// checkCharacters refuses characters that no XML document may hold (XML 1.0, 2.2).
func (p *parser) checkCharacters() *SyntaxError {
	for i := 0; i < len(p.src); i++ {
		b := p.src[i]
		if b >= 0x20 && b != 0xEF || b == '\n' || b == '\t' || b == '\r' {
			continue
		}
		r, _ := utf8.DecodeRuneInString(p.src[i:])
		if !isChar(r) {
			p.pos = i
			return p.fault(WellFormed, "the character U+%04X is not allowed in XML", r)
		}
	}
	return nil
}

// isChar is Char of XML 1.0, 2.2.
func isChar(r rune) bool {
	switch {
	case r < 0x20:
		return r == '\t' || r == '\n' || r == '\r'
	case r < 0xD800:
		return true
	}
	return r >= 0xE000 && r <= 0xFFFD || r >= 0x10000 && r <= 0x10FFFF
}

// markup reads what begins with "<".
func (p *parser) markup() *SyntaxError {
	rest := p.src[p.pos:]
	switch {
	case strings.HasPrefix(rest, "</"):
		return p.endTag()
	case strings.HasPrefix(rest, "<!--"):
		return p.comment()
	case strings.HasPrefix(rest, "<?"):
		return p.instruction()
	case strings.HasPrefix(rest, "<![CDATA["):
		return p.cdata()
	case strings.HasPrefix(rest, "<!DOCTYPE") && p.depth == 0 && !p.ended:
		return p.fault(Doctype, "the document holds a document type declaration")
	case strings.HasPrefix(rest, "<!"):
		return p.fault(WellFormed, "this markup declaration is not allowed here")
	}
	return p.startTag()
}

// text reads character data up to the next markup.
func (p *parser) text() *SyntaxError {
	if p.depth == 0 {
		if !isSpace(p.src[p.pos]) {
			return p.fault(WellFormed, "text stands outside of the root element")
		}
		p.pos++
		return nil
	}
	f := &p.frames[p.depth-1]
	start := p.pos
	for p.pos < len(p.src) {
		switch p.src[p.pos] {
		case '<':
			f.append(p.src[start:p.pos])
			return nil
		case '&':
			f.append(p.src[start:p.pos])
			r, err := p.reference()
			if err != nil {
				return err
			}
			var buffer [utf8.UTFMax]byte
			f.append(string(utf8.AppendRune(buffer[:0], r)))
			start = p.pos
			continue
		case '\r': // XML 1.0, 2.11: every line end is one line feed
			f.append(p.src[start:p.pos])
			f.append("\n")
			if p.pos++; p.pos < len(p.src) && p.src[p.pos] == '\n' {
				p.pos++
			}
			start = p.pos
			continue
		case ']':
			if strings.HasPrefix(p.src[p.pos:], "]]>") {
				return p.fault(WellFormed, "]]> is not allowed in text")
			}
		}
		p.pos++
	}
	f.append(p.src[start:])
	return nil
}

// place moves the tracked place forwards to an offset and returns its line and
// column.
func (p *parser) place(offset int) (line, column int) {
	passed := p.src[p.at:offset]
	if last := strings.LastIndexByte(passed, '\n'); last >= 0 {
		p.line += strings.Count(passed, "\n")
		p.column = 1
		passed = passed[last+1:]
	}
	p.column += utf8.RuneCountInString(passed)
	p.at = offset
	return p.line, p.column
}

// link fills in the children. One array serves all of them, which is why it is
// done at the end.
func (p *parser) link() {
	nodes := p.doc.Nodes
	counts := make([]int, len(nodes))
	for _, n := range nodes[1:] {
		counts[n.Parent.Index]++
	}
	all := make([]*Node, len(nodes)-1)
	for i, n := range nodes {
		if counts[i] > 0 {
			n.Children = all[:0:counts[i]]
			all = all[counts[i]:]
		}
	}
	for _, n := range nodes[1:] {
		n.Parent.Children = append(n.Parent.Children, n)
	}
}
