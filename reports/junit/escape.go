package junit

import (
	"fmt"
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
// the lines in the middle are left out and counted; a first or last line that is too
// long by itself is shortened, because these decide.
func fit(lines []string, budget int) string {
	total := 0
	for _, line := range lines {
		total += len(line) + 1
	}
	if total <= budget {
		return strings.Join(lines, "\n")
	}
	half := (budget - len("… (1000000000 more lines, in report.json) …")) / 2
	kept := append([]string(nil), lines...)
	for _, i := range []int{0, len(kept) - 1} {
		if len(kept[i])+1 > half {
			kept[i] = escape(text.Shorten(unescapes.Replace(kept[i]), (half-1)/perCharacter))
		}
	}
	first, last := ends(kept, half)
	if first >= last { // it fits after all
		return strings.Join(kept, "\n")
	}
	note := fmt.Sprintf("… (%d more lines, in report.json) …", last-first)
	return strings.Join(append(append(kept[:first:first], note), kept[last:]...), "\n")
}

// unescapes undoes escapes.
var unescapes = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

// ends gives how many lines from the beginning, and from which line to the end, fit
// in half a budget each. They meet where all fit.
func ends(lines []string, half int) (first, last int) {
	for used := 0; first < len(lines) && used+len(lines[first])+1 <= half; first++ {
		used += len(lines[first]) + 1
	}
	last = len(lines)
	for used := 0; last > first && used+len(lines[last-1])+1 <= half; last-- {
		used += len(lines[last-1]) + 1
	}
	return first, last
}
