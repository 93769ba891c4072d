package judge

import (
	"errors"
	"fmt"
	"strings"

	"esconform/reports"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// errUnjudged says that an expectation rests on another step that has no answer;
// that step has its own finding.
var errUnjudged = errors.New("another step has no answer to compare with")

// expectation judges the k-th expectation of a step.
func (c *court) expectation(a *answer, k int) {
	e := a.step.Expect[k]
	at := fmt.Sprintf("%s:%d", e.Position.File, e.Position.Line)
	if e.Observe {
		c.observe(a, e)
		return
	}
	if e.Capture != "" {
		return // what cannot be captured is missed where it is used
	}
	m, reading, err := c.holds(a, e, k)
	switch {
	case errors.Is(err, errUnjudged):
		return
	case err != nil:
		c.findings = append(c.findings, reports.Finding{Weight: reports.Trouble, Step: a.index + 1, Operation: a.step.Operation,
			Expectation: at, Message: sentence(fmt.Sprintf("the expectation at %s cannot be judged: %v", at, err))})
		return
	}
	c.asserted++
	c.evaluated[e.Proves] = true
	if m != nil {
		c.findings = append(c.findings, c.finding(a.pageOf(m.node), e.Proves, at, m))
		return
	}
	if reading != "" {
		c.observations = append(c.observations, reports.Observation{Requirement: e.Proves, Step: a.index + 1, Reading: reading})
	}
}

// holds evaluates an expectation that asserts something. The mismatch is nil when
// it holds; reading is the name of the reading of an anyOf that holds. An error
// means that the scenario or the outcome is at fault.
func (c *court) holds(a *answer, e scenario.Expectation, k int) (m *mismatch, reading string, err error) {
	for _, page := range a.pages() {
		if page.fault != nil && !a.expectsFault() {
			return unexpectedFault(page), "", nil
		}
	}
	if len(e.AnyOf) > 0 {
		return c.anyOf(a, e, k)
	}
	if e.At != "" { // looks into all pages at once
		m, err = c.matcher(a, e, k)
		return m, "", err
	}
	for _, page := range a.pages() {
		if m, err = c.matcher(page, e, k); m != nil || err != nil {
			break
		}
	}
	return m, "", err
}

// matcher evaluates the one matcher of an expectation.
func (c *court) matcher(a *answer, e scenario.Expectation, k int) (*mismatch, error) {
	switch {
	case e.Fault != nil:
		return matchFault(a, *e.Fault), nil
	case e.HTTPStatus != "":
		return matchHTTPStatus(a, e.HTTPStatus), nil
	}
	switch {
	case a.soap && !a.readable():
		return broken(nil, "the answer (%s) is not a SOAP envelope", a.kind()), nil
	case a.doc == nil:
		return broken(nil, "the answer (%s) is not XML", a.kind()), nil
	}
	switch {
	case e.Status != nil:
		return c.matchStatus(a, e)
	case e.Text != nil:
		return c.matchText(a, e)
	case e.Response != "":
		return c.matchResponse(a, e, k)
	}
	return c.matchPlace(a, e)
}

// place is the node that an expectation's path is relative to, with the path.
// Paths that begin with "bind:" are relative to the status header, or with an item
// to the n-th status; all others to the child of the Body, or with an item to the
// n-th member of its set (ruling 1 of the scenario format).
func (c *court) place(a *answer, at string, item int) (*xmltree.Node, xmltree.Path, error) {
	path, err := c.path(a, at)
	if err != nil {
		return nil, path, err
	}
	return a.base(at, item), path, nil
}

// base is the node that a path is relative to; nil when the answer has none.
func (a *answer) base(at string, item int) *xmltree.Node {
	switch {
	case inHeader(at) && item == 0:
		return a.info
	case inHeader(at) && item <= len(a.statuses):
		return a.statuses[item-1]
	case inHeader(at):
		return nil
	case item > 0:
		return a.item(item)
	}
	return a.child
}

func inHeader(at string) bool { return strings.HasPrefix(at, "bind:") }

// path substitutes and parses a path. "bind:." is the status header itself.
func (c *court) path(a *answer, at string) (xmltree.Path, error) {
	at, err := c.substitute(a, at, nil)
	if err != nil {
		return xmltree.Path{}, err
	}
	if at == "bind:." || at == "" {
		at = "."
	}
	return xmltree.ParsePath(at, wire.Namespace)
}
