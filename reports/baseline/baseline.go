// Package baseline compares a run with an earlier report, so that a gate can be red
// for exactly what got worse.
package baseline

import (
	"cmp"
	"slices"

	"esconform/reports"
)

// Compare says what is worse and what is better in the new report. It is pure.
//
// A case is worse when
//   - its verdict is: from passed to warned, to one that says nothing (skipped,
//     not-run, error), to failed or unexpected-pass, or from any of these to a later
//     one. A failed case that can no longer be judged is neither worse nor better;
//   - it was judged before and is now, and breaks a requirement that it did not
//     break before, or breaks one as a failure that was a warning;
//   - it was judged before and ended in an error now, after it had failed a requirement
//     that it did not break before;
//   - the old report does not have it and it fails;
//   - the new report does not have it and it had been judged: also what had failed,
//     because a failure is not repaired by removing what shows it.
//
// A known failure is never worse: somebody answers for it until a day. Only a warning
// that it did not have before is. What was a known failure and has failed otherwise,
// or is no longer on the list, is worse.
//
// A case is better when its verdict is one of passed and warned and was further
// down. Appeared and vanished ids are listed, whatever their verdict. A case that
// is not in a report counts there as not-run.
//
// LostCoverage are the requirements that were held, broken or observed and are not
// tested now, or were held or broken and are only observed. It needs the outcomes that
// reports.Summarise gives.
func Compare(old, new reports.Report) reports.Comparison {
	before, after := byID(old), byID(new)
	c := reports.Comparison{Worse: []reports.Change{}, Better: []reports.Change{}, Appeared: []string{}, Vanished: []string{}}
	for id, now := range after {
		was, known := before[id]
		if !known {
			was = reports.Result{Verdict: reports.NotRun}
			c.Appeared = append(c.Appeared, id)
		}
		change := reports.Change{ID: id, From: was.Verdict, To: now.Verdict, New: newlyBroken(was, now)}
		switch {
		case now.Verdict != reports.KnownFailure && grade(now.Verdict) > grade(was.Verdict),
			was.Verdict.Judged() && (len(change.New) > 0 || brokeBefore(was, now)):
			c.Worse = append(c.Worse, change)
		case known && good(now.Verdict) && grade(now.Verdict) < grade(was.Verdict):
			c.Better = append(c.Better, change)
		}
	}
	for id, was := range before {
		if _, there := after[id]; there {
			continue
		}
		c.Vanished = append(c.Vanished, id)
		if was.Verdict.Judged() {
			c.Worse = append(c.Worse, reports.Change{ID: id, From: was.Verdict, To: reports.NotRun})
		}
	}
	sortAll(c)
	c.LostCoverage, c.Caveats = lostCoverage(old.Requirements, new.Requirements), caveats(old, new)
	return c
}

// Restrict returns a report with only those results that a run with a narrower
// selection could have had, so that what was not selected does not count as
// vanished.
func Restrict(r reports.Report, selected func(reports.Result) bool) reports.Report {
	r.Scenarios = slices.DeleteFunc(slices.Clone(r.Scenarios), func(result reports.Result) bool { return !selected(result) })
	return reports.Summarise(r)
}

// grade orders verdicts for a gate: what says nothing about the endpoint is one
// grade, between the good verdicts and the bad ones.
func grade(v reports.Verdict) int {
	switch v {
	case reports.Passed:
		return 0
	case reports.Warned:
		return 1
	case reports.Failed, reports.UnexpectedPass:
		return 3
	}
	return 2
}

func good(v reports.Verdict) bool { return v == reports.Passed || v == reports.Warned }

// newlyBroken returns the requirements that are broken now and were not before, and
// those that are broken as a failure now and were a warning before. A case that is
// not judged now breaks nothing, and the failures of a known one are on the list.
func newlyBroken(was, now reports.Result) []string {
	if !now.Verdict.Judged() {
		return nil
	}
	broken, failures := was.Broken(), was.Failures()
	var ids []string
	listed := now.Verdict == reports.KnownFailure
	for _, id := range now.Broken() {
		if !slices.Contains(broken, id) && !(listed && slices.Contains(now.Failures(), id)) {
			ids = append(ids, id)
		}
	}
	if listed {
		return ids
	}
	for _, id := range now.Failures() {
		if slices.Contains(broken, id) && !slices.Contains(failures, id) {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

// brokeBefore says whether a case that ended in an error had failed a requirement
// before it did, which it did not break in the earlier run.
func brokeBefore(was, now reports.Result) bool {
	broken := was.Broken()
	return now.Verdict == reports.Error && slices.ContainsFunc(now.Failures(), func(id string) bool { return !slices.Contains(broken, id) })
}

func byID(r reports.Report) map[string]reports.Result {
	results := make(map[string]reports.Result, len(r.Scenarios))
	for _, result := range r.Scenarios {
		results[result.ID] = result
	}
	return results
}

func sortAll(c reports.Comparison) {
	order := func(a, b reports.Change) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(c.Worse, order)
	slices.SortFunc(c.Better, order)
	slices.Sort(c.Appeared)
	slices.Sort(c.Vanished)
}
