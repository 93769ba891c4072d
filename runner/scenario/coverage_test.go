package scenario_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
)

// citations says which requirements expectations demand and which they record.
func citations(library scenario.Library) (demanded, recorded map[string]bool) {
	demanded, recorded = map[string]bool{}, map[string]bool{}
	for _, s := range library.Scenarios {
		for _, c := range s.Cases {
			for _, step := range c.Steps {
				for _, e := range step.Expect {
					if e.Observe {
						recorded[e.Proves] = true
					} else {
						demanded[e.Proves] = true
					}
				}
			}
		}
	}
	return demanded, recorded
}

// That every citation is of a requirement that can be proved so is checked by
// loading; this is the other direction.
func TestEveryRequirementIsTreatedAsItsClassSays(t *testing.T) {
	library := loadFixtures(t)
	demanded, recorded := citations(library)
	for _, q := range library.Requirements {
		place := q.Position
		switch {
		case q.Class == scenario.Verified && !q.Universal && !demanded[q.ID]:
			t.Errorf("%s:%d: %s is verified, but no expectation demands it", place.File, place.Line, q.ID)
		case q.Class == scenario.Observed && !recorded[q.ID]:
			t.Errorf("%s:%d: %s is observed, but no expectation records it", place.File, place.Line, q.ID)
		}
	}
}

// Every row of the dossier is in the inventory, and nothing else beside the rules of
// the standards. One row is split into parts, with a letter each.
func TestTheInventoryHasEveryRuleOfTheDossier(t *testing.T) {
	data, err := os.ReadFile("testdata/dossier.txt")
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for id := range strings.FieldsSeq(string(data)) {
		want[id] = true
	}
	got := map[string]bool{}
	for _, q := range loadFixtures(t).Requirements {
		if !strings.HasPrefix(q.ID, "STD-") {
			got[q.ID] = true
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rules (-dossier +inventory):\n%s", diff)
	}
}
