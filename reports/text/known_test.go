package text_test

import (
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/text"
)

func TestKnownFailuresAreShownWithWhoAnswersForThemAndUntilWhen(t *testing.T) {
	known := reports.Result{ID: "a/known", Scenario: "a/known", Verdict: reports.KnownFailure, Reason: "known until 2030-01-31, owner persons: repaired in 4.2",
		Repeats: []reports.Verdict{reports.KnownFailure, reports.Passed},
		Known: &reports.Known{Entry: "a/*", Place: "known.yaml:3", Requirement: "REL-06", Owner: "persons", Reason: "the text is repaired in 4.2, which customers get in the second week of January",
			Link: "https://example.org/tickets/17", Expires: "2030-01-31"}}
	stale := reports.Result{ID: "a/stale", Scenario: "a/stale", Verdict: reports.UnexpectedPass, Reason: "it passes, although known.yaml:9 lists it as a known failure; remove the entry",
		Known: &reports.Known{Entry: "a/stale", Place: "known.yaml:9", Owner: "persons", Reason: "x", Expires: "2030-01-31"}}
	r := reports.Summarise(reports.Report{Complete: true, Selection: reports.Selection{Repeat: 2}, Scenarios: []reports.Result{known, stale}})
	golden(t, "known.txt", append(text.Summary(r), text.Failures(r)...))
}

func TestARepeatedRunSaysHowManyCasesAreFlaky(t *testing.T) {
	of := func(id string, repeats ...reports.Verdict) reports.Result {
		return reports.Result{ID: id, Scenario: id, Verdict: reports.Passed, Repeats: repeats}
	}
	for name, test := range map[string]struct {
		results []reports.Result
		repeat  int
		want    string
	}{
		"once":       {[]reports.Result{of("a")}, 0, ""},
		"none":       {[]reports.Result{of("a", reports.Passed, reports.Passed)}, 2, "none; each case was carried out 2 times"},
		"one of two": {[]reports.Result{of("a", reports.Passed, reports.Warned), of("b", reports.Passed, reports.Passed)}, 2, "1 of 2 cases; each case was carried out 2 times"},
		"cut short":  {[]reports.Result{of("a", reports.Passed)}, 2, "none; each case was to be carried out 2 times"},
	} {
		t.Run(name, func(t *testing.T) {
			r := reports.Summarise(reports.Report{Complete: name != "cut short", Selection: reports.Selection{Repeat: test.repeat}, Scenarios: test.results})
			got := ""
			for _, line := range text.Summary(r) {
				if rest, found := strings.CutPrefix(line, "  flaky         "); found {
					got = rest
				}
			}
			if got != test.want {
				t.Errorf("%q, wanted %q", got, test.want)
			}
		})
	}
}

func TestAComparisonShowsAllThatDiffers(t *testing.T) {
	c := reports.Comparison{Report: "old/report.json",
		Worse:    []reports.Change{{ID: "a/gone", From: reports.Failed, To: reports.NotRun}, {ID: "a/worse", From: reports.Passed, To: reports.Failed, New: []string{"REL-06", "REL-07"}}},
		Better:   []reports.Change{{ID: "a/better", From: reports.KnownFailure, To: reports.Passed}},
		Appeared: []string{"a/new"}, Vanished: []string{"a/gone"}, LostCoverage: []string{"PER-01"},
		Caveats: []string{"the earlier run has another suite: 0.9 fixtures:0123456789ab, now 1.0 fixtures:ba9876543210"}}
	golden(t, "comparison.txt", text.Comparison(c))
}

func TestAComparisonIsBounded(t *testing.T) {
	lines := text.Comparison(reports.Comparison{Report: "old", Vanished: make([]string, 60), Caveats: []string{strings.Repeat("::x ##[y] ", 30)}})
	last := lines[len(lines)-1]
	if last != "  gone    and 10 more, in report.json" {
		t.Errorf("%q", last)
	}
	for _, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##") {
			t.Errorf("%q", line)
		}
	}
}
