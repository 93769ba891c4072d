package judge

import (
	"encoding/xml"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// spot is what an expectation's path leads to.
type spot struct {
	at      string // the path, substituted
	base    *xmltree.Node
	path    xmltree.Path
	matches []xmltree.Match
}

func (c *court) spot(a *answer, at string, item int) (spot, error) {
	base, path, err := c.place(a, at, item)
	if err != nil {
		return spot{}, err
	}
	s := spot{at: path.String(), base: base, path: path, matches: path.Select(base)}
	for _, page := range a.further {
		s.matches = append(s.matches, path.Select(page.base(at, item))...)
	}
	return s, nil
}

// nearest is the place to point at when the path leads nowhere.
func (s spot) nearest(a *answer) *xmltree.Node {
	switch {
	case s.base != nil:
		return s.path.Nearest(s.base)
	case a.child != nil:
		return a.child
	}
	return a.body
}

// missing is the mismatch of something that is not there.
func (s spot) missing(a *answer, wanted string) *mismatch {
	if wanted == "" {
		return broken(s.nearest(a), "%s is missing from the answer", s.shown())
	}
	return lacks(s.nearest(a), wanted, "%s is missing from the answer", s.shown())
}

func (s spot) shown() string { return shownIn(s.at, 160) }

// matchPlace evaluates the matchers that look at a path.
func (c *court) matchPlace(a *answer, e scenario.Expectation) (*mismatch, error) {
	s, err := c.spot(a, e.At, e.Item)
	if err != nil {
		return nil, err
	}
	switch {
	case e.Volume:
		return s.counts(a, c.Case.Volume), nil
	case e.Count != nil:
		return s.counts(a, *e.Count), nil
	case e.Keys != nil:
		return c.keys(a, s, e.Keys)
	case e.Absent:
		return s.absent(), nil
	case e.AbsentOrEmpty:
		return s.absentOrEmpty(), nil
	case e.SameAs != nil:
		return c.sameAs(a, s, *e.SameAs)
	case e.Equals != nil:
		return c.equals(a, s, *e.Equals)
	case e.Matches != nil:
		return c.matches(a, s, *e.Matches)
	case !e.Present:
		return nil, errors.New("it has no matcher")
	case len(s.matches) == 0:
		return s.missing(a, ""), nil
	}
	return nil, nil
}

func (s spot) counts(a *answer, wanted int) *mismatch {
	got := len(s.matches)
	if got == wanted {
		return nil
	}
	at := s.nearest(a)
	if got > wanted {
		at = s.matches[wanted].Node
	}
	return differs(at, itoa(wanted), itoa(got), "%s stands %s in the answer instead of %d", s.shown(), plural(got, "time"), wanted)
}

// absent holds as well where a parent is missing (ruling 1).
func (s spot) absent() *mismatch {
	if len(s.matches) == 0 {
		return nil
	}
	m := s.matches[0]
	got := valueOf(m)
	return differs(m.Node, "nothing", got, "%s is in the answer (%s), but should be absent", s.shown(), quoted(got))
}

// absentOrEmpty also takes an element without any text in it or below it.
func (s spot) absentOrEmpty() *mismatch {
	for _, m := range s.matches {
		if m.Attr != nil && strings.TrimSpace(m.Attr.Value) == "" || m.Attr == nil && blank(m.Node) {
			continue
		}
		got := valueOf(m)
		return differs(m.Node, "nothing", got, "%s is %s, but should be absent or empty", s.shown(), quoted(got))
	}
	return nil
}

// blank says whether an element holds no text, at any depth.
func blank(n *xmltree.Node) bool {
	left := []*xmltree.Node{n}
	for len(left) > 0 {
		n, left = left[len(left)-1], left[:len(left)-1]
		if strings.TrimSpace(n.Text) != "" {
			return false
		}
		left = append(left, n.Children...)
	}
	return true
}

// equals wants everything that the path leads to, at least one, to have the value.
// What is declared to be a boolean, a date-time or a date is compared by value.
func (c *court) equals(a *answer, s spot, value string) (*mismatch, error) {
	wanted, err := c.substitute(a, value, nil)
	if err != nil {
		return nil, err
	}
	if len(s.matches) == 0 {
		return s.missing(a, wanted), nil
	}
	for _, m := range s.matches {
		if got := textOf(m); !xmltree.SameOf(typeOf(nameAt(m)), wanted, got) {
			return differs(m.Node, wanted, got, "%s is %s instead of %s", s.shown(), quoted(got), quoted(wanted)), nil
		}
	}
	return nil, nil
}

// matches wants everything that the path leads to, at least one, to match a
// regular expression as a whole.
func (c *court) matches(a *answer, s spot, pattern string) (*mismatch, error) {
	pattern, err := c.substitute(a, pattern, regexp.QuoteMeta)
	if err != nil {
		return nil, err
	}
	re, err := regexp.Compile(`\A(?:` + pattern + `)\z`)
	if err != nil {
		return nil, fmt.Errorf("its pattern: %w", err)
	}
	if len(s.matches) == 0 {
		return s.missing(a, pattern), nil
	}
	for _, m := range s.matches {
		if got := textOf(m); !re.MatchString(got) {
			return differs(m.Node, pattern, got, "%s is %s, which does not match the pattern", s.shown(), quoted(got)), nil
		}
	}
	return nil, nil
}

// sameAs wants what another step's answer has at a path.
func (c *court) sameAs(a *answer, s spot, ref scenario.SameAs) (*mismatch, error) {
	if ref.Step < 1 || ref.Step > len(c.steps) {
		return nil, fmt.Errorf("there is no step %d", ref.Step)
	}
	other := c.steps[ref.Step-1]
	if other == nil || other.child == nil {
		return nil, errUnjudged
	}
	from, err := c.spot(other, ref.At, 0)
	if err != nil {
		return nil, err
	}
	switch {
	case len(from.matches) == 0:
		return broken(s.nearest(a), "%s should be as in step %d, but that answer has nothing at %s", s.shown(), ref.Step, from.shown()), nil
	case len(s.matches) == 0:
		return s.missing(a, valueOf(from.matches[0])), nil
	case len(s.matches) != len(from.matches):
		return differs(s.matches[0].Node, itoa(len(from.matches)), itoa(len(s.matches)), "%s stands %s in the answer, but %s in that of step %d",
			s.shown(), plural(len(s.matches), "time"), plural(len(from.matches), "time"), ref.Step), nil
	}
	for i, want := range from.matches {
		if m := same(want, s.matches[i]); m != nil {
			m.message = fmt.Sprintf("%s is not as in step %d: %s instead of %s", s.shown(), ref.Step, quoted(m.got), quoted(m.wanted))
			return m, nil
		}
	}
	return nil, nil
}

// same compares two values: texts, or elements with all below them.
func same(want, got xmltree.Match) *mismatch {
	if want.Attr != nil || got.Attr != nil || want.Node.Name != got.Node.Name {
		if w, g := textOf(want), textOf(got); !xmltree.SameOf(typeOf(nameAt(got)), w, g) {
			return differs(got.Node, w, g, "")
		}
		return nil
	}
	differences := xmltree.Diff(want.Node, got.Node, xmltree.Compare{Exact: true, Typed: true, TypeOf: typeOf, Prefix: wire.Prefix})
	if len(differences) == 0 {
		return nil
	}
	return ofDifferences(differences)
}

// typeOf is the declared type of an element or attribute: only where it is one of
// these is 1 the same as true, or a date the same in another form.
func typeOf(name xml.Name) string {
	switch wire.TypeOf(wire.Name{Space: name.Space, Local: name.Local}) {
	case wire.Boolean:
		return xmltree.Boolean
	case wire.Date:
		return xmltree.Date
	case wire.DateTime:
		return xmltree.DateTime
	}
	return ""
}

// nameAt is the name of what a path has led to.
func nameAt(m xmltree.Match) xml.Name {
	if m.Attr != nil {
		return m.Attr.Name
	}
	return m.Node.Name
}

// textOf is the text of a leaf as it came; beside child elements white space does
// not count.
func textOf(m xmltree.Match) string {
	text := m.Text()
	if m.Attr == nil && len(m.Node.Children) > 0 {
		return strings.TrimSpace(text)
	}
	return text
}

// valueOf is what to show of a match: its text, or its markup when it has elements
// inside.
func valueOf(m xmltree.Match) string {
	if m.Attr == nil && len(m.Node.Children) > 0 {
		return m.Node.Markup(wire.Prefix)
	}
	return textOf(m)
}
