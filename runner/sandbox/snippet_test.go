package sandbox

import (
	"encoding/xml"
	"io"
	"slices"
	"strings"
)

// A snippet is a piece of XML as it was written.
type snippet struct {
	start    xml.StartElement
	text     string
	children []*snippet
}

// written reads pieces of XML without looking at namespaces.
func written(content string) []*snippet {
	top := &snippet{}
	open := []*snippet{top}
	d := xml.NewDecoder(strings.NewReader(content))
	for {
		token, err := d.RawToken()
		if err == io.EOF {
			return top.children
		}
		if err != nil {
			panic(err) // the sound requests are well-formed
		}
		last := open[len(open)-1]
		switch token := token.(type) {
		case xml.StartElement:
			e := &snippet{start: token.Copy()}
			last.children, open = append(last.children, e), append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			last.text += string(token)
		}
	}
}

func (e *snippet) String() string {
	name := e.start.Name.Local
	if e.start.Name.Space != "" { // the prefix, of a raw token
		name = e.start.Name.Space + ":" + name
	}
	attributes := ""
	for _, a := range e.start.Attr {
		attributes += " " + a.Name.Space + ":" + a.Name.Local + `="` + escaped(a.Value) + `"`
	}
	return "<" + name + attributes + ">" + escaped(e.text) + join(e.children) + "</" + name + ">"
}

func join(elements []*snippet) string {
	var b strings.Builder
	for _, e := range elements {
		b.WriteString(e.String())
	}
	return b.String()
}

// reversed turns the order of all children around.
func reversed(content string) string {
	var turn func([]*snippet)
	turn = func(list []*snippet) {
		slices.Reverse(list)
		for _, e := range list {
			turn(e.children)
		}
	}
	top := written(content)
	turn(top)
	return join(top)
}

// unwrapped leaves the outermost elements out and keeps what is in them.
func unwrapped(content string) string {
	var inner []*snippet
	for _, e := range written(content) {
		inner = append(inner, e.children...)
	}
	return join(inner)
}
