package scenario

import (
	"maps"
	"slices"
)

// Core says whether the case can be run against any endpoint: it needs no control
// interface, no switched state, no anchor, no second site, no declared feature and
// no TLS endpoint, is not about volume, and leaves nothing behind. A run that skips a core case is
// inconclusive.
func (c Case) Core() bool {
	n := c.Scenario.Needs
	if n.Control || n.TLS || n.Sites > 1 || len(n.Switched) > 0 || len(c.Anchors()) > 0 || len(n.Features) > 0 || c.ofVolume() {
		return false
	}
	if len(c.Scenario.Residue) > 0 || slices.ContainsFunc(c.Given, func(g Given) bool { return g.Control != nil }) {
		return false
	}
	return !slices.ContainsFunc(c.Steps, func(s Step) bool { return len(s.Switch) > 0 })
}

// Core says whether all cases of the scenario are core.
func (s Scenario) Core() bool {
	return !slices.ContainsFunc(s.Cases, func(c Case) bool { return !c.Core() })
}

// Operations returns the names of the operations that the case's steps call,
// sorted, each once. What is sent for `given` does not count.
func (c Case) Operations() []string {
	names := map[string]bool{}
	for _, s := range c.Steps {
		if s.Operation != "" {
			names[s.Operation] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// Proves returns the ids of the requirements that the case's expectations cite,
// recorded ones included, sorted, each once.
func (c Case) Proves() []string {
	ids := map[string]bool{}
	for _, s := range c.Steps {
		for _, e := range s.Expect {
			if e.Proves != "" {
				ids[e.Proves] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(ids))
}

// Operations returns the names of the operations that the scenario's cases call,
// sorted, each once.
func (s Scenario) Operations() []string { return s.collect(Case.Operations) }

// Proves returns the ids of the requirements that the scenario's cases cite,
// sorted, each once.
func (s Scenario) Proves() []string { return s.collect(Case.Proves) }

func (s Scenario) collect(of func(Case) []string) []string {
	all := map[string]bool{}
	for _, c := range s.Cases {
		for _, name := range of(c) {
			all[name] = true
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// fillVerifiedBy notes with each requirement which scenarios cite it.
func (l *Library) fillVerifiedBy() {
	by := map[string][]string{}
	for _, s := range l.Scenarios {
		for _, id := range s.Proves() {
			by[id] = append(by[id], s.ID)
		}
	}
	for i := range l.Requirements {
		l.Requirements[i].VerifiedBy = by[l.Requirements[i].ID]
	}
}
