package junit

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"math"
	"path"
	"strings"
	"unicode/utf8"

	"esconform/reports"
	"esconform/reports/text"
)

// mostName is the number of characters of classname and name together: Azure DevOps
// cuts names at 512, and cut names are no longer unique.
const mostName = 512

func testCase(r reports.Result, budget int) testcase {
	class, short := names(r)
	c := testcase{Classname: class, Name: short, Time: seconds(r.DurationMS)}
	switch r.Verdict {
	case reports.Passed, reports.Warned:
	case reports.Skipped, reports.NotRun, reports.KnownFailure:
		reason := string(r.Verdict) + ": " + cmp.Or(r.Reason, "no reason was given")
		c.Skipped = &skipped{Message: text.OneLine(reason, mostMessage), Text: join(append(paragraph(reason), text.Findings(r, math.MaxInt)...), budget)}
	case reports.Failed:
		c.Failure = failure(r, budget)
	case reports.UnexpectedPass:
		reason := cmp.Or(r.Reason, "the case passed although it is listed as a known failure")
		c.Failure = &fault{Type: string(reports.UnexpectedPass), Message: text.OneLine(reason, mostMessage), Text: body(r, reason, budget)}
	default:
		c.Error = trouble(r, budget)
	}
	return c
}

// names splits an id into the folder that a consumer groups by and the rest. Both
// are free of characters that XML or white space folding would change; where that
// or the length forces a change, a hash of the id keeps the pair unique.
func names(r reports.Result) (class, short string) {
	class = path.Dir(r.Scenario)
	short, found := strings.CutPrefix(r.ID, class+"/")
	if !found || short == "" {
		class, short = path.Dir(r.ID), path.Base(r.ID)
	}
	cleanClass, cleanShort := name(class), name(short)
	length := utf8.RuneCountInString(cleanClass) + utf8.RuneCountInString(cleanShort)
	if cleanClass == class && cleanShort == short && length <= mostName {
		return class, short
	}
	hash := fmt.Sprintf("~%x", sha256.Sum256([]byte(r.ID)))[:17]
	cleanClass = text.Shorten(cleanClass, mostName/2)
	return cleanClass, text.Shorten(cleanShort, mostName/2-len(hash)) + hash
}

// name makes a text fit for an attribute of type xs:token that must not be empty.
func name(s string) string {
	return cmp.Or(text.OneLine(s, mostName), "-")
}

func failure(r reports.Result, budget int) *fault {
	for _, f := range r.Findings {
		if f.Weight != reports.Failure {
			continue
		}
		message := f.Requirement + ": " + cmp.Or(f.Statement, f.Message)
		if more := len(r.Findings) - 1; more > 0 {
			message = fmt.Sprintf("(1 of %d findings) %s", more+1, message)
		}
		return &fault{Type: name(f.Requirement), Message: text.OneLine(message, mostMessage), Text: body(r, r.Reason, budget)}
	}
	reason := cmp.Or(r.Reason, "the case failed")
	return &fault{Type: string(reports.Failed), Message: text.OneLine(reason, mostMessage), Text: body(r, reason, budget)}
}

func trouble(r reports.Result, budget int) *fault {
	kind, message := string(reports.Error), cmp.Or(r.Reason, "the case could not be judged")
	for _, f := range r.Findings {
		if f.Weight == reports.Trouble {
			kind, message = cmp.Or(f.Requirement, kind), cmp.Or(r.Reason, f.Message)
			break
		}
	}
	return &fault{Type: name(kind), Message: text.OneLine(message, mostMessage), Text: body(r, r.Reason, budget)}
}

// body is the text of a verdict element. What decides comes first, because some
// consumers show two lines; the reproduction command comes last, because others
// keep both ends.
func body(r reports.Result, reason string, budget int) string {
	var lines []string
	if reason != "" {
		lines = append(lines, paragraph(reason)...)
	}
	findings := text.Findings(r, math.MaxInt)
	if reason == "" && len(findings) > 0 {
		findings = findings[1:] // the empty line before the first
	}
	return join(append(lines, findings...), budget)
}

func paragraph(s string) []string { return []string{text.OneLine(s, 1000)} }

// join makes one escaped text of lines. When it would take more bytes than the
// budget, the lines in the middle are left out and counted.
func join(lines []string, budget int) string {
	escaped := make([]string, len(lines))
	total := 0
	for i, line := range lines {
		escaped[i] = escape(line)
		total += len(escaped[i]) + 1
	}
	if total <= budget {
		return strings.Join(escaped, "\n")
	}
	first, last := ends(escaped, budget/2)
	kept := append(escaped[:first:first], fmt.Sprintf("… (%d more lines, in report.json) …", last-first))
	return strings.Join(append(kept, escaped[last:]...), "\n")
}

// ends gives how many lines from the beginning, and from which line to the end, fit
// in half a budget each. Together the lines do not fit, so the ends do not meet.
func ends(lines []string, half int) (first, last int) {
	for used := 0; used+len(lines[first])+1 <= half; first++ {
		used += len(lines[first]) + 1
	}
	last = len(lines)
	for used := 0; used+len(lines[last-1])+1 <= half; last-- {
		used += len(lines[last-1]) + 1
	}
	return first, last
}
