package html

import (
	"cmp"
	"slices"

	"esconform/reports"
)

// requirementTable writes every requirement with what the run says about it, what
// proves it, or why nothing can.
func (p *page) requirementTable() {
	p.write(`<section id="requirements" class="bound" aria-labelledby="requirements-head"><h2 id="requirements-head">Requirements</h2>` + "\n")
	p.requirementControls()
	p.write(`<table class="requirements"><thead><tr><th scope="col">Id</th><th scope="col">Requirement</th><th scope="col">Level</th><th scope="col">Outcome</th><th scope="col">What proves it</th></tr></thead><tbody>` + "\n")
	for _, q := range p.report.Requirements {
		p.requirementRow(q)
	}
	p.write("</tbody></table>\n")
	if len(p.report.Requirements) == 0 {
		p.write(`<p>The report names no requirement.</p>`)
	}
	p.write(`<p class="nothing" hidden>No requirement fits. <button type="button" data-clear="requirement-controls">Show all</button></p></section>` + "\n")
}

func (p *page) requirementControls() {
	values := func(of func(reports.Requirement) string) []string {
		seen := map[string]bool{}
		var list []string
		for _, q := range p.report.Requirements {
			if v := of(q); v != "" && !seen[v] {
				seen[v], list = true, append(list, v)
			}
		}
		slices.Sort(list)
		return list
	}
	p.write(`<form class="controls" id="requirement-controls" role="search" aria-label="Filter requirements">`)
	p.write(`<div class="field wide"><label for="requirement-text">Search</label><input id="requirement-text" name="text" type="search" autocomplete="off" spellcheck="false" placeholder="Id, sentence, source, scenario …"></div>`)
	p.choice("requirement-area", "area", "Area", values(func(q reports.Requirement) string { return q.Area }))
	p.choice("requirement-outcome", "outcome", "Outcome", values(outcome))
	p.choice("requirement-level", "level", "Level", values(func(q reports.Requirement) string { return q.Level }))
	p.choice("requirement-class", "class", "Class", values(func(q reports.Requirement) string { return q.Class }))
	p.write(`<div class="tools"><p role="status" class="shown">{}</p><button type="reset">Clear filters</button></div></form>`+"\n", counted(len(p.report.Requirements), "requirement"))
}

func outcome(q reports.Requirement) string { return cmp.Or(q.Outcome, reports.NotTested) }

func (p *page) requirementRow(q reports.Requirement) {
	p.write(`<tr id="{}" data-area="{}" data-outcome="{}" data-level="{}" data-class="{}">`,
		requirementAnchor(q.ID), line(q.Area, mostName), line(outcome(q), mostName), line(q.Level, mostName), line(q.Class, mostName))
	p.write(`<th scope="row">{}</th><td><p>{}</p><p class="aside">{}{}</p></td>`,
		line(q.ID, mostName), line(q.Statement, mostSentence), line(q.Source, mostSentence), rests(q.Confidence))
	p.write(`<td>{}</td><td>`, line(q.Level, mostName))
	p.chip(outcomeTone(outcome(q)), outcome(q))
	p.write(`<p class="aside">{}</p></td><td>`, spoken(q.Class))
	if b := p.broken[q.ID]; b != nil {
		p.write(`<p class="aside">Broken in</p>`)
		p.folded(b.cases, "case", p.scenario)
	}
	switch {
	case len(q.VerifiedBy) > 0:
		p.write(`<p class="aside">Proved by</p>`)
		p.folded(q.VerifiedBy, "scenario", p.scenario)
	case q.Reason != "":
		p.write(`<p>Cannot be tested: {}</p>`, spoken(q.Reason))
	case q.Class == "client":
		p.write(`<p>An obligation of clients.</p>`)
	case p.broken[q.ID] == nil && outcome(q) == reports.Held:
		p.write(`<p>Checked in every answer.</p>`)
	case q.Class == "observed":
		p.write(`<p>Recorded, not judged.</p>`)
	}
	p.write("</td></tr>\n")
}

// rests says what the rule rests on.
func rests(confidence string) string {
	switch confidence {
	case "":
		return ""
	case "doc":
		return " · documented"
	case "sample":
		return " · from a documented message"
	case "client":
		return " · from client code"
	case "standard":
		return " · from the standard"
	}
	return " · " + spoken(confidence)
}
