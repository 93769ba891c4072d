package junit_test

import (
	"fmt"
	"io"
	"testing"

	"esconform/reports"
	"esconform/reports/junit"
)

// large is a report of that many cases, one in ten of which failed.
func large(cases int) reports.Report {
	failed := everyVerdict().Scenarios[1]
	results := make([]reports.Result, cases)
	for i := range results {
		id := fmt.Sprintf("imses/person/relationships-%d/case-%d", i/20, i)
		results[i] = reports.Result{ID: id, Scenario: id, Area: fmt.Sprintf("imses/area-%d", i%8), Title: "An unknown child is reported", Verdict: reports.Passed,
			Proves: []string{"REL-07", "GEN-04"}, Operations: []string{"createPerson", "readPerson"}, DurationMS: int64(i)}
		if i%10 == 0 {
			results[i].Verdict, results[i].Findings, results[i].Steps = reports.Failed, failed.Findings, failed.Steps
			results[i].Reproduce = "esconform run --sandbox --only " + id
		}
	}
	return reports.Summarise(reports.Report{Complete: true, Scenarios: results})
}

// BenchmarkFiles writes 10,000 cases.
func BenchmarkFiles(b *testing.B) {
	report := large(10_000)
	for _, d := range junit.Dialects() {
		b.Run(string(d), func(b *testing.B) {
			for b.Loop() {
				for _, f := range junit.Files(report, d, "junit.xml") {
					if err := f.Write(io.Discard); err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}
