package cli

import (
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"esconform/reports"
	"esconform/reports/baseline"
	"esconform/runner/plan"
)

// compare returns the comparison with --baseline; nil without one. Of the earlier
// report counts what this run selects, so that what was left out is not gone.
func (j *job) compare() func(reports.Report) *reports.Comparison {
	if j.baseline == nil {
		return nil
	}
	planned := make(map[string]bool, len(j.plan.Items))
	for _, item := range j.plan.Items {
		planned[item.Case.ID()] = true
	}
	there := make(map[string]bool)
	for _, id := range caseIDs(j.library) {
		there[id] = true
	}
	return func(report reports.Report) *reports.Comparison {
		old := baseline.Restrict(*j.baseline, func(r reports.Result) bool {
			return planned[r.ID] || !there[r.ID] && j.wouldSelect(r)
		})
		c := baseline.Compare(old, report)
		c.Report = j.flags.baseline
		return &c
	}
}

// wouldSelect says whether this run would have selected a case that is no longer in
// the library. By labels and by an earlier report that cannot be said: what such a run
// does not select is not missed.
func (j *job) wouldSelect(r reports.Result) bool {
	s := j.plan.Selection
	switch {
	case s.Labels != "", s.Rerun != nil, !s.Shard.Whole() && !s.Shard.Holds(r.Scenario):
		return false
	case len(s.Only) == 0:
		return true
	}
	return slices.ContainsFunc(s.Only, func(pattern string) bool { return plan.Matches(pattern, r.ID) })
}

// notEmpty refuses flags that were set to nothing, such as to a variable that is not
// set: the run would silently be compared with nothing, judged for nothing, or lack the
// scenarios of a vendor.
func notEmpty(cmd *cobra.Command, names ...string) error {
	var defects []error
	for _, name := range names {
		if f := cmd.Flags().Lookup(name); f.Changed && f.Value.String() == "" {
			defects = append(defects, fmt.Errorf("--%s is empty; give it a value, or leave the flag out", name))
		}
	}
	return errors.Join(defects...)
}
