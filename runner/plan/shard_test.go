package plan_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/plan"
	"esconform/runner/scenario"
)

// Shards of one run may come from several releases: these places never change.
func TestTheShardOfAScenarioNeverChanges(t *testing.T) {
	for id, want := range map[string][3]int{ // of 2, 7, 1000
		"imses/person/relationships/unknown-child": {1, 7, 47},
		"imses/person/create/new-person":           {2, 7, 290},
		"imses/group/create/new-group":             {2, 4, 122},
		"æ":                                        {1, 6, 641},
	} {
		got := [3]int{plan.ShardOf(id, 2), plan.ShardOf(id, 7), plan.ShardOf(id, 1000)}
		if got != want {
			t.Errorf("%s is in shards %v, want %v", id, got, want)
		}
	}
}

func TestAShardIsReadAsItIsWritten(t *testing.T) {
	const notation, count = "write it as i/n, such as 1/4", "there can be 1 to 1000 shards"
	for text, want := range map[string]struct {
		shard  plan.Shard
		reason string
	}{
		"1/1": {plan.Shard{Index: 1, Of: 1}, ""}, "3/4": {plan.Shard{Index: 3, Of: 4}, ""}, "1000/1000": {plan.Shard{Index: 1000, Of: 1000}, ""},
		"": {reason: notation}, "1": {reason: notation}, "1/": {reason: notation}, "-1/4": {reason: notation}, "1/4/2": {reason: notation}, "1 / 4": {reason: notation}, "1/99999": {reason: notation},
		"1/0": {reason: count}, "1/1001": {reason: count}, "0/4": {reason: "shards are counted from 1 to 4"}, "5/4": {reason: "shards are counted from 1 to 4"},
	} {
		got, err := plan.ParseShard(text)
		reason := ""
		if f := (*plan.FilterError)(nil); errors.As(err, &f) {
			reason = f.Reason
		}
		if got != want.shard || reason != want.reason {
			t.Errorf("%q is read as %+v (%v), want %+v %q", text, got, err, want.shard, want.reason)
		}
	}
}

// many is a library of scenarios with two cases each.
func many(n int) scenario.Library {
	var all []scenario.Scenario
	for i := range n {
		all = append(all, story(scenario.Scenario{ID: fmt.Sprintf("imses/person/story-%03d", i)}, "one", "two"))
	}
	return library(all...)
}

func TestTheShardsTogetherAreTheWhole(t *testing.T) {
	for _, seed := range []uint64{0, 7} {
		whole, err := plan.Select(target(), many(100), plan.Selection{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		position := map[string]int{}
		for i, id := range inOrder(whole) {
			position[id] = i
		}
		var together []string
		for i := range 5 {
			p, err := plan.Select(target(), many(100), plan.Selection{Seed: seed, Shard: plan.Shard{Index: i + 1, Of: 5}})
			if err != nil {
				t.Fatal(err)
			}
			ordered := inOrder(p)
			if !slices.IsSortedFunc(ordered, func(a, b string) int { return position[a] - position[b] }) || len(ordered) != len(p.Items) {
				t.Errorf("shard %d runs in another order than the whole: %v", i+1, ordered)
			}
			if p.Budget.Cases != len(p.Items) || p.Budget.Cases != 2*p.Budget.Scenarios || p.Budget.Cases < 20 {
				t.Errorf("shard %d: %d items, %+v: cases of one scenario stay together, and no shard is much smaller than the others", i+1, len(p.Items), p.Budget)
			}
			together = append(together, ids(p)...)
		}
		slices.Sort(together)
		if diff := cmp.Diff(ids(whole), together); diff != "" {
			t.Errorf("seed %d (-whole +shards)\n%s", seed, diff)
		}
	}
}

func TestAScenarioIsInTheSameShardWhateverIsSelected(t *testing.T) {
	s := plan.Shard{Index: 2, Of: 3}
	all, err := plan.Select(target(), many(30), plan.Selection{Shard: s})
	if err != nil {
		t.Fatal(err)
	}
	some, err := plan.Select(target(), many(30), plan.Selection{Shard: s, Only: []string{"imses/person/story-01*"}})
	if err != nil {
		t.Fatal(err)
	}
	var want []string
	for _, id := range ids(all) {
		if id[:len("imses/person/story-01")] == "imses/person/story-01" {
			want = append(want, id)
		}
	}
	if diff := cmp.Diff(want, ids(some)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Shards that run at once must not lock an account that one run would spare.
func TestTheShardsTogetherSendNoMoreWrongPasswordsThanOneRun(t *testing.T) {
	var all []scenario.Scenario
	for i := range 12 {
		s := story(scenario.Scenario{ID: fmt.Sprintf("imses/security/wrong-%d", i)})
		s.Cases[0].Steps[0].As = scenario.As{Credentials: "wrong-password"}
		all = append(all, s)
	}
	running := func(s plan.Shard) int {
		p, err := plan.Select(target(), library(all...), plan.Selection{Shard: s})
		if err != nil {
			t.Fatal(err)
		}
		return len(p.Order)
	}
	if whole, parts := running(plan.Shard{}), running(plan.Shard{Index: 1, Of: 2})+running(plan.Shard{Index: 2, Of: 2}); whole != parts || whole == 0 {
		t.Errorf("%d in one run, %d in two shards", whole, parts)
	}
}

func TestAShardThatHoldsNothingSaysWhichAndHowToAvoidIt(t *testing.T) {
	_, err := plan.Select(target(), many(3), plan.Selection{Shard: emptyShard(t, many(3), 8)})
	var empty *plan.EmptyShardError
	if !errors.As(err, &empty) {
		t.Fatalf("%v", err)
	}
	for i := range empty.Most { // what it advises works
		if _, err := plan.Select(target(), many(3), plan.Selection{Shard: plan.Shard{Index: i + 1, Of: empty.Most}}); err != nil {
			t.Errorf("shard %d of %d: %v", i+1, empty.Most, err)
		}
	}
	for _, tt := range []struct {
		err  plan.EmptyShardError
		want string
	}{
		{plan.EmptyShardError{Shard: plan.Shard{Index: 5, Of: 8}, Scenarios: 3, Most: 2},
			"shard 5 of 8 holds none of the 3 selected scenarios: nothing is tested here; with --shard i/2 no shard is empty"},
		{plan.EmptyShardError{Shard: plan.Shard{Index: 5, Of: 8}, Scenarios: 1, Most: 1},
			"shard 5 of 8 does not hold the only selected scenario: nothing is tested here; run the selection without --shard"},
	} {
		if diff := cmp.Diff(tt.want, tt.err.Error()); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

// emptyShard is the first of n shards that holds nothing of a library.
func emptyShard(t *testing.T, lib scenario.Library, n int) plan.Shard {
	t.Helper()
	for i := range n {
		s := plan.Shard{Index: i + 1, Of: n}
		if !slices.ContainsFunc(lib.Scenarios, func(sc scenario.Scenario) bool { return s.Holds(sc.ID) }) {
			return s
		}
	}
	t.Fatal("no shard is empty")
	return plan.Shard{}
}
