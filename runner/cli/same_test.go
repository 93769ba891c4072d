package cli_test

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

// Two runs say the same, one case after the other or many at once: also of what is
// wrong, and of what is only recorded.
func TestTwoRunsGiveTheSameReport(t *testing.T) {
	selected := []string{"--only", "imses/person/relationships", "--only", "imses/person/read-all", "--only", "imses/person/identifier"}
	for _, tt := range []struct {
		name string
		args []string
	}{
		{"conformant", nil},
		{"not conformant", []string{"--sandbox-deviate", "warned-person-lost,batch-stops-at-failure,code-major-capitalised,insert-with-other-code"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			report := func(concurrency string) string {
				_, report, _ := run(t, append(append([]string{"--concurrency", concurrency}, selected...), tt.args...)...)
				data, err := json.MarshalIndent(reports.Normalise(report), "", "  ")
				if err != nil {
					t.Fatal(err)
				}
				return string(data)
			}
			one := report("1")
			for _, again := range []string{"1", "64"} {
				if diff := cmp.Diff(one, report(again)); diff != "" {
					t.Errorf("with --concurrency %s (-first +again)\n%s", again, diff)
				}
			}
		})
	}
}
