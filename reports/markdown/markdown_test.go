package markdown_test

import (
	"bytes"
	"errors"
	"flag"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/hostile"
	"esconform/reports/markdown"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func summary(t *testing.T, r reports.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := markdown.Summary(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func failed() reports.Result {
	id := "imses/person/relationships/unknown-child"
	return reports.Result{ID: id, Scenario: id, Title: "An unknown child is reported and the known children are linked", Verdict: reports.Failed,
		Proves: []string{"REL-07", "GEN-04"}, Reproduce: "esconform run --endpoint https://example.org --only " + id,
		Findings: []reports.Finding{
			{Requirement: "GEN-04", Statement: "The media type is text/xml.", Source: "wire, section 1", Weight: reports.Warning, Message: "the media type is another", Step: 1, Operation: "createPerson", Wanted: "text/xml", Got: "application/xml"},
			{Requirement: "REL-07", Statement: "The text names the id that was sent.", Source: "Creating parent/child relationships, example 1", Weight: reports.Failure,
				Message: "the description of the status differs", Step: 1, Operation: "createPerson", Expectation: id + "/scenario.yaml:14",
				Path: "/soap:Envelope/soap:Header/bind:syncResponseHeaderInfo", Line: 12, Response: "evidence/" + id + "/01-createPerson.response.xml",
				Diff: []reports.Diff{{Op: " ", Text: "<bind:description>"}, {Op: "-", Text: "'{key:Child3}' does not exist"}, {Op: "+", Text: "'Child3' does ``` not exist"}}},
			{Weight: reports.Trouble, Message: "the connection was reset, and the probe was refused", Step: 2, Operation: "readPerson"},
		}}
}

// sample is a report with something in every section.
func sample() reports.Report {
	of := func(id string, v reports.Verdict, reason string) reports.Result {
		return reports.Result{ID: id, Scenario: id, Verdict: v, Reason: reason}
	}
	known := of("d/known", reports.KnownFailure, "reported to the vendor")
	known.Known = &reports.Known{Entry: "d/*", Place: "known.yaml:3", Owner: "persons team", Reason: "reported | to the vendor", Link: "https://example.org/1", Expires: "2030-01-02"}
	r := reports.Summarise(reports.Report{Complete: true, Challenge: "2030-17", Profile: "school", SuiteVersion: "1.0 fixtures:abc",
		FinishedAt: time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC),
		Target:     reports.Target{URL: "https://example.org", Product: "Example SIS", Version: "4.2", Vendor: "Example Inc.", TLSUnverified: true},
		Library:    reports.Library{Scenarios: 500, Cases: 600, SelectedScenarios: 7, SelectedCases: 7},
		Requirements: []reports.Requirement{{ID: "REL-07", Class: "verified"}, {ID: "GEN-04", Class: "verified"}, {ID: "PER-01", Class: "untestable"},
			{ID: "CLI-01", Class: "client"}, {ID: "PER-02", Class: "observed"}},
		Scenarios: []reports.Result{of("a/passed", reports.Passed, ""), failed(),
			of("c/skip-1", reports.Skipped, "needs parentPortal: disabled; run it with --state parentPortal=disabled"),
			of("c/skip-2", reports.Skipped, "needs parentPortal: disabled; run it with --state parentPortal=disabled"),
			of("c/blocked", reports.NotRun, "blocked by PER-CREATE-01"), known, of("d/unexpected", reports.UnexpectedPass, "listed as a known failure")},
		Residue: []string{"imses/course/create: one course, which cannot be deleted"},
	})
	r.Certification = &reports.Certification{Profile: "imses-person", Title: "Persons", Verdict: reports.NotConformant, Reason: "not conformant for imses-person: 1 core requirement broken: REL-07",
		Core:     reports.Tally{Held: 3, Broken: []string{"REL-07"}, Warned: []string{"GEN-04"}, Total: 5, NotProvable: []string{"REL-08"}},
		Features: []reports.FeatureResult{{Name: "customStrings", Claimed: true, Verdict: reports.Conformant, Tally: reports.Tally{Held: 4, Total: 4}}, {Name: "readAllPersons"}}}
	r.Baseline = &reports.Comparison{Report: "old/report.json", Worse: []reports.Change{{ID: failed().ID, From: reports.Passed, To: reports.Failed, New: []string{"REL-07"}}},
		Better: []reports.Change{{ID: "a/passed", From: reports.Failed, To: reports.Passed}}, Appeared: []string{"d/known"}, LostCoverage: []string{"PER-02"}}
	return r
}

func TestTheSummaryOfARunWithEverythingInIt(t *testing.T) {
	got := summary(t, sample())
	path := filepath.Join("testdata", "summary.md")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestASummaryIsNeverTooLarge(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, cases := range []int{0, 1, 10, 100, 1000} {
		for range 5 {
			r := hostile.Report(rng, cases, hostile.VendorIDs(), hostile.Huge(1<<20))
			got := summary(t, r)
			if len(got) > markdown.MostBytes || !utf8.ValidString(got) {
				t.Fatalf("%d cases: %d bytes, UTF-8 %v", cases, len(got), utf8.ValidString(got))
			}
			if !strings.Contains(got, "\n### ") && cases >= 100 {
				t.Errorf("%d cases: no case is explained", cases)
			}
		}
	}
}

func TestWhatFindsNoRoomIsSaidAndTheRestIsWhole(t *testing.T) {
	r := sample()
	for range 11 {
		r.Scenarios = append(r.Scenarios, r.Scenarios...)
	}
	got := summary(t, r)
	if len(got) > markdown.MostBytes || len(got) < markdown.MostBytes*3/4 {
		t.Errorf("%d bytes", len(got))
	}
	shown := strings.Count(got, "\n### ")
	explained := 0
	for _, result := range r.Scenarios {
		if result.Verdict == reports.Failed || result.Verdict == reports.UnexpectedPass {
			explained++
		}
	}
	for _, want := range []string{"more cases found no room here", "more known failures found no room here", "## Not judged", "## Comparison", "Of 5 requirements 1 cannot be tested"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if !strings.Contains(got, "\n"+strconv.Itoa(explained-shown)+" more cases") {
		t.Errorf("%d of %d cases are shown, and the note says something else", shown, explained)
	}
}

func TestAnEmptyRunHasASummary(t *testing.T) {
	got := summary(t, reports.Summarise(reports.Report{Complete: true}))
	if !strings.HasPrefix(got, "# esconform: inconclusive\n\n**Verdict:** inconclusive: nothing was tested") {
		t.Error(got)
	}
}

func TestASummaryThatCannotBeWrittenIsAnError(t *testing.T) {
	full := errors.New("disk full")
	if err := markdown.Summary(failing{full}, sample()); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
