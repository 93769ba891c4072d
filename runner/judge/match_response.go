package judge

import (
	"encoding/xml"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"esconform/reports"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// shownDifferences bounds how many differences a finding spells out.
const shownDifferences = 5

// matchResponse wants what a file of the scenario holds: the element at the path,
// or the whole of response element and status header (ruling 3). More is allowed
// unless Exact. What another expectation of the step claims is left to it, and
// volatile leaves and message identifiers are left out.
func (c *court) matchResponse(a *answer, e scenario.Expectation, k int) (*mismatch, error) {
	file, err := c.document(a, e.Response)
	if err != nil {
		return nil, err
	}
	compare := xmltree.Compare{Exact: e.Exact, Typed: true, TypeOf: typeOf, Prefix: wire.Prefix}
	for _, u := range e.Unordered {
		p, err := c.path(a, u)
		if err != nil {
			return nil, err
		}
		compare.Unordered = append(compare.Unordered, p)
	}
	left, err := c.leftToOthers(a, e, k, file)
	if err != nil {
		return nil, err
	}
	compare.Skip = left.wanted
	var all []xmltree.Difference
	asserting := false
	for _, at := range partsOf(e.At, file) {
		path, err := c.path(a, at)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Response, err)
		}
		wanted := path.Select(file.base(at, 0))
		differences, err := c.compareAt(a, at, path, wanted, compare)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Response, err)
		}
		asserting = asserting || slices.ContainsFunc(wanted, func(m xmltree.Match) bool { return left.asserts(m.Node) })
		all = append(all, differences...)
	}
	if !asserting {
		return nil, fmt.Errorf("it asserts nothing: all that %s has there is left to other expectations, or volatile", e.Response)
	}
	all = left.drop(all)
	if len(all) == 0 {
		return nil, nil
	}
	m := ofDifferences(all)
	m.message = fmt.Sprintf("the answer differs from %s in %s: %s", fileName(e.Response), plural(len(all), "place"), said(all[0]))
	return m, nil
}

func fileName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// partsOf are the paths to compare: the one given, or response element and status
// header.
func partsOf(at string, file *answer) []string {
	switch {
	case at != "":
		return []string{at}
	case file.info != nil:
		return []string{"bind:.", "."}
	}
	return []string{"."}
}

// document reads a file of the fixtures and puts the run's values into it: at
// identifiers the key for a text that names an identity, at user names the value
// made unique, and anywhere what placeholders stand for.
func (c *court) document(a *answer, name string) (*answer, error) {
	data, err := fs.ReadFile(c.Files, name)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	doc, err := xmltree.Parse(data, "", xmltree.Limits{})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	for _, n := range doc.Nodes {
		if err := c.fill(a, n); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, n.Line, err)
		}
	}
	file := &answer{step: a.step, exchange: a.exchange, doc: doc, soap: true}
	file.locate()
	if file.child == nil {
		return nil, fmt.Errorf("%s is not a SOAP envelope with an element in its Body", name)
	}
	return file, nil
}

var (
	identifierName = xml.Name{Space: wire.NSCommon, Local: "identifier"}
	userName       = xml.Name{Space: wire.NSCommon, Local: "userIdValue"}
)

// fill puts the run's values into one node of a file.
func (c *court) fill(a *answer, n *xmltree.Node) error {
	switch text := strings.TrimSpace(n.Text); n.Name {
	case identifierName:
		if key, ok := c.Outcome.Keys[text]; ok {
			n.Text = key
			return nil
		}
	case userName:
		if value, ok := c.Outcome.Unique[text]; ok {
			n.Text = value
			return nil
		}
	}
	var err error
	if n.Text, err = c.substitute(a, n.Text, nil); err != nil {
		return err
	}
	for i := range n.Attrs {
		if n.Attrs[i].Value, err = c.substitute(a, n.Attrs[i].Value, nil); err != nil {
			return err
		}
	}
	return nil
}

// compareAt compares what a file wants at a path with what the answer has there.
func (c *court) compareAt(a *answer, at string, path xmltree.Path, wanted []xmltree.Match, compare xmltree.Compare) ([]xmltree.Difference, error) {
	if len(wanted) == 0 {
		return nil, fmt.Errorf("it has nothing at %s", path)
	}
	got := path.Select(a.base(at, 0))
	var all []xmltree.Difference
	for i, w := range wanted {
		switch {
		case w.Attr != nil:
			return nil, fmt.Errorf("%s is an attribute; a response compares elements", path)
		case compare.Skip(w.Node):
		case len(wanted) == 1 && len(got) > 1 && !compare.Exact:
			all = append(all, closest(w.Node, got, compare)...)
		case i < len(got):
			all = append(all, xmltree.Diff(w.Node, got[i].Node, compare)...)
		default:
			all = append(all, c.notThere(a, at, path, w.Node))
		}
	}
	for i := len(wanted); compare.Exact && i < len(got); i++ {
		n := got[i].Node
		all = append(all, xmltree.Difference{Path: pathOf(n), Line: n.Line, Node: n, Got: n.Markup(wire.Prefix), WantAbsent: true})
	}
	return all, nil
}

// closest compares with the one of several elements that differs least.
func closest(want *xmltree.Node, got []xmltree.Match, compare xmltree.Compare) []xmltree.Difference {
	const enough = 100
	var best []xmltree.Difference
	for i, g := range got[:min(len(got), enough)] {
		if d := xmltree.Diff(want, g.Node, compare); i == 0 || len(d) < len(best) {
			best = d
		}
	}
	return best
}

func (c *court) notThere(a *answer, at string, path xmltree.Path, want *xmltree.Node) xmltree.Difference {
	s := spot{base: a.base(at, 0), path: path}
	d := xmltree.Difference{GotAbsent: true, Want: want.Markup(wire.Prefix), Node: s.nearest(a)}
	if d.Node != nil {
		d.Path, d.Line = pathOf(d.Node), d.Node.Line
	}
	return d
}

// ofDifferences makes a mismatch that shows the first differences.
func ofDifferences(all []xmltree.Difference) *mismatch {
	first := all[0]
	m := &mismatch{path: first.Path, line: first.Line, node: first.Node, wanted: first.Want, got: first.Got}
	for i, d := range all {
		if i == shownDifferences {
			m.diff = append(m.diff, reports.Diff{Op: " ", Text: fmt.Sprintf("(and %s more)", plural(len(all)-i, "difference"))})
			break
		}
		if len(all) > 1 {
			m.diff = append(m.diff, reports.Diff{Op: " ", Text: fmt.Sprintf("%s (line %d)", shownIn(d.Path, maxPath), d.Line)})
		}
		pair := diffOf(d.Want, d.Got)
		if !d.WantAbsent {
			m.diff = append(m.diff, pair[0])
		}
		if !d.GotAbsent {
			m.diff = append(m.diff, pair[1])
		}
	}
	return m
}

// said tells one difference in words.
func said(d xmltree.Difference) string {
	switch {
	case d.GotAbsent:
		return quoted(d.Want) + " is missing"
	case d.WantAbsent:
		return quoted(d.Got) + " is not wanted"
	}
	return quoted(d.Got) + " instead of " + quoted(d.Want)
}
