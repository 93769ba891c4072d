// Package jsonl keeps a run on disk while it goes on: events.jsonl, one JSON object
// a line, to which a header, the results as they come and a footer are appended, so
// that a crash loses nothing that was judged. report.json is rendered from the same
// events; the two files always agree.
package jsonl

import (
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
	Engine        string                `json:"engine"`
	Strict        bool                  `json:"strict"`
	StartedAt     time.Time             `json:"startedAt"`
	Selection     reports.Selection     `json:"selection"`
	Library       reports.Library       `json:"library"`
	Planned       int                   `json:"planned"` // cases in the plan, skipped ones included
	Requirements  []reports.Requirement `json:"requirements"`
}

// Footer is the last line: what is known only when the run has ended. Its verdict
// and counts follow from the results; they stand here so that a reader of lines
// need not compute them, and so that a file that lost a line is found out.
type Footer struct {
	FinishedAt  time.Time           `json:"finishedAt"`
	Verdict     reports.RunVerdict  `json:"verdict"`
	Reason      string              `json:"reason"`
	Counts      reports.Counts      `json:"counts"`
	Complete    bool                `json:"complete"`
	Interrupted bool                `json:"interrupted"`
	Residue     []string            `json:"residue,omitempty"`
	Baseline    *reports.Comparison `json:"baseline,omitempty"`
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

// HeaderOf takes the header's facts from a report; planned is the number of cases
// in the plan.
func HeaderOf(r reports.Report, planned int) Header {
	return Header{SchemaVersion: r.SchemaVersion, RunID: r.RunID, Target: r.Target, Profile: r.Profile,
		SuiteVersion: r.SuiteVersion, Engine: r.Engine, Strict: r.Strict, StartedAt: r.StartedAt,
		Selection: r.Selection, Library: r.Library, Planned: planned, Requirements: r.Requirements}
}

// report is the inverse of HeaderOf: a report without results.
func (h Header) report() reports.Report {
	return reports.Report{SchemaVersion: h.SchemaVersion, RunID: h.RunID, Target: h.Target, Profile: h.Profile,
		SuiteVersion: h.SuiteVersion, Engine: h.Engine, Strict: h.Strict, StartedAt: h.StartedAt,
		Selection: h.Selection, Library: h.Library, Requirements: h.Requirements}
}

// FooterOf takes the footer's facts from a summarised report.
func FooterOf(r reports.Report) Footer {
	return Footer{FinishedAt: r.FinishedAt, Verdict: r.Verdict, Reason: r.Reason, Counts: r.Counts,
		Complete: r.Complete, Interrupted: r.Interrupted, Residue: r.Residue, Baseline: r.Baseline}
}
