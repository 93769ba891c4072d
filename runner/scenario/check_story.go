package scenario

import (
	"maps"
	"slices"
	"strings"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// checkStory checks what concerns several steps: captured values are used after
// they are captured, steps that are referred to exist, and something is demanded.
func (r *caseReader) checkStory(n *node, steps []Step) {
	captured := map[string]bool{}
	for i, item := range r.list(n) {
		expect := item.get("expect")
		for _, e := range item.entries {
			if e.key != "expect" {
				e.value.walk(r.captures(captured))
			}
		}
		if doc, _ := r.files.read(steps[i].Request); doc != nil {
			fileText(steps[i].Request, doc, r.captures(captured))
		}
		for _, e := range steps[i].Expect {
			if e.Capture == "" {
				continue
			}
			if captured[e.Capture] {
				r.add(e.Position, "the name %q is captured twice; give the second one another name", e.Capture)
			}
			captured[e.Capture] = true
		}
		if expect != nil {
			expect.walk(r.captures(captured))
		}
	}
	for i, step := range steps {
		for _, e := range step.Expect {
			r.checkSameAs(i, steps, e)
		}
	}
	if expects(steps) && !demands(steps) {
		r.add(n.at, "every expectation of this scenario only records; add one that demands something")
	}
}

// captures returns a check of the {capture:...} and {unique:...} of a text.
func (r *caseReader) captures(captured map[string]bool) func(string, Position) {
	return func(text string, at Position) {
		for _, p := range placeholders(text) {
			if p.kind == holdCapture && !captured[p.name] {
				r.add(at, "nothing has been captured as %q before; add capture: %s to an earlier step%s", p.name, p.name,
					suggest(p.name, slices.Sorted(maps.Keys(captured))))
			}
			if p.kind == holdUnique && !r.unique[p.name] {
				r.add(at, "no request of the scenario sends %q where values are made unique%s", p.name,
					suggest(p.name, slices.Sorted(maps.Keys(r.unique))))
			}
		}
	}
}

func (r *caseReader) checkSameAs(i int, steps []Step, e Expectation) {
	if e.SameAs != nil {
		n := e.SameAs.Step
		if n > len(steps) || n == i+1 || n >= 1 && len(steps[n-1].Switch) > 0 {
			r.add(e.Position, "sameAs refers to step %d, which is no other call of this scenario; steps count from 1", n)
		}
	}
	for _, one := range e.AnyOf {
		for _, inner := range one.Expect {
			r.checkSameAs(i, steps, inner)
		}
	}
}

// expects says whether there is any expectation at all.
func expects(steps []Step) bool {
	return slices.ContainsFunc(steps, func(s Step) bool { return len(s.Expect) > 0 })
}

// demands says whether any expectation is more than a record.
func demands(steps []Step) bool {
	for _, s := range steps {
		for _, e := range s.Expect {
			if !e.Observe && e.Capture == "" {
				return true
			}
		}
	}
	return false
}

// noteKeys marks the identities of a request as used, whose edits cannot be made.
func (r *caseReader) noteKeys(operation wire.Operation, doc *xmltree.Document) {
	for _, paths := range [][]string{operation.Targets, operation.NewKeys, operation.References} {
		for _, text := range paths {
			for _, m := range mustParse(text).Select(bodyChild(doc)) {
				if r.identity(m.Text()) != nil {
					r.names.used[m.Text()] = true
				}
			}
		}
	}
}

// checkKeys checks that every key of a request is an identity of the scenario, and
// notes which values the run makes unique.
func (r *caseReader) checkKeys(operation wire.Operation, doc *xmltree.Document, at Position, repeated bool) {
	root := bodyChild(doc)
	for _, paths := range [][]string{operation.Targets, operation.NewKeys, operation.References} {
		for _, text := range paths {
			for _, m := range mustParse(text).Select(root) {
				r.checkKey(m.Text(), text, at, repeated)
			}
		}
	}
	for _, text := range operation.Unique {
		for _, m := range mustParse(text).Select(root) {
			if text := strings.TrimSpace(m.Text()); repeated {
				r.unique[text+"-1"] = true
			} else {
				r.unique[text] = true
			}
		}
	}
}

func (r *caseReader) checkKey(key, path string, at Position, repeated bool) {
	if key == "" {
		return // a request about an empty key
	}
	if p := placeholders(key); len(p) == 1 && p[0].whole == key && (p[0].kind == holdKey || p[0].kind == holdCapture) {
		return // checked where it is written
	}
	if one := r.identity(key); one != nil && one.Count.Any() && !repeated {
		r.add(at, "the identity %q stands for many; add repeat to this step, or name one of them, such as %s-1", key, key)
	}
	if r.identity(key) == nil {
		shown := []rune(key)
		if len(shown) > 40 {
			shown = append(shown[:40], '…')
		}
		r.add(at, "the request has the key %q at %s, which is no identity of the scenario; add it to identities or given",
			string(shown), path)
		return
	}
	r.use(key, at)
}

// mustParse parses a path of the table of operations, which a test of that table
// keeps valid.
func mustParse(text string) xmltree.Path {
	p, _, _ := ParsePath(text)
	return p
}

// checkText checks the placeholders in a file: use is called with the identity of
// {key:...}; {capture:...} is checked in the order of the steps; {run-start} is
// replaced; the others are not.
func (r reader) checkText(file string, doc *xmltree.Document, use func(name string, at Position)) {
	fileText(file, doc, func(text string, at Position) {
		for _, p := range placeholders(text) {
			switch p.kind {
			case holdKey:
				use(p.name, at)
			case holdCase, holdUnique, holdMessage, holdLong, holdVolume:
				r.add(at, "%s is not replaced in XML files; use set in the step, or demand it in an expectation", p.whole)
			}
		}
	})
}

// fileText visits the texts of an envelope that may hold placeholders.
func fileText(file string, doc *xmltree.Document, visit func(text string, at Position)) {
	for _, n := range doc.Nodes {
		if strings.Contains(n.Text, "{") {
			visit(n.Text, Position{File: file, Line: n.Line, Column: n.Column})
		}
	}
}
