package sandbox

import "esconform/runner/wire"

// A status is the outcome of one item, as it stands in a statusInfo.
type status struct {
	major    string
	severity string
	minors   []minor
	texts    []string // of the description; joined by line breaks
	keep     bool     // what was stored stays, although the item failed
	lose     bool     // what was stored is undone, although the item succeeded
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
	return status{major: wire.CodeFailure, severity: wire.SeverityError, minors: []minor{{minorPerson, value}}, texts: []string{text}}
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
