package scenario

import (
	"encoding/xml"
	"slices"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// checkStep reports what does not go together in one step.
func (r *caseReader) checkStep(m *node, step Step, s Scenario) {
	if m.at.Line == 0 {
		return
	}
	if m.get("expect") == nil || m.get("expect").kind == sequenceNode && len(step.Expect) == 0 {
		r.add(m.at, "this step expects nothing; say in expect what it must show")
	}
	if m.get("operation") == nil {
		r.checkRaw(m)
	} else if m.get("request") == nil {
		r.add(m.at, "this step has no request; name the file to send")
	}
	r.checkWaiting(m)
	r.checkPlace(m, step, s)
	if m.get("operation") != nil {
		r.checkRequest(m, step)
	}
}

// checkRaw checks a step without an operation: a bare HTTP request without a body.
func (r *caseReader) checkRaw(m *node) {
	if m.get("http") == nil {
		r.add(m.at, "this step calls no operation; add operation and request, or http for a bare HTTP request")
		return
	}
	for _, key := range []string{"request", "set", "remove", "repeat", "pages", "mutate", "schemaInvalid", "messageId", "as"} {
		if n := m.get(key); n != nil {
			r.add(n.at, "a bare HTTP request sends no envelope; remove %q or add operation", key)
		}
	}
}

// checkWaiting checks that until and within stand together.
func (r *caseReader) checkWaiting(m *node) {
	until, within := m.get("until"), m.get("within")
	if until != nil && within == nil {
		r.add(until.at, "until has no limit; add within, for example within: 5s")
	}
	if within != nil && until == nil {
		r.add(within.at, "within limits nothing; add until or remove it")
	}
	if op, ok := wire.Lookup(m.get("operation").plain()); ok && until != nil && op.Effect != wire.Read {
		r.add(until.at, "only a read can be repeated, and %s is none", op.Name)
	}
}

// checkPlace checks that the scenario asks for what the step uses.
func (r *caseReader) checkPlace(m *node, step Step, s Scenario) {
	if (step.Site == "other" || step.As.Credentials == "other-site") && s.Needs.Sites < 2 {
		r.add(m.at, "this step uses a second site; add needs: { sites: 2 }")
	}
	if step.As.Replay && !slices.Contains(s.Needs.Features, featureReplay) {
		r.add(m.at, "not every endpoint looks for replays; add needs: { features: [%s] }", featureReplay)
	}
	if step.As.Credentials == "wrong-password" && !s.Last {
		r.add(m.at, "wrong passwords may lock an account out; add last: true to the scenario")
	}
}

// featureReplay is the feature of an endpoint that refuses a nonce which it has seen.
const featureReplay = "replayDetection"

// checkRequest checks the envelope of a step, before and after its edits.
func (r *caseReader) checkRequest(m *node, step Step) {
	doc, problem := r.files.read(step.Request)
	operation, known := wire.Lookup(step.Operation)
	if problem != "" || !known {
		r.names.unread = true // and reported
		return
	}
	at := m.get("request").at
	if root := bodyChild(doc).Name; root != (xml.Name{Space: operation.Request.Space, Local: operation.Request.Local}) {
		r.add(at, "the Body of %s holds %s, but %s sends %s", step.Request,
			wire.Name{Space: root.Space, Local: root.Local}, operation.Name, operation.Request)
		return
	}
	final, err := r.edited(doc, step)
	if err != nil {
		if r.parsable(step) { // else reported already
			r.add(editPosition(m, at), "the request cannot be changed so: %v", err)
		}
		r.noteKeys(operation, doc)
		return
	}
	r.checkMany(m, step, operation, final)
	r.checkKeys(operation, final, at, step.Repeat.Any())
}

// edited returns a step's request after set and remove.
func (r *caseReader) edited(doc *xmltree.Document, step Step) (*xmltree.Document, error) {
	if len(step.Set)+len(step.Remove) == 0 {
		return doc, nil
	}
	edited, err := Apply(doc.UTF8, step.Set, step.Remove)
	if err != nil {
		return nil, err
	}
	return xmltree.Parse(edited, "", xmltree.Limits{})
}

// parsable says whether all paths of a step's edits parse.
func (r *caseReader) parsable(step Step) bool {
	bad := func(path string) bool {
		_, _, err := ParsePath(path)
		return err != nil
	}
	return !slices.ContainsFunc(step.Set, func(a Assignment) bool { return bad(a.Path) }) &&
		!slices.ContainsFunc(step.Remove, bad)
}

// editPosition is where the edits of a step stand.
func editPosition(m *node, otherwise Position) Position {
	for _, key := range []string{"set", "remove"} {
		if n := m.get(key); n != nil {
			return n.at
		}
	}
	return otherwise
}
