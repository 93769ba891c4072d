package cli

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"time"

	"esconform/reports"
	"esconform/reports/text"
	"esconform/runner"
	"esconform/runner/exchange"
)

// maxExplained bounds how many cases are explained on the terminal; all are in the
// reports.
const maxExplained = 20

// printSetup prints the effective configuration and the size of the plan before
// anything is sent.
func printSetup(s Streams, j *job) {
	for _, line := range j.target.Describe() {
		fmt.Fprintln(s.Err, text.Visible(line))
	}
	b := j.plan.Budget
	fmt.Fprintf(s.Err, "suite        %s\n", j.suite)
	fmt.Fprintf(s.Err, "xsd engine   %s\n", j.validator.Name())
	if j.flags.strict {
		fmt.Fprintln(s.Err, "strict       requirements that rest on client code or inference fail")
	}
	if line := j.describeKnown(); line != "" {
		fmt.Fprintf(s.Err, "known        %s\n", text.Visible(line))
	}
	if j.baseline != nil {
		fmt.Fprintf(s.Err, "baseline     %s, a run of %s\n", text.Visible(j.flags.baseline), j.baseline.StartedAt.Format(time.DateTime+" UTC"))
	}
	fmt.Fprintf(s.Err, "plan         %d scenarios, %d cases (%d skipped)%s, about %d requests, %d objects\n\n",
		b.Scenarios, b.Cases, b.Skipped, repeated(j.plan.Repetitions()), b.Requests, b.Objects)
}

// printSummary explains what is not as it should be and sums the run up.
func printSummary(s Streams, j *job, report reports.Report) {
	if report.SchemaVersion == "" {
		return // the run did not begin; its error says why
	}
	lines := []string{""}
	explained, more := 0, 0
	for _, r := range worstFirst(report.Scenarios) {
		if explained == maxExplained {
			more++
			continue
		}
		explained++
		lines = append(append(lines, text.Case(r)...), "")
	}
	if more > 0 {
		lines = append(lines, fmt.Sprintf("%d more cases are explained in %s", more, filepath.Join(j.flags.out, junitFile)), "")
	}
	lines = append(lines, text.Summary(report)...)
	for _, line := range lines {
		fmt.Fprintln(s.Err, line)
	}
	fmt.Fprintf(s.Err, "\nreports      %s  %s  %s  %s  %s\nevidence     %s\n",
		filepath.Join(j.flags.out, htmlFile), filepath.Join(j.flags.out, runner.ReportFile), filepath.Join(j.flags.out, junitFile), filepath.Join(j.flags.out, summaryFile),
		filepath.Join(j.flags.out, runner.EventsFile), filepath.Join(j.flags.out, evidenceDir))
}

// worstFirst returns the cases that need explaining: failed ones and errors before
// warned ones, each in the order of ids.
func worstFirst(results []reports.Result) []reports.Result {
	var bad, warned []reports.Result
	for _, r := range results {
		switch r.Verdict {
		case reports.Failed, reports.Error, reports.UnexpectedPass:
			bad = append(bad, r)
		case reports.Warned:
			warned = append(warned, r)
		}
	}
	return append(bad, warned...)
}

// printDryRun prints what a run would send, one JSON array on standard output.
func printDryRun(s Streams, j *job) error {
	o := j.exchangeOptions()
	o.EvidenceDir = ""
	requests, err := exchange.DryRun(o)
	if err != nil {
		return usageError(fmt.Errorf("build the requests: %w", err))
	}
	e := json.NewEncoder(s.Out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(requests); err != nil {
		return fmt.Errorf("print the requests: %w", err)
	}
	fmt.Fprintf(s.Err, "dry run: nothing was sent\n")
	return nil
}
