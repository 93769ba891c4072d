package certify

import (
	"slices"

	"esconform/reports"
)

// open returns the cases of a profile that a run gave no verdict, sorted: it left them
// out, they ended in an error, did not run, or were skipped although they are core. A
// requirement that another case proves counts as held all the same, but nobody knows
// whether it holds where these look. Cases that only prove requirements of features
// that are not declared do not matter.
func open(p Profile, r reports.Report) []string {
	came := make(map[string]bool, len(r.Scenarios))
	for _, result := range r.Scenarios {
		came[result.ID] = result.Verdict.Judged() || result.Verdict == reports.Skipped && !result.Core
	}
	matters := scenarios(r, p.Core)
	var apart []string
	for _, f := range p.Features {
		if verifying := scenarios(r, f.Requirements); slices.Contains(r.Target.Features, f.Name) {
			matters = append(matters, verifying...)
		} else {
			apart = append(apart, verifying...)
		}
	}
	var ids []string
	for _, c := range p.Cases {
		if !came[c.ID] && (slices.Contains(matters, c.Scenario) || !slices.Contains(apart, c.Scenario)) {
			ids = append(ids, c.ID)
		}
	}
	slices.Sort(ids)
	return ids
}

// scenarios returns those that verify requirements.
func scenarios(r reports.Report, ids []string) []string {
	var all []string
	for _, q := range r.Requirements {
		if slices.Contains(ids, q.ID) {
			all = append(all, q.VerifiedBy...)
		}
	}
	return all
}
