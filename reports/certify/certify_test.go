package certify_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/certify"
)

// profile has two core requirements that count (A, B), three that do not, and a
// feature with one.
var profile = certify.Profile{Name: "p", Title: "P", Core: []string{"A", "B", "C", "O", "U"}, Features: []certify.Feature{{Name: "f", Requirements: []string{"F"}}},
	Cases: []certify.Case{{ID: "a", Scenario: "a"}, {ID: "b", Scenario: "b"}, {ID: "f", Scenario: "f"}}}

func requirements() []reports.Requirement {
	return []reports.Requirement{{ID: "A", Class: "verified", VerifiedBy: []string{"a"}}, {ID: "B", Class: "verified", VerifiedBy: []string{"b"}},
		{ID: "C", Class: "client"}, {ID: "O", Class: "observed"}, {ID: "U", Class: "untestable"}, {ID: "F", Class: "verified", VerifiedBy: []string{"f"}}}
}

// result is a core case that proves a requirement of the same letter.
func result(scenario string, v reports.Verdict) reports.Result {
	r := reports.Result{ID: scenario, Scenario: scenario, Core: true, Verdict: v, Proves: []string{strings.ToUpper(scenario)}}
	switch v {
	case reports.Failed, reports.KnownFailure:
		r.Findings = []reports.Finding{{Requirement: strings.ToUpper(scenario), Weight: reports.Failure}}
	case reports.Warned:
		r.Findings = []reports.Finding{{Requirement: strings.ToUpper(scenario), Weight: reports.Warning}}
	case reports.Skipped, reports.NotRun:
		r.Proves = nil
	}
	return r
}

func elsewhere(r reports.Result) reports.Result {
	r.Core = false
	return r
}

func run(results ...reports.Result) reports.Report {
	return reports.Summarise(reports.Report{Complete: true, Requirements: requirements(), Scenarios: results})
}

func with(r reports.Report, change func(*reports.Report)) reports.Report {
	change(&r)
	return reports.Summarise(r)
}

// passed are both core scenarios.
var a, b = result("a", reports.Passed), result("b", reports.Passed)

var (
	apart     = "; features not declared: f; 3 that no scenario can assert"
	claimed   = func(r *reports.Report) { r.Target.Features = []string{"f"} }
	unknown   = func(r *reports.Report) { r.Requirements = r.Requirements[:1] }
	cut       = func(r *reports.Report) { r.Complete = false }
	interrupt = func(r *reports.Report) { r.Complete, r.Interrupted = false, true }
)

func TestTheVerdictOfACertification(t *testing.T) {
	tests := map[string]struct {
		report reports.Report
		want   string
	}{
		"all held":                                   {run(a, b), "conformant for p: 2 of 2 requirements held" + apart},
		"broken as a failure":                        {run(a, result("b", reports.Failed)), "not conformant for p: 1 core requirement broken: B; 1 of 2 requirements held" + apart},
		"broken, and another not tested":             {run(result("b", reports.Failed)), "not conformant for p: 1 core requirement broken: B; 1 core requirement not tested: A; 0 of 2 requirements held" + apart},
		"broken, and listed as known":                {run(a, result("b", reports.KnownFailure)), "not conformant for p: 1 core requirement broken: B; 1 of 2 requirements held" + apart},
		"broken as a warning":                        {run(a, result("b", reports.Warned)), "conformant with warnings for p: 1 core requirement broken as a warning: B; 1 of 2 requirements held" + apart},
		"a core case skipped":                        {run(a, result("b", reports.Skipped)), "inconclusive for p: 1 core requirement not tested: B; 1 of 2 requirements held" + apart},
		"a case skipped that is not core":            {run(a, elsewhere(result("b", reports.Skipped))), "conformant for p: 1 of 1 requirements held; features not declared: f; 1 not provable on this endpoint; 3 that no scenario can assert"},
		"one case skipped that is not core, one ran": {run(a, elsewhere(result("b", reports.Skipped)), elsewhere(reports.Result{ID: "b/2", Scenario: "b", Verdict: reports.NotRun})), "inconclusive for p: 1 core requirement not tested: B; 1 of 2 requirements held" + apart},
		"a case in error":                            {run(a, result("b", reports.Error)), "inconclusive for p: 1 core requirement not tested: B; 1 of 2 requirements held" + apart},
		"a case in error, and one that proves it": {run(a, result("b", reports.Error), reports.Result{ID: "b/2", Scenario: "b", Verdict: reports.Passed, Proves: []string{"B"}}),
			"inconclusive for p: 1 case of the profile without a verdict: b; 2 of 2 requirements held" + apart},
		"a case left out, and one that proves it": {run(a, reports.Result{ID: "b/2", Scenario: "b", Verdict: reports.Passed, Proves: []string{"B"}}),
			"inconclusive for p: 1 case of the profile without a verdict: b; 2 of 2 requirements held" + apart},
		"a core case skipped, and one that proves it": {run(a, result("b", reports.Skipped), reports.Result{ID: "b/2", Scenario: "b", Verdict: reports.Passed, Proves: []string{"B"}}),
			"inconclusive for p: 1 case of the profile without a verdict: b; 2 of 2 requirements held" + apart},
		"ran, and only recorded it": {run(a, reports.Result{ID: "b", Scenario: "b", Core: true, Verdict: reports.Passed, Proves: []string{}}),
			"conformant for p: 1 of 1 requirements held; features not declared: f; 1 not provable on this endpoint; 3 that no scenario can assert"},
		"failed before it came to it": {run(a, reports.Result{ID: "b", Scenario: "b", Verdict: reports.Failed, Findings: []reports.Finding{{Requirement: "X", Weight: reports.Failure}}}),
			"inconclusive for p: 1 core requirement not tested: B; 1 of 2 requirements held" + apart},
		"a case not run":                   {run(a, elsewhere(result("b", reports.NotRun))), "inconclusive for p: 1 core requirement not tested: B; 1 of 2 requirements held" + apart},
		"narrowed":                         {run(a), "inconclusive for p: 1 core requirement not tested: B; 1 of 2 requirements held" + apart},
		"nothing could be proved":          {run(elsewhere(result("a", reports.Skipped)), elsewhere(result("b", reports.Skipped))), "inconclusive for p: no requirement of the profile was tested; features not declared: f; 2 not provable on this endpoint; 3 that no scenario can assert"},
		"not complete":                     {with(run(a, b), cut), "inconclusive for p: the run is not complete; 2 of 2 requirements held" + apart},
		"interrupted":                      {with(run(a, b), interrupt), "inconclusive for p: the run was interrupted; 2 of 2 requirements held" + apart},
		"a requirement that nobody knows":  {with(run(a, b), unknown), "inconclusive for p: 3 core requirements not tested: C, O, U; 2 of 5 requirements held; features not declared: f"},
		"broken feature, not declared":     {run(a, b, result("f", reports.Failed)), "conformant for p: 2 of 2 requirements held" + apart},
		"broken feature, declared":         {with(run(a, b, result("f", reports.Failed)), claimed), "not conformant for p: 1 f requirement broken: F; 2 of 3 requirements held; 3 that no scenario can assert"},
		"feature declared and not tested":  {with(run(a, b), claimed), "inconclusive for p: 1 f requirement not tested: F; 2 of 3 requirements held; 3 that no scenario can assert"},
		"feature declared and held":        {with(run(a, b, result("f", reports.Passed)), claimed), "conformant for p: 3 of 3 requirements held; 3 that no scenario can assert"},
		"held by a case that ended in one": {run(a, broke(result("b", reports.Error))), "not conformant for p: 1 core requirement broken: B; 1 of 2 requirements held" + apart},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, certify.Judge(profile, test.report).Reason); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

// broke adds a failure to a case that ended in an error afterwards.
func broke(r reports.Result) reports.Result {
	r.Findings = []reports.Finding{{Requirement: "B", Weight: reports.Failure}}
	return r
}

func TestTheTalliesNameWhatDoesNotCount(t *testing.T) {
	got := certify.Judge(profile, with(run(a, elsewhere(result("b", reports.Skipped)), result("f", reports.Warned)), claimed))
	want := reports.Certification{Profile: "p", Title: "P", Verdict: reports.ConformantWithWarnings,
		Reason: "conformant with warnings for p: 1 f requirement broken as a warning: F; 1 of 2 requirements held; 1 not provable on this endpoint; 3 that no scenario can assert",
		Core:   reports.Tally{Held: 1, Broken: []string{}, Warned: []string{}, NotTested: []string{}, Total: 1, NotProvable: []string{"B"}, NotCounted: []string{"C", "O", "U"}},
		Features: []reports.FeatureResult{{Name: "f", Claimed: true, Verdict: reports.ConformantWithWarnings,
			Tally: reports.Tally{Broken: []string{}, Warned: []string{"F"}, NotTested: []string{}, Total: 1}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestARunForAProfileIsGreenOnlyIfBothVerdictsAre(t *testing.T) {
	verdicts := []reports.RunVerdict{reports.Conformant, reports.ConformantWithWarnings, reports.NotConformant, reports.Inconclusive}
	codes := map[reports.RunVerdict]int{reports.Conformant: 0, reports.ConformantWithWarnings: 0, reports.NotConformant: 1, reports.Inconclusive: 3}
	for _, of := range verdicts {
		for _, certified := range verdicts {
			r := reports.Report{Complete: true, Verdict: of, Counts: reports.Counts{Total: 1, Passed: 1}, Certification: &reports.Certification{Verdict: certified}}
			want := max(codes[of], codes[certified])
			if codes[of] == 1 || codes[certified] == 1 {
				want = 1
			}
			if got := reports.ExitCode(r); got != want {
				t.Errorf("run %s, certification %s: exit code %d, wanted %d", of, certified, got, want)
			}
			r.Interrupted = true
			if got := reports.ExitCode(r); got != reports.ExitInterrupted {
				t.Errorf("interrupted: %d", got)
			}
		}
	}
	green := reports.Report{Complete: true, Verdict: reports.Conformant, Counts: reports.Counts{Total: 1, Passed: 1}, Baseline: &reports.Comparison{},
		Certification: &reports.Certification{Verdict: reports.NotConformant}}
	if got := reports.ExitCode(green); got != reports.ExitNotConformant {
		t.Errorf("nothing is worse than before, but the certification is not given: %d", got)
	}
}
