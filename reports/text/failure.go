// Package text writes results as plain text for people: the block that explains a
// case and the summary of a run. It is pure; all that came from an endpoint is made
// harmless (see Visible).
package text

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"esconform/reports"
)

// Bounds of what a block shows; the whole is in report.json.
const (
	mostFindings  = 25   // of a case
	mostDiff      = 40   // lines of a difference
	mostLine      = 500  // characters of a line of a difference
	mostSentence  = 1000 // characters of a sentence
	mostReference = 2000 // characters of a place or a command
)

// Case explains a result: its id, verdict and title; the reason if it has one; for
// each finding the requirement's sentence and source, the place of the expectation
// and of the response, the difference ("-" wanted, "+" got); and the command that
// runs the case again. Failures come first. Lines have no newline at their end.
func Case(r reports.Result) []string {
	lines := []string{fmt.Sprintf("%s %s", r.Verdict, OneLine(r.ID, mostReference))}
	if r.Title != "" {
		lines = append(lines, prose(r.Title, "  ")...)
	}
	if r.Reason != "" {
		lines = append(lines, prose("Reason: "+r.Reason, "  ")...)
	}
	return append(lines, Findings(r, mostFindings)...)
}

// Findings explains at most that many findings of a result, failures first, and
// ends with the command that runs the case again. Each part begins with an empty
// line.
func Findings(r reports.Result, most int) []string {
	var lines []string
	findings := slices.Clone(r.Findings)
	slices.SortStableFunc(findings, func(a, b reports.Finding) int { return cmp.Compare(order(a.Weight), order(b.Weight)) })
	for i, f := range findings {
		lines = append(lines, "")
		if i == most {
			lines = append(lines, fmt.Sprintf("  and %d more findings, in report.json", len(findings)-i))
			break
		}
		lines = append(lines, Finding(f)...)
	}
	if r.Reproduce != "" {
		lines = append(lines, "", "  Reproduce: "+OneLine(r.Reproduce, mostReference))
	}
	return lines
}

func order(w reports.Weight) int {
	return slices.Index([]reports.Weight{reports.Failure, reports.Trouble, reports.Warning}, w)
}

// Finding explains one finding.
func Finding(f reports.Finding) []string {
	if f.Requirement == "" && f.Statement == "" {
		return append(prose(string(f.Weight)+": "+step(f)+f.Message, "  "), difference(f)...)
	}
	lines := prose(headline(f), "  ")
	if f.Source != "" {
		lines = append(lines, prose("Source: "+f.Source, "    ")...)
	}
	switch {
	case f.Expectation != "":
		lines = append(lines, "    Expected at: "+OneLine(f.Expectation, mostReference))
	case f.Requirement != "":
		lines = append(lines, "    Expected of every answer")
	}
	if place := place(f); place != "" {
		lines = append(lines, "    Found at: "+OneLine(place, mostReference))
	}
	if f.Message != "" {
		lines = append(lines, prose(step(f)+f.Message, "    ")...)
	}
	return append(lines, difference(f)...)
}

// headline is the requirement's sentence; the weight is named where it is none that
// fails.
func headline(f reports.Finding) string {
	head := f.Requirement
	if f.Weight != reports.Failure {
		head = strings.TrimSpace(string(f.Weight) + " " + head)
	}
	switch {
	case f.Statement == "":
		return head
	case head == "":
		return f.Statement
	}
	return head + ": " + f.Statement
}

// place says where in the response the difference is: file:line and path.
func place(f reports.Finding) string {
	where := f.Response
	if f.Line > 0 {
		if where == "" {
			where = "response"
		}
		where = fmt.Sprintf("%s:%d", where, f.Line)
	}
	return strings.TrimSpace(where + " " + f.Path)
}

func step(f reports.Finding) string {
	switch {
	case f.Step <= 0:
		return ""
	case f.Operation == "":
		return fmt.Sprintf("Step %d: ", f.Step)
	}
	return fmt.Sprintf("Step %d, %s: ", f.Step, f.Operation)
}

// difference gives the lines of a finding's difference; a finding without one shows
// what was wanted and what came.
func difference(f reports.Finding) []string {
	diff := f.Diff
	if len(diff) == 0 && (f.Wanted != "" || f.Got != "") {
		diff = []reports.Diff{{Op: "-", Text: f.Wanted}, {Op: "+", Text: f.Got}}
	}
	var lines []string
	more := 0
	for _, d := range diff {
		for line := range strings.SplitSeq(strings.TrimSuffix(d.Text, "\n"), "\n") {
			if len(lines) == mostDiff {
				more++
				continue
			}
			lines = append(lines, "    "+operator(d.Op)+" "+noCommand(Shorten(line, mostLine)))
		}
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("    and %d more lines", more))
	}
	return lines
}

func operator(op string) string {
	if op == "-" || op == "+" {
		return op
	}
	return " "
}

func prose(s, indent string) []string {
	return wrap(OneLine(s, mostSentence), indent, indent+"  ")
}
