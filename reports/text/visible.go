package text

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible makes text that came from an endpoint harmless to show. Whatever does not
// print becomes visible: control and escape characters, characters that turn the
// direction of writing, invisible ones, and bytes that are not UTF-8 (`\u{1B}`,
// `\u{202E}`, `\u{D800}`, `\x{FF}`). Commands that CI systems look for in output
// ("##[", "##vso[", "##teamcity[") are broken up. Tabs and newlines stay; what is
// left is allowed in XML 1.0.
func Visible(s string) string {
	var out strings.Builder
	out.Grow(len(s))
	for i, size := 0, 0; i < len(s); i += size {
		var shown string
		shown, size = show(s, i)
		out.WriteString(shown)
	}
	return out.String()
}

// show gives the visible form of the character at s[i:] and the bytes it takes.
func show(s string, i int) (shown string, size int) {
	r, size := utf8.DecodeRuneInString(s[i:])
	switch {
	case r == utf8.RuneError && size == 1:
		if surrogate, ok := loneSurrogate(s[i:]); ok {
			return fmt.Sprintf(`\u{%X}`, surrogate), 3
		}
		return fmt.Sprintf(`\x{%02X}`, s[i]), 1
	case !harmless(r), r == '#' && i > 0 && s[i-1] == '#':
		return fmt.Sprintf(`\u{%X}`, r), size
	}
	return s[i : i+size], size
}

func harmless(r rune) bool { return r == '\t' || r == '\n' || unicode.IsPrint(r) }

// loneSurrogate reads half of a UTF-16 pair that was encoded as if it were a
// character; such bytes are not UTF-8.
func loneSurrogate(s string) (rune, bool) {
	if len(s) < 3 || s[0] != 0xED || s[1] < 0xA0 || s[1] > 0xBF || s[2] < 0x80 || s[2] > 0xBF {
		return 0, false
	}
	return 0xD000 | rune(s[1]&0x3F)<<6 | rune(s[2]&0x3F), true
}

// OneLine is Visible on a single line of at most that many characters: runs of
// white space become one space.
func OneLine(s string, most int) string {
	return Shorten(strings.Join(strings.Fields(s), " "), most)
}

// room is what the note of a shortened text takes at most.
const room = len("… (1000000000 more characters)")

// Shorten is the beginning of Visible, at most that many characters with the note
// that says how many characters of the text were left out. Its cost is that of
// counting them, however long the text is. Most is at least 64.
func Shorten(s string, most int) string {
	var out strings.Builder
	length, cut, cutAt := 0, -1, 0
	for i, size := 0, 0; i < len(s); i += size {
		var shown string
		shown, size = show(s, i)
		length += utf8.RuneCountInString(shown)
		if length > most-room && cut < 0 {
			cut, cutAt = out.Len(), i
		}
		if length > most {
			return fmt.Sprintf("%s… (%d more characters)", out.String()[:cut], utf8.RuneCountInString(s[cutAt:]))
		}
		out.WriteString(shown)
	}
	return out.String()
}
