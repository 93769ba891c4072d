package cli

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"

	"esconform/reports"
	"esconform/runner"
	"esconform/runner/evidence"
	"esconform/runner/judge"
	"esconform/runner/scenario"
	"esconform/xsd/validate"
)

// court is what verdicts are computed with.
type court struct {
	library   scenario.Library
	files     fs.FS
	validator validate.Validator
}

// again computes the results of a case: one, or one for each repetition. A repetition
// that was cut short and has nothing to say is none, as in a run.
func (c court) again(ctx context.Context, report reports.Report, one scenario.Case, core bool, outcomes []evidence.Outcome) []reports.Result {
	var all []reports.Result
	for _, o := range outcomes {
		result := c.judge(ctx, report, one, core, o)
		if report.Selection.Repeat > 1 && o.Interrupted && result.Verdict == reports.NotRun {
			continue
		}
		all = append(all, result)
	}
	return all
}

// judge computes one result, under what the run was judged under.
func (c court) judge(ctx context.Context, report reports.Report, one scenario.Case, core bool, o evidence.Outcome) (again reports.Result) {
	defer func() {
		if fault := recover(); fault != nil { // as in a run: a fault of ours, and no verdict
			again = reports.Result{ID: one.ID(), Verdict: reports.Error, Reason: fmt.Sprintf("judging the case failed: %v", fault)}
		}
	}()
	if slices.Contains(one.Scenario.Labels, scenario.LabelVolume) {
		one.Volume = cmp.Or(report.Selection.Volume, scenario.DefaultVolume)
	}
	o.Exchanges = slices.Clone(o.Exchanges)
	for i := range o.Exchanges { // files are named from the output folder, as in the report
		for _, name := range []*string{&o.Exchanges[i].RequestFile, &o.Exchanges[i].ResponseFile} {
			if *name != "" {
				*name = path.Join(runner.EvidenceDir, *name)
			}
		}
	}
	return judge.Judge(ctx, judge.Input{Case: one, Outcome: o, Requirements: c.library.Requirements, Validator: c.validator,
		Strict: report.Strict, Core: core, Files: c.files, MaxDepth: report.MaxDepth}).Normalise()
}

// outcomesOf are the outcomes of the repetitions of a case, in their order.
func (r record) outcomesOf(id string) []evidence.Outcome {
	var all []evidence.Outcome
	for n := range max(1, r.report.Selection.Repeat) {
		if o, there := r.outcomes[evidence.Key(id, n+1)]; there {
			all = append(all, o)
		}
	}
	return all
}
