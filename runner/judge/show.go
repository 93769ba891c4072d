package judge

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"esconform/reports"
)

// Bounds, in characters, of what is shown of an answer.
const (
	maxValue   = 200
	maxPath    = 600
	maxMessage = 600
	// contextRunes stand before the place where two long values differ.
	contextRunes = 30
)

// shown bounds a value and makes its control characters visible, so that hostile
// text stays text wherever it is shown. A cut value is followed by its length.
func shown(s string) string { return shownIn(s, maxValue) }

func shownIn(s string, limit int) string {
	var b strings.Builder
	n := 0
	for _, r := range s {
		if n == limit {
			fmt.Fprintf(&b, "… (%d characters)", utf8.RuneCountInString(s))
			break
		}
		n++
		writeVisible(&b, r)
	}
	return b.String()
}

// writeVisible writes a character, or \u{X} for one that a terminal or a page
// would not show as itself.
func writeVisible(b *strings.Builder, r rune) {
	if unicode.IsPrint(r) {
		b.WriteRune(r)
		return
	}
	fmt.Fprintf(b, `\u{%X}`, r)
}

// quoted shows a value inside a sentence.
func quoted(s string) string { return "'" + shownIn(s, 80) + "'" }

// sentence bounds a message, begins it with a capital, unless with a path or a name
// such as codeMajor, and ends it with a full stop.
func sentence(s string) string {
	s = strings.TrimRight(shownIn(s, maxMessage), " .")
	word, _, _ := strings.Cut(s, " ")
	if strings.Trim(word, "abcdefghijklmnopqrstuvwxyz'") == "" && word != "" {
		first, size := utf8.DecodeRuneInString(s)
		s = string(unicode.ToUpper(first)) + s[size:]
	}
	return s + "."
}

// diffOf is the smallest difference of two values: for long ones the part around
// the first place where they differ.
func diffOf(wanted, got string) []reports.Diff {
	w, g := wanted, got
	if utf8.RuneCountInString(w) > maxValue || utf8.RuneCountInString(g) > maxValue {
		w, g = excerpts(w, g)
	}
	return []reports.Diff{{Op: "-", Text: shown(w)}, {Op: "+", Text: shown(g)}}
}

// excerpts drops the beginning that two values share, but for a little.
func excerpts(a, b string) (string, string) {
	same := 0
	for same < len(a) && same < len(b) && a[same] == b[same] {
		same++
	}
	for same > 0 && same < len(a) && !utf8.RuneStart(a[same]) {
		same--
	}
	start := same
	for range contextRunes {
		_, size := utf8.DecodeLastRuneInString(a[:start])
		start -= size
	}
	if start == 0 {
		return a, b
	}
	return "…" + a[start:], "…" + b[start:]
}
