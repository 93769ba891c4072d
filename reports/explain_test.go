package reports_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

func TestWhatIsToBeExplainedComesTheWorstFirst(t *testing.T) {
	finding := []reports.Finding{{Weight: reports.Trouble}}
	var got []string
	for _, r := range reports.ToExplain([]reports.Result{
		{ID: "a", Verdict: reports.Passed}, {ID: "b", Verdict: reports.Warned}, {ID: "c", Verdict: reports.Error, Findings: finding},
		{ID: "d", Verdict: reports.Error}, {ID: "f", Verdict: reports.Failed}, {ID: "e", Verdict: reports.Failed},
		{ID: "g", Verdict: reports.UnexpectedPass}, {ID: "h", Verdict: reports.KnownFailure}, {ID: "i", Verdict: reports.Skipped}, {ID: "j", Verdict: reports.NotRun},
	}) {
		got = append(got, r.ID)
	}
	if diff := cmp.Diff([]string{"e", "f", "g", "c", "b"}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
