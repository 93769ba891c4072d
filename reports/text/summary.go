package text

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"esconform/reports"
)

// Summary sums a run up: verdict and reason, counts of scenarios, cases and
// requirements, why cases were not tested (each reason once), what could not be
// removed, and the comparison with an earlier report if there is one.
func Summary(r reports.Report) []string {
	lines := prose(r.Reason, "")
	lines = append(lines, "", "  target        "+OneLine(r.Target.URL, mostSentence))
	s := r.Counts.Scenarios
	lines = append(lines,
		"  scenarios     "+tally(s.Total, []part{{s.Passed, "passed"}, {s.Warned, "warned"}, {s.Failed, "failed"}, {s.Error, "in error"}, {s.Other, "not judged"}}),
		"  cases         "+cases(r.Counts),
		"  requirements  "+requirements(reports.CountCoverage(r.Requirements)))
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
// passed although listed, and warned, the worst first, then in the order of ids.
func Failures(r reports.Report) []string {
	var bad []reports.Result
	for _, result := range r.Scenarios {
		switch result.Verdict {
		case reports.Failed, reports.UnexpectedPass, reports.Error, reports.Warned:
			bad = append(bad, result)
		}
	}
	slices.SortStableFunc(bad, func(a, b reports.Result) int {
		switch {
		case a.Verdict.Worse(b.Verdict):
			return -1
		case b.Verdict.Worse(a.Verdict):
			return 1
		}
		return cmp.Compare(a.ID, b.ID)
	})
	var lines []string
	for i, result := range bad {
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

// Comparison says what got worse and what got better than in the earlier report.
func Comparison(c reports.Comparison) []string {
	lines := []string{"", fmt.Sprintf("Compared with %s: %d worse, %d better, %d new, %d gone",
		OneLine(c.Report, mostReference), len(c.Worse), len(c.Better), len(c.Appeared), len(c.Vanished))}
	for _, change := range c.Worse {
		line := fmt.Sprintf("  worse   %s: %s -> %s", OneLine(change.ID, mostReference), change.From, change.To)
		if len(change.New) > 0 {
			line += ", now breaking " + OneLine(strings.Join(change.New, ", "), mostSentence)
		}
		lines = append(lines, line)
	}
	for _, change := range c.Better {
		lines = append(lines, fmt.Sprintf("  better  %s: %s -> %s", OneLine(change.ID, mostReference), change.From, change.To))
	}
	return lines
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

func cases(c reports.Counts) string {
	return tally(c.Total, []part{{c.Passed, "passed"}, {c.Warned, "warned"}, {c.Failed, "failed"}, {c.Error, "in error"},
		{c.Skipped, "skipped"}, {c.NotRun, "not run"}, {c.KnownFailure, "known failures"}, {c.UnexpectedPass, "passed unexpectedly"}})
}

func requirements(c reports.Coverage) string {
	return tally(c.Total, []part{{c.Held, "held"}, {c.Broken, "broken"}, {c.Observed, "observed"}, {c.NotTested, "not tested"}})
}

// reasons lists why cases were skipped or did not run, the most frequent first.
func reasons(results []reports.Result) []string {
	count := make(map[string]int)
	for _, r := range results {
		if r.Verdict == reports.Skipped || r.Verdict == reports.NotRun {
			count[string(r.Verdict)+": "+r.Reason]++
		}
	}
	if len(count) == 0 {
		return nil
	}
	sentences := make([]string, 0, len(count))
	for sentence := range count {
		sentences = append(sentences, sentence)
	}
	slices.SortFunc(sentences, func(a, b string) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	lines := []string{"", "Not tested:"}
	for _, sentence := range sentences {
		lines = append(lines, prose(fmt.Sprintf("%d %s", count[sentence], sentence), "  ")...)
	}
	return lines
}
