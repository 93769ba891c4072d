package cli_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
)

const (
	newPerson    = "imses/person/create/new-person"
	unknownChild = "imses/person/relationships/unknown-child"
)

// run runs scenarios against the built-in sandbox and returns the report.
func run(t *testing.T, args ...string) (outcome, reports.Report, string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, append([]string{"run", "--sandbox", "--out", out}, args...)...)
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatalf("%v\n%s", err, got.err)
	}
	return got, report, out
}

func ids(report reports.Report) []string {
	var all []string
	for _, r := range report.Scenarios {
		all = append(all, r.ID)
	}
	return all
}

func TestAFailureShowsRuleSourcePlaceDifferenceAndReproduction(t *testing.T) {
	got, report, _ := run(t, "--sandbox-deviate", "warned-person-lost", "--only", unknownChild)
	if got.code != reports.ExitNotConformant {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	failed := report.Scenarios[0]
	f := failed.Findings[slices.IndexFunc(failed.Findings, func(f reports.Finding) bool { return f.Weight == reports.Failure })]
	for what, part := range map[string]string{
		"sentence": f.Statement, "source": f.Source, "place": f.Expectation, "path": f.Path,
		"command": "esconform run --sandbox --sandbox-deviate warned-person-lost --only " + unknownChild,
	} {
		if part == "" || !strings.Contains(strings.Join(strings.Fields(got.err), " "), strings.Join(strings.Fields(part), " ")) {
			t.Errorf("the %s %q is not shown in:\n%s", what, part, got.err)
		}
	}
	if !strings.Contains(got.err, "\n    - ") && !strings.Contains(got.err, "\n      - ") {
		t.Errorf("no difference is shown in:\n%s", got.err)
	}
}

func TestSelectionNarrowsTheRun(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		want []string
	}{
		{"by id", []string{"--only", newPerson}, []string{newPerson}},
		{"by several ids", []string{"--only", newPerson, "--only", unknownChild}, []string{newPerson, unknownChild}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, report, _ := run(t, tt.args...)
			if diff := cmp.Diff(tt.want, ids(report)); diff != "" {
				t.Errorf("cases (-want +got):\n%s", diff)
			}
		})
	}
	got, labelled, _ := run(t, "--labels", "relationships", "--seed", "7")
	if part := fmt.Sprintf("a selection of %d of %d cases", len(labelled.Scenarios), labelled.Library.Cases); !strings.Contains(labelled.Reason, part) ||
		!strings.Contains(strings.Join(strings.Fields(got.err), " "), part) {
		t.Errorf("%q is said neither in the report's %q nor in:\n%s", part, labelled.Reason, got.err)
	}
	if diff := cmp.Diff(reports.Selection{Only: []string{}, Labels: "relationships", Seed: 7}, labelled.Selection); diff != "" {
		t.Errorf("selection (-want +got):\n%s", diff)
	}
	for _, r := range labelled.Scenarios {
		if !slices.Contains(r.Labels, "relationships") {
			t.Errorf("%s does not carry the label", r.ID)
		}
	}
}

func TestRerunFailedRunsOnlyWhatWasNotGood(t *testing.T) {
	_, first, out := run(t, "--sandbox-deviate", "warned-person-lost", "--only", "imses/person/relationships", "--only", newPerson)
	_, second, _ := run(t, "--rerun-failed", filepath.Join(out, "report.json"))
	var want []string
	for _, r := range first.Scenarios {
		if r.Verdict != reports.Passed {
			want = append(want, r.ID)
		}
	}
	if diff := cmp.Diff(want, ids(second)); diff != "" || len(want) == 0 {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
	if second.Verdict != reports.Conformant || !second.Selection.RerunFailed {
		t.Errorf("without the deviation the rerun is %s, %+v", second.Verdict, second.Selection)
	}
}

func TestABaselineIsRedOnlyForWhatGotWorse(t *testing.T) {
	_, _, good := run(t, "--only", "imses/person/relationships")
	_, _, bad := run(t, "--only", "imses/person/relationships", "--sandbox-deviate", "warned-person-lost")
	for _, tt := range []struct {
		name, baseline string
		args           []string
		code           int
	}{
		{"as bad as before", bad, []string{"--sandbox-deviate", "warned-person-lost"}, 0},
		{"worse than before", good, []string{"--sandbox-deviate", "warned-person-lost"}, 1},
		{"better than before", bad, nil, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			args := append([]string{"--only", "imses/person/relationships", "--baseline", filepath.Join(tt.baseline, "report.json")}, tt.args...)
			if got, _, _ := run(t, args...); got.code != tt.code {
				t.Errorf("exit code %d, want %d\n%s", got.code, tt.code, got.err)
			}
		})
	}
}

func TestDryRunPrintsTheRequestsAndSendsNothing(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, "run", "--endpoint", "http://127.0.0.1:1", "--username", "nobody", "--password-file", file(t, "password", "secret-word"),
		"--only", newPerson, "--out", out, "--dry-run")
	if got.code != 0 {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	var requests []map[string]any
	if err := json.Unmarshal([]byte(got.out), &requests); err != nil || len(requests) < 2 {
		t.Errorf("%v: %d requests\n%s", err, len(requests), got.out)
	}
	if strings.Contains(got.out+got.err, "secret-word") {
		t.Error("the password is printed")
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("the output folder was made: %v", err)
	}
}

func TestReadOnlySendsNothingThatWrites(t *testing.T) {
	_, report, _ := run(t, "--read-only")
	for _, r := range report.Scenarios {
		if strings.Contains(r.ID, "/create/new-person") && r.Verdict != reports.Skipped {
			t.Errorf("%s: %s", r.ID, r.Verdict)
		}
	}
	if report.Counts.Passed == 0 || !report.Selection.ReadOnly {
		t.Errorf("no reading scenario was left, or the report does not say why: %+v", report.Selection)
	}
}

func TestStrictTurnsInferredRulesIntoFailures(t *testing.T) {
	lenient, _, _ := run(t, "--sandbox-deviate", "wrong-media-type")
	strict, _, _ := run(t, "--sandbox-deviate", "wrong-media-type", "--strict")
	if lenient.code != 0 || strict.code != 1 {
		t.Errorf("exit codes %d and %d, want 0 and 1", lenient.code, strict.code)
	}
}

func TestFixturesOfAVendorAreAdded(t *testing.T) {
	dir := t.TempDir()
	folder := filepath.Join(dir, "vendor", "own")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	scenario := "title: An own scenario\nsource: our own page\nidentities: [Person1]\nsteps:\n  - operation: readPerson\n    request: /imses/person/shared/read-person.xml\n    expect:\n      - { status: { codeMajor: failure }, proves: PER-READ-02 }\n"
	if err := os.WriteFile(filepath.Join(folder, "scenario.yaml"), []byte(scenario), 0o600); err != nil {
		t.Fatal(err)
	}
	got, report, _ := run(t, "--fixtures", dir, "--only", "vendor/own")
	if got.code != 0 || !slices.Equal(ids(report), []string{"vendor/own"}) {
		t.Errorf("exit code %d, cases %v\n%s", got.code, ids(report), got.err)
	}
}
