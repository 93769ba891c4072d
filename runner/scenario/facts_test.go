package scenario_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
)

func TestACaseIsCoreWhenItRunsAgainstAnyEndpoint(t *testing.T) {
	tests := []struct {
		name string
		make func(*scenario.Scenario, *scenario.Case)
		want bool
	}{
		{"nothing special", func(*scenario.Scenario, *scenario.Case) {}, true},
		{"one site", func(s *scenario.Scenario, _ *scenario.Case) { s.Needs.Sites = 1 }, true},
		{"a default state", func(s *scenario.Scenario, _ *scenario.Case) {
			s.Needs.State = map[string]string{"parentPortal": "enabled"}
		}, true},
		{"a person over the wire", func(_ *scenario.Scenario, c *scenario.Case) {
			c.Given = []scenario.Given{{Kind: scenario.GivenPerson, Template: scenario.TemplatePerson}}
		}, true},
		{"a switched state", func(s *scenario.Scenario, _ *scenario.Case) {
			s.Needs.Switched = map[string]string{"parentPortal": "disabled"}
		}, false},
		{"two sites", func(s *scenario.Scenario, _ *scenario.Case) { s.Needs.Sites = 2 }, false},
		{"control", func(s *scenario.Scenario, _ *scenario.Case) { s.Needs.Control = true }, false},
		{"TLS", func(s *scenario.Scenario, _ *scenario.Case) { s.Needs.TLS = true }, false},
		{"an anchor", func(s *scenario.Scenario, _ *scenario.Case) { s.Needs.Anchors = []string{"parentGroup"} }, false},
		{"a feature", func(s *scenario.Scenario, _ *scenario.Case) { s.Needs.Features = []string{"custom-strings"} }, false},
		{"an identity with an anchor", func(s *scenario.Scenario, _ *scenario.Case) {
			s.Identities = []scenario.Identity{{Name: "Class", Anchor: "parentGroup"}}
		}, false},
		{"volume", func(s *scenario.Scenario, _ *scenario.Case) { s.Labels = []string{scenario.LabelVolume} }, false},
		{"a group below the main organisation", func(_ *scenario.Scenario, c *scenario.Case) {
			c.Given = []scenario.Given{{Kind: scenario.GivenGroup, Name: "ClassA", Template: scenario.TemplateGroup}}
		}, false},
		{"a group below a parent of its own", func(_ *scenario.Scenario, c *scenario.Case) {
			c.Given = []scenario.Given{{Kind: scenario.GivenGroup, Name: "ClassA", Parent: "Nowhere", Template: scenario.TemplateGroup}}
		}, true},
		{"residue", func(s *scenario.Scenario, _ *scenario.Case) { s.Residue = []string{"a course"} }, false},
		{"a person made through control", func(_ *scenario.Scenario, c *scenario.Case) {
			c.Given = []scenario.Given{{Kind: scenario.GivenPerson, Control: map[string]string{}}}
		}, false},
		{"a switch", func(_ *scenario.Scenario, c *scenario.Case) {
			c.Steps = []scenario.Step{{Switch: map[string]string{"parentPortal": "disabled"}}}
		}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := &scenario.Scenario{}
			c := scenario.Case{Scenario: s}
			test.make(s, &c)
			if got := c.Core(); got != test.want {
				t.Errorf("core %t, want %t", got, test.want)
			}
			s.Cases = []scenario.Case{{Scenario: &scenario.Scenario{}}, c}
			if got := s.Core(); got != test.want {
				t.Errorf("the scenario is core %t, want %t", got, test.want)
			}
		})
	}
}

func TestAScenarioKnowsWhatItCallsAndProves(t *testing.T) {
	library := loadComplete(t)
	s, _ := library.Scenario(everything)
	if diff := cmp.Diff([]string{"createPersons", "deletePersons", "readAllPersons", "readPerson", "readPersons"}, s.Operations()); diff != "" {
		t.Errorf("operations (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"PER-OBJ-09", "PER-READ-07", "REL-02", "REL-07"}, s.Proves()); diff != "" {
		t.Errorf("proves (-want +got):\n%s", diff)
	}
	for id, want := range map[string][]string{"REL-07": {everything}, "STA-15": nil} {
		q, _ := library.Requirements.Lookup(id)
		if diff := cmp.Diff(want, q.VerifiedBy); diff != "" {
			t.Errorf("%s is verified by (-want +got):\n%s", id, diff)
		}
	}
}
