package text

import (
	"fmt"
	"strings"

	"esconform/reports"
)

// mostChanges bounds how many lines of a kind a comparison shows; all are in
// report.json.
const mostChanges = 50

// Comparison says what got worse and what got better than in the earlier report, what
// is no longer tested, which cases are new and which are gone, and in what the runs
// are not alike.
func Comparison(c reports.Comparison) []string {
	head := fmt.Sprintf("Compared with %s: %d worse, %d better, %d new, %d gone",
		OneLine(c.Report, mostReference), len(c.Worse), len(c.Better), len(c.Appeared), len(c.Vanished))
	if n := len(c.LostCoverage); n > 0 {
		head += fmt.Sprintf(", %d no longer tested", n)
	}
	lines := []string{"", head}
	for _, caveat := range c.Caveats {
		lines = append(lines, prose("caution: "+caveat, "  ")...)
	}
	lines = append(lines, entries("worse", c.Worse, func(change reports.Change) string {
		line := OneLine(change.ID, mostReference) + ": " + became(change)
		if len(change.New) > 0 {
			line += ", now breaking " + OneLine(strings.Join(change.New, ", "), mostSentence)
		}
		return line
	})...)
	lines = append(lines, entries("lost", c.LostCoverage, func(id string) string {
		return OneLine(id, mostReference) + ": no longer tested"
	})...)
	lines = append(lines, entries("better", c.Better, func(change reports.Change) string {
		return OneLine(change.ID, mostReference) + ": " + became(change)
	})...)
	lines = append(lines, entries("new", c.Appeared, func(id string) string { return OneLine(id, mostReference) })...)
	return append(lines, entries("gone", c.Vanished, func(id string) string { return OneLine(id, mostReference) })...)
}

func became(c reports.Change) string { return fmt.Sprintf("%s -> %s", c.From, c.To) }

// entries writes a line for each item of a list, at most mostChanges.
func entries[T any](word string, list []T, line func(T) string) []string {
	var lines []string
	for i, item := range list {
		if i == mostChanges {
			return append(lines, fmt.Sprintf("  %-7s and %d more, in report.json", word, len(list)-i))
		}
		lines = append(lines, fmt.Sprintf("  %-7s %s", word, line(item)))
	}
	return lines
}
