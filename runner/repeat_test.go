package runner_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner"
	"esconform/runner/evidence"
	"esconform/runner/plan"
)

// repetitions emits those with these numbers of an item, from several goroutines.
func repetitions(emit func(plan.Item, evidence.Outcome), item plan.Item, numbers ...int) {
	var group sync.WaitGroup
	for _, n := range numbers {
		group.Go(func() {
			o := outcome(item)
			o.Repetition = n
			emit(item, o)
		})
	}
	group.Wait()
}

// inTurn judges a repetition by the word of the case's name that has its number:
// "passed-failed" passes first and fails then.
func inTurn(_ context.Context, item plan.Item, seen evidence.Outcome) reports.Result {
	if seen.Interrupted {
		return reports.Result{Verdict: reports.NotRun, Reason: "the run was interrupted before the case ended"}
	}
	words := strings.Split(filepath.Base(item.Case.ID()), "-")
	r := reports.Result{Verdict: reports.Verdict(words[seen.Repetition-1]), Exchanges: len(seen.Exchanges)}
	if r.Verdict == reports.Failed {
		r.Findings = []reports.Finding{{Requirement: "REL-07", Weight: reports.Failure, Message: fmt.Sprint("repetition ", seen.Repetition)}}
	}
	return r
}

func repeatedPlan(n int, ids ...string) plan.Plan {
	p := planOf(ids...)
	p.Selection.Repeat = n
	return p
}

func TestRepetitionsBecomeOneResultAtTheEndOfTheCase(t *testing.T) {
	p := repeatedPlan(3, "passed-passed-passed", "passed-failed-failed", "warned-passed-passed", "skipped")
	var heard []string
	c := config(t, p, fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
		repetitions(emit, p.Items[0], 3, 1)
		repetitions(emit, p.Items[1], 2, 3, 1)
		repetitions(emit, p.Items[0], 2)
		repetitions(emit, p.Items[2], 1, 2, 3)
		return nil
	}})
	c.Judge, c.OnResult = inTurn, func(r reports.Result) { heard = append(heard, filepath.Base(r.ID)) }
	got, err := runner.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	agree(t, c.OutDir, got)
	want := map[string]string{"passed-passed-passed": "passed", "passed-failed-failed": "failed: flaky: passed, failed, failed",
		"warned-passed-passed": "warned: flaky: warned, passed, passed", "skipped": "skipped: it needs control"}
	if diff := cmp.Diff(want, verdicts(got)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if diff := cmp.Diff([]string{"passed-failed-failed", "passed-passed-passed", "skipped", "warned-passed-passed"}, slices.Sorted(slices.Values(heard))); diff != "" {
		t.Errorf("one result a case: - wanted + got\n%s", diff)
	}
	if failed := got.Scenarios[0]; failed.Findings[0].Message != "repetition 2" || failed.Reproduce == "" || failed.Exchanges != 3 {
		t.Errorf("the first of the worst: %+v", failed)
	}
	if skipped := got.Scenarios[2]; got.Selection.Repeat != 3 || skipped.Verdict != reports.Skipped || skipped.Repeats != nil {
		t.Errorf("selection %+v, skipped %+v", got.Selection, skipped)
	}
}

func TestRepetitionsThatAreNotAllThereAreNotGreen(t *testing.T) {
	down := errors.New("the network is down")
	for name, test := range map[string]struct {
		id    string
		there []int
		stop  error
		want  string
	}{
		"none began":                {"passed-passed-passed", nil, down, "not-run: the network is down"},
		"they passed so far":        {"passed-passed-passed", []int{1, 2}, down, "not-run: the network is down after 2 of 3 repetitions"},
		"one failed":                {"passed-failed-passed", []int{1, 2}, down, "failed: the network is down after 2 of 3 repetitions; flaky: passed, failed"},
		"one is not like the other": {"passed-warned-passed", []int{1, 2}, down, "not-run: the network is down after 2 of 3 repetitions; flaky: passed, warned"},
		"the executor forgets one":  {"passed-passed-passed", []int{1, 3}, nil, "not-run: the executor ended without it after 2 of 3 repetitions"},
		"a number that is none":     {"passed-passed-passed", []int{1, 2, 4}, nil, "not-run: the executor ended without it after 2 of 3 repetitions"},
	} {
		t.Run(name, func(t *testing.T) {
			p := repeatedPlan(3, test.id)
			c := config(t, p, fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
				repetitions(emit, p.Items[0], test.there...)
				return test.stop
			}})
			c.Judge = func(ctx context.Context, item plan.Item, seen evidence.Outcome) reports.Result {
				seen.Repetition = min(3, seen.Repetition)
				return inTurn(ctx, item, seen)
			}
			got, err := runner.Run(t.Context(), c)
			if !errors.Is(err, test.stop) {
				t.Errorf("the error is %v", err)
			}
			agree(t, c.OutDir, got)
			if got := verdicts(got)[test.id]; got != test.want {
				t.Errorf("%q, wanted %q", got, test.want)
			}
			if code := reports.ExitCode(got); code == reports.ExitConformant {
				t.Error("the run is green")
			}
		})
	}
}

func TestAnInterruptInTheMiddleOfARepetition(t *testing.T) {
	p := repeatedPlan(3, "passed-passed-passed")
	ctx, cancel := context.WithCancel(t.Context())
	c := config(t, p, fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
		repetitions(emit, p.Items[0], 1)
		cancel()
		emit(p.Items[0], evidence.Outcome{Repetition: 2, Interrupted: true})
		return context.Canceled
	}})
	c.Judge = inTurn
	got, err := runner.Run(ctx, c)
	if err != nil || reports.ExitCode(got) != reports.ExitInterrupted {
		t.Errorf("%v, exit code %d", err, reports.ExitCode(got))
	}
	agree(t, c.OutDir, got)
	want := "not-run: the run was interrupted after 1 of 3 repetitions"
	if diff := cmp.Diff(map[string]string{"passed-passed-passed": want}, verdicts(got)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if diff := cmp.Diff([]reports.Verdict{reports.Passed}, got.Scenarios[0].Repeats); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestARepetitionThatEndsTwiceIsAFaultOfOurs(t *testing.T) {
	p := repeatedPlan(2, "passed-passed")
	c := config(t, p, fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
		repetitions(emit, p.Items[0], 1, 1)
		return nil
	}})
	c.Judge = inTurn
	got, err := runner.Run(t.Context(), c)
	if err == nil || !strings.HasSuffix(err.Error(), "repetition 1 of case imses/person/passed-passed ended twice") || reports.ExitCode(got) != reports.ExitInconclusive {
		t.Errorf("%v, exit code %d", err, reports.ExitCode(got))
	}
}

// A list is applied to each repetition, so that no other failure hides behind one that
// is listed.
func TestRepetitionsAreAmendedOneByOne(t *testing.T) {
	p := repeatedPlan(2, "failed-failed")
	c := config(t, p, fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
		repetitions(emit, p.Items[0], 1, 2)
		return nil
	}})
	c.Judge = inTurn
	c.Amend = func(r reports.Result) reports.Result {
		if len(r.Findings) > 0 && r.Findings[0].Message == "repetition 1" {
			r.Verdict = reports.KnownFailure
		}
		return r
	}
	got, err := runner.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]string{"failed-failed": "failed: flaky: known-failure, failed"}, verdicts(got)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}
