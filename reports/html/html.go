// Package html writes a run as one HTML file for people: it opens from a mail
// attachment, asks no network for anything, can be read without scripts, with a
// keyboard, on a phone and on paper.
//
// All that the file says comes from the report, and much of that from an endpoint,
// which may be hostile. Three walls keep its text from ever being run: every value is
// made visible and escaped (escape.go, the only way into the page), links are written
// only to places inside the output folder or to http and https (links.go), and the
// page's content security policy lets nothing run or load but the style and the
// scripts of this package, named by their hashes (document.go).
//
// The markup is written by hand and not with html/template: a report of 10,000 cases is
// made of a hundred thousand tables and lists, and is to be written while one waits (see
// the benchmarks).
package html

import (
	"fmt"
	"io"

	"esconform/reports"
)

// Write writes the report as one self-contained HTML file in UTF-8. Links to evidence
// are relative to the output folder, where the file belongs. The file is bounded
// however long the findings are; what is left out is counted and said to be in
// report.json. An error is one of w.
func Write(w io.Writer, r reports.Report) error {
	p, err := newPage(r)
	if err != nil {
		return fmt.Errorf("render HTML report: %w", err)
	}
	p.document()
	if _, err := w.Write(p.out.Bytes()); err != nil {
		return fmt.Errorf("write HTML report: %w", err)
	}
	return nil
}
