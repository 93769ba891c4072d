package scenario

import (
	"encoding/xml"
	"fmt"
	"strings"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// Apply changes an envelope as a step's set and remove say: first all assignments,
// in their order, then all removals. Every other byte stays as it is (in UTF-8,
// without byte order mark, when anything is changed).
//
// An assignment sets the text of the one element or attribute at its path. Where
// there is none, what is missing is appended to its deepest existing ancestor, with
// the values that predicates ask for and with the prefixes in scope; an xsi:nil goes
// when an element gets text or children. A removal takes everything at its path, and
// each parent that is empty then, up to the child of the Body and the soap:Header.
//
// {key:Name} in a path stands for the name, which is what files hold; placeholders in
// values are left to whoever fills them in.
//
// Errors: an envelope or path that does not parse, a path to several elements in an
// assignment, a path to nothing in a removal.
func Apply(envelope []byte, set []Assignment, remove []string) ([]byte, error) {
	for _, a := range set {
		a.Path = documented(a.Path)
		doc, err := xmltree.Parse(envelope, "", xmltree.Limits{})
		if err != nil {
			return nil, fmt.Errorf("set %s: %w", a.Path, err)
		}
		edits, err := assign(doc, a)
		if err != nil {
			return nil, fmt.Errorf("set %s: %w", a.Path, err)
		}
		envelope = xmltree.Edit(doc, edits...)
	}
	for _, path := range remove {
		doc, err := xmltree.Parse(envelope, "", xmltree.Limits{})
		if err != nil {
			return nil, fmt.Errorf("remove %s: %w", path, err)
		}
		edits, err := removal(doc, documented(path))
		if err != nil {
			return nil, fmt.Errorf("remove %s: %w", path, err)
		}
		envelope = xmltree.Edit(doc, edits...)
	}
	return envelope, nil
}

// base returns the element that a path starts at; nil when the message has none.
func base(doc *xmltree.Document, inHeader bool) *xmltree.Node {
	if !inHeader {
		return bodyChild(doc)
	}
	header := doc.Root.Child(soapName("Header"))
	for _, local := range []string{"syncRequestHeaderInfo", "syncResponseHeaderInfo"} {
		if block := header.Child(xml.Name{Space: wire.NSBind, Local: local}); block != nil {
			return block
		}
	}
	return nil
}

func soapName(local string) xml.Name { return xml.Name{Space: wire.NSSOAP, Local: local} }

// assign returns the edits that carry out one assignment.
func assign(doc *xmltree.Document, a Assignment) ([]xmltree.Splice, error) {
	path, inHeader, err := ParsePath(a.Path)
	if err != nil {
		return nil, err
	}
	if a.Path == headerBlock {
		return nil, fmt.Errorf("the header block as a whole has no text; name an element in it")
	}
	from := base(doc, inHeader)
	matches := path.Select(from)
	switch {
	case len(matches) > 1:
		return nil, fmt.Errorf("the path leads to %d places; choose one with [n] or [path='value']", len(matches))
	case len(matches) == 1 && matches[0].Attr != nil:
		return setAttribute(doc, matches[0], a.Value), nil
	case len(matches) == 1:
		return setText(doc, matches[0].Node, xmltree.EscapeText(a.Value)), nil
	}
	return create(doc, from, inHeader, a)
}

// setText replaces the content of an element by markup, and takes away xsi:nil.
func setText(doc *xmltree.Document, n *xmltree.Node, markup string) []xmltree.Splice {
	tag := scanTag(doc, n)
	edits := tag.withoutNil()
	if !tag.selfClosing {
		return append(edits, xmltree.Splice{Start: n.InnerStart, End: n.InnerEnd, Text: markup})
	}
	if markup != "" {
		edits = append(edits, tag.open(markup))
	}
	return edits
}

func setAttribute(doc *xmltree.Document, m xmltree.Match, value string) []xmltree.Splice {
	tag := scanTag(doc, m.Node)
	a := tag.attribute(m.Attr.Name)
	return []xmltree.Splice{{Start: a.valueStart, End: a.valueEnd, Text: xmltree.EscapeText(value)}}
}

// removal returns the edits that take away everything at a path.
func removal(doc *xmltree.Document, text string) ([]xmltree.Splice, error) {
	path, inHeader, err := ParsePath(text)
	if err != nil {
		return nil, err
	}
	matches := path.Select(base(doc, inHeader))
	if len(matches) == 0 {
		return nil, fmt.Errorf("there is nothing at this path")
	}
	var edits []xmltree.Splice
	gone := map[*xmltree.Node]bool{}
	for _, m := range matches {
		if m.Attr == nil {
			gone[m.Node] = true
			continue
		}
		a := scanTag(doc, m.Node).attribute(m.Attr.Name)
		edits = append(edits, xmltree.Splice{Start: a.start, End: a.end})
	}
	for _, m := range matches {
		if m.Attr == nil {
			takeEmptied(doc, m.Node, gone)
		}
	}
	for _, n := range doc.Nodes {
		if gone[n] && !gone[n.Parent] {
			edits = append(edits, xmltree.Splice{Start: n.Start, End: n.End})
		}
	}
	return edits, nil
}

// takeEmptied adds the ancestors of a removed element that are empty without it.
func takeEmptied(doc *xmltree.Document, n *xmltree.Node, gone map[*xmltree.Node]bool) {
	for p := n.Parent; p != nil && p != bodyChild(doc) && p.Name.Space != wire.NSSOAP; p = p.Parent {
		if strings.TrimSpace(p.Text) != "" {
			return
		}
		for _, c := range p.Children {
			if !gone[c] {
				return
			}
		}
		gone[p] = true
	}
}
