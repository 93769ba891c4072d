package html_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/hostile"
)

// TestThePageIsBounded: whatever an endpoint answers, people can open the page.
func TestThePageIsBounded(t *testing.T) {
	finding := failed().Findings[1]
	long := func(bytes int) reports.Finding {
		f := finding
		f.Message = strings.Repeat("<ö>", bytes/4)
		f.Got, f.Diff = f.Message, []reports.Diff{{Op: "-", Text: f.Message}, {Op: "+", Text: strings.Repeat("x\n", bytes/2)}}
		return f
	}
	many := failed()
	many.Findings = nil
	for range 5000 {
		many.Findings = append(many.Findings, long(400))
	}
	many.Findings[0] = long(5_000_000)
	crowd := large(3000)
	for i := range crowd.Scenarios {
		crowd.Scenarios[i].Findings = []reports.Finding{long(4000), long(4000), long(4000)}
	}
	for name, tt := range map[string]struct {
		report reports.Report
		most   int
	}{
		"many long findings in one case": {reports.Summarise(reports.Report{Scenarios: []reports.Result{many}}), 1_000_000},
		"long findings in many cases":    {crowd, 100_000_000},
		"hostile texts of megabytes":     {hostile.Report(rand.New(rand.NewPCG(1, 1)), 200, hostile.Huge(5_000_000)), 20_000_000},
	} {
		if n := len(page(t, tt.report)); n > tt.most {
			t.Errorf("%s: %d bytes, want at most %d", name, n, tt.most)
		}
	}
	if got := page(t, reports.Summarise(reports.Report{Scenarios: []reports.Result{many}})); !strings.Contains(got, "more findings, in report.json") {
		t.Error("the page does not say that findings were left out")
	}
}
