package known_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/known"
)

// entry is on the list for the case a/b.
func entry(message string, requirements ...string) known.Entry {
	return known.Entry{ID: "a/*", Requirements: requirements, Message: message, Owner: "persons", Reason: "repaired in 4.2",
		Link: "https://example.org/17", Expires: "2026-03-31", Line: 7, Case: "a/b"}
}

// result is one of a/b with a failure for each id, and a warning for each with "~".
func result(v reports.Verdict, broken ...string) reports.Result {
	r := reports.Result{ID: "a/b", Verdict: v}
	for _, id := range broken {
		f := reports.Finding{Requirement: id, Weight: reports.Failure, Message: "the text about " + id + " differs"}
		if id[0] == '~' {
			f = reports.Finding{Requirement: id[1:], Weight: reports.Warning, Message: "the text about " + id[1:] + " differs"}
		}
		r.Findings = append(r.Findings, f)
	}
	return r
}

const until = "known until 2026-03-31, owner persons: repaired in 4.2"

func TestVerdictsUnderAList(t *testing.T) {
	for name, test := range map[string]struct {
		entry   known.Entry
		result  reports.Result
		verdict reports.Verdict
		reason  string
	}{
		"it fails as listed":                 {entry("", "A"), result(reports.Failed, "A", "A"), reports.KnownFailure, until},
		"it fails as listed, in two rules":   {entry("", "A", "B"), result(reports.Failed, "B", "A"), reports.KnownFailure, until},
		"it fails as listed, and warns":      {entry("", "A"), result(reports.Failed, "A", "~B"), reports.KnownFailure, until},
		"a rule that only warns by now":      {entry("", "A", "B"), result(reports.Failed, "A", "~B"), reports.KnownFailure, until},
		"it says what is listed":             {entry("about A", "A"), result(reports.Failed, "A"), reports.KnownFailure, until},
		"only the message is listed":         {entry("differs"), result(reports.Failed, "A", "B"), reports.KnownFailure, until},
		"it breaks another rule":             {entry("", "A"), result(reports.Failed, "B"), reports.Failed, "it does not fail as known.yaml:7 says: it no longer breaks A; it also breaks B"},
		"it breaks a further rule":           {entry("", "A"), result(reports.Failed, "A", "C", "B", "C"), reports.Failed, "it does not fail as known.yaml:7 says: it also breaks B, C"},
		"one of two rules holds now":         {entry("", "A", "B"), result(reports.Failed, "A"), reports.Failed, "it does not fail as known.yaml:7 says: it no longer breaks B"},
		"it says something else":             {entry("other", "A"), result(reports.Failed, "A"), reports.Failed, `it does not fail as known.yaml:7 says: a finding of A says "the text about A differs"`},
		"only one finding says it":           {entry("about A"), result(reports.Failed, "A", "B"), reports.Failed, `it does not fail as known.yaml:7 says: a finding of B says "the text about B differs"`},
		"it fails without a finding":         {entry("x"), result(reports.Failed), reports.Failed, "it does not fail as known.yaml:7 says: no finding says why"},
		"it passes":                          {entry("", "A"), result(reports.Passed), reports.UnexpectedPass, "it passes, although known.yaml:7 lists it as a known failure; remove the entry"},
		"it only warns about what is listed": {entry("", "A"), result(reports.Warned, "~A"), reports.KnownFailure, until},
		"it warns about something else":      {entry("", "A"), result(reports.Warned, "~B"), reports.UnexpectedPass, "it no longer fails as known.yaml:7 says, it only warns about B; remove the entry"},
		"it warns about part of it":          {entry("", "A", "B"), result(reports.Warned, "~A"), reports.UnexpectedPass, "it no longer fails as known.yaml:7 says, it only warns about A; remove the entry"},
		"it warns, no rule is listed":        {entry("differs"), result(reports.Warned, "~A"), reports.UnexpectedPass, "it no longer fails as known.yaml:7 says, it only warns about A; remove the entry"},
		"it warns about more":                {entry("", "A"), result(reports.Warned, "~A", "~B"), reports.Warned, "it does not only warn as known.yaml:7 says: it also breaks B"},
		"an error says nothing":              {entry("", "A"), result(reports.Error, "A"), reports.Error, ""},
		"skipped":                            {entry("", "A"), result(reports.Skipped), reports.Skipped, ""},
		"not run":                            {entry("", "A"), result(reports.NotRun), reports.NotRun, ""},
	} {
		t.Run(name, func(t *testing.T) {
			want := test.result
			want.Verdict, want.Reason = test.verdict, test.reason
			want.Known = &reports.Known{Entry: "a/*", Place: "known.yaml:7", Message: test.entry.Message, Owner: "persons", Reason: "repaired in 4.2",
				Link: "https://example.org/17", Expires: "2026-03-31"}
			for i, id := range test.entry.Requirements {
				if i > 0 {
					want.Known.Requirement += ", "
				}
				want.Known.Requirement += id
			}
			got := known.Apply(known.List{File: "known.yaml", Entries: []known.Entry{test.entry}}, test.result)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

func TestWhatIsNotListedStaysAsItIs(t *testing.T) {
	unresolved := entry("", "A")
	unresolved.Case = ""
	l := known.List{File: "known.yaml", Entries: []known.Entry{unresolved, entry("", "A")}}
	for _, given := range []reports.Result{{ID: "a/c", Verdict: reports.Failed}, {Verdict: reports.Passed}, {ID: "a/bc", Verdict: reports.Passed, Reason: "x"}} {
		if diff := cmp.Diff(given, known.Apply(l, given)); diff != "" {
			t.Errorf("- given + got\n%s", diff)
		}
	}
}

func TestAReasonThatWasThereStays(t *testing.T) {
	given := result(reports.Failed, "A")
	given.Reason = "the run was interrupted"
	got := known.Apply(known.List{File: "known.yaml", Entries: []known.Entry{entry("", "A")}}, given)
	if want := until + "; the run was interrupted"; got.Reason != want {
		t.Errorf("%q, wanted %q", got.Reason, want)
	}
}
