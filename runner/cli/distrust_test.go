package cli_test

import (
	"bytes"
	"context"
	"io"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/cli"
	"esconform/runner/scenario"
)

// mislabelled loads a library whose scenarios have a label that the suite does not take,
// as no file can.
func mislabelled(ctx context.Context, systems ...fs.FS) (scenario.Library, error) {
	library, err := scenario.Load(ctx, systems...)
	for i := range library.Scenarios {
		for j := range library.Scenarios[i].Cases {
			library.Scenarios[i].Cases[j].Scenario.Labels = []string{"a/b"}
		}
	}
	return library, err
}

// The suite says only while the run goes on that it cannot show it: then no file says
// conformant either, and there is no bundle that does.
func TestARunThatTheSuiteCouldNotShowIsNowhereGreen(t *testing.T) {
	dir := t.TempDir()
	out, key, sealed := filepath.Join(dir, "out"), filepath.Join(dir, "key.pem"), filepath.Join(dir, "run.zip")
	if made := command(t, "key", "new", "--out", key); made.code != 0 {
		t.Fatal(made.err)
	}
	var errs bytes.Buffer
	code := cli.MainContext(t.Context(), []string{"run", "--sandbox", "--only", newPerson, "--out", out, "--bundle", sealed, "--sign-key", key},
		cli.Streams{In: strings.NewReader(""), Out: io.Discard, Err: &errs, Getenv: func(string) string { return "" }, Load: mislabelled})
	if code != reports.ExitInconclusive || !strings.Contains(errs.String(), "a/b") {
		t.Errorf("exit code %d\n%s", code, errs.String())
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
