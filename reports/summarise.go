package reports

import (
	"cmp"
	"slices"
)

// Summarise returns the report with everything that follows from its results:
// results in the order of their ids, counts, coverage of the requirements, verdict
// and reason. The facts of the run (target, times, Selection, Library, Complete, Interrupted, Residue,
// Baseline) are taken as they are. It is pure: it neither reads a clock nor changes
// its argument, and summarising twice changes nothing.
func Summarise(r Report) Report {
	r.StartedAt, r.FinishedAt = normaliseTime(r.StartedAt), normaliseTime(r.FinishedAt)
	r.Target.Sites = filled(r.Target.Sites)
	if len(r.Target.States) == 0 {
		r.Target.States = nil
	}
	r.Target.Features = dropEmpty(r.Target.Features)
	r.Selection.Only, r.Selection.Missing = filled(r.Selection.Only), dropEmpty(r.Selection.Missing)
	r.Residue = slices.Clone(dropEmpty(r.Residue))
	slices.Sort(r.Residue)

	results := make([]Result, len(r.Scenarios))
	for i, result := range r.Scenarios {
		results[i] = result.Normalise()
	}
	slices.SortStableFunc(results, ByID)
	r.Scenarios = results

	r.Requirements = Cover(r.Requirements, results)
	slices.SortStableFunc(r.Requirements, func(a, b Requirement) int { return cmp.Compare(a.ID, b.ID) })
	for i := range r.Requirements {
		r.Requirements[i].VerifiedBy = filled(r.Requirements[i].VerifiedBy)
	}

	r.Counts = Count(results)
	r.Verdict, r.Reason = judge(r)
	return r
}
