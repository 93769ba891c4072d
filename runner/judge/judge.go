// Package judge turns what a case has seen into findings and a verdict. It is pure:
// it reads the case, the recorded outcome and the fixtures, and knows neither the
// network nor the clock, so that every verdict can be computed again from the
// evidence.
//
// Each matcher of a scenario's expectations has a file of its own, and so has each
// family of the universal checks, which are made on every recorded answer.
package judge

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/xsd/validate"
)

// Input is all that a verdict rests on.
type Input struct {
	Case         scenario.Case
	Outcome      evidence.Outcome
	Requirements scenario.Requirements
	// Validator checks answers against the schemas (STA-21).
	Validator validate.Validator
	// Strict makes broken musts fail that rest on client code or inference only.
	Strict bool
	// Core is passed on to the result.
	Core bool
	// Files are the fixtures, for `response: FILE`.
	Files fs.FS
	// MaxDepth bounds the nesting of an answer; 0 for the default of xmltree.
	MaxDepth int
}

// Judge judges one case. The result holds everything but Evidence and Reproduce,
// which are the caller's. Findings are sorted by step, requirement and path.
//
// The verdict is that of the worst finding. A case that asserted nothing is an
// error, never passed (section 2 of the design). What was answered before a case was
// blocked is judged: it is not-run unless a finding fails it. When ctx ends the case
// is not-run.
func Judge(ctx context.Context, in Input) reports.Result {
	c := &court{Input: in, evaluated: map[string]bool{}, accounted: map[place]bool{}}
	c.steps = c.answers()
	result := c.skeleton()
	switch o := in.Outcome; {
	case o.Error != "":
		c.trouble(0, "%s", o.Error)
	case o.Blocked == nil && o.Interrupted:
		result.Verdict, result.Reason = reports.NotRun, "the run was interrupted before the case ended"
		return result
	}
	for i := givenStep; i < len(in.Case.Steps); i++ {
		if ctx.Err() != nil {
			result.Verdict, result.Reason = reports.NotRun, "the run was interrupted before the case was judged"
			return result
		}
		c.repeats(i)
		if i != givenStep {
			c.step(i)
		}
	}
	c.finish(&result)
	return result
}

// court is the state of one judgement.
type court struct {
	Input
	steps        []*answer         // by step; nil where no answer was recorded
	earlier      map[int][]*answer // by step: the other attempts of `until`, and what was given; not opened
	findings     []reports.Finding
	observations []reports.Observation
	evaluated    map[string]bool        // requirements
	accounted    map[place]bool         // universal requirements that were broken, by step
	within       []scenario.Expectation // of the reading that is being judged
	settling     map[int]bool           // expectations of the step whose claims are being found
	asserted     int                    // expectations that were evaluated
}

// place is where a universal requirement was broken; it is reported once a step.
type place struct {
	step        int
	requirement string
}

func (c *court) skeleton() reports.Result {
	s := c.Case.Scenario
	title := s.Title
	for name, value := range c.Case.Values {
		title = strings.ReplaceAll(title, "{case:"+name+"}", value)
	}
	exchanges := 0
	for _, e := range c.Outcome.Exchanges {
		if e.Step != probeStep {
			exchanges++
		}
	}
	return reports.Result{
		ID: c.Case.ID(), Scenario: s.ID, Title: title, Area: area(s.ID), Source: s.Source,
		Labels: slices.Clone(s.Labels), Core: c.Core, Site: c.Outcome.Site,
		Proves: []string{}, Findings: []reports.Finding{},
		StartedAt: c.Outcome.StartedAt, DurationMS: c.Outcome.Duration.Milliseconds(), Exchanges: exchanges,
	}
}

// Exchanges that belong to no step (see evidence.Exchange.Step).
const (
	givenStep = -1
	probeStep = -2
)

// area is the first two elements of a scenario's id.
func area(id string) string {
	parts := strings.SplitN(id, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

// blocked says why a case could not run.
func blocked(b evidence.Blocked) string {
	switch {
	case b.Requirement == "":
		return "blocked: " + shown(b.Reason)
	case b.Reason == "":
		return "blocked by " + b.Requirement
	}
	return "blocked by " + b.Requirement + ": " + shown(b.Reason)
}

// answers picks the last recorded attempt of every step; the others, and what was
// given over the wire, are kept as earlier.
func (c *court) answers() []*answer {
	steps := make([]*answer, len(c.Case.Steps))
	c.earlier = map[int][]*answer{}
	for i := range c.Outcome.Exchanges {
		e := &c.Outcome.Exchanges[i]
		if e.Step == givenStep && e.Operation != "" {
			c.earlier[givenStep] = append(c.earlier[givenStep], &answer{index: givenStep, step: &scenario.Step{Operation: e.Operation}, exchange: e})
		}
		if e.Step < 0 || e.Step >= len(steps) {
			continue
		}
		one := &answer{index: e.Step, step: &c.Case.Steps[e.Step], exchange: e}
		switch old := steps[e.Step]; {
		case old != nil && e.Page > 1:
			old.further = append(old.further, one)
		case old == nil || e.Attempt >= old.exchange.Attempt:
			c.earlier[e.Step] = append(c.earlier[e.Step], old.pages()...)
			steps[e.Step] = one
		default:
			c.earlier[e.Step] = append(c.earlier[e.Step], one)
		}
	}
	for _, a := range steps {
		for _, page := range a.pages() {
			page.open(c.MaxDepth)
		}
	}
	return steps
}

// repeats makes the universal checks on what a step's earlier attempts, or what was
// given, were answered with. There may be thousands: each is read, judged and let go.
func (c *court) repeats(step int) {
	for _, a := range c.earlier[step] {
		a.open(c.MaxDepth)
		if c.transport(a) {
			c.universal(a)
		}
		*a = answer{}
	}
}

// step judges one step.
func (c *court) step(i int) {
	a := c.steps[i]
	switch {
	case a != nil:
	case len(c.Case.Steps[i].Switch) > 0, c.Outcome.Error != "", c.Outcome.Blocked != nil:
		return
	default:
		c.trouble(i+1, "step %d was not carried out, and the outcome does not say why", i+1)
		return
	}
	for _, page := range a.pages() {
		if !c.transport(page) {
			return
		}
		c.universal(page)
	}
	for k, e := range a.step.Expect {
		if e.Observe || a.judgeable(e) {
			c.expectation(a, k)
		}
	}
}

// finish adds up the findings.
func (c *court) finish(r *reports.Result) {
	c.display()
	slices.SortStableFunc(c.findings, byPlace)
	r.Findings = append(r.Findings, c.findings...)
	r.Observations = c.observations
	r.Proves = slices.AppendSeq(r.Proves, maps.Keys(c.evaluated))
	slices.Sort(r.Proves)
	r.Verdict = reports.Passed
	for _, f := range r.Findings {
		switch {
		case f.Weight == reports.Trouble:
			r.Verdict = reports.Error
			if r.Reason == "" {
				r.Reason = f.Message
			}
		case f.Weight == reports.Failure && r.Verdict != reports.Error:
			r.Verdict = reports.Failed
		case f.Weight == reports.Warning && r.Verdict == reports.Passed:
			r.Verdict = reports.Warned
		}
	}
	if b := c.Outcome.Blocked; b != nil && c.Outcome.Error == "" {
		c.blocked(r, *b)
		return
	}
	if c.asserted == 0 && (r.Verdict == reports.Passed || r.Verdict == reports.Warned) {
		r.Verdict, r.Reason = reports.Error, "nothing was asserted: no expectation of the case could be evaluated"
	}
}

// blocked is the verdict of a case that was blocked: what it could not be asked says
// nothing, but what has failed before stays failed.
func (c *court) blocked(r *reports.Result, b evidence.Blocked) {
	r.Verdict, r.Reason = reports.NotRun, newDisplay(c.Outcome).text(blocked(b))
	failed := func(f reports.Finding) bool { return f.Weight == reports.Failure }
	if slices.ContainsFunc(r.Findings, failed) {
		r.Verdict = reports.Failed
	}
}

// trouble records a finding that is not the endpoint's fault.
func (c *court) trouble(step int, format string, args ...any) {
	c.findings = append(c.findings, reports.Finding{Weight: reports.Trouble, Step: step, Message: sentence(fmt.Sprintf(format, args...))})
}
