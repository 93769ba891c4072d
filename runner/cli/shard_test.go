package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/evidence"
)

// sharded is what the tests of shards run.
var sharded = []string{"--only", "imses/person/relationships", "--only", "imses/person/update"}

// shards runs each of n shards and returns their output folders.
func shards(t *testing.T, n int, args ...string) []string {
	t.Helper()
	var folders []string
	for i := range n {
		_, report, out := run(t, append(append([]string{"--shard", fmt.Sprintf("%d/%d", i+1, n)}, sharded...), args...)...)
		if want := fmt.Sprintf("; shard %d of %d; ", i+1, n); !strings.Contains(report.Reason, want) {
			t.Errorf("%q does not say %q", report.Reason, want)
		}
		if diff := cmp.Diff(&reports.Shard{Index: i + 1, Of: n}, report.Selection.Shard); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		folders = append(folders, out)
	}
	return folders
}

// normal is a report without what differs from run to run.
func normal(t *testing.T, path string) string {
	t.Helper()
	got := command(t, "report", "normalize", path)
	if got.code != 0 {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	return got.out
}

func TestTheMergedReportOfAllShardsIsThatOfTheWhole(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		code int
	}{
		{"conformant", nil, reports.ExitConformant},
		{"not conformant", []string{"--sandbox-deviate", "warned-person-lost"}, reports.ExitNotConformant},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, _, whole := run(t, append(sharded[:len(sharded):len(sharded)], tt.args...)...)
			parts := shards(t, 3, tt.args...)
			out := filepath.Join(t.TempDir(), "merged")
			got := command(t, "report", "merge", "--out", out, parts[2], filepath.Join(parts[0], "report.json"), filepath.Join(parts[1], "events.jsonl"))
			if got.code != tt.code {
				t.Fatalf("exit code %d\n%s", got.code, got.err)
			}
			if diff := cmp.Diff(normal(t, whole), normal(t, out)); diff != "" {
				t.Errorf("(-whole +merged)\n%s", diff)
			}
			if diff := cmp.Diff(normal(t, filepath.Join(out, "report.json")), normal(t, filepath.Join(out, "events.jsonl"))); diff != "" {
				t.Errorf("(-report.json +events.jsonl)\n%s", diff)
			}
			for _, name := range []string{"junit.xml", "report.html", "summary.md"} {
				if _, err := os.Stat(filepath.Join(out, name)); err != nil {
					t.Error(err)
				}
			}
			if code, found := diffJSON(t, whole, out); code != 0 || len(found.Uncompared) > 0 {
				t.Errorf("the evidence differs: %d, %+v", code, found)
			}
			checkLinks(t, out)
		})
	}
}

// checkLinks says that the evidence that a report names is there.
func checkLinks(t *testing.T, out string) {
	t.Helper()
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Scenarios {
		for _, f := range r.Findings {
			if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(f.Response))); err != nil {
				t.Error(err)
			}
		}
	}
	log, err := evidence.ReadLog(filepath.Join(out, "evidence"))
	if err != nil || len(log) != len(report.Scenarios) {
		t.Errorf("%v: evidence of %d cases, %d results", err, len(log), len(report.Scenarios))
	}
	if info, err := os.Stat(filepath.Join(out, "evidence", "exchanges.jsonl")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v: others may read the evidence: %v", err, info.Mode())
	}
}

func TestAMissingShardIsNamed(t *testing.T) {
	parts := shards(t, 3)
	out := filepath.Join(t.TempDir(), "merged")
	got := command(t, "report", "merge", "--out", out, parts[0], parts[2])
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if got.code != reports.ExitInconclusive || report.Complete || !strings.Contains(report.Reason, "; the run is not complete; shard 2 of 3 is missing") {
		t.Errorf("exit code %d, complete %v: %s", got.code, report.Complete, report.Reason)
	}
}

func TestAKilledShardMakesTheWholeIncomplete(t *testing.T) {
	parts := shards(t, 2)
	cut := cutEvents(t, parts[1])
	out := filepath.Join(t.TempDir(), "merged")
	got := command(t, "report", "merge", "--out", out, parts[0], cut)
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	if got.code != reports.ExitInconclusive || report.Complete || report.Counts.NotRun == 0 || len(report.Scenarios) != report.Library.SelectedCases ||
		!strings.Contains(got.err, "there is none beside "+cut) {
		t.Errorf("exit code %d, complete %v, %+v\n%s", got.code, report.Complete, report.Counts, got.err)
	}
}

// cutEvents copies the first half of the results of a run, as a killed one leaves them.
func cutEvents(t *testing.T, out string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, "events.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	half := bytes.Join(lines[:len(lines)/2], nil)
	return file(t, "events.jsonl", string(append(half, lines[len(lines)/2][:20]...)))
}

// Nothing was tested, so the run is not green; it says which shard, and what to do.
func TestAShardThatHoldsNothingTestsNothing(t *testing.T) {
	codes := map[int]int{}
	for i := range 2 {
		shard := fmt.Sprintf("%d/2", i+1)
		out := filepath.Join(t.TempDir(), "out")
		got := command(t, "run", "--sandbox", "--only", newPerson, "--shard", shard, "--out", out)
		codes[got.code]++
		want := fmt.Sprintf("shard %d of 2 does not hold the only selected scenario: nothing is tested here; run the selection without --shard", i+1)
		if _, err := os.Stat(out); got.code == reports.ExitNothing && (!strings.Contains(got.err, want) || !os.IsNotExist(err)) {
			t.Errorf("%v\n%s", err, got.err)
		}
	}
	if diff := cmp.Diff(map[int]int{reports.ExitConformant: 1, reports.ExitNothing: 1}, codes); diff != "" {
		t.Errorf("exit codes (-want +got)\n%s", diff)
	}
	for _, text := range []string{"", "0/2", "3/2", "1/0", "1", "1/1001", "a/b"} {
		got := command(t, "run", "--sandbox", "--shard="+text, "--out", filepath.Join(t.TempDir(), "out"))
		if got.code != reports.ExitUsage || !strings.Contains(got.err, "--shard") {
			t.Errorf("--shard %q: exit code %d\n%s", text, got.code, got.err)
		}
	}
}

func TestNormalizingTwiceChangesNothing(t *testing.T) {
	_, _, out := run(t, "--only", unknownChild, "--sandbox-deviate", "warned-person-lost")
	once := normal(t, out)
	path := filepath.Join(t.TempDir(), "normal.json")
	if got := command(t, "report", "normalize", "--output", path, out); got.code != 0 || got.out != "" {
		t.Fatalf("exit code %d\n%s%s", got.code, got.out, got.err)
	}
	if diff := cmp.Diff(once, normal(t, path)); diff != "" {
		t.Errorf("(-once +twice)\n%s", diff)
	}
	var value any
	if err := json.Unmarshal([]byte(once), &value); err != nil {
		t.Fatal(err)
	}
	if err := schema(t, "report.schema.json").Validate(value); err != nil {
		t.Error(err)
	}
	got := command(t, "report", "normalize", "--list")
	for _, field := range reports.Volatile() {
		if !strings.Contains(got.out, field.Path+"\n    "+field.Why+"\n") {
			t.Errorf("%s is not in the list:\n%s", field.Path, got.out)
		}
	}
}
