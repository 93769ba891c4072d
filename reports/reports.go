// Package reports holds the result model of a run: one value, from which every
// report is written by a pure function. It knows the verdict words and how they
// add up; it knows nothing of XML, HTTP or scenarios.
package reports

import "time"

// SchemaVersion is the version of the result model (fixtures/schema/report.schema.json).
const SchemaVersion = "1.0"

// Verdict is the outcome of one scenario case.
type Verdict string

// The verdicts of a scenario case, from best to worst where they compare.
const (
	Passed         Verdict = "passed"
	Warned         Verdict = "warned"
	Failed         Verdict = "failed"
	Error          Verdict = "error"
	Skipped        Verdict = "skipped"
	KnownFailure   Verdict = "known-failure"
	UnexpectedPass Verdict = "unexpected-pass"
	NotRun         Verdict = "not-run"
)

// RunVerdict is the outcome of a run.
type RunVerdict string

// The verdicts of a run.
const (
	Conformant             RunVerdict = "conformant"
	ConformantWithWarnings RunVerdict = "conformant with warnings"
	NotConformant          RunVerdict = "not conformant"
	Inconclusive           RunVerdict = "inconclusive"
)

// Weight says how much a finding weighs.
type Weight string

// The weights: a failure makes the case failed, a warning makes it warned, an
// error is our own, the network's or the configuration's.
const (
	Failure Weight = "failure"
	Warning Weight = "warning"
	Trouble Weight = "error"
)

// Finding is one judged difference. It cites exactly one requirement; only a
// finding of weight Trouble may cite none.
type Finding struct {
	Requirement string `json:"requirement,omitempty"`
	Statement   string `json:"statement,omitempty"` // the requirement's sentence
	Source      string `json:"source,omitempty"`    // the page or standard that it rests on
	Weight      Weight `json:"weight"`
	Message     string `json:"message"` // one sentence: what happened, where
	Step        int    `json:"step"`    // 1-based; 0 when no step is concerned
	Operation   string `json:"operation,omitempty"`
	Expectation string `json:"expectation,omitempty"` // file:line of the expectation; empty for universal checks
	Path        string `json:"path,omitempty"`        // where in the response
	Line        int    `json:"line,omitempty"`        // line of the response; 0 when none
	Wanted      string `json:"wanted,omitempty"`
	Got         string `json:"got,omitempty"`
	Diff        []Diff `json:"diff,omitempty"` // the smallest difference
	// Excerpt is the part of the response around the place, bounded; nil when no place
	// in a response is concerned.
	Excerpt  []ExcerptLine `json:"excerpt,omitempty"`
	Response string        `json:"response,omitempty"` // evidence file, relative to the output folder
}

// ExcerptLine is a line of a response as it is shown. A long line of the response is
// shown as several, which have the same number.
type ExcerptLine struct {
	Number int    `json:"number"` // in the response, 1-based
	Text   string `json:"text"`
	Marked bool   `json:"marked,omitempty"` // the place of the finding
}

// Diff is one line of a difference: Op "-" for what was wanted, "+" for what came,
// " " for context.
type Diff struct {
	Op   string `json:"op"`
	Text string `json:"text"`
}

// Observation is something that is recorded and never asserted.
type Observation struct {
	Requirement string `json:"requirement"`
	Step        int    `json:"step"`
	Path        string `json:"path,omitempty"`
	Reading     string `json:"reading,omitempty"` // the documented reading that the endpoint follows
	Value       string `json:"value,omitempty"`
}

// The numbers of steps that are not a scenario's own.
const (
	GivenStep = 0  // what a scenario needs first was made
	ProbeStep = -1 // a plain read, to tell the endpoint's fault from the network's
)

// Step is one exchange of a case, in the order in which they were sent.
type Step struct {
	Number     int    `json:"number"`              // 1-based; or GivenStep, ProbeStep
	Operation  string `json:"operation,omitempty"` // empty for a raw request
	Given      string `json:"given,omitempty"`     // what was made first
	Attempt    int    `json:"attempt,omitempty"`   // from 0; higher where a step was repeated until it held
	Page       int    `json:"page,omitempty"`      // of a step that reads page after page, from 1
	Status     int    `json:"status"`              // HTTP; 0 when there was no answer
	Fault      string `json:"fault,omitempty"`     // why there was no usable answer
	StartUS    int64  `json:"startUs"`             // microseconds after the case began
	DurationUS int64  `json:"durationUs"`          // microseconds
	Request    string `json:"request,omitempty"`   // evidence files, relative to the output folder
	Response   string `json:"response,omitempty"`
}

// Known is the entry of the list of known failures that a case is on.
type Known struct {
	Entry       string `json:"entry"`                 // the id pattern
	Place       string `json:"place"`                 // file:line of the entry
	Requirement string `json:"requirement,omitempty"` // that is expected to be broken
	Message     string `json:"message,omitempty"`     // that a finding is expected to contain
	Owner       string `json:"owner"`
	Reason      string `json:"reason"`
	Link        string `json:"link,omitempty"`
	Expires     string `json:"expires"` // last day, YYYY-MM-DD
}

// Result is the outcome of one scenario case.
type Result struct {
	ID           string        `json:"id"`       // scenario, or scenario/case
	Scenario     string        `json:"scenario"` // the folder
	Title        string        `json:"title"`
	Area         string        `json:"area"` // first two elements of the id, e.g. imses/person
	Source       string        `json:"source,omitempty"`
	Labels       []string      `json:"labels,omitempty"`
	Operations   []string      `json:"operations,omitempty"` // that its steps call, sorted, each once
	Core         bool          `json:"core"`
	Verdict      Verdict       `json:"verdict"`
	Reason       string        `json:"reason,omitempty"` // for skipped, not-run, error, known-failure: why, and what to do
	Site         string        `json:"site,omitempty"`
	Proves       []string      `json:"proves"` // requirements whose expectations were evaluated
	Findings     []Finding     `json:"findings"`
	Observations []Observation `json:"observations,omitempty"`
	StartedAt    time.Time     `json:"startedAt"`
	DurationMS   int64         `json:"durationMs"`
	Exchanges    int           `json:"exchanges"`
	Steps        []Step        `json:"steps,omitempty"`
	// Known is set when the case is on the list of known failures.
	Known *Known `json:"known,omitempty"`
	// Repeats are the verdicts of the repetitions, in their order, when the run was
	// repeated; Verdict is the worst of them then.
	Repeats   []Verdict `json:"repeats,omitempty"`
	Evidence  string    `json:"evidence,omitempty"`  // folder with the envelopes of a case that did not pass, relative to the output folder
	Reproduce string    `json:"reproduce,omitempty"` // command that runs this case again
}

// Counts counts scenario cases by verdict.
type Counts struct {
	Passed         int `json:"passed"`
	Warned         int `json:"warned"`
	Failed         int `json:"failed"`
	Error          int `json:"error"`
	Skipped        int `json:"skipped"`
	KnownFailure   int `json:"knownFailure"`
	UnexpectedPass int `json:"unexpectedPass"`
	NotRun         int `json:"notRun"`
	Total          int `json:"total"`
	// Scenarios counts folders, whose verdict is the worst of their cases.
	Scenarios ScenarioCounts `json:"scenarios"`
}

// ScenarioCounts counts scenario folders by the worst verdict of their cases.
type ScenarioCounts struct {
	Passed int `json:"passed"`
	Warned int `json:"warned"`
	Failed int `json:"failed"`
	Error  int `json:"error"`
	Other  int `json:"other"` // skipped, not run, known failures
	Total  int `json:"total"`
}

// Requirement is one requirement with what this run says about it.
type Requirement struct {
	ID         string   `json:"id"`
	Area       string   `json:"area"`
	Level      string   `json:"level"` // must, should, may
	Statement  string   `json:"statement"`
	Source     string   `json:"source"`
	Confidence string   `json:"confidence"`
	Class      string   `json:"class"`             // verified, observed, client, untestable
	Outcome    string   `json:"outcome,omitempty"` // held, broken, observed, not-tested
	VerifiedBy []string `json:"verifiedBy"`
	Reason     string   `json:"reason,omitempty"`
}

// Target names what was tested. It holds no secret.
type Target struct {
	URL      string            `json:"url"`
	Product  string            `json:"product,omitempty"`
	Version  string            `json:"version,omitempty"`
	Vendor   string            `json:"vendor,omitempty"`
	Username string            `json:"username,omitempty"`
	Sites    []string          `json:"sites"`
	States   map[string]string `json:"states,omitempty"`
	// Features are the optional features that the endpoint declares, sorted.
	Features []string `json:"features,omitempty"`
	// TLSUnverified is true when certificates were not verified.
	TLSUnverified bool `json:"tlsUnverified"`
}

// Report is the whole of a run.
type Report struct {
	SchemaVersion string     `json:"schemaVersion"`
	RunID         string     `json:"runId"`
	Verdict       RunVerdict `json:"verdict"`
	Reason        string     `json:"reason"`   // the verdict and its ground in one sentence
	Complete      bool       `json:"complete"` // false when the run ended early, or something of ours failed in it
	Interrupted   bool       `json:"interrupted"`
	Target        Target     `json:"target"`
	Profile       string     `json:"profile"`
	SuiteVersion  string     `json:"suiteVersion"`
	// Challenge is the text of a certifier that entered the message identifiers.
	Challenge string `json:"challenge,omitempty"`
	// MaxDepth is the limit of nesting that answers were judged under.
	MaxDepth   int       `json:"maxDepth,omitempty"`
	Engine     string    `json:"engine"` // the XSD engine
	Strict     bool      `json:"strict"`
	StartedAt  time.Time `json:"startedAt"`
	FinishedAt time.Time `json:"finishedAt"`
	Selection  Selection `json:"selection"`
	Library    Library   `json:"library"`
	Counts     Counts    `json:"counts"`
	// Certification is set when the run was judged for a certification profile.
	Certification *Certification `json:"certification,omitempty"`
	// Residue lists what the run could not remove.
	Residue      []string      `json:"residue,omitempty"`
	Scenarios    []Result      `json:"scenarios"` // sorted by id
	Requirements []Requirement `json:"requirements"`
	// Baseline is set when the run was compared with an earlier report.
	Baseline *Comparison `json:"baseline,omitempty"`
}

// Comparison says what got worse and what got better than in an earlier report.
type Comparison struct {
	Report   string   `json:"report"` // file name of the earlier report
	Worse    []Change `json:"worse"`
	Better   []Change `json:"better"`
	Appeared []string `json:"appeared"` // ids that the earlier report does not have
	Vanished []string `json:"vanished"` // ids that only the earlier report has
	// LostCoverage are the requirements that the earlier run tested and this one does
	// not.
	LostCoverage []string `json:"lostCoverage,omitempty"`
	// Caveats say, a sentence each, in what the runs differ beside what the endpoint
	// answered, such as the version of the suite.
	Caveats []string `json:"caveats,omitempty"`
}

// Certification is what a run says about a certification profile: a named set of
// requirements, some of which only count for endpoints that declare a feature.
type Certification struct {
	Profile  string          `json:"profile"` // name, e.g. imses-person
	Title    string          `json:"title"`
	Verdict  RunVerdict      `json:"verdict"`
	Reason   string          `json:"reason"` // the verdict and its ground in one sentence
	Core     Tally           `json:"core"`
	Features []FeatureResult `json:"features"` // sorted by name
}

// FeatureResult is what a run says about an optional feature of a profile.
type FeatureResult struct {
	Name    string     `json:"name"`
	Claimed bool       `json:"claimed"`           // the endpoint declares it
	Verdict RunVerdict `json:"verdict,omitempty"` // empty when it is not claimed
	Tally
}

// Tally counts requirements of a certification profile.
type Tally struct {
	Held      int      `json:"held"`
	Broken    []string `json:"broken"`    // ids whose breaking fails
	Warned    []string `json:"warned"`    // ids whose breaking warns
	NotTested []string `json:"notTested"` // ids that this run says nothing about
	Total     int      `json:"total"`     // of the above
	// NotProvable are verified requirements that only skipped scenarios could prove,
	// which are not core: on this endpoint nothing can be said about them.
	NotProvable []string `json:"notProvable,omitempty"`
	// NotCounted are requirements that no scenario can assert: obligations of clients,
	// those that are only observed, and those that cannot be tested.
	NotCounted []string `json:"notCounted,omitempty"`
}

// Change is a case whose verdict or findings differ from the earlier report's.
type Change struct {
	ID   string  `json:"id"`
	From Verdict `json:"from"`
	To   Verdict `json:"to"`
	// New are the requirements broken now that were not broken before.
	New []string `json:"new,omitempty"`
}
