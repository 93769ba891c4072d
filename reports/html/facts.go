package html

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"esconform/reports"
)

// fact is a line of the list of facts; those without a value are left out.
type fact struct{ name, value string }

// facts writes under which circumstances the run took place.
func (p *page) facts() {
	p.write(`<section class="block" aria-labelledby="facts"><h2 id="facts">The run</h2><dl class="facts">`)
	for _, f := range append(circumstances(p.report), selection(p.report)...) {
		if f.value != "" {
			p.write(`<div><dt>{}</dt><dd>{}</dd></div>`, f.name, line(f.value, mostSentence))
		}
	}
	p.write("</dl></section>\n")
}

func circumstances(r reports.Report) []fact {
	t := r.Target
	facts := []fact{
		{"Product", t.Product}, {"Version", t.Version}, {"Vendor", t.Vendor},
		{"Address", t.URL}, {"User name", t.Username}, {"Sites", strings.Join(t.Sites, ", ")}, {"States", states(t.States)}, {"Features", strings.Join(t.Features, ", ")},
		{"Profile", r.Profile}, {"Suite", r.SuiteVersion}, {"XSD engine", r.Engine}, {"Judged", "as documented"},
	}
	if r.Strict {
		facts[len(facts)-1].value = "strictly: requirements that rest on client code or inference fail"
	}
	if r.MaxDepth > 0 {
		facts = append(facts, fact{"Nesting", fmt.Sprintf("answers of at most %d levels", r.MaxDepth)})
	}
	if !r.StartedAt.IsZero() {
		facts = append(facts, fact{"Started", moment(r.StartedAt)})
	}
	if !r.FinishedAt.IsZero() {
		facts = append(facts, fact{"Finished", moment(r.FinishedAt)})
	}
	if !r.StartedAt.IsZero() && !r.FinishedAt.IsZero() {
		facts = append(facts, fact{"Duration", took(r.FinishedAt.Sub(r.StartedAt).Truncate(time.Millisecond))})
	}
	ended := "to its end"
	if r.Interrupted {
		ended = "interrupted"
	} else if !r.Complete {
		ended = "not complete"
	}
	return append(facts, fact{"Carried out", ended}, fact{"Run", r.RunID}, fact{"Challenge", r.Challenge})
}

// selection says by what the run was narrowed.
func selection(r reports.Report) []fact {
	s := r.Selection
	facts := []fact{{"Only", strings.Join(s.Only, ", ")}, {"Labels", s.Labels}}
	if l := r.Library; l.Cases > 0 {
		facts = append(facts, fact{"Selected", fmt.Sprintf("%d of %s in %d of %s", l.SelectedCases, counted(l.Cases, "case"), l.SelectedScenarios, counted(l.Scenarios, "scenario"))})
	}
	if s.RerunFailed {
		facts = append(facts, fact{"Again", "only what was not good in an earlier report"})
	}
	if s.ReadOnly {
		facts = append(facts, fact{"Read only", "nothing that writes was sent"})
	}
	if s.Seed != 0 {
		facts = append(facts, fact{"Order", fmt.Sprintf("shuffled, seed %d", s.Seed)})
	}
	if s.Volume > 0 {
		facts = append(facts, fact{"Volume", fmt.Sprintf("%d objects in a case of volume", s.Volume)})
	}
	if s.Repeat > 1 {
		facts = append(facts, fact{"Repeated", fmt.Sprintf("each case %d times; the worst verdict counts", s.Repeat)})
	}
	if s.Shard != nil {
		facts = append(facts, fact{"Shard", fmt.Sprintf("%d of %d", s.Shard.Index, s.Shard.Of)})
	}
	return facts
}

func states(states map[string]string) string {
	var all []string
	for _, name := range slices.Sorted(maps.Keys(states)) {
		all = append(all, name+": "+states[name])
	}
	return strings.Join(all, ", ")
}

// unjudged lists why cases say nothing about the endpoint, each reason once, the most
// frequent first.
func (p *page) unjudged() {
	type ground struct {
		verdict reports.Verdict
		reason  string
	}
	count := map[ground]int{}
	for _, r := range p.report.Scenarios {
		if !r.Verdict.Judged() {
			count[ground{r.Verdict, r.Reason}]++
		}
	}
	if len(count) == 0 {
		return
	}
	grounds := slices.SortedFunc(maps.Keys(count), func(a, b ground) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.verdict, b.verdict), cmp.Compare(a.reason, b.reason))
	})
	p.write(`<section class="block" aria-labelledby="unjudged"><h2 id="unjudged">What was not judged</h2><ul class="reasons">`)
	for i, g := range grounds {
		if i == mostListed {
			p.write(`<li>and {} more reasons</li>`, number(len(grounds)-i))
			break
		}
		p.write(`<li>`)
		p.chip(verdictTone(g.verdict), number(count[g])+" "+string(g.verdict))
		p.write(` <span>{}</span></li>`, cmp.Or(line(g.reason, mostSentence), "no reason was given"))
	}
	p.write("</ul></section>\n")
}

// residue lists what is left on the endpoint.
func (p *page) residue() {
	if len(p.report.Residue) == 0 {
		return
	}
	p.write(`<section class="block" aria-labelledby="residue"><h2 id="residue">What is left on the endpoint</h2><p>The run could not remove this:</p><ul class="plain">`)
	for i, what := range p.report.Residue {
		if i == mostListed {
			p.write(`<li>and {} more, in report.json</li>`, number(len(p.report.Residue)-i))
			break
		}
		p.write(`<li>{}</li>`, line(what, mostSentence))
	}
	p.write("</ul></section>\n")
}
