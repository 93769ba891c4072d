package reports_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

func TestWorseOrdersAllVerdicts(t *testing.T) {
	words := reports.Words()
	for i, a := range words {
		for j, b := range words {
			if got, want := a.Worse(b), i > j; got != want {
				t.Errorf("%s worse than %s: %v, wanted %v", a, b, got, want)
			}
		}
	}
}

func TestOnlyVerdictsAboutTheEndpointAreJudged(t *testing.T) {
	want := map[reports.Verdict]bool{
		reports.Passed: true, reports.Warned: true, reports.Failed: true, reports.KnownFailure: true, reports.UnexpectedPass: true,
		reports.Error: false, reports.Skipped: false, reports.NotRun: false,
	}
	got := make(map[reports.Verdict]bool)
	for _, v := range reports.Words() {
		got[v] = v.Judged()
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestCountsAreOfCasesAndOfFolders(t *testing.T) {
	result := func(scenario string, v reports.Verdict) reports.Result {
		return reports.Result{Scenario: scenario, Verdict: v}
	}
	got := reports.Count([]reports.Result{
		result("a", reports.Passed), result("a", reports.Warned),
		result("b", reports.Passed), result("b", reports.Passed),
		result("c", reports.Error), result("c", reports.Failed), result("c", reports.Passed),
		result("d", reports.Passed), result("d", reports.Error),
		result("e", reports.Skipped), result("f", reports.NotRun), result("g", reports.KnownFailure),
		result("h", reports.UnexpectedPass), result("i", "unheard-of"),
	})
	want := reports.Counts{Passed: 5, Warned: 1, Failed: 1, Error: 3, Skipped: 1, KnownFailure: 1, UnexpectedPass: 1, NotRun: 1, Total: 14,
		Scenarios: reports.ScenarioCounts{Passed: 1, Warned: 1, Failed: 2, Error: 2, Other: 3, Total: 9}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}
