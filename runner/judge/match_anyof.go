package judge

import (
	"errors"
	"strings"

	"esconform/reports"
	"esconform/runner/scenario"
)

// anyOf wants one of several documented readings: the first whose expectations all
// hold is the endpoint's and is named.
func (c *court) anyOf(a *answer, e scenario.Expectation, k int) (*mismatch, string, error) {
	var first *mismatch
	var why []string
	var diff []reports.Diff
	for _, r := range e.AnyOf {
		m, err := c.reading(a, r, k)
		if err != nil {
			return nil, "", err
		}
		if m == nil {
			return nil, r.Name, nil
		}
		if first == nil {
			first = m
		}
		why = append(why, "not "+quoted(r.Name)+", because "+m.message)
		diff = append(diff, reports.Diff{Op: " ", Text: "reading " + quoted(r.Name)})
		diff = append(diff, m.diff...)
	}
	if first == nil {
		return nil, "", errors.New("it has no readings")
	}
	all := *first
	all.message = "none of the documented readings holds: " + strings.Join(why, "; ")
	all.diff = diff
	return &all, "", nil
}

// reading returns the first mismatch of a reading, nil when it holds.
func (c *court) reading(a *answer, r scenario.Reading, k int) (*mismatch, error) {
	if len(r.Expect) == 0 {
		return nil, errors.New("its reading " + quoted(r.Name) + " asserts nothing")
	}
	before := c.within
	c.within = r.Expect
	defer func() { c.within = before }()
	for _, inner := range r.Expect {
		if m, err := c.matcher(a, inner, k); m != nil || err != nil {
			return m, err
		}
	}
	return nil, nil
}
