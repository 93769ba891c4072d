package runner

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/plan"
)

// pool judges outcomes on as many goroutines as there are processors. While all are
// busy, whoever brings an outcome waits, so that unjudged ones do not pile up.
type pool struct {
	ctx      context.Context
	recorder *recorder
	work     chan outcome
	workers  sync.WaitGroup
}

type outcome struct {
	item plan.Item
	seen evidence.Outcome
}

// newPool starts the workers. What was seen before an interrupt is still judged.
func newPool(ctx context.Context, r *recorder) *pool {
	p := &pool{ctx: context.WithoutCancel(ctx), recorder: r, work: make(chan outcome)}
	for range runtime.GOMAXPROCS(0) {
		p.workers.Go(func() {
			for o := range p.work {
				p.take(o)
			}
		})
	}
	return p
}

// judge takes an outcome; it is what the executor emits to.
func (p *pool) judge(item plan.Item, seen evidence.Outcome) { p.work <- outcome{item, seen} }

// close waits until all outcomes are judged and recorded.
func (p *pool) close() {
	close(p.work)
	p.workers.Wait()
}

// take judges an outcome and records the result. A repetition that was cut short and
// has nothing to say is none.
func (p *pool) take(o outcome) {
	result := p.result(o)
	switch {
	case p.recorder.config.Plan.Repetitions() == 1:
		p.recorder.add(result)
	case o.seen.Interrupted && result.Verdict == reports.NotRun:
	default:
		p.recorder.repetition(o.item, o.seen.Repetition, result)
	}
}

// result judges an outcome. A judge that panics on a hostile answer is our fault:
// the case is in error, and the run goes on.
func (p *pool) result(o outcome) (result reports.Result) {
	defer func() {
		if fault := recover(); fault != nil {
			result = blank(o.item)
			result.Verdict = reports.Error
			result.Reason = "judging the case failed; this is a fault of esconform, not of the endpoint"
			result.Findings = []reports.Finding{{Weight: reports.Trouble, Message: fmt.Sprint(fault), Got: string(debug.Stack())}}
		}
		if o.seen.Interrupted {
			p.recorder.interrupted()
		}
	}()
	recorded := o.seen.Exchanges
	o.seen.Exchanges = located(recorded)
	result = complete(o, p.recorder.config.Judge(p.ctx, o.item, o.seen))
	if result.Verdict != reports.Passed {
		result = p.show(result, recorded)
	}
	return result
}

// show writes the envelopes of a case that is not as it should be as files that
// people can open. When that fails the case is in error: its findings would point to
// files that are not there.
func (p *pool) show(result reports.Result, recorded []evidence.Exchange) reports.Result {
	if p.recorder.config.OutDir == "" || len(recorded) == 0 || recorded[0].RequestFile+recorded[0].ResponseFile == "" {
		return result
	}
	if err := evidence.WriteFiles(filepath.Join(p.recorder.config.OutDir, EvidenceDir), recorded); err != nil {
		result.Verdict, result.Reason = reports.Error, err.Error()
	}
	return result
}

// located names the files of exchanges as a report does: from the output folder. The
// executor names them from the folder of the evidence.
func located(exchanges []evidence.Exchange) []evidence.Exchange {
	exchanges = slices.Clone(exchanges)
	for i := range exchanges {
		for _, name := range []*string{&exchanges[i].RequestFile, &exchanges[i].ResponseFile} {
			if *name != "" {
				*name = path.Join(EvidenceDir, *name)
			}
		}
	}
	return exchanges
}

// complete sets what the plan and the recording know and a judge does not.
func complete(o outcome, judged reports.Result) reports.Result {
	place := blank(o.item)
	judged.ID, judged.Scenario, judged.Area, judged.Core = place.ID, place.Scenario, place.Area, place.Core
	judged.Title, judged.Source, judged.Labels, judged.Operations = place.Title, place.Source, place.Labels, place.Operations
	judged.Site = cmp.Or(o.seen.Site, place.Site)
	judged.Steps = steps(o.seen, judged.Verdict)
	judged.StartedAt, judged.DurationMS = o.seen.StartedAt, o.seen.Duration.Milliseconds()
	for _, e := range o.seen.Exchanges {
		if name := cmp.Or(e.RequestFile, e.ResponseFile); name != "" && judged.Verdict != reports.Passed {
			judged.Evidence = path.Dir(name)
			break
		}
	}
	return judged
}
