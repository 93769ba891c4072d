package runner_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
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
		Exchanges: []evidence.Exchange{{RequestFile: item.Case.ID() + "/01.request.xml", ResponseFile: item.Case.ID() + "/01.response.xml"}}}
}

// byName judges by the last element of the id.
func byName(_ context.Context, item plan.Item, seen evidence.Outcome) reports.Result {
	name := filepath.Base(item.Case.ID())
	r := reports.Result{Verdict: reports.Passed, Proves: []string{"REL-07"}, Exchanges: len(seen.Exchanges)}
	switch {
	case name == "failed":
		r.Verdict, r.Findings = reports.Failed, []reports.Finding{{Requirement: "REL-07", Weight: reports.Failure, Message: "differs", Response: seen.Exchanges[0].ResponseFile}}
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
	p.Selection = plan.Selection{Only: []string{"imses"}, Labels: "!slow", Rerun: []string{"imses/person/passed"}, ReadOnly: true, Seed: 7}
	c := config(t, p, all(p))
	c.Library.Scenarios = []scenario.Scenario{{ID: "imses/other", Cases: make([]scenario.Case, 2)}}
	for _, item := range p.Items {
		c.Library.Scenarios = append(c.Library.Scenarios, scenario.Scenario{ID: item.Case.Scenario.ID, Cases: []scenario.Case{item.Case}})
	}
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
	failed.Findings = []reports.Finding{{Requirement: "REL-07", Weight: reports.Failure, Message: "differs", Response: "evidence/imses/person/failed/01.response.xml"}}
	failed.Steps = []reports.Step{{Number: 1, Request: "evidence/imses/person/failed/01.request.xml", Response: "evidence/imses/person/failed/01.response.xml"}}
	passed.Evidence, passed.Steps = "", []reports.Step{{Number: 1}} // its envelopes are in the log alone
	skipped := result("skipped", reports.Skipped)
	skipped.Core, skipped.Reason, skipped.Proves, skipped.StartedAt, skipped.DurationMS = false, "it needs control", []string{}, time.Time{}, 0
	skipped.Exchanges, skipped.Evidence = 0, ""
	want := reports.Report{
		SchemaVersion: reports.SchemaVersion, RunID: "run-1", Verdict: reports.NotConformant, Complete: true,
		Reason:  "not conformant: a selection of 3 of 5 cases; a read-only run; 1 of 3 cases failed, breaking REL-07",
		Target:  reports.Target{URL: "http://127.0.0.1:1", Product: "P", Username: "u", Sites: []string{"main", "other"}, States: map[string]string{"s": "on"}},
		Profile: "test", SuiteVersion: "0.1.0", Engine: "libxml2", Strict: true,
		Selection: reports.Selection{Only: []string{"imses"}, Labels: "!slow", RerunFailed: true, ReadOnly: true, Seed: 7},
		Library:   reports.Library{Scenarios: 4, Cases: 5, SelectedScenarios: 3, SelectedCases: 3},
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
