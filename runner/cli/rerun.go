package cli

import (
	"fmt"
	"slices"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// rerun returns the cases of the report of --rerun-failed that were not good, core
// cases that were skipped included. Cases that are no longer there, such as those of a
// vendor without --fixtures, are refused where others remain: without them the rest
// could be green. Where none remains, nothing is selected, which is said by the plan.
func (j *job) rerun() ([]string, error) {
	report, err := jsonl.ReadReport(j.flags.rerunFailed)
	if err != nil {
		return nil, fmt.Errorf("--rerun-failed: %w", err)
	}
	there := make(map[string]bool)
	for _, id := range caseIDs(j.library) {
		there[id] = true
	}
	ids := []string{}
	for _, r := range report.Scenarios {
		switch {
		case r.Verdict == reports.Passed, r.Verdict == reports.KnownFailure, r.Verdict == reports.Skipped && !r.Core:
		default:
			ids = append(ids, r.ID)
		}
	}
	gone := slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return there[id] })
	if len(gone) > 0 && len(gone) < len(ids) {
		return nil, fmt.Errorf("--rerun-failed: %s of %s not there any more, first %s; add their --fixtures, or name what is to run with --only",
			quantity(len(gone), "case", "cases"), j.flags.rerunFailed+isOrAre(len(gone)), gone[0])
	}
	return ids, nil
}

func isOrAre(n int) string {
	if n == 1 {
		return " is"
	}
	return " are"
}
