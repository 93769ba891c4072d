package junit

import (
	"cmp"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"time"

	"esconform/reports"
	"esconform/reports/text"
)

// mostAttachments is the number of files that a case names.
const mostAttachments = 20

// extend adds what only the dialect "extended" has: the place of the case in the
// suite, its facts as properties, and for one that did not pass its steps and the
// files of its evidence.
func extend(c *testcase, r reports.Result, budget int) {
	c.Assertions = strconv.Itoa(len(r.Proves))
	c.File, c.Line = place(r)
	c.Properties = &properties{caseProperties(r)}
	if r.Verdict == reports.Passed {
		return
	}
	var lines []string
	if r.Verdict == reports.Warned {
		lines = append(text.Case(r), "")
	}
	for _, s := range r.Steps {
		lines = append(lines, step(s))
	}
	lines = escapeAll(lines)
	// The file that matters most comes first, because some consumers take one only.
	if files := attachments(r); len(files) > 0 {
		lines = slices.Concat(files[:1], lines, files[1:])
	}
	if len(lines) > 0 {
		c.Out = &characters{fit(lines, budget)}
	}
}

// caseProperties gives the facts of a case that has them. There are few, because
// consumers count elements.
func caseProperties(r reports.Result) []property {
	var repeats []string
	for _, v := range r.Repeats {
		repeats = append(repeats, string(v))
	}
	known := reports.Known{}
	if r.Known != nil {
		known = *r.Known
	}
	var kept []property
	for _, p := range []property{
		{"verdict", string(r.Verdict)}, {"title", r.Title}, {"requirements", list(r.Proves)}, {"broken", list(r.Broken())},
		{"operations", list(r.Operations)}, {"labels", list(r.Labels)}, {"site", r.Site}, {"repeats", list(repeats)},
		{"knownOwner", known.Owner}, {"knownLink", known.Link}, {"knownExpires", known.Expires},
	} {
		if p.Value == "" {
			continue
		}
		if p.Value = attribute(p.Value, mostReason); p.Value != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

// expectation is a place in a scenario file.
var expectation = regexp.MustCompile(`^([^:\n]+):([1-9][0-9]{0,8})$`)

// place is the expectation that the weightiest finding breaks, or else the scenario's
// file; nothing when that is no path below the fixtures.
func place(r reports.Result) (file, line string) {
	file = r.Scenario + "/scenario.yaml"
	if f, ok := decisive(r); ok {
		if parts := expectation.FindStringSubmatch(f.Expectation); parts != nil {
			file, line = parts[1], parts[2]
		}
	}
	if !fs.ValidPath(file) {
		return "", ""
	}
	return attribute(file, mostName), line
}

// decisive is the weightiest finding, the first of several.
func decisive(r reports.Result) (reports.Finding, bool) {
	if len(r.Findings) == 0 {
		return reports.Finding{}, false
	}
	return slices.MinFunc(r.Findings, func(a, b reports.Finding) int { return cmp.Compare(weight(a), weight(b)) }), true
}

// step is the line of an exchange.
func step(s reports.Step) string {
	var where string
	switch s.Number {
	case reports.GivenStep:
		where = "Given " + s.Given
	case reports.ProbeStep:
		where = "Probe"
	default:
		where = fmt.Sprintf("Step %d", s.Number)
	}
	if s.Operation != "" {
		where += ", " + s.Operation
	}
	if s.Page > 0 {
		where += fmt.Sprintf(", page %d", s.Page)
	}
	if s.Attempt > 0 {
		where += fmt.Sprintf(", attempt %d", s.Attempt+1)
	}
	outcome := fmt.Sprintf("HTTP %d", s.Status)
	if s.Status == 0 {
		outcome = "no answer"
	}
	if s.Fault != "" {
		outcome += ", " + s.Fault
	}
	return text.OneLine(fmt.Sprintf("%s: %s (%s)", where, outcome, time.Duration(s.DurationUS)*time.Microsecond), mostReason)
}

// evidence is the shape of the files that the program writes. Whatever else a report
// names is not attached: a consumer would take a file of the machine that it runs on.
var evidence = regexp.MustCompile(`^evidence(/[A-Za-z0-9_][A-Za-z0-9._-]*)+$`)

// attachments are lines that name the files of a case: the response of the weightiest
// finding, then the others in the order of the steps.
func attachments(r reports.Result) []string {
	var files []string
	if f, ok := decisive(r); ok {
		files = append(files, f.Response)
	}
	for _, s := range r.Steps {
		files = append(files, s.Request, s.Response)
	}
	for _, f := range r.Findings {
		files = append(files, f.Response)
	}
	var lines []string
	seen := make(map[string]bool)
	for _, file := range files {
		if seen[file] || len(file) > mostName || !evidence.MatchString(file) || len(lines) == mostAttachments {
			continue
		}
		seen[file] = true
		lines = append(lines, "[[ATTACHMENT|"+file+"]]")
	}
	return lines
}
