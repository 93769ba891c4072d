package exchange

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// caseRun is one case while it runs.
type caseRun struct {
	e        *Executor
	item     plan.Item
	own      *profile.Site
	other    *profile.Site // nil when the case needs no second site
	token    string
	keys     keyring
	guard    guard
	keep     keep
	handles  map[string]string // identity -> handle, of what control made without a key
	recorder recorder
	made     ledger.Standing // what this case made, and removes as it ends
	late     ledger.Standing // but for this, which the endpoint may still be making
	security *securityBlock  // of the step before, for a replay
	out      evidence.Outcome
}

// newCase prepares a repetition of a case, with keys of its own.
func (e *Executor) newCase(item plan.Item, repetition int) (*caseRun, error) {
	own, err := e.site(item.Site)
	if err != nil {
		return nil, err
	}
	key := evidence.Key(item.Case.ID(), repetition)
	c := &caseRun{e: e, item: item, own: own, token: caseToken(e.options.RunToken, key), handles: map[string]string{}}
	if item.Other != "" {
		if c.other, err = e.site(item.Other); err != nil {
			return nil, err
		}
	}
	if c.keys, err = newKeyring(item.Case, *own, e.control != nil, c.token); err != nil {
		return nil, err
	}
	c.guard = newGuard(e.plan, c.keys, e.options.ReadOnly, e.start.get(e.clock))
	c.keep = keep{keys: c.keys}
	c.recorder = recorder{log: e.log, id: key, folder: folderOf(item.Case.ID(), repetition)}
	c.out = evidence.Outcome{
		Scenario: item.Case.Scenario.ID, Case: item.Case.Name, Site: own.Name, Repetition: e.numbered(repetition),
		Keys: c.keys.byName, Unique: map[string]string{}, Captures: map[string]string{},
		States: maps.Clone(own.States), StartedAt: e.clock.now().UTC(),
	}
	return c, nil
}

// stop says that a case cannot go on. It is not an error of ours.
var errStop = errors.New("the case cannot go on")

// run carries the case out: states, what is given, the steps. Whatever happens, what
// was made is removed afterwards. The error is a *StopError or ErrMaxDuration when the run must
// end.
func (c *caseRun) run(ctx context.Context) error {
	began := c.e.clock.now()
	err := c.story(ctx)
	var stop *StopError
	switch {
	case err == nil, errors.Is(err, errStop):
		err = nil
	case ctx.Err() != nil:
		c.out.Interrupted = true
		err = nil
	case errors.Is(err, errNoTime):
		c.out.Interrupted = true
		err = ErrMaxDuration
	case errors.As(err, &stop):
		c.out.Error = stop.Sentence
		err = stop
	default:
		c.out.Error = err.Error()
		err = nil
	}
	c.cleanup(ctx)
	c.out.Duration = c.e.clock.now().Sub(began)
	if failed := c.recorder.finish(c.out); failed != nil && c.out.Error == "" {
		c.out.Error = failed.Error()
	}
	return err
}

func (c *caseRun) story(ctx context.Context) error {
	if err := c.switchStates(ctx, c.item.Switch); err != nil {
		return err
	}
	for _, g := range c.item.Case.Given {
		if err := c.give(ctx, g); err != nil {
			return err
		}
	}
	for i, step := range c.item.Case.Steps {
		if err := c.step(ctx, i, step); err != nil {
			return err
		}
	}
	return nil
}

// step carries one step out, repeated while it waits for something.
func (c *caseRun) step(ctx context.Context, index int, step scenario.Step) error {
	if len(step.Switch) > 0 {
		return c.switchStates(ctx, step.Switch)
	}
	c.e.options.Logf("%s: step %d %s", c.item.Case.ID(), index+1, step.Operation)
	if step.Pages > 0 {
		return c.pages(ctx, index, step)
	}
	deadline := c.e.clock.now().Add(step.Within)
	pause := firstPause
	for attempt := 0; ; attempt++ {
		x := evidence.Exchange{Step: index, Attempt: attempt}
		if err := c.exchange(ctx, step, &x); err != nil {
			return fmt.Errorf("step %d: %w", index+1, err)
		}
		if step.Until == nil {
			return c.capture(index, step, x)
		}
		done, err := holds(c.counted(*step.Until), x, c.e.message(x), c.fillText)
		if err != nil {
			return fmt.Errorf("step %d: %w", index+1, err)
		}
		if done || !c.e.clock.now().Add(pause).Before(deadline) {
			return c.capture(index, step, x)
		}
		if err := c.e.clock.wait(ctx, pause); err != nil {
			return err
		}
		pause = min(2*pause, longestPause)
	}
}

// counted fills the number of --volume in where an expectation counts to it.
func (c *caseRun) counted(e scenario.Expectation) scenario.Expectation {
	if e.Volume {
		e.Count = &c.item.Case.Volume
	}
	return e
}

// The pauses between the repetitions of a read that waits for something.
const (
	firstPause   = 50 * time.Millisecond
	longestPause = time.Second
)

// exchange builds, guards, enters into the ledger, sends and records one request.
func (c *caseRun) exchange(ctx context.Context, step scenario.Step, x *evidence.Exchange) error {
	o, err := c.build(step)
	if missing := (*captureError)(nil); errors.As(err, &missing) {
		c.out.Blocked = &evidence.Blocked{Requirement: c.promised(missing.name), Reason: missing.Error()}
		return errStop
	} else if err != nil {
		return err
	}
	return c.send(ctx, o, x)
}

// build makes the request of a step and shows it to the guard rail.
func (c *caseRun) build(step scenario.Step) (*outgoing, error) {
	own, other := c.own, c.other
	if step.Site == "other" {
		own, other = c.other, c.own
	}
	if own == nil || other == nil && step.As.Credentials == "other-site" {
		return nil, errors.New("the step needs a second site, and the plan gave none")
	}
	if step.Operation == "" {
		return c.bare(step, own)
	}
	op, _ := wire.Lookup(step.Operation)
	t, err := c.e.templates.get(step.Request, step.Set, step.Remove, op)
	if err != nil {
		return nil, err
	}
	f := c.filling()
	f.repeat = c.item.Case.Number(step.Repeat)
	if step.MessageID != nil {
		f.messageID = c.fillText(*step.MessageID)
	}
	return c.ready(t, f, step, own, other)
}

// ready shows a request to the guard rail and makes it.
func (c *caseRun) ready(t *template, f *filling, step scenario.Step, own, other *profile.Site) (*outgoing, error) {
	passed, err := c.guard.check(t, f, step)
	if err != nil {
		return nil, err
	}
	o, err := c.e.prepare(t, f, step, sender{own, other, c.security, c.item.Case.Scenario.Needs.TLS})
	if err != nil {
		return nil, err
	}
	o.passed, c.security = passed, &o.security
	maps.Copy(c.out.Unique, f.unique)
	return o, nil
}

// bare makes a plain HTTP request, without an envelope.
func (c *caseRun) bare(step scenario.Step, own *profile.Site) (*outgoing, error) {
	o := &outgoing{site: own, service: serviceFor(c.e.target, wire.Operation{}, step.Service), method: "GET"}
	c.e.address(o, step, c.item.Case.Scenario.Needs.TLS)
	var err error
	o.passed, err = c.guard.checkBare(o.method, step.HTTP)
	return o, err
}

// filling returns the values for the next request.
func (c *caseRun) filling() *filling {
	return &filling{
		keys: c.keys.byName, captures: c.out.Captures, token: c.token,
		messageID: c.e.newMessageID(), start: c.e.start.get(c.e.clock), unique: map[string]string{},
		counted: c.keys.counted, volume: c.item.Case.Volume,
	}
}

// fillText fills the placeholders of a text of the scenario in.
func (c *caseRun) fillText(text string) string {
	if !strings.Contains(text, "{") {
		return text
	}
	f := c.filling()
	return placeholder.ReplaceAllStringFunc(text, func(whole string) string {
		m := placeholder.FindStringSubmatch(whole)
		value, _, err := f.value(part{kind: placeholderKinds[m[1]], arg: m[2]})
		if err != nil {
			return whole
		}
		return value
	})
}

// capture keeps the values that later steps need.
func (c *caseRun) capture(index int, step scenario.Step, x evidence.Exchange) error {
	for _, want := range step.Expect {
		if want.Capture == "" {
			continue
		}
		matches, err := c.e.message(x).find(c.fillText(want.At), want.Item)
		if err != nil {
			return fmt.Errorf("step %d: capture: %w", index+1, err)
		}
		if len(matches) == 0 || strings.TrimSpace(matches[0].Text()) == "" {
			continue // a step that needs it says so
		}
		value := strings.TrimSpace(matches[0].Text())
		c.out.Captures[want.Capture] = value
		c.keys.capture(value, writes(step))
	}
	return nil
}

// promised returns the requirement by which an answer should have given a captured
// value: that of the capture, or the first one of its step.
func (c *caseRun) promised(name string) string {
	for _, step := range c.item.Case.Steps {
		if !slices.ContainsFunc(step.Expect, func(x scenario.Expectation) bool { return x.Capture == name }) {
			continue
		}
		for _, want := range step.Expect {
			if want.Proves != "" && (want.Capture == name || want.Capture == "") {
				return want.Proves
			}
		}
	}
	return ""
}
