package judge

import (
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// claims are the parts of a `response: FILE` that are left to other expectations
// of the step (ruling 3), or are volatile.
type claims struct {
	inFile, inAnswer map[*xmltree.Node]bool
}

// wanted says whether a node of the file is left out.
func (l claims) wanted(n *xmltree.Node) bool {
	if l.inFile[n] {
		return true
	}
	// The echo of the message identifier is checked everywhere (HDR-01, HDR-02).
	return n.Name.Space == wire.NSBind && (n.Name.Local == "messageIdentifier" || n.Name.Local == "messageIdRef")
}

// drop leaves out differences that lie in claimed parts of the answer: with Exact
// those are elements that the file does not have.
func (l claims) drop(all []xmltree.Difference) []xmltree.Difference {
	var kept []xmltree.Difference
	for _, d := range all {
		claimed := false
		for n := d.Node; d.WantAbsent && n != nil && !claimed; n = n.Parent {
			claimed = l.inAnswer[n]
		}
		if !claimed {
			kept = append(kept, d)
		}
	}
	return kept
}

// leftToOthers finds the claimed parts for the k-th expectation of a step, or one
// inside of it.
func (c *court) leftToOthers(a *answer, e scenario.Expectation, k int, file *answer) (claims, error) {
	l := claims{map[*xmltree.Node]bool{}, map[*xmltree.Node]bool{}}
	var all []scenario.Expectation
	for i, other := range a.step.Expect {
		if i != k {
			all = append(all, other)
		}
		for _, r := range other.AnyOf {
			all = append(all, r.Expect...)
		}
	}
	for _, other := range all {
		if !claiming(other, e) {
			continue
		}
		if err := c.claim(a, l, other, file); err != nil {
			return l, err
		}
	}
	for _, v := range c.Case.Scenario.Volatile {
		if v.File != e.Response {
			continue
		}
		path, err := c.path(a, v.Path)
		if err != nil {
			return l, err
		}
		for _, m := range path.Select(file.base(v.Path, 0)) {
			l.inFile[m.Node] = true
		}
	}
	return l, nil
}

// claiming says whether an expectation takes a part over. Presence and number say
// nothing about what is inside, so they take nothing over.
func claiming(other, e scenario.Expectation) bool {
	if other.At == "" || other.Item != e.Item || other.Present || other.Count != nil {
		return false
	}
	return other.Response == "" || other.At != e.At
}

func (c *court) claim(a *answer, l claims, other scenario.Expectation, file *answer) error {
	path, err := c.path(a, other.At)
	if err != nil {
		return err
	}
	for _, m := range path.Select(file.base(other.At, 0)) {
		l.inFile[m.Node] = true
	}
	for _, m := range path.Select(a.base(other.At, 0)) {
		l.inAnswer[m.Node] = true
	}
	return nil
}
