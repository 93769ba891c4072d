package cli_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/sandbox"
)

// TestTroubleIsNeverAVerdict shows that what is not the endpoint's fault, or cannot
// be told from it, ends with exit code 3 and one sentence that says what to do.
func TestTroubleIsNeverAVerdict(t *testing.T) {
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><body>Welcome</body></html>")
	}))
	t.Cleanup(page.Close)
	unknown := httptest.NewTLSServer(page.Config.Handler)
	t.Cleanup(unknown.Close)
	elsewhere := httptest.NewServer(http.RedirectHandler("https://other.example/", http.StatusFound))
	t.Cleanup(elsewhere.Close)
	reference := sandboxServer(t)
	for _, tt := range []struct{ name, url, says string }{
		{"nobody listens", "http://" + closedAddress(t), "no connection"},
		{"a certificate that nobody vouches for", unknown.URL, "--ca-file"},
		{"wrong credentials", reference, "user name"},
		{"an HTML page", page.URL, "HTML"},
		{"a redirect", elsewhere.URL, "redirect"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out := filepath.Join(t.TempDir(), "out")
			got := command(t, "run", "--endpoint", tt.url, "--username", "u", "--password-file", file(t, "password", "not the password"),
				"--only", newPerson, "--out", out)
			if got.code != reports.ExitInconclusive || !strings.Contains(got.err, tt.says) {
				t.Errorf("exit code %d, want 3 and %q:\n%s", got.code, tt.says, got.err)
			}
			report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
			if err != nil || report.Counts.Failed != 0 || report.Verdict != reports.Inconclusive {
				t.Errorf("the report: %v, %d failed, %s", err, report.Counts.Failed, report.Verdict)
			}
		})
	}
}

func sandboxServer(t *testing.T) string {
	t.Helper()
	server, err := sandbox.New(t.Context(), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(server.Handler())
	t.Cleanup(func() {
		s.Close()
		_ = server.Close()
	})
	return s.URL
}

// closedAddress is an address on which nobody listens any more.
func closedAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// TestDefectsAreReportedTogether shows that every defect of profile and fixtures is
// named with its file and line before anything is sent.
func TestDefectsAreReportedTogether(t *testing.T) {
	profile := file(t, "endpoint.yaml", "endpoint: host-without-scheme\nfeatures: [readAllPersons]\nsites:\n  - name: main\n    username: u\n    passwordFile: nowhere\nnonsense: 1\n")
	fixtures := t.TempDir()
	got := command(t, "run", "--profile", profile, "--fixtures", filepath.Join(fixtures, "nowhere"), "--out", filepath.Join(t.TempDir(), "out"))
	if got.code != reports.ExitUsage {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	for _, want := range []string{profile + ":1", profile + ":6", profile + ":7", "fixtures"} {
		if !strings.Contains(got.err, want) {
			t.Errorf("%s is not named in:\n%s", want, got.err)
		}
	}
}
