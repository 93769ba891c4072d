package junit_test

import (
	"bytes"
	"encoding/xml"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/junit"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// everyVerdict is a report with one case of each verdict in two areas.
func everyVerdict() reports.Report {
	finding := reports.Finding{
		Requirement: "REL-07", Statement: "The unknown-child text is `relationship/...` with the sent id.",
		Source: "Creating parent/child relationships, example 1", Weight: reports.Failure,
		Message: "the description differs", Step: 1, Operation: "createPerson",
		Expectation: "imses/person/relationships/unknown-child/scenario.yaml:14",
		Path:        "/soap:Envelope/soap:Header/bind:syncResponseHeaderInfo/bind:statusInfo/bind:description", Line: 12,
		Wanted:   "relationship/sourceId/identifier 'ec00-Child3' does not exist in itslearning",
		Got:      "relationship/sourceId/identifier 'Child3' does not exist in itslearning",
		Response: "evidence/imses/person/relationships/unknown-child/1-createPerson.response.xml",
	}
	warning := finding
	warning.Requirement, warning.Weight, warning.Expectation = "GEN-04", reports.Warning, ""
	trouble := reports.Finding{Weight: reports.Trouble, Message: "the connection was refused, also for the probe", Step: 2}
	result := func(id string, v reports.Verdict, reason string, findings ...reports.Finding) reports.Result {
		folder := "imses/person/" + id
		return reports.Result{ID: folder, Scenario: folder, Title: "A story of " + id, Area: "imses/person", Core: true, Verdict: v, Reason: reason,
			Proves: []string{"REL-07"}, Findings: findings, DurationMS: 1234, Reproduce: "esconform run --sandbox --only " + folder}
	}
	step := reports.Step{Number: 1, Operation: "createPerson", Status: 200, DurationUS: 12_345,
		Request:  "evidence/imses/person/relationships/unknown-child/1-createPerson.request.xml",
		Response: "evidence/imses/person/relationships/unknown-child/1-createPerson.response.xml"}
	all := []reports.Result{
		result("a/passed", reports.Passed, ""),
		result("a/warned", reports.Warned, "", warning),
		result("a/failed", reports.Failed, "", warning, finding),
		result("a/error", reports.Error, "", trouble),
		result("b/skipped", reports.Skipped, "needs parentPortal: disabled; run it with --state parentPortal=disabled"),
		result("b/known", reports.KnownFailure, "reported to the vendor", finding),
		result("b/unexpected", reports.UnexpectedPass, ""),
		result("b/not-run", reports.NotRun, "blocked by PER-CREATE-01"),
		{ID: "organisation/course/create/x", Scenario: "organisation/course/create", Area: "organisation/course", Verdict: reports.Passed},
	}
	all[2].Steps, all[2].Labels, all[2].Operations, all[2].Site = []reports.Step{step}, []string{"relationships"}, []string{"createPerson"}, "main"
	all[3].Steps = []reports.Step{{Number: 2, Operation: "readPerson", Attempt: 1, Fault: "connection refused"}, {Number: reports.ProbeStep, Operation: "readPerson", Fault: "connection refused"}}
	all[5].Known = &reports.Known{Entry: "imses/person/b/*", Place: "known.yaml:3", Requirement: "REL-07", Owner: "Integrations", Reason: "reported to the vendor", Expires: "2026-12-31"}
	all[5].Repeats = []reports.Verdict{reports.KnownFailure, reports.KnownFailure}
	return reports.Summarise(reports.Report{
		SchemaVersion: reports.SchemaVersion, RunID: "run-1", Complete: true, Profile: "sandbox", SuiteVersion: "0.1.0", Engine: "libxml2",
		Target:    reports.Target{URL: "http://127.0.0.1:8080", Product: "Sandbox", Version: "1"},
		StartedAt: time.Date(2026, 3, 1, 12, 30, 0, 5e8, time.FixedZone("CET", 3600)), Scenarios: all,
	})
}

// hostileTexts are texts that have sunk JUnit files elsewhere.
func hostileTexts() map[string]string {
	return map[string]string{
		"NUL":            "a\x00b",
		"ESC":            "\x1b[31mred\x1b]8;;http://example.org\x07",
		"lone surrogate": "high \xed\xa0\x80 low \xed\xb0\x80",
		"not UTF-8":      "\xff\xfe\xc0",
		"CDATA end":      "a ]]> b <![CDATA[ c ]]>",
		"markup":         `</failure><testcase name="x" & 'y'/>`,
		"right to left":  "\u202egnp.exe \u2066x\u2069",
		"non-character":  "\ufffe\uffff\U0001FFFF",
		"CI commands":    "##vso[task.complete result=Succeeded]\n::set-output name=x::y",
		"attachment":     "[[ATTACHMENT|/etc/passwd]] [[[ATTACHMENT|../x]]",
		"white space":    "  a \t\r\n\n b\u00a0\u2028c  ",
		"one megabyte":   strings.Repeat("æ<&\x01", 250_000),
		"many lines":     strings.Repeat("line\n", 200_000),
		"empty":          "",
	}
}

func TestEveryVerdictIsWrittenAsTheGoldenFileSays(t *testing.T) {
	for _, d := range junit.Dialects() {
		t.Run(string(d), func(t *testing.T) { golden(t, "every-verdict."+string(d)+".xml", d) })
	}
}

func golden(t *testing.T, name string, d junit.Dialect) {
	t.Helper()
	got := one(t, everyVerdict(), d)
	validate(t, d, got)
	golden := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

// read is what a consumer decodes.
type read struct {
	Suites []struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
		Errors   int `xml:"errors,attr"`
		Cases    []struct {
			Classname string    `xml:"classname,attr"`
			Name      string    `xml:"name,attr"`
			Skipped   *struct{} `xml:"skipped"`
			Failure   *verdict  `xml:"failure"`
			Error     *verdict  `xml:"error"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

type verdict struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}

func decode(t *testing.T, text []byte) read {
	t.Helper()
	var r read
	if err := xml.Unmarshal(text, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestCountsAreThoseOfRuling22(t *testing.T) {
	report := everyVerdict()
	type counts struct{ Tests, Failures, Errors, FailureElements, ErrorElements, SkippedElements int }
	var got counts
	for _, s := range decode(t, one(t, report, junit.Strict)).Suites {
		got.Tests += s.Tests
		got.Failures += s.Failures
		got.Errors += s.Errors
		for _, c := range s.Cases {
			if c.Failure != nil {
				got.FailureElements++
			}
			if c.Error != nil {
				got.ErrorElements++
			}
			if c.Skipped != nil {
				got.SkippedElements++
			}
		}
	}
	c := report.Counts
	want := counts{
		Tests: c.Total, Failures: c.Failed + c.UnexpectedPass, Errors: c.Error,
		FailureElements: c.Failed + c.UnexpectedPass, ErrorElements: c.Error, SkippedElements: c.Skipped + c.NotRun + c.KnownFailure,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestTheFirstLinesOfAFailureDecide(t *testing.T) {
	for _, s := range decode(t, one(t, everyVerdict(), junit.Strict)).Suites {
		for _, c := range s.Cases {
			if c.Name != "failed" {
				continue
			}
			want := verdict{
				Type:    "REL-07",
				Message: "(1 of 2 findings) REL-07: The unknown-child text is `relationship/...` with the sent id.",
				Text: strings.Join([]string{
					"  REL-07: The unknown-child text is `relationship/...` with the sent id.",
					"    Source: Creating parent/child relationships, example 1",
				}, "\n"),
			}
			got := *c.Failure
			got.Text = strings.Join(strings.Split(got.Text, "\n")[:2], "\n")
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
			return
		}
	}
	t.Error("the failed case is not there")
}

func TestHostileTextStaysValidEverywhere(t *testing.T) {
	for title, text := range hostileTexts() {
		verdicts := append(reports.Words(), "unheard-of")
		if len(text) > 100_000 { // what is long is cut in the same way for all
			verdicts = []reports.Verdict{reports.Failed}
		}
		t.Run(title, func(t *testing.T) {
			var results []reports.Result
			for i, v := range verdicts {
				finding := reports.Finding{Requirement: text, Statement: text, Source: text, Weight: reports.Failure, Message: text, Step: 1, Operation: text,
					Expectation: text, Path: text, Line: 1, Wanted: text, Got: text, Response: text}
				diff := finding
				diff.Diff = []reports.Diff{{Op: text, Text: text}}
				diff.Weight = reports.Trouble
				id := text + strings.Repeat("x", i)
				results = append(results, reports.Result{ID: id + "/" + text, Scenario: id, Title: text, Area: text, Verdict: v, Reason: text,
					Findings: []reports.Finding{finding, diff}, DurationMS: -1, Reproduce: text})
			}
			report := reports.Summarise(reports.Report{RunID: text, Target: reports.Target{URL: text, Product: text}, Profile: text, Scenarios: results})
			for _, d := range junit.Dialects() {
				out := one(t, report, d)
				validate(t, d, out)
				if !utf8.Valid(out) {
					t.Errorf("%s: the file is not UTF-8", d)
				}
				for _, forbidden := range []string{"\x1b", "\x00", "\u202e", "\u2066", "##vso[", "[[ATTACHMENT"} {
					if bytes.Contains(out, []byte(forbidden)) {
						t.Errorf("%s: %q is in the file", d, forbidden)
					}
				}
			}
		})
	}
}

func TestNamesAreUniqueStableAndShort(t *testing.T) {
	long := "imses/person/" + strings.Repeat("long", 200)
	report := reports.Summarise(reports.Report{Scenarios: []reports.Result{
		{ID: long + "/one", Scenario: long, Verdict: reports.Passed},
		{ID: long + "/two", Scenario: long, Verdict: reports.Passed},
		{ID: "imses/person/a  b", Scenario: "imses/person/a  b", Verdict: reports.Passed},
		{ID: "imses/person/a b", Scenario: "imses/person/a b", Verdict: reports.Passed},
		{ID: "plain", Scenario: "plain", Verdict: reports.Passed},
		{ID: "imses/person/replace/length/64", Scenario: "imses/person/replace/length", Verdict: reports.Passed},
	}})
	out := one(t, report, junit.Strict)
	validate(t, junit.Strict, out)
	seen := make(map[string]bool)
	for _, s := range decode(t, out).Suites {
		for _, c := range s.Cases {
			full := c.Classname + "/" + c.Name
			if n := utf8.RuneCountInString(full) - 1; n > 512 {
				t.Errorf("%d characters: %s", n, full)
			}
			seen[full] = true
		}
	}
	if len(seen) != len(report.Scenarios) {
		t.Errorf("%d names for %d cases: %v", len(seen), len(report.Scenarios), seen)
	}
	for _, want := range []string{"imses/person/replace/length/64", "imses/person/a b", "./plain"} {
		if !seen[want] {
			t.Errorf("no case %s", want)
		}
	}
}

func TestTheFileStaysBelow25MBHoweverMuchFails(t *testing.T) {
	finding := reports.Finding{Requirement: "STA-21", Statement: "The answer is valid.", Weight: reports.Failure, Message: strings.Repeat(`"<`, 300)}
	findings := make([]reports.Finding, 30)
	for i := range findings {
		findings[i] = finding
	}
	results := make([]reports.Result, 1000)
	for i := range results {
		id := "imses/person/x/" + strings.Repeat("y", i)
		results[i] = reports.Result{ID: id, Scenario: id, Area: "imses/person", Verdict: reports.Failed, Findings: findings, Reproduce: "esconform run --only it"}
	}
	out := one(t, reports.Summarise(reports.Report{Scenarios: results}), junit.Strict)
	if len(out) > 25_000_000 {
		t.Errorf("the file has %d bytes", len(out))
	}
	if n := bytes.Count(out, []byte("Reproduce: esconform run --only it")); n != len(results) {
		t.Errorf("%d of %d failures have their command", n, len(results))
	}
}
