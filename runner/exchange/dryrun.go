package exchange

import (
	"errors"
	"fmt"
	"slices"

	"esconform/runner/plan"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// Request is what a run would send for one step, or for one thing that is given.
type Request struct {
	Case string // id of the case
	// Repetition counts from 1; 0 when cases are carried out once.
	Repetition int    `json:",omitempty"`
	Step       int    // 1-based; 0 for what is given
	Given      string // what is given
	Operation  string // empty for a bare HTTP request
	Site       string
	Method     string
	URL        string
	Body       []byte   // with passwords redacted; empty when there is none
	Objects    []string // keys that the request may store
	Residue    []string // what the scenario leaves behind; with its first request only
	// Note says why the request cannot be shown, or that control makes something.
	Note string
}

// DryRun returns what a run would send, in order of execution, without sending
// anything. Values that only an answer can give stay placeholders. Neither
// Validator nor Ledger is needed. The error joins what is wrong with requests.
func DryRun(o Options) ([]Request, error) {
	o.EvidenceDir = "" // nothing is sent, so nothing is recorded
	e, err := newExecutor(o)
	if err != nil {
		return nil, err
	}
	defer e.Close()
	var all []Request
	var errs []error
	for _, index := range o.Plan.Order {
		item := o.Plan.Items[index]
		for n := range o.Plan.Repetitions() {
			requests, err := e.dryCase(item, n+1)
			if err != nil {
				errs = append(errs, fmt.Errorf("%s: %w", item.Case.ID(), err))
			}
			all = append(all, requests...)
		}
	}
	return all, errors.Join(errs...)
}

func (e *Executor) dryCase(item plan.Item, repetition int) ([]Request, error) {
	c, err := e.newCase(item, repetition)
	if err != nil {
		return nil, err
	}
	for _, step := range item.Case.Steps {
		for _, want := range step.Expect {
			if want.Capture != "" {
				value := "{capture:" + want.Capture + "}"
				c.out.Captures[want.Capture] = value
				c.keys.capture(value, writes(step))
			}
		}
	}
	var all []Request
	for _, g := range item.Case.Given {
		r, err := c.dryGiven(g)
		if err != nil {
			return all, err
		}
		all = append(all, r...)
	}
	for i, step := range item.Case.Steps {
		if len(step.Switch) > 0 {
			continue
		}
		o, err := c.build(step)
		if err != nil {
			return all, fmt.Errorf("step %d: %w", i+1, err)
		}
		all = append(all, c.describe(o, Request{Step: i + 1}))
	}
	if len(all) > 0 {
		all[0].Residue = item.Case.Scenario.Residue
	}
	return all, nil
}

func (c *caseRun) dryGiven(g scenario.Given) ([]Request, error) {
	if c.anchored(g) {
		return nil, nil
	}
	if throughControl(g) {
		return []Request{{Case: c.item.Case.ID(), Given: c.whatGiven(g), Site: c.own.Name, Note: "made through the control interface", Repetition: c.out.Repetition}}, nil
	}
	o, err := c.buildGiven(g)
	if err != nil {
		return nil, fmt.Errorf("given %s: %w", c.whatGiven(g), err)
	}
	return []Request{c.describe(o, Request{Given: c.whatGiven(g)})}, nil
}

func (c *caseRun) describe(o *outgoing, r Request) Request {
	r.Repetition = c.out.Repetition
	r.Case, r.Operation, r.Site, r.Method, r.URL, r.Body = c.item.Case.ID(), o.op.Name, o.site.Name, o.method, o.url, o.recorded
	if o.effect != wire.Read {
		for _, s := range o.stores {
			r.Objects = append(r.Objects, s.key)
		}
		slices.Sort(r.Objects)
		r.Objects = slices.Compact(r.Objects)
	}
	return r
}
