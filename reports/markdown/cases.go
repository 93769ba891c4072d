package markdown

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"esconform/reports"
	"esconform/reports/text"
)

// extent says how much of a case is shown.
type extent struct{ findings, lines int }

// extents are tried in turn until a case finds room: the last always does, before
// other cases have taken it.
var extents = []extent{{5, 30}, {1, 30}, {1, 0}}

// cases explains what is not as it should be, the worst first.
func cases(r reports.Report, most int) string {
	bad := reports.ToExplain(r.Scenarios)
	if len(bad) == 0 {
		return ""
	}
	p := page{most: most}
	p.add("\n## What is not as it should be\n")
	for _, result := range bad {
		p.add(p.fitting(result))
	}
	return p.end("cases")
}

// fitting explains a case as far as there is room.
func (p *page) fitting(r reports.Result) string {
	var told string
	for _, e := range extents {
		if told = explain(r, e); p.left > 0 || p.Len()+len(told) <= p.most-room {
			break
		}
	}
	return told
}

func explain(r reports.Result, e extent) string {
	var b strings.Builder
	fmt.Fprintf(&b, "\n### %s: %s\n", prose(string(r.Verdict), mostCell), code(r.ID, mostReference))
	if r.Title != "" {
		fmt.Fprintf(&b, "\n**Story:** %s\n", prose(r.Title, mostSentence))
	}
	if r.Reason != "" {
		fmt.Fprintf(&b, "\n**Reason:** %s\n", prose(r.Reason, mostSentence))
	}
	findings := slices.Clone(r.Findings)
	slices.SortStableFunc(findings, func(a, b reports.Finding) int { return cmp.Compare(weight(a.Weight), weight(b.Weight)) })
	for i, f := range findings {
		if i == e.findings {
			fmt.Fprintf(&b, "\nand %d more findings, in `report.json`\n", len(findings)-i)
			break
		}
		finding(&b, f, e.lines)
	}
	if r.Reproduce != "" {
		b.WriteString("\nReproduce:\n\n" + block("sh", []string{text.OneLine(r.Reproduce, mostReference)}))
	}
	return b.String()
}

func weight(w reports.Weight) int {
	return slices.Index([]reports.Weight{reports.Failure, reports.Trouble, reports.Warning}, w)
}

func finding(b *strings.Builder, f reports.Finding, most int) {
	switch {
	case f.Requirement == "":
		fmt.Fprintf(b, "\n**%s:** %s\n\n", prose(string(f.Weight), mostCell), prose(f.Message, mostSentence))
	default:
		fmt.Fprintf(b, "\n**%s %s:** %s\n\n- found: %s\n", prose(string(f.Weight), mostCell), prose(f.Requirement, mostCell), prose(f.Statement, mostSentence), prose(f.Message, mostSentence))
	}
	for _, row := range [][2]string{{"source", prose(f.Source, mostSentence)}, {"step", step(f)},
		{"expected at", code(f.Expectation, mostReference)}, {"found at", code(place(f), mostReference)}} {
		if row[1] != "" {
			fmt.Fprintf(b, "- %s: %s\n", row[0], row[1])
		}
	}
	if lines := difference(f, most); len(lines) > 0 {
		b.WriteString("\n" + block("diff", lines))
	}
}

func step(f reports.Finding) string {
	if f.Step <= 0 {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", f.Step, prose(f.Operation, mostCell)))
}

// place says where in the response the difference is.
func place(f reports.Finding) string {
	where := f.Response
	if f.Line > 0 {
		where = fmt.Sprintf("%s:%d", cmp.Or(where, "response"), f.Line)
	}
	return strings.TrimSpace(where + " " + f.Path)
}

// difference gives the lines of a finding's difference; one without shows what was
// wanted and what came.
func difference(f reports.Finding, most int) []string {
	diff := f.Diff
	if len(diff) == 0 && (f.Wanted != "" || f.Got != "") {
		diff = []reports.Diff{{Op: "-", Text: f.Wanted}, {Op: "+", Text: f.Got}}
	}
	var lines []string
	more := 0
	for _, d := range diff {
		op := " "
		if d.Op == "-" || d.Op == "+" {
			op = d.Op
		}
		for line := range strings.SplitSeq(strings.TrimSuffix(d.Text, "\n"), "\n") {
			if len(lines) == most {
				more++
				continue
			}
			lines = append(lines, op+" "+text.Shorten(line, mostLine))
		}
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("  and %d more lines", more))
	}
	return lines
}
