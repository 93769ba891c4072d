package changes_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/changes"
)

// result breaks requirements: "-07" as a failure, "~07" as a warning.
func result(id string, v reports.Verdict, breaks ...string) reports.Result {
	r := reports.Result{ID: id, Scenario: id, Verdict: v}
	for _, b := range breaks {
		weight := reports.Failure
		if b[0] == '~' {
			weight = reports.Warning
		}
		r.Findings = append(r.Findings, reports.Finding{Requirement: "REL-" + b[1:], Weight: weight})
	}
	return r
}

func report(results ...reports.Result) reports.Report {
	return reports.Summarise(reports.Report{Complete: true, Scenarios: results})
}

func TestWhatChangedInACase(t *testing.T) {
	none := []string{}
	for _, tt := range []struct {
		name     string
		was, now reports.Result
		want     []changes.Case
	}{
		{"nothing", result("s", reports.Failed, "-07"), result("s", reports.Failed, "-07"), []changes.Case{}},
		{"worse", result("s", reports.Passed), result("s", reports.Failed, "-07", "-07"),
			[]changes.Case{{ID: "s", From: reports.Passed, To: reports.Failed, Direction: changes.Worse, Broken: []string{"REL-07"}, Fixed: none}}},
		{"better", result("s", reports.Failed, "-07"), result("s", reports.Warned, "~08"),
			[]changes.Case{{ID: "s", From: reports.Failed, To: reports.Warned, Direction: changes.Better, Broken: []string{"REL-08"}, Fixed: []string{"REL-07"}}}},
		{"the same verdict on another requirement", result("s", reports.Failed, "-07"), result("s", reports.Failed, "-08"),
			[]changes.Case{{ID: "s", From: reports.Failed, To: reports.Failed, Direction: changes.Other, Broken: []string{"REL-08"}, Fixed: []string{"REL-07"}}}},
		{"a warning that is a failure", result("s", reports.Failed, "-07", "~08"), result("s", reports.Failed, "-07", "-08"),
			[]changes.Case{{ID: "s", From: reports.Failed, To: reports.Failed, Direction: changes.Other, Broken: []string{"REL-08"}, Fixed: none}}},
		{"a failure that is a warning", result("s", reports.Failed, "-07", "-08"), result("s", reports.Failed, "-07", "~08"),
			[]changes.Case{{ID: "s", From: reports.Failed, To: reports.Failed, Direction: changes.Other, Broken: none, Fixed: []string{"REL-08"}}}},
		{"what is no longer judged is not fixed", result("s", reports.Failed, "-07"), result("s", reports.NotRun),
			[]changes.Case{{ID: "s", From: reports.Failed, To: reports.NotRun, Direction: changes.Other, Broken: none, Fixed: none}}},
		{"what was not judged was not held", result("s", reports.Skipped), result("s", reports.Failed, "-07"),
			[]changes.Case{{ID: "s", From: reports.Skipped, To: reports.Failed, Direction: changes.Worse, Broken: none, Fixed: none}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := changes.Compare(report(tt.was), report(tt.now))
			if diff := cmp.Diff(tt.want, c.Cases); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if c.None() != (len(tt.want) == 0) {
				t.Errorf("none: %v", c.None())
			}
		})
	}
}

func TestCasesThatOnlyOneRunHas(t *testing.T) {
	c := changes.Compare(report(result("s/b", reports.Passed), result("s/a", reports.Failed)), report(result("s/b", reports.Passed), result("s/c", reports.Skipped)))
	if diff := cmp.Diff([]changes.Only{{ID: "s/a", Verdict: reports.Failed}}, c.OnlyA); diff != "" {
		t.Errorf("only in a (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff([]changes.Only{{ID: "s/c", Verdict: reports.Skipped}}, c.OnlyB); diff != "" {
		t.Errorf("only in b (-want +got)\n%s", diff)
	}
	if c.None() || len(c.Cases) > 0 {
		t.Errorf("%+v", c)
	}
}

// Conditions explain changes and are none.
func TestConditionsAreNamed(t *testing.T) {
	a, b := report(), report()
	a.Strict, b.SuiteVersion, b.Target.States, b.Target.Product = true, "2", map[string]string{"parentPortal": "disabled"}, "p"
	b.RunID, b.Target.URL, b.Target.Username = "other", "http://127.0.0.1:2", "other"
	c := changes.Compare(a, b)
	want := []changes.Condition{{Name: "suite version", A: "", B: "2"}, {Name: "product", A: "", B: "p"},
		{Name: "states", A: "", B: `{"parentPortal":"disabled"}`}, {Name: "strict", A: "true", B: "false"}}
	if diff := cmp.Diff(want, c.Conditions); diff != "" || !c.None() {
		t.Errorf("none %v (-want +got)\n%s", c.None(), diff)
	}
}

func TestTheCasesWhoseResponsesAreCompared(t *testing.T) {
	var a, b []reports.Result
	for i, v := range []reports.Verdict{reports.Passed, reports.Failed, reports.Warned, reports.KnownFailure, reports.UnexpectedPass, reports.Error, reports.Skipped, reports.NotRun} {
		a, b = append(a, result(fmt.Sprintf("s/%d", i), v)), append(b, result(fmt.Sprintf("s/%d", i), v))
	}
	a, b = append(a, result("s/8", reports.Passed), result("s/9", reports.Passed)), append(b, result("s/8", reports.Failed))
	if diff := cmp.Diff([]string{"s/0", "s/1", "s/2", "s/3", "s/4"}, changes.SameVerdict(report(a...), report(b...))); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
