package junit_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/junit"
)

// heavy is a report of many failures with long texts.
func heavy(cases int) reports.Report {
	findings := []reports.Finding{{Requirement: "STA-21", Statement: "The answer is valid.", Weight: reports.Failure, Message: strings.Repeat("word ", 200), Got: strings.Repeat("<&>", 150)}}
	results := make([]reports.Result, cases)
	for i := range results {
		id := fmt.Sprintf("imses/person/x/case-%d", i)
		results[i] = reports.Result{ID: id, Scenario: id, Area: "imses/person", Verdict: reports.Failed, Findings: findings, Reproduce: "esconform run --only " + id}
	}
	return reports.Summarise(reports.Report{Scenarios: results})
}

// scattered is a report with a suite for each case.
func scattered(cases int) reports.Report {
	results := make([]reports.Result, cases)
	for i := range results {
		area := fmt.Sprintf("imses/area-%d", i)
		results[i] = reports.Result{ID: area + "/x/y", Scenario: area + "/x/y", Area: area, Verdict: reports.Warned, Findings: []reports.Finding{{Requirement: "X-01", Weight: reports.Warning, Message: "m"}}}
	}
	return reports.Summarise(reports.Report{Scenarios: results})
}

func TestAReportIsSplitBeforeTheLimitsOfItsReaders(t *testing.T) {
	for _, test := range []struct {
		name   string
		report reports.Report
		files  map[junit.Dialect]int
	}{
		{"many cases", crowd(30_000), map[junit.Dialect]int{junit.Strict: 2, junit.Surefire: 2, junit.Extended: 3}},
		{"long texts", heavy(15_000), map[junit.Dialect]int{junit.Strict: 2, junit.Surefire: 2, junit.Extended: 2}},
		{"many suites", scattered(5_000), map[junit.Dialect]int{junit.Strict: 3, junit.Surefire: 1, junit.Extended: 3}},
		{"few cases", everyVerdict(), map[junit.Dialect]int{junit.Strict: 1, junit.Surefire: 1, junit.Extended: 1}},
	} {
		for _, d := range junit.Dialects() {
			t.Run(test.name+"/"+string(d), func(t *testing.T) {
				files := render(t, test.report, d)
				validate(t, d, files...)
				if len(files) != test.files[d] {
					t.Errorf("%d files, wanted %d", len(files), test.files[d])
				}
				seen, suites := 0, make(map[string]bool)
				for i, f := range files {
					if n := bytes.Count(f, []byte("<")) - bytes.Count(f, []byte("</")) - 1; len(f) >= 25_000_000 || n >= 50_000 {
						t.Errorf("file %d has %d bytes, %d elements", i+1, len(f), n)
					}
					seen += bytes.Count(f, []byte("<testcase "))
					for _, text := range strings.SplitAfter(string(f), "<testsuite ")[1:] {
						suites[first(suiteName, text)] = true
						if got, want := first(suitePart, text), part(i, len(files)); got != want || !strings.Contains(text, "<testcase ") {
							t.Errorf("file %d: suite %s is part %q, wanted %q", i+1, first(suiteName, text), got, want)
						}
					}
				}
				if seen != len(test.report.Scenarios) {
					t.Errorf("%d cases of %d", seen, len(test.report.Scenarios))
				}
				if want := areas(test.report, d); len(suites) != want { // one that is cut has one name in all files
					t.Errorf("%d names of suites, wanted %d", len(suites), want)
				}
			})
		}
	}
}

func areas(r reports.Report, d junit.Dialect) int {
	names := make(map[string]bool)
	for _, s := range r.Scenarios {
		names[s.Area] = true
	}
	if d == junit.Surefire {
		return 1
	}
	return len(names)
}

func part(i, files int) string {
	if files == 1 {
		return ""
	}
	return fmt.Sprintf("%d of %d", i+1, files)
}

var (
	suiteName = regexp.MustCompile(` name="([^"]*)"`)
	suitePart = regexp.MustCompile(`<property name="part" value="([^"]*)">`)
)

// first is what the group of the pattern matches first, or nothing.
func first(pattern *regexp.Regexp, text string) string {
	if found := pattern.FindStringSubmatch(text); found != nil {
		return found[1]
	}
	return ""
}

func TestThePartsOfAReportAreKnownByTheirName(t *testing.T) {
	for file, want := range map[string]bool{
		"junit.xml": true, "junit-2.xml": true, "junit-10.xml": true, "junit-119.xml": true,
		"junit-1.xml": false, "junit-0.xml": false, "junit-02.xml": false, "junit-x.xml": false, "junit.xml.bak": false, "junit-2.txt": false,
		"my-junit.xml": false, "junit2.xml": false, "junit--2.xml": false, "": false, "junit-": false, ".xml": false,
	} {
		if got := junit.IsPart("junit.xml", file); got != want {
			t.Errorf("%q is a part: %v", file, got)
		}
	}
	for i, f := range junit.Files(crowd(30_000), junit.Extended, "all.tests.xml") {
		if !junit.IsPart("all.tests.xml", f.Name) || i == 1 && f.Name != "all.tests-2.xml" {
			t.Errorf("file %d has the name %s", i+1, f.Name)
		}
	}
}
