// Package certify judges a run for a certification profile: a named set of
// requirements, of which some count only for endpoints that declare a feature. It is
// pure.
package certify

import (
	"cmp"
	"slices"

	"esconform/reports"
)

// Profile is a certification profile whose patterns have been resolved.
type Profile struct {
	Name        string // e.g. imses-person
	Title       string
	Description string
	Core        []string  // ids of requirements, sorted
	Features    []Feature // sorted by name
	Cases       []Case    // that a run for the profile is made of
}

// Case is a case of a scenario, by their ids.
type Case struct{ ID, Scenario string }

// Feature is an optional feature of a profile.
type Feature struct {
	Name         string   // as endpoints declare it
	Requirements []string // ids that count where it is declared, sorted
}

// Judge says what a run says about a profile (design, section 2, applied to the
// profile's requirements): not conformant when a requirement of the core, or of a
// declared feature, is broken as a failure; inconclusive when one was not tested, a
// case of the profile has no verdict, or the run is not complete; conformant with warnings when one is broken as a warning;
// conformant otherwise.
//
// Only requirements of class verified count. One is tested when a case that was judged
// evaluated an expectation that proves it. One that only skipped cases could prove
// counts only where one of these is core: what needs a control interface, a switched
// state or an anchor says nothing about an endpoint that offers none. What does not
// count is listed.
//
// The report must be summarised. A requirement that the report does not know is one
// that was not tested.
func Judge(p Profile, r reports.Report) reports.Certification {
	facts := look(p, r)
	c := reports.Certification{Profile: p.Name, Title: p.Title, Core: facts.tally(p.Core), Features: []reports.FeatureResult{}}
	for _, f := range p.Features {
		result := reports.FeatureResult{Name: f.Name, Claimed: slices.Contains(r.Target.Features, f.Name), Tally: facts.tally(f.Requirements)}
		if result.Claimed {
			result.Verdict = verdict(r, result.Tally)
		}
		c.Features = append(c.Features, result)
	}
	slices.SortFunc(c.Features, func(a, b reports.FeatureResult) int { return cmp.Compare(a.Name, b.Name) })
	c.Verdict = verdict(r, counting(c)...)
	var doubtful []string
	if c.Verdict != reports.NotConformant {
		doubtful = open(p, r)
	}
	if len(doubtful) > 0 {
		c.Verdict = reports.Inconclusive
	}
	c.Reason = reason(r, c, doubtful)
	return c
}

// counting returns the tallies that the verdict rests on: the core's and those of the
// declared features.
func counting(c reports.Certification) []reports.Tally {
	tallies := []reports.Tally{c.Core}
	for _, f := range c.Features {
		if f.Claimed {
			tallies = append(tallies, f.Tally)
		}
	}
	return tallies
}

// verdict weighs tallies. A run in which no requirement of theirs was tested says
// nothing, whatever the reason.
func verdict(r reports.Report, tallies ...reports.Tally) reports.RunVerdict {
	var sum reports.Tally
	for _, t := range tallies {
		sum.Held += t.Held
		sum.Broken = append(sum.Broken, t.Broken...)
		sum.Warned = append(sum.Warned, t.Warned...)
		sum.NotTested = append(sum.NotTested, t.NotTested...)
	}
	switch {
	case len(sum.Broken) > 0:
		return reports.NotConformant
	case !r.Complete, r.Interrupted, len(sum.NotTested) > 0, sum.Held+len(sum.Warned) == 0:
		return reports.Inconclusive
	case len(sum.Warned) > 0:
		return reports.ConformantWithWarnings
	}
	return reports.Conformant
}
