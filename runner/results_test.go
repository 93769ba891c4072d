package runner_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner"
	"esconform/runner/evidence"
	"esconform/runner/plan"
)

func TestResultsAreOnDiskAndHandedOutBeforeTheRunEnds(t *testing.T) {
	p := planOf("a", "b")
	c := config(t, p, nil)
	c.Results = runner.NewResults()
	goOn := make(chan struct{})
	c.Executor = fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
		emit(p.Items[0], outcome(p.Items[0]))
		<-goOn
		emit(p.Items[1], outcome(p.Items[1]))
		return nil
	}}
	ended := make(chan reports.Report)
	go func() {
		r, err := runner.Run(t.Context(), c)
		if err != nil {
			t.Error(err)
		}
		ended <- r
	}()
	a, err := c.Results.Await(t.Context(), "imses/person/a")
	if err != nil {
		t.Fatal(err)
	}
	early, err := jsonl.ReadFile(filepath.Join(c.OutDir, runner.EventsFile))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(a, early.Scenarios[0]); diff != "" || early.Complete || early.Counts.NotRun != 1 {
		t.Errorf("complete %v; - awaited + on disk\n%s", early.Complete, diff)
	}
	close(goOn)
	b, err := c.Results.Await(t.Context(), "imses/person/b")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]reports.Result{a, b}, (<-ended).Scenarios); diff != "" {
		t.Errorf("- awaited + reported\n%s", diff)
	}
}

func TestAwaitEndsWithItsContextOrWithTheRun(t *testing.T) {
	results := runner.NewResults()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := results.Await(ctx, "a"); !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	p := planOf("a")
	c := config(t, p, all(p))
	c.Results = results
	if _, err := runner.Run(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	if _, err := results.Await(t.Context(), "never planned"); !errors.Is(err, runner.ErrNoResult) {
		t.Errorf("the error is %v", err)
	}
}

func TestUnjudgedOutcomesDoNotPileUp(t *testing.T) {
	ids := make([]string, 100)
	for i := range ids {
		ids[i] = fmt.Sprint("case", i)
	}
	p := planOf(ids...)
	c := config(t, p, nil)
	var (
		mu            sync.Mutex
		emitted, most int
		judged        int
		release       = make(chan struct{})
	)
	c.Executor = fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
		for _, item := range p.Items {
			emit(item, outcome(item))
			mu.Lock()
			emitted++
			most = max(most, emitted-judged)
			if emitted == runtime.GOMAXPROCS(0) {
				close(release) // only now may the judges go on
			}
			mu.Unlock()
		}
		return nil
	}}
	c.Judge = func(ctx context.Context, item plan.Item, seen evidence.Outcome) reports.Result {
		<-release
		mu.Lock()
		judged++
		mu.Unlock()
		return byName(ctx, item, seen)
	}
	r, err := runner.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if r.Counts.Passed != len(ids) || most > runtime.GOMAXPROCS(0) {
		t.Errorf("%d passed; at most %d unjudged, with %d judges", r.Counts.Passed, most, runtime.GOMAXPROCS(0))
	}
}
