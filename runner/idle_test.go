//go:build !race

package runner_test

import (
	"fmt"
	"slices"
	"testing"

	"esconform/runner/scenario"
)

// idle finds what proves nothing: an expectation that no deviation turned red, and a
// verified requirement that no deviation broke.
func (r *rig) idle(t *testing.T, killed *kills) {
	for _, position := range r.assertions() {
		if !killed.expectations[position] {
			t.Errorf("%s: no deviation turns this expectation red", position)
		}
	}
	for _, q := range r.library.Requirements {
		if q.Class == scenario.Verified && !killed.requirements[q.ID] {
			t.Errorf("%s: no deviation breaks this requirement", q.ID)
		}
	}
}

// assertions are the places of all expectations that assert something, each once.
func (r *rig) assertions() []string {
	var places []string
	for _, sc := range r.library.Scenarios {
		for _, c := range sc.Cases {
			for _, s := range c.Steps {
				for _, e := range s.Expect {
					if !e.Observe && e.Capture == "" {
						places = append(places, fmt.Sprintf("%s:%d", e.Position.File, e.Position.Line))
					}
				}
			}
		}
	}
	slices.Sort(places)
	return slices.Compact(places)
}
