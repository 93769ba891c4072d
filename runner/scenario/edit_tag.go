package scenario

import (
	"bytes"
	"encoding/xml"
	"strings"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// tag is a start tag with the places of its parts in Document.UTF8.
type tag struct {
	name        string // as written, with its prefix
	attributes  []tagAttribute
	end         int // offset behind the tag
	selfClosing bool
	scope       scope // namespaces in scope inside the element
}

// tagAttribute is an attribute or namespace declaration as written.
type tagAttribute struct {
	name                 string
	start, end           int // with the white space before it
	valueStart, valueEnd int
	value                string // not unescaped
}

// scope maps prefixes to namespaces; "" is the default namespace.
type scope map[string]string

// scanTag reads the start tag of an element. The document has been parsed, so the
// tag is known to be well-formed.
func scanTag(doc *xmltree.Document, n *xmltree.Node) tag {
	data := doc.UTF8
	pos := n.Start + 1
	nameEnd := pos + bytes.IndexAny(data[pos:], " \t\r\n/>")
	t := tag{name: string(data[pos:nameEnd])}
	for pos = nameEnd; ; {
		start := pos
		for isBlank(data[pos]) {
			pos++
		}
		if data[pos] == '>' || data[pos] == '/' {
			t.selfClosing = data[pos] == '/'
			break
		}
		a := tagAttribute{start: start}
		equals := pos + bytes.IndexByte(data[pos:], '=')
		a.name = strings.TrimSpace(string(data[pos:equals]))
		quote := equals + bytes.IndexAny(data[equals:], `"'`)
		a.valueStart = quote + 1
		a.valueEnd = a.valueStart + bytes.IndexByte(data[a.valueStart:], data[quote])
		a.value = string(data[a.valueStart:a.valueEnd])
		a.end = a.valueEnd + 1
		pos = a.end
		t.attributes = append(t.attributes, a)
	}
	t.end = pos + bytes.IndexByte(data[pos:], '>') + 1
	t.scope = scopeOf(doc, n.Parent)
	for _, a := range t.attributes {
		if a.name == "xmlns" {
			t.scope[""] = a.value
		} else if prefix, ok := strings.CutPrefix(a.name, "xmlns:"); ok {
			t.scope[prefix] = a.value
		}
	}
	return t
}

func isBlank(b byte) bool { return b == ' ' || b == '\t' || b == '\r' || b == '\n' }

// scopeOf returns the namespaces in scope inside an element.
func scopeOf(doc *xmltree.Document, n *xmltree.Node) scope {
	if n == nil {
		return scope{"xml": wire.NSXML}
	}
	return scanTag(doc, n).scope
}

// attribute finds an attribute by its expanded name.
func (t tag) attribute(name xml.Name) tagAttribute {
	for _, a := range t.attributes {
		prefix, local, qualified := strings.Cut(a.name, ":")
		if !qualified {
			prefix, local = "", a.name
		}
		space := ""
		if qualified {
			space = t.scope[prefix]
		}
		if local == name.Local && space == name.Space && prefix != "xmlns" && a.name != "xmlns" {
			return a
		}
	}
	return tagAttribute{}
}

// withoutNil returns the edit that takes xsi:nil away, if it is there.
func (t tag) withoutNil() []xmltree.Splice {
	a := t.attribute(xml.Name{Space: wire.NSXsi, Local: "nil"})
	if a.end == 0 {
		return nil
	}
	return []xmltree.Splice{{Start: a.start, End: a.end}}
}

// open turns a self-closing tag into one with content.
func (t tag) open(markup string) xmltree.Splice {
	return xmltree.Splice{Start: t.end - len("/>"), End: t.end, Text: ">" + markup + "</" + t.name + ">"}
}

// insideTag is the place where an attribute can be added.
func (t tag) insideTag() int {
	if t.selfClosing {
		return t.end - len("/>")
	}
	return t.end - len(">")
}
