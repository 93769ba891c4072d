package exchange

import (
	"context"
	"fmt"
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// direct makes a request of our own, for preflight, probes and cleanup: an
// operation on some keys, with the site's own credentials.
func (e *Executor) direct(operation string, site *profile.Site, secure bool, keys ...string) (*outgoing, error) {
	op, ok := wire.Lookup(operation)
	if !ok {
		return nil, fmt.Errorf("there is no operation %s", operation)
	}
	o := &outgoing{op: op, site: site, service: serviceFor(e.target, op, ""), method: "POST", messageID: e.newMessageID(), passed: passed{effect: op.Effect}}
	o.security = securityHeader(scenario.As{}, site.Credentials, e.clock.now())
	o.secrets = o.security.secrets
	o.body = []byte(directEnvelope(op, o.messageID, o.security.sent, keys))
	o.recorded = []byte(directEnvelope(op, o.messageID, o.security.recorded, keys))
	e.address(o, scenario.Step{}, secure)
	return o, nil
}

// directEnvelope writes an envelope with keys at the operation's first target path.
func directEnvelope(op wire.Operation, messageID, security string, keys []string) string {
	var b strings.Builder
	b.WriteString(`<soap:Envelope xmlns:soap="` + wire.NSSOAP + `" xmlns:bind="` + wire.NSBind + `" xmlns:common="` + wire.NSCommon +
		`" xmlns:pmess="` + wire.NSPmess + `" xmlns:gmess="` + wire.NSGmess + `" xmlns:mmess="` + wire.NSMmess + `">`)
	b.WriteString("<soap:Header><bind:syncRequestHeaderInfo><bind:messageIdentifier>" + messageID + "</bind:messageIdentifier></bind:syncRequestHeaderInfo>" + security + "</soap:Header><soap:Body><" + op.Request.String() + ">")
	steps := strings.Split(op.Targets[0], "/")
	last := steps[len(steps)-1]
	for _, s := range steps[:len(steps)-1] {
		b.WriteString("<" + s + ">")
	}
	for _, key := range keys {
		b.WriteString("<" + last + ">" + xmltree.EscapeText(key) + "</" + last + ">")
	}
	for i := len(steps) - 2; i >= 0; i-- {
		b.WriteString("</" + steps[i] + ">")
	}
	b.WriteString("</" + op.Request.String() + "></soap:Body></soap:Envelope>")
	return b.String()
}

// ask sends a request of our own and returns the exchange and its answer.
func (e *Executor) ask(ctx context.Context, operation string, site *profile.Site, secure bool, keys ...string) (evidence.Exchange, message, error) {
	x := evidence.Exchange{Step: stepProbe}
	o, err := e.direct(operation, site, secure, keys...)
	if err != nil {
		return x, message{}, err
	}
	if err := e.call(ctx, o, keep{}, &x); err != nil {
		return x, message{}, err
	}
	return x, e.message(x), nil
}
