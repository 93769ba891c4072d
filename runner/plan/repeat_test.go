package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/plan"
	"esconform/runner/scenario"
)

func TestTheBudgetCountsAllRepetitions(t *testing.T) {
	cases := library(story(scenario.Scenario{ID: "x/reads"}), story(scenario.Scenario{ID: "x/writes", Given: []scenario.Given{{Kind: scenario.GivenPerson, Name: "A"}},
		Identities: []scenario.Identity{{Name: "A"}}}))
	budget := func(repeat int) plan.Budget {
		p, err := plan.Select(target(), cases, plan.Selection{Repeat: repeat})
		if err != nil {
			t.Fatal(err)
		}
		return p.Budget
	}
	once := budget(0)
	if diff := cmp.Diff(once, budget(1)); diff != "" || once.Requests == 0 || once.Objects == 0 {
		t.Errorf("once (-0 +1)\n%s", diff)
	}
	want := once
	want.Requests, want.Objects = 3*once.Requests, 3*once.Objects
	if diff := cmp.Diff(want, budget(3)); diff != "" {
		t.Errorf("three times (-want +got)\n%s", diff)
	}
}

// An account does not care for which repetition a wrong password is sent.
func TestRepetitionsSendNoMoreWrongPasswordsThanOneRun(t *testing.T) {
	wrong := func(id string) scenario.Scenario {
		s := scenario.Scenario{ID: id, Last: true}
		s.Cases = []scenario.Case{{Steps: []scenario.Step{{Operation: "readPerson", As: scenario.As{Credentials: "wrong-password"}}}}}
		return s
	}
	for repeat, want := range map[int][]string{1: {"a", "b", "c"}, 2: {"a"}, 3: {"a"}, 4: nil} {
		p, err := plan.Select(target(), library(wrong("a"), wrong("b"), wrong("c"), wrong("d")), plan.Selection{Repeat: repeat})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, inOrder(p)); diff != "" {
			t.Errorf("%d times (-want +got)\n%s", repeat, diff)
		}
		advice := "a run sends at most 3 wrong passwords to a real endpoint; run it alone with --only d"
		if repeat > 1 {
			advice += ", without --repeat"
		}
		if got := p.Items[3].Skip; got != advice {
			t.Errorf("%d times: %q", repeat, got)
		}
		if got, want := p.Items[3].Core, len(want) == 0; got != want { // passwords were not tested at all
			t.Errorf("%d times: core is %v, wanted %v", repeat, got, want)
		}
	}
}
