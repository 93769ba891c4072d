package junit_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// node is an element, as a consumer that reads a whole file sees it.
type node struct {
	name     string
	attr     map[string]string
	text     string // its own characters
	children []*node
}

// document is a file that was read, or the reason why it cannot be.
type document struct {
	root *node
	size int
	err  error
}

func parse(files [][]byte) []document {
	list := make([]document, len(files))
	for i, file := range files {
		root, err := parseFile(file)
		list[i] = document{root, len(file), err}
	}
	return list
}

// parseFile reads a file strictly; the root is its outermost element.
func parseFile(file []byte) (*node, error) {
	decoder := xml.NewDecoder(bytes.NewReader(file))
	top := &node{}
	stack := []*node{top}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) && len(top.children) == 1 {
			return top.children[0], nil
		} else if err != nil {
			return nil, err
		}
		last := stack[len(stack)-1]
		switch token := token.(type) {
		case xml.StartElement:
			n := &node{name: token.Name.Local, attr: make(map[string]string, len(token.Attr))}
			for _, a := range token.Attr {
				n.attr[a.Name.Local] = a.Value
			}
			last.children, stack = append(last.children, n), append(stack, n)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			last.text += string(token)
		}
	}
}

// first is the first child of that name, or nil.
func (n *node) first(name string) *node {
	for _, c := range n.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

func (n *node) all(name string) []*node {
	var list []*node
	for _, c := range n.children {
		if c.name == name {
			list = append(list, c)
		}
	}
	return list
}

// below is every element of that name, at any depth, the node itself included.
func (n *node) below(name string) []*node {
	var list []*node
	if n.name == name {
		list = append(list, n)
	}
	for _, c := range n.children {
		list = append(list, c.below(name)...)
	}
	return list
}

// longest is the number of bytes of the longest text.
func (n *node) longest() int {
	most := len(n.text)
	for _, c := range n.children {
		most = max(most, c.longest())
	}
	return most
}
