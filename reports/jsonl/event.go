// Package jsonl keeps a run on disk while it goes on: events.jsonl, one JSON object
// a line, to which a header, the results as they come and a footer are appended, so
// that a crash loses nothing that was judged. report.json is rendered from the same
// events; the two files always agree.
package jsonl

import (
	"fmt"
	"time"

	"esconform/reports"
)

// The values of the field "event".
const (
	headerEvent = "header"
	resultEvent = "result"
	footerEvent = "footer"
)

// Header is the first line: what is known before anything was sent.
type Header struct {
	SchemaVersion string                `json:"schemaVersion"`
	RunID         string                `json:"runId"`
	Target        reports.Target        `json:"target"`
	Profile       string                `json:"profile"`
	SuiteVersion  string                `json:"suiteVersion"`
	Challenge     string                `json:"challenge,omitempty"`
	MaxDepth      int                   `json:"maxDepth,omitempty"`
	Engine        string                `json:"engine"`
	Strict        bool                  `json:"strict"`
	StartedAt     time.Time             `json:"startedAt"`
	Selection     reports.Selection     `json:"selection"`
	Library       reports.Library       `json:"library"`
	Planned       int                   `json:"planned"` // cases in the plan, skipped ones included
	Cases         []Planned             `json:"cases"`   // the same, by name
	Requirements  []reports.Requirement `json:"requirements"`
}

// Planned is a case of the plan: enough to report it when the run ended before it.
type Planned struct {
	ID       string `json:"id"`
	Scenario string `json:"scenario"`
	Title    string `json:"title"`
	Area     string `json:"area"`
	Core     bool   `json:"core"`
}

// Footer is the last line: what is known only when the run has ended. Its verdict
// and counts follow from the results; they stand here so that a reader of lines
// need not compute them, and so that a file that lost a line is found out.
type Footer struct {
	FinishedAt    time.Time              `json:"finishedAt"`
	Verdict       reports.RunVerdict     `json:"verdict"`
	Reason        string                 `json:"reason"`
	Counts        reports.Counts         `json:"counts"`
	Complete      bool                   `json:"complete"`
	Interrupted   bool                   `json:"interrupted"`
	Residue       []string               `json:"residue,omitempty"`
	Baseline      *reports.Comparison    `json:"baseline,omitempty"`
	Certification *reports.Certification `json:"certification,omitempty"`
}

// The lines, as they are written.
type (
	headerLine struct {
		Event string `json:"event"`
		Header
	}
	resultLine struct {
		Event string `json:"event"`
		reports.Result
	}
	footerLine struct {
		Event string `json:"event"`
		Footer
	}
)

// HeaderOf takes the header's facts from a report; plan holds a result for each case
// that is to be run or skipped, of which only the place in the suite is taken.
func HeaderOf(r reports.Report, plan []reports.Result) Header {
	cases := make([]Planned, len(plan))
	for i, c := range plan {
		cases[i] = Planned{ID: c.ID, Scenario: c.Scenario, Title: c.Title, Area: c.Area, Core: c.Core}
	}
	return Header{SchemaVersion: r.SchemaVersion, RunID: r.RunID, Target: r.Target, Profile: r.Profile,
		SuiteVersion: r.SuiteVersion, Challenge: r.Challenge, MaxDepth: r.MaxDepth, Engine: r.Engine, Strict: r.Strict,
		StartedAt: r.StartedAt, Selection: r.Selection, Library: r.Library, Planned: len(plan), Cases: cases, Requirements: r.Requirements}
}

// report is the inverse of HeaderOf: a report without results.
func (h Header) report() reports.Report {
	return reports.Report{SchemaVersion: h.SchemaVersion, RunID: h.RunID, Target: h.Target, Profile: h.Profile,
		SuiteVersion: h.SuiteVersion, Challenge: h.Challenge, MaxDepth: h.MaxDepth, Engine: h.Engine, Strict: h.Strict,
		StartedAt: h.StartedAt, Selection: h.Selection, Library: h.Library, Requirements: h.Requirements}
}

// check refuses a plan that does not agree with itself.
func (h Header) check() error {
	seen := make(map[string]bool, len(h.Cases))
	for _, c := range h.Cases {
		if seen[c.ID] {
			return fmt.Errorf("case %q is planned twice", c.ID)
		}
		seen[c.ID] = true
	}
	if len(h.Cases) != h.Planned {
		return fmt.Errorf("%d cases are planned, and %d are listed", h.Planned, len(h.Cases))
	}
	return nil
}

// missing returns a result for each case of the plan that has none: the run ended
// before it.
func (h Header) missing(results []reports.Result) []reports.Result {
	seen := make(map[string]bool, len(results))
	for _, r := range results {
		seen[r.ID] = true
	}
	var rest []reports.Result
	for _, c := range h.Cases {
		if !seen[c.ID] {
			rest = append(rest, reports.Result{ID: c.ID, Scenario: c.Scenario, Title: c.Title, Area: c.Area, Core: c.Core,
				Verdict: reports.NotRun, Reason: endedBefore, StartedAt: h.StartedAt})
		}
	}
	return rest
}

// endedBefore is the reason of a case that a run without footer has no result for.
const endedBefore = "the run ended before it: it was killed, or its events were cut off"

// FooterOf takes the footer's facts from a summarised report.
func FooterOf(r reports.Report) Footer {
	return Footer{FinishedAt: r.FinishedAt, Verdict: r.Verdict, Reason: r.Reason, Counts: r.Counts,
		Complete: r.Complete, Interrupted: r.Interrupted, Residue: r.Residue, Baseline: r.Baseline, Certification: r.Certification}
}
