package cli_test

import (
	"slices"
	"strings"
	"testing"

	"esconform/reports"
)

const school = "vendor/volume/school"

func TestVolumeMakesAsManyObjectsAsItSays(t *testing.T) {
	got, report, _ := run(t, "--fixtures", "testdata/volume", "--only", school, "--volume", "25")
	if got.code != 0 || verdictOf(report, school) != reports.Passed {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	// The group, three writes, three pages and a list.
	if n := report.Scenarios[0].Exchanges; n != 8 {
		t.Errorf("%d exchanges", n)
	}
	if report.Scenarios[0].Core || len(report.Residue) > 0 {
		t.Errorf("core %t, residue %v", report.Scenarios[0].Core, report.Residue)
	}
	if !strings.Contains(report.Scenarios[0].Reproduce, " --volume 25 --only ") {
		t.Errorf("the command forgets the number: %s", report.Scenarios[0].Reproduce)
	}
}

func TestVolumeIsSkippedUnlessItIsAskedFor(t *testing.T) {
	_, report, _ := run(t, "--fixtures", "testdata/volume", "--only", school, "--only", newPerson)
	if got := verdictOf(report, school); got != reports.Skipped || report.Verdict != reports.Conformant {
		t.Errorf("%s, and the run is %s", got, report.Verdict)
	}
	i := slices.IndexFunc(report.Scenarios, func(r reports.Result) bool { return r.ID == school })
	if reason := report.Scenarios[i].Reason; !strings.Contains(reason, "run it with --volume N") {
		t.Errorf("reason %q", reason)
	}
	for _, number := range []string{"-1", "100001"} {
		if got := command(t, "run", "--sandbox", "--volume", number); got.code != reports.ExitUsage || !strings.Contains(got.err, "--volume") {
			t.Errorf("--volume %s: exit code %d\n%s", number, got.code, got.err)
		}
	}
}
