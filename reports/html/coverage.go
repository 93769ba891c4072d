package html

import (
	"cmp"
	"maps"
	"slices"

	"esconform/reports"
)

// coverage writes how the requirements of each area and the cases of each operation
// came out.
func (p *page) coverage() {
	p.write(`<section id="coverage" class="bound" aria-labelledby="coverage-head"><h2 id="coverage-head">Coverage</h2><div class="pair">` + "\n")
	p.write(`<table class="shares"><caption>Requirements by area</caption><thead><tr><th scope="col">Area</th><th scope="col">Outcomes</th></tr></thead><tbody>`)
	areas := map[string][]reports.Requirement{}
	for _, q := range p.report.Requirements {
		areas[q.Area] = append(areas[q.Area], q)
	}
	for _, area := range slices.Sorted(maps.Keys(areas)) {
		p.shareRow(cmp.Or(line(area, mostName), "other"), len(areas[area]), outcomeShares(reports.CountCoverage(areas[area])))
	}
	p.write("</tbody></table>\n")
	p.operations()
	p.write("</div></section>\n")
}

// operations counts a case for every operation that it calls.
func (p *page) operations() {
	byOperation := map[string][]reports.Result{}
	for _, r := range p.report.Scenarios {
		for _, operation := range r.Operations {
			byOperation[operation] = append(byOperation[operation], reports.Result{Verdict: r.Verdict})
		}
	}
	p.write(`<table class="shares"><caption>Cases by operation</caption><thead><tr><th scope="col">Operation</th><th scope="col">Verdicts</th></tr></thead><tbody>`)
	for i, operation := range slices.Sorted(maps.Keys(byOperation)) {
		if i == mostListed {
			p.write(`<tr><td colspan="2">and {} more operations</td></tr>`, number(len(byOperation)-i))
			break
		}
		p.shareRow(line(operation, mostName), len(byOperation[operation]), verdictShares(reports.Count(byOperation[operation])))
	}
	if len(byOperation) == 0 {
		p.write(`<tr><td colspan="2">No operation was called.</td></tr>`)
	}
	p.write("</tbody></table>\n")
}

func (p *page) shareRow(name string, total int, shares []share) {
	p.write(`<tr><th scope="row">{} <span class="aside">{}</span></th><td>`, name, number(total))
	p.bar(shares)
	p.write(`<span class="tally">`)
	p.tally(shares)
	p.write("</span></td></tr>\n")
}
