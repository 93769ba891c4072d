package html

import (
	"bytes"
	"cmp"
	"slices"

	"esconform/reports"
)

// Bounds of what the page shows; the whole is in report.json.
const (
	mostName      = 300  // characters of a name, an id, a title
	mostSentence  = 2000 // of a sentence
	mostReference = 2000 // of a place, a path, an address, a command
	mostLine      = 1000 // of a line of a difference or an excerpt
	mostRows      = 200  // lines of a difference or an excerpt
	mostFindings  = 50   // of a case
	mostLinks     = 100  // in a row of links
	mostListed    = 200  // items of a list in the overview

	fileBudget = 24_000_000 // bytes of all findings together
	caseBudget = 400_000    // of those of a case, at most; the first one is always shown
)

// page is what a report becomes, and what has to be looked up on the way.
type page struct {
	out    bytes.Buffer
	report reports.Report
	style  string
	script string

	rows   map[string]string   // requirement -> anchor of its row
	places map[string]string   // case, or folder of cases -> anchor of it or of its first
	proofs map[string][]string // folder -> requirements that its own expectations prove
	broken map[string]*breach  // requirement -> where it was broken
	budget int                 // bytes of the findings of a case
}

// breach is a requirement that was broken, and by which cases.
type breach struct {
	id, statement string
	warning       bool     // all findings are warnings
	cases         []string // ids, sorted, each once
}

func newPage(r reports.Report) (*page, error) {
	p := &page{report: r, rows: map[string]string{}, places: map[string]string{}, proofs: map[string][]string{}, broken: map[string]*breach{}}
	p.report.Scenarios = slices.SortedStableFunc(slices.Values(r.Scenarios), reports.ByID)
	for _, q := range r.Requirements {
		p.rows[q.ID] = requirementAnchor(q.ID)
		for _, scenario := range q.VerifiedBy {
			p.proofs[scenario] = append(p.proofs[scenario], q.ID)
		}
	}
	bad := 0
	for _, result := range p.report.Scenarios {
		anchor := caseAnchor(result.ID)
		if _, first := p.places[result.Scenario]; !first {
			p.places[result.Scenario] = anchor
		}
		p.places[result.ID] = anchor
		p.note(result)
		if len(result.Findings) > 0 {
			bad++
		}
	}
	p.budget = min(caseBudget, fileBudget/max(1, bad))
	p.out.Grow(1<<16 + 4096*len(r.Scenarios))
	var err error
	p.style, p.script, err = assets()
	return p, err
}

// note takes down which requirements a case broke.
func (p *page) note(r reports.Result) {
	for _, f := range r.Findings {
		if f.Requirement == "" || f.Weight == reports.Trouble {
			continue
		}
		b := p.broken[f.Requirement]
		if b == nil {
			b = &breach{id: f.Requirement, warning: true}
			p.broken[f.Requirement] = b
		}
		b.statement = cmp.Or(b.statement, f.Statement)
		b.warning = b.warning && f.Weight == reports.Warning
		if n := len(b.cases); n == 0 || b.cases[n-1] != r.ID {
			b.cases = append(b.cases, r.ID)
		}
	}
}

// breaches lists the broken requirements: those that fail first, then those that most
// cases break.
func (p *page) breaches() []*breach {
	list := make([]*breach, 0, len(p.broken))
	for _, b := range p.broken {
		list = append(list, b)
	}
	slices.SortFunc(list, func(a, b *breach) int {
		if a.warning != b.warning {
			if a.warning {
				return 1
			}
			return -1
		}
		return cmp.Or(cmp.Compare(len(b.cases), len(a.cases)), cmp.Compare(a.id, b.id))
	})
	return list
}

// requirement writes the id of a requirement, as a link where the page has its row.
func (p *page) requirement(id string) {
	if anchor, ok := p.rows[id]; ok {
		p.write(`<a href="#{}">{}</a>`, anchor, line(id, mostName))
		return
	}
	p.write(`<span>{}</span>`, line(id, mostName))
}

// requirements writes a row of requirement ids.
func (p *page) requirements(ids []string) { p.links(ids, p.requirement) }

// scenario writes the id of a case or a folder, as a link where the page has it.
func (p *page) scenario(id string) {
	if anchor, ok := p.places[id]; ok {
		p.write(`<a href="#{}">{}</a>`, anchor, line(id, mostName))
		return
	}
	p.write(`<span>{}</span>`, line(id, mostName))
}

// links writes a row of ids, and how many were left out.
func (p *page) links(ids []string, one func(string)) {
	p.write(`<span class="links">`)
	for i, id := range ids {
		if i == mostLinks {
			p.write(`<span>and {} more</span>`, number(len(ids)-i))
			break
		}
		if i > 0 {
			p.write(" ")
		}
		one(id)
	}
	p.write(`</span>`)
}

// evidence writes a path of the output folder, as a link where it is one.
func (p *page) evidence(file, label string) {
	if address, ok := inFolder(file); ok {
		p.write(`<a href="{}">{}</a>`, address, line(label, mostReference))
		return
	}
	p.write(`<span>{}</span>`, line(label, mostReference))
}
