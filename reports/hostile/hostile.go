// Package hostile makes reports whose every text is meant to break a report: for
// tests only. Nothing but test files imports it.
//
// A report is as the program makes it (summarised, ids unique, verdicts that agree
// with their findings), so that whatever a writer makes of it is the writer's doing.
package hostile

import (
	"math/rand/v2"
	"time"

	"esconform/reports"
)

// Option changes what Report makes.
type Option func(*maker)

// VendorIDs makes ids of folder names as nobody should choose them: with dots,
// spaces, markup, control and non-ASCII characters, up to 600 characters long, and
// some that differ in white space or letter case alone.
func VendorIDs() Option { return func(m *maker) { m.vendor = true } }

// Huge makes one text in about 500 long, up to that many bytes. Without it the
// longest text has some kilobytes.
func Huge(most int) Option { return func(m *maker) { m.huge = most } }

// Report makes a report with that many cases, over all verdicts. The same state of
// the random numbers gives the same report.
func Report(rng *rand.Rand, cases int, options ...Option) reports.Report {
	m := &maker{rng: rng, ids: make(map[string]bool, cases), start: epoch.Add(time.Duration(rng.IntN(1e9)) * time.Millisecond)}
	for _, option := range options {
		option(m)
	}
	m.requirements = m.makeRequirements()
	m.results = make([]reports.Result, 0, cases)
	for range cases {
		m.results = append(m.results, m.result())
	}
	return reports.Summarise(m.report())
}

// epoch is the earliest time at which a run begins.
var epoch = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// maker makes one report.
type maker struct {
	rng          *rand.Rand
	vendor       bool
	huge         int
	start        time.Time
	ids          map[string]bool
	results      []reports.Result
	requirements []reports.Requirement
}

func (m *maker) report() reports.Report {
	r := reports.Report{
		SchemaVersion: reports.SchemaVersion, RunID: m.text(), Complete: m.once(4), Interrupted: m.once(9),
		Target: reports.Target{URL: m.text(), Product: m.text(), Version: m.text(), Vendor: m.text(), Username: m.text(),
			Sites: m.texts(2), States: map[string]string{m.text(): m.text()}, TLSUnverified: m.once(2)},
		Profile: m.text(), SuiteVersion: m.text(), Challenge: m.text(), MaxDepth: m.rng.IntN(200), Engine: m.text(), Strict: m.once(2),
		StartedAt: m.start, FinishedAt: m.start.Add(time.Duration(m.rng.IntN(1e6)) * time.Millisecond),
		Selection: reports.Selection{Only: m.texts(2), Labels: m.text(), ReadOnly: m.once(3), Seed: m.rng.Uint64(), Repeat: 3},
		Library:   reports.Library{Scenarios: len(m.results), Cases: len(m.results) + 1, SelectedScenarios: len(m.results), SelectedCases: len(m.results)},
		Residue:   m.texts(3), Scenarios: m.results, Requirements: m.requirements,
	}
	if m.once(2) {
		r.Selection.Shard = &reports.Shard{Index: 1, Of: 3}
	}
	if m.once(2) {
		r.Baseline = m.comparison()
	}
	return r
}

// comparison names some of the report's cases and some that it does not have.
func (m *maker) comparison() *reports.Comparison {
	c := &reports.Comparison{Report: m.text(), Worse: []reports.Change{}, Better: []reports.Change{},
		Appeared: []string{}, Vanished: m.texts(2), LostCoverage: []string{m.requirement().ID}}
	for i, r := range m.results {
		if i == 10 {
			break
		}
		change := reports.Change{ID: r.ID, From: reports.Passed, To: r.Verdict, New: r.Broken()}
		if r.Verdict.Worse(reports.Warned) {
			c.Worse = append(c.Worse, change)
		} else {
			c.Appeared = append(c.Appeared, r.ID)
		}
	}
	return c
}

// makeRequirements gives requirements of the names that the program knows, and a few
// of names that only a foreign report has.
func (m *maker) makeRequirements() []reports.Requirement {
	names := []string{"REL-07", "STA-04", "GEN-04", "PER-CREATE-01", "PER-READ-07", "SEC-13", "STD-HTTP-2"}
	for range 3 {
		names = append(names, m.text())
	}
	levels, classes := []string{"must", "should", "may"}, []string{"verified", "observed", "client", "untestable"}
	seen := make(map[string]bool)
	var list []reports.Requirement
	for _, id := range names {
		if seen[id] {
			continue
		}
		seen[id] = true
		list = append(list, reports.Requirement{ID: id, Area: m.text(), Level: pick(m, levels), Statement: m.text(), Source: m.text(),
			Confidence: m.text(), Class: pick(m, classes), VerifiedBy: m.texts(2), Reason: m.text()})
	}
	return list
}

func (m *maker) requirement() reports.Requirement { return pick(m, m.requirements) }

// once is true one time in n.
func (m *maker) once(n int) bool { return m.rng.IntN(n) == 0 }

func pick[T any](m *maker, list []T) T { return list[m.rng.IntN(len(list))] }
