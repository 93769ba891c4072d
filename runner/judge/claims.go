package judge

import (
	"slices"

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
	for _, other := range c.beside(a, k) {
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

// beside returns the expectations that assert something beside the k-th of a step:
// the others, of an anyOf those of the reading that holds, and those of the reading
// that the k-th is being judged in. What a reading says that does not hold is
// demanded by nobody.
func (c *court) beside(a *answer, k int) []scenario.Expectation {
	if c.settling == nil {
		c.settling = map[int]bool{}
	}
	c.settling[k] = true
	defer delete(c.settling, k)
	all := slices.Clone(c.within)
	for i, other := range a.step.Expect {
		switch {
		case c.settling[i]: // itself, or an anyOf that waits for this one
		case len(other.AnyOf) == 0:
			all = append(all, other)
		default:
			all = append(all, c.held(a, other, i)...)
		}
	}
	return all
}

// held returns the expectations of the reading of an anyOf that holds.
func (c *court) held(a *answer, e scenario.Expectation, k int) []scenario.Expectation {
	for _, r := range e.AnyOf {
		if m, err := c.reading(a, r, k); m == nil && err == nil {
			return r.Expect
		}
	}
	return nil
}

// claiming says whether an expectation takes a part over. Presence and number say
// nothing about what is inside, and captures and observations assert nothing at all,
// so they take nothing over.
func claiming(other, e scenario.Expectation) bool {
	if other.At == "" || other.Item != e.Item || other.Present || other.Count != nil || other.Volume || other.Observe || other.Capture != "" {
		return false
	}
	return other.Response == "" || other.At != e.At
}

// asserts says whether anything of a wanted element is left to compare: an element
// that holds no others and is not left out.
func (l claims) asserts(want *xmltree.Node) bool {
	left := []*xmltree.Node{want}
	for len(left) > 0 {
		n := left[len(left)-1]
		left = left[:len(left)-1]
		switch {
		case l.wanted(n):
		case len(n.Children) == 0:
			return true
		default:
			left = append(left, n.Children...)
		}
	}
	return false
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
