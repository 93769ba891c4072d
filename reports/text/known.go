package text

import (
	"fmt"

	"esconform/reports"
)

// knownFailures lists the cases that failed as they are listed: until when somebody
// answers for them, who, why, and where more is said.
func knownFailures(results []reports.Result) []string {
	var lines []string
	for _, r := range results {
		if r.Verdict != reports.KnownFailure || r.Known == nil {
			continue
		}
		lines = append(lines, "  "+OneLine(r.ID, mostReference))
		lines = append(lines, prose(fmt.Sprintf("until %s, owner %s: %s", r.Known.Expires, r.Known.Owner, r.Known.Reason), "    ")...)
		if r.Known.Link != "" {
			lines = append(lines, "    "+noCommand(OneLine(r.Known.Link, mostReference)))
		}
	}
	if lines == nil {
		return nil
	}
	return append([]string{"", "Known failures:"}, lines...)
}

// flaky counts the cases whose repetitions do not agree; empty when the run was not
// repeated.
func flaky(r reports.Report) string {
	if r.Selection.Repeat < 2 {
		return ""
	}
	times := fmt.Sprintf("each case was carried out %d times", r.Selection.Repeat)
	if !r.Complete {
		times = fmt.Sprintf("each case was to be carried out %d times", r.Selection.Repeat)
	}
	if n := reports.CountFlaky(r.Scenarios); n > 0 {
		return fmt.Sprintf("%d of %d cases; %s", n, r.Counts.Total, times)
	}
	return "none; " + times
}
