package reports_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

// ended is a repetition that took two exchanges; its title says which it is.
func ended(title string, v reports.Verdict, broken ...string) reports.Result {
	r := reports.Result{ID: "a/b", Title: title, Verdict: v, Exchanges: 2}
	for _, id := range broken {
		r.Findings = append(r.Findings, reports.Finding{Requirement: id, Weight: reports.Failure})
	}
	return r
}

// listed is what a list does that has a/b as a known failure of REL-06.
func listed(r reports.Result) reports.Result {
	r.Known = &reports.Known{Entry: "a/b"}
	switch {
	case r.Verdict == reports.Passed:
		r.Verdict, r.Reason = reports.UnexpectedPass, "remove the entry"
	case r.Verdict == reports.Failed && cmp.Equal(r.Failures(), []string{"REL-06"}):
		r.Verdict, r.Reason = reports.KnownFailure, "known"
	}
	return r
}

func TestRepetitionsMakeOneResult(t *testing.T) {
	type made struct {
		Title   string // of the repetition whose findings it has
		Verdict reports.Verdict
		Reason  string
		Repeats []reports.Verdict
		Flaky   bool
	}
	passed, warned, failed := ended("1", reports.Passed), ended("2", reports.Warned), ended("3", reports.Failed, "REL-06")
	other, trouble := ended("4", reports.Failed, "REL-07"), ended("5", reports.Error)
	trouble.Reason = "the network is down"
	type verdicts = []reports.Verdict
	for name, test := range map[string]struct {
		repetitions []reports.Result
		amend       func(reports.Result) reports.Result
		want        made
	}{
		"all passed":          {[]reports.Result{passed, passed, passed}, nil, made{"1", reports.Passed, "", verdicts{"passed", "passed", "passed"}, false}},
		"all failed":          {[]reports.Result{failed, failed}, nil, made{"3", reports.Failed, "", verdicts{"failed", "failed"}, false}},
		"one failed":          {[]reports.Result{passed, failed, passed}, nil, made{"3", reports.Failed, "flaky: passed, failed, passed", verdicts{"passed", "failed", "passed"}, true}},
		"the first that does": {[]reports.Result{passed, other, failed}, nil, made{"4", reports.Failed, "flaky: passed, failed, failed", verdicts{"passed", "failed", "failed"}, true}},
		"one warned":          {[]reports.Result{warned, passed}, nil, made{"2", reports.Warned, "flaky: warned, passed", verdicts{"warned", "passed"}, true}},
		"one in error":        {[]reports.Result{passed, trouble}, nil, made{"5", reports.Error, "flaky: passed, error; the network is down", verdicts{"passed", "error"}, true}},
		"failed in two ways":  {[]reports.Result{failed, other, failed}, nil, made{"3", reports.Failed, "its repetitions do not break the same requirements: REL-06 / REL-07", verdicts{"failed", "failed", "failed"}, false}},

		"listed, and fails":                 {[]reports.Result{failed, failed}, listed, made{"3", reports.KnownFailure, "known", verdicts{"known-failure", "known-failure"}, false}},
		"listed, and passes":                {[]reports.Result{passed, passed}, listed, made{"1", reports.UnexpectedPass, "remove the entry", verdicts{"unexpected-pass", "unexpected-pass"}, false}},
		"listed, and fails at times":        {[]reports.Result{passed, failed}, listed, made{"3", reports.KnownFailure, "flaky: passed, known-failure; known", verdicts{"passed", "known-failure"}, true}},
		"listed, and once fails otherwise":  {[]reports.Result{failed, other}, listed, made{"4", reports.Failed, "flaky: known-failure, failed", verdicts{"known-failure", "failed"}, true}},
		"listed, passes or is in error":     {[]reports.Result{passed, trouble}, listed, made{"5", reports.Error, "flaky: passed, error; the network is down", verdicts{"passed", "error"}, true}},
		"listed, passes or fails otherwise": {[]reports.Result{passed, other}, listed, made{"4", reports.Failed, "flaky: unexpected-pass, failed", verdicts{"unexpected-pass", "failed"}, true}},
	} {
		t.Run(name, func(t *testing.T) {
			got := reports.Repeated(test.repetitions, test.amend)
			if diff := cmp.Diff(test.want, made{got.Title, got.Verdict, got.Reason, got.Repeats, got.Flaky()}); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
			if got.Exchanges != 2*len(test.repetitions) {
				t.Errorf("%d exchanges", got.Exchanges)
			}
			if test.repetitions[0].Repeats != nil || test.repetitions[0].Known != nil {
				t.Error("the argument was changed")
			}
		})
	}
}

func TestManyRepetitionsAreCounted(t *testing.T) {
	var many []reports.Result
	for i := range 100 {
		many = append(many, ended("", []reports.Verdict{reports.Passed, reports.Passed, reports.Passed, reports.Warned}[i%4]))
	}
	got := reports.Repeated(many, nil)
	if want := "flaky: passed 75 of 100 times, warned 25 of 100 times"; got.Reason != want || len(got.Repeats) != 100 {
		t.Errorf("%q, wanted %q", got.Reason, want)
	}
}

// Whatever repetitions hold, a flaky case is never passed.
func TestAFlakyCaseIsNeverGreen(t *testing.T) {
	for _, v := range reports.Words() {
		if v == reports.Passed {
			continue
		}
		for _, order := range [][]reports.Result{{ended("", reports.Passed), ended("", v)}, {ended("", v), ended("", reports.Passed)}} {
			if got := reports.Repeated(order, nil); got.Verdict != v || !got.Flaky() {
				t.Errorf("passed and %s make %s, %q", v, got.Verdict, got.Reason)
			}
		}
	}
	if n := reports.CountFlaky([]reports.Result{reports.Repeated([]reports.Result{ended("", reports.Passed), ended("", reports.Warned)}, nil), ended("", reports.Failed)}); n != 1 {
		t.Errorf("%d flaky cases", n)
	}
}

func TestRepetitionsThatWereCutShort(t *testing.T) {
	blank := reports.Result{ID: "a/b", Title: "blank"}
	for name, test := range map[string]struct {
		repetitions []reports.Result
		amend       func(reports.Result) reports.Result
		want        reports.Result
	}{
		"before the first":         {nil, nil, reports.Result{ID: "a/b", Title: "blank", Verdict: reports.NotRun, Reason: "it was interrupted"}},
		"before the first, listed": {nil, listed, reports.Result{ID: "a/b", Title: "blank", Verdict: reports.NotRun, Reason: "it was interrupted", Known: &reports.Known{Entry: "a/b"}}},
		"while it passes": {[]reports.Result{ended("1", reports.Passed), ended("2", reports.Passed)}, nil, reports.Result{ID: "a/b", Title: "1", Verdict: reports.NotRun,
			Reason: "it was interrupted after 2 of 3 repetitions", Repeats: []reports.Verdict{reports.Passed, reports.Passed}, Exchanges: 4}},
		"while it passes, listed": {[]reports.Result{ended("1", reports.Passed)}, listed, reports.Result{ID: "a/b", Title: "1", Verdict: reports.NotRun, Known: &reports.Known{Entry: "a/b"},
			Reason: "it was interrupted after 1 of 3 repetitions", Repeats: []reports.Verdict{reports.UnexpectedPass}, Exchanges: 2}},
		"after it failed": {[]reports.Result{ended("1", reports.Failed)}, nil, reports.Result{ID: "a/b", Title: "1", Verdict: reports.Failed,
			Reason: "it was interrupted after 1 of 3 repetitions", Repeats: []reports.Verdict{reports.Failed}, Exchanges: 2}},
		"after it was flaky": {[]reports.Result{ended("1", reports.Passed), ended("2", reports.Warned)}, nil, reports.Result{ID: "a/b", Title: "2", Verdict: reports.NotRun,
			Reason: "it was interrupted after 2 of 3 repetitions; flaky: passed, warned", Repeats: []reports.Verdict{reports.Passed, reports.Warned}, Exchanges: 4}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, reports.Cut(test.repetitions, test.amend, blank, 3, "it was interrupted")); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

// What only one of the repetitions breaks is broken: else a flaky endpoint would be
// certified for what fails at times.
func TestWhatAnyRepetitionBreaksIsBroken(t *testing.T) {
	first, second, third := ended("1", reports.Failed, "REL-06"), ended("2", reports.Failed, "REL-06", "REL-07"), ended("3", reports.Warned)
	first.Findings = append(first.Findings, reports.Finding{Requirement: "REL-08", Weight: reports.Warning})
	third.Findings = []reports.Finding{{Requirement: "REL-06", Weight: reports.Warning}, {Requirement: "REL-09", Weight: reports.Warning}}
	early, late := ended("4", reports.Error), ended("5", reports.Error, "REL-07")
	for name, test := range map[string]struct {
		repetitions      []reports.Result
		amend            func(reports.Result) reports.Result
		broken, failures []string
	}{
		"in several ways":             {[]reports.Result{first, second, third}, nil, []string{"REL-06", "REL-07", "REL-08", "REL-09"}, []string{"REL-06", "REL-07"}},
		"before one of two errors":    {[]reports.Result{early, late}, nil, []string{"REL-07"}, []string{"REL-07"}},
		"listed, and an error":        {[]reports.Result{ended("6", reports.Failed, "REL-06"), early}, listed, nil, nil},
		"listed, and a warning":       {[]reports.Result{third, ended("6", reports.Failed, "REL-06")}, listed, []string{"REL-06", "REL-09"}, []string{"REL-06"}},
		"the same in all repetitions": {[]reports.Result{second, second}, nil, []string{"REL-06", "REL-07"}, []string{"REL-06", "REL-07"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := reports.Repeated(test.repetitions, test.amend)
			if diff := cmp.Diff([][]string{test.broken, test.failures}, [][]string{got.Broken(), got.Failures()}); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
	if n := len(reports.Repeated([]reports.Result{second, second}, nil).Findings); n != 2 {
		t.Errorf("%d findings of two repetitions that break the same", n)
	}
}
