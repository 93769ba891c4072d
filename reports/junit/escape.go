package junit

import (
	"fmt"
	"slices"
	"strings"

	"esconform/reports/text"
)

// escapes are those of character data. The encoder would escape newlines and
// quotation marks as well, and nobody could read the file as it is.
var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape makes a line harmless (most of it is already) and fit for XML.
func escape(line string) string { return escapes.Replace(text.Visible(inert(line))) }

func escapeAll(lines []string) []string {
	escaped := make([]string, len(lines))
	for i, line := range lines {
		escaped[i] = escape(line)
	}
	return escaped
}

// attribute is text as the value of an attribute: one harmless line of at most that
// many characters. The encoder escapes it.
func attribute(s string, most int) string { return text.OneLine(inert(s), most) }

// inert breaks up what consumers take for a command in a text: GitLab, Azure DevOps
// and others attach the file of an [[ATTACHMENT|path]], testmo sets a [[PROPERTY|k=v]].
func inert(s string) string { return strings.ReplaceAll(s, "[[", `[\u{5B}`) }

// fit makes one text of escaped lines. When it would take more bytes than the budget,
// long lines are shortened and lines in the middle are left out and counted: what
// decides comes first, and some readers cut the middle themselves.
func fit(lines []string, budget int) string {
	if length(lines) <= budget {
		return strings.Join(lines, "\n")
	}
	kept := make([]string, len(lines))
	for i, line := range lines {
		kept[i] = line
		if most := budget / 5; len(line) > most {
			kept[i] = escape(text.Shorten(unescapes.Replace(line), most/perCharacter))
		}
	}
	room := budget - len("… (1000000000 more lines, in report.json) …\n")
	first := prefix(kept, room*3/4)
	reversed := slices.Clone(kept[first:])
	slices.Reverse(reversed)
	last := len(kept) - prefix(reversed, room/4)
	if first == last {
		return strings.Join(kept, "\n")
	}
	note := fmt.Sprintf("… (%d more lines, in report.json) …", last-first)
	return strings.Join(slices.Concat(kept[:first], []string{note}, kept[last:]), "\n")
}

// unescapes undoes escapes.
var unescapes = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

// prefix is the number of lines from the first on that fit into so many bytes.
func prefix(lines []string, room int) int {
	for i, line := range lines {
		if room -= len(line) + 1; room < 0 {
			return i
		}
	}
	return len(lines)
}

// length is the number of bytes that lines take.
func length(lines []string) int {
	n := 0
	for _, line := range lines {
		n += len(line) + 1
	}
	return n
}
