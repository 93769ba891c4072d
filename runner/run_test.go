package runner_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner"
	"esconform/runner/evidence"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// fake is an executor that says what it is told.
type fake struct {
	preflight error
	execute   func(ctx context.Context, emit func(plan.Item, evidence.Outcome)) error
}

func (f fake) Preflight(context.Context) error { return f.preflight }

func (f fake) Execute(ctx context.Context, emit func(plan.Item, evidence.Outcome)) error {
	return f.execute(ctx, emit)
}

var began = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// planOf plans a case for each id; one that begins with "skip" is skipped.
func planOf(ids ...string) plan.Plan {
	p := plan.Plan{Target: profile.Target{BaseURL: "http://127.0.0.1:1", Product: profile.Product{Name: "P"},
		Sites: []profile.Site{{Name: "main", Credentials: profile.Credentials{Username: "u", Password: profile.NewSecret("secret")}, States: map[string]string{"s": "on"}}, {Name: "other"}}}}
	for i, id := range ids {
		item := plan.Item{Core: true, Site: "main", Case: scenario.Case{Scenario: &scenario.Scenario{ID: "imses/person/" + id, Title: "Story of {case:x}", Residue: []string{"a course"}}, Values: map[string]string{"x": id}}}
		if strings.HasPrefix(id, "skip") {
			item.Skip, item.Core = "it needs control", false
		} else {
			p.Order = append(p.Order, i)
		}
		p.Items = append(p.Items, item)
	}
	return p
}

// all emits an outcome for each item that runs, from several goroutines.
func all(p plan.Plan) fake {
	return fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
		var group sync.WaitGroup
		for _, i := range p.Order {
			group.Go(func() { emit(p.Items[i], outcome(p.Items[i])) })
		}
		group.Wait()
		return nil
	}}
}

func outcome(item plan.Item) evidence.Outcome {
	return evidence.Outcome{Site: "main", StartedAt: began, Duration: 5 * time.Millisecond,
		Exchanges: []evidence.Exchange{{RequestFile: "evidence/" + item.Case.ID() + "/01.request.xml"}}}
}

// byName judges by the last element of the id.
func byName(_ context.Context, item plan.Item, seen evidence.Outcome) reports.Result {
	name := filepath.Base(item.Case.ID())
	r := reports.Result{Verdict: reports.Passed, Proves: []string{"REL-07"}, Exchanges: len(seen.Exchanges)}
	switch {
	case name == "failed":
		r.Verdict, r.Findings = reports.Failed, []reports.Finding{{Requirement: "REL-07", Weight: reports.Failure, Message: "differs"}}
	case name == "panics":
		panic("index out of range")
	case seen.Interrupted:
		r = reports.Result{Verdict: reports.NotRun, Reason: "the run was interrupted before the case ended"}
	}
	return r
}

func config(t *testing.T, p plan.Plan, executor runner.Executor) runner.Config {
	return runner.Config{
		Library: scenario.Library{Requirements: scenario.Requirements{{ID: "REL-07", Level: scenario.Must, Class: scenario.Verified, Statement: "The text quotes the key."}}},
		Plan:    p, Profile: "test", Executor: executor, Judge: byName, OutDir: filepath.Join(t.TempDir(), "out"),
		RunID: "run-1", SuiteVersion: "0.1.0", Engine: "libxml2", Strict: true,
		Reproduce: func(id string) string { return "esconform run --only " + id },
	}
}

// verdicts gives verdict and reason of each case.
func verdicts(r reports.Report) map[string]string {
	found := make(map[string]string)
	for _, result := range r.Scenarios {
		found[strings.TrimPrefix(result.ID, "imses/person/")] = strings.TrimSuffix(string(result.Verdict)+": "+result.Reason, ": ")
	}
	return found
}

// agree checks that both files are there and hold exactly the report.
func agree(t *testing.T, dir string, want reports.Report) {
	t.Helper()
	fromEvents, err := jsonl.ReadFile(filepath.Join(dir, runner.EventsFile))
	if err != nil {
		t.Fatal(err)
	}
	var rendered bytes.Buffer
	if err := jsonl.Report(&rendered, fromEvents); err != nil {
		t.Fatal(err)
	}
	onDisk, err := os.ReadFile(filepath.Join(dir, runner.ReportFile))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(onDisk), rendered.String()); diff != "" {
		t.Errorf("- report.json + events.jsonl\n%s", diff)
	}
	if diff := cmp.Diff(want, fromEvents); diff != "" {
		t.Errorf("- report + events.jsonl\n%s", diff)
	}
}

func TestARunIsJudgedRecordedAndReported(t *testing.T) {
	p := planOf("passed", "failed", "skipped")
	c := config(t, p, all(p))
	c.Cleanup = func(context.Context) ([]string, error) { return []string{"the person ec00"}, nil }
	c.Compare = func(r reports.Report) *reports.Comparison {
		return &reports.Comparison{Report: fmt.Sprintf("old, against %d cases", r.Counts.Total), Worse: []reports.Change{}, Better: []reports.Change{}, Appeared: []string{}, Vanished: []string{}}
	}
	var heard []string
	c.OnResult = func(r reports.Result) { heard = append(heard, r.ID) }
	got, err := runner.Run(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	agree(t, c.OutDir, got)
	result := func(id string, v reports.Verdict) reports.Result {
		id = "imses/person/" + id
		return reports.Result{ID: id, Scenario: id, Title: "Story of " + filepath.Base(id), Area: "imses/person", Core: true, Verdict: v, Site: "main",
			Proves: []string{"REL-07"}, Findings: []reports.Finding{}, StartedAt: began, DurationMS: 5, Exchanges: 1,
			Evidence: "evidence/" + id, Reproduce: "esconform run --only " + id}
	}
	failed, passed := result("failed", reports.Failed), result("passed", reports.Passed)
	failed.Findings = []reports.Finding{{Requirement: "REL-07", Weight: reports.Failure, Message: "differs"}}
	skipped := result("skipped", reports.Skipped)
	skipped.Core, skipped.Reason, skipped.Proves, skipped.StartedAt, skipped.DurationMS = false, "it needs control", []string{}, time.Time{}, 0
	skipped.Exchanges, skipped.Evidence = 0, ""
	want := reports.Report{
		SchemaVersion: reports.SchemaVersion, RunID: "run-1", Verdict: reports.NotConformant, Complete: true,
		Reason:  "not conformant: 1 of 3 cases failed, breaking REL-07",
		Target:  reports.Target{URL: "http://127.0.0.1:1", Product: "P", Username: "u", Sites: []string{"main", "other"}, States: map[string]string{"s": "on"}},
		Profile: "test", SuiteVersion: "0.1.0", Engine: "libxml2", Strict: true,
		Counts:    reports.Counts{Passed: 1, Failed: 1, Skipped: 1, Total: 3, Scenarios: reports.ScenarioCounts{Passed: 1, Failed: 1, Other: 1, Total: 3}},
		Residue:   []string{"imses/person/failed: a course", "imses/person/passed: a course", "the person ec00"},
		Scenarios: []reports.Result{failed, passed, skipped},
		Requirements: []reports.Requirement{{ID: "REL-07", Level: "must", Class: "verified", Statement: "The text quotes the key.",
			Outcome: "broken", VerifiedBy: []string{}}},
		Baseline: &reports.Comparison{Report: "old, against 3 cases", Worse: []reports.Change{}, Better: []reports.Change{}, Appeared: []string{}, Vanished: []string{}},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreFields(reports.Report{}, "StartedAt", "FinishedAt")); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if len(heard) != 3 || heard[0] != "imses/person/skipped" {
		t.Errorf("heard of %v", heard)
	}
}

func TestWhatCouldNotRunIsSaidAndNeverGreen(t *testing.T) {
	stop := errors.New("the network is down")
	first := func(err error, before func()) func(plan.Plan) fake {
		return func(p plan.Plan) fake {
			return fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
				emit(p.Items[0], outcome(p.Items[0]))
				before()
				return err
			}}
		}
	}
	nothing := func() {}
	type want struct {
		Verdicts    map[string]string
		Reason      string
		Exit        int
		Interrupted bool
		Err         string
	}
	for name, test := range map[string]struct {
		executor func(cancel func()) func(plan.Plan) fake
		want     want
	}{
		"the preflight fails": {
			func(func()) func(plan.Plan) fake {
				return func(plan.Plan) fake { return fake{preflight: errors.New("nobody listens there; check the URL")} }
			},
			want{map[string]string{"a": "error: nobody listens there; check the URL", "b": "error: nobody listens there; check the URL", "skipped": "skipped: it needs control"},
				"inconclusive: the run is not complete; 2 cases ended in an error; nobody listens there; check the URL", 3, false, "nobody listens there; check the URL"},
		},
		"the executor stops": {
			func(func()) func(plan.Plan) fake { return first(stop, nothing) },
			want{map[string]string{"a": "passed", "b": "not-run: the network is down", "skipped": "skipped: it needs control"},
				"inconclusive: the run is not complete; 1 case did not run; the network is down", 3, false, "the network is down"},
		},
		"the executor forgets a case": {
			func(func()) func(plan.Plan) fake { return first(nil, nothing) },
			want{map[string]string{"a": "passed", "b": "not-run: the executor ended without it", "skipped": "skipped: it needs control"},
				"inconclusive: 1 case did not run; the executor ended without it", 3, false, ""},
		},
		"an interrupt": {
			func(cancel func()) func(plan.Plan) fake { return first(context.Canceled, cancel) },
			want{map[string]string{"a": "passed", "b": "not-run: the run was interrupted", "skipped": "skipped: it needs control"},
				"inconclusive: the run was interrupted; 1 case did not run; the run was interrupted", 130, true, ""},
		},
		"an interrupt in the middle of the last case": {
			func(cancel func()) func(plan.Plan) fake {
				return func(p plan.Plan) fake {
					return fake{execute: func(_ context.Context, emit func(plan.Item, evidence.Outcome)) error {
						emit(p.Items[0], outcome(p.Items[0]))
						cancel()
						emit(p.Items[1], evidence.Outcome{Interrupted: true})
						return nil
					}}
				}
			},
			want{map[string]string{"a": "passed", "b": "not-run: the run was interrupted before the case ended", "skipped": "skipped: it needs control"},
				"inconclusive: the run was interrupted; 1 case did not run; the run was interrupted before the case ended", 130, true, ""},
		},
		"an interrupt after the last case is none": {
			func(cancel func()) func(plan.Plan) fake {
				return func(p plan.Plan) fake {
					return fake{execute: func(ctx context.Context, emit func(plan.Item, evidence.Outcome)) error {
						err := all(p).execute(ctx, emit)
						cancel()
						return err
					}}
				}
			},
			want{map[string]string{"a": "passed", "b": "passed", "skipped": "skipped: it needs control"},
				"conformant: all 2 cases passed; 1 case was skipped", 0, false, ""},
		},
		"a case ends twice": {
			func(func()) func(plan.Plan) fake {
				return func(p plan.Plan) fake {
					return fake{execute: func(ctx context.Context, emit func(plan.Item, evidence.Outcome)) error {
						emit(p.Items[0], outcome(p.Items[0]))
						return all(p).execute(ctx, emit)
					}}
				}
			},
			want{map[string]string{"a": "passed", "b": "passed", "skipped": "skipped: it needs control"},
				"inconclusive: the run is not complete", 3, false, "case imses/person/a ended twice"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			p := planOf("a", "b", "skipped")
			c := config(t, p, test.executor(cancel)(p))
			r, err := runner.Run(ctx, c)
			got := want{verdicts(r), r.Reason, reports.ExitCode(r), r.Interrupted, ""}
			if err != nil {
				got.Err = err.Error()
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
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

func TestAJudgeThatPanicsIsAnErrorOfThatCase(t *testing.T) {
	p := planOf("passed", "panics")
	r, err := runner.Run(t.Context(), config(t, p, all(p)))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"passed": "passed", "panics": "error: judging the case failed; this is a fault of esconform, not of the endpoint"}
	if diff := cmp.Diff(want, verdicts(r)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestNothingRunsWhenAllIsSkipped(t *testing.T) {
	p := planOf("skip-1", "skip-2")
	r, err := runner.Run(t.Context(), config(t, p, fake{preflight: errors.New("it was asked")}))
	if err != nil {
		t.Fatal(err)
	}
	if code := reports.ExitCode(r); code != reports.ExitNothing {
		t.Errorf("exit code %d: %s", code, r.Reason)
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

func TestARunWhoseFilesCannotBeWrittenIsNotGreen(t *testing.T) {
	p := planOf("a", "b")
	for name, test := range map[string]struct {
		spoil func(t *testing.T, c *runner.Config)
		want  map[string]string
	}{
		"the output folder is a file": {
			func(t *testing.T, c *runner.Config) {
				if err := os.WriteFile(c.OutDir, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			}, nil,
		},
		"events.jsonl is a folder": {
			func(t *testing.T, c *runner.Config) {
				if err := os.MkdirAll(filepath.Join(c.OutDir, runner.EventsFile), 0o700); err != nil {
					t.Fatal(err)
				}
			}, nil,
		},
		"the folder is gone when the report is written": {
			func(t *testing.T, c *runner.Config) {
				c.Cleanup = func(context.Context) ([]string, error) { return nil, os.RemoveAll(c.OutDir) }
			}, map[string]string{"a": "passed", "b": "passed"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := config(t, p, all(p))
			test.spoil(t, &c)
			r, err := runner.Run(t.Context(), c)
			var path *fs.PathError
			if !errors.As(err, &path) {
				t.Fatalf("the error is %v", err)
			}
			if code := reports.ExitCode(r); code != reports.ExitInconclusive {
				t.Errorf("exit code %d: %s", code, r.Reason)
			}
			want := test.want
			if want == nil {
				want = map[string]string{"a": "not-run: " + err.Error(), "b": "not-run: " + err.Error()}
			}
			if diff := cmp.Diff(want, verdicts(r)); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

func TestAnEarlierReportIsGoneWhileTheRunGoesOn(t *testing.T) {
	p := planOf("a")
	c := config(t, p, all(p))
	if _, err := runner.Run(t.Context(), c); err != nil {
		t.Fatal(err)
	}
	c.Executor = fake{execute: func(context.Context, func(plan.Item, evidence.Outcome)) error {
		if _, err := os.Stat(filepath.Join(c.OutDir, runner.ReportFile)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("report.json: %v", err)
		}
		return nil
	}}
	if _, err := runner.Run(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

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
	if diff := cmp.Diff([]reports.Result{a}, early.Scenarios); diff != "" || early.Complete {
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
