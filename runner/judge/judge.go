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
// error, never passed (section 2 of the design). When ctx ends the case is not-run.
func Judge(ctx context.Context, in Input) reports.Result {
	c := &court{Input: in, evaluated: map[string]bool{}, accounted: map[place]bool{}}
	c.steps = c.answers()
	result := c.skeleton()
	switch o := in.Outcome; {
	case o.Error != "":
		c.trouble(0, "%s", o.Error)
	case o.Blocked != nil:
		result.Verdict, result.Reason = reports.NotRun, newDisplay(o).text(blocked(*o.Blocked))
		return result
	case o.Interrupted:
		result.Verdict, result.Reason = reports.NotRun, "the run was interrupted before the case ended"
		return result
	}
	for i := range in.Case.Steps {
		if ctx.Err() != nil {
			result.Verdict, result.Reason = reports.NotRun, "the run was interrupted before the case was judged"
			return result
		}
		c.step(i)
	}
	c.finish(&result)
	return result
}

// court is the state of one judgement.
type court struct {
	Input
	steps        []*answer // by step; nil where no answer was recorded
	findings     []reports.Finding
	observations []reports.Observation
	evaluated    map[string]bool // requirements
	accounted    map[place]bool  // universal requirements that were broken, by step
	asserted     int             // expectations that were evaluated
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

// probeStep marks the exchange of a probe (see evidence.Exchange.Step).
const probeStep = -2

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

// answers picks the last recorded exchange of every step.
func (c *court) answers() []*answer {
	steps := make([]*answer, len(c.Case.Steps))
	for i := range c.Outcome.Exchanges {
		e := &c.Outcome.Exchanges[i]
		if e.Step < 0 || e.Step >= len(steps) {
			continue
		}
		one := &answer{index: e.Step, step: &c.Case.Steps[e.Step], exchange: e}
		switch old := steps[e.Step]; {
		case old != nil && e.Page > 1:
			old.further = append(old.further, one)
		case old == nil || e.Attempt >= old.exchange.Attempt:
			steps[e.Step] = one
		}
	}
	for _, a := range steps {
		for _, page := range a.pages() {
			page.open(c.MaxDepth)
		}
	}
	return steps
}

// step judges one step.
func (c *court) step(i int) {
	a := c.steps[i]
	switch {
	case a != nil:
	case len(c.Case.Steps[i].Switch) > 0, c.Outcome.Error != "":
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
	if c.asserted == 0 && (r.Verdict == reports.Passed || r.Verdict == reports.Warned) {
		r.Verdict, r.Reason = reports.Error, "nothing was asserted: no expectation of the case could be evaluated"
	}
}

// trouble records a finding that is not the endpoint's fault.
func (c *court) trouble(step int, format string, args ...any) {
	c.findings = append(c.findings, reports.Finding{Weight: reports.Trouble, Step: step, Message: sentence(fmt.Sprintf(format, args...))})
}
