package exchange

import (
	"context"
	"slices"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/wire"
)

// send enters what a write will store into the ledger, sends the request and
// records the exchange. After an answer that could be the network's fault it looks
// whether the endpoint still answers.
func (c *caseRun) send(ctx context.Context, o *outgoing, x *evidence.Exchange) error {
	entries := c.entries(o)
	if err := c.intend(ctx, entries...); err != nil {
		return err
	}
	if err := c.e.call(ctx, o, c.keep.of(o.asked), x); err != nil {
		return err
	}
	if err := c.settle(ctx, o, x, entries); err != nil {
		return err
	}
	// Probed before it is recorded, so that the record says what came of it.
	probe, stop := c.probeAfter(ctx, o, x)
	if err := c.record(x); err != nil {
		return err
	}
	if probe != nil {
		if err := c.record(probe); err != nil {
			return err
		}
	}
	if stop != nil {
		return stop
	}
	return ctx.Err()
}

// entries are those of what a request may store, or make without a key.
func (c *caseRun) entries(o *outgoing) []ledger.Entry {
	if o.effect == wire.Read {
		return nil
	}
	var all []ledger.Entry
	for _, s := range o.stores {
		for _, e := range ledger.Objects(s.kind, c.item.Case.ID(), o.site.Name, s.key) {
			e.Captured = !c.keys.own[s.key]
			all = append(all, e)
		}
	}
	for _, k := range o.keyless {
		all = append(all, ledger.Entry{Scenario: c.item.Case.ID(), Site: o.site.Name, Kind: ledger.Keyless, Key: newToken(), From: string(k.kind)})
	}
	return all
}

// settle decides about the entries of a request after its answer. An endpoint whose
// answer did not come may still be at work: what it was asked to store is left for the
// cleanup at the end of the run. What has no key was not made when the endpoint did not
// report it as made.
func (c *caseRun) settle(ctx context.Context, o *outgoing, x *evidence.Exchange, entries []ledger.Entry) error {
	if unfinished(x.Transport) {
		for _, e := range entries {
			c.late.Add(e)
		}
		return nil
	}
	if len(o.keyless) == 0 {
		return nil
	}
	all := c.e.message(*x).statuses()
	var not []ledger.Entry
	for i, e := range entries[len(entries)-len(o.keyless):] {
		c.late.Add(e) // the case can do nothing about it
		reported := slices.ContainsFunc(all, succeeded)
		if item := o.keyless[i].item; len(all) == o.targets {
			reported = succeeded(all[item])
		}
		if !reported {
			not = append(not, e)
		}
	}
	if len(not) == 0 {
		return nil
	}
	return c.e.options.Ledger.Removed(context.WithoutCancel(ctx), not...)
}

// unfinished says whether a request was sent whose processing may not have ended.
func unfinished(fault *evidence.TransportFault) bool {
	if fault == nil {
		return false
	}
	switch fault.Kind {
	case evidence.FaultTimeout, evidence.FaultReset, evidence.FaultCancelled, evidence.FaultProtocol:
		return true
	}
	return false
}

// record keeps an exchange, as evidence and on disk.
func (c *caseRun) record(x *evidence.Exchange) error {
	err := c.recorder.save(x)
	c.out.Exchanges = append(c.out.Exchanges, *x)
	return err
}

// intend writes entries to the ledger; they are on disk when it returns.
func (c *caseRun) intend(ctx context.Context, entries ...ledger.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	for _, e := range entries {
		c.made.Add(e)
	}
	return c.e.options.Ledger.Intend(ctx, entries...)
}
