package cli

import (
	"encoding/json"
	"errors"
	"fmt"

	"esconform/reports"
	"esconform/reports/changes"
	"esconform/runner/evidence"
	"esconform/runner/responses"
)

// diffRuns compares two runs. What could not be compared keeps it from saying that
// nothing changed.
func diffRuns(s Streams, f diffFlags, nameA, nameB string) error {
	a, errA := readRecorded(nameA)
	b, errB := readRecorded(nameB)
	if err := errors.Join(errA, errB); err != nil {
		return usageError(err)
	}
	c := changes.Compare(a.report, b.report)
	if c.None() && len(changes.SameVerdict(a.report, b.report)) == 0 {
		return usageError(fmt.Errorf("there is nothing to compare: neither %s nor %s judged a case", nameA, nameB))
	}
	c.A.Name, c.B.Name = nameA, nameB
	var trouble error
	if !f.verdicts {
		trouble = compareResponses(&c, a, b)
	}
	if f.json {
		if err := printChangesJSON(s, c); err != nil {
			return err
		}
	} else {
		printChanges(s, c)
	}
	return diffOutcome(c, trouble)
}

// compareResponses adds what changed in the responses.
func compareResponses(c *changes.Changes, a, b recorded) error {
	was, errA := evidence.ReadLog(a.evidence())
	now, errB := evidence.ReadLog(b.evidence())
	if err := errors.Join(errA, errB); err != nil {
		return err
	}
	var ids []string
	sent := exchanged(a.report, b.report)
	for _, id := range changes.SameVerdict(a.report, b.report) {
		if !sent[id] {
			continue
		}
		for n := 1; n <= max(1, repeatedInBoth(a.report, b.report)); n++ {
			ids = append(ids, evidence.Key(id, n))
		}
	}
	c.ResponsesCompared = true
	c.Responses, c.Uncompared = responses.Compare(responses.NewRun(was), responses.NewRun(now), ids)
	return nil
}

// repeatedInBoth is how often both runs carried out each case (--repeat).
func repeatedInBoth(a, b reports.Report) int { return min(a.Selection.Repeat, b.Selection.Repeat) }

// exchanged are the cases that sent something in either run.
func exchanged(all ...reports.Report) map[string]bool {
	sent := make(map[string]bool)
	for _, r := range all {
		for _, result := range r.Scenarios {
			if result.Exchanges > 0 {
				sent[result.ID] = true
			}
		}
	}
	return sent
}

func printChangesJSON(s Streams, c changes.Changes) error {
	e := json.NewEncoder(s.Out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(c); err != nil {
		return fmt.Errorf("print the changes: %w", err)
	}
	return nil
}

// diffOutcome gives the exit code of a comparison.
func diffOutcome(c changes.Changes, trouble error) error {
	switch {
	case trouble != nil:
		trouble = fmt.Errorf("the responses were not compared: %w\nWith --verdicts the verdicts alone are compared", trouble)
	case len(c.Uncompared) > 0:
		trouble = fmt.Errorf("the responses of %s could not be compared, first %s: %s", counted(len(c.Uncompared), "case"), c.Uncompared[0].ID, c.Uncompared[0].Reason)
	}
	switch {
	case !c.None():
		return &exit{reports.ExitNotConformant, trouble}
	case trouble != nil:
		return usageError(trouble)
	}
	return nil
}
