package certification_test

import (
	"slices"
	"testing"

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

// A certificate is to be had: what counts is proved by a scenario that the
// certification selects, or by every exchange.
func TestEveryRequirementThatCountsIsProvedByASelectedScenario(t *testing.T) {
	library, profiles := load(t)
	for _, p := range profiles {
		t.Run(p.Name, func(t *testing.T) {
			proved := map[string]bool{}
			for _, id := range p.For(library, sandbox.Features()).Scenarios {
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
