// Package suites shows the results of a run as a Ginkgo suite. It is a thin layer
// beside the run, and the only package that imports Ginkgo: exchanges, judging and
// reports are made without it, and each spec awaits the result of its case and
// asserts on the findings. The same function serves the binary, `go test ./suites`
// and the ginkgo command.
package suites

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"github.com/onsi/ginkgo/v2"
	"github.com/onsi/ginkgo/v2/extensions/globals"
	"github.com/onsi/ginkgo/v2/formatter"
	"github.com/onsi/ginkgo/v2/types"

	"esconform/reports"
	"esconform/runner/plan"
)

// Results gives the result of a case as soon as there is one. *runner.Results is one.
type Results interface {
	Await(ctx context.Context, id string) (reports.Result, error)
}

// T is what is told that the suite failed: a *testing.T, or any value with Fail.
type T interface{ Fail() }

// Options say how a suite is run. The zero value is ready to use.
type Options struct {
	// Output takes what Ginkgo's reporter writes; nil for standard error. Standard
	// output is for machine-readable results.
	Output io.Writer
	// Verbose names every spec; else there is one line and the failures.
	Verbose bool
	// Timeout ends the suite; 0 for none, because the run has its own.
	Timeout time.Duration
	// Seed is shown by Ginkgo; the order of the specs is that of the plan's ids.
	Seed int64

	// flags are those of Ginkgo; nil for what the process was started with.
	flags func() (types.SuiteConfig, types.ReporterConfig)
	// report takes what Ginkgo reports at the end; for tests of this package.
	report func(ginkgo.Report)
}

// Run runs one suite: a top-level container, a container for each service area, a
// spec for each case, in the order of ids. A spec passes when its case passed or
// warned, is skipped with the reason when the case was skipped or failed as listed,
// and fails with the explanation of package text otherwise. It returns whether no
// spec failed; when one did, t is told, too.
//
// What Ginkgo would end the process for is refused before (a plan without cases, ids
// or labels that it does not take, several processes): Run then writes why to Output,
// tells t and returns false.
//
// Ginkgo keeps one suite in the process, so calls wait for each other, and a call
// must not come from within a spec.
func Run(t T, p plan.Plan, results Results, o Options) bool {
	passed, err := run(context.Background(), p, results, o)
	if err != nil {
		fmt.Fprintln(output(o), err)
	}
	if !passed {
		t.Fail()
	}
	return passed
}

// RunBinary runs the suite inside the program and writes nothing: what there is to
// say of the results, the program says itself. When ctx ends, specs stop waiting. The
// error says why Ginkgo could not run the suite; specs that fail are no error, because
// the verdict comes from the results.
func RunBinary(ctx context.Context, p plan.Plan, results Results) error {
	_, err := run(ctx, p, results, Options{Output: io.Discard, flags: defaults})
	return err
}

// ginkgoMu guards Ginkgo's own globals.
var ginkgoMu sync.Mutex

// configuration is what the flags of go test and of the ginkgo command say. Ginkgo
// forgets them when a suite is run with another configuration.
var configuration = sync.OnceValues(ginkgo.GinkgoConfiguration)

// defaults are the flags of Ginkgo when there are none.
func defaults() (types.SuiteConfig, types.ReporterConfig) {
	return types.NewDefaultSuiteConfig(), types.NewDefaultReporterConfig()
}

func run(ctx context.Context, p plan.Plan, results Results, o Options) (bool, error) {
	ginkgoMu.Lock()
	defer ginkgoMu.Unlock()
	flags := configuration
	if o.flags != nil {
		flags = o.flags
	}
	suite, reporter := flags()
	if err := check(suite, p); err != nil {
		return false, err
	}
	suite.RandomSeed, suite.RandomizeAllSpecs = o.Seed, false
	suite.FailOnEmpty, suite.FailOnPending = true, true
	suite.Timeout = o.Timeout
	reporter.Succinct = !o.Verbose && !reporter.Verbose && !reporter.VeryVerbose
	reporter.Verbose = reporter.Verbose || o.Verbose
	reporter.NoColor = reporter.NoColor || !terminal(output(o))

	console := formatter.ColorableStdOut
	formatter.ColorableStdOut = output(o)
	defer func() { formatter.ColorableStdOut = console }()

	globals.Reset() // also when a suite has run in this process before
	specs(ctx, p, results)
	if o.report != nil {
		ginkgo.ReportAfterSuite("report", o.report)
	}
	return once(func() bool { return ginkgo.RunSpecs(quiet{}, "esconform", suite, reporter) }), nil
}

func output(o Options) io.Writer {
	if o.Output == nil {
		return os.Stderr
	}
	return o.Output
}

// terminal says whether colours can be shown.
func terminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// quiet lets Run tell its caller itself.
type quiet struct{}

// Fail does nothing.
func (quiet) Fail() {}
