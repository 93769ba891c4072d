// Package changes compares two runs: the cases whose verdict or findings changed,
// those that only one run has, and under which conditions each was made. What changed
// in the responses is found elsewhere and only held here.
package changes

import (
	"time"

	"esconform/reports"
)

// SchemaVersion is the version of fixtures/schema/diff-runs.schema.json.
const SchemaVersion = "1.0"

// Changes is what differs between two runs, A the earlier and B the later one.
type Changes struct {
	SchemaVersion string      `json:"schemaVersion"`
	A             Run         `json:"a"`
	B             Run         `json:"b"`
	Conditions    []Condition `json:"conditions"` // what else differs; explains changes and is none
	Cases         []Case      `json:"cases"`      // sorted by id
	OnlyA         []Only      `json:"onlyA"`      // sorted by id
	OnlyB         []Only      `json:"onlyB"`
	// Responses are those of cases whose verdict is the same, in the order of case
	// and step.
	Responses []Response `json:"responses"`
	// ResponsesCompared says whether they were looked for.
	ResponsesCompared bool `json:"responsesCompared"`
	// Uncompared are the cases with the same verdict whose responses could not be
	// compared, sorted by id.
	Uncompared []Uncompared `json:"uncompared"`
}

// Run names one of the two.
type Run struct {
	Name         string             `json:"name"` // as it was named on the command line
	RunID        string             `json:"runId"`
	URL          string             `json:"url"`
	StartedAt    time.Time          `json:"startedAt"`
	SuiteVersion string             `json:"suiteVersion"`
	Verdict      reports.RunVerdict `json:"verdict"`
	Reason       string             `json:"reason"`
	Complete     bool               `json:"complete"`
}

// Condition is something other than the answers in which the runs differ.
type Condition struct {
	Name string `json:"name"`
	A    string `json:"a"`
	B    string `json:"b"`
}

// The directions of a change.
const (
	Worse  = "worse"
	Better = "better"
	Other  = "other" // other findings, or another verdict that is neither
)

// Case is a case whose verdict changed, or which breaks other requirements.
type Case struct {
	ID        string          `json:"id"`
	From      reports.Verdict `json:"from"`
	To        reports.Verdict `json:"to"`
	Direction string          `json:"direction"` // worse, better, other
	// Broken are the requirements that only B breaks, or breaks as a failure where A
	// had a warning; Fixed are those the other way round.
	Broken []string `json:"broken"`
	Fixed  []string `json:"fixed"`
}

// Only is a case that one run has and the other has not.
type Only struct {
	ID      string          `json:"id"`
	Verdict reports.Verdict `json:"verdict"`
}

// Response is a response that changed.
type Response struct {
	ID          string       `json:"id"`   // of the case, or case~2 of its second repetition
	Step        int          `json:"step"` // as in reports.Step: from 1, or GivenStep, ProbeStep
	Operation   string       `json:"operation,omitempty"`
	Given       string       `json:"given,omitempty"`
	Attempt     int          `json:"attempt,omitempty"` // of B
	Page        int          `json:"page,omitempty"`
	A           string       `json:"a,omitempty"` // names of the responses in the logs of the evidence
	B           string       `json:"b,omitempty"`
	Differences []Difference `json:"differences"` // bounded
	More        int          `json:"more,omitempty"`
}

// The kinds of Difference.
const (
	Changed = "changed"
	Missing = "missing" // only A has it
	Added   = "added"   // only B has it
)

// Difference is one place of a response: its path and line in B's (of what is
// missing, where it would be), what A had there and what B has, bounded.
type Difference struct {
	Kind   string `json:"kind"`
	Path   string `json:"path"`
	Line   int    `json:"line,omitempty"`
	Wanted string `json:"wanted,omitempty"`
	Got    string `json:"got,omitempty"`
}

// Uncompared is a case whose responses could not be compared, and why.
type Uncompared struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// None says that nothing changed. It says nothing about what could not be compared.
func (c Changes) None() bool {
	return len(c.Cases)+len(c.OnlyA)+len(c.OnlyB)+len(c.Responses) == 0
}
