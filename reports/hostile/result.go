package hostile

import (
	"fmt"
	"math"
	"time"

	"esconform/reports"
)

// result makes a case of a random verdict, with all that goes with the verdict.
func (m *maker) result() reports.Result {
	p := m.place()
	r := reports.Result{
		ID: p.id, Scenario: p.scenario, Area: p.area, Title: m.text(), Source: m.text(), Labels: m.texts(2), Operations: m.texts(2),
		Core: m.once(2), Verdict: pick(m, reports.Words()), Site: m.text(), StartedAt: m.start.Add(time.Duration(m.rng.IntN(1e6)) * time.Millisecond),
		DurationMS: m.duration(), Exchanges: m.rng.IntN(9), Steps: m.steps(p.id),
		Proves: []string{m.requirement().ID, m.requirement().ID},
	}
	for range m.rng.IntN(2) {
		r.Observations = append(r.Observations, reports.Observation{Requirement: m.requirement().ID, Step: 1, Path: m.text(), Reading: m.text(), Value: m.text()})
	}
	if r.Verdict != reports.Passed {
		r.Evidence, r.Reproduce = m.evidence(p.id, ""), "esconform run --endpoint "+m.text()+" --only "+p.id
	}
	m.judge(&r)
	if m.once(5) && r.Verdict.Judged() {
		r.Repeats = []reports.Verdict{r.Verdict, reports.Passed, r.Verdict}
	}
	return r
}

// judge adds the findings, the reason and the entry that make the verdict.
func (m *maker) judge(r *reports.Result) {
	switch r.Verdict {
	case reports.Warned:
		r.Findings = m.findings(r.ID, reports.Warning)
	case reports.Failed:
		r.Findings = append(m.findings(r.ID, reports.Warning)[1:], m.findings(r.ID, reports.Failure)...)
	case reports.Error:
		r.Reason, r.Findings = m.text(), append(m.findings(r.ID, reports.Warning)[1:], m.findings(r.ID, reports.Trouble)...)
	case reports.KnownFailure:
		r.Reason, r.Known, r.Findings = m.text(), m.known(r.ID), m.findings(r.ID, reports.Failure)
	case reports.UnexpectedPass:
		r.Reason, r.Known = m.text(), m.known(r.ID)
	case reports.Skipped, reports.NotRun:
		r.Reason, r.Proves, r.Steps, r.Observations = m.text(), nil, nil, nil
	}
}

func (m *maker) known(id string) *reports.Known {
	return &reports.Known{Entry: id, Place: m.text(), Requirement: m.requirement().ID, Message: m.text(), Owner: m.text(), Reason: m.text(), Link: m.text(), Expires: "2027-12-31"}
}

// duration is now and then one that no clock shows.
func (m *maker) duration() int64 {
	if m.once(50) {
		return pick(m, []int64{-1, math.MinInt64, math.MaxInt64, 0})
	}
	return m.rng.Int64N(100_000)
}

func (m *maker) findings(id string, w reports.Weight) []reports.Finding {
	list := make([]reports.Finding, 1+m.rng.IntN(2))
	for i := range list {
		list[i] = m.finding(id, w)
	}
	return list
}

func (m *maker) finding(id string, w reports.Weight) reports.Finding {
	q := m.requirement()
	f := reports.Finding{Requirement: q.ID, Statement: q.Statement, Source: q.Source, Weight: w, Message: m.text(), Step: m.rng.IntN(4) - 1,
		Operation: m.text(), Path: m.text(), Line: m.rng.IntN(300), Wanted: m.text(), Got: m.text(), Response: m.evidence(id, "response")}
	if w == reports.Trouble && m.once(2) {
		f.Requirement, f.Statement, f.Source = "", "", ""
	}
	switch m.rng.IntN(3) {
	case 0:
		f.Expectation = m.text()
	case 1:
		f.Expectation = fmt.Sprintf("%s/scenario.yaml:%d", id, 1+m.rng.IntN(99))
	}
	for range m.rng.IntN(4) {
		f.Diff = append(f.Diff, reports.Diff{Op: pick(m, []string{"-", "+", " "}), Text: m.text()})
	}
	for i := range m.rng.IntN(4) {
		f.Excerpt = append(f.Excerpt, reports.ExcerptLine{Number: f.Line + i, Text: m.text(), Marked: i == 0})
	}
	return f
}

func (m *maker) steps(id string) []reports.Step {
	list := make([]reports.Step, m.rng.IntN(3))
	for i := range list {
		list[i] = reports.Step{Number: i + 1, Operation: m.text(), Given: m.text(), Attempt: m.rng.IntN(2), Page: m.rng.IntN(2), Status: pick(m, []int{0, 200, 500, 999}),
			Fault: m.text(), StartUS: int64(i) * 1000, DurationUS: m.rng.Int64N(1e6), Request: m.evidence(id, "request"), Response: m.evidence(id, "response")}
	}
	return list
}

// evidence names a file as the program does; one in five is a name that a forged
// report may hold. Without a kind it is the folder of the case.
func (m *maker) evidence(id, kind string) string {
	switch {
	case m.once(5):
		return m.text()
	case kind == "":
		return "evidence/" + id
	}
	return fmt.Sprintf("evidence/%s/%d-readPerson.%s.xml", id, 1+m.rng.IntN(3), kind)
}
