package html_test

import (
	"io"
	"testing"

	"esconform/reports/html"
	"esconform/reports/jsonl"
	"esconform/reports/junit"
)

// BenchmarkWriteTenThousand writes the page of 10,000 cases.
func BenchmarkWriteTenThousand(b *testing.B) {
	report := large(10_000)
	for b.Loop() {
		if err := html.Write(io.Discard, report); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRenderTenThousand renders 10,000 cases to JUnit, JSON and HTML. The limit is
// two seconds.
func BenchmarkRenderTenThousand(b *testing.B) {
	report := large(10_000)
	for b.Loop() {
		for _, f := range junit.Files(report, junit.Strict, "junit.xml") {
			if err := f.Write(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
		if err := jsonl.Report(io.Discard, report); err != nil {
			b.Fatal(err)
		}
		if err := html.Write(io.Discard, report); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBrowser opens and filters the page of 1,000 cases in Chromium. The limits
// are a second and 50 ms.
func BenchmarkBrowser(b *testing.B) {
	browser, report := start(b), large(1000)
	var opened, first, slowest float64
	for b.Loop() {
		tab := newTab(b, browser)
		tab.open(report, "")
		opened += eval[float64](tab, drawn)
		first += eval[float64](tab, searched)
		slowest += eval[float64](tab, filtered)
		tab.close()
	}
	b.ReportMetric(opened/float64(b.N), "ms/open")
	b.ReportMetric(first/float64(b.N), "ms/first-search")
	b.ReportMetric(slowest/float64(b.N), "ms/filter")
	b.ReportMetric(0, "ns/op")
}
