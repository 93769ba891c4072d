package html

import (
	"cmp"
	"strconv"
	"time"

	"esconform/reports"
)

// steps writes the exchanges of a case in their order, each with its place in time.
func (p *page) steps(steps []reports.Step) {
	if len(steps) == 0 {
		return
	}
	p.write(`<h5>Steps</h5><table class="steps"><thead><tr><th scope="col">Step</th><th scope="col">Operation</th><th scope="col">HTTP</th><th scope="col">Time</th><th scope="col" class="when">When</th></tr></thead><tbody>`)
	end := int64(1)
	for _, s := range steps {
		end = max(end, s.StartUS+s.DurationUS)
	}
	for i, s := range steps {
		if i == mostRows {
			p.write(`<tr><td colspan="5">and {} more, in report.json</td></tr>`, number(len(steps)-i))
			break
		}
		p.step(s, end)
	}
	p.write("</tbody></table>\n")
}

func (p *page) step(s reports.Step, end int64) {
	p.write(`<tr><td>{}</td><td>{}`, stepName(s.Number), cmp.Or(line(s.Operation, mostName), "raw request"))
	if s.Given != "" {
		p.write(` <small>makes {}</small>`, line(s.Given, mostName))
	}
	if s.Attempt > 0 {
		p.write(` <small>attempt {}</small>`, number(s.Attempt+1))
	}
	if s.Page > 0 {
		p.write(` <small>page {}</small>`, number(s.Page))
	}
	if s.Fault != "" {
		p.write(` <small class="fault">{}</small>`, line(s.Fault, mostSentence))
	}
	for _, envelope := range []struct{ file, label string }{{s.Request, "request"}, {s.Response, "response"}} {
		if envelope.file != "" {
			p.write(` <small>`)
			p.evidence(envelope.file, envelope.label)
			p.write(`</small>`)
		}
	}
	status := "none"
	if s.Status > 0 {
		status = number(s.Status)
	}
	start, width := max(0, s.StartUS), max(0, s.DurationUS)
	p.write(`</td><td>{}</td><td>{}</td>`, status, took(time.Duration(s.DurationUS)*time.Microsecond))
	x := min(995, start*1000/end)
	p.write(`<td class="when"><svg class="span" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect x="{}" width="{}" height="10"/></svg></td></tr>`,
		strconv.FormatInt(x, 10), strconv.FormatInt(min(1000-x, max(5, width*1000/end)), 10))
}

func stepName(n int) string {
	switch n {
	case reports.GivenStep:
		return "given"
	case reports.ProbeStep:
		return "probe"
	}
	return number(n)
}
