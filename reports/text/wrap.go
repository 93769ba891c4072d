package text

import (
	"strings"
	"unicode/utf8"
)

// Width is the width of the lines of running text, in characters. Places,
// differences and commands are never broken: they are there to be copied.
const Width = 80

// wrap breaks running text between words into lines of at most Width characters,
// each after its indent. A word that is longer stands on a line of its own.
func wrap(s, indent, hanging string) []string {
	var lines []string
	line, empty := indent, true
	for _, word := range strings.Fields(s) {
		if !empty && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > Width {
			lines = append(lines, line)
			line, empty = hanging, true
		}
		if empty {
			line, empty = line+noCommand(word), false
			continue
		}
		line += " " + word
	}
	return append(lines, line)
}

// Lines is Visible for a text of several lines, none of which is a command to a CI
// system.
func Lines(s string) string {
	lines := strings.Split(Visible(s), "\n")
	for i := range lines {
		lines[i] = noCommand(lines[i])
	}
	return strings.Join(lines, "\n")
}

// noCommand changes text that would be a command to a CI system at the beginning of
// a line: two colons after white space.
func noCommand(s string) string {
	rest := strings.TrimLeft(s, " \t")
	if !strings.HasPrefix(rest, "::") {
		return s
	}
	return s[:len(s)-len(rest)] + `\u{3A}` + rest[1:]
}
