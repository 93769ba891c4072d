package reports_test

import (
	"fmt"
	"slices"
	"testing"

	"esconform/reports"
)

// situation is one way in which a run can have ended.
type situation struct {
	verdicts              []reports.Verdict // of cases, each at most once
	core                  bool              // the skipped case is core
	complete, interrupted bool
	baseline              string
	certified             reports.RunVerdict // empty without a certification
}

// comparisons are what a baseline can say; none without one.
var comparisons = map[string]*reports.Comparison{
	"":                    nil,
	"nothing worse":       {},
	"worse":               {Worse: []reports.Change{{ID: "failed", To: reports.Failed}}},
	"no longer judged":    {Worse: []reports.Change{{ID: "error", To: reports.Error}}},
	"gone":                {Worse: []reports.Change{{ID: "gone", To: reports.NotRun}}, Vanished: []string{"gone"}},
	"lost coverage":       {LostCoverage: []string{"REL-07"}},
	"new cases in doubt":  {Appeared: []string{"error", "not-run"}},
	"new cases that fail": {Worse: []reports.Change{{ID: "failed", To: reports.Failed}}, Appeared: []string{"failed"}},
}

func (s situation) has(v ...reports.Verdict) bool {
	return slices.ContainsFunc(v, func(v reports.Verdict) bool { return slices.Contains(s.verdicts, v) })
}

func (s situation) report() reports.Report {
	r := reports.Report{Complete: s.complete, Interrupted: s.interrupted}
	for _, v := range s.verdicts {
		r.Scenarios = append(r.Scenarios, reports.Result{ID: string(v), Scenario: string(v), Verdict: v, Core: s.core || v != reports.Skipped})
	}
	r = reports.Summarise(r)
	r.Baseline = comparisons[s.baseline]
	if s.certified != "" {
		r.Certification = &reports.Certification{Verdict: s.certified}
	}
	return r
}

// green says, in the words of the design, whether nothing keeps a run from exit 0.
func (s situation) green() bool {
	judged := s.has(reports.Passed, reports.Warned, reports.Failed, reports.KnownFailure, reports.UnexpectedPass)
	if !s.complete || s.interrupted || !judged || s.has(reports.UnexpectedPass) {
		return false
	}
	if s.certified == reports.NotConformant || s.certified == reports.Inconclusive {
		return false
	}
	switch s.baseline {
	case "":
		return !s.has(reports.Failed, reports.Error, reports.NotRun) && !(s.core && s.has(reports.Skipped))
	case "nothing worse":
		return true
	case "new cases in doubt":
		return !s.has(reports.Error, reports.NotRun)
	}
	return false
}

// Every combination of verdicts, ends, baselines and certifications has the exit code
// that the design gives it, whatever the order in which the rules are applied.
func TestTheExitCodeOfEverySituation(t *testing.T) {
	words := reports.Words()
	for bits := range 1 << len(words) {
		var verdicts []reports.Verdict
		for i, v := range words {
			if bits>>i&1 == 1 {
				verdicts = append(verdicts, v)
			}
		}
		for flags := range 8 {
			for baseline := range comparisons {
				for _, certified := range []reports.RunVerdict{"", reports.Conformant, reports.ConformantWithWarnings, reports.NotConformant, reports.Inconclusive} {
					s := situation{verdicts, flags&1 > 0, flags&2 > 0, flags&4 > 0, baseline, certified}
					if wrong := misjudged(s, reports.ExitCode(s.report())); wrong != "" {
						t.Fatalf("%+v: %s", s, wrong)
					}
				}
			}
		}
	}
}

// misjudged says what is wrong with the exit code of a situation; empty when nothing is.
func misjudged(s situation, code int) string {
	nothing := !slices.ContainsFunc(s.verdicts, func(v reports.Verdict) bool { return v != reports.Skipped })
	bad := s.has(reports.Failed, reports.UnexpectedPass) || s.certified == reports.NotConformant ||
		!slices.Contains([]string{"", "nothing worse", "no longer judged", "new cases in doubt"}, s.baseline)
	doubtful := !s.complete || s.has(reports.Error, reports.NotRun) || s.core && s.has(reports.Skipped) ||
		s.certified == reports.Inconclusive || s.baseline == "no longer judged"
	switch {
	case s.interrupted != (code == reports.ExitInterrupted):
		return fmt.Sprintf("%d, interrupted or not", code)
	case s.interrupted:
		return ""
	case nothing != (code == reports.ExitNothing):
		return fmt.Sprintf("%d, tested or not", code)
	case nothing:
		return ""
	case s.green() != (code == reports.ExitConformant):
		return fmt.Sprintf("%d, green is %v", code, s.green())
	case code == reports.ExitNotConformant && !bad:
		return "not conformant without a ground"
	case code == reports.ExitInconclusive && !doubtful:
		return "inconclusive without a ground"
	case !slices.Contains([]int{0, 1, 3}, code):
		return fmt.Sprintf("%d is no exit code of a run", code)
	case s.certified == reports.NotConformant && code != reports.ExitNotConformant:
		return fmt.Sprintf("%d, and the certification is not conformant", code)
	case s.baseline == "" && s.has(reports.Failed, reports.UnexpectedPass) && code != reports.ExitNotConformant:
		return fmt.Sprintf("%d, and a case failed", code)
	}
	return ""
}
