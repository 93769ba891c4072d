package html

import (
	"strings"

	"esconform/reports"
)

// row is a line of a difference: what was wanted and what came. One of them is nil
// where there is nothing.
type row struct {
	wanted, got *string
	same        bool // context
}

// sideBySide pairs the lines of a finding's difference: those that were wanted with
// those that came in their place. A finding without one shows its two values.
func sideBySide(f reports.Finding) []row {
	diff := f.Diff
	if len(diff) == 0 {
		if f.Wanted != "" {
			diff = append(diff, reports.Diff{Op: "-", Text: f.Wanted})
		}
		if f.Got != "" {
			diff = append(diff, reports.Diff{Op: "+", Text: f.Got})
		}
	}
	var rows []row
	var wanted, got []string
	flush := func() {
		for i := range max(len(wanted), len(got)) {
			rows = append(rows, row{wanted: at(wanted, i), got: at(got, i)})
		}
		wanted, got = nil, nil
	}
	for _, d := range diff {
		for text := range strings.SplitSeq(strings.TrimSuffix(d.Text, "\n"), "\n") {
			switch d.Op {
			case "-":
				if len(got) > 0 {
					flush()
				}
				wanted = append(wanted, text)
			case "+":
				got = append(got, text)
			default:
				flush()
				rows = append(rows, row{wanted: &text, got: &text, same: true})
			}
		}
	}
	flush()
	return rows
}

func at(lines []string, i int) *string {
	if i < len(lines) {
		return &lines[i]
	}
	return nil
}

// difference writes the rows as a table of two columns, with the words marked that
// differ.
func (p *page) difference(rows []row) {
	if len(rows) == 0 {
		return
	}
	p.write(`<table class="diff"><thead><tr><th scope="col">Wanted</th><th scope="col">Came</th></tr></thead><tbody>`)
	for i, r := range rows {
		if i == mostRows {
			p.write(`<tr><td colspan="2">and {} more lines, in report.json</td></tr>`, number(len(rows)-i))
			break
		}
		p.pair(r)
	}
	p.write(`</tbody></table>`)
}

func (p *page) pair(r row) {
	if r.same {
		same := block(*r.wanted, mostLine)
		p.write(`<tr><td>{}</td><td>{}</td></tr>`, same, same)
		return
	}
	var wanted, got []piece
	switch {
	case r.wanted == nil:
		got = []piece{{block(*r.got, mostLine), false}}
	case r.got == nil:
		wanted = []piece{{block(*r.wanted, mostLine), false}}
	default:
		wanted, got = compare(block(*r.wanted, mostLine), block(*r.got, mostLine))
	}
	p.write(`<tr>`)
	p.side("wanted", wanted)
	p.side("came", got)
	p.write(`</tr>`)
}

// side writes one side of a row; the sign says what the colour says.
func (p *page) side(class string, pieces []piece) {
	if pieces == nil {
		p.write(`<td class="none">nothing</td>`)
		return
	}
	p.write(`<td class="{}">`, class)
	for _, part := range pieces {
		if part.differs && len(pieces) > 1 { // where all differs, nothing stands out
			p.write(`<mark>{}</mark>`, part.text)
		} else {
			p.write(`{}`, part.text)
		}
	}
	p.write(`</td>`)
}
