package annotations_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/annotations"
	"esconform/reports/hostile"
)

func written(t *testing.T, r reports.Report) string {
	t.Helper()
	var out bytes.Buffer
	if err := annotations.GitHub(&out, r); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func failed(id string) reports.Result {
	return reports.Result{ID: id, Scenario: id, Verdict: reports.Failed, Reproduce: "esconform run --sandbox --only " + id, Findings: []reports.Finding{
		{Requirement: "GEN-04", Weight: reports.Warning, Message: "the media type is another"},
		{Requirement: "REL-07", Statement: "The text names the id, 100% of it.", Source: "A page", Weight: reports.Failure, Message: "the text differs",
			Expectation: id + "/scenario.yaml:14", Wanted: "a: 1,\r\n2", Got: "b"}}}
}

func warned(id string) reports.Result {
	return reports.Result{ID: id, Scenario: id, Verdict: reports.Warned, Findings: []reports.Finding{{Requirement: "GEN-04", Weight: reports.Warning, Message: "the media type is another"}}}
}

func report(results ...reports.Result) reports.Report {
	return reports.Summarise(reports.Report{Complete: true, Scenarios: results})
}

func TestACommandSaysWhatIsWrongAndWhere(t *testing.T) {
	want := `::error file=a,b/c%3Ad/scenario.yaml,line=14,title=failed a%2Cb/c%3Ad::REL-07 The text names the id, 100%25 of it.%0ASource: A page%0Athe text differs%0A- a: 1, 2%0A+ b%0Aand 1 more findings%0AReproduce: esconform run --sandbox --only a,b/c:d
::warning title=warned w::GEN-04%0Athe media type is another
`
	want = strings.Replace(want, "file=a,b", "file=a%2Cb", 1)
	if diff := cmp.Diff(want, written(t, report(failed("a,b/c:d"), warned("w")))); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestAtMostTenOfAKindAndANoticeForTheRest(t *testing.T) {
	var results []reports.Result
	for i := range 13 {
		results = append(results, failed(fmt.Sprintf("f/%02d", i)), warned(fmt.Sprintf("w/%02d", i)))
	}
	results = append(results, warned("w/13"))
	got := written(t, report(results...))
	count := map[string]int{}
	for line := range strings.Lines(got) {
		kind, _, _ := strings.Cut(strings.TrimPrefix(line, "::"), " ")
		count[kind]++
	}
	if diff := cmp.Diff(map[string]int{"error": 10, "warning": 10, "notice": 1}, count); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if !strings.HasSuffix(got, "::notice title=Not all is shown::3 more errors and 4 more warnings are in report.json and summary.md\n") {
		t.Error(got)
	}
}

func TestWhatHasNoCaseOfItsOwnIsAnErrorToo(t *testing.T) {
	passed := reports.Result{ID: "p", Scenario: "p", Verdict: reports.Passed}
	certified := report(passed)
	certified.Certification = &reports.Certification{Profile: "imses-person", Verdict: reports.Inconclusive, Reason: "inconclusive for imses-person: x"}
	vanished := report(passed)
	vanished.Baseline = &reports.Comparison{Vanished: []string{"gone"}}
	compared := report(failed("old"), failed("new"))
	compared.Baseline = &reports.Comparison{Worse: []reports.Change{{ID: "new"}}}
	unreachable := reports.Result{ID: "e", Scenario: "e", Verdict: reports.Error, Reason: "the endpoint could not be reached"}
	tests := map[string]struct {
		report reports.Report
		want   []string // beginnings of lines
	}{
		"conformant":            {report(passed), nil},
		"not certified":         {certified, []string{"::error title=Certification imses-person::inconclusive for imses-person: x"}},
		"vanished":              {vanished, []string{"::error title=gone::The case is in the earlier report"}},
		"worse than before":     {compared, []string{"::error file=new/scenario.yaml,line=14,title=failed new", "::warning file=old/scenario.yaml,line=14,title=failed old"}},
		"in error":              {report(passed, unreachable), []string{"::error title=The run is inconclusive::inconclusive: 1 case ended in an error; the endpoint could not be reached"}},
		"passed although known": {report(reports.Result{ID: "u", Verdict: reports.UnexpectedPass, Reason: "listed"}), []string{"::error title=unexpected-pass u::listed"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			lines := strings.SplitAfter(written(t, test.report), "\n")
			lines = lines[:len(lines)-1]
			if len(lines) != len(test.want) {
				t.Fatalf("%q", lines)
			}
			for i, want := range test.want {
				if !strings.HasPrefix(lines[i], want) {
					t.Errorf("%q, wanted %q", lines[i], want)
				}
			}
		})
	}
}

// command is what GitHub's runner makes of a line of output (actions/runner,
// ActionCommand.TryParseV2, and TryParse for the older form).
func command(line string) (name, properties, message string, ok bool) {
	line = strings.TrimLeft(line, " \t")
	rest, found := strings.CutPrefix(line, "::")
	if !found {
		return "", "", "", strings.Contains(line, "##[")
	}
	head, message, found := strings.Cut(rest, "::")
	name, properties, _ = strings.Cut(head, " ")
	return name, properties, message, found
}

func TestHostileTextMakesNoOtherCommand(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		r := hostile.Report(rng, 40, hostile.VendorIDs())
		r.Scenarios = append(r.Scenarios, failed("x\n::set-output name=a::b\r::stop-commands::c%0A::error::d"))
		got := written(t, r)
		lines := strings.FieldsFunc(got, func(c rune) bool { return c == '\n' || c == '\r' || c == '\u2028' || c == '\u0085' })
		if len(lines) == 0 || len(lines) > 2*annotations.MostOfAKind+1 {
			t.Fatalf("%d lines", len(lines))
		}
		for _, line := range lines {
			name, properties, message, ok := command(line)
			if !ok || name != "error" && name != "warning" && name != "notice" || strings.Contains(line, "##[") || message == "" {
				t.Fatalf("%q", line)
			}
			for p := range strings.SplitSeq(properties, ",") {
				key, value, _ := strings.Cut(p, "=")
				if key != "file" && key != "line" && key != "title" || strings.Contains(value, ":") {
					t.Fatalf("%q in %q", p, line)
				}
			}
		}
	}
}

func TestAnnotationsThatCannotBeWrittenAreAnError(t *testing.T) {
	full := errors.New("disk full")
	if err := annotations.GitHub(failing{full}, report(failed("a"))); !errors.Is(err, full) {
		t.Errorf("%v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
