package judge

import (
	"cmp"
	"fmt"
	"slices"

	"esconform/reports"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// mismatch says how an answer is not as it should be. Its texts may be hostile and
// of any length; a finding bounds them.
type mismatch struct {
	message     string // one sentence without full stop
	node        *xmltree.Node
	path        string // overrides the path of node
	line        int    // overrides the line of node
	wanted, got string
	diff        []reports.Diff
}

// differs makes a mismatch of two values at a node.
func differs(node *xmltree.Node, wanted, got, format string, args ...any) *mismatch {
	return &mismatch{message: fmt.Sprintf(format, args...), node: node, wanted: wanted, got: got,
		diff: diffOf(wanted, got)}
}

// lacks makes a mismatch of a value that is missing.
func lacks(node *xmltree.Node, wanted, format string, args ...any) *mismatch {
	m := differs(node, wanted, "", format, args...)
	m.diff = m.diff[:1]
	return m
}

// broken makes a mismatch that has no two values to compare.
func broken(node *xmltree.Node, format string, args ...any) *mismatch {
	return &mismatch{message: fmt.Sprintf(format, args...), node: node}
}

// where gives path and line of a mismatch.
func (m *mismatch) where() (string, int) {
	path, line := m.path, m.line
	if m.node != nil {
		if path == "" {
			path = pathOf(m.node)
		}
		if line == 0 {
			line = m.node.Line
		}
	}
	return path, line
}

// pathOf is the path of a node with the prefixes of this project.
func pathOf(n *xmltree.Node) string { return n.Path(wire.Prefix) }

// finding makes a finding of a mismatch.
func (c *court) finding(a *answer, requirement, expectation string, m *mismatch) reports.Finding {
	path, line := m.where()
	f := reports.Finding{
		Requirement: requirement, Message: sentence(m.message), Step: a.index + 1, Operation: a.step.Operation,
		Expectation: expectation, Path: shownIn(path, maxPath), Line: line, Wanted: shown(m.wanted), Got: shown(m.got),
		Diff: m.diff, Excerpt: excerpt(a.pageOf(m.node).doc, m.node, line), Response: a.exchange.ResponseFile,
	}
	q, ok := c.Requirements.Lookup(requirement)
	if !ok {
		f.Weight = reports.Trouble
		f.Message = sentence(fmt.Sprintf("the requirement %q is not in the inventory; %s", requirement, m.message))
		return f
	}
	f.Statement, f.Source, f.Weight = q.Statement, q.Source, weigh(q, c.Strict)
	return f
}

// weigh says how much a broken requirement weighs (section 2 of the design,
// ruling 9). What is only allowed cannot be broken; asserting it is our mistake.
func weigh(q scenario.Requirement, strict bool) reports.Weight {
	weak := q.Confidence == "client" || q.Confidence == "inferred"
	switch {
	case q.Fails:
		return reports.Failure
	case q.Level == scenario.May:
		return reports.Trouble
	case q.Level == scenario.Should, weak && !strict:
		return reports.Warning
	}
	return reports.Failure
}

// check records that a universal requirement was evaluated on an answer, and a
// finding when it does not hold. Of several in one step the first is kept.
func (c *court) check(a *answer, requirement string, m *mismatch) {
	c.evaluated[requirement] = true
	at := place{a.index, requirement}
	if m == nil || c.accounted[at] {
		return
	}
	c.accounted[at] = true
	c.findings = append(c.findings, c.finding(a, requirement, "", m))
}

// note records what a universal check has observed, once a step.
func (c *court) note(o reports.Observation) {
	if !slices.Contains(c.observations, o) {
		c.observations = append(c.observations, o)
	}
}

// byPlace orders findings.
func byPlace(a, b reports.Finding) int {
	return cmp.Or(cmp.Compare(a.Step, b.Step), cmp.Compare(a.Requirement, b.Requirement), cmp.Compare(a.Path, b.Path))
}
