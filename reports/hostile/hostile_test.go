package hostile_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/hostile"
)

func report(seed uint64, cases int, options ...hostile.Option) reports.Report {
	return hostile.Report(rand.New(rand.NewPCG(seed, 0)), cases, options...)
}

func TestTheSameSeedGivesTheSameReport(t *testing.T) {
	if diff := cmp.Diff(report(7, 50, hostile.VendorIDs()), report(7, 50, hostile.VendorIDs())); diff != "" {
		t.Errorf("- first + second\n%s", diff)
	}
	if cmp.Diff(report(7, 50), report(8, 50)) == "" {
		t.Error("another seed gives the same report")
	}
}

func TestAReportIsAsTheProgramMakesIt(t *testing.T) {
	for name, options := range map[string][]hostile.Option{"product ids": nil, "vendor ids": {hostile.VendorIDs()}} {
		t.Run(name, func(t *testing.T) {
			r := report(1, 2000, options...)
			if diff := cmp.Diff(r, reports.Summarise(r)); diff != "" {
				t.Errorf("summarising changes it\n%s", diff)
			}
			seen, verdicts, cases := map[string]bool{}, map[reports.Verdict]int{}, 0
			for _, s := range r.Scenarios {
				if seen[s.ID] {
					t.Errorf("%q is there twice", s.ID)
				}
				seen[s.ID] = true
				verdicts[s.Verdict]++
				if s.ID != s.Scenario {
					cases++
				}
				if !strings.HasPrefix(s.ID, s.Scenario) || !strings.HasPrefix(s.Scenario, s.Area+"/") {
					t.Errorf("%q is not in %q in %q", s.ID, s.Scenario, s.Area)
				}
				if s.Verdict == reports.Failed && len(s.Failures()) == 0 || s.Verdict == reports.KnownFailure && s.Known == nil {
					t.Errorf("%s without a ground: %q", s.Verdict, s.ID)
				}
			}
			if len(seen) != 2000 || len(verdicts) != len(reports.Words()) || cases < 100 {
				t.Errorf("%d ids, %d cases of tables, verdicts %v", len(seen), cases, verdicts)
			}
		})
	}
}

func TestEveryKindOfHostileTextIsInAReport(t *testing.T) {
	var all strings.Builder
	for _, s := range report(1, 2000).Scenarios {
		all.WriteString(s.Title + "\n" + s.Reason + "\n")
	}
	for _, want := range []string{"\x00", "\x1b[31m", "\xed\xa0\x80", "\xff\xfe", "]]>", "<script>", "&", `"`, "\u202e", "\u200b", "\n", "\r", "\t",
		"[[ATTACHMENT|/etc/passwd]]", "::error::", "**bold**", "a.b.c.Name"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("no text holds %q", want)
		}
	}
}

func TestHugeTextsComeWhenAskedFor(t *testing.T) {
	longest := func(r reports.Report) int {
		most := 0
		for _, s := range r.Scenarios {
			most = max(most, len(s.Title), len(s.Reason))
			for _, f := range s.Findings {
				most = max(most, len(f.Message), len(f.Got), len(f.Wanted))
			}
		}
		return most
	}
	if n := longest(report(1, 2000)); n > 20_000 {
		t.Errorf("%d bytes without being asked", n)
	}
	if n := longest(report(1, 500, hostile.Huge(5_000_000))); n < 1_000_000 || n > 5_000_000 {
		t.Errorf("the longest text has %d bytes", n)
	}
}

// A report that was written and read again is what the other writers are given.
func TestAReportCanBeWrittenAsJSON(t *testing.T) {
	if _, err := json.Marshal(report(1, 200, hostile.VendorIDs())); err != nil {
		t.Error(err)
	}
}
