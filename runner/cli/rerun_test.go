package cli_test

import (
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
)

// What failed and is no longer there would be left out in silence, and the rest be green.
func TestARerunThatLacksSomethingIsRefused(t *testing.T) {
	_, first, out := run(t, "--fixtures", own(t, "own", "success", "REL-07"), "--only", "vendor", "--only", unknownChild, "--sandbox-deviate", "warned-person-lost")
	if first.Counts.Failed != 2 {
		t.Fatalf("the run is no example: %s", first.Reason)
	}
	report := filepath.Join(out, "report.json")
	got := command(t, "run", "--sandbox", "--rerun-failed", report, "--out", filepath.Join(t.TempDir(), "out"))
	if want := "1 case of " + report + " is not there any more, first vendor/own; add their --fixtures"; got.code != reports.ExitUsage || !strings.Contains(got.err, want) {
		t.Errorf("exit code %d, want 2 and %q\n%s", got.code, want, got.err)
	}
}

// A core case that was skipped was not good either.
func TestARerunRunsWhatWasSkippedAlthoughItIsCore(t *testing.T) {
	_, first, out := run(t, "--only", newPerson, "--read-only")
	if first.Counts.Skipped != 1 || !first.Scenarios[0].Core {
		t.Fatalf("the run is no example: %+v", first.Counts)
	}
	if got, again, _ := run(t, "--rerun-failed", filepath.Join(out, "report.json")); got.code != 0 || again.Counts.Passed != 1 {
		t.Errorf("exit code %d, %+v\n%s", got.code, again.Counts, got.err)
	}
}
