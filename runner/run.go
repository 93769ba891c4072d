package runner

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"esconform/reports"
)

// Names in Config.OutDir. The executor writes its evidence to EvidenceDir.
const (
	EventsFile  = "events.jsonl"
	ReportFile  = "report.json"
	EvidenceDir = "evidence"
)

// cleanupTime bounds the removal of what is left after an interrupt.
const cleanupTime = 2 * time.Minute

// ErrMaxDuration ends a run that takes longer than its profile allows.
var ErrMaxDuration = errors.New("the run reached its time limit (--max-duration)")

// Run carries out a plan and returns its report. Every item of the plan has a
// result in it: judged, skipped with the plan's reason, in error when the preflight
// failed, or not-run with the reason why the run ended before it.
//
// The report is valid also when there is an error, but it is not complete and never
// says conformant then. An error is: the preflight's, the executor's when it stopped
// early, ErrMaxDuration, the cleanup's, or that of a file that could not be written.
// An interrupt (the context is cancelled) is no error but Report.Interrupted; the
// files are whole then, too.
func Run(ctx context.Context, c Config) (reports.Report, error) {
	if c.Results == nil {
		c.Results = NewResults()
	}
	defer collectRarely()()
	report, err := run(ctx, c)
	c.Results.end(err)
	return report, err
}

// collectRarely lets the heap of a run grow to five times what lives before it is
// collected: a run allocates much and keeps little, and collecting at twice takes a
// sixth of its time. Who has set GOGC is not overruled. It returns what undoes it.
func collectRarely() (undo func()) {
	const usual, rare = 100, 400
	before := debug.SetGCPercent(rare)
	if before != usual {
		debug.SetGCPercent(before)
	}
	return func() { debug.SetGCPercent(before) }
}

func run(ctx context.Context, c Config) (reports.Report, error) {
	r, err := begin(c)
	if err != nil {
		return r.distrusted(err), err
	}
	within, cancel := limit(ctx, c)
	defer cancel()

	r.skip()
	stop := r.preflight(within)
	if stop == nil {
		stop = r.execute(within)
	}
	interrupted := ctx.Err() != nil && r.cut()
	switch {
	case interrupted:
		stop = errorUnless(stop, context.Canceled)
		r.rest("the run was interrupted")
	case within.Err() != nil && r.cut():
		stop = errors.Join(ErrMaxDuration, errorUnless(stop, context.DeadlineExceeded))
		r.rest(ErrMaxDuration.Error())
	case stop != nil:
		r.rest(stop.Error())
	default:
		r.rest("the executor ended without it")
	}
	residue, err := r.cleanup(ctx)
	return r.finish(interrupted, residue, errors.Join(stop, err))
}

// errorUnless drops an error that only says what is known already.
func errorUnless(err, known error) error {
	if errors.Is(err, known) {
		return nil
	}
	return err
}

// limit gives the run's own deadline to the context.
func limit(ctx context.Context, c Config) (context.Context, context.CancelFunc) {
	if d := c.Plan.Target.Limits.MaxDuration; d > 0 {
		return context.WithTimeoutCause(ctx, d, ErrMaxDuration)
	}
	return context.WithCancel(ctx)
}

// preflight makes sure that the endpoint can be tested. When it cannot, nothing
// about the endpoint is known, and each case that should have run is in error
// (design, section 2).
func (r *recorder) preflight(ctx context.Context) error {
	if len(r.config.Plan.Order) == 0 {
		return nil
	}
	err := r.config.Executor.Preflight(ctx)
	if err == nil || ctx.Err() != nil {
		return err
	}
	for _, item := range r.missing() {
		result := blank(item)
		result.Verdict, result.Reason = reports.Error, err.Error()
		r.add(result)
	}
	return err
}

// execute carries the plan out and judges each outcome as it comes.
func (r *recorder) execute(ctx context.Context) error {
	if len(r.config.Plan.Order) == 0 {
		return nil
	}
	pool := newPool(ctx, r)
	defer pool.close()
	return r.config.Executor.Execute(ctx, pool.judge)
}

// rest gives a result to the cases that have none: they did not run.
func (r *recorder) rest(reason string) {
	for _, item := range r.missing() {
		r.record(r.reproducible(r.cutShort(item, reason)))
	}
}

// cleanup removes what the cases could not remove themselves. It has its own time,
// because it matters most after an interrupt.
func (r *recorder) cleanup(ctx context.Context) ([]string, error) {
	if r.config.Cleanup == nil {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupTime)
	defer cancel()
	residue, err := r.config.Cleanup(ctx)
	if err != nil {
		return residue, fmt.Errorf("clean up after the run: %w", err)
	}
	return residue, nil
}
