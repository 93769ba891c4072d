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
	Diff        []Diff `json:"diff,omitempty"`     // the smallest difference
	Response    string `json:"response,omitempty"` // evidence file, relative to the output folder
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

// Result is the outcome of one scenario case.
type Result struct {
	ID           string        `json:"id"`       // scenario, or scenario/case
	Scenario     string        `json:"scenario"` // the folder
	Title        string        `json:"title"`
	Area         string        `json:"area"` // first two elements of the id, e.g. imses/person
	Source       string        `json:"source,omitempty"`
	Labels       []string      `json:"labels,omitempty"`
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
	Evidence     string        `json:"evidence,omitempty"`  // folder with the envelopes of a case that did not pass, relative to the output folder
	Reproduce    string        `json:"reproduce,omitempty"` // command that runs this case again
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
	Engine        string     `json:"engine"` // the XSD engine
	Strict        bool       `json:"strict"`
	StartedAt     time.Time  `json:"startedAt"`
	FinishedAt    time.Time  `json:"finishedAt"`
	Selection     Selection  `json:"selection"`
	Library       Library    `json:"library"`
	Counts        Counts     `json:"counts"`
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
}

// Change is a case whose verdict or findings differ from the earlier report's.
type Change struct {
	ID   string  `json:"id"`
	From Verdict `json:"from"`
	To   Verdict `json:"to"`
	// New are the requirements broken now that were not broken before.
	New []string `json:"new,omitempty"`
}
