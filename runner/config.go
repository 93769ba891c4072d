// Package runner puts the rooms together: it carries a plan out, judges each case
// the moment its last exchange is in, appends the result to events.jsonl and makes
// the report. It knows neither flags nor terminals.
package runner

import (
	"context"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/plan"
	"esconform/runner/scenario"
)

// Executor carries out a plan. *exchange.Executor is one.
type Executor interface {
	// Preflight makes sure that the endpoint can be talked to at all. Its error is
	// one sentence that says what to do.
	Preflight(ctx context.Context) error
	// Execute carries out the items of the plan that run and calls emit, from any
	// goroutine, as each ends. It returns when all have ended or the context has, and
	// an error when it stopped before all had.
	Execute(ctx context.Context, emit func(plan.Item, evidence.Outcome)) error
}

// Judge gives the result of a case from what was seen of it. It must be pure, so
// that it can be called from several goroutines and again later.
type Judge func(ctx context.Context, item plan.Item, outcome evidence.Outcome) reports.Result

// Config is all that a run needs.
type Config struct {
	Library scenario.Library
	Plan    plan.Plan // with its target
	Profile string    // name of the profile, for the report

	Executor Executor
	Judge    Judge
	// Cleanup removes what is left of the run's objects on the endpoint and returns,
	// one sentence each, what could not be removed; nil when there is nothing to do.
	// It is called once, after the last case, also after an interrupt.
	Cleanup func(ctx context.Context) (residue []string, err error)

	// OutDir is where events.jsonl and report.json go; it is made if it is not
	// there. Empty: nothing is written.
	OutDir       string
	RunID        string
	SuiteVersion string
	Engine       string // name of the XSD engine, for the report
	Strict       bool
	// Challenge is the certifier's text that the executor puts into the message
	// identifiers; for the report.
	Challenge string

	// Reproduce gives the command that runs a case again; nil for none.
	Reproduce func(id string) string
	// Amend changes a result before it is recorded, such as one that is listed as a
	// known failure; nil for no change. It must be pure.
	Amend func(reports.Result) reports.Result
	// Certify judges the summarised report for a certification profile; nil for none.
	Certify func(reports.Report) *reports.Certification
	// Compare compares the report with an earlier one; nil for no comparison.
	Compare func(reports.Report) *reports.Comparison
	// OnResult is called with each result as it comes, one at a time; nil for none.
	OnResult func(reports.Result)
	// Results hands the results to those who wait for them, such as suites; nil when
	// nobody does.
	Results *Results
}
