package html

import (
	"bytes"
	"strings"

	"esconform/reports/text"
)

// markup is a piece of the page's own HTML. Constants become markup without being
// asked, strings of a report do not: the compiler refuses to write them as they are.
type markup string

// hole stands in a piece of markup for a value, as text or inside of a quoted
// attribute.
const hole = "{}"

// write writes a piece of markup with a value in each of its holes. Values are made
// visible (text.Visible) and escaped for text and for quoted attributes alike.
func (p *page) write(format markup, values ...string) {
	rest := string(format)
	for _, value := range values {
		before, after, _ := strings.Cut(rest, hole)
		p.out.WriteString(before)
		escape(&p.out, value)
		rest = after
	}
	p.out.WriteString(rest)
}

// escape appends a text. Nearly all of it is plain ASCII, which is copied in runs.
func escape(out *bytes.Buffer, s string) {
	if !ordinary(s) {
		s = text.Visible(s)
	}
	from := 0
	for i := range len(s) {
		entity := entity(s[i])
		if entity == "" {
			continue
		}
		out.WriteString(s[from:i])
		out.WriteString(entity)
		from = i + 1
	}
	out.WriteString(s[from:])
}

// ordinary says whether text.Visible would leave the text as it is, for texts that
// hold nothing but printable ASCII, tabs and newlines.
func ordinary(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '\n' || c == '\t':
		case c < ' ' || c > '~', c == '#' && i > 0 && s[i-1] == '#':
			return false
		}
	}
	return true
}

// entity is the form of a character that markup gives a meaning to; empty for all
// others.
func entity(c byte) string {
	switch c {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&#34;"
	case '\'':
		return "&#39;"
	}
	return ""
}

// line is a text as one line of at most that many characters (text.OneLine), without
// its cost for the texts that are one already.
func line(s string, most int) string {
	if len(s) <= most && ordinary(s) && !strings.ContainsAny(s, "\n\t") && !strings.Contains(s, "  ") {
		return s
	}
	return text.OneLine(s, most)
}

// block is a text of at most that many characters with its line breaks.
func block(s string, most int) string {
	if len(s) <= most && ordinary(s) {
		return s
	}
	return text.Shorten(s, most)
}
