package junit

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"esconform/reports"
	"esconform/reports/text"
)

// makeCase writes a result as a case of the dialect, each of its texts within the
// budget of bytes.
func makeCase(d Dialect, r reports.Result, budget int) *testcase {
	class, short := names(r)
	c := &testcase{Classname: class, Name: short, Time: seconds(clamp(r.DurationMS))}
	setVerdict(c, r, budget)
	switch d {
	case Surefire:
		if r.Verdict == reports.Warned {
			c.Out = &characters{fit(escapeAll(text.Case(r)), budget)}
		}
	case Extended:
		extend(c, r, budget)
	}
	return c
}

// setVerdict adds the one element that says how the case ended; none for one that
// passed, with or without warnings.
func setVerdict(c *testcase, r reports.Result, budget int) {
	switch r.Verdict {
	case reports.Passed, reports.Warned:
	case reports.Skipped, reports.NotRun, reports.KnownFailure:
		reason := string(r.Verdict) + ": " + said(r.Reason, "no reason was given")
		c.Skipped = &skipped{Message: attribute(reason, mostMessage), Text: body(r, reason, budget)}
	case reports.Failed:
		c.Failure = failure(r, budget)
	case reports.UnexpectedPass:
		reason := said(r.Reason, "the case passed although it is listed as a known failure")
		c.Failure = &fault{Type: string(reports.UnexpectedPass), Message: attribute(reason, mostMessage), Text: body(r, reason, budget)}
	default:
		c.Error = trouble(r, budget)
	}
}

func failure(r reports.Result, budget int) *fault {
	if f, ok := first(r.Findings, reports.Failure); ok {
		message := f.Requirement + ": " + said(f.Statement, f.Message)
		if more := len(r.Findings) - 1; more > 0 {
			message = fmt.Sprintf("(1 of %d findings) %s", more+1, message)
		}
		return &fault{Type: name(f.Requirement), Message: attribute(message, mostMessage), Text: body(r, r.Reason, budget)}
	}
	reason := said(r.Reason, "the case failed")
	return &fault{Type: string(reports.Failed), Message: attribute(reason, mostMessage), Text: body(r, reason, budget)}
}

func trouble(r reports.Result, budget int) *fault {
	kind, message := string(reports.Error), ""
	if f, ok := first(r.Findings, reports.Trouble); ok {
		kind, message = said(f.Requirement, kind), f.Message
	}
	message = said(r.Reason, message, "the case could not be judged")
	return &fault{Type: name(kind), Message: attribute(message, mostMessage), Text: body(r, r.Reason, budget)}
}

func first(findings []reports.Finding, w reports.Weight) (reports.Finding, bool) {
	i := slices.IndexFunc(findings, func(f reports.Finding) bool { return f.Weight == w })
	if i < 0 {
		return reports.Finding{}, false
	}
	return findings[i], true
}

// said is the first text that is more than white space.
func said(texts ...string) string {
	for _, s := range texts {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// body is the text of a verdict element. What decides comes first, because some
// consumers show two lines and others two kilobytes: the reason, then of the weightiest
// finding the requirement, the place and the difference, then the command that
// reproduces it. All other findings follow.
func body(r reports.Result, reason string, budget int) string {
	var lines []string
	if line := text.OneLine(reason, mostReason); line != "" {
		lines = append(lines, line)
	}
	decisive, rest := r, r
	if len(r.Findings) > 1 {
		findings := slices.Clone(r.Findings)
		slices.SortStableFunc(findings, func(a, b reports.Finding) int { return cmp.Compare(weight(a), weight(b)) })
		decisive.Findings, rest.Findings = findings[:1], findings[1:]
	} else {
		rest.Findings = nil
	}
	rest.Reproduce = ""
	lines = append(append(lines, text.Findings(decisive, 1)...), text.Findings(rest, math.MaxInt)...)
	if len(lines) > 0 && lines[0] == "" {
		lines = lines[1:]
	}
	return fit(escapeAll(lines), budget)
}

// weight orders findings, those that fail first.
func weight(f reports.Finding) int {
	return slices.Index([]reports.Weight{reports.Failure, reports.Trouble, reports.Warning}, f.Weight)
}

// seconds writes milliseconds as seconds with three decimals, the only form that
// all consumers read.
func seconds(milliseconds int64) string {
	return fmt.Sprintf("%d.%03d", milliseconds/1000, milliseconds%1000)
}

// clamp makes a duration one that consumers take: none below zero, none above a year.
func clamp(milliseconds int64) int64 { return min(max(0, milliseconds), 365*24*3600*1000) }

// list joins words of a report to one property.
func list(words []string) string { return strings.Join(words, ", ") }
