package responses_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"esconform/reports/changes"
	"esconform/runner/evidence"
	"esconform/runner/responses"
)

// at is an answer of a step.
func at(step int, body string) evidence.Exchange {
	x := answer(body)
	x.Step, x.ResponseFile = step, "s/"+body[1:2]+".xml"
	return x
}

func attempt(x evidence.Exchange, n int) evidence.Exchange { x.Attempt = n; return x }

func page(x evidence.Exchange, n int) evidence.Exchange { x.Page = n; return x }

func given(x evidence.Exchange, what string) evidence.Exchange { x.Given = what; return x }

func among(x evidence.Exchange, strangers int) evidence.Exchange { x.Strangers = strangers; return x }

func TestExchangesArePairedByTheirPlace(t *testing.T) {
	count := func(n string) evidence.Exchange {
		return answer(`<l xmlns="` + nsPmess + `"><virtualCount>` + n + `</virtualCount></l>`)
	}
	type exchanges []evidence.Exchange
	missing := func(got string) []changes.Difference {
		return []changes.Difference{{Kind: changes.Missing, Path: "exchange", Wanted: got}}
	}
	for _, tt := range []struct {
		name     string
		was, now exchanges
		want     []changes.Response
	}{
		{"steps", exchanges{at(0, "<a/>"), at(1, "<b/>")}, exchanges{at(0, "<a/>"), at(1, "<b x='1'/>")},
			[]changes.Response{{ID: "s", Step: 2, Operation: "readPerson", A: "s/b.xml", B: "s/b.xml", Differences: []changes.Difference{{Kind: changes.Added, Path: "/b/@x", Line: 1, Got: "1"}}}}},
		{"the last attempts", exchanges{at(0, "<wait/>"), attempt(at(0, "<done/>"), 1)}, exchanges{at(0, "<wait/>"), attempt(at(0, "<wait/>"), 1), attempt(at(0, "<done/>"), 2)}, nil},
		{"a step that is gone", exchanges{at(0, "<a/>"), at(1, "<b/>")}, exchanges{at(0, "<a/>")},
			[]changes.Response{{ID: "s", Step: 2, Operation: "readPerson", A: "s/b.xml", Differences: missing("HTTP 200")}}},
		{"a step that is new", exchanges{at(0, "<a/>")}, exchanges{at(0, "<a/>"), at(1, "<b/>")},
			[]changes.Response{{ID: "s", Step: 2, Operation: "readPerson", B: "s/b.xml", Differences: []changes.Difference{{Kind: changes.Added, Path: "exchange", Got: "HTTP 200"}}}}},
		{"pages", exchanges{page(at(0, "<a/>"), 1), page(at(0, "<b/>"), 2)}, exchanges{page(at(0, "<a/>"), 1), page(at(0, "<c/>"), 2)},
			[]changes.Response{{ID: "s", Step: 1, Operation: "readPerson", Page: 2, A: "s/b.xml", B: "s/c.xml", Differences: []changes.Difference{{Kind: changes.Changed, Path: "/c", Line: 1, Wanted: "b", Got: "c"}}}}},
		{"pages among other people's persons", exchanges{page(at(0, "<a/>"), 1), page(at(0, "<b/>"), 2)}, exchanges{among(page(at(0, "<b/>"), 1), 1)}, nil},
		{"what is given, more than one of it", exchanges{given(at(-1, "<a/>"), "person"), given(at(-1, "<b/>"), "person")}, exchanges{given(at(-1, "<a/>"), "person"), given(at(-1, "<c/>"), "person")},
			[]changes.Response{{ID: "s", Step: 0, Operation: "readPerson", Given: "person", A: "s/b.xml", B: "s/c.xml", Differences: []changes.Difference{{Kind: changes.Changed, Path: "/c", Line: 1, Wanted: "b", Got: "c"}}}}},
		{"probes are left out", exchanges{at(0, "<a/>"), at(-2, "<b/>")}, exchanges{at(0, "<a/>")}, nil},
		{"how many other persons there are", exchanges{among(count("3"), 2)}, exchanges{count("1")}, nil},
		{"how many of one's own there are", exchanges{count("3")}, exchanges{count("1")},
			[]changes.Response{{ID: "s", Step: 1, Operation: "readPerson", Differences: []changes.Difference{{Kind: changes.Changed, Path: "/pmess:l/pmess:virtualCount", Line: 1, Wanted: "3", Got: "1"}}}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, compare(tt.was, tt.now), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestACaseWithoutEvidenceIsNamed(t *testing.T) {
	some, none := responses.NewRun(first.outcome(answer("<a/>"))), responses.NewRun(nil)
	for _, tt := range []struct {
		a, b responses.Run
		want string
	}{
		{some, none, "the later run has no evidence of it"},
		{none, some, "the earlier run has no evidence of it"},
		{none, none, "neither run has evidence of it"},
	} {
		changed, uncompared := responses.Compare(tt.a, tt.b, []string{"s"})
		if diff := cmp.Diff([]changes.Uncompared{{ID: "s", Reason: tt.want}}, uncompared); diff != "" || len(changed) > 0 {
			t.Errorf("%v (-want +got)\n%s", changed, diff)
		}
	}
}
