// Package contract is the contract of all operations as a table: path, order,
// cardinality, type and enumeration of every element of their messages and header
// blocks.
//
// It is transcribed from the dossier on its own and shares nothing with the
// schemas, so that a name that is misspelt in one of them is found by holding one
// against the other (ruling 24).
package contract

import (
	_ "embed"
	"fmt"
	"strings"

	"esconform/runner/wire"
)

// Type is the type of an element's text.
type Type string

// The types. An element with children has the type Children; one that is always
// empty is an element with Children but without any.
const (
	Children    Type = ""
	String      Type = "string"
	Int         Type = "int"
	Decimal     Type = "decimal"
	Boolean     Type = "boolean"
	Date        Type = "date"
	DateTime    Type = "dateTime"
	Enumeration Type = "enumeration"
)

// Unbounded is the maximum of an element that may occur any number of times.
const Unbounded = -1

// Element is a node of the contract.
type Element struct {
	Name     wire.Name
	Min, Max int // occurrences; Max may be Unbounded
	Nillable bool
	// Choice says that the element and the neighbours that have it too come in any
	// order among each other.
	Choice bool
	Type   Type
	// Values are the values of an Enumeration. When Open is set more are allowed,
	// but those in Without are not.
	Values  []string
	Open    bool
	Without []string
	// Children are the elements inside, in their order.
	Children []*Element
}

// Root is an element that stands in the Body or the Header of an envelope.
type Root struct {
	*Element
	// Block says that it is a header block, not a message.
	Block bool
}

// Row is one line of the table.
type Row struct {
	// Path leads from the root to the element, with the prefixes of package wire:
	// "pmess:readPersonResponse/pmess:person/common:email".
	Path string
	// Order is the place among the siblings, counted from 1; a root has 1.
	Order int
	*Element
	// Root is where the path begins, Line the elements on it, the root first and
	// the row's own last.
	Root Root
	Line []*Element
}

//go:embed contract.txt
var table string

// Roots returns the messages and header blocks as trees, in the order of the
// transcription. The caller may change them. It panics when the embedded
// transcription is malformed, which a test excludes.
func Roots() []Root {
	roots, err := parse(table)
	if err != nil {
		panic(fmt.Sprintf("contract.txt: %v", err))
	}
	return roots
}

// Rows returns the table: every element of every message and header block, each
// root followed by what is in it, in document order.
func Rows() []Row {
	var rows []Row
	for _, root := range Roots() {
		rows = appendRows(rows, root, []*Element{root.Element}, 1)
	}
	return rows
}

func appendRows(rows []Row, root Root, line []*Element, order int) []Row {
	names := make([]string, len(line))
	for i, e := range line {
		names[i] = e.Name.String()
	}
	e := line[len(line)-1]
	rows = append(rows, Row{Path: strings.Join(names, "/"), Order: order, Element: e, Root: root, Line: line})
	for i, child := range e.Children {
		rows = appendRows(rows, root, append(line[:len(line):len(line)], child), i+1)
	}
	return rows
}
