package cli_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/sandbox"
)

func TestARunWritesAnHTMLReportAndSaysWhere(t *testing.T) {
	got, report, out := run(t, "--only", unknownChild, "--sandbox-deviate", "warned-person-lost")
	path := filepath.Join(out, "report.html")
	if !strings.Contains(got.err, path) {
		t.Errorf("%s is not named in:\n%s", path, got.err)
	}
	page, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	result := report.Scenarios[0]
	for _, part := range []string{`id="` + unknownChild + `"`, result.Title, result.Findings[0].Requirement, `href="./` + result.Findings[0].Response + `"`} {
		if !strings.Contains(string(page), part) {
			t.Errorf("%q is not in the page", part)
		}
	}
	if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(result.Findings[0].Response))); err != nil {
		t.Errorf("the link to the evidence leads nowhere: %v", err)
	}
}

func TestTheHTMLReportOfAnEarlierRunDoesNotStay(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	if got := command(t, "run", "--sandbox", "--only", newPerson, "--out", out); got.code != 0 {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	// The second run cannot reach anybody, so its cases have errors.
	got := command(t, "run", "--endpoint", "http://"+closedAddress(t), "--username", "u", "--password-file", file(t, "password", "not a password"),
		"--only", newPerson, "--out", out)
	page, err := os.ReadFile(filepath.Join(out, "report.html"))
	if got.code != reports.ExitInconclusive || err == nil && !strings.Contains(string(page), "inconclusive") {
		t.Errorf("exit code %d; the page is not that of the second run", got.code)
	}
}

// TestAnHTMLReportThatCannotBeWrittenIsNotGreen puts a folder in the place of the
// report while the run is on its way.
func TestAnHTMLReportThatCannotBeWrittenIsNotGreen(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	server, err := sandbox.New(t.Context(), sandbox.Options{Username: "u", Password: "a word of the sandbox"})
	if err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		once.Do(func() {
			if err := os.MkdirAll(filepath.Join(out, "report.html", "in-the-way"), 0o755); err != nil {
				t.Error(err)
			}
		})
		server.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		s.Close()
		_ = server.Close()
	})
	got := command(t, "run", "--endpoint", s.URL, "--username", "u", "--password-file", file(t, "password", "a word of the sandbox"),
		"--only", newPerson, "--out", out)
	if got.code != reports.ExitInconclusive || !strings.Contains(got.err, "write the HTML report") {
		t.Errorf("exit code %d, want 3 and a sentence about the report:\n%s", got.code, got.err)
	}
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil || report.Verdict != reports.Inconclusive || report.Complete || report.Counts.Passed != 1 {
		t.Errorf("report.json does not say that something of the run is missing: %v, %s", err, report.Reason)
	}
	for _, other := range []string{"junit.xml", "events.jsonl"} {
		if info, err := os.Stat(filepath.Join(out, other)); err != nil || info.Size() == 0 {
			t.Errorf("%s was not written: %v", other, err)
		}
	}
}
