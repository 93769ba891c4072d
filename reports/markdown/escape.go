package markdown

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"esconform/reports/text"
)

// breaker ends a word for everything that looks for words in the text of a page:
// names after @, numbers after #, emoji between colons, addresses. It is not seen.
const breaker = "<!-- -->"

// prose makes a text into running text that means nothing to Markdown: on one line, at
// most that many characters of it. It may stand in a table and after something else on
// a line, but not at the beginning of one.
func prose(s string, most int) string {
	s = text.OneLine(s, most)
	var out strings.Builder
	out.Grow(len(s))
	for i, r := range s {
		rest := s[i+utf8.RuneLen(r):]
		switch r {
		case '<', '>', '&', '`', '\\', '|', '$':
			out.WriteString(entities[r])
		case '*', '_', '[', ']', '~', '^':
			out.WriteByte('\\')
			out.WriteRune(r)
		case '@', '#':
			out.WriteRune(r)
			out.WriteString(breaker)
		case ':':
			out.WriteRune(r)
			if addressOrEmoji.MatchString(rest) {
				out.WriteString(breaker)
			}
		case '.':
			if n := out.Len(); n >= 3 && strings.EqualFold(s[max(0, i-3):i], "www") {
				out.WriteString(breaker)
			}
			out.WriteRune(r)
		case '-':
			out.WriteRune(r)
			if strings.EqualFold(s[max(0, i-2):i], "gh") {
				out.WriteString(breaker) // GH-1 is an issue
			}
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// addressOrEmoji is what makes a colon before it the middle of an address or the
// beginning of an emoji.
var addressOrEmoji = regexp.MustCompile(`^(//|[A-Za-z0-9_+-]+:)`)

// entities are written where a backslash would not do: in tables, and before what
// GitHub takes for a formula.
var entities = map[rune]string{'<': "&lt;", '>': "&gt;", '&': "&amp;", '`': "&#96;", '\\': "&#92;", '|': "&#124;", '$': "&#36;"}

// code makes a text into code within a line, on one line. It must not stand in a
// table, whose columns end at every bar.
func code(s string, most int) string {
	s = text.OneLine(s, most)
	if s == "" {
		return ""
	}
	fence := strings.Repeat("`", longestRun(s)+1)
	if strings.HasPrefix(s, "`") || strings.HasSuffix(s, "`") {
		s = " " + s + " "
	}
	return fence + s + fence
}

// block makes lines into a block of code in that language.
func block(language string, lines []string) string {
	longest := 2
	for _, line := range lines {
		longest = max(longest, longestRun(line))
	}
	fence := strings.Repeat("`", longest+1)
	return fence + language + "\n" + strings.Join(lines, "\n") + "\n" + fence + "\n"
}

// longestRun is the length of the longest run of backticks.
func longestRun(s string) int {
	longest, run := 0, 0
	for _, r := range s {
		if r != '`' {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
