package suites_test

import (
	"context"
	"encoding/pem"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"esconform/fixtures"
	"esconform/reports"
	"esconform/runner"
	"esconform/runner/evidence"
	"esconform/runner/exchange"
	"esconform/runner/judge"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/sandbox"
	"esconform/runner/scenario"
	"esconform/xsd/validate"
)

// examination is a run that is ready.
type examination struct {
	plan   plan.Plan
	config runner.Config
}

// ended is what a run ends with.
type ended struct {
	report reports.Report
	err    error
}

// newExamination prepares a run of the built-in scenarios against a target.
func newExamination(t *testing.T, target profile.Target, out string) examination {
	t.Helper()
	library, err := scenario.Load(t.Context(), fixtures.Files())
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Select(target, library, plan.Selection{Only: patterns("ESCONFORM_ONLY"), Labels: os.Getenv("ESCONFORM_LABELS"),
		ReadOnly: os.Getenv("ESCONFORM_READ_ONLY") == "true", AllowResidue: target.Control != nil})
	if err != nil {
		t.Fatal(err)
	}
	validator, err := validate.New("", target.Limits.MaxViolations)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = validator.Close() })
	book, err := ledger.Create(filepath.Join(out, "ledger.jsonl"), ledger.Header{Run: "suites", Target: target.BaseURL, Profile: target.Name})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = book.Close() })
	executor, err := exchange.New(exchange.Options{Plan: p, Validator: validator, Ledger: book, Files: fixtures.Files(),
		ReadOnly: os.Getenv("ESCONFORM_READ_ONLY") == "true", EvidenceDir: filepath.Join(out, "evidence")})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = executor.Close() })
	strict := os.Getenv("ESCONFORM_STRICT") == "true"
	return examination{p, runner.Config{
		Library: library, Plan: p, Profile: target.Name, Executor: executor, OutDir: out, RunID: "suites", Engine: validator.Name(), Strict: strict,
		Judge: func(ctx context.Context, item plan.Item, seen evidence.Outcome) reports.Result {
			return judge.Judge(ctx, judge.Input{Case: item.Case, Outcome: seen, Requirements: library.Requirements, Validator: validator,
				Strict: strict, Core: item.Core, Files: fixtures.Files(), MaxDepth: target.Limits.MaxDepth})
		},
		Cleanup: func(ctx context.Context) ([]string, error) { return ledger.Cleanup(ctx, book, executor) },
	}}
}

// start begins the run; its results come through results.
func (e examination) start(ctx context.Context, results *runner.Results) <-chan ended {
	c := e.config
	c.Results = results
	end := make(chan ended, 1)
	go func() {
		report, err := runner.Run(ctx, c)
		end <- ended{report, err}
	}()
	return end
}

// patterns reads a list with commas from the environment; none when it is not set.
func patterns(variable string) []string {
	return strings.FieldsFunc(os.Getenv(variable), func(r rune) bool { return r == ',' })
}

// resolve puts the target together that the environment names. The go command sees
// which variables a test reads through package os.
func resolve(t *testing.T) profile.Target {
	t.Helper()
	target, err := profile.Resolve(profile.Sources{LookupEnv: os.LookupEnv})
	if err != nil {
		t.Fatal(err)
	}
	return target
}

// serve runs a sandbox in this process, over HTTP and TLS, for the time of the test.
func serve(t *testing.T, o sandbox.Options) profile.Target {
	t.Helper()
	server, err := sandbox.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	plain, secure := httptest.NewServer(server.Handler()), httptest.NewTLSServer(server.Handler())
	t.Cleanup(plain.Close)
	t.Cleanup(secure.Close)
	authority := filepath.Join(t.TempDir(), "ca.pem")
	if err := os.WriteFile(authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: secure.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	known := profile.Target{Name: "sandbox", BaseURL: plain.URL, SecureURL: secure.URL, Features: sandbox.Features(),
		Control: &profile.Control{URL: plain.URL, Token: profile.NewSecret(server.ControlToken())}, TLS: profile.TLS{CAFile: authority}}
	for _, s := range server.Sites() {
		known.Sites = append(known.Sites, profile.Site{Name: s.Name, States: s.States, Anchors: s.Anchors,
			Credentials: profile.Credentials{Username: s.Username, Password: profile.NewSecret(s.Password)}})
	}
	target, err := profile.Resolve(profile.Sources{Known: &known})
	if err != nil {
		t.Fatal(err)
	}
	return target
}
