package scenario_test

import (
	"strings"
	"testing"

	"esconform/fixtures"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// Every operation has a scenario in which it does what it is for, and one in which
// it has to refuse, or to warn.
func TestEveryOperationIsCalledWellAndBadly(t *testing.T) {
	library, err := scenario.Load(t.Context(), fixtures.Files())
	if err != nil {
		t.Fatal(err)
	}
	well, badly := map[string][]string{}, map[string][]string{}
	for _, s := range library.Scenarios {
		for _, c := range s.Cases {
			for _, step := range c.Steps {
				if demands(step.Expect, succeeds) {
					well[step.Operation] = append(well[step.Operation], s.ID)
				}
				if demands(step.Expect, refuses) {
					badly[step.Operation] = append(badly[step.Operation], s.ID)
				}
			}
		}
	}
	for _, o := range wire.Operations() {
		if len(well[o.Name]) == 0 || len(badly[o.Name]) == 0 {
			t.Errorf("%s succeeds in %s and is refused in %s; want at least one of each", o.Name,
				strings.Join(well[o.Name], ", "), strings.Join(badly[o.Name], ", "))
		}
	}
}

// demands says whether one of the expectations is of that kind; with readings, all
// of them.
func demands(expect []scenario.Expectation, kind func(scenario.Expectation) bool) bool {
	for _, e := range expect {
		of := 0
		for _, reading := range e.AnyOf {
			if demands(reading.Expect, kind) {
				of++
			}
		}
		if !e.Observe && (kind(e) || of > 0 && of == len(e.AnyOf)) {
			return true
		}
	}
	return false
}

func succeeds(e scenario.Expectation) bool {
	return e.Status != nil && (e.Status.CodeMajor == wire.CodeSuccess || e.Status.Severity == wire.SeverityStatus)
}

func refuses(e scenario.Expectation) bool {
	return e.Fault != nil || e.Status != nil && (e.Status.CodeMajor == wire.CodeFailure || e.Status.Severity == wire.SeverityError || e.Status.Severity == wire.SeverityWarning)
}
