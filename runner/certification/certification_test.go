package certification_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/fixtures"
	"esconform/runner/certification"
	"esconform/runner/sandbox"
	"esconform/runner/scenario"
)

func load(t *testing.T) (scenario.Library, []certification.Profile) {
	t.Helper()
	library, err := scenario.Load(t.Context(), fixtures.Files())
	if err != nil {
		t.Fatal(err)
	}
	profiles, err := certification.Load(library)
	if err != nil {
		t.Fatal(err)
	}
	return library, profiles
}

// scenarios are those of the cases that a run for a profile is made of.
func scenarios(p certification.Profile, library scenario.Library, declared []string) []string {
	var ids []string
	for _, c := range p.For(library, declared).Cases {
		ids = append(ids, c.Scenario)
	}
	return slices.Compact(ids)
}

// A certificate is to be had: what counts is proved by a scenario that the
// certification selects, or by every exchange.
func TestEveryRequirementThatCountsIsProvedByASelectedScenario(t *testing.T) {
	library, profiles := load(t)
	for _, p := range profiles {
		t.Run(p.Name, func(t *testing.T) {
			proved := map[string]bool{}
			for _, id := range scenarios(p, library, sandbox.Features()) {
				s, _ := library.Scenario(id)
				for _, requirement := range s.Proves() {
					proved[requirement] = true
				}
			}
			for _, id := range counting(p) {
				q, _ := library.Requirements.Lookup(id)
				if q.Class == scenario.Verified && !q.Universal && !proved[id] {
					t.Errorf("%s is proved by no scenario of the profile: %v", id, q.VerifiedBy)
				}
			}
		})
	}
}

func counting(p certification.Profile) []string {
	ids := slices.Clone(p.Core)
	for _, f := range p.Features {
		ids = append(ids, f.Requirements...)
	}
	return ids
}

func TestTheFullProfileHoldsEveryRequirementOfTheInventory(t *testing.T) {
	library, profiles := load(t)
	full, err := certification.Find(profiles, "imses-full")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, q := range library.Requirements {
		all = append(all, q.ID)
	}
	got := counting(full)
	slices.Sort(got)
	if diff := cmp.Diff(all, got); diff != "" {
		t.Errorf("(-inventory +core and features)\n%s", diff)
	}
	if n := len(scenarios(full, library, sandbox.Features())); n != len(library.Scenarios) {
		t.Errorf("%d of %d scenarios are selected", n, len(library.Scenarios))
	}
}

// Every verified must of the areas of persons, groups and memberships is in one of
// the smaller profiles, so that both together lose nothing.
func TestTheSmallerProfilesTogetherHoldEveryMust(t *testing.T) {
	library, profiles := load(t)
	var together []string
	for _, p := range profiles {
		if p.Name != "imses-full" {
			together = append(together, counting(p)...)
		}
	}
	for _, q := range library.Requirements {
		if q.Class == scenario.Verified && q.Level == scenario.Must && !slices.Contains(together, q.ID) {
			t.Errorf("%s (%s) is in no profile but imses-full", q.ID, q.Area)
		}
	}
}

func TestNoRequirementIsBothCoreAndOptional(t *testing.T) {
	_, profiles := load(t)
	for _, p := range profiles {
		ids := counting(p)
		slices.Sort(ids)
		if once := slices.Compact(slices.Clone(ids)); len(once) != len(ids) {
			t.Errorf("%s: %d requirements, %d different ones", p.Name, len(ids), len(once))
		}
	}
}

// A requirement stands under a feature exactly when only scenarios that need the
// feature prove it: else an endpoint without the feature could never be certified, or
// one with it would be certified for less.
func TestFeaturesHoldWhatOnlyTheirScenariosProve(t *testing.T) {
	library, profiles := load(t)
	for _, p := range profiles {
		needs := needed(library, p)
		for _, id := range counting(p) {
			q, _ := library.Requirements.Lookup(id)
			if want, got := shared(q, needs), under(p, id); q.Class == scenario.Verified && want != got {
				t.Errorf("%s: %s is under %q, and its scenarios need %q", p.Name, id, got, want)
			}
		}
	}
}

// needed are the features that each scenario of a profile needs: those that it names,
// and the one that brings the service it calls.
func needed(library scenario.Library, p certification.Profile) map[string][]string {
	needs := map[string][]string{}
	always := scenarios(p, library, nil)
	for _, id := range scenarios(p, library, sandbox.Features()) {
		s, _ := library.Scenario(id)
		needs[id] = slices.Clone(s.Needs.Features)
		for _, f := range p.Features {
			if !slices.Contains(always, id) && slices.Contains(scenarios(p, library, []string{f.Name}), id) {
				needs[id] = append(needs[id], f.Name)
			}
		}
	}
	return needs
}

// shared is the feature that all scenarios which prove a requirement need; empty for
// none.
func shared(q scenario.Requirement, needs map[string][]string) string {
	var features []string
	first := true
	for _, id := range q.VerifiedBy {
		of, selected := needs[id]
		if !selected {
			continue
		}
		if first {
			features, first = slices.Clone(of), false
		}
		features = slices.DeleteFunc(features, func(f string) bool { return !slices.Contains(of, f) })
	}
	if q.Universal || len(features) == 0 {
		return ""
	}
	return features[0]
}

func under(p certification.Profile, id string) string {
	for _, f := range p.Features {
		if slices.Contains(f.Requirements, id) {
			return f.Name
		}
	}
	return ""
}

func TestFeaturesAreThoseThatScenariosNeed(t *testing.T) {
	library, profiles := load(t)
	needed := map[string]bool{}
	for _, s := range library.Scenarios {
		for _, f := range s.Needs.Features {
			needed[f] = true
		}
	}
	for _, p := range profiles {
		for _, f := range p.Features {
			if !needed[f.Name] {
				t.Errorf("%s: no scenario needs the feature %s", p.Name, f.Name)
			}
		}
	}
}

// Without the service of a feature, scenarios that call it are no part of the run.
func TestTheServiceOfAFeatureIsCalledOnlyWhereItIsDeclared(t *testing.T) {
	library, profiles := load(t)
	person, err := certification.Find(profiles, "imses-person")
	if err != nil {
		t.Fatal(err)
	}
	const extended = "imses/wsdl/extended-service"
	for feature, want := range map[string]bool{"customStrings": false, "readAllPersons": true} {
		if got := slices.Contains(scenarios(person, library, []string{feature}), extended); got != want {
			t.Errorf("with %s: %s selected: %v", feature, extended, got)
		}
	}
	for _, id := range scenarios(person, library, sandbox.Features()) {
		if strings.HasPrefix(id, "imses/group/") || strings.HasPrefix(id, "imses/membership/") {
			t.Errorf("%s is selected", id)
		}
	}
}
