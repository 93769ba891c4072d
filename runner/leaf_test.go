//go:build !race

package runner_test

import (
	"encoding/xml"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/sandbox"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// TestMatrixEveryDocumentedLeafMatters changes each leaf of each documented response
// in turn in what the sandbox really answered: the case turns red, or the leaf is
// listed as volatile with a reason. A leaf that is listed and turns red all the same
// is listed wrongly.
func TestMatrixEveryDocumentedLeafMatters(t *testing.T) {
	r := newRig(t)
	clean := r.run(t, r.sandbox(t, sandbox.Options{}), nil)
	leaves := 0
	for _, sc := range r.library.Scenarios {
		for _, sample := range samples(sc) {
			t.Run(sc.ID+"/"+sample.file, func(t *testing.T) { leaves += r.mutateLeaves(t, sc, sample, clean) })
		}
	}
	if leaves == 0 {
		t.Fatal("no leaf was changed")
	}
	t.Logf("%d leaves of documented responses", leaves)
}

// sample is a documented response and a step that demands it.
type sample struct {
	file   string
	caseID string
	step   int
}

// samples are the documented responses of a scenario, each with its first use.
func samples(sc scenario.Scenario) []sample {
	var all []sample
	add := func(file, id string, step int) {
		if file != "" && !slices.ContainsFunc(all, func(s sample) bool { return s.file == file }) {
			all = append(all, sample{file, id, step})
		}
	}
	for _, c := range sc.Cases {
		for i, s := range c.Steps {
			for _, e := range s.Expect {
				add(e.Response, c.ID(), i)
				for _, reading := range e.AnyOf {
					for _, inner := range reading.Expect {
						add(inner.Response, c.ID(), i)
					}
				}
			}
		}
	}
	return all
}

func (r *rig) mutateLeaves(t *testing.T, sc scenario.Scenario, s sample, clean map[string]judged) int {
	data, err := fs.ReadFile(r.files, s.file)
	if err != nil {
		t.Fatal(err)
	}
	documented := parse(t, data)
	j := clean[s.caseID]
	i := slices.IndexFunc(j.outcome.Exchanges, func(e evidence.Exchange) bool { return e.Step == s.step })
	if i < 0 {
		t.Fatalf("step %d of %s was not sent: %s %s", s.step+1, s.caseID, j.result.Verdict, j.result.Reason)
	}
	answered := parse(t, j.outcome.Exchanges[i].Response)
	leaves := leavesOf(documented)
	for _, l := range leaves {
		reason := volatile(t, sc, s.file, documented, l)
		red, found := r.turnsRed(t, j, i, answered, l, j.outcome.Keys)
		switch {
		case reason == "" && !found:
			t.Errorf("%s: the answer does not have it, and it is not listed as volatile", l)
		case reason == "" && !red:
			t.Errorf("%s: another value passes, and it is not listed as volatile", l)
		case reason != "" && found && red:
			t.Errorf("%s: listed as volatile (%s), but another value turns the case red", l, reason)
		}
	}
	return len(leaves)
}

// leaf is an element without child elements, or an attribute.
type leaf struct {
	node *xmltree.Node
	attr *xmltree.Attr
}

func (l leaf) String() string {
	path := l.node.Path(wire.Prefix)
	if l.attr != nil {
		path += "/@" + wire.Name{Space: l.attr.Name.Space, Local: l.attr.Name.Local}.String()
	}
	return path
}

func leavesOf(d *xmltree.Document) []leaf {
	var all []leaf
	for _, n := range d.Nodes {
		for i, a := range n.Attrs {
			if a.Name.Space != wire.NSXsi { // xsi:nil is the value of the element itself
				all = append(all, leaf{n, &n.Attrs[i]})
			}
		}
		if len(n.Children) == 0 && n.Name.Local != "Envelope" {
			all = append(all, leaf{node: n})
		}
	}
	return all
}

// volatile returns the reason for which a leaf is listed as volatile.
func volatile(t *testing.T, sc scenario.Scenario, file string, d *xmltree.Document, l leaf) string {
	for _, v := range sc.Volatile {
		if v.File != file {
			continue
		}
		path, err := xmltree.ParsePath(strings.TrimPrefix(v.Path, "soap:Header/"), wire.Namespace)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range path.Select(anchor(d, v.Path)) {
			if m.Node == l.node && (m.Attr == nil) == (l.attr == nil) && (m.Attr == nil || m.Attr.Name == l.attr.Name) {
				return v.Reason
			}
		}
	}
	return ""
}

// anchor is where a path of the scenario format begins.
func anchor(d *xmltree.Document, path string) *xmltree.Node {
	header := d.Root.Child(xml.Name{Space: wire.NSSOAP, Local: "Header"})
	switch {
	case strings.HasPrefix(path, "bind:"):
		return header.Child(xml.Name{Space: wire.NSBind, Local: "syncResponseHeaderInfo"})
	case strings.HasPrefix(path, "wsse:"), strings.HasPrefix(path, "soap:Header/"):
		return header
	}
	body := d.Root.Child(xml.Name{Space: wire.NSSOAP, Local: "Body"})
	if body == nil || len(body.Children) == 0 {
		return nil
	}
	return body.Children[0]
}

// turnsRed changes the leaf in the recorded answer and judges the case again. found
// is false when the answer has no such leaf.
func (r *rig) turnsRed(t *testing.T, j judged, exchange int, answered *xmltree.Document, l leaf, keys map[string]string) (red, found bool) {
	node := counterpart(answered, l.node, keys)
	if node == nil {
		return false, false
	}
	changed, ok := change(answered, node, l.attr)
	if !ok {
		return false, false
	}
	outcome := j.outcome
	outcome.Exchanges = slices.Clone(outcome.Exchanges)
	outcome.Exchanges[exchange].Response = changed
	result := r.judge(t.Context(), j.item, outcome)
	return result.Verdict == reports.Failed || result.Verdict == reports.Warned, true
}

// counterpart finds the node of the answer that stands where the documented one
// does: the same names on the way and, where there are several, the same text.
func counterpart(d *xmltree.Document, want *xmltree.Node, keys map[string]string) *xmltree.Node {
	text := strings.TrimSpace(want.Text)
	if key, ok := keys[text]; ok {
		text = key
	}
	var first *xmltree.Node
	for _, n := range d.Nodes {
		if !sameWay(n, want) {
			continue
		}
		if strings.TrimSpace(n.Text) == text {
			return n
		}
		if first == nil {
			first = n
		}
	}
	return first
}

func sameWay(a, b *xmltree.Node) bool {
	for a != nil && b != nil {
		if a.Name != b.Name {
			return false
		}
		a, b = a.Parent, b.Parent
	}
	return a == nil && b == nil
}

// change gives the leaf another value of the same type.
func change(d *xmltree.Document, n *xmltree.Node, attr *xmltree.Attr) ([]byte, bool) {
	if attr != nil {
		value, ok := n.Attr(attr.Name)
		if !ok {
			return nil, false
		}
		tag := string(d.UTF8[n.Start:startTagEnd(d, n)])
		for _, quote := range []string{`"`, `'`} {
			old := ":" + attr.Name.Local + "=" + quote + value + quote
			if strings.Contains(tag, old) {
				tag = strings.Replace(tag, old, ":"+attr.Name.Local+"="+quote+other(attr.Name.Local, value)+quote, 1)
				return xmltree.Edit(d, xmltree.Splice{Start: n.Start, End: startTagEnd(d, n), Text: tag}), true
			}
		}
		return nil, false
	}
	value := xmltree.EscapeText(other(n.Name.Local, n.Text))
	if n.InnerStart == n.InnerEnd { // an empty or nil element gets a value
		tag := strings.TrimSuffix(strings.TrimSpace(string(d.UTF8[n.Start:n.End])), "/>")
		if i := strings.Index(tag, ">"); i >= 0 {
			tag = tag[:i]
		}
		name := strings.Fields(tag[1:])[0]
		tag = nilAttribute.ReplaceAllString(tag, "")
		return xmltree.Edit(d, xmltree.Splice{Start: n.Start, End: n.End, Text: fmt.Sprintf("%s>%s</%s>", tag, value, name)}), true
	}
	return xmltree.Edit(d, xmltree.Splice{Start: n.InnerStart, End: n.InnerEnd, Text: value}), true
}

var nilAttribute = regexp.MustCompile(`\s[\w.-]+:nil="[^"]*"`)

func startTagEnd(d *xmltree.Document, n *xmltree.Node) int {
	if n.InnerStart == n.End { // self-closing
		return n.End
	}
	return n.InnerStart
}

// others are values to change to, for leaves whose type allows only some.
var others = map[string][]string{
	"codeMajor": {"success", "failure"}, "severity": {"status", "warning", "error"}, "language": {"en-US", "en-GB"},
	"gender": {"Male", "Female"}, "relation": {"Child", "Parent"}, "telType": {"Voice", "Fax", "Mobile"},
	"institutionRoleType": {"Student", "Guest"}, "primaryRoleType": {"true", "false"},
	"mustUnderstand": {"1", "0"}, "bday": {"1926-07-03", "1931-05-04"}, "virtualCount": {"1", "2"},
	"Created": {"2011-02-02T14:23:09.653Z", "2011-02-02T14:20:09.653Z"}, "Expires": {"2011-02-02T14:28:09.653Z", "2011-02-02T14:30:09.653Z"},
}

func other(name, value string) string {
	for _, v := range others[name] {
		if v != strings.TrimSpace(value) {
			return v
		}
	}
	return strings.TrimSpace(value) + "x"
}

func parse(t *testing.T, data []byte) *xmltree.Document {
	t.Helper()
	d, err := xmltree.Parse(data, "", xmltree.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	return d
}
