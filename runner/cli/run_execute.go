package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"esconform/reports"
	"esconform/runner"
	"esconform/runner/evidence"
	"esconform/runner/exchange"
	"esconform/runner/judge"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/scenario"
	"esconform/suites"
)

// execute carries the plan out. The results pass through the Ginkgo suites, which
// assert on them as `go test ./suites` does.
func (j *job) execute(ctx context.Context, show *progress) (reports.Report, error) {
	options := j.exchangeOptions()
	if j.flags.verbose {
		options.Logf = show.logf
	}
	executor, err := exchange.New(options)
	if err != nil {
		return reports.Report{}, err
	}
	results := runner.NewResults()
	type ended struct {
		report reports.Report
		err    error
	}
	run := make(chan ended, 1)
	go func() {
		report, err := runner.Run(ctx, j.config(executor, results, show))
		run <- ended{report, err}
	}()
	suiteErr := j.runSuites(ctx, results)
	e := <-run
	return e.report, errors.Join(e.err, suiteErr, executor.Close())
}

func (j *job) exchangeOptions() exchange.Options {
	return exchange.Options{Plan: j.plan, Validator: j.validator, Ledger: j.ledger, Files: j.files,
		ReadOnly: j.flags.readOnly, Challenge: j.flags.bundle.challenge, RunID: j.runID, EvidenceDir: filepath.Join(j.flags.out, evidenceDir)}
}

func (j *job) config(executor *exchange.Executor, results *runner.Results, show *progress) runner.Config {
	return runner.Config{
		Library: j.library, Plan: j.plan, Profile: j.target.Name,
		Executor: executor, Judge: j.judge,
		Cleanup: func(ctx context.Context) ([]string, error) { return ledger.Cleanup(ctx, j.ledger, executor) },
		OutDir:  j.flags.out, RunID: j.runID, Challenge: j.flags.bundle.challenge, SuiteVersion: j.suite, Engine: j.validator.Name(), Strict: j.flags.strict,
		Reproduce: j.reproduce, Certify: j.judgeCertification(), Compare: j.compare(), Amend: j.amend(), OnResult: show.result, Results: results,
	}
}

// judge judges one case.
func (j *job) judge(ctx context.Context, item plan.Item, outcome evidence.Outcome) reports.Result {
	return judge.Judge(ctx, judge.Input{Case: item.Case, Outcome: outcome, Requirements: j.library.Requirements,
		Validator: j.validator, Strict: j.flags.strict, Core: item.Core, Files: j.files, MaxDepth: j.target.Limits.MaxDepth})
}

// reproduce is the command that runs a case again.
func (j *job) reproduce(id string) string {
	words := []string{"esconform run"}
	if j.targetArgs != "" {
		words = append(words, j.targetArgs)
	}
	if n := j.volumeOf(id); n > 0 {
		words = append(words, fmt.Sprintf("--volume %d", n))
	}
	if j.flags.residue && j.leavesResidue(id) {
		words = append(words, "--allow-residue")
	}
	if n := j.plan.Repetitions(); n > 1 {
		words = append(words, fmt.Sprintf("--repeat %d", n))
	}
	return strings.Join(append(words, "--only", shellQuote(id)), " ")
}

// volumeOf returns how many objects a case of volume makes; 0 for other cases.
func (j *job) volumeOf(id string) int {
	for _, item := range j.plan.Items {
		if item.Case.ID() == id && slices.Contains(item.Case.Scenario.Labels, scenario.LabelVolume) {
			return item.Case.Volume
		}
	}
	return 0
}

// leavesResidue says whether a case leaves something behind.
func (j *job) leavesResidue(id string) bool {
	return slices.ContainsFunc(j.plan.Items, func(item plan.Item) bool {
		return item.Case.ID() == id && len(item.Case.Scenario.Residue) > 0
	})
}

// runSuites passes the results through Ginkgo.
func (j *job) runSuites(ctx context.Context, results *runner.Results) error {
	return suites.RunBinary(ctx, j.plan, results)
}
