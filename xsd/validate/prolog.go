package validate

import (
	"bytes"
	"fmt"
	"regexp"
	"unicode/utf8"
)

// Limits on what reaches an engine. An envelope beyond them is refused with a
// violation. They keep memory and time bounded whatever an endpoint sends.
const (
	maxBytes    = 128 << 20
	maxDepth    = 256     // as deep as a message of this contract could ever be, many times over
	maxElements = 2 << 20 // an engine's tree takes up to some hundred bytes per element
	// maxAttributes bounds the attributes, namespace declarations included, of one
	// element; maxInherited those of an element and all elements around it. Looking
	// up a prefix or a duplicate is linear in them.
	maxAttributes = 256
	maxInherited  = 1024
)

var byteOrderMark = []byte("\xef\xbb\xbf")

// declaration is the XML declaration (XML 1.0, 2.8). Both engines are spared it,
// so that neither tries to decode what is already UTF-8.
var declaration = regexp.MustCompile(`^<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*("1\.[0-9]+"|'1\.[0-9]+')` +
	`([ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*("[A-Za-z][A-Za-z0-9._-]*"|'[A-Za-z][A-Za-z0-9._-]*'))?` +
	`([ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*("(yes|no)"|'(yes|no)'))?[ \t\r\n]*\?>`)

// declarationWindow is how far into a document an XML declaration may reach.
const declarationWindow = 512

// admit checks what must hold before anything is parsed, and cuts the byte order
// mark and the XML declaration off.
func admit(envelope []byte) ([]byte, *Violation) {
	if len(envelope) > maxBytes {
		return nil, refuse(CodeLimit, fmt.Sprintf("the envelope has more than %d bytes", maxBytes))
	}
	content := bytes.TrimPrefix(envelope, byteOrderMark)
	if len(content) == 0 {
		return nil, refuse(CodeNotWellFormed, "not well-formed XML: the document is empty")
	}
	if bytes.IndexByte(content, 0) >= 0 {
		return nil, refuse(CodeNotWellFormed, "not well-formed XML: the document holds a NUL character")
	}
	if !utf8.Valid(content) {
		return nil, refuse(CodeNotWellFormed, "not well-formed XML: the document is not UTF-8")
	}
	if !opensDeclaration(content) {
		return content, nil
	}
	length := len(declaration.Find(content[:min(len(content), declarationWindow)]))
	if length == 0 {
		return nil, refuse(CodeNotWellFormed, "not well-formed XML: the XML declaration is malformed")
	}
	return content[length:], nil
}

// opensDeclaration tells an XML declaration from a processing instruction such
// as <?xml-stylesheet?>.
func opensDeclaration(content []byte) bool {
	rest, found := bytes.CutPrefix(content, []byte("<?xml"))
	return found && (len(rest) == 0 || bytes.IndexByte([]byte(" \t\r\n?"), rest[0]) >= 0)
}

func refuse(code, message string) *Violation {
	return &Violation{Node: -1, Line: 1, Code: code, Message: message}
}

// prologLines is the number of line ends before content, which is the tail of envelope.
func prologLines(envelope, content []byte) int {
	return bytes.Count(envelope[:len(envelope)-len(content)], []byte("\n"))
}
