package exchange

import (
	"context"
	"errors"
	"sync"

	"esconform/runner/evidence"
	"esconform/runner/plan"
)

// backlog is how many outcomes may wait for emit, in multiples of the concurrency:
// a slow judge then slows the exchanges down instead of filling the memory.
const backlog = 4

// ErrMaxDuration is the cause of the end of a run that took too long.
var ErrMaxDuration = errors.New("the run took longer than --max-duration")

// finished is a case that has ended.
type finished struct {
	item plan.Item
	out  evidence.Outcome
}

// Execute carries the plan out and calls emit as each case ends, after its cleanup,
// one call at a time. It returns nil when every case of the plan's order has been
// emitted, once for each repetition; a *StopError when the network is at fault; the context's cause, or
// ErrMaxDuration, when the run was stopped. What was running then is cleaned up and
// emitted as interrupted; what had not begun is not emitted.
func (e *Executor) Execute(ctx context.Context, emit func(plan.Item, evidence.Outcome)) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if d := e.target.Limits.MaxDuration; d > 0 {
		var release context.CancelFunc
		ctx, release = context.WithTimeoutCause(ctx, d, ErrMaxDuration)
		defer release()
	}
	s := newSchedule(e.plan)
	defer s.stopWith(ctx)()

	workers := max(1, e.target.Limits.Concurrency)
	results := make(chan finished, backlog*workers)
	var group sync.WaitGroup
	for range workers {
		group.Go(func() { e.work(ctx, s, results, cancel) })
	}
	go func() {
		group.Wait()
		close(results)
	}()
	emitted := 0
	for f := range results {
		emit(f.item, f.out)
		if !f.out.Interrupted {
			emitted++
		}
	}
	if emitted == len(e.plan.Order)*e.plan.Repetitions() {
		return stopOf(ctx)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return nil
}

// stopOf returns the *StopError that ended a run with its very last case.
func stopOf(ctx context.Context) error {
	if stop := (*StopError)(nil); errors.As(context.Cause(ctx), &stop) {
		return stop
	}
	return nil
}

// work carries out items until there are none left.
func (e *Executor) work(ctx context.Context, s *schedule, results chan<- finished, cancel context.CancelCauseFunc) {
	for {
		index, ok := s.next()
		if !ok || ctx.Err() != nil {
			return // what was handed out while the run ended has not begun
		}
		e.repeat(ctx, s, index, results, cancel)
	}
}

// repeat carries out one item as often as the plan says, one repetition after the
// other, while it keeps its site. It frees the site before it hands over the last.
func (e *Executor) repeat(ctx context.Context, s *schedule, index int, results chan<- finished, cancel context.CancelCauseFunc) {
	item, last := e.plan.Items[index], e.plan.Repetitions()
	for n := 1; n <= last; n++ {
		if n > 1 && ctx.Err() != nil {
			s.done(index)
			return // this repetition has not begun
		}
		out, err := e.once(ctx, item, n)
		if err != nil {
			cancel(err)
			s.stop()
		}
		if n == last || err != nil {
			s.done(index)
		}
		results <- finished{item, out}
		if err != nil {
			return
		}
	}
}

// once carries out one repetition. The error ends the run.
func (e *Executor) once(ctx context.Context, item plan.Item, repetition int) (evidence.Outcome, error) {
	c, err := e.newCase(item, repetition)
	if err != nil {
		return evidence.Outcome{Scenario: item.Case.Scenario.ID, Case: item.Case.Name, Site: item.Site, Repetition: e.numbered(repetition), Error: err.Error()}, nil
	}
	err = c.run(ctx)
	return c.out, err
}

// numbered is the number of a repetition as it is recorded: none where cases are
// carried out once.
func (e *Executor) numbered(repetition int) int {
	if e.plan.Repetitions() == 1 {
		return 0
	}
	return repetition
}
