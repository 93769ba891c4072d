package exchange

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"html"
	"net/url"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"esconform/runner/xmltree"
)

// minCoded is the shortest part of a coded secret that is looked for: a shorter one
// could be found in innocent text.
const minCoded = 8

// needle is a text to look for, and what is put in its place.
type needle struct{ text, replacement []byte }

// needlesOf are all the forms in which a secret is looked for: as it is, as it stands
// in XML, HTML, JSON, URLs and headers, in hexadecimal digits and in Base64, in UTF-8
// and in UTF-16. Character references of other kinds, and what is split by CDATA
// sections or comments, are found in the plain form (see view).
func needlesOf(secret string) []needle {
	seen := map[string]bool{}
	var all []needle
	add := func(text string, replacement []byte) {
		if text != "" && !seen[text] {
			seen[text] = true
			all = append(all, needle{[]byte(text), replacement})
		}
	}
	for _, text := range written(secret) {
		add(text, []byte(redacted))
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			add(string(wide(text, order)), wide(redacted, order))
		}
	}
	for _, text := range inCodes(secret) {
		add(text, []byte(redacted))
	}
	return all
}

// written are the ways in which a text writes a secret so that it can be read.
func written(secret string) []string {
	all := []string{secret, xmltree.EscapeText(secret), html.EscapeString(secret)}
	var escaped bytes.Buffer
	if xml.EscapeText(&escaped, []byte(secret)) == nil {
		all = append(all, escaped.String())
	}
	for _, markup := range []bool{true, false} { // whether JSON escapes <, > and &
		var quoted bytes.Buffer
		e := json.NewEncoder(&quoted)
		e.SetEscapeHTML(markup)
		if e.Encode(secret) == nil {
			all = append(all, strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(quoted.String()), `"`), `"`))
		}
	}
	for _, escaped := range []string{url.QueryEscape(secret), url.PathEscape(secret)} {
		all = append(all, escaped, lowerEscapes(escaped))
	}
	return all
}

// lowerEscapes writes the digits of percent escapes in lower case.
func lowerEscapes(s string) string {
	b := []byte(s)
	for i := 0; i+2 < len(b); i++ {
		if b[i] == '%' {
			copy(b[i+1:i+3], strings.ToLower(s[i+1:i+3]))
			i += 2
		}
	}
	return string(b)
}

// inCodes are the ways that take a program to read: hexadecimal digits, Base64, and
// ISO 8859-1.
func inCodes(secret string) []string {
	digits := hex.EncodeToString([]byte(secret))
	all := []string{digits, strings.ToUpper(digits)}
	for shift := range 3 {
		std := aligned(secret, shift)
		if len(std) >= minCoded {
			all = append(all, std, strings.NewReplacer("+", "-", "/", "_").Replace(std))
		}
	}
	return append(all, latin1(secret))
}

// aligned is what of a secret's Base64 is the same whatever stands around it, when so
// many bytes more than a multiple of three stand before it.
func aligned(secret string, shift int) string {
	text := base64.RawStdEncoding.EncodeToString([]byte(strings.Repeat("\x00", shift) + secret))
	first := (8*shift + 5) / 6              // of the characters, those that hold bits from before
	last := (8 * (shift + len(secret))) / 6 // and the one that holds bits from behind
	return text[first:last]
}

// latin1 encodes a text in ISO 8859-1; empty where that is the same as UTF-8, or
// cannot be.
func latin1(text string) string {
	b := make([]byte, 0, len(text))
	for _, r := range text {
		if r > 0xFF {
			return ""
		}
		b = append(b, byte(r))
	}
	if len(b) == len(text) || utf8.Valid(b) {
		return ""
	}
	return string(b)
}

// wide encodes a text as UTF-16.
func wide(text string, order binary.AppendByteOrder) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return b
}
