package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

// These fail under the deviation: the first breaks REL-06 and REL-11, the second REL-05.
const (
	unknownOnUpdate = "imses/person/relationships/update-with-unknown-child"
	relationUpdate  = "imses/person/relationships/unsupported-relation-on-update"
)

var lostPerson = []string{"--sandbox-deviate", "warned-person-lost"}

// entryOf is an entry of a list of known failures.
func entryOf(id, requirement string) string {
	return fmt.Sprintf("- id: %s\n  requirement: %s\n  owner: persons\n  reason: repaired in 4.2\n  link: https://example.org/17\n  expires: 2999-12-31\n", id, requirement)
}

func TestKnownFailuresAreNotRedWhileTheyFailAsListed(t *testing.T) {
	both := []string{"--only", unknownOnUpdate, "--only", relationUpdate}
	for _, tt := range []struct {
		name    string
		list    string
		args    []string
		code    int
		verdict map[string]reports.Verdict
		says    string
	}{
		{"as listed", entryOf(unknownOnUpdate, "[REL-11, REL-06]") + entryOf("imses/*/relationships/unsupported-relation-on-update", "REL-05"), lostPerson, 0,
			map[string]reports.Verdict{unknownOnUpdate: "known-failure", relationUpdate: "known-failure"}, "until 2999-12-31, owner persons: repaired in 4.2"},
		{"one is not listed", entryOf(unknownOnUpdate, "[REL-06, REL-11]"), lostPerson, 1,
			map[string]reports.Verdict{unknownOnUpdate: "known-failure", relationUpdate: "failed"}, "breaking REL-05"},
		{"a further rule is broken", entryOf(unknownOnUpdate, "REL-06") + entryOf(relationUpdate, "REL-05"), lostPerson, 1,
			map[string]reports.Verdict{unknownOnUpdate: "failed", relationUpdate: "known-failure"}, "it also breaks REL-11"},
		{"another rule is broken", entryOf(relationUpdate, "REL-07"), append([]string{"--only", relationUpdate}, lostPerson...), 1,
			map[string]reports.Verdict{unknownOnUpdate: "failed", relationUpdate: "failed"}, "it no longer breaks REL-07; it also breaks REL-05"},
		{"it passes", entryOf(relationUpdate, "REL-05"), nil, 1,
			map[string]reports.Verdict{unknownOnUpdate: "passed", relationUpdate: "unexpected-pass"}, "remove the entry"},
		{"an entry that is not selected", entryOf(newPerson, "PER-READ-01"), nil, 0,
			map[string]reports.Verdict{unknownOnUpdate: "passed", relationUpdate: "passed"}, "conformant"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list := file(t, "known.yaml", tt.list)
			got, report, _ := run(t, append(append([]string{"--known-failures", list}, both...), tt.args...)...)
			if got.code != tt.code || !strings.Contains(strings.Join(strings.Fields(got.err), " "), tt.says) {
				t.Errorf("exit code %d, want %d and %q\n%s", got.code, tt.code, tt.says, got.err)
			}
			if part := "known        " + list + ", "; !strings.Contains(got.err, part) || !strings.Contains(got.err, "; the first expires after 2999-12-31\n") {
				t.Errorf("the list is not named before the run:\n%s", got.err)
			}
			verdicts := map[string]reports.Verdict{}
			for _, r := range report.Scenarios {
				verdicts[r.ID] = r.Verdict
				if listed := strings.Contains(tt.list, filepath.Base(r.ID)); listed != (r.Known != nil) {
					t.Errorf("%s: known %+v", r.ID, r.Known)
				}
			}
			if diff := cmp.Diff(tt.verdict, verdicts); diff != "" {
				t.Errorf("verdicts (-want +got)\n%s", diff)
			}
		})
	}
}

func TestAWrongListIsRefusedBeforeAnythingIsSent(t *testing.T) {
	list := file(t, "known.yaml", entryOf("imses/person/relationships", "REL-06")+entryOf("imses/nothing", "REL-99")+
		strings.Replace(entryOf(relationUpdate, "REL-05"), "2999", "2020", 1)+entryOf(unknownOnUpdate, "REL-06")+entryOf("imses/person/*/update-with-unknown-child", "REL-06")+"- owner: x\n")
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, "run", "--sandbox", "--known-failures", list, "--only", newPerson, "--out", out)
	if got.code != reports.ExitUsage {
		t.Errorf("exit code %d\n%s", got.code, got.err)
	}
	for _, want := range []string{":1: id \"imses/person/relationships\" matches 49 cases", ":7: there is no requirement REL-99", ":7: id \"imses/nothing\" matches no case",
		":13: the entry for " + relationUpdate + " expired on 2020-12-31", ":25: " + unknownOnUpdate + " is on the list already, on line 19", ":31: the entry has no id"} {
		if !strings.Contains(got.err, list+want) {
			t.Errorf("it does not say %q but:\n%s", want, got.err)
		}
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("the output folder was made: %v", err)
	}
	if got := command(t, "run", "--sandbox", "--known-failures", "nowhere.yaml", "--out", out); got.code != reports.ExitUsage || !strings.Contains(got.err, "nowhere.yaml") {
		t.Errorf("a list that is not there: exit code %d\n%s", got.code, got.err)
	}
}
