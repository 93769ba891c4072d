// Package scenario loads documented stories and the requirements that they prove.
// A scenario is data: a folder with a scenario.yaml beside the envelopes that it
// sends and expects. Loading checks everything that can be known before anything
// is sent and reports all defects at once, with file and line.
package scenario

import (
	"io/fs"
	"time"
)

// Library is all that was loaded.
type Library struct {
	Scenarios    []Scenario   // sorted by id
	Requirements Requirements // sorted by id
	States       []State      // sorted by name
	// Files are the file systems that were loaded, as one. Every file that a
	// scenario names is a path in it.
	Files fs.FS
}

// State is a switch of a site, or of the whole endpoint.
type State struct {
	Name    string
	Title   string
	Values  []string
	Default string // assumed where a profile does not say
	// Scope is "site" or "endpoint"; switching the latter locks every site.
	Scope    string
	Position Position
}

// Position is a place in a file of the fixtures.
type Position struct {
	File   string // slash-separated, below the fixtures folder
	Line   int    // 1-based
	Column int    // 1-based
}

// Scenario is one documented story. Its id is the path of its folder and stays the
// same for ever. Where a table varies what is above the steps (needs, given,
// identities), the scenario of the library holds the first row's, with title and
// source as written; Case.Scenario holds the row's own.
type Scenario struct {
	ID         string
	Position   Position
	Title      string
	Source     string // page and passage that the story comes from
	Labels     []string
	Needs      Needs
	Given      []Given
	Identities []Identity // all identities, those of Given included
	Residue    []string   // what the scenario leaves behind and cannot remove
	Exclusive  bool       // `exclusive: site`: nothing else runs on its site
	Last       bool       // runs after all others (wrong passwords)
	Volatile   []Volatile
	Cases      []Case // at least one; a scenario without `cases:` has one without a name
}

// Case is a scenario with one row of its table filled in: every {case:name} has
// been replaced. It is what is planned, executed and judged.
type Case struct {
	Scenario *Scenario // with the row filled in
	Name     string    // empty when the scenario has no table
	Values   map[string]string
	Given    []Given
	Steps    []Step
	// Volume is the number that {volume} stands for; 0 before the plan has filled it
	// in.
	Volume int
}

// ID is the scenario's id, or scenario/case.
func (c Case) ID() string {
	if c.Name == "" {
		return c.Scenario.ID
	}
	return c.Scenario.ID + "/" + c.Name
}

// Needs says what must be so before a scenario can run.
type Needs struct {
	State    map[string]string // states of the site, e.g. parentPortal: disabled
	Switched map[string]string // those of State that are not a site's default; filled in by Load
	Features []string          // features that the profile must declare
	Anchors  []string          // anchors that the site must have; may be replaced by control on the sandbox
	Sites    int               // number of sites (pairs of credentials); 0 and 1 mean one
	Control  bool              // needs the sandbox's control interface
	TLS      bool              // needs an https endpoint
}

// Identity is a name for an object of the scenario; on the wire it is a key unique
// to the run.
type Identity struct {
	Name   string
	Length int    // exact length of the key in characters; 0 for the usual
	Anchor string // when set, the key of the site's anchor is used instead
	Count  Number // stands for so many objects, see Case.Objects; zero for a single one
}

// GivenKind says what a Given makes.
type GivenKind string

// The kinds of things that can be given.
const (
	GivenPerson       GivenKind = "person"
	GivenGroup        GivenKind = "group"
	GivenMembership   GivenKind = "membership"
	GivenRelationship GivenKind = "relationship"
)

// Given is one thing that exists before the first step and is removed afterwards. It
// is made over the wire (createPerson, createGroup, createMembership, updatePerson)
// unless Control is set. A membership's role is in Set, or in Control["role"].
type Given struct {
	Kind     GivenKind
	Name     string            // identity of the person, group or membership
	Template string            // request that makes it, below the fixtures folder; empty when made through control
	Set      []Assignment      // values set in the template
	Parent   string            // relationship, group: identity of the parent; a group without one goes below AnchorRootGroup
	Child    string            // relationship: identity of the child
	Person   string            // membership: identity of the person
	Group    string            // membership: identity of the group
	Control  map[string]string // made through the control interface with these properties
	Position Position
}

// Assignment sets the text of the node at Path (or an attribute). Where the node is
// missing it is appended to its deepest existing ancestor.
type Assignment struct {
	Path  string
	Value string
}

// Step is one operation call, or a switch of states.
type Step struct {
	Position  Position
	Operation string // name in wire.Operations; empty for a raw HTTP request or a switch
	Request   string // file, below the fixtures folder
	Site      string // "" for the scenario's site, "other" for the second one
	Service   string // "" for the profile's choice, "separate", "combined", or a port type
	As        As
	HTTP      HTTP
	MessageID *string // sent verbatim instead of a fresh one
	Set       []Assignment
	Remove    []string // paths; an emptied parent goes too
	Repeat    Number   // the one item of the request is sent so many times
	Pages     int      // page size with which all pages are read; 0 for one call
	Mutate    string   // named mutation, applied after the guard (see exchange)
	// SchemaInvalid is the violation that the request must have: a part of the
	// message of the validator's first violation, or the name of the element. A
	// request without it must be valid; one with it must be invalid.
	SchemaInvalid string
	Switch        map[string]string // states to switch before the next step
	Until         *Expectation      // repeat the call until this holds
	Within        time.Duration     // at most so long; with Until
	Expect        []Expectation
}

// As says with which credentials and WS-Security parts a step is sent.
type As struct {
	// Credentials: "" or "own"; "none" (no Security header), "wrong-password",
	// "unknown-user", "other-site".
	Credentials    string
	PasswordType   string // "" for text with its Type attribute, "digest", "untyped"
	Nonce          bool   // with wsse:Nonce and wsu:Created
	Timestamp      string // "", "current", "current-with-id", "expired"
	MustUnderstand bool
	Replay         bool // sends the Security header of the step before once more
}

// HTTP overrides parts of the HTTP request.
type HTTP struct {
	Method      string
	Query       string
	ContentType string
	Charset     string // utf-8 (default) or utf-16: the body is transcoded and declared so
	Action      string // SOAPAction value without quotes; "-" for none
	Quotes      string // "" or "double" (default), "none"
	Headers     map[string]string
}

// Expectation is one thing that a step must show. Exactly one matcher is set. It
// names the one requirement that it proves; only Capture may go without.
type Expectation struct {
	Position Position
	Proves   string
	At       string // path; see ParsePath and fixtures/README.md
	Item     int    // 1-based: the n-th status, or the n-th member of a plural answer; 0 for none

	Status        *Status
	Text          *string // description text of the status, compared after trimming white space
	Response      string  // file whose element at At is demanded
	Exact         bool    // with Response: no more than the file has
	Unordered     []string
	Present       bool
	Absent        bool // also holds where a parent is missing
	AbsentOrEmpty bool
	Equals        *string
	Matches       *string // regular expression, anchored at both ends
	SameAs        *SameAs
	Count         *int
	Volume        bool     // with Count: it is the number of --volume
	Keys          []string // identities whose keys are there, each once, and no others
	AnyOf         []Reading
	Capture       string // name under which the text at At is kept for {capture:NAME}
	Observe       bool   // record the text at At (or the status) and assert nothing
	Fault         *Fault
	HTTPStatus    string // "200", "4xx", "5xx", "not 200"
}

// Status is what a status must hold. Empty fields are not looked at.
type Status struct {
	CodeMajor      string
	Severity       string
	CodeMinor      string // "present" or "absent"
	CodeMinorName  string
	CodeMinorValue string
	Description    string // "present" or "absent"
}

// Fault demands a SOAP 1.1 fault with a faultcode and a faultstring.
type Fault struct {
	Code string // local name of the faultcode; empty for any
}

// SameAs refers to the value at a path of another step's answer.
type SameAs struct {
	Step int // 1-based
	At   string
}

// Reading is one documented reading of a contradictory passage; it holds when all
// its expectations hold. The first one that holds is the endpoint's reading.
type Reading struct {
	Name   string
	Expect []Expectation
}

// Volatile is a leaf of a documented sample that no expectation demands, and why.
type Volatile struct {
	File   string // below the fixtures folder
	Path   string
	Reason string
}
