// Package annotations writes what is wrong in a run as annotations that a CI system
// shows beside the lines of files. It is pure.
package annotations

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"esconform/reports"
	"esconform/reports/text"
)

// MostOfAKind is how many errors, and how many warnings, are written: GitHub shows no
// more than ten of each kind for a step.
const MostOfAKind = 10

// Bounds of what is shown, in characters.
const (
	mostTitle   = 200
	mostMessage = 500 // of a part of a message
)

// annotation is one workflow command.
type annotation struct {
	kind    string // error, warning, notice
	file    string
	line    int
	title   string
	message []string // lines
}

// GitHub writes the annotations of a report as workflow commands of GitHub Actions,
// one a line: an error for each case that is not as it should be, a warning for each
// that warned, at most MostOfAKind of each, and one notice that says how many more
// there are. The place is that of the expectation, in the files of the scenarios. What
// has no case of its own is an error, too: a certification that is not given, a run
// that is inconclusive. Compared with an earlier report, what is not worse than there
// is a warning.
//
// Text from an endpoint cannot make a command: it has no line of its own.
func GitHub(w io.Writer, r reports.Report) error {
	var out strings.Builder
	var left []string
	all := append(general(r), cases(r)...)
	for _, kind := range []string{"error", "warning"} {
		n := 0
		for _, a := range all {
			if a.kind != kind {
				continue
			}
			if n++; n <= MostOfAKind {
				out.WriteString(a.command())
			}
		}
		if n > MostOfAKind {
			left = append(left, fmt.Sprintf("%d more %ss", n-MostOfAKind, kind))
		}
	}
	if len(left) > 0 {
		out.WriteString(annotation{kind: "notice", title: "Not all is shown", message: []string{strings.Join(left, " and ") + " are in report.json and summary.md"}}.command())
	}
	if _, err := io.WriteString(w, out.String()); err != nil {
		return fmt.Errorf("write annotations: %w", err)
	}
	return nil
}

// command writes the annotation as GitHub's runner reads it (actions/toolkit,
// command.ts): the data with %, CR and LF escaped, properties with : and , too.
func (a annotation) command() string {
	properties := []string{}
	add := func(name, value string) {
		if value != "" {
			properties = append(properties, name+"="+property.Replace(text.OneLine(value, mostTitle)))
		}
	}
	add("file", a.file)
	if a.file != "" && a.line > 0 {
		add("line", strconv.Itoa(a.line))
	}
	add("title", a.title)
	lines := make([]string, len(a.message))
	for i, line := range a.message {
		lines[i] = text.OneLine(line, mostMessage)
	}
	return "::" + a.kind + strings.TrimRight(" "+strings.Join(properties, ","), " ") + "::" + data.Replace(strings.Join(lines, "\n")) + "\n"
}

var (
	data     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// general says what is wrong with the run as a whole.
func general(r reports.Report) []annotation {
	var all []annotation
	if c := r.Certification; c != nil && !green(c.Verdict) {
		all = append(all, annotation{kind: "error", title: "Certification " + c.Profile, message: []string{c.Reason}})
	}
	if r.Verdict == reports.Inconclusive {
		all = append(all, annotation{kind: "error", title: "The run is inconclusive", message: []string{r.Reason}})
	}
	if r.Baseline != nil {
		for _, id := range r.Baseline.Vanished {
			all = append(all, annotation{kind: "error", title: id, message: []string{"The case is in the earlier report and not in this run."}})
		}
	}
	return all
}

func green(v reports.RunVerdict) bool {
	return v == reports.Conformant || v == reports.ConformantWithWarnings
}

// cases annotates the cases, the worst first, then in the order of ids. An error
// without a finding is left to the verdict of the run.
func cases(r reports.Report) []annotation {
	var all []annotation
	for _, result := range reports.ToExplain(r.Scenarios) {
		all = append(all, annotate(result, kindOf(r, result)))
	}
	return all
}

func kindOf(r reports.Report, result reports.Result) string {
	if r.Baseline != nil {
		if slices.ContainsFunc(r.Baseline.Worse, func(c reports.Change) bool { return c.ID == result.ID }) {
			return "error"
		}
		return "warning"
	}
	if result.Verdict == reports.Warned {
		return "warning"
	}
	return "error"
}

// annotate explains a case by the worst of its findings.
func annotate(r reports.Result, kind string) annotation {
	a := annotation{kind: kind, title: fmt.Sprintf("%s %s", r.Verdict, r.ID)}
	if r.Reason != "" {
		a.message = append(a.message, r.Reason)
	}
	if len(r.Findings) > 0 {
		f := slices.MinFunc(r.Findings, func(a, b reports.Finding) int { return cmp.Compare(weight(a.Weight), weight(b.Weight)) })
		a.file, a.line = place(f.Expectation)
		a.message = append(a.message, describe(f)...)
	}
	if n := len(r.Findings) - 1; n > 0 {
		a.message = append(a.message, fmt.Sprintf("and %d more findings", n))
	}
	if r.Reproduce != "" {
		a.message = append(a.message, "Reproduce: "+r.Reproduce)
	}
	return a
}

func weight(w reports.Weight) int {
	return slices.Index([]reports.Weight{reports.Failure, reports.Trouble, reports.Warning}, w)
}

func describe(f reports.Finding) []string {
	var lines []string
	if f.Requirement != "" {
		lines = append(lines, strings.TrimSpace(f.Requirement+" "+f.Statement))
	}
	if f.Source != "" {
		lines = append(lines, "Source: "+f.Source)
	}
	lines = append(lines, f.Message)
	if f.Wanted != "" || f.Got != "" {
		lines = append(lines, "- "+f.Wanted, "+ "+f.Got)
	}
	return lines
}

// place splits file:line; a place without a line is a file.
func place(s string) (file string, line int) {
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		if n, err := strconv.Atoi(s[i+1:]); err == nil && n > 0 {
			return s[:i], n
		}
	}
	return s, 0
}
