package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

// own is a folder of fixtures with one scenario: a read of a person that is not there,
// which expects that status and says that it proves that requirement.
func own(t *testing.T, name, status, requirement string) string {
	t.Helper()
	dir := t.TempDir()
	folder := filepath.Join(dir, "vendor", name)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	text := "title: An own scenario\nsource: our own page\nidentities: [Person1]\nsteps:\n  - operation: readPerson\n    request: /imses/person/shared/read-person.xml\n" +
		"    expect:\n      - { status: { codeMajor: " + status + " }, proves: " + requirement + " }\n"
	if err := os.WriteFile(filepath.Join(folder, "scenario.yaml"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestABaselineNoticesWhatIsGone(t *testing.T) {
	honest := own(t, "own", "failure", "PER-READ-02")
	_, _, good := run(t, "--fixtures", honest, "--only", "vendor")
	_, _, bad := run(t, "--fixtures", own(t, "own", "success", "REL-07"), "--only", "vendor")
	for _, tt := range []struct {
		name, baseline, fixtures string
		code                     int
		says                     []string
	}{
		{"the same again", good, honest, 0, []string{"0 worse, 0 better, 0 new, 0 gone\n"}},
		{"a rule is no longer asserted", good, own(t, "own", "failure", "STA-01"), 1,
			[]string{"1 no longer tested\n", "  lost    PER-READ-02: no longer tested\n", "  caution: the earlier run has another suite: "}},
		{"a case that passed", good, own(t, "another", "failure", "PER-READ-02"), 1, []string{"1 worse, 0 better, 1 new, 1 gone\n", "  worse   vendor/own: passed -> not-run\n"}},
		{"a case that failed", bad, own(t, "another", "failure", "REL-07"), 1, []string{"1 worse, 0 better, 1 new, 1 gone\n", "  worse   vendor/own: failed -> not-run\n"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, report, _ := run(t, "--fixtures", tt.fixtures, "--only", "vendor", "--baseline", filepath.Join(tt.baseline, "report.json"))
			if got.code != tt.code || report.Counts.Passed != 1 {
				t.Errorf("exit code %d, want %d; %s", got.code, tt.code, report.Reason)
			}
			for _, part := range append(tt.says, "baseline     "+filepath.Join(tt.baseline, "report.json")+", a run of 2") {
				if !strings.Contains(got.err, part) {
					t.Errorf("it does not say %q but:\n%s", part, got.err)
				}
			}
		})
	}
}

func TestABaselineMissesOnlyWhatARunWouldSelect(t *testing.T) {
	_, _, all := run(t, "--fixtures", own(t, "new-person", "failure", "PER-READ-02"), "--only", "vendor", "--only", newPerson, "--only", unknownChild)
	for _, tt := range []struct {
		name string
		args []string
		code int
	}{
		{"by id", []string{"--only", newPerson}, 0},
		{"by a pattern for what is gone", []string{"--only", newPerson, "--only", "**/relationships/unknown-child", "--only", "v*/new-person"}, 2}, // it matches nothing
		{"by a pattern that would select what is gone", []string{"--only", "**/new-person"}, 1},
		{"by label", []string{"--labels", "relationships"}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			got := command(t, append([]string{"run", "--sandbox", "--out", out, "--baseline", filepath.Join(all, "report.json")}, tt.args...)...)
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d\n%s", got.code, tt.code, got.err[max(0, len(got.err)-2000):])
			}
		})
	}
}

func TestABaselineWithKnownFailuresAndWarnings(t *testing.T) {
	selected := []string{"--only", relationUpdate}
	list := file(t, "known.yaml", entryOf(relationUpdate, "REL-05"))
	_, _, good := run(t, selected...)
	_, _, bad := run(t, append(selected, lostPerson...)...)
	_, _, listed := run(t, append(append(selected, lostPerson...), "--known-failures", list)...)
	late := []string{"--sandbox-deviate", "timestamp-of-ten-minutes"}
	for _, tt := range []struct {
		name, baseline string
		list           bool
		args           []string
		code           int
		verdict        reports.Verdict
	}{
		{"it fails, and is listed now", good, true, lostPerson, 0, reports.KnownFailure},
		{"it failed, and is listed now", bad, true, lostPerson, 0, reports.KnownFailure},
		{"it is listed as before", listed, true, lostPerson, 0, reports.KnownFailure},
		{"it is not listed any more", listed, false, lostPerson, 1, reports.Failed},
		{"it passes, and is not listed any more", listed, false, nil, 0, reports.Passed},
		{"it passes, and is still listed", bad, true, nil, 1, reports.UnexpectedPass},
		{"it warns now", good, false, late, 1, reports.Warned},
		{"it fails as listed, and warns now", listed, true, append(late, lostPerson...), 1, reports.KnownFailure},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := append(append([]string{"--baseline", filepath.Join(tt.baseline, "report.json")}, selected...), tt.args...)
			if tt.list {
				args = append(args, "--known-failures", list)
			}
			got, report, _ := run(t, args...)
			if diff := cmp.Diff(tt.verdict, report.Scenarios[0].Verdict); got.code != tt.code || diff != "" {
				t.Errorf("exit code %d, want %d; %s\n%s", got.code, tt.code, diff, got.err)
			}
		})
	}
}

func TestAFileThatIsNotNamedIsNotLeftOut(t *testing.T) {
	got := command(t, "run", "--sandbox", "--only", newPerson, "--baseline", "", "--known-failures=", "--out", filepath.Join(t.TempDir(), "out"))
	if got.code != reports.ExitUsage || !strings.Contains(got.err, "--baseline is empty") || !strings.Contains(got.err, "--known-failures is empty") {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
}

func TestABaselineOfAnotherSchemaVersionIsRefused(t *testing.T) {
	_, _, out := run(t, "--only", newPerson)
	path := filepath.Join(out, "report.json")
	old := file(t, "old.json", strings.Replace(content(t, path), `"schemaVersion": "`+reports.SchemaVersion+`"`, `"schemaVersion": "0.9"`, 1))
	got := command(t, "run", "--sandbox", "--only", newPerson, "--baseline", old, "--out", filepath.Join(t.TempDir(), "out"))
	if got.code != reports.ExitUsage || !strings.Contains(got.err, `schemaVersion "0.9": this program reads "`+reports.SchemaVersion+`"`) {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
}
