package baseline_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/reports/baseline"
)

// covering is a report in which each requirement has that outcome.
func covering(outcomes map[string]string) reports.Report {
	var r reports.Report
	for _, id := range []string{"A", "B", "C", "D"} {
		if outcome, there := outcomes[id]; there {
			r.Requirements = append(r.Requirements, reports.Requirement{ID: id, Outcome: outcome})
		}
	}
	return r
}

func TestARequirementThatIsNoLongerTestedIsLost(t *testing.T) {
	old := covering(map[string]string{"A": reports.Held, "B": reports.Broken, "C": reports.Observed, "D": reports.NotTested})
	for name, test := range map[string]struct {
		now  map[string]string
		want []string
	}{
		"all as before":           {map[string]string{"A": reports.Held, "B": reports.Broken, "C": reports.Observed, "D": reports.NotTested}, nil},
		"held and broken change":  {map[string]string{"A": reports.Broken, "B": reports.Held, "C": reports.Held, "D": reports.Held}, nil},
		"nothing is tested":       {map[string]string{"A": reports.NotTested, "B": reports.NotTested, "C": reports.NotTested}, []string{"A", "B", "C"}},
		"the rules are gone":      {nil, []string{"A", "B", "C"}},
		"asserted, then observed": {map[string]string{"A": reports.Observed, "B": reports.Observed, "C": reports.Observed}, []string{"A", "B"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, baseline.Compare(old, covering(test.now)).LostCoverage); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

// What a narrower run does not select is no coverage that it lost.
func TestCoverageIsComparedWithinWhatWasSelected(t *testing.T) {
	proving := func(id string) reports.Result {
		return reports.Result{ID: id, Verdict: reports.Passed, Proves: []string{id}}
	}
	rules := []reports.Requirement{{ID: "A"}, {ID: "B"}}
	old := reports.Summarise(reports.Report{Requirements: rules, Scenarios: []reports.Result{proving("A"), proving("B")}})
	now := reports.Summarise(reports.Report{Requirements: rules, Scenarios: []reports.Result{proving("A")}})
	restricted := baseline.Restrict(old, func(r reports.Result) bool { return r.ID == "A" })
	if got := baseline.Compare(restricted, now).LostCoverage; got != nil {
		t.Errorf("lost %v", got)
	}
	if diff := cmp.Diff([]string{"B"}, baseline.Compare(old, now).LostCoverage); diff != "" {
		t.Errorf("not restricted: - wanted + got\n%s", diff)
	}
}

func TestRunsThatAreNotAlikeAreComparedWithCaveats(t *testing.T) {
	run := func(change func(*reports.Report)) reports.Report {
		r := reports.Report{SchemaVersion: "1.0", SuiteVersion: "1.0 fixtures:aaaa", Profile: "p", Engine: "libxml2", Complete: true,
			Target: reports.Target{Product: "P", Version: "1"}}
		change(&r)
		return r
	}
	same := run(func(*reports.Report) {})
	for name, test := range map[string]struct {
		change func(*reports.Report)
		want   []string
	}{
		"alike":                         {func(*reports.Report) {}, nil},
		"another version of what it is": {func(r *reports.Report) { r.Target.Version = "0.9" }, nil},
		"another suite": {func(r *reports.Report) { r.SuiteVersion = "0.9 fixtures:bbbb" },
			[]string{"the earlier run has another suite: 0.9 fixtures:bbbb, now 1.0 fixtures:aaaa"}},
		"another schema version": {func(r *reports.Report) { r.SchemaVersion = "0.9" },
			[]string{"the earlier run has another schema version: 0.9, now 1.0"}},
		"another product and profile": {func(r *reports.Report) { r.Target.Product, r.Profile = "", "q" },
			[]string{"the earlier run has another profile: q, now p", "the earlier run has another product: none, now P"}},
		"another engine": {func(r *reports.Report) { r.Engine = "helium" }, []string{"the earlier run has another XSD engine: helium, now libxml2"}},
		"strict":         {func(r *reports.Report) { r.Strict = true }, []string{"the earlier run was strict, this one is not strict"}},
		"cut short": {func(r *reports.Report) { r.Complete, r.Reason = false, "inconclusive: it was killed" },
			[]string{"the earlier run did not end as planned: inconclusive: it was killed"}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, baseline.Compare(run(test.change), same).Caveats); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}
