package xmltree

import (
	"encoding/xml"
	"strings"
	"unicode/utf8"
)

// fewAttrs is the number of attributes up to which duplicates are looked for
// pair by pair.
const fewAttrs = 8

// pendingAttr is an attribute or namespace declaration of the tag being read.
type pendingAttr struct {
	name  qname
	value string
	pos   int
}

// startTag reads "<name attributes>" or "<name attributes/>".
func (p *parser) startTag() *SyntaxError {
	if p.ended {
		return p.fault(WellFormed, "a second root element begins")
	}
	start := p.pos
	q, ok := scanName(p.src[p.pos+1:])
	if !ok {
		return p.fault(WellFormed, "< is not followed by a name")
	}
	if !q.qualified() {
		return p.fault(Namespace, "the element name %s is not a qualified name", shown(q.raw))
	}
	if p.depth >= p.limits.Depth {
		return p.fault(Depth, "elements are nested deeper than %d", p.limits.Depth)
	}
	p.pos += 1 + len(q.raw)
	selfClosing, err := p.attributes(q)
	if err != nil {
		return err
	}
	bindings := len(p.scope.stack)
	declared := len(p.declared)
	if err := p.declareNamespaces(); err != nil {
		return err
	}
	n, err := p.element(q, start)
	if err != nil {
		return err
	}
	n.Declared = p.declared[declared:len(p.declared):len(p.declared)]
	f := p.enter(n, q.raw, bindings)
	n.InnerStart, n.InnerEnd, n.End = p.pos, p.pos, p.pos
	if selfClosing {
		p.leave(f)
	}
	return nil
}

// enter pushes a frame, reusing the buffer of an earlier one of the same depth.
func (p *parser) enter(n *Node, name string, bindings int) *frame {
	if p.depth == len(p.frames) {
		p.frames = append(p.frames, frame{})
	}
	f := &p.frames[p.depth]
	f.node, f.name, f.bindings, f.one, f.more = n, name, bindings, "", f.more[:0]
	p.depth++
	return f
}

// attributes reads up to the end of the start tag into p.pending.
func (p *parser) attributes(tag qname) (selfClosing bool, _ *SyntaxError) {
	p.pending = p.pending[:0]
	for {
		spaced := p.skipSpace()
		switch {
		case p.take(">"):
			return false, nil
		case p.take("/>"):
			return true, nil
		case p.pos >= len(p.src):
			return false, p.fault(WellFormed, "the start tag %s is not closed", shown(tag.raw))
		case !spaced:
			return false, p.fault(WellFormed, "in the start tag %s, a character is not allowed or white space is missing", shown(tag.raw))
		}
		q, ok := scanName(p.src[p.pos:])
		if !ok {
			return false, p.fault(WellFormed, "in the start tag %s, a character is not allowed", shown(tag.raw))
		}
		if !q.qualified() {
			return false, p.fault(Namespace, "the attribute name %s is not a qualified name", shown(q.raw))
		}
		if err := p.spend(); err != nil {
			return false, err
		}
		at := p.pos
		p.pos += len(q.raw)
		p.skipSpace()
		if !p.take("=") {
			return false, p.fault(WellFormed, "the attribute %s has no value", shown(q.raw))
		}
		p.skipSpace()
		value, err := p.attributeValue(q)
		if err != nil {
			return false, err
		}
		p.pending = append(p.pending, pendingAttr{q, value, at})
	}
}

// spend counts an element or attribute against the limit.
func (p *parser) spend() *SyntaxError {
	if p.count++; p.count > p.limits.Nodes {
		return p.fault(Size, "the document has more than %d elements and attributes", p.limits.Nodes)
	}
	return nil
}

// attributeValue reads a quoted value and normalises it (XML 1.0, 3.3.3).
func (p *parser) attributeValue(name qname) (string, *SyntaxError) {
	if p.pos >= len(p.src) || p.src[p.pos] != '"' && p.src[p.pos] != '\'' {
		return "", p.fault(WellFormed, "the value of the attribute %s is not in quotes", shown(name.raw))
	}
	quote := p.src[p.pos]
	p.pos++
	start := p.pos
	var out []byte
	for p.pos < len(p.src) {
		switch b := p.src[p.pos]; b {
		case quote:
			value := p.src[start:p.pos]
			p.pos++
			if out != nil {
				value = string(append(out, value...))
			}
			return value, nil
		case '<':
			return "", p.fault(WellFormed, "< is not allowed in the value of the attribute %s", shown(name.raw))
		case '&':
			out = append(out, p.src[start:p.pos]...)
			r, err := p.reference()
			if err != nil {
				return "", err
			}
			out = utf8.AppendRune(out, r)
			start = p.pos
		case '\t', '\n', '\r':
			out = append(append(out, p.src[start:p.pos]...), ' ')
			if p.pos++; b == '\r' && p.pos < len(p.src) && p.src[p.pos] == '\n' {
				p.pos++
			}
			start = p.pos
		default:
			p.pos++
		}
	}
	return "", p.fault(WellFormed, "the value of the attribute %s is not closed", shown(name.raw))
}

// isDeclaration says whether an attribute declares a namespace, and for which
// prefix ("" for the default namespace).
func (a pendingAttr) isDeclaration() (prefix string, ok bool) {
	if a.name.raw == "xmlns" {
		return "", true
	}
	if a.name.colon == len("xmlns") && strings.HasPrefix(a.name.raw, "xmlns") {
		return a.name.local(), true
	}
	return "", false
}

// declareNamespaces puts the tag's declarations in force (Namespaces in XML 1.0, 3).
func (p *parser) declareNamespaces() *SyntaxError {
	for _, a := range p.pending {
		prefix, ok := a.isDeclaration()
		if !ok {
			continue
		}
		reason := ""
		switch {
		case prefix == "xmlns":
			reason = "the prefix xmlns must not be declared"
		case prefix == "xml" && a.value != nsXML:
			reason = "the prefix xml must not be bound to another namespace"
		case prefix != "xml" && a.value == nsXML:
			reason = "the namespace of xml must not be bound to another prefix"
		case a.value == nsXMLNS:
			reason = "the namespace of xmlns must not be declared"
		case prefix != "" && a.value == "":
			reason = "the prefix " + shown(prefix) + " is bound to an empty namespace"
		}
		if reason != "" {
			p.pos = a.pos
			return p.fault(Namespace, "%s", reason)
		}
		p.scope.declare(prefix, a.value)
		p.declared = append(p.declared, Declaration{prefix, a.value})
	}
	return nil
}

// element makes the node of the tag that was read.
func (p *parser) element(q qname, start int) (*Node, *SyntaxError) {
	if err := p.spend(); err != nil {
		return nil, err
	}
	end := p.pos
	p.pos = start
	space, ok := p.scope.lookup(q.prefix())
	if !ok {
		return nil, p.fault(Namespace, "the prefix of the element %s is not declared", shown(q.raw))
	}
	n := p.newNode()
	n.Name = xml.Name{Space: space, Local: q.local()}
	n.Index, n.Start = len(p.doc.Nodes), start
	n.Line, n.Column = p.place(start)
	if p.depth > 0 {
		n.Parent = p.frames[p.depth-1].node
	} else {
		p.doc.Root = n
	}
	p.doc.Nodes = append(p.doc.Nodes, n)
	if err := p.resolveAttrs(n); err != nil {
		return nil, err
	}
	p.pos = end
	return n, nil
}

// newNode takes a node from the slab, which doubles up to a bound.
func (p *parser) newNode() *Node {
	if len(p.slab) == cap(p.slab) {
		p.slab = make([]Node, 0, min(max(16, 2*cap(p.slab)), 4096))
	}
	p.slab = append(p.slab, Node{})
	return &p.slab[len(p.slab)-1]
}

// resolveAttrs gives the node its attributes by expanded name.
func (p *parser) resolveAttrs(n *Node) *SyntaxError {
	first := len(p.attrs)
	for _, a := range p.pending {
		if _, ok := a.isDeclaration(); ok {
			continue
		}
		space := ""
		if prefix := a.name.prefix(); prefix != "" {
			var ok bool
			if space, ok = p.scope.lookup(prefix); !ok {
				p.pos = a.pos
				return p.fault(Namespace, "the prefix of the attribute %s is not declared", shown(a.name.raw))
			}
		}
		p.attrs = append(p.attrs, Attr{xml.Name{Space: space, Local: a.name.local()}, a.value})
	}
	n.Attrs = p.attrs[first:len(p.attrs):len(p.attrs)]
	if err := p.refuseTwice(len(p.pending), func(i int) string { return p.pending[i].name.raw }, WellFormed); err != nil {
		return err
	}
	return p.refuseTwice(len(n.Attrs), func(i int) string { return n.Attrs[i].Name.Space + " " + n.Attrs[i].Name.Local }, Namespace)
}

// refuseTwice refuses a tag whose attributes have the same name twice, as written
// or by expanded name.
func (p *parser) refuseTwice(count int, name func(int) string, kind Kind) *SyntaxError {
	if count < 2 {
		return nil
	}
	if count <= fewAttrs {
		for i := range count {
			for j := range i {
				if name(i) == name(j) {
					return p.fault(kind, "the attribute %s stands twice in a tag", shown(name(i)))
				}
			}
		}
		return nil
	}
	seen := make(map[string]struct{}, count)
	for i := range count {
		if _, ok := seen[name(i)]; ok {
			return p.fault(kind, "the attribute %s stands twice in a tag", shown(name(i)))
		}
		seen[name(i)] = struct{}{}
	}
	return nil
}
