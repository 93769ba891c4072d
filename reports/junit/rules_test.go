package junit_test

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/hostile"
	"esconform/reports/junit"
)

var (
	threeDecimals = regexp.MustCompile(`^[0-9]+\.[0-9]{3}$`)
	utc           = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}$`)
)

// broken names the rules that a case breaks.
func broken(c *node) []string {
	var list []string
	rule := func(holds bool, format string, values ...any) {
		if !holds {
			list = append(list, fmt.Sprintf(format, values...))
		}
	}
	rule(utf8.RuneCountInString(full(c))-1 <= 512, "a name of %d characters", utf8.RuneCountInString(full(c))-1)
	rule(threeDecimals.MatchString(c.attr["time"]), "time %s", c.attr["time"])
	rule(jenkinsSeconds(c.attr["time"]) == seconds(c.attr["time"]), "time %s is changed", c.attr["time"])
	verdicts := slices.Concat(c.all("failure"), c.all("error"), c.all("skipped"))
	rule(len(verdicts) <= 1, "%d verdicts", len(verdicts))
	for _, v := range verdicts {
		rule(v.name == "skipped" || v.attr["type"] != "", "no type")
		rule(v.attr["message"] != "" || v.text == "", "no message, and %q", v.text)
		rule(utf8.RuneCountInString(v.attr["message"]) <= 300 && !strings.ContainsAny(v.attr["message"], "\n\r\t"), "message %q", v.attr["message"])
		rule(len(v.text) <= 50_000, "a text of %d bytes", len(v.text))
	}
	for _, out := range c.all("system-out") {
		rule(utf8.RuneCountInString(out.text) <= 100_000, "system-out of %d characters", utf8.RuneCountInString(out.text))
	}
	return list
}

// seconds reads a time as it stands.
func seconds(s string) float64 {
	var f float64
	_, _ = fmt.Sscanf(s, "%f", &f)
	return f
}

func TestEveryCaseKeepsTheRules(t *testing.T) {
	for title, report := range subjects() {
		for _, d := range junit.Dialects() {
			t.Run(title+"/"+string(d), func(t *testing.T) {
				files := parse(render(t, report, d))
				names := make(map[string]bool)
				cases(files, func(c *node) {
					for _, rule := range broken(c) {
						t.Errorf("%s: %s", full(c), rule)
					}
					if names[full(c)] {
						t.Errorf("%s is there twice", full(c))
					}
					names[full(c)] = true
				})
				for _, f := range files {
					for _, s := range f.root.below("testsuite") {
						if at, stamped := s.attr["timestamp"]; stamped != (d != junit.Surefire) || stamped && (!utc.MatchString(at) || at != report.StartedAt.UTC().Format("2006-01-02T15:04:05")) {
							t.Errorf("timestamp %q of a run that began at %s", at, report.StartedAt)
						}
						if out := s.first("system-out"); out != nil && utf8.RuneCountInString(out.text) > 100_000 {
							t.Errorf("system-out of %d characters", utf8.RuneCountInString(out.text))
						}
					}
				}
			})
		}
	}
}

// A name depends on the id alone: not on what else is in the report, or on its verdict.
func TestNamesAreTheSameInEveryRunAndDialect(t *testing.T) {
	report := hostile.Report(rand.New(rand.NewPCG(9, 9)), 300, hostile.VendorIDs())
	byID := func(r reports.Report, d junit.Dialect) map[string]string {
		names, results := make(map[string]string), ordered(r, d)
		cases(parse(render(t, r, d)), func(c *node) { names[results[0].ID], results = full(c), results[1:] })
		return names
	}
	want := byID(report, junit.Strict)
	half := report
	half.Scenarios = nil
	for i, r := range report.Scenarios {
		if i%2 == 0 {
			half.Scenarios = append(half.Scenarios, reports.Result{ID: r.ID, Scenario: r.Scenario, Area: r.Area, Verdict: reports.Passed})
		}
	}
	for _, d := range junit.Dialects() {
		if diff := cmp.Diff(want, byID(report, d)); diff != "" {
			t.Errorf("%s: - strict + here\n%s", d, diff)
		}
		for id, name := range byID(reports.Summarise(half), d) {
			if name != want[id] {
				t.Errorf("%s: %q is %q in another run", d, want[id], name)
			}
		}
	}
}

// What decides is in the first lines, however many findings there are: some readers
// cut at two lines, some at two thousand characters.
func TestTheFirstLinesHoldRequirementPlaceDifferenceAndReproduction(t *testing.T) {
	report := everyVerdict()
	failed := &report.Scenarios[slices.IndexFunc(report.Scenarios, func(r reports.Result) bool { return r.Verdict == reports.Failed })]
	for range 100 {
		failed.Findings = append(failed.Findings, failed.Findings[0])
	}
	for _, d := range junit.Dialects() {
		cases(parse(render(t, reports.Summarise(report), d)), func(c *node) {
			if full(c) != failed.ID {
				return
			}
			text := c.first("failure").text
			if two := strings.Join(strings.Split(text, "\n")[:2], "\n"); !strings.Contains(two, "REL-07: The unknown-child text") {
				t.Errorf("%s: the requirement is not in the first two lines:\n%s", d, two)
			}
			for what, part := range map[string]string{"expectation": "unknown-child/scenario.yaml:14", "place": "bind:statusInfo/bind:description",
				"wanted": "- relationship/sourceId/identifier 'ec00-Child3'", "got": "+ relationship/sourceId/identifier 'Child3'", "command": failed.Reproduce} {
				if !strings.Contains(text[:2_000], part) {
					t.Errorf("%s: the %s is not in the first 2,000 characters", d, what)
				}
			}
		})
	}
}

// When texts must be cut, the middle goes, and what is left still says what is broken.
func TestTheFirstLinesStayWhenTextsAreCut(t *testing.T) {
	finding := reports.Finding{Requirement: "REL-07", Statement: strings.Repeat("&", 5_000), Weight: reports.Failure, Message: strings.Repeat("<", 5_000), Line: 3, Got: strings.Repeat(">\n", 5_000)}
	results := make([]reports.Result, 11_000)
	for i := range results {
		id := fmt.Sprintf("imses/person/x/case-%d", i)
		results[i] = reports.Result{ID: id, Scenario: id, Area: "imses/person", Verdict: reports.Failed, Reproduce: "esconform run --only " + id}
	}
	for i := range 10 {
		results[i].Findings = []reports.Finding{finding, finding, finding}
	}
	files := parse([][]byte{one(t, reports.Summarise(reports.Report{Scenarios: results}), junit.Strict)})
	seen := 0
	cases(files, func(c *node) {
		text := c.first("failure").text
		if len(text) < 100 {
			return
		}
		seen++
		for _, part := range []string{"  REL-07:", "&&&&", "Found at: response:3", "<<<<", "+ >\n", " more lines, in report.json) …"} {
			if !strings.Contains(text, part) {
				t.Errorf("%s: no %q", full(c), part)
			}
		}
		if len(text) > 2_000 {
			t.Errorf("%s: %d bytes\n%s", full(c), len(text), text)
		}
	})
	if seen != 10 {
		t.Errorf("%d cases with findings", seen)
	}
}
