package validate

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	heliumxsd "github.com/lestrrat-go/helium/xsd"
)

// heliumFaults collects what the engine reports.
type heliumFaults struct {
	faults []fault
	more   bool
}

// Handle takes one report of the engine.
func (h *heliumFaults) Handle(_ context.Context, err error) {
	var v *heliumxsd.ValidationError
	if !errors.As(err, &v) {
		h.add(fault{node: -1, code: CodeSchema, message: shortened(err.Error())})
		return
	}
	h.add(heliumFault(v))
}

func (h *heliumFaults) add(f fault) {
	if len(h.faults) == maxFaults {
		h.more = true
		return
	}
	h.faults = append(h.faults, f)
}

// heliumFault makes a fault of a report. The line of an element in the numbered
// copy is the one behind its index, counted from 1.
func heliumFault(v *heliumxsd.ValidationError) fault {
	subject := "Element '" + v.Element + "'"
	if v.AttributeName != "" {
		subject += ", attribute '" + v.AttributeName + "'"
	}
	f := fault{node: v.Line - 2, code: heliumCode(v.Message), message: subject + ": " + shortened(v.Message)}
	if strings.HasPrefix(v.Message, "This element is not expected, because the element '") {
		// The engine blames the first child of a nilled element, the other one the
		// nilled element, which is the one before it in document order.
		f.node--
	}
	return f
}

// heliumCode maps a message of the engine, which has no numbers, to a code of this
// package. Only the parts of a message that hold no value are looked at.
func heliumCode(message string) string {
	switch {
	case strings.HasPrefix(message, "[facet 'enumeration']"):
		return CodeEnumeration
	case strings.HasPrefix(message, "[facet '"):
		return CodeValue
	case strings.HasSuffix(message, "of the xsi:type attribute does not resolve to a type definition."):
		return CodeSchema
	case strings.HasPrefix(message, "Element is not nillable"), strings.HasSuffix(message, "is nilled."):
		return CodeNil
	case strings.HasPrefix(message, "This element is not expected"), strings.HasPrefix(message, "No matching global declaration"):
		return CodeElement
	case strings.HasPrefix(message, "Missing child element"):
		return CodeMissing
	case strings.HasPrefix(message, "Character content"), strings.HasPrefix(message, "Element content"):
		return CodeContent
	case strings.HasPrefix(message, "The attribute '"), strings.HasPrefix(message, "No matching global attribute"):
		return CodeAttribute
	case strings.HasPrefix(message, "'"), strings.HasPrefix(message, "The value '"), strings.HasPrefix(message, "Duplicate key-sequence"):
		return CodeValue
	}
	return CodeSchema
}

// text joins the messages.
func (h *heliumFaults) text() string {
	texts := make([]string, len(h.faults))
	for i, f := range h.faults {
		texts[i] = f.message
	}
	return strings.Join(texts, "; ")
}

// shortened leaves the middle of a message out that quotes megabytes, before
// anything else is done with it.
func shortened(message string) string {
	const kept = 1024
	if len(message) <= 2*kept {
		return message
	}
	head, tail := kept, len(message)-kept
	for !utf8.RuneStart(message[head]) {
		head--
	}
	for !utf8.RuneStart(message[tail]) {
		tail++
	}
	return fmt.Sprintf("%s...%s", message[:head], message[tail:])
}
