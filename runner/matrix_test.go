//go:build !race

package runner_test

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"sort"
	"strings"
	"sync"
	"testing"

	"esconform/reports"
	"esconform/runner/sandbox"
)

// These tests prove that the scenarios bite: each deviation of the sandbox is found
// and for the right reason, each lawful dialect passes, and no expectation is idle.
// They run without the race detector, which would make them too slow for CI.

// TestMatrixCleanRunHasNoFinding holds for the sandbox as it is.
func TestMatrixCleanRunHasNoFinding(t *testing.T) {
	r := newRig(t)
	for id, j := range r.run(t, r.sandbox(t, sandbox.Options{}), nil) {
		if j.result.Verdict != reports.Passed {
			t.Errorf("%s: %s %s%s", id, j.result.Verdict, j.result.Reason, describe(j.result.Findings))
		}
	}
}

// TestMatrixDialectsHaveNoFinding shows that no lawful way of answering is a false
// alarm.
func TestMatrixDialectsHaveNoFinding(t *testing.T) {
	r := newRig(t)
	for _, d := range sandbox.Dialects() {
		t.Run(d.Name, func(t *testing.T) {
			t.Parallel()
			for id, j := range r.run(t, r.sandbox(t, sandbox.Options{Dialect: []string{d.Name}}), nil) {
				if j.result.Verdict != reports.Passed {
					t.Errorf("%s: %s %s%s", id, j.result.Verdict, j.result.Reason, describe(j.result.Findings))
				}
			}
		})
	}
}

// TestMatrixDeviationsAreFound asserts the kill matrix.
func TestMatrixDeviationsAreFound(t *testing.T) {
	r := newRig(t)
	reached := r.reached(t)
	killed := newKills()
	t.Run("deviation", func(t *testing.T) {
		for _, d := range sandbox.Deviations() {
			t.Run(d.Name, func(t *testing.T) {
				t.Parallel()
				r.deviation(t, d, reached[d.Name], killed)
			})
		}
	})
	t.Run("idle", func(t *testing.T) { r.idle(t, killed) })
	t.Run("copies", func(t *testing.T) { r.copies(t, killed) })
}

// deviation runs the cases that reach a deviation's place in the code and holds the
// findings against what the deviation says of itself.
func (r *rig) deviation(t *testing.T, d sandbox.Deviation, want map[string]bool, killed *kills) {
	if len(want) == 0 {
		t.Fatalf("no scenario reaches the place of %s (%s)", d.Name, d.Requirement)
	}
	if os.Getenv("ESCONFORM_MATRIX") == "full" {
		want = nil
	}
	hit, strange := 0, map[string][]string{}
	for id, j := range r.run(t, r.sandbox(t, sandbox.Options{Deviate: []string{d.Name}}), want) {
		if len(j.result.Findings) > 0 {
			killed.by(id, d.Name)
		}
		for _, f := range j.result.Findings {
			killed.add(f)
			switch {
			case f.Requirement == d.Requirement && weighs(f.Weight, d.Level):
				hit++
			case f.Requirement == d.Requirement || slices.Contains(d.Affects, f.Requirement):
			default:
				strange[f.Requirement] = append(strange[f.Requirement], fmt.Sprintf("%s step %d: %s %s", id, f.Step, f.Expectation, f.Message))
			}
		}
	}
	if hit == 0 {
		t.Errorf("%s survives: no finding cites %s at its level (%d cases reach it)", d.Name, d.Requirement, len(want))
	}
	for _, requirement := range slices.Sorted(maps.Keys(strange)) {
		t.Errorf("%s (%s): %d findings cite %s, which is not in affects, e.g. %s", d.Name, d.Requirement,
			len(strange[requirement]), requirement, strange[requirement][0])
	}
}

// weighs says whether a finding's weight is that of a level: a must fails, or warns
// when it rests on client code or inference; a should warns.
func weighs(w reports.Weight, level string) bool {
	return w == reports.Warning || level == "must" && w == reports.Failure
}

// reached runs every case alone on a clean sandbox and returns, for each deviation,
// the cases that come to its place in the code.
func (r *rig) reached(t *testing.T) map[string]map[string]bool {
	b := r.sandbox(t, sandbox.Options{})
	all := map[string]map[string]bool{}
	for _, sc := range r.library.Scenarios {
		for _, c := range sc.Cases {
			r.run(t, b, map[string]bool{c.ID(): true})
			for _, site := range b.server.Sites() {
				for _, name := range b.server.Reached(site.Name) {
					if all[name] == nil {
						all[name] = map[string]bool{}
					}
					all[name][c.ID()] = true
				}
				b.server.ResetReached(site.Name)
			}
		}
	}
	return all
}

// kills collects the expectations and the requirements that some deviation turned
// red.
type kills struct {
	mu           sync.Mutex
	expectations map[string]bool // file:line
	requirements map[string]bool
	cases        map[string][]string // the deviations that each case finds
}

func newKills() *kills {
	return &kills{expectations: map[string]bool{}, requirements: map[string]bool{}, cases: map[string][]string{}}
}

func (k *kills) by(id, deviation string) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.cases[id] = append(k.cases[id], deviation)
}

func (k *kills) add(f reports.Finding) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.expectations[f.Expectation] = true
	k.requirements[f.Requirement] = true
}

func describe(findings []reports.Finding) string {
	lines := make([]string, 0, len(findings))
	for _, f := range findings {
		lines = append(lines, fmt.Sprintf("\n    step %d %s %s %s: %s (wanted %q, got %q)", f.Step, f.Expectation, f.Requirement, f.Path, f.Message, f.Wanted, f.Got))
	}
	sort.Strings(lines)
	return strings.Join(lines, "")
}
