package sandbox

import (
	"slices"

	"esconform/runner/wire"
)

// A markup is how the tree is written, apart from names.
type markup struct {
	indented    bool // white space between elements
	reversed    bool // attributes in the other order, apostrophes, white space inside tags
	mixed       bool // comments, CDATA sections and character references
	spelledOut  bool // <a></a> for <a/>
	declared    bool // an XML declaration
	typed       bool // xsi:type on texts whose declared type is xs:string
	oneForTrue  bool // 1 and 0 for true and false
	schemaHints bool // xsi:schemaLocation on the Envelope
}

// A pair is an attribute or a declaration as it stands in a tag.
type pair struct {
	prefix, local, value string
	qname                string // prefix of a value that is a qualified name
}

// Leaves that may be written with a type, and leaves that are booleans. The
// list holds only names whose declared type is plain xs:string.
var (
	stringLeaves  = []string{"messageIdentifier", "messageIdRef", "codeMinorName", "codeMinorValue", "namePartValue", "email"}
	booleanLeaves = []string{"primaryRoleType"}
)

// element writes x and all below it.
func (e *encoder) element(x *element, depth int) {
	mark := len(e.scope)
	prefix := e.open(x, depth, mark)
	switch {
	case x.nil_ || (len(x.children) == 0 && x.text == "" && x.qname.Local == "" && !e.style.markup.mixed):
		e.empty(prefix, x.name.Local)
		e.scope = e.scope[:mark]
		return
	case len(x.children) > 0:
		e.raw(">")
		e.children(x, depth)
	default:
		e.raw(">")
		e.leaf(x, depth)
	}
	e.raw("</")
	e.name(prefix, x.name.Local)
	e.raw(">")
	e.scope = e.scope[:mark]
}

func (e *encoder) empty(prefix, local string) {
	if !e.style.markup.spelledOut {
		e.raw("/>")
		return
	}
	e.raw("></")
	e.name(prefix, local)
	e.raw(">")
}

func (e *encoder) children(x *element, depth int) {
	if e.style.markup.mixed {
		e.raw("<!-- ", x.name.Local, " -->")
	}
	for _, c := range x.children {
		e.newline(depth + 1)
		e.element(c, depth+1)
	}
	e.newline(depth)
}

// deepestIndent bounds the indentation, which would otherwise grow with the
// square of the depth.
const deepestIndent = 20

func (e *encoder) newline(depth int) {
	if !e.style.markup.indented {
		return
	}
	e.raw("\r\n")
	for range min(depth, deepestIndent) {
		e.raw("  ")
	}
}

// open writes the start tag without its end, so that the caller can close it
// either way, and returns the prefix.
func (e *encoder) open(x *element, depth, mark int) string {
	e.pairs, e.tag = e.pairs[:0], ""
	prefix := e.bind(e.naming.elementPrefix(x.name.Space, depth), x.name.Space, mark)
	e.tag = prefix
	e.raw("<")
	e.name(prefix, x.name.Local)
	extra := e.extra(x, depth)
	if len(x.attrs) == 0 && !x.nil_ && len(extra) == 0 && len(e.scope) == mark &&
		x.qname.Local == "" && e.style.markup == (markup{}) {
		return prefix
	}
	e.attributes(x, depth, mark)
	for _, d := range extra {
		if e.bound(d.prefix) < mark && !e.used(d.prefix) {
			e.bind(d.prefix, d.space, mark)
		}
	}
	for _, d := range e.scope[mark:] {
		e.pairs = append(e.pairs, declarationPair(d))
	}
	e.writePairs()
	return prefix
}

func declarationPair(d binding) pair {
	if d.prefix == "" {
		return pair{local: "xmlns", value: d.space}
	}
	return pair{prefix: "xmlns", local: d.prefix, value: d.space}
}

// attributes collects the attributes of x and binds the prefixes that they and
// a qualified name in its text need.
func (e *encoder) attributes(x *element, depth, mark int) {
	if x.nil_ {
		e.attribute(wire.Name{Space: wire.NSXsi, Local: "nil"}, e.boolean("true"), mark)
	}
	for _, a := range x.attrs {
		e.attribute(a.name, a.value, mark)
	}
	m := &e.style.markup
	if m.typed && len(x.children) == 0 && !x.nil_ && slices.Contains(stringLeaves, x.name.Local) {
		e.attribute(wire.Name{Space: wire.NSXsi, Local: "type"}, "string", mark)
		e.pairs[len(e.pairs)-1].qname = e.bind(e.naming.attributePrefix(wire.NSXsd), wire.NSXsd, mark)
	}
	if m.schemaHints && depth == 0 {
		e.attribute(wire.Name{Space: wire.NSXsi, Local: "schemaLocation"}, wire.NSBind+" imsMessBindSchema_v1p0.xsd", mark)
	}
	if x.qname.Space != "" {
		e.bind(e.naming.attributePrefix(x.qname.Space), x.qname.Space, mark)
	}
}

func (e *encoder) attribute(name wire.Name, value string, mark int) {
	p := pair{local: name.Local, value: value}
	if name.Space != "" {
		p.prefix = e.bind(e.naming.attributePrefix(name.Space), name.Space, mark)
	}
	e.pairs = append(e.pairs, p)
}

func (e *encoder) writePairs() {
	before, equals, quote := " ", "=", `"`
	if e.style.markup.reversed {
		slices.Reverse(e.pairs)
		before, equals, quote = "\n\t", " = ", "'"
	}
	for i := range e.pairs {
		p := &e.pairs[i]
		e.raw(before)
		e.name(p.prefix, p.local)
		e.raw(equals, quote)
		if p.qname != "" {
			e.raw(p.qname, ":")
		}
		e.buf = appendAttribute(e.buf, p.value)
		e.raw(quote)
	}
	if e.style.markup.reversed {
		e.raw(" ")
	}
}

func (e *encoder) name(prefix, local string) {
	if prefix != "" {
		e.buf = append(e.buf, prefix...)
		e.buf = append(e.buf, ':')
	}
	e.buf = append(e.buf, local...)
}

// leaf writes the text of an element without children.
func (e *encoder) leaf(x *element, depth int) {
	m := &e.style.markup
	switch {
	case x.qname.Local != "":
		// The prefix was bound by the start tag.
		if x.qname.Space != "" {
			e.raw(e.prefixOf(x.qname.Space), ":")
		}
		e.raw(x.qname.Local)
	case m.indented && x.name.Local == "text":
		// The stored sample of a warning has a line break before its text.
		e.newline(depth + 1)
		e.buf = e.text(x.text)
		e.newline(depth)
	case m.oneForTrue && slices.Contains(booleanLeaves, x.name.Local):
		e.raw(e.boolean(x.text))
	default:
		e.buf = e.text(x.text)
	}
}

func (e *encoder) text(s string) []byte {
	if !e.style.markup.mixed {
		return appendText(e.buf, s)
	}
	e.leaves++
	return appendMixed(e.buf, s, e.leaves)
}

// boolean returns the lexical form that the style has for "true" and "false".
func (e *encoder) boolean(s string) string {
	switch {
	case !e.style.markup.oneForTrue:
		return s
	case s == "true":
		return "1"
	case s == "false":
		return "0"
	}
	return s
}

// prefixOf returns a prefix that stands for a namespace at this place.
func (e *encoder) prefixOf(space string) string {
	for i := len(e.scope) - 1; i >= 0; i-- {
		if b := e.scope[i]; b.prefix != "" && b.space == space && e.bound(b.prefix) == i {
			return b.prefix
		}
	}
	return ""
}
