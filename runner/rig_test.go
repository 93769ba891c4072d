package runner_test

import (
	"context"
	"encoding/pem"
	"io/fs"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"esconform/fixtures"
	"esconform/reports"
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

// rig runs scenarios against sandboxes in this process, without Ginkgo.
type rig struct {
	library   scenario.Library
	files     fs.FS
	validator validate.Validator
}

func newRig(tb testing.TB) *rig {
	tb.Helper()
	library, err := scenario.Load(tb.Context(), fixtures.Files())
	if err != nil {
		tb.Fatal(err)
	}
	validator, err := validate.New("", 50)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = validator.Close() })
	return &rig{library: library, files: fixtures.Files(), validator: validator}
}

// judged is a case with what was seen of it and what that was judged to be.
type judged struct {
	item    plan.Item
	outcome evidence.Outcome
	result  reports.Result
}

// bench is a sandbox with a target.
type bench struct {
	server *sandbox.Server
	target profile.Target
}

// sandbox serves a sandbox for the time of the test, over HTTP and TLS.
func (r *rig) sandbox(tb testing.TB, o sandbox.Options) bench {
	tb.Helper()
	server, err := sandbox.New(tb.Context(), o)
	if err != nil {
		tb.Fatal(err)
	}
	plain := httptest.NewServer(server.Handler())
	secure := httptest.NewTLSServer(server.Handler())
	tb.Cleanup(func() {
		plain.Close()
		secure.Close()
		_ = server.Close()
	})
	target := profile.Target{
		Name: "sandbox", BaseURL: plain.URL, SecureURL: secure.URL,
		Control:  &profile.Control{URL: plain.URL, Token: profile.NewSecret(server.ControlToken())},
		Features: sandbox.Features(),
		TLS:      profile.TLS{CAFile: writeCertificate(tb, secure)},
		Limits: profile.Limits{Concurrency: 4, StepTimeout: profile.DefaultStepTimeout, MaxBody: profile.DefaultMaxBody,
			MaxHeader: profile.DefaultMaxHeader, MaxDepth: profile.DefaultMaxDepth, MaxViolations: profile.DefaultMaxViolations},
	}
	for _, s := range server.Sites() {
		target.Sites = append(target.Sites, profile.Site{Name: s.Name, States: s.States, Anchors: s.Anchors,
			Credentials: profile.Credentials{Username: s.Username, Password: profile.NewSecret(s.Password)}})
	}
	return bench{server, target}
}

// matrixVolume is the size of the scenarios of volume under deviations: more than a
// page, and no more than it takes.
const matrixVolume = 120

// run carries out the cases that are wanted (all when nil) and judges them.
func (r *rig) run(tb testing.TB, b bench, want map[string]bool) map[string]judged {
	tb.Helper()
	p, err := plan.Select(b.target, r.library, plan.Selection{AllowResidue: true, Volume: matrixVolume})
	if err != nil {
		tb.Fatal(err)
	}
	if want != nil {
		p.Order = slices.DeleteFunc(p.Order, func(i int) bool { return !want[p.Items[i].Case.ID()] })
	}
	return r.execute(tb, p)
}

func (r *rig) execute(tb testing.TB, p plan.Plan) map[string]judged {
	tb.Helper()
	l, err := ledger.Create(filepath.Join(tb.TempDir(), "ledger.jsonl"), ledger.Header{Run: "test", Target: p.Target.BaseURL})
	if err != nil {
		tb.Fatal(err)
	}
	defer l.Close()
	executor, err := exchange.New(exchange.Options{Plan: p, Validator: r.validator, Ledger: l, Files: r.files})
	if err != nil {
		tb.Fatal(err)
	}
	defer executor.Close()
	var mu sync.Mutex
	all := map[string]judged{}
	err = executor.Execute(tb.Context(), func(item plan.Item, outcome evidence.Outcome) {
		result := r.judge(tb.Context(), item, outcome)
		mu.Lock()
		defer mu.Unlock()
		all[item.Case.ID()] = judged{item, outcome, result}
	})
	if err != nil {
		tb.Logf("the run stopped: %v", err)
	}
	return all
}

func (r *rig) judge(ctx context.Context, item plan.Item, outcome evidence.Outcome) reports.Result {
	return judge.Judge(ctx, judge.Input{Case: item.Case, Outcome: outcome, Requirements: r.library.Requirements,
		Validator: r.validator, Core: item.Core, Files: r.files})
}

// writeCertificate writes the certificate of a TLS test server, for a client to trust.
func writeCertificate(tb testing.TB, s *httptest.Server) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "ca.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: s.Certificate().Raw})
	if err := os.WriteFile(path, data, 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}
