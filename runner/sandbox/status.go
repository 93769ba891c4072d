package sandbox

import (
	"strings"

	"esconform/runner/wire"
)

// A status is the outcome of one item, as it stands in a statusInfo.
type status struct {
	major    string
	severity string
	minors   []minor
	texts    []string // of the description; joined by line breaks
}

// A minor is one codeMinorField.
type minor struct{ name, value string }

const (
	languageEnglish = "en-US"
	minorPerson     = "personmanagement"
)

// Values of codeMinor. The first is documented for replacePerson, the second is
// what a client looks for; the others are from the vocabulary of IMS.
const (
	minorInserted    = "unknownobjinsertinstead"
	minorUnknown     = "unknownobject"
	minorIncomplete  = "incompletedata"
	minorInvalid     = "invaliddata"
	minorKeyInUse    = "idallocinusefail"
	minorPartial     = "partialdatastorage"
	minorLink        = "linkfailure"
	minorUnknownWord = "unknownvocab"
)

func success() status { return status{major: wire.CodeSuccess, severity: wire.SeverityStatus} }

func failure(value, text string) status {
	return status{wire.CodeFailure, wire.SeverityError, []minor{{minorPerson, value}}, []string{text}}
}

// warn adds a remark to a success. The same remark is made once.
func (s *status) warn(value, text string) {
	if s.severity == wire.SeverityStatus {
		s.severity = wire.SeverityWarning
	}
	s.addMinor(minor{minorPerson, value})
	s.addText(text)
}

// fail turns whatever was said so far into a failure.
func (s *status) fail(value, text string) {
	*s = failure(value, text)
}

func (s *status) addMinor(m minor) {
	for _, have := range s.minors {
		if have == m {
			return
		}
	}
	s.minors = append(s.minors, m)
}

func (s *status) addText(text string) {
	for _, have := range s.texts {
		if have == text {
			return
		}
	}
	s.texts = append(s.texts, text)
}

func (s status) failed() bool { return s.major == wire.CodeFailure }

func (s status) warned() bool { return s.severity == wire.SeverityWarning }

// info writes the status as a statusInfo, children in the order of the schema.
func (s status) info(messageID *string) *element {
	e := el(wire.NSBind, "statusInfo",
		leaf(wire.NSBind, "codeMajor", s.major),
		leaf(wire.NSBind, "severity", s.severity))
	if len(s.minors) > 0 {
		codes := el(wire.NSBind, "codeMinor")
		for _, m := range s.minors {
			codes.add(m.element())
		}
		e.add(codes)
	}
	if messageID != nil {
		e.add(leaf(wire.NSBind, "messageIdRef", *messageID))
	}
	if len(s.texts) > 0 {
		e.add(el(wire.NSBind, "description",
			leaf(wire.NSCommon, "language", languageEnglish),
			leaf(wire.NSCommon, "text", strings.Join(s.texts, "\n"))))
	}
	return e
}

func (m minor) element() *element {
	return el(wire.NSBind, "codeMinorField",
		leaf(wire.NSBind, "codeMinorName", m.name),
		leaf(wire.NSBind, "codeMinorValue", m.value))
}
