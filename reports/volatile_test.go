package reports_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

// said is a report of a run at that time; everything that may differ does.
func said(at time.Time, id string) reports.Report {
	stamp := at.Format(time.RFC3339Nano)
	return reports.Report{
		RunID: id, StartedAt: at, FinishedAt: at.Add(time.Hour), Verdict: reports.NotConformant,
		Target: reports.Target{URL: "http://127.0.0.1:" + id, Username: "main-" + id, Product: "sandbox"},
		Scenarios: []reports.Result{{
			ID: "a/b", StartedAt: at, DurationMS: at.UnixMilli(), Reproduce: "esconform run --endpoint " + id, Verdict: reports.Failed,
			Findings: []reports.Finding{{Requirement: "SEC-13", Message: "Expires is '" + stamp + "'.", Wanted: stamp, Got: "5 minutes after " + stamp,
				Diff: []reports.Diff{{Op: "-", Text: stamp}}, Line: 3}},
			Observations: []reports.Observation{{Requirement: "PER-READ-07", Value: stamp + ", {key:Child1}"}},
		}},
	}
}

func TestReportsOfTwoRunsAreTheSameWithoutWhatIsVolatile(t *testing.T) {
	first := said(time.Date(2030, 1, 2, 3, 4, 5, 600_000_000, time.UTC), "1001")
	second := said(time.Date(2031, 7, 8, 9, 10, 11, 0, time.FixedZone("", 7200)), "2002")
	if cmp.Diff(first, second) == "" {
		t.Fatal("the reports do not differ")
	}
	before := said(first.StartedAt, "1001")
	one := reports.Normalise(first)
	if diff := cmp.Diff(one, reports.Normalise(second)); diff != "" {
		t.Errorf("(-first +second)\n%s", diff)
	}
	if diff := cmp.Diff(before, first); diff != "" {
		t.Errorf("the argument was changed (-before +after)\n%s", diff)
	}
	want := reports.Finding{Requirement: "SEC-13", Message: "Expires is '{time}'.", Wanted: "{time}", Got: "5 minutes after {time}",
		Diff: []reports.Diff{{Op: "-", Text: "{time}"}}, Line: 3}
	if diff := cmp.Diff(want, one.Scenarios[0].Findings[0]); diff != "" {
		t.Errorf("what is not volatile stays (-want +got)\n%s", diff)
	}
	if got := one.Scenarios[0].Observations[0].Value; got != "{time}, {key:Child1}" {
		t.Errorf("observation %q", got)
	}
}

func TestWhatAnEndpointAnswersIsNotVolatile(t *testing.T) {
	at := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	for name, change := range map[string]func(*reports.Report){
		"a verdict":      func(r *reports.Report) { r.Scenarios[0].Verdict = reports.Passed },
		"a message":      func(r *reports.Report) { r.Scenarios[0].Findings[0].Message = "Expires is missing." },
		"an observation": func(r *reports.Report) { r.Scenarios[0].Observations[0].Value = "absent" },
		"a place":        func(r *reports.Report) { r.Scenarios[0].Findings[0].Line = 4 },
		"a product":      func(r *reports.Report) { r.Target.Product = "another" },
	} {
		changed := said(at, "1")
		change(&changed)
		if cmp.Diff(reports.Normalise(said(at, "1")), reports.Normalise(changed)) == "" {
			t.Errorf("%s makes no difference", name)
		}
	}
}
