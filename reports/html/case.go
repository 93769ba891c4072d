package html

import (
	"slices"
	"strings"

	"esconform/reports"
)

// verdictWord is the word of the model for one that people read.
func verdictWord(spoken string) string { return strings.ReplaceAll(spoken, " ", "-") }

// scenarioCase writes a case. Its anchor is inside of what is folded away, because
// browsers then unfold it for a link without any script.
func (p *page) scenarioCase(r reports.Result) {
	t := verdictTone(r.Verdict)
	p.write(`<details class="case {}" data-verdict="{}" data-labels="{}"><summary>`, string(t), line(string(r.Verdict), mostName), line(strings.Join(r.Labels, " "), mostSentence))
	p.chip(t, string(r.Verdict))
	p.write(`<span class="name"><span class="title" role="heading" aria-level="4">{}</span> <code>{}</code>`, line(r.Title, mostName), line(r.ID, mostName))
	if broken := r.Broken(); len(broken) > 0 {
		p.write(` <span class="broken">breaks {}</span>`, line(strings.Join(broken, ", "), mostName))
	} else if r.Reason != "" {
		p.write(` <span class="broken">{}</span>`, line(r.Reason, mostName))
	}
	p.write(`</span><span class="took">{}</span></summary><div class="body" id="{}">`+"\n", whole(r.DurationMS), caseAnchor(r.ID))
	if r.Reason != "" {
		p.write(`<p class="reason">{}</p>`, line(r.Reason, mostSentence))
	}
	p.known(r.Known)
	p.findings(r)
	p.story(r)
	p.steps(r.Steps)
	p.observations(r.Observations)
	p.reproduction(r)
	p.write("</div></details>\n")
}

// story says what the case is about.
func (p *page) story(r reports.Result) {
	p.write(`<dl class="story find">`)
	p.told("Source", r.Source)
	if proved := p.proved(r); len(proved) > 0 {
		p.write(`<div><dt>Proves</dt><dd>`)
		p.requirements(proved)
		p.write(`</dd></div>`)
		if others := without(r.Proves, proved); len(others) > 0 {
			p.write(`<div><dt>Checked too</dt><dd class="small">{}</dd></div>`, line(strings.Join(others, " "), mostSentence))
		}
	}
	p.told("Operations", strings.Join(r.Operations, ", "))
	p.told("Labels", strings.Join(r.Labels, ", "))
	p.told("Site", r.Site)
	if !r.Core {
		p.told("Not core", "it needs a switched state, a control interface or an object that exists before")
	}
	if len(r.Repeats) > 0 {
		p.write(`<div><dt>Repeated</dt><dd>`)
		for i, v := range r.Repeats {
			if i == mostLinks {
				p.write(`and {} more`, number(len(r.Repeats)-i))
				break
			}
			p.chip(verdictTone(v), string(v))
			p.write(" ")
		}
		p.write(`</dd></div>`)
	}
	p.write("</dl>\n")
}

func (p *page) told(name, value string) {
	if value != "" {
		p.write(`<div><dt>{}</dt><dd>{}</dd></div>`, name, line(value, mostSentence))
	}
}

// proved are the requirements that the case was written for. Those that every answer
// is checked against are many, the same everywhere, and named apart.
func (p *page) proved(r reports.Result) []string {
	var own []string
	for _, id := range r.Proves {
		if slices.Contains(p.proofs[r.ID], id) || slices.Contains(p.proofs[r.Scenario], id) {
			own = append(own, id)
		}
	}
	if len(own) == 0 {
		return r.Proves
	}
	return own
}

// without returns the ids that are not among those; both are sorted.
func without(ids, those []string) []string {
	var rest []string
	for _, id := range ids {
		if _, found := slices.BinarySearch(those, id); !found {
			rest = append(rest, id)
		}
	}
	return rest
}

// known writes the entry of the list of known failures that the case is on.
func (p *page) known(k *reports.Known) {
	if k == nil {
		return
	}
	p.write(`<div class="known"><p><strong>Known failure</strong> {}</p><dl class="story">`, line(k.Reason, mostSentence))
	p.told("Owner", k.Owner)
	if address, ok := onTheWeb(k.Link); ok {
		p.write(`<div><dt>Link</dt><dd><a href="{}" rel="noopener noreferrer">{}</a></dd></div>`, address, line(k.Link, mostReference))
	} else {
		p.told("Link", k.Link)
	}
	p.told("Expires", k.Expires)
	p.told("Expected", strings.TrimSpace(k.Requirement+" "+k.Message))
	p.told("Entry", k.Entry+" in "+k.Place)
	p.write("</dl></div>\n")
}

// observations writes what was recorded and not judged.
func (p *page) observations(list []reports.Observation) {
	if len(list) == 0 {
		return
	}
	p.write(`<h5>Observed</h5><ul class="plain observations">`)
	for i, o := range list {
		if i == mostRows {
			p.write(`<li>and {} more, in report.json</li>`, number(len(list)-i))
			break
		}
		p.write(`<li>`)
		p.requirement(o.Requirement)
		p.write(` step {}`, number(o.Step))
		for _, part := range []struct {
			format markup
			value  string
		}{{`, <code>{}</code>`, o.Path}, {`: {}`, o.Reading}, {`: <code>{}</code>`, o.Value}} {
			if part.value != "" {
				p.write(part.format, line(part.value, mostLine))
			}
		}
		p.write(`</li>`)
	}
	p.write("</ul>\n")
}

// reproduction writes the command that runs the case again, and where its envelopes are.
func (p *page) reproduction(r reports.Result) {
	if r.Reproduce != "" {
		p.write(`<h5>Run it again</h5><div class="command"><code>{}</code><button type="button" class="copy">Copy command</button></div>`, line(r.Reproduce, mostReference))
	}
	if r.Evidence != "" {
		p.write(`<p class="aside">Envelopes: `)
		p.evidence(r.Evidence, r.Evidence)
		p.write(`</p>`)
	}
}
