package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

// TestAListIsMadeKeptAndEmptied goes the way of a list: made from a run that failed,
// used, found to agree, and emptied when the endpoint is repaired.
func TestAListIsMadeKeptAndEmptied(t *testing.T) {
	dir := t.TempDir()
	list := filepath.Join(dir, "known.yaml")
	selected := []string{"--only", unknownOnUpdate, "--only", relationUpdate, "--only", newPerson}
	_, _, bad := run(t, append(selected, lostPerson...)...)
	from := filepath.Join(bad, "report.json")
	answer := []string{"--owner", "persons", "--reason", "Repaired in 4.2", "--expires", "2999-12-31"}

	made := command(t, append([]string{"report", "known-failures", "--update", list, "--from", from}, answer...)...)
	if made.code != 0 {
		t.Fatalf("exit code %d\n%s", made.code, made.err)
	}
	want := "add      " + relationUpdate + ": it breaks REL-05\nadd      " + unknownOnUpdate + ": it breaks REL-06, REL-11\n"
	if diff := cmp.Diff(want, made.out); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	text := content(t, list)
	for _, args := range [][]string{{list}, {"--update", list}} {
		if got := command(t, append([]string{"report", "known-failures", "--from", from}, args...)...); got.code != 0 || got.out != "" || content(t, list) != text {
			t.Errorf("%v: exit code %d, %q\n%s", args, got.code, got.out, got.err)
		}
	}
	used, report, again := run(t, append(append([]string{"--known-failures", list}, selected...), lostPerson...)...)
	if used.code != 0 || report.Verdict != reports.ConformantWithWarnings || report.Counts.KnownFailure != 2 {
		t.Errorf("exit code %d, %s, %+v", used.code, report.Reason, report.Counts)
	}
	if got := command(t, "report", "known-failures", list, "--from", filepath.Join(again, "events.jsonl")); got.code != 0 {
		t.Errorf("the run that used the list: exit code %d\n%s%s", got.code, got.out, got.err)
	}
	stale, _, good := run(t, append([]string{"--known-failures", list}, selected...)...)
	if stale.code != 1 {
		t.Errorf("what is listed passes: exit code %d", stale.code)
	}
	from = filepath.Join(good, "report.json")
	if got := command(t, "report", "known-failures", list, "--from", from); got.code != 1 || strings.Count(got.out, "remove ") != 2 || content(t, list) != text {
		t.Errorf("exit code %d\n%s%s", got.code, got.out, got.err)
	}
	if got := command(t, "report", "known-failures", list, "--from", from, "--update"); got.code != 0 || strings.Contains(content(t, list), "- id") || !strings.HasPrefix(content(t, list), "# ") {
		t.Errorf("exit code %d\n%s\n%s", got.code, got.err, content(t, list))
	}
}

func TestAListIsNotChangedWhenSomethingIsWrong(t *testing.T) {
	_, _, bad := run(t, append([]string{"--only", relationUpdate}, lostPerson...)...)
	from := filepath.Join(bad, "report.json")
	other := entryOf(newPerson, "PER-READ-01")
	for _, tt := range []struct {
		name string
		list string
		args []string
		code int
		says string
	}{
		{"nobody answers for what is new", other, []string{"--from", from, "--update"}, 2, "1 case is to be added: say who answers for that, why, and until when (--owner NAME, --reason TEXT, --expires DAY missing)"},
		{"a day is missing", other, []string{"--from", from, "--update", "--owner", "x", "--reason", "y"}, 2, "(--expires DAY missing)"},
		{"a day that is none", other, []string{"--from", from, "--update", "--owner", "x", "--reason", "y", "--expires", "soon"}, 2, `expires "soon" is no day`},
		{"a day that has passed", other, []string{"--from", from, "--update", "--owner", "x", "--reason", "y", "--expires", "2020-01-01"}, 2, "expires 2020-01-01 has passed"},
		{"a link that runs", other, []string{"--from", from, "--update", "--owner", "x", "--reason", "y", "--expires", "2999-01-01", "--link", "javascript:x"}, 2, "is no address"},
		{"a list that is wrong", "- id: x\n", []string{"--from", from, "--update"}, 2, "known.yaml:1: the entry has no owner"},
		{"a list on one line", "[]\n", []string{"--from", from, "--update", "--owner", "x", "--reason", "y", "--expires", "2999-01-01"}, 2, "cannot be changed without harm"},
		{"no report", other, []string{"--update"}, 2, "--from REPORT is missing"},
		{"a report that is not there", other, []string{"--from", "nowhere.json"}, 2, "nowhere.json"},
		{"a failure of another kind", entryOf(relationUpdate, "REL-06"), []string{"--from", from, "--update"}, 1, "1 entry is to be changed by hand"},
		{"without --update", other, []string{"--from", from}, 1, "0 entries would be removed, 1 added"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list := file(t, "known.yaml", tt.list)
			got := command(t, append([]string{"report", "known-failures", list}, tt.args...)...)
			if got.code != tt.code || !strings.Contains(got.err, tt.says) {
				t.Errorf("exit code %d, want %d and %q\n%s", got.code, tt.code, tt.says, got.err)
			}
			if diff := cmp.Diff(tt.list, content(t, list)); diff != "" {
				t.Errorf("the list was changed\n%s", diff)
			}
		})
	}
}

func TestReportExplainsItsCommands(t *testing.T) {
	if got := command(t, "report"); got.code != 0 || !strings.Contains(got.out, "known-failures") {
		t.Errorf("exit code %d\n%s", got.code, got.out)
	}
	if got := command(t, "report", "nonsense"); got.code != 2 || !strings.Contains(got.err, `unknown command "nonsense" for "esconform report"`) {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	for _, name := range []string{"report", "report known-failures"} {
		for line := range strings.Lines(command(t, append(strings.Fields(name), "--help")...).out) {
			if len(strings.TrimRight(line, "\n")) > 80 {
				t.Errorf("%s --help: wider than 80 columns: %s", name, line)
			}
		}
	}
}

// content reads a file that a command wrote.
func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
