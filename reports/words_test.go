package reports_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

func TestWordsThatAreNoneAreRefused(t *testing.T) {
	for name, tt := range map[string]struct {
		err  error
		want string
	}{
		"a result":   {reports.Result{Verdict: reports.Passed, Repeats: []reports.Verdict{reports.Failed}, Findings: []reports.Finding{{Weight: reports.Trouble}}}.CheckWords(), ""},
		"a verdict":  {reports.Result{Verdict: "\x1b[31m"}.CheckWords(), `"\x1b[31m" is no verdict of a case`},
		"no verdict": {reports.Result{}.CheckWords(), `"" is no verdict of a case`},
		"a repeat":   {reports.Result{Verdict: reports.Passed, Repeats: []reports.Verdict{"x"}}.CheckWords(), `"x" is no verdict of a case`},
		"a weight":   {reports.Result{Verdict: reports.Passed, Findings: []reports.Finding{{Weight: "x"}}}.CheckWords(), `"x" is no weight of a finding`},
		"a report":   {reports.Report{Baseline: &reports.Comparison{Better: []reports.Change{{From: reports.Failed, To: reports.Passed}}}}.CheckWords(), ""},
		"a change":   {reports.Report{Baseline: &reports.Comparison{Worse: []reports.Change{{From: "x", To: reports.Failed}}}}.CheckWords(), `"x" is no verdict of a case`},
		"a certification": {reports.Report{Certification: &reports.Certification{Verdict: reports.Conformant, Features: []reports.FeatureResult{{Name: "f"}}}}.CheckWords(),
			""},
		"a feature": {reports.Report{Certification: &reports.Certification{Verdict: reports.Conformant, Features: []reports.FeatureResult{{Claimed: true}}}}.CheckWords(),
			`"" is no verdict of a run`},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			if tt.err != nil {
				got = tt.err.Error()
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
