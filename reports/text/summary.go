package text

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"esconform/reports"
)

// Summary sums a run up: verdict and reason of the run, and of the certification if it
// was for one; counts of scenarios, cases, flaky ones and requirements; the known
// failures with who answers for them; why cases were not judged (each reason once);
// what could not be removed; and the comparison with an earlier report if there is one.
func Summary(r reports.Report) []string {
	lines := prose(r.Reason, "")
	if c := r.Certification; c != nil {
		lines = append(lines, prose(c.Reason, "")...)
	}
	lines = append(lines, "")
	s := r.Counts.Scenarios
	for _, row := range [][2]string{
		{"target", OneLine(r.Target.URL, mostSentence)},
		{"scenarios", tally(s.Total, []part{{s.Passed, "passed"}, {s.Warned, "warned"}, {s.Failed, "failed"}, {s.Error, "in error"}, {s.Other, others(r.Counts)}})},
		{"cases", cases(r.Counts)},
		{"flaky", flaky(r)},
		{"requirements", requirements(reports.CountCoverage(r.Requirements))},
	} {
		if row[1] == "" {
			continue
		}
		lines = append(lines, wrap(row[1], fmt.Sprintf("  %-14s", row[0]), strings.Repeat(" ", 16))...)
	}
	lines = append(lines, knownFailures(r.Scenarios)...)
	lines = append(lines, reasons(r.Scenarios)...)
	if len(r.Residue) > 0 {
		lines = append(lines, "", "Left behind on the endpoint:")
		for _, what := range r.Residue {
			lines = append(lines, prose(what, "  ")...)
		}
	}
	if r.Baseline != nil {
		lines = append(lines, Comparison(*r.Baseline)...)
	}
	return lines
}

// Failures explains every case that is not as it should be: failed, in error,
// passed although listed, and warned, the worst first, then in the order of ids. An
// error without a finding is left to Summary, which gives each reason once.
func Failures(r reports.Report) []string {
	var lines []string
	for i, result := range reports.ToExplain(r.Scenarios) {
		if i > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, Case(result)...)
	}
	return lines
}

// Line is the one line of a case for a running log: verdict, id, and the reason or
// the broken requirements.
func Line(r reports.Result) string {
	line := fmt.Sprintf("%-15s %s", r.Verdict, OneLine(r.ID, mostReference))
	switch broken := r.Broken(); {
	case r.Reason != "":
		return line + "  " + OneLine(r.Reason, mostSentence)
	case len(broken) > 0:
		return line + "  " + OneLine(strings.Join(broken, ", "), mostSentence)
	}
	return line
}

type part struct {
	n    int
	word string
}

// tally writes counts that are not zero and the total.
func tally(total int, parts []part) string {
	var words []string
	for _, p := range parts {
		if p.n > 0 {
			words = append(words, fmt.Sprintf("%d %s", p.n, p.word))
		}
	}
	if len(words) == 0 {
		return "none"
	}
	return fmt.Sprintf("%s; %d in all", strings.Join(words, ", "), total)
}

// others names what scenarios are that are neither good nor bad.
func others(c reports.Counts) string {
	if c.KnownFailure > 0 {
		return "not judged or failed as listed"
	}
	return "not judged"
}

func cases(c reports.Counts) string {
	return tally(c.Total, []part{{c.Passed, "passed"}, {c.Warned, "warned"}, {c.Failed, "failed"}, {c.Error, "in error"},
		{c.Skipped, "skipped"}, {c.NotRun, "not run"}, {c.KnownFailure, "failed as listed"}, {c.UnexpectedPass, "passed although listed"}})
}

func requirements(c reports.Coverage) string {
	return tally(c.Total, []part{{c.Held, "held"}, {c.Broken, "broken"}, {c.Observed, "observed"}, {c.NotTested, "not tested"}})
}

// onlyReason says whether all there is to say about a case that was not judged is
// its reason, which it may share with many.
func onlyReason(r reports.Result) bool {
	return !r.Verdict.Judged() && len(r.Findings) == 0
}

// reasons lists why cases were not judged, the most frequent first.
func reasons(results []reports.Result) []string {
	count := make(map[string]int)
	for _, r := range results {
		if r.Verdict == reports.Skipped || r.Verdict == reports.NotRun || onlyReason(r) {
			count[string(r.Verdict)+": "+r.Reason]++
		}
	}
	if len(count) == 0 {
		return nil
	}
	sentences := slices.SortedFunc(maps.Keys(count), func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	lines := []string{"", "Not judged:"}
	for _, sentence := range sentences {
		lines = append(lines, prose(fmt.Sprintf("%d %s", count[sentence], sentence), "  ")...)
	}
	return lines
}
