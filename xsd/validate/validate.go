// Package validate checks SOAP envelopes against the schemas of package xsd.
//
// Two engines can do it: libxml2, which needs cgo, and helium, which is pure Go.
// Everything that a schema cannot say about an envelope, and every limit on
// hostile input, is checked before and after them by code that both share.
package validate

import (
	"fmt"

	"esconform/runner/wire"
)

// Violation is one place where an envelope breaks the schemas or the rules about
// what a Body and a Header may hold.
type Violation struct {
	// Node is the index of the element in document order, the root being 0; -1
	// when the violation belongs to no element. Of a missing child it is the parent,
	// or the sibling that stands in the child's place.
	Node int
	// Line is the line of the element's start tag, counted from 1; 0 when unknown.
	Line int
	// Code is one of the Code constants.
	Code string
	// Message is for people: one line of at most MaxMessage runes. It may quote
	// the envelope and is hostile text wherever it is shown.
	Message string
}

// Codes of violations. They are the same for every engine.
const (
	CodeNotWellFormed = "not-well-formed" // not XML 1.0, or not namespace-well-formed
	CodeDoctype       = "doctype"         // a document type declaration, which SOAP forbids; it is never processed
	CodeLimit         = "limit"           // deeper, larger or with more attributes than a validator accepts
	CodeEnvelope      = "envelope"        // the root is not a SOAP 1.1 Envelope
	CodeBody          = "body"            // the Body does not hold exactly the expected element
	CodeHeader        = "header"          // a header block of our namespaces that may not be there
	CodeElement       = "element"         // an element that is not allowed at its place, or not declared
	CodeMissing       = "missing"         // an element lacks a mandatory child
	CodeEnumeration   = "enumeration"     // a value outside its enumeration
	CodeValue         = "value"           // a value that its type does not allow
	CodeAttribute     = "attribute"       // an attribute that is not allowed or lacks
	CodeNil           = "nil"             // xsi:nil where it is not allowed, or on an element with content
	CodeContent       = "content"         // text or children in an element that may not have them
	CodeSchema        = "schema"          // anything else that the schemas forbid
	CodeTruncated     = "truncated"       // more violations exist than were asked for
)

// MaxMessage is the largest number of runes in Violation.Message.
const MaxMessage = 300

// Validator checks envelopes. It may be used by many goroutines at once.
type Validator interface {
	// Validate checks an envelope, which must be UTF-8; a byte order mark and an
	// XML declaration are accepted, the encoding that it names is ignored. root
	// is the element that the Body must hold; where its name ends in "Response"
	// a Fault is accepted instead. With the zero name any request, response or
	// Fault is accepted.
	//
	// Whatever is wrong with the envelope is a violation, sorted by Node; an error
	// means that the validator itself could not do its work, or, as a
	// *DisagreementError, that two engines see the envelope differently.
	Validate(root wire.Name, envelope []byte) ([]Violation, error)
	// Name tells the engine and its version, such as "libxml2 2.9.14".
	Name() string
	// Close frees what the validator holds. Later calls of Validate return an error.
	Close() error
}

// Engine names an implementation.
type Engine string

// The engines. Both runs the other two and reports a disagreement as an error.
const (
	Libxml2 Engine = "libxml2"
	Helium  Engine = "helium"
	Both    Engine = "both"
)

// New returns a validator that reports at most maxViolations violations per
// envelope, which must be positive. When there are more, the last one has the
// code CodeTruncated and says so. An empty engine is Default().
func New(name Engine, maxViolations int) (Validator, error) {
	if maxViolations < 1 {
		return nil, fmt.Errorf("validator: at most %d violations is not a positive number", maxViolations)
	}
	if name == "" {
		name = Default()
	}
	var create func() (engine, error)
	switch name {
	case Libxml2:
		create = newLibxml2
	case Helium:
		create = newHelium
	case Both:
		return newBoth(maxViolations)
	default:
		return nil, fmt.Errorf("validator: unknown engine %q, known are %s, %s and %s", name, Libxml2, Helium, Both)
	}
	c, err := open(create, maxViolations)
	if err != nil {
		return nil, err // no typed nil in the interface
	}
	return c, nil
}
