package html

import (
	"strings"

	"esconform/reports"
)

// overview writes what a reader wants first: what was tested, the verdict, its ground,
// and what is broken.
func (p *page) overview() {
	r := p.report
	p.write(`<section id="overview" class="bound" aria-labelledby="product">` + "\n")
	p.write(`<p class="eyebrow">{}`, "Conformance report")
	if !r.FinishedAt.IsZero() {
		p.write(` · {}`, r.FinishedAt.UTC().Format("2 January 2006"))
	}
	p.write(`</p><h1 id="product">{}</h1>`, p.product())
	if r.Target.Vendor != "" {
		p.write(`<p class="vendor">by {}</p>`, line(r.Target.Vendor, mostName))
	}
	p.verdict()
	p.notices()
	p.counts()
	p.certification()
	p.brokenRequirements()
	p.comparison()
	p.unjudged()
	p.residue()
	p.facts()
	p.write("</section>\n")
}

// verdict writes the sentence of the run; its first words stand out.
func (p *page) verdict() {
	r := p.report
	p.write(`<p class="verdict {}"><strong>{}</strong>`, string(runTone(r.Verdict)), line(string(r.Verdict), mostName))
	p.ground(r.Verdict, r.Reason)
	p.write("</p>\n")
}

// ground writes the rest of a sentence that begins with the verdict, which stands
// before it already.
func (p *page) ground(v reports.RunVerdict, sentence string) {
	rest, found := strings.CutPrefix(line(sentence, mostSentence), string(v)+": ")
	if found {
		p.write(`<span class="unseen">: </span>`)
	}
	p.write(`<span class="ground">{}</span>`, rest)
}

// notices say in what the report is less than it seems.
func (p *page) notices() {
	r := p.report
	switch {
	case r.Interrupted:
		p.notice("The run was interrupted.", "What it had not judged by then is marked as not run.")
	case !r.Complete:
		p.notice("The run is not complete.", "It ended early, or something of the harness failed in it.")
	}
	if r.Target.TLSUnverified {
		p.notice("Certificates were not verified.", "Nobody vouches for it that the answers came from this endpoint.")
	}
	if r.Library.Narrowed() {
		p.notice("This is a part of the suite.", number(r.Library.SelectedCases)+" of "+counted(r.Library.Cases, "case")+" were selected.")
	}
}

func (p *page) notice(head, rest string) {
	p.write(`<p class="notice"><strong>{}</strong> {}</p>`+"\n", head, rest)
}

func verdictShares(c reports.Counts) []share {
	return []share{
		{good, c.Passed, "passed"}, {warn, c.Warned, "warned"}, {warn, c.KnownFailure, "known failure"},
		{bad, c.Failed, "failed"}, {bad, c.UnexpectedPass, "unexpected pass"},
		{trouble, c.Error, "error"}, {idle, c.Skipped, "skipped"}, {idle, c.NotRun, "not run"},
	}
}

func outcomeShares(c reports.Coverage) []share {
	return []share{{good, c.Held, "held"}, {bad, c.Broken, "broken"}, {note, c.Observed, "observed"}, {idle, c.NotTested, "not tested"}}
}

// counts writes how the cases and the requirements came out. The numbers of cases
// lead to the list, which shows those alone then.
func (p *page) counts() {
	r := p.report
	p.write(`<div class="counts"><div><h2>{}</h2>`, counted(r.Counts.Total, "case"))
	shares := verdictShares(r.Counts)
	p.bar(shares)
	p.write(`<ul class="figures">`)
	for _, s := range shares {
		if s.n > 0 {
			p.write(`<li><a class="figure {}" href="#scenarios" data-show="{}"><b>{}</b> {}</a></li>`, string(s.tone), strings.ReplaceAll(s.word, " ", "-"), number(s.n), s.word)
		}
	}
	p.write(`</ul>`)
	s := r.Counts.Scenarios
	p.write(`<p class="aside">In {}: `, counted(s.Total, "scenario"))
	p.tally([]share{{good, s.Passed, "passed"}, {warn, s.Warned, "warned"}, {bad, s.Failed, "failed"}, {trouble, s.Error, "in error"}, {idle, s.Other, "not judged"}})
	p.write(`. A scenario counts by the worst of its cases.</p></div>`)

	coverage := reports.CountCoverage(r.Requirements)
	p.write(`<div><h2>{}</h2>`, counted(coverage.Total, "requirement"))
	p.bar(outcomeShares(coverage))
	p.write(`<ul class="figures">`)
	for _, s := range outcomeShares(coverage) {
		if s.n > 0 {
			p.write(`<li><a class="figure {}" href="#requirements" data-outcome="{}"><b>{}</b> {}</a></li>`, string(s.tone), strings.ReplaceAll(s.word, " ", "-"), number(s.n), s.word)
		}
	}
	p.write(`</ul><p class="aside">Observed: recorded and not judged, because the documentation does not say which it must be.</p></div></div>` + "\n")
}

// brokenRequirements lists the rules that the endpoint breaks, with the cases that show it.
func (p *page) brokenRequirements() {
	list := p.breaches()
	if len(list) == 0 {
		return
	}
	p.write(`<section class="block" aria-labelledby="broken"><h2 id="broken">What is broken</h2><ul class="breaches">` + "\n")
	for i, b := range list {
		if i == mostListed {
			p.write(`<li>and {} more, in the table of requirements</li>`, number(len(list)-i))
			break
		}
		weight := reports.Failure
		if b.warning {
			weight = reports.Warning
		}
		p.write(`<li><p class="rule"><b>`)
		p.requirement(b.id)
		p.write(`</b> `)
		p.chip(weightTone(weight), string(weight))
		p.write(`</p><div><p>{}</p>`, line(b.statement, mostSentence))
		p.folded(b.cases, "case", p.scenario)
		p.write("</div></li>\n")
	}
	p.write("</ul></section>\n")
}

// folded writes a few links openly and many behind their number.
func (p *page) folded(ids []string, noun string, one func(string)) {
	if len(ids) > 3 {
		p.write(`<details class="more"><summary>{}</summary>`, counted(len(ids), noun))
		p.links(ids, one)
		p.write(`</details>`)
		return
	}
	p.links(ids, one)
}
