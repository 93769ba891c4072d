package exchange

import (
	"context"
	"fmt"

	"esconform/runner/evidence"
	"esconform/runner/profile"
)

// StopError says that the run cannot go on: the network or the endpoint as a whole
// is at fault, not the answer to one request.
type StopError struct {
	Kind     evidence.FaultKind
	Site     string
	Sentence string // one sentence that says what to do
}

// Error returns the sentence.
func (e *StopError) Error() string { return e.Sentence }

// suspicious says whether the network could be at fault for what came back.
func suspicious(o *outgoing, x *evidence.Exchange) bool {
	if x.Transport != nil {
		return x.Transport.Kind != evidence.FaultCancelled
	}
	if o.op.Name == "" {
		return false // a bare HTTP request need not be answered with SOAP
	}
	return o.notSOAP
}

// probe reads a key that nobody has. It passes when any SOAP 1.1 answer but a fault
// comes back (ruling 15).
func (e *Executor) probe(ctx context.Context, site *profile.Site, secure bool) (evidence.Exchange, message, bool, error) {
	x, m, err := e.ask(ctx, "readPerson", site, secure, "ec"+newToken()+"-probe")
	return x, m, err == nil && x.Transport == nil && m.body != nil && m.fault() == nil, err
}

// probeAfter looks whether the endpoint still answers when an exchange went wrong
// in a way that could be the network's fault, and notes on the exchange what came of
// it. The probe is nil when none was sent. When it was not answered the error is a
// *StopError: the run must end.
func (c *caseRun) probeAfter(ctx context.Context, o *outgoing, x *evidence.Exchange) (*evidence.Exchange, error) {
	if !suspicious(o, x) || ctx.Err() != nil {
		return nil, nil
	}
	p, _, ok, err := c.e.probe(ctx, c.own, c.item.Case.Scenario.Needs.TLS)
	if err != nil || ctx.Err() != nil {
		return nil, err
	}
	x.Probed, x.ProbeOK = true, ok
	if x.Transport != nil {
		x.Transport.Probed, x.Transport.ProbeOK = true, ok
	}
	if ok {
		return &p, nil
	}
	kind := evidence.FaultProtocol
	if p.Transport != nil {
		kind = p.Transport.Kind
	}
	return &p, &StopError{Kind: kind, Site: c.own.Name, Sentence: fmt.Sprintf(
		"the endpoint stopped answering at %s: a plain read directly afterwards failed too (%s); check the endpoint and the network, then run again", c.item.Case.ID(), failureOf(p))}
}

// failureOf says in a few words why an exchange gave no usable answer.
func failureOf(x evidence.Exchange) string {
	if x.Transport != nil {
		return x.Transport.Message
	}
	return fmt.Sprintf("HTTP %d without a SOAP answer", x.Status)
}
