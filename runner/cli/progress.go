package cli

import (
	"fmt"
	"sync"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"esconform/reports"
	"esconform/reports/text"
)

// progress shows results as they come: a bar on a terminal, with a line for each
// case that is not as it should be; elsewhere a plain line for every case.
type progress struct {
	s      Streams
	bars   *mpb.Progress
	bar    *mpb.Bar
	failed int
	mu     sync.Mutex // held while a line is printed
}

func newProgress(s Streams, total int) *progress {
	p := &progress{s: s}
	if !s.Terminal || total == 0 {
		return p
	}
	p.bars = mpb.New(mpb.WithOutput(s.Err), mpb.WithWidth(60))
	p.bar = p.bars.AddBar(int64(total),
		mpb.PrependDecorators(decor.CountersNoUnit("%d of %d cases ")),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return p.count() })),
		mpb.BarRemoveOnComplete())
	return p
}

// result shows one result. It is called for one result at a time.
func (p *progress) result(r reports.Result) {
	bad := r.Verdict != reports.Passed && r.Verdict != reports.Skipped && r.Verdict != reports.KnownFailure
	if bad {
		p.failed++
	}
	if p.bars == nil {
		p.line(text.Line(r))
		return
	}
	if bad {
		p.line(text.Line(r))
	}
	p.bar.Increment()
}

// logf prints a line of the log, above the bar if there is one. It may be called
// from several goroutines.
func (p *progress) logf(format string, args ...any) {
	p.line("  " + text.OneLine(fmt.Sprintf(format, args...), maxShown))
}

func (p *progress) line(s string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bars == nil {
		fmt.Fprintln(p.s.Err, s)
		return
	}
	fmt.Fprintln(p.bars, s)
}

func (p *progress) count() string {
	if p.failed == 0 {
		return ""
	}
	return fmt.Sprintf(" %d not good", p.failed)
}

// close ends the bar, also when the run ended early.
func (p *progress) close() {
	if p.bars == nil {
		return
	}
	p.bar.Abort(true)
	p.bars.Wait()
}
