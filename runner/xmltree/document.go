// Package xmltree reads XML documents into a tree that knows where everything
// stands: line, column and byte offset of every element. It finds nodes by path,
// compares trees by meaning, and edits a document without touching the bytes
// beside the edit.
//
// It is strict: what XML 1.0 or Namespaces in XML 1.0 forbids is refused, because
// the documents come from endpoints that are examined. It never processes a
// document type declaration, never recurses over a document, and its memory is
// bounded by Limits.
package xmltree

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// xsi is the namespace of the attribute nil.
const xsi = "http://www.w3.org/2001/XMLSchema-instance"

// Attr is an attribute. Namespace declarations are not attributes here.
type Attr struct {
	Name  xml.Name
	Value string // normalised: references resolved, white space characters as spaces
}

// Declaration binds a prefix to a namespace on an element. The prefix of the
// default namespace is empty.
type Declaration struct{ Prefix, Space string }

// Node is an element.
type Node struct {
	Name     xml.Name
	Attrs    []Attr
	Declared []Declaration // namespaces declared on this element
	Children []*Node
	Parent   *Node // nil for the root
	// Text is the character data directly inside, concatenated; comments and
	// processing instructions are left out, CDATA sections are taken in.
	Text         string
	Index        int // of the element in document order, root = 0
	Line, Column int // of the start tag, 1-based; Column counts characters
	Start, End   int // byte offsets of the whole element in Document.UTF8
	// InnerStart and InnerEnd are the byte offsets of its content; they are
	// equal when it has none. Those of a self-closing element are both End.
	InnerStart, InnerEnd int
}

// Document is a parsed document.
type Document struct {
	Root  *Node
	Nodes []*Node // all elements in document order; Nodes[i].Index == i
	// UTF8 is the document in UTF-8, without byte order mark. Its lines are
	// those of the original. An XML declaration that names another encoding
	// names UTF-8 here. It may share memory with what was parsed.
	UTF8     []byte
	Encoding string // of the original: utf-8, utf-16le, utf-16be, iso-8859-1, us-ascii
	// Mislabelled says how the charset of the HTTP header disagrees with the
	// byte order mark, which RFC 7303 (3.3) lets win; empty when it does not.
	Mislabelled string
}

// Limits bound what Parse takes. Zero values mean the defaults.
type Limits struct {
	Depth int   // nested elements; 256
	Nodes int   // elements and attributes together; 1,000,000
	Bytes int64 // of the document, before and after transcoding; 64 MiB
}

func (l Limits) withDefaults() Limits {
	if l.Depth <= 0 {
		l.Depth = 256
	}
	if l.Nodes <= 0 {
		l.Nodes = 1_000_000
	}
	if l.Bytes <= 0 {
		l.Bytes = 64 << 20
	}
	return l
}

// Kind classifies why a document is refused.
type Kind string

// The kinds of SyntaxError.
const (
	WellFormed  Kind = "well-formed" // breaks XML 1.0
	Namespace   Kind = "namespace"   // breaks Namespaces in XML 1.0
	Encoding    Kind = "encoding"    // its bytes are not in the encoding that is declared
	Unsupported Kind = "unsupported" // in an encoding that is not read here, which is no fault of the document
	Doctype     Kind = "doctype"     // holds a document type declaration
	Depth       Kind = "depth"       // nested deeper than the limit
	Size        Kind = "size"        // larger than the limit, or with more nodes
)

// SyntaxError says why and where a document is refused. Reason is bounded in
// length and holds no control characters.
type SyntaxError struct {
	Line, Column int // 1-based
	Kind         Kind
	Reason       string
}

// Error names the place and the reason.
func (e *SyntaxError) Error() string {
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// Child returns the first child element with that name, or nil. It may be called
// on nil.
func (n *Node) Child(name xml.Name) *Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Attr returns the value of an attribute, and whether it is there.
func (n *Node) Attr(name xml.Name) (string, bool) {
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value, true
		}
	}
	return "", false
}

// Nil says whether the element carries xsi:nil with a true value (XML Schema
// part 1, 2.6.2).
func (n *Node) Nil() bool {
	v, ok := n.Attr(xml.Name{Space: xsi, Local: "nil"})
	v = strings.TrimSpace(v)
	return ok && (v == "true" || v == "1")
}

// Namespace returns the namespace that a prefix stands for at the element; "" is
// the prefix of the default namespace. It serves values that are qualified names,
// such as a faultcode.
func (n *Node) Namespace(prefix string) (string, bool) {
	for ; n != nil; n = n.Parent {
		for _, d := range n.Declared {
			if d.Prefix == prefix {
				return d.Space, true
			}
		}
	}
	var outside scope
	return outside.lookup(prefix)
}
