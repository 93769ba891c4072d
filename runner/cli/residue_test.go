package cli_test

import (
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/sandbox"
)

const kept = "vendor/residue/kept"

// TestResidueIsLeftOnlyWhenItIsAllowed shows that off the sandbox a scenario which
// leaves something behind runs only with the flag that the reason of its skip names.
func TestResidueIsLeftOnlyWhenItIsAllowed(t *testing.T) {
	server, err := sandbox.New(t.Context(), sandbox.Options{Username: "u", Password: "p"})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(server.Handler())
	t.Cleanup(func() {
		s.Close()
		_ = server.Close()
	})
	for _, tt := range []struct {
		name    string
		flags   []string
		code    int
		verdict reports.Verdict
		says    string // the reason of the skip, the residue and the command
	}{
		{"not allowed", nil, reports.ExitNothing, reports.Skipped, "it leaves something behind that cannot be removed; run it with --allow-residue"},
		{"allowed", []string{"--allow-residue"}, reports.ExitConformant, reports.Passed, "vendor/residue/kept: a course that nothing removes"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			got := command(t, append([]string{"run", "--endpoint", s.URL, "--username", "u", "--password-file", file(t, "password", "p"),
				"--fixtures", "testdata/residue", "--only", kept, "--out", out}, tt.flags...)...)
			report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
			if err != nil {
				t.Fatalf("%v\n%s", err, got.err)
			}
			r := report.Scenarios[0]
			if got.code != tt.code || r.Verdict != tt.verdict || strings.Join(append(report.Residue, r.Reason), "") != tt.says {
				t.Errorf("exit code %d, %s, residue %v\n%s", got.code, r.Verdict, report.Residue, got.err)
			}
			if told := strings.Contains(r.Reproduce, " --allow-residue --only "); told != (tt.flags != nil) {
				t.Errorf("the command is %s", r.Reproduce)
			}
		})
	}
}
