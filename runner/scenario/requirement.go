package scenario

// Level says how strict a requirement is.
type Level string

// The levels of RFC 2119, in lower case.
const (
	Must   Level = "must"
	Should Level = "should"
	May    Level = "may"
)

// Class says how a requirement is treated.
type Class string

// The classes of requirements.
const (
	Verified   Class = "verified"   // an expectation proves it
	Observed   Class = "observed"   // recorded, never counted as passed
	Client     Class = "client"     // an obligation of clients
	Untestable Class = "untestable" // with a reason from the closed list and the missing fact
)

// Requirement is one atomic documented rule.
type Requirement struct {
	ID         string
	Area       string
	Level      Level
	Statement  string
	Source     string
	Confidence string // doc, sample, client, inferred, standard
	Class      Class
	// Fails says that breaking the requirement fails although its confidence
	// alone would only warn (authentication, separation of sites).
	Fails bool
	// Universal says that the judge checks it on every exchange.
	Universal  bool
	Reason     string // untestable: one of Reasons
	Missing    string // untestable: the missing fact
	VerifiedBy []string
	Position   Position
}

// Requirements is the inventory, sorted by id.
type Requirements []Requirement

// Lookup returns the requirement with that id.
func (r Requirements) Lookup(id string) (Requirement, bool) {
	for _, q := range r {
		if q.ID == id {
			return q, true
		}
	}
	return Requirement{}, false
}
