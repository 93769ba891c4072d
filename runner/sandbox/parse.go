package sandbox

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"esconform/runner/wire"
)

// A node is an element of a request.
type node struct {
	name     wire.Name
	prefix   string // as written; it carries no meaning
	attrs    []attr
	children []*node
	text     string // character data directly inside, concatenated
}

// maxDepth bounds the nesting of a request.
const maxDepth = 128

const xmlnsAttribute = "xmlns"

// child returns the first child with that name, or nil; a nil node has none.
func (n *node) child(space, local string) *node {
	if n == nil {
		return nil
	}
	for _, c := range n.children {
		if c.name.Space == space && c.name.Local == local {
			return c
		}
	}
	return nil
}

// all returns the children with that name.
func (n *node) all(space, local string) []*node {
	if n == nil {
		return nil
	}
	var found []*node
	for _, c := range n.children {
		if c.name.Space == space && c.name.Local == local {
			found = append(found, c)
		}
	}
	return found
}

// attr returns the value of an attribute, empty when there is none.
func (n *node) attr(space, local string) string {
	for _, a := range n.attrs {
		if a.name.Space == space && a.name.Local == local {
			return a.value
		}
	}
	return ""
}

// null says whether an element has xsi:nil="true".
func (n *node) null() bool {
	v := strings.TrimSpace(n.attr(wire.NSXsi, "nil"))
	return v == "true" || v == "1"
}

// A parser builds the tree of one document. Element and attribute names are
// resolved by the declarations in scope; a prefix without one is an error.
type parser struct {
	decoder *xml.Decoder
	open    []openElement
	scope   []binding
	root    *node
}

type openElement struct {
	node     *node
	raw      xml.Name // prefix and local name as written, for the end tag
	bindings int      // length of scope before this element
	text     []byte
}

// parse reads a document in UTF-8. A document type declaration is refused
// (SOAP 1.1, section 3), so no entity is ever defined by a request.
func parse(data []byte) (*node, error) {
	p := parser{decoder: xml.NewDecoder(bytes.NewReader(data)), scope: []binding{{prefix: "xml", space: wire.NSXML}}}
	// The bytes are UTF-8 by now, whatever the XML declaration says.
	p.decoder.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		token, err := p.decoder.RawToken()
		if errors.Is(err, io.EOF) {
			return p.end()
		}
		if err != nil {
			return nil, fmt.Errorf("read XML: %w", err)
		}
		if err := p.token(token); err != nil {
			line, column := p.decoder.InputPos()
			return nil, fmt.Errorf("read XML at line %d, column %d: %w", line, column, err)
		}
	}
}

func (p *parser) token(token xml.Token) error {
	switch t := token.(type) {
	case xml.StartElement:
		return p.start(t)
	case xml.EndElement:
		return p.close(t.Name)
	case xml.CharData:
		if len(p.open) > 0 {
			top := &p.open[len(p.open)-1]
			top.text = append(top.text, t...)
		} else if len(bytes.TrimSpace(t)) > 0 {
			return errors.New("text outside the root element")
		}
	case xml.Directive:
		return errors.New("a document type declaration is not allowed in a SOAP message")
	}
	return nil
}

func (p *parser) start(t xml.StartElement) error {
	if len(p.open) == 0 && p.root != nil {
		return errors.New("a second root element")
	}
	if len(p.open) >= maxDepth {
		return fmt.Errorf("more than %d elements within each other", maxDepth)
	}
	mark := len(p.scope)
	for _, a := range t.Attr {
		switch {
		case a.Name.Space == "" && a.Name.Local == xmlnsAttribute:
			p.scope = append(p.scope, binding{space: a.Value})
		case a.Name.Space == xmlnsAttribute && a.Value == "":
			return fmt.Errorf("prefix %q is bound to nothing", a.Name.Local)
		case a.Name.Space == xmlnsAttribute:
			p.scope = append(p.scope, binding{prefix: a.Name.Local, space: a.Value})
		}
	}
	n := &node{prefix: t.Name.Space}
	var err error
	if n.name, err = p.resolve(t.Name, true); err != nil {
		return err
	}
	if n.attrs, err = p.attributes(t.Attr); err != nil {
		return err
	}
	if len(p.open) == 0 {
		p.root = n
	} else {
		parent := p.open[len(p.open)-1].node
		parent.children = append(parent.children, n)
	}
	p.open = append(p.open, openElement{node: n, raw: t.Name, bindings: mark})
	return nil
}

func (p *parser) attributes(raw []xml.Attr) ([]attr, error) {
	var list []attr
	for i, a := range raw {
		for _, other := range raw[:i] {
			if other.Name == a.Name {
				return nil, fmt.Errorf("attribute %s twice", a.Name.Local)
			}
		}
		if a.Name.Space == xmlnsAttribute || a.Name.Space == "" && a.Name.Local == xmlnsAttribute {
			continue
		}
		name, err := p.resolve(a.Name, false)
		if err != nil {
			return nil, err
		}
		for _, other := range list {
			if other.name == name {
				return nil, fmt.Errorf("attribute %s twice", name)
			}
		}
		list = append(list, attr{name: name, value: a.Value})
	}
	return list, nil
}

// resolve expands a name. The default namespace is for elements only
// (Namespaces in XML 1.0, section 6.2).
func (p *parser) resolve(raw xml.Name, isElement bool) (wire.Name, error) {
	if raw.Space == "" && !isElement {
		return wire.Name{Local: raw.Local}, nil
	}
	for i := len(p.scope) - 1; i >= 0; i-- {
		if p.scope[i].prefix == raw.Space {
			return wire.Name{Space: p.scope[i].space, Local: raw.Local}, nil
		}
	}
	if raw.Space == "" {
		return wire.Name{Local: raw.Local}, nil
	}
	return wire.Name{}, fmt.Errorf("prefix %q is not declared", raw.Space)
}

func (p *parser) close(name xml.Name) error {
	if len(p.open) == 0 {
		return fmt.Errorf("end tag %s without a start tag", name.Local)
	}
	top := p.open[len(p.open)-1]
	if top.raw != name {
		return fmt.Errorf("end tag %s where %s is open", name.Local, top.raw.Local)
	}
	top.node.text = string(top.text)
	p.scope = p.scope[:top.bindings]
	p.open = p.open[:len(p.open)-1]
	return nil
}

func (p *parser) end() (*node, error) {
	if len(p.open) > 0 {
		return nil, fmt.Errorf("read XML: the document ends inside element %s", p.open[len(p.open)-1].raw.Local)
	}
	if p.root == nil {
		return nil, errors.New("read XML: there is no element")
	}
	return p.root, nil
}
