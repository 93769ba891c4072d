//go:build !race

package runner_test

import (
	"fmt"
	"slices"
	"strings"
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

// copies finds cases that prove the same: the same steps, and the same deviations
// found. At most one in ten may be such a one.
func (r *rig) copies(t *testing.T, killed *kills) {
	seen, total := map[string]string{}, 0
	var copied []string
	for _, sc := range r.library.Scenarios {
		for _, c := range sc.Cases {
			found := slices.Sorted(slices.Values(killed.cases[c.ID()]))
			signature := fmt.Sprint(steps(c), found)
			total++
			if first, ok := seen[signature]; ok {
				copied = append(copied, c.ID()+" proves what "+first+" proves")
				continue
			}
			seen[signature] = c.ID()
		}
	}
	t.Logf("%d of %d cases have the same steps and find the same deviations as another", len(copied), total)
	if 10*len(copied) > total {
		t.Errorf("more than one case in ten proves what another does:\n%s", strings.Join(copied, "\n"))
	}
}

// steps are the operations that a case calls and what it sends to them, in order.
func steps(c scenario.Case) []string {
	var all []string
	for _, s := range c.Steps {
		all = append(all, fmt.Sprint(s.Operation, " ", s.Request, " ", s.As, " ", s.HTTP, " ", s.Mutate, " ", s.Switch))
	}
	return all
}
