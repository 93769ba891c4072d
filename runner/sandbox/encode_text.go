package sandbox

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// plain marks the bytes that stand for themselves in text and in attributes.
// Everything above ASCII is decided rune by rune.
var plain = func() (t [256]bool) {
	for c := 0x20; c < 0x80; c++ {
		t[c] = true
	}
	for _, c := range `&<>"'` {
		t[c] = false
	}
	return t
}()

// appendText appends s as character data. A carriage return is written as a
// reference, because a parser would turn it into a line feed.
func appendText(b []byte, s string) []byte { return appendEscaped(b, s, false) }

// appendAttribute appends s as an attribute's value, for either quote.
func appendAttribute(b []byte, s string) []byte { return appendEscaped(b, s, true) }

func appendEscaped(b []byte, s string, attribute bool) []byte {
	start := 0
	for i := 0; i < len(s); {
		if plain[s[i]] {
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		with, replaced := escape(r, size, attribute)
		if replaced {
			b = append(b, s[start:i]...)
			b = append(b, with...)
			start = i + size
		}
		i += size
	}
	return append(b, s[start:]...)
}

// escape returns what a rune is replaced with. Characters that XML 1.0 does
// not allow (2.2), and bytes that are no UTF-8, become U+FFFD.
func escape(r rune, size int, attribute bool) (with string, replaced bool) {
	switch r {
	case '&':
		return "&amp;", true
	case '<':
		return "&lt;", true
	case '>':
		return "&gt;", true
	case '"':
		return "&quot;", attribute
	case '\'':
		return "&#39;", attribute
	case '\r':
		return "&#xD;", true
	case '\n':
		return "&#xA;", attribute
	case '\t':
		return "&#x9;", attribute
	}
	if (r == utf8.RuneError && size == 1) || !allowed(r) {
		return "\uFFFD", true
	}
	return "", false
}

// allowed says whether XML 1.0 has the character (production 2, Char).
func allowed(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' ||
		(r >= 0x20 && r <= 0xD7FF) || (r >= 0xE000 && r <= 0xFFFD) || (r >= 0x10000 && r <= 0x10FFFF)
}

// appendMixed appends s in one of four ways that all mean the same text: a
// CDATA section, a comment inside, character references, and all together.
// turn chooses.
func appendMixed(b []byte, s string, turn int) []byte {
	if s == "" {
		return append(b, "<!-- empty -->"...)
	}
	_, first := utf8.DecodeRuneInString(s)
	half := first
	for half < len(s)/2 {
		_, size := utf8.DecodeRuneInString(s[half:])
		half += size
	}
	switch turn % 4 {
	case 0:
		return appendSection(b, s)
	case 1:
		return appendText(append(appendText(b, s[:half]), "<!-- & < -->"...), s[half:])
	case 2:
		return appendText(appendReferences(b, s[:first]), s[first:])
	}
	b = append(appendSection(b, s[:half]), "<!---->"...)
	return appendReferences(b, s[half:])
}

// appendSection appends s as a CDATA section, or as text when a section cannot
// hold it.
func appendSection(b []byte, s string) []byte {
	if strings.Contains(s, "]]>") || strings.ContainsFunc(s, unfit) {
		return appendText(b, s)
	}
	b = append(b, "<![CDATA["...)
	b = append(b, s...)
	return append(b, "]]>"...)
}

func unfit(r rune) bool { return r == '\r' || r == utf8.RuneError || !allowed(r) }

// appendReferences appends every character of s as a reference, in decimal and
// hexadecimal by turns.
func appendReferences(b []byte, s string) []byte {
	for i, r := range s {
		if !allowed(r) {
			r = utf8.RuneError
		}
		if i%2 == 0 {
			b = strconv.AppendInt(append(b, "&#"...), int64(r), 10)
		} else {
			b = strconv.AppendInt(append(b, "&#x"...), int64(r), 16)
		}
		b = append(b, ';')
	}
	return b
}
