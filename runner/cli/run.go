package cli

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"esconform/reports"
	"esconform/runner/plan"
)

func newRun(s Streams) *cobra.Command {
	var f runFlags
	c := &cobra.Command{
		Use:   "run",
		Short: "Replay the documented scenarios against an endpoint",
		Long: `run replays the documented scenarios against an endpoint, judges every answer,
and writes report.json, report.html, junit.xml, summary.md, events.jsonl and the
evidence into --out.

Name what to test: --sandbox, --endpoint URL, or --profile FILE. All objects
that a run makes carry keys of their own and are removed afterwards; nothing
else is written to. If a run is killed, 'esconform cleanup' removes what is
left.

Flags that are set win over the environment (ESCONFORM_ENDPOINT,
ESCONFORM_USERNAME, ESCONFORM_PASSWORD, ...), the environment over the profile.

With --certify NAME it runs what that certification profile needs and judges for
it; it is green only when both the run and the certification are.

Exit codes: 0 conformant; 1 not conformant, or worse than the baseline; 2 usage,
configuration or fixture error; 3 inconclusive; 4 nothing was tested; 130
interrupted.`,
		Example: `  esconform run --sandbox
  esconform run --endpoint https://HOST --username NAME --password-file FILE
  esconform run --profile endpoint.yaml --only imses/person/relationships
  esconform run --profile endpoint.yaml --baseline last/report.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return runRun(cmd, s, f) },
	}
	f.register(c)
	return c
}

// runRun prepares everything and reports all defects before anything is sent.
func runRun(cmd *cobra.Command, s Streams, f runFlags) error {
	ctx, stop := context.WithCancel(cmd.Context())
	defer stop()
	job, err := prepare(ctx, cmd, s, f)
	if err != nil {
		return err
	}
	defer job.close()
	printSetup(s, job)
	if f.dryRun {
		return printDryRun(s, job)
	}
	if err := errors.Join(job.openOutput(), job.removeBundle()); err != nil {
		return usageError(err)
	}
	return job.carryOut(ctx, s)
}

// carryOut runs the plan, writes the reports and turns the verdict into the exit
// code. A report that cannot be written keeps the run from being green.
func (j *job) carryOut(ctx context.Context, s Streams) error {
	show := newProgress(s, len(j.plan.Items))
	report, err := j.execute(ctx, show)
	show.close()
	var again error
	if err != nil && report.Complete { // what failed was beside the run, which does not know
		report, again = j.distrust(report)
	}
	report, writeErr := j.writeAll(report)
	writeErr = errors.Join(writeErr, again)
	printSummary(s, j, report)
	if j.flags.bundle.file != "" && writeErr == nil {
		fmt.Fprintf(s.Err, "bundle       %s\n", j.flags.bundle.file)
	}
	writeErr = errors.Join(writeErr, j.printAnnotations(s, report))
	code := reports.ExitCode(report)
	if trouble := errors.Join(err, writeErr); trouble != nil {
		if code == reports.ExitConformant {
			code = reports.ExitInconclusive
		}
		return &exit{code, trouble}
	}
	return done(code)
}

// planError sorts an error of the plan: nothing selected, or a usage error.
func planError(err error) error {
	var nothing *plan.NothingError
	var empty *plan.EmptyShardError
	if errors.As(err, &nothing) || errors.As(err, &empty) {
		return &exit{reports.ExitNothing, err}
	}
	return usageError(err)
}

// noTarget says what to do when nothing was named to test.
var errNoTarget = errors.New(`nothing to test: name an endpoint.
  esconform run --sandbox                                       the built-in sandbox
  esconform run --endpoint URL --username NAME --password-file FILE
  esconform run --profile FILE`)
