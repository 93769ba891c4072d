// Package evidence holds what a run has seen: exchanges and outcomes. Every
// verdict is computed from these values alone, so a verdict can be computed again
// later, without an endpoint.
package evidence

import (
	"net/http"
	"time"
)

// Exchange is one request and its response, as sent and received. Secrets of the
// request are redacted structurally before they are recorded; judging reads the
// recorded bytes.
type Exchange struct {
	Step      int    `json:"step"`              // index into the scenario's steps; -1 for what `given` sent, -2 for a probe
	Attempt   int    `json:"attempt"`           // 0 for the first; higher under `until`
	Page      int    `json:"page,omitempty"`    // of a step that reads page after page, from 1
	Operation string `json:"operation"`         // name in wire.Operations; empty for a raw request
	Given     string `json:"given,omitempty"`   // what of `given` this exchange made
	MessageID string `json:"messageId"`         // the messageIdentifier that was sent; empty when none was
	As        string `json:"as,omitempty"`      // the credentials used, when not the site's own (see scenario.Step.As)
	Site      string `json:"site"`              // name of the site
	Service   string `json:"service,omitempty"` // port type, or wire.CombinedPort

	Method         string      `json:"method"`
	URL            string      `json:"url"` // without user information
	RequestHeader  http.Header `json:"requestHeader"`
	Request        []byte      `json:"-"` // stored as a file
	RequestFile    string      `json:"requestFile,omitempty"`
	Status         int         `json:"status"` // HTTP status; 0 when there was no answer
	ResponseHeader http.Header `json:"responseHeader,omitempty"`
	Response       []byte      `json:"-"` // decoded content; stored as a file
	ResponseFile   string      `json:"responseFile,omitempty"`

	StartedAt time.Time     `json:"startedAt"`
	Duration  time.Duration `json:"durationNs"`

	// Strangers is the number of items that belonged to other people and were
	// cut from Response before it was recorded.
	Strangers int `json:"strangers,omitempty"`
	// RawViolations are the schema violations of the answer as it came, recorded
	// without values, when Response had to be cut (nil when it was not).
	RawViolations []Violation `json:"rawViolations,omitempty"`

	// Transport is set when no usable answer came.
	Transport *TransportFault `json:"transport,omitempty"`
	// Probed says that a plain read was sent directly afterwards, because the
	// network could be at fault for what came back: a transport fault, or an answer
	// that is not SOAP. ProbeOK says that the read was answered: then the endpoint
	// is at fault, else the network is (ruling 15).
	Probed  bool `json:"probed,omitempty"`
	ProbeOK bool `json:"probeOk,omitempty"`
}

// CodeElsewhere is the code of the first of RawViolations where the answer was not
// recorded because it has objects elsewhere than its list has items: Node is the
// element.
const CodeElsewhere = "elsewhere"

// Violation is a schema violation without the offending value.
type Violation struct {
	Node int    `json:"node"`
	Line int    `json:"line"`
	Code string `json:"code"`
	// Element is the local name of the element; empty when it is unknown.
	Element string `json:"element,omitempty"`
	// Group says that the element is below a gmess:group.
	Group bool `json:"group,omitempty"`
}

// FaultKind classifies why an exchange has no usable answer.
type FaultKind string

// The kinds of transport fault.
const (
	FaultConnect    FaultKind = "connect"    // no connection could be made
	FaultTLS        FaultKind = "tls"        // the certificate or the handshake failed
	FaultTimeout    FaultKind = "timeout"    // the step's deadline passed
	FaultReset      FaultKind = "reset"      // the connection broke before the answer was complete
	FaultTooLarge   FaultKind = "too-large"  // the answer is larger than the limit
	FaultCancelled  FaultKind = "cancelled"  // the run was interrupted
	FaultRedirected FaultKind = "redirected" // the endpoint answered with a redirect, which is not followed
	FaultEncoding   FaultKind = "encoding"   // the content coding could not be decoded
	FaultProtocol   FaultKind = "http"       // the answer is not HTTP
)

// TransportFault says why an exchange has no usable answer, and whether the
// endpoint answered a read directly after it: if it did, the endpoint is at fault,
// else the network is.
type TransportFault struct {
	Kind    FaultKind `json:"kind"`
	Message string    `json:"message"`
	Probed  bool      `json:"probed"`  // a probe was sent directly afterwards
	ProbeOK bool      `json:"probeOk"` // and was answered
}

// Outcome is all that one case of one scenario has seen.
type Outcome struct {
	Scenario string `json:"scenario"` // scenario id
	Case     string `json:"case,omitempty"`
	Site     string `json:"site"`
	// Repetition counts from 1; 0 when the case is carried out once.
	Repetition int `json:"repetition,omitempty"`
	// Keys maps identities to the keys that were on the wire in this run.
	Keys map[string]string `json:"keys"`
	// Unique maps documented values that must be unique on a site to those sent.
	Unique map[string]string `json:"unique,omitempty"`
	// Captures maps names of `capture` to captured values.
	Captures map[string]string `json:"captures,omitempty"`
	// States are the states of the site while the scenario ran.
	States map[string]string `json:"states,omitempty"`

	Exchanges []Exchange `json:"exchanges"`

	// Blocked is set when something that the scenario needs first could not be made.
	Blocked *Blocked `json:"blocked,omitempty"`
	// Error is set when we, the network or the configuration are at fault.
	Error string `json:"error,omitempty"`
	// Interrupted is set when the run was stopped before the scenario ended.
	Interrupted bool `json:"interrupted,omitempty"`

	StartedAt time.Time     `json:"startedAt"`
	Duration  time.Duration `json:"durationNs"`
}

// Blocked says which requirement kept the endpoint from making what was needed.
type Blocked struct {
	Requirement string `json:"requirement"`
	Reason      string `json:"reason"`
}
