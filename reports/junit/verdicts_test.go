package junit_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/hostile"
	"esconform/reports/junit"
)

// subjects are the reports that consumers read, by what is hard about them.
func subjects() map[string]reports.Report {
	return map[string]reports.Report{
		"every verdict":                everyVerdict(),
		"hostile":                      hostile.Report(rand.New(rand.NewPCG(1, 5)), 500),
		"hostile, with a vendor's ids": hostile.Report(rand.New(rand.NewPCG(3, 5)), 500, hostile.VendorIDs()),
		"nothing":                      reports.Summarise(reports.Report{}),
	}
}

// largeSubjects are the subjects and some that take long to read: one of more than one file,
// and one of texts of megabytes.
func largeSubjects() map[string]reports.Report {
	all := subjects()
	all["more than one file"] = crowd(30_000)
	all["hostile, with huge texts"] = hostile.Report(rand.New(rand.NewPCG(2, 5)), 100, hostile.Huge(5_000_000))
	return all
}

// crowd is a report of that many cases over all verdicts in three areas.
func crowd(cases int) reports.Report {
	results := make([]reports.Result, cases)
	for i := range results {
		area := "imses/" + []string{"person", "group", "membership"}[i%3]
		id := area + "/x/case-" + strconv.Itoa(i)
		results[i] = reports.Result{ID: id, Scenario: id, Area: area, Verdict: reports.Words()[i%len(reports.Words())], DurationMS: int64(i), Reason: "so it is"}
	}
	return reports.Summarise(reports.Report{Complete: true, Scenarios: results})
}

// kind is what ruling 22 makes of a verdict.
func kind(v reports.Verdict) string {
	switch v {
	case reports.Passed, reports.Warned:
		return "passed"
	case reports.Failed, reports.UnexpectedPass:
		return "failed"
	case reports.Skipped, reports.NotRun, reports.KnownFailure:
		return "skipped"
	}
	return "error"
}

// ordered gives results in the order of the files: by area in the order of the first
// id of each, and by id.
func ordered(r reports.Report, d junit.Dialect) []reports.Result {
	if d == junit.Surefire {
		return r.Scenarios
	}
	var areas []string
	byArea := make(map[string][]reports.Result)
	for _, s := range r.Scenarios {
		if byArea[s.Area] == nil {
			areas = append(areas, s.Area)
		}
		byArea[s.Area] = append(byArea[s.Area], s)
	}
	var list []reports.Result
	for _, area := range areas {
		list = append(list, byArea[area]...)
	}
	return list
}

// expected is what a consumer must show: the verdict of each case under its name. The
// name is the id, unless a consumer could change or cut that.
func expected(t *testing.T, r reports.Report, d junit.Dialect, files []document) map[string]string {
	t.Helper()
	results, want := ordered(r, d), make(map[string]string)
	cases(files, func(c *node) {
		if len(results) == 0 {
			t.Fatal("there are more cases than results")
		}
		if name := full(c); name != results[0].ID && !strings.Contains(name, "~") {
			t.Errorf("%q has the name %q", results[0].ID, name)
		}
		want[full(c)] = kind(results[0].Verdict)
		results = results[1:]
	})
	if len(results) > 0 || len(want) != len(r.Scenarios) {
		t.Errorf("%d results are missing, %d names for %d results", len(results), len(want), len(r.Scenarios))
	}
	return want
}

func TestNoConsumerLosesOrChangesAVerdict(t *testing.T) {
	for title, report := range largeSubjects() {
		for _, d := range junit.Dialects() {
			t.Run(title+"/"+string(d), func(t *testing.T) {
				files := parse(render(t, report, d))
				want := expected(t, report, d, files)
				for _, consumer := range consumers() {
					got := consumer.read(files)
					if !maps.EqualFunc(want, got, consumer.same) {
						t.Errorf("%s: - wanted + got\n%.2000s", consumer.name, cmp.Diff(want, got))
					}
					if diff := cmp.Diff(ruling22(report.Counts, consumer.merges), count(got)); diff != "" {
						t.Errorf("%s: counts: - wanted + got\n%s", consumer.name, diff)
					}
				}
			})
		}
	}
}

type totals struct{ Tests, Passed, Failures, Errors, Skipped int }

func ruling22(c reports.Counts, merges bool) totals {
	want := totals{Tests: c.Total, Passed: c.Passed + c.Warned, Failures: c.Failed + c.UnexpectedPass, Errors: c.Error, Skipped: c.Skipped + c.NotRun + c.KnownFailure}
	if merges {
		want.Failures, want.Errors = want.Failures+want.Errors, 0
	}
	return want
}

func count(verdicts map[string]string) totals {
	var sum totals
	for _, v := range verdicts {
		sum.Tests++
		switch v {
		case "passed":
			sum.Passed++
		case "failed":
			sum.Failures++
		case "skipped":
			sum.Skipped++
		default:
			sum.Errors++
		}
	}
	return sum
}

// Whoever reads the attributes sees the same as who counts the elements: in each file,
// and in all files together.
func TestAttributesCountWhatIsInTheFile(t *testing.T) {
	for title, report := range subjects() {
		for _, d := range junit.Dialects() {
			t.Run(title+"/"+string(d), func(t *testing.T) {
				var sum totals
				var ids []string
				for _, f := range parse(render(t, report, d)) {
					for _, s := range f.root.below("testsuite") {
						here := stated(t, s, d)
						if diff := cmp.Diff(counted(s), here); diff != "" {
							t.Errorf("suite %s: - elements + attributes\n%s", s.attr["name"], diff)
						}
						sum = totals{sum.Tests + here.Tests, sum.Passed + here.Passed, sum.Failures + here.Failures, sum.Errors + here.Errors, sum.Skipped + here.Skipped}
						ids = append(ids, s.attr["id"])
					}
					if d == junit.Extended {
						if diff := cmp.Diff(counted(f.root), stated(t, f.root, d)); diff != "" {
							t.Errorf("file: - elements + attributes\n%s", diff)
						}
					}
				}
				if diff := cmp.Diff(ruling22(report.Counts, false), sum); diff != "" {
					t.Errorf("all files: - wanted + got\n%s", diff)
				}
				slices.Sort(ids)
				if d != junit.Surefire && len(slices.Compact(ids)) != len(ids) {
					t.Error("two suites have one id")
				}
			})
		}
	}
}

// counted counts elements.
func counted(n *node) totals {
	verdicts := make(map[string]string)
	for _, c := range n.below("testcase") {
		verdicts[full(c)] = verdictOf(c)
	}
	return count(verdicts)
}

// stated reads the attributes. The dialect strict has none for skipped cases; there
// these are suite properties.
func stated(t *testing.T, n *node, d junit.Dialect) totals {
	t.Helper()
	got := totals{Tests: number(t, []byte(n.attr["tests"])), Failures: number(t, []byte(n.attr["failures"])), Errors: number(t, []byte(n.attr["errors"]))}
	if d == junit.Strict {
		for _, p := range n.first("properties").children {
			if slices.Contains([]string{"skipped", "notRun", "knownFailures"}, p.attr["name"]) {
				got.Skipped += number(t, []byte(p.attr["value"]))
			}
		}
	} else {
		got.Skipped = number(t, []byte(n.attr["skipped"]))
	}
	got.Passed = got.Tests - got.Failures - got.Errors - got.Skipped
	return got
}
