package suites_test

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/reports/text"
	"esconform/runner"
	"esconform/runner/profile"
	"esconform/runner/sandbox"
	"esconform/suites"
)

// TestMain refuses, once and with one sentence, a process in which no suite can run.
func TestMain(m *testing.M) {
	flag.Parse()
	if err := suites.CheckProcess(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	os.Exit(m.Run())
}

// TestConformance is the real thing: the run that `esconform run` makes, as a Ginkgo
// suite, from `go test ./suites` or `ginkgo ./suites`. It tests the endpoint that
// ESCONFORM_PROFILE or ESCONFORM_ENDPOINT names (with ESCONFORM_USERNAME,
// ESCONFORM_PASSWORD and the other variables of package profile), else the sandbox,
// in this process. ESCONFORM_ONLY and ESCONFORM_LABELS select as --only and --labels
// do (several patterns with commas), ESCONFORM_STRICT and ESCONFORM_READ_ONLY are
// --strict and --read-only.
//
// It fails whenever the exit code of the run would not be 0: also when the run was
// inconclusive or tested nothing.
func TestConformance(t *testing.T) {
	var target profile.Target
	out := t.TempDir()
	if endpointIsNamed() {
		target = resolve(t)
		out = freshOutput(t)
	} else {
		target = serve(t, sandbox.Options{})
	}
	e := newExamination(t, target, out)
	if err := suites.Check(e.plan); err != nil {
		t.Fatal(err)
	}
	results := runner.NewResults()
	run := e.start(t.Context(), results)
	suites.Run(t, e.plan, results, suites.Options{Verbose: testing.Verbose()})
	ended := <-run
	if ended.err != nil {
		t.Error(ended.err)
	}
	if code := reports.ExitCode(ended.report); code != reports.ExitConformant {
		t.Errorf("exit code %d\n%s", code, strings.Join(text.Summary(ended.report), "\n"))
	}
	recorded, err := jsonl.ReadReport(filepath.Join(out, runner.ReportFile))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(ended.report, recorded); diff != "" {
		t.Errorf("- report + recorded\n%s", diff)
	}
}

func endpointIsNamed() bool {
	return os.Getenv("ESCONFORM_PROFILE") != "" || os.Getenv("ESCONFORM_ENDPOINT") != ""
}

// freshOutput is a new folder in out/ of this module, for a run against an endpoint.
// That the run is written and read back inside the module keeps its result out of the
// test cache: the go command saves none that depends on a file of the module that is
// as young as the test itself. A run against an endpoint must not be served from there,
// because the endpoint may have changed and the go command cannot see that.
func freshOutput(t *testing.T) string {
	t.Helper()
	parent := filepath.Join("..", "out")
	if err := os.MkdirAll(parent, 0o755); err != nil {
		t.Fatal(err)
	}
	out, err := os.MkdirTemp(parent, "suites-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("reports and evidence are in %s", out)
	return out
}

// verdictOf is what two runs of one case have in common.
type verdictOf struct {
	Verdict reports.Verdict
	Broken  []string
	Reason  string
}

func verdicts(r reports.Report) map[string]verdictOf {
	all := make(map[string]verdictOf)
	for _, result := range r.Scenarios {
		all[result.ID] = verdictOf{result.Verdict, result.Broken(), result.Reason}
	}
	return all
}

func TestTheResultIsTheSameWithAndWithoutGinkgo(t *testing.T) {
	t.Setenv("ESCONFORM_ONLY", "imses/person/relationships")
	deviation := "documented-key-in-text"
	with := newExamination(t, serve(t, sandbox.Options{Deviate: []string{deviation}}), t.TempDir())
	results := runner.NewResults()
	run := with.start(t.Context(), results)
	var (
		tee throwaway
		out bytes.Buffer
	)
	passed := suites.Run(&tee, with.plan, results, suites.Options{Output: &out}.Apart())
	shown := <-run

	without := newExamination(t, serve(t, sandbox.Options{Deviate: []string{deviation}}), t.TempDir())
	plain := <-without.start(t.Context(), runner.NewResults())

	if shown.err != nil || plain.err != nil {
		t.Fatalf("with: %v, without: %v", shown.err, plain.err)
	}
	if diff := cmp.Diff(verdicts(plain.report), verdicts(shown.report)); diff != "" {
		t.Errorf("- without + with\n%s", diff)
	}
	if passed || reports.ExitCode(plain.report) != reports.ExitNotConformant {
		t.Errorf("under the deviation %s the suite passed: %v; %s", deviation, passed, plain.report.Reason)
	}
	first := slices.IndexFunc(shown.report.Scenarios, func(r reports.Result) bool { return r.Verdict == reports.Failed })
	if first < 0 {
		t.Fatal("no case failed")
	}
	for _, line := range text.Case(shown.report.Scenarios[first]) {
		if !strings.Contains(out.String(), strings.TrimSpace(line)) {
			t.Errorf("what Ginkgo shows lacks %q", line)
		}
	}
}

func TestAnInterruptedRunEndsTheSuite(t *testing.T) {
	t.Setenv("ESCONFORM_ONLY", "imses/person/relationships")
	e := newExamination(t, serve(t, sandbox.Options{}), t.TempDir())
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	results := runner.NewResults()
	run := e.start(ctx, results)
	var tee throwaway
	if suites.Run(&tee, e.plan, results, suites.Options{Output: &bytes.Buffer{}}.Apart()) {
		t.Error("the suite passed")
	}
	if ended := <-run; !ended.report.Interrupted || reports.ExitCode(ended.report) != reports.ExitInterrupted {
		t.Errorf("interrupted %v, exit code %d: %v", ended.report.Interrupted, reports.ExitCode(ended.report), ended.err)
	}
}
