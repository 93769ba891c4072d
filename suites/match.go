package suites

import (
	"fmt"
	"strings"

	"github.com/onsi/gomega/types"

	"esconform/reports"
	"esconform/reports/text"
)

// beAcceptable matches a result that breaks nothing that fails: passed or warned. A
// value that is no result is an error, not a mismatch.
func beAcceptable() types.GomegaMatcher { return acceptable{} }

type acceptable struct{}

// Match says whether a result passed or warned.
func (acceptable) Match(actual any) (bool, error) {
	result, ok := actual.(reports.Result)
	if !ok {
		return false, fmt.Errorf("beAcceptable matches a reports.Result, not a %T", actual)
	}
	return result.Verdict == reports.Passed || result.Verdict == reports.Warned, nil
}

// FailureMessage explains the result.
func (acceptable) FailureMessage(actual any) string { return explain(actual) }

// NegatedFailureMessage explains the result, which was not to be acceptable.
func (acceptable) NegatedFailureMessage(actual any) string {
	return "not to be acceptable:\n" + explain(actual)
}

func explain(actual any) string {
	result, ok := actual.(reports.Result)
	if !ok {
		return fmt.Sprintf("%T is no result", actual)
	}
	return strings.Join(text.Case(result), "\n")
}
