package plan_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// placed is what a plan says about the only case of a library.
type placed struct {
	Core   bool
	Skip   string
	Site   string
	Other  string
	Switch map[string]string
	Lock   plan.Lock
	Phase  plan.Phase
}

func place(t *testing.T, to profile.Target, s scenario.Scenario, selection plan.Selection) placed {
	t.Helper()
	s.ID = "x/y"
	if len(s.Cases) == 0 {
		s = story(s)
	}
	p, err := plan.Select(to, library(s), selection)
	if err != nil {
		t.Fatal(err)
	}
	i := p.Items[0]
	if runs := len(p.Order) == 1; runs != (i.Skip == "") {
		t.Errorf("order %v, skip %q", p.Order, i.Skip)
	}
	return placed{i.Core, i.Skip, i.Site, i.Other, i.Switch, i.Lock, i.Phase()}
}

func withControl(t profile.Target) profile.Target {
	t.Control = &profile.Control{URL: "http://127.0.0.1:1"}
	return t
}

func withHook(t profile.Target, state string) profile.Target {
	t.Hooks = map[string][]string{state: {"switch", "{value}"}}
	return t
}

func TestACaseIsPlacedWhereItFits(t *testing.T) {
	off := profile.Site{Name: "off", States: map[string]string{"parentPortal": "disabled"}}
	anchored := profile.Site{Name: "anchored", Anchors: map[string]string{"parentGroup": "g-1"}}
	rooted := profile.Site{Name: "rooted", Anchors: map[string]string{scenario.AnchorRootGroup: "r-1"}}
	class := []scenario.Given{{Kind: scenario.GivenGroup, Name: "ClassA"}}
	controlled := []scenario.Given{{Kind: scenario.GivenGroup, Name: "ClassA", Control: map[string]string{}}}
	disabled := scenario.Needs{State: map[string]string{"parentPortal": "disabled"}}
	global := scenario.Needs{State: map[string]string{"parentPortalGlobal": "disabled"}}
	steps := func(steps ...scenario.Step) []scenario.Case { return []scenario.Case{{Steps: steps}} }
	switching := steps(scenario.Step{Switch: map[string]string{"parentPortal": "disabled"}}, scenario.Step{Operation: "readPerson"})
	tests := []struct {
		name string
		to   profile.Target
		s    scenario.Scenario
		want placed
	}{
		{"a plain case goes to the default site", target(profile.Site{Name: "main"}, off), scenario.Scenario{}, placed{Core: true, Site: "main"}},
		{"a state that is the default is assumed", target(), scenario.Scenario{Needs: scenario.Needs{State: map[string]string{"parentPortal": "enabled"}}}, placed{Core: true, Site: "main"}},
		{"a site that is in the state is preferred to switching", withControl(target(profile.Site{Name: "main"}, off)), scenario.Scenario{Needs: disabled}, placed{Site: "off"}},
		{"a plain case is not placed on a site by accident of its state", target(off, profile.Site{Name: "main"}), scenario.Scenario{Needs: scenario.Needs{State: map[string]string{"parentPortal": "enabled"}}}, placed{Core: true, Site: "main"}},
		{"control switches the site for it alone", withControl(target()), scenario.Scenario{Needs: disabled}, placed{Site: "main", Switch: disabled.State, Lock: plan.LockSite, Phase: plan.PhaseSite}},
		{"a hook switches, too", withHook(target(), "parentPortal"), scenario.Scenario{Needs: disabled}, placed{Site: "main", Switch: disabled.State, Lock: plan.LockSite, Phase: plan.PhaseSite}},
		{"the global state locks the endpoint", withControl(target(profile.Site{Name: "main"}, off)), scenario.Scenario{Needs: global}, placed{Site: "main", Switch: global.State, Lock: plan.LockEndpoint, Phase: plan.PhaseEndpoint}},
		{"nobody can switch", target(), scenario.Scenario{Needs: disabled}, placed{Skip: "it needs parentPortal to be disabled; switch it by hand and run with --state parentPortal=disabled, give a hook for parentPortal, or run it with --sandbox"}},
		{"a step switches", withControl(target()), scenario.Scenario{Cases: switching}, placed{Site: "main", Lock: plan.LockSite, Phase: plan.PhaseSite}},
		{"a step switches and nobody can", target(), scenario.Scenario{Cases: switching}, placed{Skip: "it switches parentPortal, and nothing can switch it here; run it with --sandbox, or give a hook for parentPortal"}},
		{"exact counts need the site alone", target(), scenario.Scenario{Exclusive: true}, placed{Core: true, Site: "main", Lock: plan.LockSite, Phase: plan.PhaseSite}},
		{"last is last", target(), scenario.Scenario{Last: true}, placed{Core: true, Site: "main", Phase: plan.PhaseLast}},
		{"wrong passwords are last, whatever the scenario says", target(), scenario.Scenario{Cases: steps(scenario.Step{Operation: "readPerson", As: scenario.As{Credentials: "wrong-password"}})}, placed{Core: true, Site: "main", Phase: plan.PhaseLast}},
		{"a feature that is not declared", target(), scenario.Scenario{Needs: scenario.Needs{Features: []string{"f"}}}, placed{Skip: `the profile does not declare the feature "f"; add it to features: if the endpoint has it`}},
		{"control that is not there", target(), scenario.Scenario{Needs: scenario.Needs{Control: true}}, placed{Skip: "it needs the control interface of the sandbox; run it with --sandbox"}},
		{"an anchor chooses the site", target(profile.Site{Name: "main"}, anchored), scenario.Scenario{Needs: scenario.Needs{Anchors: []string{"parentGroup"}}}, placed{Site: "anchored"}},
		{"an anchor that no site has", target(), scenario.Scenario{Needs: scenario.Needs{Anchors: []string{"parentGroup"}}}, placed{Skip: `no site of the profile has the anchor "parentGroup"; add its key to anchors: of a site`}},
		{"a group below the main organisation", target(rooted), scenario.Scenario{Given: class}, placed{Site: "rooted"}},
		{"a group below the main organisation, which is not known", target(), scenario.Scenario{Given: class}, placed{Skip: `no site of the profile has the anchor "rootGroup"; add its key to anchors: of a site`}},
		{"a group below a parent of the scenario", target(), scenario.Scenario{Given: []scenario.Given{{Kind: scenario.GivenGroup, Name: "ClassA", Parent: "Nobody"}}}, placed{Core: true, Site: "main"}},
		{"an identity that stands for an anchor", target(profile.Site{Name: "main"}, anchored), scenario.Scenario{Identities: []scenario.Identity{{Name: "Class", Anchor: "parentGroup"}}}, placed{Site: "anchored"}},
		{"an identity whose anchor no site has", target(anchored), scenario.Scenario{Identities: []scenario.Identity{{Name: "Root", Anchor: "rootGroup"}}}, placed{Skip: `no site of the profile has the anchor "rootGroup"; add its key to anchors: of a site`}},
		{"a group made through control needs no anchor", withControl(target()), scenario.Scenario{Given: controlled}, placed{Site: "main"}},
		{"volume that nobody asked for", withControl(target()), scenario.Scenario{Labels: []string{"volume"}}, placed{Skip: "it is about volume; run it with --volume N, N being how many objects it makes"}},
		{"a second site", target(profile.Site{Name: "main"}, off), scenario.Scenario{Needs: scenario.Needs{Sites: 2}}, placed{Site: "main", Other: "off"}},
		{"a step for a second site that is not there", target(), scenario.Scenario{Cases: steps(scenario.Step{Operation: "readPerson", Site: "other"})}, placed{Skip: "it needs 2 sites and the profile has 1; add a site with credentials of its own"}},
		{"TLS on an https endpoint", target(), scenario.Scenario{Needs: scenario.Needs{TLS: true}}, placed{Site: "main"}},
		{"residue on a real endpoint", target(), scenario.Scenario{Residue: []string{"a course"}}, placed{Skip: "it leaves something behind that cannot be removed; run it with --allow-residue"}},
		{"residue on the sandbox", withControl(target()), scenario.Scenario{Residue: []string{"a course"}}, placed{Site: "main"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, place(t, test.to, test.s, plan.Selection{})); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestTLSIsNeededFromThePlainEndpointOrItsSecureForm(t *testing.T) {
	s := scenario.Scenario{Needs: scenario.Needs{TLS: true}}
	plain := target()
	plain.BaseURL = "http://127.0.0.1:1"
	if got := place(t, plain, s, plan.Selection{}); got.Skip != "it needs TLS and the endpoint is plain HTTP; run it against an https:// endpoint" {
		t.Errorf("%+v", got)
	}
	plain.SecureURL = "https://127.0.0.1:2"
	if got := place(t, plain, s, plan.Selection{}); got.Skip != "" {
		t.Errorf("%+v", got)
	}
}

func TestWhatControlMakesMayBeServedByAnAnchor(t *testing.T) {
	s := scenario.Scenario{
		Given:      []scenario.Given{{Kind: scenario.GivenGroup, Name: "Class", Control: map[string]string{}}},
		Identities: []scenario.Identity{{Name: "Class", Anchor: "parentGroup"}},
	}
	anchored := target(profile.Site{Name: "main", Anchors: map[string]string{"parentGroup": "g-1"}})
	if got := place(t, anchored, s, plan.Selection{}); got.Skip != "" || got.Core {
		t.Errorf("with the anchor: %+v", got)
	}
	if got := place(t, withControl(target()), s, plan.Selection{}); got.Skip != "" {
		t.Errorf("with control: %+v", got)
	}
	want := "it needs a group; run it with --sandbox, or add the key of one to anchors: parentGroup of a site"
	if got := place(t, target(), s, plan.Selection{}); got.Skip != want {
		t.Errorf("with neither: %+v", got)
	}
	s.Identities = []scenario.Identity{{Name: "Class"}}
	want = "it needs a group that only the control interface of the sandbox can make; run it with --sandbox"
	if got := place(t, anchored, s, plan.Selection{}); got.Skip != want {
		t.Errorf("without an anchor's name: %+v", got)
	}
}

func TestAReadOnlyRunSkipsWhatWrites(t *testing.T) {
	tests := []struct {
		name string
		c    scenario.Case
		skip string
	}{
		{"a read", scenario.Case{Steps: []scenario.Step{{Operation: "readPerson"}}}, ""},
		{"a write", scenario.Case{Steps: []scenario.Step{{Operation: "readPerson"}, {Operation: "deletePerson"}}}, "it writes; run it without --read-only"},
		{"a read that may write", scenario.Case{Steps: []scenario.Step{{Operation: "readAllPersons"}}}, "it writes; run it without --read-only"},
		{"something given", scenario.Case{Given: []scenario.Given{{Kind: scenario.GivenPerson, Name: "P"}}, Steps: []scenario.Step{{Operation: "readPerson"}}}, "it writes; run it without --read-only"},
		{"a bare HTTP request", scenario.Case{Steps: []scenario.Step{{HTTP: scenario.HTTP{Query: "wsdl"}}}}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := place(t, target(), scenario.Scenario{Cases: []scenario.Case{test.c}}, plan.Selection{ReadOnly: true})
			if got.Skip != test.skip {
				t.Errorf("skip %q, want %q", got.Skip, test.skip)
			}
		})
	}
}

func TestARealEndpointSeesAtMostThreeWrongPasswords(t *testing.T) {
	var scenarios []scenario.Scenario
	for _, id := range []string{"a", "b", "c", "d"} {
		s := scenario.Scenario{ID: id, Last: true}
		s.Cases = []scenario.Case{{Steps: []scenario.Step{{Operation: "readPerson", As: scenario.As{Credentials: "wrong-password"}}}}}
		scenarios = append(scenarios, s)
	}
	p, err := plan.Select(target(), library(scenarios...), plan.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"a", "b", "c"}, inOrder(p)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if want := "a run sends at most 3 wrong passwords to a real endpoint; run it alone with --only d"; p.Items[3].Skip != want || p.Items[3].Core {
		t.Errorf("the fourth: %+v", p.Items[3])
	}
	if p, err = plan.Select(withControl(target()), library(scenarios...), plan.Selection{}); err != nil || len(p.Order) != 4 {
		t.Errorf("the sandbox sees %v, %v", inOrder(p), err)
	}
}

func TestTheBudgetCountsScenariosCasesRequestsAndObjects(t *testing.T) {
	given := []scenario.Given{{Kind: scenario.GivenPerson, Name: "A"}}
	writing := story(scenario.Scenario{ID: "x/writes", Given: given, Identities: []scenario.Identity{{Name: "A"}, {Name: "B"}, {Name: "G", Anchor: "parentGroup"}}}, "one", "two")
	skipped := story(scenario.Scenario{ID: "x/skipped", Needs: scenario.Needs{Control: true}})
	anchored := target(profile.Site{Name: "main", Anchors: map[string]string{"parentGroup": "g-1"}})
	p, err := plan.Select(anchored, library(story(scenario.Scenario{ID: "x/reads"}), writing, skipped), plan.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	// A read costs one request; each case that writes one given, one step and two
	// for the cleanup.
	want := plan.Budget{Scenarios: 3, Cases: 4, Requests: 1 + 2*(1+1+2), Objects: 4, Skipped: 1}
	if diff := cmp.Diff(want, p.Budget); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestStatesOfSitesAreCompleteInThePlan(t *testing.T) {
	site := profile.Site{Name: "main", States: map[string]string{"parentPortal": "disabled"}}
	to := target(site)
	p, err := plan.Select(to, small(), plan.Selection{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"parentPortal": "disabled", "parentPortalGlobal": "enabled"}
	if diff := cmp.Diff(want, p.Target.Sites[0].States); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(to.Sites[0].States) != 1 {
		t.Error("the given target was changed")
	}
	if !p.EndpointWide("parentPortalGlobal") || p.EndpointWide("parentPortal") {
		t.Error("the scope of a state is lost")
	}
}
