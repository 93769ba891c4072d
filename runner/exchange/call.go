package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
	"esconform/xsd/validate"
)

// The steps of an exchange that belongs to no step of the scenario.
const (
	stepGiven = -1
	stepProbe = -2
)

// errNoTime says that a request could not be sent within the time of the run, or of
// the cleanup, at the rate that it may be sent at.
var errNoTime = errors.New("the time is up before the request may be sent")

// call sends a request that is ready and records the answer: strangers cut out,
// secrets redacted.
func (e *Executor) call(ctx context.Context, o *outgoing, k keep, x *evidence.Exchange) error {
	x.Operation, x.MessageID, x.As = o.op.Name, o.messageID, o.as
	x.Site, x.Service = o.site.Name, o.service
	x.Method, x.URL = o.method, o.url
	x.RequestHeader, x.Request = recordedHeader(o.header, e.target.Headers), o.recorded
	x.StartedAt = e.clock.now().UTC()
	if err := e.limiter.Wait(ctx); err != nil {
		if ctx.Err() == nil {
			return errNoTime // its turn would come after the deadline
		}
		x.Transport = &evidence.TransportFault{Kind: evidence.FaultCancelled, Message: "the run was stopped before the request was sent"}
		return nil
	}
	if o.effect != wire.Read {
		delete(o.header, "Idempotency-Key") // by its Body or SOAPAction it may write
	}
	request, err := o.request(ctx)
	if err != nil {
		return err
	}
	e.recent.add(slices.DeleteFunc(slices.Clone(o.secrets), func(text string) bool { return e.secrets.known[text] })...)
	a := e.client.do(ctx, e.client.over(o.effect), request, x.StartedAt)
	x.Duration, x.Status, x.Transport = a.duration, a.status, a.fault
	hidden := e.secrets.with(o.secrets...)
	e.recent.add(cookies(a.header)...)
	if x.Transport != nil {
		x.Transport.Message = string(e.recent.redact([]byte(hidden.redactText(x.Transport.Message))))
	}
	x.ResponseHeader = e.recent.redactHeader(hidden.redactHeader(a.header))
	o.notSOAP = x.Transport == nil && !e.isSOAP(a.header, a.body)
	if list, ok := lists[o.op.Name]; ok && len(a.body) > 0 {
		if a.body, err = e.withoutStrangers(o.op, a, list, k, x); err != nil {
			return err
		}
	}
	x.Response = e.recent.redact(hidden.redact(a.body))
	return nil
}

// sender says who sends a request, and how.
type sender struct {
	own, other *profile.Site
	before     *securityBlock // the Security header of the step before; nil when none was sent
	secure     bool           // over TLS
}

// prepare makes a request from a template.
func (e *Executor) prepare(t *template, f *filling, step scenario.Step, from sender) (*outgoing, error) {
	op, _ := wire.Lookup(step.Operation)
	credentials, site := credentialsFor(step.As, from.own, from.other)
	o := &outgoing{op: op, site: site, service: serviceFor(e.target, op, step.Service), method: "POST", as: step.As.Credentials}
	switch {
	case step.As.Replay && from.before == nil:
		return nil, errors.New("there is no step before whose Security header could be replayed")
	case step.As.Replay:
		o.security = *from.before
	case step.As.Credentials != "none":
		o.security = securityHeader(step.As, credentials, e.clock.now())
	}
	o.secrets = o.security.secrets
	f.used = false
	b, err := envelope(t, f, o.security.sent, o.security.recorded)
	if err != nil {
		return nil, err
	}
	if f.used {
		o.messageID = f.messageID
	}
	if step.Mutate == "" {
		if err := e.checkRequest(op, step, b.sent); err != nil {
			return nil, err
		}
	}
	if b, err = wireForm(b, step); err != nil {
		return nil, err
	}
	o.body, o.recorded = b.sent, b.recorded
	e.address(o, step, from.secure)
	return o, nil
}

// address completes a request with what HTTP needs.
func (e *Executor) address(o *outgoing, step scenario.Step, secure bool) {
	if step.HTTP.Method != "" {
		o.method = step.HTTP.Method
	}
	o.url = address(e.target, o.service, secure, step.HTTP.Query)
	o.header = httpHeader(o.op, step.HTTP, e.target.Headers, o.body != nil)
}

// checkRequest validates a request before it is sent, so that a finding is never
// caused by a message of ours that is not what it should be.
func (e *Executor) checkRequest(op wire.Operation, step scenario.Step, envelope []byte) error {
	if e.options.Validator == nil {
		return nil
	}
	violations, err := e.options.Validator.Validate(op.Request, envelope)
	if err != nil {
		return fmt.Errorf("validate request: %w", err)
	}
	switch {
	case step.SchemaInvalid == "" && len(violations) > 0:
		return fmt.Errorf("the request breaks the schema, line %d: %s", violations[0].Line, e.secrets.redactText(violations[0].Message))
	case step.SchemaInvalid != "" && len(violations) == 0:
		return fmt.Errorf("the request is valid, but the scenario says that it breaks the schema (%s)", step.SchemaInvalid)
	case step.SchemaInvalid != "" && !names(violations[0], step.SchemaInvalid, envelope):
		return fmt.Errorf("the request breaks the schema in another way than the scenario says (%s), line %d: %s",
			step.SchemaInvalid, violations[0].Line, e.secrets.redactText(violations[0].Message))
	}
	return nil
}

// names says whether a violation is the one that a scenario expects: by a part of
// its message, or by the name of the element.
func names(v validate.Violation, expected string, envelope []byte) bool {
	if strings.Contains(v.Message, expected) {
		return true
	}
	doc, err := xmltree.Parse(envelope, "", xmltree.Limits{})
	return err == nil && v.Node >= 0 && v.Node < len(doc.Nodes) && doc.Nodes[v.Node].Name.Local == expected
}
