package reports_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

// outcome is what a run ends with.
type outcome struct {
	Verdict reports.RunVerdict
	Reason  string
	Exit    int
}

var (
	passed      = reports.Result{ID: "s/passed", Verdict: reports.Passed, Core: true}
	warned      = reports.Result{ID: "s/warned", Verdict: reports.Warned, Core: true, Findings: breaks(reports.Warning, "GEN-04")}
	failed      = reports.Result{ID: "s/failed", Verdict: reports.Failed, Core: true, Findings: breaks(reports.Failure, "REL-07")}
	failedMuch  = reports.Result{ID: "s/much", Verdict: reports.Failed, Core: true, Findings: breaks(reports.Failure, "G", "F", "E", "D", "C", "B", "A", "A")}
	broken      = reports.Result{ID: "s/error", Verdict: reports.Error, Core: true, Reason: "connection refused."}
	brokenLate  = reports.Result{ID: "s/late", Verdict: reports.Error, Findings: breaks(reports.Failure, "REL-07")}
	notRun      = reports.Result{ID: "s/not-run", Verdict: reports.NotRun, Core: true, Reason: "blocked by PER-01"}
	skippedCore = reports.Result{ID: "s/core", Verdict: reports.Skipped, Core: true, Reason: "the site is gone"}
	skipped     = reports.Result{ID: "s/skipped", Verdict: reports.Skipped, Reason: "needs control"}
	known       = reports.Result{ID: "s/known", Verdict: reports.KnownFailure, Findings: breaks(reports.Failure, "REL-01")}
	unexpected  = reports.Result{ID: "s/unexpected", Verdict: reports.UnexpectedPass}
)

func breaks(weight reports.Weight, ids ...string) []reports.Finding {
	var findings []reports.Finding
	for _, id := range ids {
		findings = append(findings, reports.Finding{Requirement: id, Weight: weight})
	}
	return findings
}

var outcomes = []struct {
	name   string
	report reports.Report
	want   outcome
}{
	{"all passed", run(passed, passed),
		outcome{reports.Conformant, "conformant: all 2 cases passed", 0}},
	{"a skip that is not core", run(passed, skipped),
		outcome{reports.Conformant, "conformant: the only case passed; 1 case was skipped", 0}},
	{"warnings", run(passed, warned),
		outcome{reports.ConformantWithWarnings, "conformant with warnings: 1 of 2 cases warned about GEN-04", 0}},
	{"a known failure is never a silent pass", run(passed, known),
		outcome{reports.ConformantWithWarnings, "conformant with warnings: 1 case failed as listed", 0}},
	{"a failure", run(passed, warned, failed),
		outcome{reports.NotConformant, "not conformant: 1 of 3 cases failed, breaking REL-07", 1}},
	{"a failure and errors: the failure decides, the errors are named", run(passed, failed, broken, notRun),
		outcome{reports.NotConformant, "not conformant: 1 of 4 cases failed, breaking REL-07; 1 case ended in an error; 1 case did not run", 1}},
	{"many requirements", run(failedMuch, passed),
		outcome{reports.NotConformant, "not conformant: 1 of 2 cases failed, breaking A, B, C, D, E and 2 more", 1}},
	{"a pass that was listed as a failure", run(passed, unexpected),
		outcome{reports.NotConformant, "not conformant: 1 case passed although listed as a known failure", 1}},
	{"an error", run(passed, broken),
		outcome{reports.Inconclusive, "inconclusive: 1 case ended in an error; connection refused", 3}},
	{"a rule was broken before an error", run(passed, brokenLate),
		outcome{reports.NotConformant, "not conformant: cases that ended in an error broke REL-07 before; 1 case ended in an error", 1}},
	{"a case that did not run", run(passed, notRun, notRun),
		outcome{reports.Inconclusive, "inconclusive: 2 cases did not run; blocked by PER-01", 3}},
	{"a skipped core case", run(passed, skippedCore),
		outcome{reports.Inconclusive, "inconclusive: 1 core case was skipped; the site is gone", 3}},
	{"several reasons: the worst is quoted", run(skippedCore, notRun, broken),
		outcome{reports.Inconclusive, "inconclusive: 1 case ended in an error; 1 case did not run; 1 core case was skipped; first s/error: connection refused", 3}},
	{"no scenario at all", run(),
		outcome{reports.Inconclusive, "inconclusive: nothing was tested, because no scenario was selected", 4}},
	{"all skipped", run(skipped, skipped),
		outcome{reports.Inconclusive, "inconclusive: nothing was tested, because 2 cases were skipped", 4}},
	{"a selection is not the whole", selected(run(passed, passed), reports.Selection{}),
		outcome{reports.Conformant, "conformant: a selection of 2 of 600 cases; all 2 cases passed", 0}},
	{"a selection with warnings", selected(run(passed, warned), reports.Selection{}),
		outcome{reports.ConformantWithWarnings, "conformant with warnings: a selection of 2 of 600 cases; 1 of 2 cases warned about GEN-04", 0}},
	{"a selection with a failure", selected(run(failed), reports.Selection{}),
		outcome{reports.NotConformant, "not conformant: a selection of 1 of 600 cases; the only case failed, breaking REL-07", 1}},
	{"a read-only run", selected(run(passed, skipped), reports.Selection{ReadOnly: true}),
		outcome{reports.Conformant, "conformant: a selection of 2 of 600 cases; a read-only run; the only case passed; 1 case was skipped", 0}},
	{"the whole library", reports.Report{Complete: true, Scenarios: []reports.Result{passed}, Library: reports.Library{Scenarios: 1, Cases: 1, SelectedScenarios: 1, SelectedCases: 1}},
		outcome{reports.Conformant, "conformant: the only case passed", 0}},
	{"an early end", reports.Report{Scenarios: []reports.Result{passed}},
		outcome{reports.Inconclusive, "inconclusive: the run is not complete", 3}},
	{"an interrupt", reports.Report{Interrupted: true, Scenarios: []reports.Result{passed, notRun}},
		outcome{reports.Inconclusive, "inconclusive: the run was interrupted; 1 case did not run; blocked by PER-01", 130}},
	{"an interrupt after a failure", reports.Report{Interrupted: true, Scenarios: []reports.Result{passed, failed}},
		outcome{reports.NotConformant, "not conformant: 1 of 2 cases failed, breaking REL-07; the run was interrupted", 130}},
}

func TestVerdictReasonAndExitCodeOfARun(t *testing.T) {
	for _, test := range outcomes {
		t.Run(test.name, func(t *testing.T) {
			r := reports.Summarise(test.report)
			if diff := cmp.Diff(test.want, outcome{r.Verdict, r.Reason, reports.ExitCode(r)}); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

func run(results ...reports.Result) reports.Report {
	return reports.Report{Complete: true, Scenarios: results}
}

// selected is a run of what it has results for, out of 600 cases.
func selected(r reports.Report, s reports.Selection) reports.Report {
	r.Selection = s
	r.Library = reports.Library{Scenarios: 500, Cases: 600, SelectedScenarios: len(r.Scenarios), SelectedCases: len(r.Scenarios)}
	return r
}

func TestWithABaselineTheRunIsRedOnlyForWhatGotWorse(t *testing.T) {
	worse := func(to reports.Verdict) *reports.Comparison {
		return &reports.Comparison{Worse: []reports.Change{{ID: "a", From: reports.Passed, To: to}}}
	}
	failed := run(reports.Result{Verdict: reports.Failed})
	passed := run(reports.Result{Verdict: reports.Passed})
	broken := run(reports.Result{Verdict: reports.Error})
	skipped := run(reports.Result{Verdict: reports.Skipped})
	cut := failed
	cut.Complete = false
	interrupted := failed
	interrupted.Interrupted = true
	gone := worse(reports.NotRun)
	gone.Vanished = []string{"a"}

	lost := &reports.Comparison{LostCoverage: []string{"REL-07"}}
	stale := run(reports.Result{Verdict: reports.UnexpectedPass}, reports.Result{Verdict: reports.Passed})
	doubtful := worse(reports.Error)
	doubtful.LostCoverage = []string{"REL-07"}

	for name, test := range map[string]struct {
		report   reports.Report
		baseline *reports.Comparison
		want     int
	}{
		"failed as before":                                       {failed, &reports.Comparison{}, 0},
		"failed, and something is worse":                         {failed, worse(reports.Failed), 1},
		"a new warning":                                          {passed, worse(reports.Warned), 1},
		"a good case is gone":                                    {passed, gone, 1},
		"a case is now in error":                                 {passed, worse(reports.Error), 3},
		"a requirement is no longer tested":                      {passed, lost, 1},
		"a requirement is no longer tested, because of an error": {run(reports.Result{Verdict: reports.Error}, reports.Result{Verdict: reports.Passed}), lost, 3},
		"a case is now in error, and no longer tests":            {broken, doubtful, 3},
		"a listed case passes":                                   {stale, &reports.Comparison{}, 1},
		"nothing can be judged":                                  {broken, &reports.Comparison{}, 3},
		"nothing was tested":                                     {skipped, &reports.Comparison{}, 4},
		"not complete, nothing is worse":                         {cut, &reports.Comparison{}, 1},
		"interrupted, something is worse":                        {interrupted, worse(reports.Failed), 130},
	} {
		t.Run(name, func(t *testing.T) {
			r := reports.Summarise(test.report)
			r.Baseline = test.baseline
			if got := reports.ExitCode(r); got != test.want {
				t.Errorf("exit code %d, wanted %d", got, test.want)
			}
		})
	}
}

func TestCoverageSaysWhatTheRunKnowsOfEachRequirement(t *testing.T) {
	requirements := []reports.Requirement{{ID: "HELD"}, {ID: "BROKEN"}, {ID: "WARNED"}, {ID: "OBSERVED"}, {ID: "UNTESTED"}, {ID: "TROUBLED"}}
	covered := reports.Cover(requirements, []reports.Result{
		{Proves: []string{"HELD", "BROKEN", "WARNED"}, Findings: []reports.Finding{{Requirement: "BROKEN", Weight: reports.Failure}}},
		{Proves: []string{"BROKEN"}, Findings: []reports.Finding{{Requirement: "WARNED", Weight: reports.Warning}, {Requirement: "TROUBLED", Weight: reports.Trouble}}},
		{Observations: []reports.Observation{{Requirement: "OBSERVED"}, {Requirement: "HELD"}}},
	})
	want := []reports.Requirement{{ID: "HELD", Outcome: "held"}, {ID: "BROKEN", Outcome: "broken"}, {ID: "WARNED", Outcome: "broken"},
		{ID: "OBSERVED", Outcome: "observed"}, {ID: "UNTESTED", Outcome: "not-tested"}, {ID: "TROUBLED", Outcome: "not-tested"}}
	if diff := cmp.Diff(want, covered); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if diff := cmp.Diff(reports.Coverage{Held: 1, Broken: 2, Observed: 1, NotTested: 2, Total: 6}, reports.CountCoverage(covered)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if diff := cmp.Diff(requirements[0], reports.Requirement{ID: "HELD"}); diff != "" {
		t.Errorf("the argument was changed\n%s", diff)
	}
}

func TestSummariseOrdersNormalisesAndIsIdempotent(t *testing.T) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 123_456_789, time.FixedZone("CET", 3600))
	normal := time.Date(2026, 3, 1, 11, 0, 0, 123_000_000, time.UTC)
	given := reports.Report{
		Complete: true, StartedAt: at, FinishedAt: at,
		Target:       reports.Target{States: map[string]string{}},
		Residue:      []string{"b", "a"},
		Requirements: []reports.Requirement{{ID: "B"}, {ID: "A"}},
		Scenarios: []reports.Result{
			{ID: "b", Scenario: "b", Verdict: reports.Passed, Proves: []string{"B", "A", "B"}, StartedAt: at, Labels: []string{}},
			{ID: "a", Scenario: "a", Verdict: reports.Passed, Findings: []reports.Finding{}},
		},
	}
	want := reports.Report{
		Verdict: reports.Conformant, Reason: "conformant: all 2 cases passed", Complete: true, StartedAt: normal, FinishedAt: normal,
		Target:    reports.Target{Sites: []string{}},
		Selection: reports.Selection{Only: []string{}},
		Counts:    reports.Counts{Passed: 2, Total: 2, Scenarios: reports.ScenarioCounts{Passed: 2, Total: 2}},
		Residue:   []string{"a", "b"},
		Requirements: []reports.Requirement{
			{ID: "A", Outcome: "held", VerifiedBy: []string{}}, {ID: "B", Outcome: "held", VerifiedBy: []string{}}},
		Scenarios: []reports.Result{
			{ID: "a", Scenario: "a", Verdict: reports.Passed, Proves: []string{}, Findings: []reports.Finding{}},
			{ID: "b", Scenario: "b", Verdict: reports.Passed, Proves: []string{"A", "B"}, Findings: []reports.Finding{}, StartedAt: normal},
		},
	}
	got := reports.Summarise(given)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if diff := cmp.Diff(got, reports.Summarise(got)); diff != "" {
		t.Errorf("summarised twice: - once + twice\n%s", diff)
	}
	if diff := cmp.Diff([]string{"B", "A", "B"}, given.Scenarios[0].Proves); diff != "" {
		t.Errorf("the argument was changed\n%s", diff)
	}
}
