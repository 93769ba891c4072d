package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

func TestVolumeIsForThoseWhoAskForIt(t *testing.T) {
	all := library(
		story(scenario.Scenario{ID: "x/big", Labels: []string{"volume", "reads"}}),
		story(scenario.Scenario{ID: "x/small", Labels: []string{"reads"}}),
	)
	type item struct {
		Volume  int
		Runs    bool
		Core    bool
		Skipped string
	}
	const skip = "it is about volume; run it with --volume N, N being how many objects it makes"
	small := item{0, true, true, ""}
	tests := []struct {
		name      string
		selection plan.Selection
		want      map[string]item
	}{
		{"nobody asks", plan.Selection{}, map[string]item{"x/big": {0, false, false, skip}, "x/small": small}},
		{"with a number", plan.Selection{Volume: 7}, map[string]item{"x/big": {7, true, false, ""}, "x/small": small}},
		{"by the label", plan.Selection{Labels: "volume"}, map[string]item{"x/big": {1000, true, false, ""}}},
		{"by the label among others", plan.Selection{Labels: "volume && reads"}, map[string]item{"x/big": {1000, true, false, ""}}},
		{"by the label and a number", plan.Selection{Labels: "volume", Volume: 7}, map[string]item{"x/big": {7, true, false, ""}}},
		{"by another label", plan.Selection{Labels: "reads || volume"}, map[string]item{"x/big": {0, false, false, skip}, "x/small": small}},
		{"by its id", plan.Selection{Only: []string{"x/big"}}, map[string]item{"x/big": {0, false, false, skip}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := plan.Select(target(), all, test.selection)
			if err != nil {
				t.Fatal(err)
			}
			got := map[string]item{}
			for _, i := range p.Items {
				got[i.Case.ID()] = item{i.Case.Volume, i.Skip == "", i.Core, i.Skip}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestTheBudgetCountsManyObjectsPagesAndKinds(t *testing.T) {
	many := scenario.Scenario{ID: "x/big", Labels: []string{"volume"}, Identities: []scenario.Identity{
		{Name: "Person", Count: scenario.Number{Volume: true}}, {Name: "Class"}, {Name: "Root", Anchor: "rootGroup"}}}
	given := []scenario.Given{{Kind: scenario.GivenGroup, Name: "Class"}}
	many.Cases = []scenario.Case{{Given: given, Steps: []scenario.Step{
		{Operation: "createPersons", Repeat: scenario.Number{Volume: true}}, {Operation: "readAllPersons", Pages: 100}}}}
	rooted := target(profile.Site{Name: "main", Anchors: map[string]string{"rootGroup": "r"}})
	p, err := plan.Select(rooted, library(many), plan.Selection{Volume: 1050})
	if err != nil {
		t.Fatal(err)
	}
	// The group, the persons, 11 pages, and two batches for each of two kinds.
	want := plan.Budget{Scenarios: 1, Cases: 1, Requests: 1 + 1 + 11 + 2*2*2, Objects: 1051}
	if diff := cmp.Diff(want, p.Budget); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
