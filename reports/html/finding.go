package html

import (
	"cmp"
	"path"
	"slices"

	"esconform/reports"
)

// schemaRule is the requirement that answers are valid against their schema; its
// findings are shown as violations at their line.
const schemaRule = "STA-21"

// findings writes what was judged to be different, failures first, until the budget
// of the case is spent.
func (p *page) findings(r reports.Result) {
	if len(r.Findings) == 0 {
		return
	}
	ordered := slices.Clone(r.Findings)
	order := []reports.Weight{reports.Failure, reports.Trouble, reports.Warning}
	slices.SortStableFunc(ordered, func(a, b reports.Finding) int {
		return cmp.Compare(slices.Index(order, a.Weight), slices.Index(order, b.Weight))
	})
	p.write(`<div class="findings find">`)
	began := p.out.Len()
	for i, f := range ordered {
		if i == mostFindings || i > 0 && p.out.Len()-began > p.budget {
			p.write(`<p class="aside">and {}, in report.json</p>`, counted(len(ordered)-i, "more finding"))
			break
		}
		p.finding(f)
	}
	p.write("</div>\n")
}

func (p *page) finding(f reports.Finding) {
	p.write(`<article class="finding {}"><h5>`, string(weightTone(f.Weight)))
	if f.Requirement != "" {
		p.requirement(f.Requirement)
		p.write(` `)
	}
	p.chip(weightTone(f.Weight), string(f.Weight))
	p.write(`</h5>`)
	if f.Statement != "" {
		p.write(`<p class="statement">{}</p>`, line(f.Statement, mostSentence))
	}
	if f.Source != "" {
		p.write(`<p class="aside">Source: {}</p>`, line(f.Source, mostSentence))
	}
	p.write(`<p class="message">`)
	if f.Step > 0 {
		p.write(`<b>Step {}{}:</b> `, number(f.Step), comma(f.Operation))
	}
	p.write(`{}</p>`, line(f.Message, mostSentence))
	p.place(f)
	p.expectation(f)
	p.write("</article>\n")
}

func comma(operation string) string {
	if operation == "" {
		return ""
	}
	return ", " + line(operation, mostName)
}

func (p *page) expectation(f reports.Finding) {
	switch {
	case f.Expectation != "":
		p.write(`<p class="aside">Expected at <code>{}</code></p>`, line(f.Expectation, mostReference))
	case f.Requirement != "":
		p.write(`<p class="aside">Expected of every answer</p>`)
	}
}

// place shows the part of the response that the finding is about, with the difference
// where it was found.
func (p *page) place(f reports.Finding) {
	rows := sideBySide(f)
	if len(rows) == 0 && len(f.Excerpt) == 0 && f.Response == "" && f.Path == "" {
		return
	}
	p.write(`<figure class="place"><figcaption>Response`)
	if f.Line > 0 {
		p.write(`, line {}`, number(f.Line))
	}
	if f.Response != "" {
		p.write(` · `)
		p.evidence(f.Response, path.Base(f.Response))
	}
	if f.Path != "" {
		p.write(`<code class="path">{}</code>`, line(f.Path, mostReference))
	}
	p.write(`</figcaption>`)
	last := lastMarked(f.Excerpt)
	if len(f.Excerpt) > 0 {
		p.write(`<div class="lines">`)
		p.excerpt(f.Excerpt[:last+1], 0)
	}
	p.violation(f)
	p.difference(rows)
	if len(f.Excerpt) > 0 {
		shown := 0
		if last >= 0 {
			shown = f.Excerpt[last].Number
		}
		p.excerpt(f.Excerpt[last+1:], shown)
		p.write(`</div>`)
	}
	p.write(`</figure>`)
}

// lastMarked is the index of the last marked line, that of the last line when none is
// marked, and -1 when there is none at all.
func lastMarked(lines []reports.ExcerptLine) int {
	for i := len(lines) - 1; i >= 0; i-- {
		if lines[i].Marked {
			return i
		}
	}
	return len(lines) - 1
}

// excerpt writes lines of a response. Before is the number of the line above: pieces
// of one long line carry its number once.
func (p *page) excerpt(lines []reports.ExcerptLine, before int) {
	for i, l := range lines {
		if i == mostRows {
			p.write(`<p class="aside">and {} more lines</p>`, number(len(lines)-i))
			break
		}
		n := number(l.Number)
		if l.Number == before {
			n = "·"
		}
		before = l.Number
		if l.Marked {
			p.write(`<code class="here" data-n="{}"><span class="unseen">found here: </span>{}</code>`, n, block(l.Text, mostLine))
			continue
		}
		p.write(`<code data-n="{}">{}</code>`, n, block(l.Text, mostLine))
	}
}

// violation repeats at its line what the schema has to say.
func (p *page) violation(f reports.Finding) {
	if f.Requirement != schemaRule {
		return
	}
	p.write(`<p class="violation"><b>Schema violation`)
	if f.Line > 0 {
		p.write(` at line {}`, number(f.Line))
	}
	p.write(`</b> {}</p>`, line(f.Message, mostSentence))
}
