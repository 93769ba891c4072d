// Package markdown sums a run up for the page of a CI job, in GitHub's Markdown. It is
// pure; text that came from an endpoint or from somebody's fixtures stays text: it
// makes no markup, no HTML, no link and no mention.
package markdown

import (
	"fmt"
	"io"
	"strings"

	"esconform/reports"
)

// MostBytes is the size that a summary never exceeds, whatever the report holds. A
// comment on GitHub takes 65,536 characters, a job summary 1 MiB.
const MostBytes = 60_000

// Bounds of what is shown of a text, in characters; the whole is in report.json.
const (
	mostSentence  = 300
	mostCell      = 150
	mostReference = 500
	mostLine      = 300 // of a line of a difference
)

// Bounds of the sections, in bytes. The cases have what the others leave.
const (
	mostHead    = 16_000
	mostSection = 4_000
)

// Summary writes the summary of a report: the verdict and its reason, the
// certification, counts, every case that failed, warned or could not be judged with
// what it takes to understand it, the comparison with an earlier report, known
// failures, why cases were not judged, and what is not tested. What finds no room is
// left out whole, and the summary says how much that is.
func Summary(w io.Writer, r reports.Report) error {
	if _, err := io.WriteString(w, render(r)); err != nil {
		return fmt.Errorf("write summary: %w", err)
	}
	return nil
}

func render(r reports.Report) string {
	head := head(r)
	var tail strings.Builder
	for _, section := range []string{comparison(r.Baseline), known(r.Scenarios), reasons(r.Scenarios), residue(r.Residue), untested(r.Requirements)} {
		tail.WriteString(section)
	}
	return head + cases(r, MostBytes-len(head)-tail.Len()) + tail.String()
}

// page gathers blocks up to a number of bytes.
type page struct {
	strings.Builder
	most int
	left int // how many blocks found no room
}

// room is what a note about what was left out takes at most.
const room = 200

// add appends a block if there is room for it and for a note after it. Once one was
// left out, all are: a list with holes would mislead.
func (p *page) add(block string) bool {
	if p.left > 0 || p.Len()+len(block) > p.most-room {
		p.left++
		return false
	}
	p.WriteString(block)
	return true
}

// end says what was left out.
func (p *page) end(noun string) string {
	if p.left > 0 {
		fmt.Fprintf(p, "\n%d more %s found no room here; they are in `report.json`.\n", p.left, noun)
	}
	return p.String()
}

// list makes a section of blocks under a heading; empty when there are none.
func list(heading, noun, before string, blocks []string) string {
	if len(blocks) == 0 {
		return ""
	}
	p := page{most: mostSection}
	p.add("\n## " + heading + "\n\n" + before)
	for _, b := range blocks {
		p.add(b)
	}
	return p.end(noun)
}
