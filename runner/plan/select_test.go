package plan_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// states are those of the parent portal, as in fixtures/states.yaml.
func states() []scenario.State {
	return []scenario.State{
		{Name: "parentPortal", Values: []string{"enabled", "disabled"}, Default: "enabled", Scope: "site"},
		{Name: "parentPortalGlobal", Values: []string{"enabled", "disabled"}, Default: "enabled", Scope: "endpoint"},
	}
}

// story makes a scenario with cases; without names it has the one without a name.
func story(s scenario.Scenario, names ...string) scenario.Scenario {
	if len(names) == 0 {
		names = []string{""}
	}
	for _, name := range names {
		s.Cases = append(s.Cases, scenario.Case{Name: name, Given: s.Given, Steps: []scenario.Step{{Operation: "readPerson"}}})
	}
	return s
}

// library links the cases to their scenarios, as the loader does.
func library(scenarios ...scenario.Scenario) scenario.Library {
	lib := scenario.Library{Scenarios: scenarios, States: states()}
	for i := range lib.Scenarios {
		for j := range lib.Scenarios[i].Cases {
			lib.Scenarios[i].Cases[j].Scenario = &lib.Scenarios[i]
		}
	}
	return lib
}

func target(sites ...profile.Site) profile.Target {
	if len(sites) == 0 {
		sites = []profile.Site{{Name: "main"}}
	}
	return profile.Target{BaseURL: "https://host.example", Sites: sites}
}

func ids(p plan.Plan) []string {
	var all []string
	for _, item := range p.Items {
		all = append(all, item.Case.ID())
	}
	return all
}

func inOrder(p plan.Plan) []string {
	var all []string
	for _, i := range p.Order {
		all = append(all, p.Items[i].Case.ID())
	}
	return all
}

func small() scenario.Library {
	return library(
		story(scenario.Scenario{ID: "imses/person/read/one", Labels: []string{"reads"}}),
		story(scenario.Scenario{ID: "imses/person/replace/emptied", Labels: []string{"replace", "slow"}}, "prefix", "voice"),
		story(scenario.Scenario{ID: "imses/person/replace/kept", Labels: []string{"replace"}}),
		story(scenario.Scenario{ID: "imses/soap/faults", Labels: []string{"soap", "reads"}}),
	)
}

func TestCasesAreSelectedByIDAndLabel(t *testing.T) {
	tests := []struct {
		name      string
		selection plan.Selection
		want      []string
	}{
		{"everything", plan.Selection{}, []string{"imses/person/read/one", "imses/person/replace/emptied/prefix", "imses/person/replace/emptied/voice", "imses/person/replace/kept", "imses/soap/faults"}},
		{"an id prefix selects what is below it", plan.Selection{Only: []string{"imses/person/replace"}}, []string{"imses/person/replace/emptied/prefix", "imses/person/replace/emptied/voice", "imses/person/replace/kept"}},
		{"half a segment selects nothing of it", plan.Selection{Only: []string{"imses/soap", "imses/person/re*/one"}}, []string{"imses/person/read/one", "imses/soap/faults"}},
		{"a case", plan.Selection{Only: []string{"imses/person/replace/emptied/voice"}}, []string{"imses/person/replace/emptied/voice"}},
		{"a star stands for one segment", plan.Selection{Only: []string{"imses/*/replace/kept"}}, []string{"imses/person/replace/kept"}},
		{"two stars stand for any number", plan.Selection{Only: []string{"**/voice", "**/faults"}}, []string{"imses/person/replace/emptied/voice", "imses/soap/faults"}},
		{"two stars stand for none, too", plan.Selection{Only: []string{"imses/**/soap"}}, []string{"imses/soap/faults"}},
		{"labels", plan.Selection{Labels: "reads && !soap"}, []string{"imses/person/read/one"}},
		{"labels with parentheses", plan.Selection{Labels: "(replace || soap) && !slow"}, []string{"imses/person/replace/kept", "imses/soap/faults"}},
		{"a comma is an or", plan.Selection{Labels: "slow, soap"}, []string{"imses/person/replace/emptied/prefix", "imses/person/replace/emptied/voice", "imses/soap/faults"}},
		{"ids and labels together", plan.Selection{Only: []string{"imses/person"}, Labels: "reads"}, []string{"imses/person/read/one"}},
		{"a rerun", plan.Selection{Rerun: []string{"imses/soap/faults", "imses/gone"}}, []string{"imses/soap/faults"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := plan.Select(target(), small(), test.selection)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, ids(p)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestFiltersThatCannotBeMeantAreErrors(t *testing.T) {
	tests := []struct {
		name      string
		selection plan.Selection
		want      string
		nothing   bool
	}{
		{"a pattern that matches nothing while others do", plan.Selection{Only: []string{"imses/soap", "imses/soup"}}, `--only "imses/soup": no scenario has such an id; see esconform list scenarios`, false},
		{"a pattern that cannot be read", plan.Selection{Only: []string{"imses/[a"}}, `--only "imses/[a": this is not a pattern: syntax error in pattern`, false},
		{"a bad pattern behind a segment that does not match", plan.Selection{Only: []string{"imses/soap/faults/deeper/[a"}}, `--only "imses/soap/faults/deeper/[a": this is not a pattern: syntax error in pattern`, false},
		{"a filter without an end", plan.Selection{Labels: "a &&"}, `--labels "a &&": a label is missing at the end`, false},
		{"a filter without a beginning", plan.Selection{Labels: "|| a"}, `--labels "|| a": a label is missing before "||"`, false},
		{"a parenthesis too few", plan.Selection{Labels: "(a"}, `--labels "(a": a closing parenthesis is missing`, false},
		{"a parenthesis too many", plan.Selection{Labels: "a)"}, `--labels "a)": ")" is not expected here`, false},
		{"a single ampersand", plan.Selection{Labels: "a & b"}, `--labels "a & b": "&" is not expected here`, false},
		{"nothing at all by id", plan.Selection{Only: []string{"imses/none", "imses/void"}}, `no scenario is selected by --only "imses/none" --only "imses/void"`, true},
		{"nothing at all by label", plan.Selection{Labels: "a"}, `no scenario is selected by --labels "a"`, true},
		{"nothing to run again", plan.Selection{Rerun: []string{}}, `no scenario is selected by --rerun-failed`, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := plan.Select(target(), small(), test.selection)
			if err == nil {
				t.Fatal("the filter was accepted")
			}
			if nothing := (*plan.NothingError)(nil); errors.As(err, &nothing) != test.nothing {
				t.Errorf("the error is a %T", err)
			}
			if !strings.HasPrefix(err.Error(), test.want) {
				t.Errorf("got  %s\nwant %s", err, test.want)
			}
		})
	}
}

func TestStatesOfTheProfileMustExist(t *testing.T) {
	site := profile.Site{Name: "main", States: map[string]string{"parentPortal": "off", "parentPortl": "enabled"}}
	_, err := plan.Select(target(site), small(), plan.Selection{})
	want := "site main, state parentPortal: it cannot be \"off\"; its values are enabled, disabled\n" +
		"site main, state parentPortl: there is no such state; known are parentPortal, parentPortalGlobal"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestTheSeedShufflesReproduciblyWithinPhases(t *testing.T) {
	var scenarios []scenario.Scenario
	for _, name := range strings.Split("abcdefghij", "") {
		scenarios = append(scenarios, story(scenario.Scenario{ID: "x/" + name}))
	}
	scenarios = append(scenarios, story(scenario.Scenario{ID: "a/last", Last: true}), story(scenario.Scenario{ID: "b/alone", Exclusive: true}))
	order := func(seed uint64) []string {
		p, err := plan.Select(target(), library(scenarios...), plan.Selection{Seed: seed})
		if err != nil {
			t.Fatal(err)
		}
		return inOrder(p)
	}
	sorted, shuffled := order(0), order(7)
	if diff := cmp.Diff([]string{"x/a", "x/b", "x/c", "x/d", "x/e", "x/f", "x/g", "x/h", "x/i", "x/j", "b/alone", "a/last"}, sorted); diff != "" {
		t.Errorf("without a seed (-want +got)\n%s", diff)
	}
	if cmp.Equal(sorted, shuffled) || !cmp.Equal(shuffled, order(7)) || cmp.Equal(shuffled, order(8)) {
		t.Errorf("seed 7 gives %v, again %v, seed 8 %v", shuffled, order(7), order(8))
	}
	if diff := cmp.Diff([]string{"b/alone", "a/last"}, shuffled[10:]); diff != "" {
		t.Errorf("phases (-want +got)\n%s", diff)
	}
}
