package suites_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/onsi/ginkgo/v2/types"

	"esconform/reports"
	"esconform/runner/plan"
	"esconform/runner/scenario"
	"esconform/suites"
)

// throwaway is the T of a suite whose failure is expected.
type throwaway struct{ failed bool }

func (t *throwaway) Fail() { t.failed = true }

// fixed are results that are all there from the beginning.
type fixed map[string]reports.Result

func (f fixed) Await(_ context.Context, id string) (reports.Result, error) {
	if r, ok := f[id]; ok {
		return r, nil
	}
	return reports.Result{}, errors.New("the run ended without a result")
}

// planOf plans one case for each id.
func planOf(ids ...string) plan.Plan {
	var p plan.Plan
	for _, id := range ids {
		p.Items = append(p.Items, plan.Item{Core: true, Case: scenario.Case{Scenario: &scenario.Scenario{ID: id, Labels: []string{"some label"}}}})
	}
	return p
}

// resultsOf gives a result for each verdict, and its plan. The ids are the verdicts,
// in two areas.
func resultsOf(verdicts ...reports.Verdict) (plan.Plan, fixed) {
	results := make(fixed)
	var ids []string
	for i, v := range verdicts {
		id := fmt.Sprintf("imses/area%d/%s", i%2, v)
		ids = append(ids, id)
		r := reports.Result{ID: id, Scenario: id, Title: "A story", Verdict: v, Evidence: "evidence/" + id}
		switch v {
		case reports.Failed:
			r.Findings = []reports.Finding{{Requirement: "REL-07", Statement: "The text quotes the key.", Source: "page", Weight: reports.Failure,
				Message: "the text differs", Wanted: "ec00-Child3", Got: "Child3"}}
			r.Reproduce = "esconform run --only " + id
		case reports.Warned:
			r.Findings = []reports.Finding{{Requirement: "GEN-04", Weight: reports.Warning, Message: "another media type"}}
		case reports.Passed:
		default:
			r.Reason = "the reason of " + string(v)
		}
		results[id] = r
	}
	return planOf(ids...), results
}

// report runs a suite with a throw-away T and returns what Ginkgo says about it.
func report(t *testing.T, p plan.Plan, results suites.Results) (types.Report, bool) {
	t.Helper()
	var (
		tee throwaway
		out bytes.Buffer
	)
	var got types.Report
	passed := suites.Run(&tee, p, results, suites.Options{Output: &out, Seed: 7, Verbose: true}.Apart().Reporting(&got))
	if tee.failed == passed {
		t.Errorf("Run returned %v, and t failed: %v", passed, tee.failed)
	}
	return got, passed
}

// states maps the ids of specs to what Ginkgo says of them.
func states(r types.Report) map[string]types.SpecState {
	found := make(map[string]types.SpecState)
	for _, s := range r.SpecReports {
		if s.LeafNodeType == types.NodeTypeIt {
			found[s.ContainerHierarchyTexts[1]+"/"+s.LeafNodeText] = s.State
		}
	}
	return found
}

func TestEachVerdictHasItsSpecState(t *testing.T) {
	p, results := resultsOf(reports.Words()...)
	got, passed := report(t, p, results)
	want := make(map[string]types.SpecState)
	for id, r := range results {
		switch r.Verdict {
		case reports.Passed, reports.Warned:
			want[id] = types.SpecStatePassed
		case reports.Skipped, reports.KnownFailure:
			want[id] = types.SpecStateSkipped
		default:
			want[id] = types.SpecStateFailed
		}
	}
	if diff := cmp.Diff(want, states(got)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if passed {
		t.Error("the suite passed")
	}
}

func TestTheSuiteFailsExactlyWhenACaseIsNotAsItShouldBe(t *testing.T) {
	for _, v := range reports.Words() {
		t.Run(string(v), func(t *testing.T) {
			p, results := resultsOf(reports.Passed, v)
			_, passed := report(t, p, results)
			counts := reports.Count(slices.Collect(maps.Values(results)))
			want := counts.Failed+counts.UnexpectedPass+counts.Error+counts.NotRun == 0
			if passed != want {
				t.Errorf("the suite passed: %v, wanted %v", passed, want)
			}
		})
	}
}

func TestSpecsAreNamedOrderedLabelledAndLeadToTheEvidence(t *testing.T) {
	got, _ := report(t, planOf("b/area/two", "a/area/x/y", "b/area/one"), fixed{
		"b/area/two": {ID: "b/area/two", Verdict: reports.Passed},
		"a/area/x/y": {ID: "a/area/x/y", Verdict: reports.Warned, Evidence: "evidence/a", Findings: []reports.Finding{{Requirement: "GEN-04", Weight: reports.Warning, Got: "payload"}}},
		"b/area/one": {ID: "b/area/one", Verdict: reports.Passed},
	})
	type spec struct {
		Texts, Labels []string
		Entries       map[string]string
	}
	var specs []spec
	for _, s := range got.SpecReports {
		if s.LeafNodeType != types.NodeTypeIt {
			continue
		}
		entries := make(map[string]string)
		for _, e := range s.ReportEntries {
			entries[e.Name] = e.StringRepresentation()
		}
		specs = append(specs, spec{append(slices.Clone(s.ContainerHierarchyTexts), s.LeafNodeText), s.Labels(), entries})
	}
	labels := []string{"some label", "core"}
	want := []spec{
		{[]string{"esconform", "a/area", "x/y"}, labels, map[string]string{"id": "a/area/x/y", "evidence": "evidence/a", "broken": "GEN-04"}},
		{[]string{"esconform", "b/area", "one"}, labels, map[string]string{"id": "b/area/one"}},
		{[]string{"esconform", "b/area", "two"}, labels, map[string]string{"id": "b/area/two"}},
	}
	if diff := cmp.Diff(want, specs); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestFailureAndSkipSayWhy(t *testing.T) {
	p, results := resultsOf(reports.Failed, reports.Error, reports.Skipped)
	p.Items = append(p.Items, planOf("imses/area2/lost").Items...)
	got, _ := report(t, p, results)
	messages := make(map[string]string)
	for _, s := range got.SpecReports {
		messages[s.LeafNodeText] = s.Failure.Message
	}
	want := map[string]string{
		"failed": strings.Join([]string{
			"failed imses/area0/failed", "  A story", "",
			"  REL-07: The text quotes the key.", "    Source: page", "    Expected of every answer", "    the text differs",
			"    - ec00-Child3", "    + Child3", "",
			"  Reproduce: esconform run --only imses/area0/failed"}, "\n"),
		"error":   "error imses/area1/error\n  A story\n  Reason: the reason of error",
		"skipped": "skipped: the reason of skipped",
		"lost":    "the run ended without a result",
	}
	if diff := cmp.Diff(want, messages); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

// slow gives a result when it is told to, and notes who waits.
type slow struct {
	waits   chan string
	release chan reports.Result
}

func (s slow) Await(ctx context.Context, id string) (reports.Result, error) {
	s.waits <- id
	select {
	case r := <-s.release:
		return r, nil
	case <-ctx.Done():
		return reports.Result{}, context.Cause(ctx)
	}
}

func TestASpecAwaitsItsResult(t *testing.T) {
	results := slow{waits: make(chan string), release: make(chan reports.Result)}
	done := make(chan bool)
	go func() {
		var tee throwaway
		done <- suites.Run(&tee, planOf("a/b/one", "a/b/two"), results, suites.Options{Output: &bytes.Buffer{}}.Apart())
	}()
	for _, want := range []string{"a/b/one", "a/b/two"} {
		select {
		case got := <-results.waits:
			if got != want {
				t.Errorf("%s is awaited, wanted %s", got, want)
			}
		case <-done:
			t.Fatal("the suite ended without waiting")
		}
		results.release <- reports.Result{ID: want, Verdict: reports.Passed}
	}
	if !<-done {
		t.Error("the suite failed")
	}
}

func TestTheBinaryStopsWaitingWhenItsContextEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	results := slow{waits: make(chan string, 2), release: make(chan reports.Result)}
	done := make(chan error)
	go func() { done <- suites.RunBinary(ctx, planOf("a/b/one", "a/b/two"), results) }()
	select {
	case <-results.waits:
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	case err := <-done:
		cancel()
		t.Fatalf("the suite ended without waiting: %v", err)
	}
}

func TestTheTimeoutEndsTheSuite(t *testing.T) {
	results := slow{waits: make(chan string, 1), release: make(chan reports.Result)}
	var tee throwaway
	if suites.Run(&tee, planOf("a/b/one"), results, suites.Options{Output: &bytes.Buffer{}, Timeout: time.Millisecond}.Apart()) {
		t.Error("the suite passed")
	}
}

// What Ginkgo would end the process for is refused with a sentence.
func TestATreeThatGinkgoDoesNotTakeIsRefused(t *testing.T) {
	bad := planOf("a/b/c")
	bad.Items[0].Case.Scenario.Labels = []string{"a, b"}
	for name, test := range map[string]struct {
		plan plan.Plan
		want string
	}{
		"no case":   {plan.Plan{}, "run suites: the plan has no case\n"},
		"no id":     {planOf(" "), "run suites: a case has no id\n"},
		"duplicate": {planOf("a/b/c", "a/b/c"), "run suites: case a/b/c is in the plan twice\n"},
		"label":     {bad, "run suites: case a/b/c: the label \"a, b\" has one of & | ! , ( ) / : or is empty\n"},
	} {
		t.Run(name, func(t *testing.T) {
			var (
				tee throwaway
				out bytes.Buffer
			)
			passed := suites.Run(&tee, test.plan, fixed{}, suites.Options{Output: &out}.Apart())
			if passed || !tee.failed {
				t.Errorf("passed %v, t failed %v", passed, tee.failed)
			}
			if diff := cmp.Diff(test.want, out.String()); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
			if err := suites.RunBinary(t.Context(), test.plan, fixed{}); fmt.Sprintln(err) != test.want {
				t.Errorf("RunBinary: %v", err)
			}
		})
	}
}

func TestQuietIsOneLineAndTheFailures(t *testing.T) {
	p, results := resultsOf(reports.Passed, reports.Skipped)
	var (
		tee throwaway
		out bytes.Buffer
	)
	suites.Run(&tee, p, results, suites.Options{Output: &out, Seed: 7}.Apart())
	if lines := strings.Count(out.String(), "\n"); lines > 1 || !strings.Contains(out.String(), "2/2 specs") {
		t.Errorf("%d lines: %s", lines, out.String())
	}
}

func TestSeveralProcessesAreRefused(t *testing.T) {
	if err := suites.Refused(1); err != nil {
		t.Error(err)
	}
	err := suites.Refused(2)
	if err == nil || !strings.Contains(err.Error(), "ginkgo -p") || !strings.Contains(err.Error(), "--concurrency") {
		t.Errorf("the error is %v", err)
	}
}
