package exchange

import (
	"fmt"
	"strings"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// mutate makes an envelope malformed, or odd, on purpose. It comes after the guard
// rail, so it can only spoil what was allowed. It looks at the Body alone, so that
// the redacted form is spoilt in the same way.
func mutate(name string, envelope []byte) ([]byte, error) {
	if name == "" {
		return envelope, nil
	}
	doc, err := xmltree.Parse(envelope, "", xmltree.Limits{})
	if err != nil {
		return nil, fmt.Errorf("mutate %s: %w", name, err)
	}
	m := mutant{doc: doc, body: doc.Root.Child(soapName("Body"))}
	m.request = m.body.Children[0]
	switch name {
	case "truncated":
		return doc.UTF8[:(m.request.InnerStart+m.request.InnerEnd)/2], nil
	case "unbalanced":
		return xmltree.Edit(doc, xmltree.Splice{Start: m.request.InnerEnd, End: m.request.End}), nil
	case "undeclared-prefix":
		return xmltree.Edit(doc, m.rename(m.request, func(q qname) qname { return qname{"undeclared", q.local} })...), nil
	case "soap12-envelope":
		return []byte(strings.ReplaceAll(string(doc.UTF8), wire.NSSOAP, wire.NSSOAP12)), nil
	case "unknown-operation":
		return xmltree.Edit(doc, m.rename(m.request, func(q qname) qname { return qname{q.prefix, "noSuchOperationRequest"} })...), nil
	case "doctype":
		return xmltree.Edit(doc, xmltree.Splice{Start: doc.Root.Start, End: doc.Root.Start, Text: "<!DOCTYPE " + m.tag(doc.Root).String() + " [<!ENTITY greeting \"hello\">]>\n"}), nil
	case "unqualified-children":
		return m.unqualified(), nil
	case "other-prefixes":
		return m.otherPrefixes(), nil
	case "illegal-character":
		return xmltree.Edit(doc, xmltree.Splice{Start: m.request.InnerStart, End: m.request.InnerStart, Text: "\x01"}), nil
	case "second-body-child":
		again := string(doc.UTF8[m.request.Start:m.request.End])
		return xmltree.Edit(doc, xmltree.Splice{Start: m.request.End, End: m.request.End, Text: again}), nil
	}
	return nil, fmt.Errorf("there is no mutation %q", name)
}

// mutant is an envelope that is being spoilt.
type mutant struct {
	doc           *xmltree.Document
	body, request *xmltree.Node
}

// qname is a name as it is written.
type qname struct{ prefix, local string }

// String writes the name as it stands in a document.
func (q qname) String() string {
	if q.prefix == "" {
		return q.local
	}
	return q.prefix + ":" + q.local
}

func splitName(text string) qname {
	if prefix, local, ok := strings.Cut(text, ":"); ok {
		return qname{prefix, local}
	}
	return qname{"", text}
}

// tag returns the name of an element as it is written.
func (m mutant) tag(n *xmltree.Node) qname {
	text := string(m.doc.UTF8[n.Start+1 : n.End])
	return splitName(text[:strings.IndexAny(text, " \t\r\n/>")])
}

// rename returns the edits that give an element another name, in both tags.
func (m mutant) rename(n *xmltree.Node, change func(qname) qname) []xmltree.Splice {
	old := m.tag(n).String()
	now := change(m.tag(n)).String()
	edits := []xmltree.Splice{{Start: n.Start + 1, End: n.Start + 1 + len(old), Text: now}}
	if n.InnerStart != n.End {
		start := n.InnerEnd + len("</")
		edits = append(edits, xmltree.Splice{Start: start, End: start + len(old), Text: now})
	}
	return edits
}

// attribute is an attribute as it is written in a start tag.
type attribute struct {
	name       qname
	start, end int // of the name
	stop       int // behind the closing quote
}

// attributes returns the attributes of an element, namespace declarations
// included, as they are written.
func (m mutant) attributes(n *xmltree.Node) []attribute {
	var all []attribute
	data := m.doc.UTF8
	i := n.Start + 1 + len(m.tag(n).String())
	for {
		for strings.IndexByte(" \t\r\n", data[i]) >= 0 {
			i++
		}
		if data[i] == '>' || data[i] == '/' {
			return all
		}
		start := i
		for strings.IndexByte("= \t\r\n", data[i]) < 0 {
			i++
		}
		a := attribute{name: splitName(string(data[start:i])), start: start, end: i}
		for data[i] != '"' && data[i] != '\'' {
			i++
		}
		quote := data[i]
		for i++; data[i] != quote; i++ {
		}
		i++
		a.stop = i
		all = append(all, a)
	}
}

// inside visits the elements below a node, in document order.
func (m mutant) inside(n *xmltree.Node, visit func(*xmltree.Node)) {
	for _, other := range m.doc.Nodes[n.Index+1:] {
		if other.Start >= n.End {
			return
		}
		visit(other)
	}
}

// unqualified takes the namespaces from everything below the request element.
func (m mutant) unqualified() []byte {
	var edits []xmltree.Splice
	m.inside(m.request, func(n *xmltree.Node) {
		edits = append(edits, m.rename(n, func(q qname) qname { return qname{"", q.local} })...)
		for _, a := range m.attributes(n) {
			if a.name == (qname{"", "xmlns"}) {
				edits = append(edits, xmltree.Splice{Start: a.start, End: a.stop})
			}
		}
		if n.Parent == m.request {
			at := n.Start + 1 + len(m.tag(n).String())
			edits = append(edits, xmltree.Splice{Start: at, End: at, Text: ` xmlns=""`})
		}
	})
	return xmltree.Edit(m.doc, edits...)
}

// otherPrefixes gives every prefix another name; the meaning stays the same.
func (m mutant) otherPrefixes() []byte {
	var edits []xmltree.Splice
	other := func(q qname) qname {
		if q.prefix == "" || q.prefix == "xml" {
			return q
		}
		return qname{"other-" + q.prefix, q.local}
	}
	for _, n := range m.doc.Nodes {
		edits = append(edits, m.rename(n, other)...)
		for _, a := range m.attributes(n) {
			now := other(a.name)
			if a.name.prefix == "xmlns" {
				now = qname{"xmlns", "other-" + a.name.local}
			}
			if now != a.name {
				edits = append(edits, xmltree.Splice{Start: a.start, End: a.end, Text: now.String()})
			}
		}
	}
	return xmltree.Edit(m.doc, edits...)
}
