package known_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/known"
)

func TestWhatAReportAsksOfAList(t *testing.T) {
	of := func(id string, v reports.Verdict, broken ...string) reports.Result {
		r := result(v, broken...)
		r.ID, r.Scenario = id, id
		return r
	}
	listed := func(id string, line int, expires string, rules ...string) known.Entry {
		return known.Entry{ID: id, Case: id, Line: line, Requirements: rules, Owner: "o", Reason: "r", Expires: expires}
	}
	l := known.List{File: "known.yaml", Entries: []known.Entry{
		listed("z/as-listed", 1, "2030-12-31", "A"), listed("z/known", 2, "2030-12-31", "A"), listed("z/passed", 3, "2030-12-31", "A"),
		listed("z/unexpected", 4, "2030-12-31", "A"), listed("z/other", 5, "2030-12-31", "A"), listed("z/warned", 6, "2030-12-31", "A"),
		listed("z/warned-more", 7, "2030-12-31", "A"), listed("z/expired", 8, "2026-02-28", "A"), listed("z/expired-passed", 9, "2026-02-28", "A"),
		listed("z/error", 10, "2030-12-31", "A"), listed("z/skipped", 11, "2030-12-31", "A"), listed("z/not-run", 12, "2030-12-31", "A"),
		{ID: "not/in-the-report", Line: 13}, listed("z/unexpected-warned", 14, "2030-12-31", "A"), listed("z/known-warned", 15, "2030-12-31", "A"),
	}}
	report := reports.Summarise(reports.Report{Scenarios: []reports.Result{
		of("z/as-listed", reports.Failed, "A"), of("z/known", reports.KnownFailure, "A"), of("z/passed", reports.Passed), of("z/unexpected", reports.UnexpectedPass),
		of("z/other", reports.Failed, "A", "B"), of("z/warned", reports.Warned, "~B"), of("z/warned-more", reports.Warned, "~A", "~B"),
		of("z/expired", reports.Failed, "A"), of("z/expired-passed", reports.Passed), of("z/error", reports.Error, "A"), of("z/skipped", reports.Skipped), of("z/not-run", reports.NotRun),
		of("z/unexpected-warned", reports.UnexpectedPass, "~B"), of("z/known-warned", reports.KnownFailure, "~A"),
		of("y/new", reports.Failed, "B", "A", "~C"), of("x/new", reports.Failed, "A"), of("x/error", reports.Error, "A"), of("x/warned", reports.Warned, "~A"), of("x/passed", reports.Passed),
		of("x/was-listed", reports.KnownFailure, "A"),
	}})
	want := []known.Change{
		{Kind: known.Remove, Case: "z/passed", Line: 3, Why: "it passes now"},
		{Kind: known.Remove, Case: "z/unexpected", Line: 4, Why: "it passes now"},
		{Kind: known.ByHand, Case: "z/other", Line: 5, Why: "it does not fail as known.yaml:5 says: it also breaks B"},
		{Kind: known.Remove, Case: "z/warned", Line: 6, Why: "it only warns now"},
		{Kind: known.ByHand, Case: "z/warned-more", Line: 7, Why: "it does not only warn as known.yaml:7 says: it also breaks B"},
		{Kind: known.ByHand, Case: "z/expired", Line: 8, Why: "the entry expired on 2026-02-28, and it still fails"},
		{Kind: known.Remove, Case: "z/expired-passed", Line: 9, Why: "it passes now"},
		{Kind: known.Remove, Case: "z/unexpected-warned", Line: 14, Why: "it only warns now"},
		{Kind: known.Add, Case: "x/new", Requirements: []string{"A"}, Why: "it breaks A"},
		{Kind: known.Add, Case: "x/was-listed", Requirements: []string{"A"}, Why: "it breaks A"},
		{Kind: known.Add, Case: "y/new", Requirements: []string{"A", "B"}, Why: "it breaks A, B"},
	}
	if diff := cmp.Diff(want, known.Changes(l, report, today)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestANewEntryMustBeAnsweredFor(t *testing.T) {
	whole := known.Entry{Owner: "o", Reason: "r", Expires: "2026-03-01", Link: "https://example.org"}
	for name, test := range map[string]struct {
		change func(*known.Entry)
		day    time.Time
		want   string
	}{
		"on its last day":   {func(*known.Entry) {}, today, ""},
		"a day later":       {func(*known.Entry) {}, today.Add(time.Minute), "expires 2026-03-01 has passed"},
		"a day in the west": {func(*known.Entry) {}, time.Date(2026, 3, 1, 20, 0, 0, 0, time.FixedZone("", -5*3600)), "expires 2026-03-01 has passed"},
		"without a link":    {func(e *known.Entry) { e.Link = "" }, today, ""},
		"a link that runs":  {func(e *known.Entry) { e.Link = "data:x" }, today, `link "data:x" is no address that begins with http:// or https://`},
		"without an owner":  {func(e *known.Entry) { e.Owner = "" }, today, "an entry needs an owner, a reason and the day on which it expires"},
		"no day":            {func(e *known.Entry) { e.Expires = "2026-13-01" }, today, `expires "2026-13-01" is no day; write it as YYYY-MM-DD`},
	} {
		t.Run(name, func(t *testing.T) {
			e, got := whole, ""
			test.change(&e)
			if err := e.Check(test.day); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("%q, wanted %q", got, test.want)
			}
		})
	}
}
