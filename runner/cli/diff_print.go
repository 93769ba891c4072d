package cli

import (
	"fmt"
	"strconv"
	"strings"

	"esconform/reports"
	"esconform/reports/changes"
	"esconform/reports/text"
)

// The bounds of what a comparison shows on the terminal; --json prints all.
const (
	mostChangedCases = 100
	mostResponses    = 20
	mostPlaces       = 5 // of a response
)

// printChanges prints a comparison for people.
func printChanges(s Streams, c changes.Changes) {
	lines := []string{runLine("a", c.A), runLine("b", c.B)}
	for _, d := range c.Conditions {
		lines = append(lines, fmt.Sprintf("  %s: %s -> %s", d.Name, shortOr(d.A, "none"), shortOr(d.B, "none")))
	}
	lines = append(lines, "")
	lines = append(lines, caseLines(c.Cases)...)
	lines = append(lines, onlyLines("only in a", c.OnlyA)...)
	lines = append(lines, onlyLines("only in b", c.OnlyB)...)
	lines = append(lines, responseLines(c.Responses)...)
	lines = append(lines, totals(c))
	for _, line := range lines {
		fmt.Fprintln(s.Out, line)
	}
}

func runLine(letter string, r changes.Run) string {
	whole := ""
	if !r.Complete {
		whole = ", not complete"
	}
	return fmt.Sprintf("%s  %s: %s%s", letter, text.OneLine(r.Name, maxShown), r.Verdict, whole)
}

func shortOr(s, empty string) string {
	if s == "" {
		return empty
	}
	return text.OneLine(s, maxShown)
}

func caseLines(cases []changes.Case) []string {
	var lines []string
	for i, c := range cases {
		if i == mostChangedCases {
			return append(lines, fmt.Sprintf("and %d more cases changed", len(cases)-i))
		}
		line := fmt.Sprintf("%-10s %s: %s -> %s", c.Direction, text.OneLine(c.ID, maxShown), c.From, c.To)
		if c.From == c.To {
			line = fmt.Sprintf("%-10s %s: %s as before", c.Direction, text.OneLine(c.ID, maxShown), c.To)
		}
		lines = append(lines, line)
		for _, list := range []struct {
			name string
			ids  []string
		}{{"newly broken", c.Broken}, {"fixed", c.Fixed}} {
			if len(list.ids) > 0 {
				lines = append(lines, fmt.Sprintf("           %s: %s", list.name, text.OneLine(strings.Join(list.ids, ", "), maxShown)))
			}
		}
	}
	return lines
}

func onlyLines(where string, cases []changes.Only) []string {
	var lines []string
	for i, c := range cases {
		if i == mostChangedCases {
			return append(lines, fmt.Sprintf("and %d more cases are %s", len(cases)-i, where))
		}
		lines = append(lines, fmt.Sprintf("%-10s %s: %s", where, text.OneLine(c.ID, maxShown), c.Verdict))
	}
	return lines
}

func responseLines(all []changes.Response) []string {
	var lines []string
	groups := alike(all)
	for i, group := range groups {
		if i == mostResponses {
			return append(lines, "and "+counted(len(all)-shown(groups[:i]), "more response")+" changed; --json prints all")
		}
		r := group[0]
		lines = append(lines, fmt.Sprintf("%-10s %s: %s", "response", text.OneLine(r.ID, maxShown), stepOf(r)))
		if n := len(group) - 1; n > 0 {
			lines = append(lines, "           and "+counted(n, "more response")+" in the same way")
		}
		for j, d := range r.Differences {
			if j == mostPlaces {
				lines = append(lines, "           and "+counted(len(r.Differences)-j+r.More, "more place"))
				break
			}
			lines = append(lines, differenceLines(d)...)
		}
	}
	return lines
}

// stepOf names the step of a response.
func stepOf(r changes.Response) string {
	var name string
	switch r.Step {
	case reports.GivenStep:
		name = "given " + text.OneLine(r.Given, maxShown)
	default:
		name = fmt.Sprintf("step %d", r.Step)
	}
	if r.Operation != "" {
		name += ", " + text.OneLine(r.Operation, maxShown)
	}
	if r.Page > 0 {
		name += fmt.Sprintf(", page %d", r.Page)
	}
	return strings.TrimSpace(name)
}

func differenceLines(d changes.Difference) []string {
	place := text.OneLine(d.Path, maxShown)
	if d.Line > 0 {
		place = fmt.Sprintf("line %d: %s", d.Line, place)
	}
	lines := []string{"           " + place}
	wanted, got := text.OneLine(d.Wanted, maxShown), text.OneLine(d.Got, maxShown)
	if wanted == got { // they differ in white space
		wanted, got = strconv.Quote(d.Wanted), strconv.Quote(d.Got)
	}
	if d.Kind != changes.Added {
		lines = append(lines, "             - "+wanted)
	}
	if d.Kind != changes.Missing {
		lines = append(lines, "             + "+got)
	}
	return lines
}

// alike puts responses together that changed in the same way, in the order of the
// first of each.
func alike(all []changes.Response) [][]changes.Response {
	var groups [][]changes.Response
	at := make(map[string]int)
	for _, r := range all {
		var how strings.Builder
		for _, d := range r.Differences {
			fmt.Fprintf(&how, "%q %q %q %q\n", d.Kind, d.Path, d.Wanted, d.Got)
		}
		i, known := at[how.String()]
		if !known {
			i = len(groups)
			at[how.String()] = i
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], r)
	}
	return groups
}

// shown counts the responses of groups.
func shown(groups [][]changes.Response) int {
	n := 0
	for _, group := range groups {
		n += len(group)
	}
	return n
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// totals sums a comparison up in one sentence.
func totals(c changes.Changes) string {
	responses := counted(len(c.Responses), "changed response")
	if !c.ResponsesCompared {
		responses = "responses not compared"
	} else if n := len(c.Uncompared); n > 0 {
		responses += fmt.Sprintf(" (%s could not be compared)", counted(n, "case"))
	}
	if c.None() && c.ResponsesCompared && len(c.Uncompared) == 0 {
		return "nothing changed"
	}
	var worse, better, other int
	for _, change := range c.Cases {
		switch change.Direction {
		case changes.Worse:
			worse++
		case changes.Better:
			better++
		default:
			other++
		}
	}
	return fmt.Sprintf("%d worse, %d better, %d changed otherwise, %d only in a, %d only in b, %s", worse, better, other, len(c.OnlyA), len(c.OnlyB), responses)
}
