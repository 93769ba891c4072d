package junit

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"esconform/reports"
	"esconform/reports/text"
)

// Bounds of texts, in bytes as they are written.
const (
	fileBudget  = 20_000_000 // of all failure and error texts: files stay below 25 MB
	caseBudget  = 50_000     // of one; Jenkins keeps as much
	suiteBudget = 100_000    // of system-out
	mostMessage = 300        // characters of an attribute
)

func document(r reports.Report) testsuites {
	budget := caseBudget
	if n := r.Counts.Failed + r.Counts.UnexpectedPass + r.Counts.Error; n > 0 {
		budget = min(caseBudget, fileBudget/n)
	}
	var suites testsuites
	for _, area := range areas(r.Scenarios) {
		suites.Suites = append(suites.Suites, suite(r, area, len(suites.Suites), budget))
	}
	return suites
}

// area is a service area with its results, sorted by id.
type area struct {
	name    string
	results []reports.Result
}

func areas(results []reports.Result) []area {
	sorted := slices.SortedStableFunc(slices.Values(results), reports.ByID)
	var list []area
	for _, r := range sorted {
		i := slices.IndexFunc(list, func(a area) bool { return a.name == r.Area })
		if i < 0 {
			i, list = len(list), append(list, area{name: r.Area})
		}
		list[i].results = append(list[i].results, r)
	}
	return list
}

func suite(r reports.Report, a area, id, budget int) testsuite {
	counts := reports.Count(a.results)
	s := testsuite{
		Package:    "esconform",
		ID:         id,
		Name:       name(a.name),
		Timestamp:  r.StartedAt.UTC().Format("2006-01-02T15:04:05"), // the schema allows no zone
		Hostname:   "localhost",                                     // where the run took place; the report does not say
		Tests:      counts.Total,
		Failures:   counts.Failed + counts.UnexpectedPass,
		Errors:     counts.Error,
		Properties: properties(r, counts),
	}
	var total int64
	var warnings []string
	for _, result := range a.results {
		total += max(0, result.DurationMS)
		s.Cases = append(s.Cases, testCase(result, budget))
		if result.Verdict == reports.Warned {
			warnings = append(warnings, append(text.Case(result), "")...)
		}
	}
	s.Time = seconds(total)
	s.Out.Text = join(warnings, suiteBudget)
	return s
}

// properties gives what the schema has no attribute for: the counts of the suite,
// then the facts of the run.
func properties(r reports.Report, c reports.Counts) []property {
	pairs := []property{
		{"warnings", strconv.Itoa(c.Warned)},
		{"skipped", strconv.Itoa(c.Skipped)},
		{"notRun", strconv.Itoa(c.NotRun)},
		{"knownFailures", strconv.Itoa(c.KnownFailure)},
		{"unexpectedPasses", strconv.Itoa(c.UnexpectedPass)},
		{"runVerdict", string(r.Verdict)},
		{"runReason", r.Reason},
		{"runId", r.RunID},
		{"target", r.Target.URL},
		{"product", r.Target.Product},
		{"productVersion", r.Target.Version},
		{"profile", r.Profile},
		{"suiteVersion", r.SuiteVersion},
		{"xsdEngine", r.Engine},
		{"strict", strconv.FormatBool(r.Strict)},
		{"complete", strconv.FormatBool(r.Complete)},
	}
	for i := range pairs {
		pairs[i].Value = text.OneLine(pairs[i].Value, mostMessage)
	}
	return pairs
}

// seconds writes milliseconds as seconds with three decimals, the only form that
// all consumers read.
func seconds(milliseconds int64) string {
	d := time.Duration(max(0, milliseconds)) * time.Millisecond
	return fmt.Sprintf("%d.%03d", d/time.Second, d%time.Second/time.Millisecond)
}
