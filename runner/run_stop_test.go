package runner_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner"
	"esconform/runner/evidence"
	"esconform/runner/plan"
)

// stopped is what a run ends with that could not do all it planned: the cases a, b
// and skipped.
type stopped struct {
	A, B        string // verdict and reason
	Reason      string
	Exit        int
	Interrupted bool
	Err         string
}

// emits carries out the cases with these indexes, then does something, then returns.
func emits(then func(cancel func(), emit func(plan.Item, evidence.Outcome), p plan.Plan) error, cases ...int) func(plan.Plan, func()) fake {
	return func(p plan.Plan, cancel func()) fake {
		return fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
			for _, i := range cases {
				emit(p.Items[i], outcome(p.Items[i]))
			}
			return then(cancel, emit, p)
		}}
	}
}

var stops = []struct {
	name     string
	executor func(plan.Plan, func()) fake
	want     stopped
}{
	{"the preflight fails",
		func(plan.Plan, func()) fake {
			return fake{preflight: errors.New("nobody listens there; check the URL")}
		},
		stopped{"error: nobody listens there; check the URL", "error: nobody listens there; check the URL",
			"inconclusive: the run is not complete; 2 cases ended in an error; nobody listens there; check the URL", 3, false, "nobody listens there; check the URL"}},
	{"the executor stops",
		emits(func(func(), func(plan.Item, evidence.Outcome), plan.Plan) error {
			return errors.New("the network is down")
		}, 0),
		stopped{"passed", "not-run: the network is down",
			"inconclusive: the run is not complete; 1 case did not run; the network is down", 3, false, "the network is down"}},
	{"the executor forgets a case",
		emits(func(func(), func(plan.Item, evidence.Outcome), plan.Plan) error { return nil }, 0),
		stopped{"passed", "not-run: the executor ended without it",
			"inconclusive: 1 case did not run; the executor ended without it", 3, false, ""}},
	{"an interrupt",
		emits(func(cancel func(), _ func(plan.Item, evidence.Outcome), _ plan.Plan) error {
			cancel()
			return context.Canceled
		}, 0),
		stopped{"passed", "not-run: the run was interrupted",
			"inconclusive: the run was interrupted; 1 case did not run; the run was interrupted", 130, true, ""}},
	{"an interrupt in the middle of the last case",
		emits(func(cancel func(), emit func(plan.Item, evidence.Outcome), p plan.Plan) error {
			cancel()
			emit(p.Items[1], evidence.Outcome{Interrupted: true})
			return nil
		}, 0),
		stopped{"passed", "not-run: the run was interrupted before the case ended",
			"inconclusive: the run was interrupted; 1 case did not run; the run was interrupted before the case ended", 130, true, ""}},
	{"an interrupt after the last case is none",
		emits(func(cancel func(), _ func(plan.Item, evidence.Outcome), _ plan.Plan) error {
			cancel()
			return nil
		}, 0, 1),
		stopped{"passed", "passed", "conformant: all 2 cases passed; 1 case was skipped", 0, false, ""}},
	{"a case ends twice",
		emits(func(func(), func(plan.Item, evidence.Outcome), plan.Plan) error { return nil }, 0, 1, 0),
		stopped{"passed", "passed", "inconclusive: the run is not complete", 3, false, "case imses/person/a ended twice"}},
}

func TestWhatCouldNotRunIsSaidAndNeverGreen(t *testing.T) {
	for _, test := range stops {
		t.Run(test.name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			p := planOf("a", "b", "skipped")
			c := config(t, p, test.executor(p, cancel))
			r, err := runner.Run(ctx, c)
			seen := verdicts(r)
			got := stopped{seen["a"], seen["b"], r.Reason, reports.ExitCode(r), r.Interrupted, ""}
			if err != nil {
				got.Err = err.Error()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
			if seen["skipped"] != "skipped: it needs control" {
				t.Errorf("the skipped case is %s", seen["skipped"])
			}
			if !strings.HasSuffix(test.want.Err, "twice") {
				agree(t, c.OutDir, r)
			}
		})
	}
}

func TestTheTimeLimitEndsTheRun(t *testing.T) {
	p := planOf("a", "b")
	p.Target.Limits.MaxDuration = time.Millisecond
	c := config(t, p, fake{execute: func(ctx context.Context, emit func(plan.Item, evidence.Outcome)) error {
		<-ctx.Done()
		return ctx.Err()
	}})
	r, err := runner.Run(t.Context(), c)
	if !errors.Is(err, runner.ErrMaxDuration) {
		t.Errorf("the error is %v", err)
	}
	reason := "not-run: the run reached its time limit (--max-duration)"
	if diff := cmp.Diff(map[string]string{"a": reason, "b": reason}, verdicts(r)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if r.Interrupted || reports.ExitCode(r) != reports.ExitInconclusive {
		t.Errorf("interrupted %v, exit code %d", r.Interrupted, reports.ExitCode(r))
	}
}

func TestCleanupHasItsTimeAlsoAfterAnInterruptAndItsErrorIsTold(t *testing.T) {
	p := planOf("a")
	ctx, cancel := context.WithCancel(t.Context())
	c := config(t, p, fake{execute: func(ctx context.Context, _ func(plan.Item, evidence.Outcome)) error {
		cancel()
		return ctx.Err()
	}})
	fault := errors.New("it cannot be deleted")
	c.Cleanup = func(ctx context.Context) ([]string, error) {
		if ctx.Err() != nil {
			t.Error("the context of the cleanup has ended")
		}
		return []string{"the person ec00"}, fault
	}
	r, err := runner.Run(ctx, c)
	if !errors.Is(err, fault) || errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	if diff := cmp.Diff([]string{"the person ec00"}, r.Residue); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}
