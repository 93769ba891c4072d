package validate

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"esconform/runner/wire"
)

// expanded matches a name as engines write it: {namespace}local.
var expanded = regexp.MustCompile(`\{([^{}\s]*)\}`)

// readable makes one line of at most MaxMessage runes of an engine's message, with
// the project's prefixes in place of namespaces.
func readable(message string) string {
	message = strings.ToValidUTF8(message, "\uFFFD")
	message = expanded.ReplaceAllStringFunc(message, func(braces string) string {
		if prefix, ok := wire.Prefix(braces[1 : len(braces)-1]); ok {
			return prefix + ":"
		}
		return braces
	})
	message = strings.Map(oneLine, message)
	return bounded(strings.TrimSpace(message))
}

// oneLine turns control characters, line ends among them, into blanks.
func oneLine(r rune) rune {
	if unicode.IsControl(r) {
		return ' '
	}
	return r
}

// bounded cuts the middle out of a message that is too long: the name stands at
// its beginning, the reason at its end, the overlong value between them.
func bounded(message string) string {
	if utf8.RuneCountInString(message) <= MaxMessage {
		return message
	}
	runes := []rune(message)
	const head = MaxMessage * 2 / 3
	const tail = MaxMessage - head - 3
	return string(runes[:head]) + "..." + string(runes[len(runes)-tail:])
}
