package validate_test

import (
	"bytes"
	"encoding/xml"
	"io"
	"slices"
	"strings"
	"testing"
)

// element is an element of an envelope that is to be mutated: names as written,
// namespace declarations being attributes like others.
type element struct {
	name       string
	attributes []xml.Attr // Name.Local is the whole name as written
	children   []any      // *element, string (text as written)
}

// parseElement reads an envelope, leaving comments out.
func parseElement(t testing.TB, envelope []byte) *element {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(envelope))
	var open []*element
	var root *element
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return root
		}
		if err != nil {
			t.Fatalf("parse envelope to mutate: %v", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			e := &element{name: written(token.Name)}
			for _, a := range token.Attr {
				e.attributes = append(e.attributes, xml.Attr{Name: xml.Name{Local: written(a.Name)}, Value: a.Value})
			}
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.children = append(parent.children, e)
			} else {
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				parent := open[len(open)-1]
				parent.children = append(parent.children, escape(string(token)))
			}
		}
	}
}

func written(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}

// String writes the element with all it holds.
func (e *element) String() string {
	var b strings.Builder
	e.write(&b)
	return b.String()
}

func (e *element) write(b *strings.Builder) {
	b.WriteString("<" + e.name)
	for _, a := range e.attributes {
		b.WriteString(" " + a.Name.Local + `="` + escape(a.Value) + `"`)
	}
	if len(e.children) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteString(">")
	for _, c := range e.children {
		switch c := c.(type) {
		case string:
			b.WriteString(c)
		case *element:
			c.write(b)
		}
	}
	b.WriteString("</" + e.name + ">")
}

// clone copies the element with all it holds.
func (e *element) clone() *element {
	c := &element{name: e.name, attributes: slices.Clone(e.attributes)}
	for _, child := range e.children {
		if child, ok := child.(*element); ok {
			c.children = append(c.children, child.clone())
			continue
		}
		c.children = append(c.children, child)
	}
	return c
}

// descendants returns the element and all below it, in document order.
func (e *element) descendants() []*element {
	all := []*element{e}
	for _, c := range e.children {
		if c, ok := c.(*element); ok {
			all = append(all, c.descendants()...)
		}
	}
	return all
}

// leaf says whether the element holds no elements.
func (e *element) leaf() bool {
	return !slices.ContainsFunc(e.children, func(c any) bool { _, ok := c.(*element); return ok })
}
