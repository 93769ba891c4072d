package runner

import (
	"esconform/reports"
	"esconform/runner/evidence"
)

// steps are the exchanges of a case as a report lists them. Files are named only
// where they are written: for cases that did not pass.
func steps(seen evidence.Outcome, v reports.Verdict) []reports.Step {
	list := make([]reports.Step, len(seen.Exchanges))
	for i, x := range seen.Exchanges {
		list[i] = reports.Step{
			Number: x.Step + 1, Operation: x.Operation, Given: x.Given, Attempt: x.Attempt, Page: x.Page, Status: x.Status,
			StartUS: max(0, x.StartedAt.Sub(seen.StartedAt).Microseconds()), DurationUS: max(0, x.Duration.Microseconds()),
		}
		if x.Transport != nil {
			list[i].Fault = string(x.Transport.Kind)
		}
		if v != reports.Passed {
			list[i].Request, list[i].Response = x.RequestFile, x.ResponseFile
		}
	}
	return list
}
