package scenario_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
)

func TestACountedIdentityStandsForManyObjects(t *testing.T) {
	c := scenario.Case{Volume: 2, Scenario: &scenario.Scenario{Identities: []scenario.Identity{
		{Name: "Class", Anchor: "parentGroup"}, {Name: "Person", Count: scenario.Number{Volume: true}}, {Name: "Few", Count: scenario.Number{N: 3}}}}}
	want := []scenario.Identity{{Name: "Class", Anchor: "parentGroup"}, {Name: "Person-1"}, {Name: "Person-2"}, {Name: "Few-1"}, {Name: "Few-2"}, {Name: "Few-3"}}
	if diff := cmp.Diff(want, c.Objects()); diff != "" {
		t.Errorf("objects (-want +got)\n%s", diff)
	}
	for name, want := range map[string][]string{"Class": {"Class"}, "Person": {"Person-1", "Person-2"}, "Few-2": {"Few-2"}, "Nobody": {"Nobody"}} {
		if diff := cmp.Diff(want, c.Members(name)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	c.Volume = 0
	if got := c.Members("Person"); len(got) != 0 {
		t.Errorf("before the number is known there are %v", got)
	}
}

func TestTheAnchorsThatACaseNeeds(t *testing.T) {
	group := func(name, parent string, control map[string]string) scenario.Given {
		return scenario.Given{Kind: scenario.GivenGroup, Name: name, Parent: parent, Control: control}
	}
	through := map[string]string{}
	for _, test := range []struct {
		name       string
		needs      []string
		identities []scenario.Identity
		given      []scenario.Given
		want       []string
	}{
		{"none", nil, []scenario.Identity{{Name: "A"}}, []scenario.Given{{Kind: scenario.GivenPerson, Name: "A"}}, nil},
		{"what it says", []string{"linkedParent"}, nil, nil, []string{"linkedParent"}},
		{"those of identities, each once", []string{"rootGroup"}, []scenario.Identity{{Name: "Root", Anchor: "rootGroup"}, {Name: "B", Anchor: "another"}}, nil, []string{"another", "rootGroup"}},
		{"not what control makes", nil, []scenario.Identity{{Name: "A", Anchor: "parentGroup"}}, []scenario.Given{group("A", "", through)}, nil},
		{"the main organisation for a group without a parent", nil, nil, []scenario.Given{group("A", "", nil)}, []string{"rootGroup"}},
		{"nothing for a group below another", nil, nil, []scenario.Given{group("A", "B", nil)}, nil},
	} {
		c := scenario.Case{Given: test.given, Scenario: &scenario.Scenario{Needs: scenario.Needs{Anchors: test.needs}, Identities: test.identities}}
		if diff := cmp.Diff(test.want, c.Anchors()); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.name, diff)
		}
	}
}
