package baseline_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/baseline"
)

func report(results ...reports.Result) reports.Report { return reports.Report{Scenarios: results} }

// result has a failure for each id, and a warning for each id that begins with "~".
func result(v reports.Verdict, broken ...string) reports.Result {
	r := reports.Result{ID: "x", Verdict: v}
	for _, id := range broken {
		if id[0] == '~' {
			r.Findings = append(r.Findings, reports.Finding{Requirement: id[1:], Weight: reports.Warning})
		} else {
			r.Findings = append(r.Findings, reports.Finding{Requirement: id, Weight: reports.Failure})
		}
	}
	return r
}

func TestWhatIsWorseAndWhatIsBetter(t *testing.T) {
	const (
		same   = ""
		worse  = "worse"
		better = "better"
	)
	for name, test := range map[string]struct {
		old, new reports.Result
		want     string
		broken   []string
	}{
		"passed again":                                     {result(reports.Passed), result(reports.Passed), same, nil},
		"passed, then warned":                              {result(reports.Passed), result(reports.Warned, "~A"), worse, []string{"A"}},
		"passed, then failed":                              {result(reports.Passed), result(reports.Failed, "A"), worse, []string{"A"}},
		"passed, then in error":                            {result(reports.Passed), result(reports.Error, "A"), worse, nil},
		"passed, then skipped":                             {result(reports.Passed), result(reports.Skipped), worse, nil},
		"passed, then not run":                             {result(reports.Passed), result(reports.NotRun), worse, nil},
		"warned, then passed":                              {result(reports.Warned, "~A"), result(reports.Passed), better, nil},
		"warned as before":                                 {result(reports.Warned, "~A"), result(reports.Warned, "~A"), same, nil},
		"warned about something else":                      {result(reports.Warned, "~A"), result(reports.Warned, "~B"), worse, []string{"B"}},
		"failed as before":                                 {result(reports.Failed, "A", "B"), result(reports.Failed, "B", "A"), same, nil},
		"failed with less":                                 {result(reports.Failed, "A", "B"), result(reports.Failed, "A"), same, nil},
		"failed with more":                                 {result(reports.Failed, "A"), result(reports.Failed, "A", "B"), worse, []string{"B"}},
		"failed with a new warning":                        {result(reports.Failed, "A"), result(reports.Failed, "A", "~B"), worse, []string{"B"}},
		"a warning became a failure":                       {result(reports.Failed, "A", "~B"), result(reports.Failed, "A", "B"), worse, []string{"B"}},
		"failed, then passed":                              {result(reports.Failed, "A"), result(reports.Passed), better, nil},
		"failed, then warned about the same":               {result(reports.Failed, "A"), result(reports.Warned, "~A"), better, nil},
		"failed, then warned about another":                {result(reports.Failed, "A"), result(reports.Warned, "~B"), worse, []string{"B"}},
		"failed, then no longer judged":                    {result(reports.Failed, "A"), result(reports.Error), same, nil},
		"failed, then in error as before":                  {result(reports.Failed, "A"), result(reports.Error, "A"), same, nil},
		"failed, then in error after it failed with more":  {result(reports.Failed, "A"), result(reports.Error, "A", "B"), worse, nil},
		"skipped, then failed":                             {result(reports.Skipped), result(reports.Failed, "A"), worse, []string{"A"}},
		"skipped, then passed":                             {result(reports.Skipped), result(reports.Passed), better, nil},
		"skipped, then warned":                             {result(reports.Skipped), result(reports.Warned, "~A"), better, []string{"A"}},
		"error, then not run":                              {result(reports.Error), result(reports.NotRun), same, nil},
		"passed, then listed as a known failure":           {result(reports.Passed), result(reports.KnownFailure, "A"), same, nil},
		"warned, then listed as a known failure":           {result(reports.Warned, "~A"), result(reports.KnownFailure, "A"), same, nil},
		"failed, then listed as a known failure":           {result(reports.Failed, "A"), result(reports.KnownFailure, "A"), same, nil},
		"skipped, then a known failure":                    {result(reports.Skipped), result(reports.KnownFailure, "A"), same, nil},
		"known failure as before":                          {result(reports.KnownFailure, "A"), result(reports.KnownFailure, "A"), same, nil},
		"known failure, described as more":                 {result(reports.KnownFailure, "A"), result(reports.KnownFailure, "A", "B"), same, nil},
		"known failure with a new warning":                 {result(reports.KnownFailure, "A"), result(reports.KnownFailure, "A", "~B"), worse, []string{"B"}},
		"known failure, then failed with more":             {result(reports.KnownFailure, "A"), result(reports.Failed, "A", "B"), worse, []string{"B"}},
		"known failure, then no longer judged":             {result(reports.KnownFailure, "A"), result(reports.Error), same, nil},
		"known failure, then passed":                       {result(reports.KnownFailure, "A"), result(reports.Passed), better, nil},
		"known failure, then passed and still on the list": {result(reports.KnownFailure, "A"), result(reports.UnexpectedPass), worse, nil},
		"known failure, then failed":                       {result(reports.KnownFailure, "A"), result(reports.Failed, "A"), worse, nil},
		"passed, then passed although on the list":         {result(reports.Passed), result(reports.UnexpectedPass), worse, nil},
	} {
		t.Run(name, func(t *testing.T) {
			want := reports.Comparison{Worse: []reports.Change{}, Better: []reports.Change{}, Appeared: []string{}, Vanished: []string{}}
			change := reports.Change{ID: "x", From: test.old.Verdict, To: test.new.Verdict, New: test.broken}
			switch test.want {
			case worse:
				want.Worse = append(want.Worse, change)
			case better:
				want.Better = append(want.Better, change)
			}
			if diff := cmp.Diff(want, baseline.Compare(report(test.old), report(test.new))); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

func TestCasesThatOnlyOneReportHas(t *testing.T) {
	of := func(id string, v reports.Verdict) reports.Result { return reports.Result{ID: id, Verdict: v} }
	old := report(of("both", reports.Passed), of("gone-error", reports.Error), of("gone-failed", reports.Failed), of("gone-known", reports.KnownFailure), of("gone-passed", reports.Passed),
		of("gone-skipped", reports.Skipped), of("gone-warned", reports.Warned))
	failing := result(reports.Failed, "A")
	failing.ID = "new-failed"
	new := report(of("both", reports.Passed), failing, of("new-error", reports.Error), of("new-passed", reports.Passed), of("new-warned", reports.Warned))
	want := reports.Comparison{
		Worse: []reports.Change{
			{ID: "gone-failed", From: reports.Failed, To: reports.NotRun},
			{ID: "gone-known", From: reports.KnownFailure, To: reports.NotRun},
			{ID: "gone-passed", From: reports.Passed, To: reports.NotRun},
			{ID: "gone-warned", From: reports.Warned, To: reports.NotRun},
			{ID: "new-failed", From: reports.NotRun, To: reports.Failed, New: []string{"A"}},
		},
		Better:   []reports.Change{},
		Appeared: []string{"new-error", "new-failed", "new-passed", "new-warned"},
		Vanished: []string{"gone-error", "gone-failed", "gone-known", "gone-passed", "gone-skipped", "gone-warned"},
	}
	if diff := cmp.Diff(want, baseline.Compare(old, new)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestWhatWasNotSelectedIsNotGone(t *testing.T) {
	old := report(reports.Result{ID: "a", Verdict: reports.Passed}, reports.Result{ID: "b", Verdict: reports.Passed})
	restricted := baseline.Restrict(old, func(r reports.Result) bool { return r.ID == "a" })
	got := baseline.Compare(restricted, report(reports.Result{ID: "a", Verdict: reports.Passed}))
	want := reports.Comparison{Worse: []reports.Change{}, Better: []reports.Change{}, Appeared: []string{}, Vanished: []string{}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if !slices.ContainsFunc(old.Scenarios, func(r reports.Result) bool { return r.ID == "b" }) {
		t.Error("the earlier report was changed")
	}
}
