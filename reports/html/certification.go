package html

import (
	"cmp"
	"strings"

	"esconform/reports"
)

// certification writes what the run says about a certification profile.
func (p *page) certification() {
	c := p.report.Certification
	if c == nil {
		return
	}
	title := cmp.Or(line(c.Title, mostName), line(c.Profile, mostName))
	p.write(`<section class="block certification {}" aria-labelledby="certification"><p class="eyebrow">Certification</p><h2 id="certification">{}</h2>`, string(runTone(c.Verdict)), title)
	p.write(`<p>`)
	p.chip(runTone(c.Verdict), string(c.Verdict))
	p.ground(c.Verdict, c.Reason)
	p.write(`</p><p class="aside">Profile <code>{}</code></p><table class="parts">`, line(c.Profile, mostName))
	p.write(`<thead><tr><th scope="col">Part</th><th scope="col">Verdict</th><th scope="col">Held</th><th scope="col">Broken</th><th scope="col">Warned</th><th scope="col">Not tested</th></tr></thead><tbody>`)
	p.tallyRow("Core", "required", note, c.Core)
	for _, f := range c.Features {
		word, t := string(f.Verdict), runTone(f.Verdict)
		if !f.Claimed {
			word, t = "not claimed", idle
		}
		p.tallyRow(f.Name, word, t, f.Tally)
	}
	p.write("</tbody></table></section>\n")
}

func (p *page) tallyRow(name, verdict string, t tone, tally reports.Tally) {
	p.write(`<tr><th scope="row">{}</th><td data-name="Verdict">`, line(name, mostName))
	p.chip(t, verdict)
	p.write(`</td><td data-name="Held">`)
	p.bar([]share{{good, tally.Held, ""}, {bad, len(tally.Broken), ""}, {warn, len(tally.Warned), ""}, {idle, len(tally.NotTested), ""}})
	p.write(`{} of {}</td>`, number(tally.Held), number(tally.Total))
	for _, list := range []struct {
		name string
		ids  []string
	}{{"Broken", tally.Broken}, {"Warned", tally.Warned}, {"Not tested", tally.NotTested}} {
		p.write(`<td data-name="{}">`, list.name)
		if len(list.ids) == 0 {
			p.write(`none`)
		} else {
			p.folded(list.ids, "requirement", p.requirement)
		}
		p.write(`</td>`)
	}
	p.write("</tr>\n")
}

// comparison writes what got worse and what got better than in an earlier report.
func (p *page) comparison() {
	c := p.report.Baseline
	if c == nil {
		return
	}
	p.write(`<section class="block" aria-labelledby="comparison"><h2 id="comparison">Compared with an earlier report</h2><p>Against <code>{}</code>: {} worse, {} better, {} new, {} gone.</p>`,
		line(c.Report, mostReference), number(len(c.Worse)), number(len(c.Better)), number(len(c.Appeared)), number(len(c.Vanished)))
	p.changes("Worse", c.Worse)
	p.changes("Better", c.Better)
	for _, list := range []struct {
		head string
		ids  []string
		one  func(string)
	}{{"New cases", c.Appeared, p.scenario}, {"Cases that are gone", c.Vanished, p.scenario}, {"Requirements that were tested before and are not now", c.LostCoverage, p.requirement}} {
		if len(list.ids) > 0 {
			p.write(`<h3>{}</h3><p>`, list.head)
			p.links(list.ids, list.one)
			p.write(`</p>`)
		}
	}
	p.write("</section>\n")
}

func (p *page) changes(head string, changes []reports.Change) {
	if len(changes) == 0 {
		return
	}
	p.write(`<h3>{}</h3><ul class="changes">`, head)
	for i, change := range changes {
		if i == mostListed {
			p.write(`<li>and {} more, in report.json</li>`, number(len(changes)-i))
			break
		}
		p.write(`<li>`)
		p.scenario(change.ID)
		p.write(` `)
		p.chip(verdictTone(change.From), string(change.From))
		p.write(` <span aria-hidden="true">→</span><span class="unseen">then</span> `)
		p.chip(verdictTone(change.To), string(change.To))
		if len(change.New) > 0 {
			p.write(` <span>now breaking {}</span>`, line(strings.Join(change.New, ", "), mostSentence))
		}
		p.write(`</li>`)
	}
	p.write(`</ul>`)
}
