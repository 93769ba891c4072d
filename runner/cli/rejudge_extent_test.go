package cli_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// A case that failed can be taken out of a report together with its evidence, and the
// rest still follows from the rest.
func TestRejudgeMissesCasesThatWereLeftOut(t *testing.T) {
	_, whole, out := run(t, "--sandbox-deviate", "warned-person-lost", "--only", newPerson, "--only", unknownChild)
	log := filepath.Join(out, "evidence", "exchanges.jsonl")
	var kept []string
	for line := range strings.Lines(read(t, log)) {
		if !strings.HasPrefix(line, `{"case":"`+unknownChild+`"`) {
			kept = append(kept, line)
		}
	}
	if err := os.WriteFile(log, []byte(strings.Join(kept, "")), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name string
		edit func(*reports.Library)
		want string // empty when the report admits that it is a selection
	}{
		{"nothing else", func(*reports.Library) {}, "extent: the report says that 2 cases were selected, and has 1 results"},
		{"as if it had not been selected", func(l *reports.Library) { l.SelectedCases-- }, ""},
		{"as if the suite did not have it", func(l *reports.Library) { l.SelectedCases--; l.Cases = l.SelectedCases }, "extent: the report says that the suite has 1 cases in"},
	} {
		report := whole
		report.Scenarios = slices.DeleteFunc(slices.Clone(report.Scenarios), func(r reports.Result) bool { return r.ID == unknownChild })
		tt.edit(&report.Library)
		if err := jsonl.WriteReport(filepath.Join(out, "report.json"), reports.Summarise(report)); err != nil {
			t.Fatal(err)
		}
		got := command(t, "rejudge", out)
		if (got.code == reports.ExitNotConformant) != (tt.want != "") || !strings.Contains(got.out, tt.want) {
			t.Errorf("%s: exit code %d\n%s%s", tt.name, got.code, got.out, got.err)
		}
	}
}
