package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// ciCommand is what a CI system, or a terminal, would take for a command.
var ciCommand = regexp.MustCompile(`(?m)^\s*::|##\[|\x1b`)

func TestBundlesAndReportsOfOthersMakeNoCommands(t *testing.T) {
	key := keyPair(t)
	_, path, out := bundled(t, key, "--only", newPerson, "--challenge", "x")
	recorded := read(t, filepath.Join(out, "evidence", "exchanges.jsonl"))
	id := regexp.MustCompile(`"messageId":"[^"]+"`).FindString(recorded)
	forged := resigned(t, key, path, out, strings.Replace(recorded, id, `"messageId":"1\n::error::passed\u001b[2J##[error]"`, 1))
	got := command(t, "verify", forged, "--challenge", "x")
	if got.code != reports.ExitNotConformant || !strings.Contains(got.err, "does not have the identifier 1 ::error::passed") || ciCommand.MatchString(got.out+got.err) {
		t.Errorf("verify: exit code %d\n%q\n%q", got.code, got.out, got.err)
	}
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	for name, ids := range map[string][]string{"an id": {"::stop-commands::x"}, "an id twice": {"a\n::stop-commands::x", "a\n::stop-commands::x"}} {
		more := report
		for _, id := range ids {
			more.Scenarios = append(more.Scenarios, reports.Result{ID: id, Verdict: reports.Passed})
		}
		if err := jsonl.WriteReport(filepath.Join(out, "report.json"), reports.Summarise(more)); err != nil {
			t.Fatal(err)
		}
		got := command(t, "rejudge", out)
		if got.code == 0 || !strings.Contains(got.out+got.err, "::stop-commands::x") || ciCommand.MatchString(got.out+got.err) {
			t.Errorf("rejudge, %s: exit code %d\n%s%s", name, got.code, got.out, got.err)
		}
	}
	if err := os.WriteFile(filepath.Join(out, "evidence", "exchanges.jsonl"), []byte("{}\n::error::\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := command(t, "rejudge", out); got.code != reports.ExitUsage || ciCommand.MatchString(got.out+got.err) {
		t.Errorf("rejudge of foreign evidence: exit code %d\n%s%s", got.code, got.out, got.err)
	}
}
