package cli_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"encoding/pem"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/sandbox"
)

// peer is a sandbox whose requests are watched.
type peer struct {
	*httptest.Server
	mu       sync.Mutex
	requests []*http.Request
	inFlight atomic.Int32
	most     atomic.Int32
	gate     chan struct{} // when set, an answer waits for it
	password string        // file
}

func newPeer(t *testing.T, secure bool) *peer {
	t.Helper()
	p := &peer{password: file(t, "password", "a word of the sandbox")}
	server, err := sandbox.New(t.Context(), sandbox.Options{Username: "u", Password: "a word of the sandbox"})
	if err != nil {
		t.Fatal(err)
	}
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body) // only then does the server notice that the client is gone
		if err != nil {
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		answer := p.answer(server.Handler(), r)
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	}))
	if secure {
		p.TLS = &tls.Config{ClientAuth: tls.RequestClientCert}
		p.StartTLS()
	} else {
		p.Start()
	}
	t.Cleanup(func() {
		p.Close()
		_ = server.Close()
	})
	return p
}

// answer is made before it is sent: the request is no longer in flight when the
// client can see that it was answered.
func (p *peer) answer(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	p.watch(r)
	defer p.inFlight.Add(-1)
	if p.gate != nil {
		select {
		case <-p.gate:
		case <-r.Context().Done():
		}
	}
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)
	return answer
}

func (p *peer) watch(r *http.Request) {
	n := p.inFlight.Add(1)
	for m := p.most.Load(); n > m && !p.most.CompareAndSwap(m, n); m = p.most.Load() {
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.requests = append(p.requests, r)
}

// run runs scenarios against the peer.
func (p *peer) run(t *testing.T, args ...string) (outcome, reports.Report) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	all := append([]string{"run", "--endpoint", p.URL, "--username", "u", "--password-file", p.password, "--out", out}, args...)
	got := command(t, all...)
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, got.err)
	}
	return got, report
}

func (p *peer) certificate(t *testing.T) string {
	t.Helper()
	return file(t, "ca.pem", string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate().Raw})))
}

func verdictOf(report reports.Report, id string) reports.Verdict {
	i := slices.IndexFunc(report.Scenarios, func(r reports.Result) bool { return r.ID == id })
	if i < 0 {
		return ""
	}
	return report.Scenarios[i].Verdict
}

func TestHeadersAreSentAndHidden(t *testing.T) {
	p := newPeer(t, false)
	got, _ := p.run(t, "--only", newPerson, "--header", "X-Route=blue-route-7")
	for _, r := range p.requests {
		if r.Header.Get("X-Route") != "blue-route-7" {
			t.Errorf("%s was sent without the header", r.Header.Get("SOAPAction"))
		}
	}
	if strings.Contains(got.err, "blue-route-7") {
		t.Errorf("the value is printed:\n%s", got.err)
	}
}

func TestSeparateCallsTheSeparateServices(t *testing.T) {
	p := newPeer(t, false)
	p.run(t, "--only", newPerson, "--separate")
	for _, r := range p.requests {
		if !strings.Contains(r.URL.Path, "PersonManagementServiceSync") {
			t.Errorf("%s was called", r.URL.Path)
		}
	}
}

func TestStatesAndFeaturesPlaceScenarios(t *testing.T) {
	const off, all = "imses/person/relationships/portal-disabled-on-create", "imses/person/read-all/created-persons"
	p := newPeer(t, false)
	_, plain := p.run(t, "--only", off, "--only", all)
	if verdictOf(plain, off) != reports.Skipped || verdictOf(plain, all) != reports.Skipped {
		t.Errorf("without flags: %s and %s, want both skipped", verdictOf(plain, off), verdictOf(plain, all))
	}
	_, told := p.run(t, "--only", off, "--only", all, "--state", "parentPortal=disabled", "--feature", "readAllPersons")
	if verdictOf(told, off) != reports.Failed { // the peer's portal is on: what was said is not so
		t.Errorf("with the state declared the case is %s", verdictOf(told, off))
	}
	if verdictOf(told, all) == reports.Skipped {
		t.Error("with the feature declared the case is still skipped")
	}
}

func TestSecureEndpointServesWhatNeedsTLS(t *testing.T) {
	const needsTLS = "imses/security/tls-without-client-certificate"
	plain, secure := newPeer(t, false), newPeer(t, true)
	_, without := plain.run(t, "--only", needsTLS)
	_, with := plain.run(t, "--only", needsTLS, "--secure-endpoint", secure.URL, "--ca-file", secure.certificate(t))
	if a, b := verdictOf(without, needsTLS), verdictOf(with, needsTLS); a != reports.Skipped || b != reports.Passed || len(secure.requests) == 0 {
		t.Errorf("%s without and %s with it, %d requests over TLS", a, b, len(secure.requests))
	}
}

func TestCertificatesAreTrustedAsTold(t *testing.T) {
	p := newPeer(t, true)
	if got, _ := p.run(t, "--only", newPerson); got.code != reports.ExitInconclusive {
		t.Errorf("an unknown authority: exit code %d", got.code)
	}
	if got, report := p.run(t, "--only", newPerson, "--ca-file", p.certificate(t)); got.code != 0 || report.Target.TLSUnverified {
		t.Errorf("a trusted authority: exit code %d, unverified %v", got.code, report.Target.TLSUnverified)
	}
	got, report := p.run(t, "--only", newPerson, "--insecure")
	if got.code != 0 || !report.Target.TLSUnverified {
		t.Errorf("--insecure: exit code %d, unverified %v in the report", got.code, report.Target.TLSUnverified)
	}
}

func TestAClientCertificateIsPresented(t *testing.T) {
	p := newPeer(t, true)
	certificate, _, err := sandbox.LoopbackCertificate(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	cert, key := clientFiles(t, certificate)
	p.run(t, "--only", newPerson, "--insecure", "--client-cert", cert, "--client-key", key)
	for _, r := range p.requests {
		if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
			t.Fatalf("%s came without a client certificate", r.URL.Path)
		}
	}
	if got := command(t, "run", "--endpoint", p.URL, "--username", "u", "--password-file", p.password, "--client-cert", cert); got.code != reports.ExitUsage {
		t.Errorf("a certificate without its key: exit code %d", got.code)
	}
}

func TestAProxyIsUsed(t *testing.T) {
	p := newPeer(t, false)
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, "run", "--endpoint", "http://localhost:9", "--proxy", p.URL, "--username", "u", "--password-file", p.password,
		"--only", newPerson, "--out", out)
	if got.code != 0 || len(p.requests) == 0 || p.requests[0].URL.Host != "localhost:9" {
		t.Errorf("exit code %d, %d requests through the proxy\n%s", got.code, len(p.requests), got.err)
	}
}

func TestTimeLimits(t *testing.T) {
	p := newPeer(t, false)
	p.gate = make(chan struct{})
	if got, report := p.run(t, "--only", newPerson, "--timeout", "50ms"); got.code != reports.ExitInconclusive || report.Counts.Failed != 0 {
		t.Errorf("--timeout: exit code %d, %d failed", got.code, report.Counts.Failed)
	}
	q := newPeer(t, false)
	got, report := q.run(t, "--rate", "20", "--max-duration", "700ms")
	if got.code != reports.ExitInconclusive || report.Counts.NotRun == 0 || !strings.Contains(got.err, "--max-duration") {
		t.Errorf("--max-duration: exit code %d, %d not run\n%s", got.code, report.Counts.NotRun, got.err)
	}
}

func TestConcurrencyBoundsWhatIsInFlight(t *testing.T) {
	p := newPeer(t, false)
	p.run(t, "--only", "imses/person/relationships", "--concurrency", "1")
	if n := p.most.Load(); n != 1 {
		t.Errorf("%d requests at the same time, want 1", n)
	}
}

// sentOrder are the cases of a run in the order in which they were carried out, which
// with one at a time is that of the log of the evidence.
func sentOrder(t *testing.T, args ...string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	command(t, append([]string{"run", "--sandbox", "--only", "imses/person/relationships", "--concurrency", "1", "--out", out}, args...)...)
	var ids []string
	for line := range strings.Lines(evidenceOf(t, out)) {
		var entry struct{ Case string }
		if err := json.Unmarshal([]byte(line), &entry); err != nil {
			t.Fatal(err)
		}
		if n := len(ids); n == 0 || ids[n-1] != entry.Case {
			ids = append(ids, entry.Case)
		}
	}
	return strings.Join(ids, "\n")
}

func TestSeedShufflesTheSameWay(t *testing.T) {
	plain, one, again, two := sentOrder(t), sentOrder(t, "--seed", "1"), sentOrder(t, "--seed", "1"), sentOrder(t, "--seed", "2")
	if one != again || one == plain || one == two || plain == "" {
		t.Errorf("same seed, same order: %v; other orders: %v and %v", one == again, one != plain, one != two)
	}
}

func TestEveryEngineJudges(t *testing.T) {
	for _, engine := range []string{"libxml2", "helium", "both"} {
		got, report, _ := run(t, "--only", newPerson, "--xsd-engine", engine)
		if got.code != 0 || !strings.Contains(report.Engine, strings.TrimSuffix(engine, "both")) {
			t.Errorf("%s: exit code %d, engine %q", engine, got.code, report.Engine)
		}
	}
}

func TestADialectIsSpoken(t *testing.T) {
	_, _, out := run(t, "--only", newPerson, "--sandbox-dialect", "all-prefixed")
	_, _, plain := run(t, "--only", newPerson)
	if a, b := evidenceOf(t, out), evidenceOf(t, plain); !strings.Contains(a, "Response") || strings.Contains(a, "<createPersonResponse") || !strings.Contains(b, "<createPersonResponse") {
		t.Errorf("with the dialect:\n%s\nwithout:\n%s", a, b)
	}
}

func TestThePasswordComesFromInputOrEnvironment(t *testing.T) {
	p := newPeer(t, false)
	args := []string{"run", "--endpoint", p.URL, "--username", "u", "--only", newPerson, "--out", filepath.Join(t.TempDir(), "out")}
	if got := commandWith(t, t.Context(), nil, "a word of the sandbox\n", append(args, "--password-file", "-")...); got.code != 0 {
		t.Errorf("standard input: exit code %d\n%s", got.code, got.err)
	}
	env := map[string]string{"ESCONFORM_PASSWORD": "a word of the sandbox"}
	if got := commandWith(t, t.Context(), env, "", args...); got.code != 0 {
		t.Errorf("environment: exit code %d\n%s", got.code, got.err)
	}
}

func TestHooksRunOnlyWhenAllowed(t *testing.T) {
	const off = "imses/person/relationships/portal-disabled-on-create"
	p := newPeer(t, false)
	dir := t.TempDir()
	marker := filepath.Join(dir, "switched")
	profile := filepath.Join(dir, "endpoint.yaml")
	content := "endpoint: " + p.URL + "\nsites:\n  - { name: main, username: u, passwordFile: " + p.password + " }\nhooks:\n  parentPortal: [touch, \"" + marker + "-{value}\"]\n"
	if err := os.WriteFile(profile, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{"run", "--profile", profile, "--only", off, "--out", filepath.Join(dir, "out")}
	command(t, args...)
	if _, err := os.Stat(marker + "-disabled"); err == nil {
		t.Error("a hook ran without --allow-hooks")
	}
	command(t, append(args, "--allow-hooks")...)
	for _, value := range []string{"disabled", "enabled"} {
		if _, err := os.Stat(marker + "-" + value); err != nil {
			t.Errorf("the state was not switched to %s: %v", value, err)
		}
	}
}

func TestCancellingIsAnInterrupt(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := commandWith(t, ctx, nil, "", "run", "--sandbox", "--out", filepath.Join(t.TempDir(), "out"))
	if got.code != reports.ExitInterrupted {
		t.Errorf("exit code %d, want 130\n%s", got.code, got.err)
	}
}
