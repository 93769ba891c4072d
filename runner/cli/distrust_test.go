package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// The suite does not take such a label, which it says while the run goes on: then no
// file says conformant either, and there is no bundle that does.
func TestARunThatTheSuiteCouldNotShowIsNowhereGreen(t *testing.T) {
	dir := t.TempDir()
	out, key, sealed := filepath.Join(dir, "out"), filepath.Join(dir, "key.pem"), filepath.Join(dir, "run.zip")
	if made := command(t, "key", "new", "--out", key); made.code != 0 {
		t.Fatal(made.err)
	}
	args := story("labels: [\"a/b\"]\n"+storyHead+"    expect:\n      - { status: { codeMajor: failure }, proves: PER-READ-02 }\n")(t, dir)
	got := command(t, append([]string{"run", "--out", out, "--bundle", sealed, "--sign-key", key}, args...)...)
	if got.code != reports.ExitInconclusive || !strings.Contains(got.err, "a/b") {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil || report.Complete || report.Verdict != reports.Inconclusive {
		t.Errorf("report.json says %s: %v", report.Reason, err)
	}
	for _, name := range []string{"report.html", "summary.md"} {
		if text := content(t, filepath.Join(out, name)); !strings.Contains(text, "inconclusive") {
			t.Errorf("%s does not say inconclusive", name)
		}
	}
	if verified := command(t, "verify", sealed); verified.code == 0 && !strings.Contains(verified.out, "inconclusive") {
		t.Errorf("the bundle stands:\n%s", verified.out)
	}
}
