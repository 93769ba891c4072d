package text_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/text"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares lines with a file in testdata.
func golden(t *testing.T, name string, lines []string) {
	t.Helper()
	got := strings.Join(lines, "\n") + "\n"
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func failed() reports.Result {
	id := "imses/person/relationships/unknown-child"
	return reports.Result{
		ID: id, Scenario: id, Title: "An unknown child is reported and the known children are linked", Verdict: reports.Failed,
		Reproduce: "esconform run --endpoint https://example.org --only " + id,
		Findings: []reports.Finding{
			{Requirement: "GEN-04", Statement: "The media type is text/xml.", Source: "wire, section 1", Weight: reports.Warning, Message: "the media type is another", Step: 1, Operation: "createPerson", Wanted: "text/xml", Got: "application/xml"},
			{Requirement: "REL-07", Statement: "The text about an unknown child is `relationship/sourceId/identifier '<id>' does not exist in itslearning`, with the id that was sent.",
				Source: "Creating parent/child relationships, example 1", Weight: reports.Failure, Message: "the description of the status differs",
				Step: 1, Operation: "createPerson", Expectation: id + "/scenario.yaml:14",
				Path: "/soap:Envelope/soap:Header/bind:syncResponseHeaderInfo/bind:statusInfo/bind:codeMinor/bind:description", Line: 12, Response: "evidence/" + id + "/1-createPerson.response.xml",
				Diff: []reports.Diff{
					{Op: " ", Text: "<bind:description>"},
					{Op: "-", Text: "relationship/sourceId/identifier 'ec0123456789abcdef-Child3' does not exist in itslearning"},
					{Op: "+", Text: "relationship/sourceId/identifier 'Child3' does not exist in itslearning"}}},
			{Weight: reports.Trouble, Message: "the connection was reset, and the probe was refused", Step: 2, Operation: "readPerson"},
		},
	}
}

func sample() reports.Report {
	of := func(id string, v reports.Verdict, reason string) reports.Result {
		return reports.Result{ID: id, Scenario: id, Verdict: v, Reason: reason}
	}
	warned := of("b/warned", reports.Warned, "")
	warned.Findings = failed().Findings[:1]
	return reports.Summarise(reports.Report{
		Complete: true, Target: reports.Target{URL: "https://example.org"},
		Selection:    reports.Selection{Only: []string{"a", "b", "c", "d", "imses/person"}},
		Library:      reports.Library{Scenarios: 500, Cases: 600, SelectedScenarios: 9, SelectedCases: 9},
		Requirements: []reports.Requirement{{ID: "REL-07"}, {ID: "GEN-04"}, {ID: "PER-01"}},
		Scenarios: []reports.Result{
			of("a/passed", reports.Passed, ""), warned, failed(),
			of("c/skip-1", reports.Skipped, "needs parentPortal: disabled; run it with --state parentPortal=disabled"),
			of("c/skip-2", reports.Skipped, "needs parentPortal: disabled; run it with --state parentPortal=disabled"),
			of("c/blocked", reports.NotRun, "blocked by PER-CREATE-01"),
			of("d/error", reports.Error, "the endpoint could not be reached"),
			of("d/known", reports.KnownFailure, "reported to the vendor"),
			of("d/unexpected", reports.UnexpectedPass, "listed as a known failure"),
		},
		Residue: []string{"imses/course/create: one course, which cannot be deleted"},
		Baseline: &reports.Comparison{Report: "old/report.json",
			Worse:    []reports.Change{{ID: failed().ID, From: reports.Passed, To: reports.Failed, New: []string{"REL-07"}}},
			Better:   []reports.Change{{ID: "a/passed", From: reports.Failed, To: reports.Passed}},
			Appeared: []string{"d/known"}},
	})
}

func TestTheBlockOfAFailure(t *testing.T) { golden(t, "case.txt", text.Case(failed())) }

func TestTheSummaryOfARun(t *testing.T) { golden(t, "summary.txt", text.Summary(sample())) }

func TestTheExplanationOfAllThatIsNotAsItShouldBe(t *testing.T) {
	golden(t, "failures.txt", text.Failures(sample()))
}

func TestTheLinesOfARunningLog(t *testing.T) {
	var lines []string
	for _, r := range sample().Scenarios {
		lines = append(lines, text.Line(r))
	}
	golden(t, "lines.txt", lines)
}

func TestAnEmptyRunHasASummary(t *testing.T) {
	golden(t, "empty.txt", text.Summary(reports.Summarise(reports.Report{Complete: true})))
}

func TestRunningTextKeepsItsWidth(t *testing.T) {
	r := failed()
	r.Title = strings.Repeat("æøå ", 100)
	for _, line := range text.Case(r) {
		verbatim := strings.Contains(line, " at: ") || strings.Contains(line, "Reproduce: ") || strings.HasPrefix(strings.TrimSpace(line), "-")
		if n := utf8.RuneCountInString(line); n > text.Width && !verbatim {
			t.Errorf("%d characters: %s", n, line)
		}
	}
}

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"plain æ 漢 العربية 👩": "plain æ 漢 العربية 👩",
		"tab\tand\nline":      "tab\tand\nline",
		"\x1b[2J\x07\x00\x7f": `\u{1B}[2J\u{7}\u{0}\u{7F}`,
		"\u009b31m":           `\u{9B}31m`,
		"a\u202eb\u2069":      `a\u{202E}b\u{2069}`,
		"a\u200bb\ufeff":      `a\u{200B}b\u{FEFF}`,
		"no\u00a0break":       `no\u{A0}break`,
		"\ufffe\uffff":        `\u{FFFE}\u{FFFF}`,
		"\xed\xa0\x80":        `\u{D800}`,
		"\xed\xbf\xbf":        `\u{DFFF}`,
		"\xed\xa0":            `\x{ED}\x{A0}`,
		"\xff":                `\x{FF}`,
		"\ufffd":              "\ufffd",
		"##[error]":           `#\u{23}[error]`,
		"###vso[x]":           `#\u{23}\u{23}vso[x]`,
		"a\r\nb":              "a" + `\u{D}` + "\nb",
	} {
		if got := text.Visible(in); got != want {
			t.Errorf("%q is shown as %q, wanted %q", in, got, want)
		}
	}
}

func TestLongTextIsShortenedWithTheNumberOfWhatIsMissing(t *testing.T) {
	for name, test := range map[string]struct{ in, want string }{
		"short enough":        {strings.Repeat("x", 100), strings.Repeat("x", 100)},
		"one too many":        {strings.Repeat("x", 101), strings.Repeat("x", 68) + "… (33 more characters)"},
		"escapes count":       {strings.Repeat("\x00", 26), strings.Repeat(`\u{0}`, 13) + "… (13 more characters)"},
		"a megabyte":          {strings.Repeat("æ", 1_000_000), strings.Repeat("æ", 68) + "… (999932 more characters)"},
		"white space is one":  {"  a \n\t b  ", "a b"},
		"no-break space, too": {"a\u00a0\u2028b", "a b"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := text.OneLine(test.in, 100); got != test.want {
				t.Errorf("%q, wanted %q", got, test.want)
			}
		})
	}
}

// A line that begins with "::" is a command to GitHub, one with "##[" or "##vso["
// anywhere to others.
func TestNoLineIsACommandToACISystem(t *testing.T) {
	hostile := "x \n::error::y ##vso[task.complete] ::set-output name=a::" + strings.Repeat(" ::stop-commands::z", 50)
	r := reports.Result{ID: hostile, Title: hostile, Reason: hostile, Reproduce: hostile, Verdict: reports.Failed, Findings: []reports.Finding{
		{Requirement: hostile, Statement: hostile, Source: hostile, Message: hostile, Operation: hostile, Step: 1, Expectation: hostile,
			Path: hostile, Line: 1, Response: hostile, Wanted: hostile, Got: hostile},
		{Weight: reports.Trouble, Message: hostile, Diff: []reports.Diff{{Op: "::", Text: hostile}}}}}
	report := reports.Summarise(reports.Report{Scenarios: []reports.Result{r, {ID: hostile + "2", Verdict: reports.Skipped, Reason: hostile}},
		Target: reports.Target{URL: hostile}, Residue: []string{hostile},
		Baseline: &reports.Comparison{Report: hostile, Worse: []reports.Change{{ID: hostile, New: []string{hostile}}}, Better: []reports.Change{{ID: hostile}}}})
	lines := append(append(text.Case(r), text.Line(r)), append(text.Summary(report), text.Failures(report)...)...)
	for _, line := range lines {
		if strings.HasPrefix(strings.TrimSpace(line), "::") || strings.Contains(line, "##") || strings.Contains(line, "\n") {
			t.Errorf("%q", line)
		}
	}
}
