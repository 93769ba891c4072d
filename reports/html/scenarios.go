package html

import (
	"cmp"
	"maps"
	"slices"

	"esconform/reports"
)

// scenarios writes the list of cases by area, and the controls that narrow it.
func (p *page) scenarios() {
	p.write(`<section id="scenarios" class="bound" aria-labelledby="scenarios-head"><h2 id="scenarios-head">Scenarios</h2>` + "\n")
	groups := areas(p.report.Scenarios)
	p.scenarioControls(groups)
	if len(groups) == 0 {
		p.write(`<p>No scenario was selected.</p>`)
	}
	for _, g := range groups {
		p.write(`<section class="group" id="{}" data-area="{}"><div class="group-head"><h3>{}</h3>`, areaAnchor(g.name), line(g.name, mostName), cmp.Or(line(g.name, mostName), "other"))
		shares := verdictShares(reports.Count(g.results))
		p.bar(shares)
		p.write(`<p class="tally">`)
		p.tally(shares)
		p.write("</p></div>\n")
		for _, r := range g.results {
			p.scenarioCase(r)
		}
		p.write("</section>\n")
	}
	p.write(`<p class="nothing" hidden>No scenario fits. <button type="button" data-clear="scenario-controls">Show all</button></p>`)
	p.write("</section>\n")
}

// group is an area with its cases in the order of their ids.
type group struct {
	name    string
	results []reports.Result
}

func areas(results []reports.Result) []group {
	at := map[string]int{}
	var list []group
	for _, r := range results {
		i, found := at[r.Area]
		if !found {
			i = len(list)
			at[r.Area], list = i, append(list, group{name: r.Area})
		}
		list[i].results = append(list[i].results, r)
	}
	return list
}

// scenarioControls are hidden where no script can serve them.
func (p *page) scenarioControls(groups []group) {
	p.write(`<form class="controls" id="scenario-controls" role="search" aria-label="Filter scenarios">`)
	p.write(`<div class="field wide"><label for="scenario-text">Search</label><input id="scenario-text" name="text" type="search" autocomplete="off" spellcheck="false" placeholder="Title, id, requirement, message …"></div>`)
	areas := make([]string, len(groups))
	for i, g := range groups {
		areas[i] = g.name
	}
	p.choice("scenario-area", "area", "Area", areas)
	labels := map[string]bool{}
	for _, g := range groups {
		for _, r := range g.results {
			for _, label := range r.Labels {
				labels[label] = true
			}
		}
	}
	p.choice("scenario-label", "label", "Label", slices.Sorted(maps.Keys(labels)))
	p.write(`<fieldset><legend>Verdict</legend>`)
	for _, s := range verdictShares(p.report.Counts) {
		if s.n > 0 {
			word := verdictWord(s.word)
			p.write(`<label class="toggle {}"><input type="checkbox" name="verdict" value="{}"> <span>{} {}</span></label>`, string(s.tone), word, s.word, number(s.n))
		}
	}
	p.write(`</fieldset><div class="tools"><p role="status" class="shown">{}</p>`, counted(len(p.report.Scenarios), "case"))
	p.write(`<button type="button" data-all="open">Open all shown</button><button type="button" data-all="close">Close all</button><button type="reset">Clear filters</button></div><p class="aside">What is filtered away is not printed either.</p></form>` + "\n")
}

// choice writes a list to choose one of; the first stands for all.
func (p *page) choice(id, name, label string, values []string) {
	p.write(`<div class="field"><label for="{}">{}</label><select id="{}" name="{}"><option value="">All</option>`, id, label, id, name)
	for _, value := range values {
		p.write(`<option value="{}">{}</option>`, line(value, mostName), cmp.Or(spoken(value), "other"))
	}
	p.write(`</select></div>`)
}
