package junit_test

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

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
		{"long texts", heavy(13_000), map[junit.Dialect]int{junit.Strict: 2, junit.Extended: 2}},
		{"many suites", scattered(5_000), map[junit.Dialect]int{junit.Strict: 3, junit.Surefire: 1, junit.Extended: 3}},
		{"few cases", everyVerdict(), map[junit.Dialect]int{junit.Strict: 1, junit.Surefire: 1, junit.Extended: 1}},
	} {
		for d, wanted := range test.files {
			t.Run(test.name+"/"+string(d), func(t *testing.T) {
				files := render(t, test.report, d)
				validate(t, d, files...)
				if len(files) != wanted {
					t.Errorf("%d files, wanted %d", len(files), wanted)
				}
				for i, f := range files {
					if n := bytes.Count(f, []byte("<")) - bytes.Count(f, []byte("</")) - 1; len(f) >= 25_000_000 || n >= 50_000 {
						t.Errorf("file %d has %d bytes, %d elements", i+1, len(f), n)
					}
				}
				c := test.report.Counts
				want := contents{Cases: c.Total, Tests: c.Total, Failures: c.Failed + c.UnexpectedPass, Errors: c.Error, Suites: areas(test.report, d)}
				if diff := cmp.Diff(want, scan(t, files)); diff != "" {
					t.Errorf("in all files: - wanted + got\n%s", diff)
				}
			})
		}
	}
}

// areas is the number of suites: one that is cut has one name in all files.
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

// contents is what files hold together: elements, and what the attributes of the
// suites add up to.
type contents struct{ Cases, Tests, Failures, Errors, Suites int }

var (
	suiteHead = regexp.MustCompile(`<testsuite (?:[^>]* )?name="([^"]*)"[^>]* tests="([0-9]+)"[^>]*>`)
	failures  = regexp.MustCompile(` failures="([0-9]+)"`)
	errored   = regexp.MustCompile(` errors="([0-9]+)"`)
	suitePart = regexp.MustCompile(`<property name="part" value="([^"]*)">`)
)

// scan reads files as text: to parse some of this size takes long.
func scan(t *testing.T, files [][]byte) contents {
	t.Helper()
	var sum contents
	names := make(map[string]bool)
	for i, f := range files {
		sum.Cases += bytes.Count(f, []byte("<testcase "))
		heads := suiteHead.FindAllSubmatch(f, -1)
		for _, head := range heads {
			names[string(head[1])] = true
			sum.Tests += number(t, head[2])
			sum.Failures += number(t, failures.FindSubmatch(head[0])[1])
			sum.Errors += number(t, errored.FindSubmatch(head[0])[1])
			if number(t, head[2]) == 0 {
				t.Errorf("file %d: suite %s is empty", i+1, head[1])
			}
		}
		told := 0
		for _, part := range suitePart.FindAllSubmatch(f, -1) {
			if want := fmt.Sprintf("%d of %d", i+1, len(files)); string(part[1]) != want {
				t.Errorf("file %d is said to be %s", i+1, part[1])
			}
			told++
		}
		if told != len(heads) && len(files) > 1 || told > 0 && len(files) == 1 {
			t.Errorf("file %d: %d of %d suites tell of the others", i+1, told, len(heads))
		}
	}
	sum.Suites = len(names)
	return sum
}

func number(t *testing.T, digits []byte) int {
	t.Helper()
	n, err := strconv.Atoi(string(digits))
	if err != nil {
		t.Error(err)
	}
	return n
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
