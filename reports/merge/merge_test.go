package merge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/merge"
)

var start = time.Date(2026, 3, 1, 11, 0, 0, 0, time.UTC)

// part is shard i of n with those results.
func part(i, n int, results ...reports.Result) merge.Part {
	at := start.Add(time.Duration(10-i) * time.Minute)
	r := reports.Summarise(reports.Report{
		SchemaVersion: reports.SchemaVersion, RunID: fmt.Sprintf("run-%d", i), Complete: true, Profile: "sandbox", SuiteVersion: "0.1.0", Engine: "libxml2",
		Target:    reports.Target{URL: "http://127.0.0.1:1", Product: "sandbox", Username: "u", Sites: []string{"main"}, States: map[string]string{"parentPortal": "enabled"}},
		Selection: reports.Selection{Only: []string{"s"}, Shard: &reports.Shard{Index: i, Of: n}},
		Library:   reports.Library{Scenarios: 4, Cases: 9, SelectedScenarios: 1, SelectedCases: len(results)},
		StartedAt: at, FinishedAt: at.Add(time.Duration(i) * time.Hour), Residue: []string{"a course", fmt.Sprintf("course %d", i)},
		Requirements: []reports.Requirement{{ID: "REL-07"}, {ID: "REL-08"}},
		Baseline:     &reports.Comparison{}, Certification: &reports.Certification{},
		Scenarios: results,
	})
	return merge.Part{Name: fmt.Sprintf("%d.json", i), Report: r}
}

func passed(id string) reports.Result {
	return reports.Result{ID: id, Scenario: id, Verdict: reports.Passed, Proves: []string{"REL-07"}}
}

func failed(id string) reports.Result {
	return reports.Result{ID: id, Scenario: id, Verdict: reports.Failed, Proves: []string{"REL-07", "REL-08"},
		Findings: []reports.Finding{{Requirement: "REL-08", Weight: reports.Failure, Message: "m"}}}
}

func TestTheShardsTogetherMakeTheReportOfTheWhole(t *testing.T) {
	one, two := part(1, 2, passed("s/a"), passed("s/c")), part(2, 2, failed("s/b"))
	two.Report.Target.URL, two.Report.Target.Username, two.Report.Target.TLSUnverified = "http://127.0.0.1:2", "v", true
	want := reports.Summarise(reports.Report{
		SchemaVersion: reports.SchemaVersion, RunID: "merged-11b18034c4d185af", Complete: true, Profile: "sandbox", SuiteVersion: "0.1.0", Engine: "libxml2",
		Target: reports.Target{URL: "http://127.0.0.1:1, http://127.0.0.1:2", Product: "sandbox", Username: "u, v", Sites: []string{"main"},
			States: map[string]string{"parentPortal": "enabled"}, TLSUnverified: true},
		Selection: reports.Selection{Only: []string{"s"}},
		Library:   reports.Library{Scenarios: 4, Cases: 9, SelectedScenarios: 2, SelectedCases: 3},
		StartedAt: start.Add(8 * time.Minute), FinishedAt: start.Add(8*time.Minute + 2*time.Hour), Residue: []string{"a course", "course 1", "course 2"},
		Requirements: []reports.Requirement{{ID: "REL-07"}, {ID: "REL-08"}},
		Scenarios:    []reports.Result{passed("s/a"), failed("s/b"), passed("s/c")},
	})
	for name, parts := range map[string][]merge.Part{"in order": {one, two}, "in another order": {two, one}} {
		t.Run(name, func(t *testing.T) {
			before := fmt.Sprint(parts)
			got, err := merge.Merge(parts)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if after := fmt.Sprint(parts); after != before {
				t.Error("the parts were changed")
			}
		})
	}
	if want.Verdict != reports.NotConformant || want.Requirements[0].Outcome != reports.Held || want.Requirements[1].Outcome != reports.Broken {
		t.Errorf("the whole is %s, %+v", want.Verdict, want.Requirements)
	}
}

func TestAPartIsNeverReadAsTheWhole(t *testing.T) {
	cut := part(2, 2, passed("s/b"))
	cut.Report.Complete = false
	interrupted := part(2, 2, passed("s/b"))
	interrupted.Report.Interrupted = true
	var eleven []merge.Part
	for i := range 3 {
		eleven = append(eleven, part(5*i+1, 15, passed(fmt.Sprint("s/", i))))
	}
	for _, tt := range []struct {
		name   string
		parts  []merge.Part
		reason string
		code   int
	}{
		{"one is missing", []merge.Part{part(1, 2, passed("s/a"))},
			"inconclusive: a selection of 1 of 9 cases; the run is not complete; shard 2 of 2 is missing", reports.ExitInconclusive},
		{"many are missing", eleven,
			"inconclusive: a selection of 3 of 9 cases; the run is not complete; shards 2, 3, 4, 5, 7, 8, 9, 10, 12, 13 and 2 more of 15 are missing", reports.ExitInconclusive},
		{"one failed, one is missing", []merge.Part{part(3, 3, failed("s/a")), part(1, 3, passed("s/b"))},
			"not conformant: a selection of 2 of 9 cases; 1 of 2 cases failed, breaking REL-08; the run is not complete; shard 2 of 3 is missing", reports.ExitNotConformant},
		{"one was killed", []merge.Part{part(1, 2, passed("s/a")), cut},
			"inconclusive: a selection of 2 of 9 cases; the run is not complete", reports.ExitInconclusive},
		{"one was interrupted", []merge.Part{part(1, 2, passed("s/a")), interrupted},
			"inconclusive: a selection of 2 of 9 cases; the run was interrupted", reports.ExitInterrupted},
		{"nothing was tested", []merge.Part{part(1, 1)}, "inconclusive: a selection of 0 of 9 cases; nothing was tested, because no scenario was selected", reports.ExitNothing},
		{"all is there", []merge.Part{part(1, 2, passed("s/a")), part(2, 2, passed("s/b"))}, "conformant: a selection of 2 of 9 cases; all 2 cases passed", reports.ExitConformant},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := merge.Merge(tt.parts)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(tt.reason, got.Reason); diff != "" || reports.ExitCode(got) != tt.code {
				t.Errorf("exit code %d, want %d (-want +got)\n%s", reports.ExitCode(got), tt.code, diff)
			}
			if diff := cmp.Diff(got, reports.Summarise(got)); diff != "" {
				t.Errorf("summarised again (-once +twice)\n%s", diff)
			}
		})
	}
}

func TestWhatIsNotShardsOfOneRunIsRefused(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*reports.Report)
		want   string
	}{
		{"schema version", func(r *reports.Report) { r.SchemaVersion = "2" }, `ONE and TWO are not shards of one run; they differ in the schema version: "1.0" and "2"`},
		{"suite version", func(r *reports.Report) { r.SuiteVersion = "2" }, `ONE and TWO are not shards of one run; they differ in the suite version: "0.1.0" and "2"`},
		{"profile", func(r *reports.Report) { r.Profile = "other" }, `ONE and TWO are not shards of one run; they differ in the profile: "sandbox" and "other"`},
		{"product", func(r *reports.Report) { r.Target.Product = "other" }, `ONE and TWO are not shards of one run; they differ in the product: ["","sandbox",""] and ["","other",""]`},
		{"sites", func(r *reports.Report) { r.Target.Sites = nil }, `ONE and TWO are not shards of one run; they differ in the sites: ["main"] and empty`},
		{"states", func(r *reports.Report) { r.Target.States = nil }, `ONE and TWO are not shards of one run; they differ in the states: {"parentPortal":"enabled"} and empty`},
		{"features", func(r *reports.Report) { r.Target.Features = []string{"f"} }, `ONE and TWO are not shards of one run; they differ in the features: empty and ["f"]`},
		{"engine", func(r *reports.Report) { r.Engine = "helium" }, `ONE and TWO are not shards of one run; they differ in the XSD engine: "libxml2" and "helium"`},
		{"strict", func(r *reports.Report) { r.Strict = true }, "ONE and TWO are not shards of one run; they differ in strictness: false and true"},
		{"depth", func(r *reports.Report) { r.MaxDepth = 9 }, "ONE and TWO are not shards of one run; they differ in the limit of depth: 0 and 9"},
		{"challenge", func(r *reports.Report) { r.Challenge = "c" }, `ONE and TWO are not shards of one run; they differ in the challenge: "" and "c"`},
		{"selection", func(r *reports.Report) { r.Selection.Labels = strings.Repeat("x", 300) }, "ONE and TWO are not shards of one run; they differ in the selection: {"},
		{"certification", func(r *reports.Report) { r.Certification = &reports.Certification{Profile: "p"} }, `ONE and TWO are not shards of one run; they differ in the certification profile (--certify): "" and "p"`},
		{"library", func(r *reports.Report) { r.Library.Cases = 10 }, "ONE and TWO are not shards of one run; they differ in the library: [4,9] and [4,10]"},
		{"requirements", func(r *reports.Report) { r.Requirements = nil }, `ONE and TWO are not shards of one run; they differ in the requirements: ["REL-07","REL-08"] and empty`},
		{"other parts", func(r *reports.Report) { r.Selection.Shard = &reports.Shard{Index: 2, Of: 3} }, "ONE and TWO are not shards of one run; they differ in the number of shards: 2 and 3"},
		{"one shard twice", func(r *reports.Report) { r.Selection.Shard = &reports.Shard{Index: 1, Of: 2} }, "shard 1 of 2 is there twice: in ONE and in TWO"},
		{"one case twice", func(r *reports.Report) { r.Scenarios = []reports.Result{passed("s/a")} }, "case s/a is there twice: shard 1 of 2 in ONE, and shard 2 of 2 in TWO"},
		{"no shard", func(r *reports.Report) { r.Selection.Shard = nil }, "TWO: it is no shard: its run had no --shard"},
		{"no such shard", func(r *reports.Report) { r.Selection.Shard = &reports.Shard{Index: 3, Of: 2} }, "TWO: there is no shard 3 of 2"},
		{"too many shards", func(r *reports.Report) { r.Selection.Shard = &reports.Shard{Index: 3, Of: 1 << 40} }, "TWO: there is no shard 3 of 1099511627776"},
		{"merged already", func(r *reports.Report) { r.Selection.Missing = []reports.Shard{{Index: 1, Of: 2}} }, "TWO: it is merged already"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			one, two := part(1, 2, passed("s/a")), part(2, 2, passed("s/b"))
			one.Name, two.Name = "ONE", "TWO"
			tt.change(&two.Report)
			_, err := merge.Merge([]merge.Part{one, two})
			if err == nil {
				t.Fatal("it was accepted")
			}
			if !strings.HasPrefix(err.Error(), tt.want) || len(err.Error()) > 700 {
				t.Errorf("it says %s\nwant %s", err, tt.want)
			}
		})
	}
}

// The events of a run that was killed do not tell for which profile it was.
func TestAShardOfACertificationThatWasKilledIsMerged(t *testing.T) {
	one, two := part(1, 2, passed("s/a")), part(2, 2, passed("s/b"))
	one.Report.Certification = &reports.Certification{Profile: "p"}
	two.Report.Certification, two.Report.Complete = nil, false
	if r, err := merge.Merge([]merge.Part{one, two}); err != nil || r.Verdict != reports.Inconclusive {
		t.Errorf("%s: %v", r.Verdict, err)
	}
}

func TestOtherAddressesNeedANamedProduct(t *testing.T) {
	one, two := part(1, 2, passed("s/a")), part(2, 2, passed("s/b"))
	one.Report.Target.Product, two.Report.Target.Product = "", ""
	if _, err := merge.Merge([]merge.Part{one, two}); err != nil {
		t.Errorf("one address: %v", err)
	}
	two.Report.Target.URL = "https://other.example"
	_, err := merge.Merge([]merge.Part{one, two})
	if want := `1.json and 2.json may be of different endpoints: the addresses are "http://127.0.0.1:1" and "https://other.example", and the profile names no product`; err == nil || err.Error() != want {
		t.Errorf("it says %v\nwant %s", err, want)
	}
}

func TestNothingIsNotMerged(t *testing.T) {
	if r, err := merge.Merge(nil); err == nil {
		t.Errorf("nothing was merged into %+v", r)
	}
}

func TestAllThatIsWrongIsSaidAtOnce(t *testing.T) {
	one, two := part(1, 2), part(2, 2)
	for i := range 30 {
		one.Report.Scenarios = append(one.Report.Scenarios, passed(fmt.Sprintf("s/%02d", i)))
	}
	two.Report.Scenarios, two.Report.Engine, two.Report.Strict = slices.Clone(one.Report.Scenarios), "helium", true
	_, err := merge.Merge([]merge.Part{one, two})
	if err == nil {
		t.Fatal("it was accepted")
	}
	if lines := strings.Split(err.Error(), "\n"); len(lines) != 13 || lines[12] != "and more cases are there twice" {
		t.Errorf("%d lines: %s", len(lines), err)
	}
}
