package certify

import (
	"slices"

	"esconform/reports"
)

// verified is the class of requirements that expectations prove.
const verified = "verified"

// facts are what a run says about each requirement.
type facts struct {
	known          map[string]reports.Requirement
	tested         map[string]bool // a judged case evaluated an expectation that proves it
	broken, warned map[string]bool
	// could holds the scenarios that could have proved more than they did: a case was
	// left out although the profile has it, did not come to its end, or was skipped
	// although it is core. What passed proved all that it can.
	could map[string]bool
}

func look(p Profile, r reports.Report) facts {
	f := facts{known: map[string]reports.Requirement{}, tested: map[string]bool{}, broken: map[string]bool{},
		warned: map[string]bool{}, could: map[string]bool{}}
	for _, q := range r.Requirements {
		f.known[q.ID] = q
	}
	ran := make(map[string]bool, len(r.Scenarios))
	for _, result := range r.Scenarios {
		ran[result.ID] = true
		if unfinished(result) {
			f.could[result.Scenario] = true
		}
		for _, id := range result.Failures() {
			f.broken[id] = true
		}
		for _, id := range result.Broken() {
			f.warned[id] = true // those in broken count there
		}
		if result.Verdict.Judged() {
			for _, id := range result.Proves {
				f.tested[id] = true
			}
		}
	}
	for _, c := range p.Cases {
		if !ran[c.ID] {
			f.could[c.Scenario] = true
		}
	}
	return f
}

// unfinished says whether a case could have proved more than it did. One that failed
// may have ended before its last expectation.
func unfinished(r reports.Result) bool {
	switch r.Verdict {
	case reports.Passed, reports.Warned, reports.UnexpectedPass:
		return false
	case reports.Skipped:
		return r.Core
	}
	return true
}

// tally sorts requirements by what the run says about them.
func (f facts) tally(ids []string) reports.Tally {
	t := reports.Tally{Broken: []string{}, Warned: []string{}, NotTested: []string{}}
	for _, id := range slices.Sorted(slices.Values(ids)) {
		q, known := f.known[id]
		switch {
		case known && q.Class != verified:
			t.NotCounted = append(t.NotCounted, id)
		case f.broken[id]:
			t.Broken = append(t.Broken, id)
		case f.warned[id]:
			t.Warned = append(t.Warned, id)
		case f.tested[id]:
			t.Held++
		case f.provableHere(q):
			t.NotTested = append(t.NotTested, id)
		default:
			t.NotProvable = append(t.NotProvable, id)
		}
	}
	t.Total = t.Held + len(t.Broken) + len(t.Warned) + len(t.NotTested)
	return t
}

// provableHere says whether a scenario could have proved the requirement on this
// endpoint. Where no scenario is named, every exchange could.
func (f facts) provableHere(q reports.Requirement) bool {
	return len(q.VerifiedBy) == 0 || slices.ContainsFunc(q.VerifiedBy, func(scenario string) bool { return f.could[scenario] })
}
