package judge

import (
	"testing"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
)

const caseToken = "0123456789abcdef"

func madeUp() evidence.Outcome {
	return evidence.Outcome{
		Keys: map[string]string{"Person-1": "ec" + caseToken + "-Person-1", "Person-10": "ec" + caseToken + "-Person-10",
			"Long": "ec" + caseToken + "-Longxxxxxxxx", "Root": "1"},
		Unique:    map[string]string{"anna": "anna-" + caseToken[:8]},
		Captures:  map[string]string{"generated": "handle-of-the-endpoint-42", "first": "Tove"},
		Exchanges: []evidence.Exchange{{MessageID: "5f0c6d1e-7a55-4f7e-9a35-0e1a2b3c4d5e"}, {MessageID: "123"}},
	}
}

func TestWhatARunMakesUpIsShownByItsName(t *testing.T) {
	key := "ec" + caseToken + "-Person-1"
	for _, test := range []struct{ name, text, want string }{
		{"a key", "'" + key + "' is unknown", "'{key:Person-1}' is unknown"},
		{"a key that begins like another", key + "0, " + key, "{key:Person-10}, {key:Person-1}"},
		{"a key that the endpoint has cut", "ec" + caseToken + "-Longxxxx.", "{key}-Longxxxx."},
		{"a key cut where it is shown", "'ec012345" + ellipsis + " (93 characters)'", "'{key}" + ellipsis + " (93 characters)'"},
		{"a key whose beginning is left out", ellipsis + caseToken[4:] + "-Person-1 x", ellipsis + "{key}-Person-1 x"},
		{"a value made unique", "user anna-" + caseToken[:8], "user {unique:anna}"},
		{"a unique value cut where it is shown", "anna-0123" + ellipsis, "anna{key}" + ellipsis},
		{"the token by itself", "last name " + caseToken, "last name {token}"},
		{"a captured value", "is handle-of-the-endpoint-42", "is {capture:generated}"},
		{"a short captured value stays", "is Tove", "is Tove"},
		{"the key of an anchor stays", "there is 1 of it", "there is 1 of it"},
		{"a messageIdentifier", "5f0c6d1e-7a55-4f7e-9a35-0e1a2b3c4d5e was sent", "{message-id} was sent"},
		{"a messageIdentifier of the scenario stays", "123 was sent", "123 was sent"},
		{"a generated key", "itsla-7B0C6D1E-7A55-4f7e-9a35-0e1a2b3c4d5e", "itsla-{guid}"},
		{"a generated key without hyphens", "x-7b0c6d1e7a554f7e9a350e1a2b3c4d5e", "x-{guid}"},
		{"what else is cut stays", "it is long" + ellipsis + "and ends", "it is long" + ellipsis + "and ends"},
	} {
		if got := newDisplay(madeUp()).text(test.text); got != test.want {
			t.Errorf("%s: %q is shown as %q, want %q", test.name, test.text, got, test.want)
		}
	}
}

func TestResultsHoldNoKeys(t *testing.T) {
	key := "ec" + caseToken + "-Child1"
	in := input([]scenario.Expectation{
		{At: "pmess:person/common:email", Equals: str("{key:Child1}@example.org")},
		{At: "pmess:person/common:email[.='{key:Child1}']", Present: true},
		{At: "pmess:person/pdata:userId/common:userIdValue", Observe: true},
	}, exchange(0, "readPerson", answerOf(success, person)))
	in.Outcome.Keys["Child1"] = key
	got := judged(t, in)
	missing, f := got.Findings[0], got.Findings[1]
	if f.Wanted != "{key:Child1}@example.org" || f.Diff[0].Text != f.Wanted ||
		f.Message != "pmess:person/common:email is 'anna@example.org' instead of '{key:Child1}@example.org'." {
		t.Errorf("%+v", f)
	}
	if want := "pmess:person/common:email[.='{key:Child1}'] is missing from the answer."; missing.Message != want {
		t.Errorf("%+v", missing)
	}
	if o := got.Observations[0]; o.Value != "{unique:anna}" {
		t.Errorf("%+v", o)
	}
	in.Outcome.Blocked = &evidence.Blocked{Requirement: "PER-CREATE-01", Reason: "the endpoint does not know " + key}
	if got := judged(t, in); got.Verdict != reports.Failed || got.Reason != "blocked by PER-CREATE-01: the endpoint does not know {key:Child1}" {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}
