package scenario

import (
	"regexp"
	"slices"
	"strings"

	"esconform/runner/wire"
)

// role says where an expectation stands: what it must and must not have depends on it.
type role int

const (
	proving role = iota // in expect: names what it proves
	reading             // in a reading of anyOf: the outer one proves
	waiting             // in until: only waits
)

// matchers are the keys of an expectation of which it has exactly one.
func matchers() []string {
	return []string{"status", "text", "response", "present", "absent", "absentOrEmpty", "equals", "matches", "sameAs",
		"count", "keys", "anyOf", "capture", "observe", "fault", "httpStatus"}
}

// placed are the matchers that look at a path.
func placed() []string {
	return []string{"present", "absent", "absentOrEmpty", "equals", "matches", "sameAs", "count", "keys", "capture"}
}

var (
	captureName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`)
	httpStatus  = regexp.MustCompile(`^(not )?[1-5]([0-9][0-9]|xx)$`)
)

func (r *caseReader) expectation(n *node, in role) Expectation {
	m := r.mapping(n, shapeExpectation)
	e := Expectation{
		Position:      n.at,
		Proves:        r.filled(m.get("proves")),
		At:            r.path(m.get("at")),
		Item:          r.number(m.get("item"), 1),
		Status:        r.status(m.get("status")),
		Text:          r.optional(m.get("text")),
		Response:      r.file(m.get("response")),
		Exact:         r.truth(m.get("exact")),
		Present:       r.yes(m.get("present"), "write absent: true for the opposite"),
		Absent:        r.yes(m.get("absent"), "write present: true for the opposite"),
		AbsentOrEmpty: r.yes(m.get("absentOrEmpty"), "write matches: \".+\" for the opposite"),
		Equals:        r.optional(m.get("equals")),
		Matches:       r.pattern(m.get("matches")),
		SameAs:        r.sameAs(m.get("sameAs")),
		Keys:          r.keys(m.get("keys")),
		AnyOf:         r.anyOf(m.get("anyOf")),
		Capture:       r.captureName(m.get("capture")),
		Observe:       r.oneOf(m.get("observe"), "observation", "true", "status") != "",
		Fault:         r.fault(m.get("fault")),
		HTTPStatus:    r.httpStatus(m.get("httpStatus")),
	}
	for _, item := range r.list(m.get("unordered")) {
		e.Unordered = append(e.Unordered, r.path(item))
	}
	if c := m.get("count"); c != nil {
		count := 0
		if e.Volume = c.text == volumeText; !e.Volume {
			count = r.number(c, 0)
		}
		e.Count = &count
	}
	if m.at.Line != 0 {
		r.checkMatcher(m, e, in)
		r.checkProves(m, e, in)
	}
	return e
}

// checkMatcher reports what does not go together in one expectation.
func (r *caseReader) checkMatcher(m *node, e Expectation, in role) {
	var found []string
	for _, key := range matchers() {
		if m.get(key) != nil {
			found = append(found, key)
		}
	}
	switch {
	case len(found) == 0:
		r.add(m.at, "this expectation demands nothing; add one of %s", strings.Join(matchers(), ", "))
		return
	case len(found) > 1:
		r.add(m.at, "this expectation has %s; write one expectation for each", strings.Join(found, " and "))
		return
	}
	matcher := found[0]
	if in != proving && slices.Contains([]string{"anyOf", "capture", "observe"}, matcher) {
		r.add(m.get(matcher).at, "%q cannot stand here; it belongs into the list expect of a step", matcher)
	}
	observed := ""
	if matcher == "observe" {
		observed = m.get("observe").text
	}
	needsAt := slices.Contains(placed(), matcher) || observed == "true"
	allowsAt := needsAt || matcher == "response"
	if needsAt && m.get("at") == nil {
		r.add(m.at, "%q needs a path; add at", matcher)
	}
	if !allowsAt && m.get("at") != nil {
		r.add(m.get("at").at, "%q looks at no path; remove at", matcher)
	}
	for _, key := range []string{"exact", "unordered"} {
		if n := m.get(key); n != nil && matcher != "response" {
			r.add(n.at, "%q goes with response only; remove it", key)
		}
	}
	if n := m.get("item"); n != nil && slices.Contains([]string{"response", "fault", "httpStatus", "anyOf"}, matcher) {
		r.add(n.at, "%q looks at no item; remove item", matcher)
	}
}

// checkProves checks the requirement that an expectation cites.
func (r *caseReader) checkProves(m *node, e Expectation, in role) {
	cites := m.get("proves")
	if in != proving || e.Capture != "" {
		if cites != nil {
			r.add(cites.at, "this proves nothing by itself; remove proves")
		}
		return
	}
	if cites == nil {
		r.add(m.at, "this expectation does not say what it proves; add proves with the id of a requirement")
		return
	}
	q, ok := r.known.Requirements.Lookup(e.Proves)
	if !ok {
		ids := make([]string, len(r.known.Requirements))
		for i, q := range r.known.Requirements {
			ids[i] = q.ID
		}
		r.add(cites.at, "there is no requirement %q%s", e.Proves, suggest(e.Proves, ids))
		return
	}
	switch {
	case q.Class == Client || q.Class == Untestable:
		r.add(cites.at, "%s is of class %s and cannot be proved by a scenario; cite another or class it anew", q.ID, q.Class)
	case q.Class == Observed && !e.Observe:
		why := "is of class observed"
		if q.Level == May {
			why = "says what may be so"
		}
		r.add(cites.at, "%s %s and can only be recorded; write observe instead of a demand", q.ID, why)
	}
}

func (r *caseReader) status(n *node) *Status {
	if n == nil {
		return nil
	}
	m := r.mapping(n, shapeStatus)
	if len(m.entries) == 0 {
		r.add(n.at, "this status demands nothing; add one of %s", strings.Join(shapeStatus.keys, ", "))
	}
	s := &Status{
		CodeMajor: r.oneOf(m.get("codeMajor"), "codeMajor", wire.CodeSuccess, wire.CodeUnsupported, wire.CodeFailure,
			wire.CodeProcessing),
		Severity:    r.oneOf(m.get("severity"), "severity", wire.SeverityStatus, wire.SeverityWarning, wire.SeverityError),
		Description: r.oneOf(m.get("description"), "demand on the description", "present", "absent"),
	}
	minor := m.get("codeMinor")
	if minor != nil && minor.kind == mappingNode {
		pair := r.mapping(minor, shapeCodeMinor)
		r.need(pair, shapeCodeMinor, shapeCodeMinor.keys...)
		s.CodeMinorName, s.CodeMinorValue = r.filled(pair.get("name")), r.filled(pair.get("value"))
	} else {
		s.CodeMinor = r.oneOf(minor, "demand on the codeMinor", "present", "absent")
	}
	return s
}

func (r *caseReader) pattern(n *node) *string {
	if n == nil {
		return nil
	}
	text := r.filled(n)
	// Placeholders stand for literal text; their braces are no repetition.
	if _, err := regexp.Compile(placeholderPattern.ReplaceAllString(text, "x")); err != nil {
		r.add(n.at, "%q is no regular expression: %v", text, err)
	}
	return &text
}

func (r *caseReader) sameAs(n *node) *SameAs {
	if n == nil {
		return nil
	}
	m := r.mapping(n, shapeSameAs)
	r.need(m, shapeSameAs, shapeSameAs.keys...)
	return &SameAs{Step: r.number(m.get("step"), 1), At: r.path(m.get("at"))}
}

func (r *caseReader) anyOf(n *node) []Reading {
	var out []Reading
	for _, item := range r.list(n) {
		m := r.mapping(item, shapeReading)
		r.need(m, shapeReading, shapeReading.keys...)
		one := Reading{Name: r.filled(m.get("reading"))}
		for _, inner := range r.list(m.get("expect")) {
			one.Expect = append(one.Expect, r.expectation(inner, reading))
		}
		if slices.ContainsFunc(out, func(o Reading) bool { return o.Name == one.Name }) {
			r.add(item.at, "there are two readings %q; give this one another name", one.Name)
		}
		out = append(out, one)
	}
	if n != nil && len(out) < 2 {
		r.add(n.at, "anyOf needs at least two readings; write a plain expectation for a single one")
	}
	return out
}

func (r *caseReader) captureName(n *node) string {
	name := r.filled(n)
	if name != "" && !captureName.MatchString(name) {
		r.add(n.at, "%q is no name for a captured value; write letters, digits and hyphens", name)
	}
	return name
}

// fault reads `fault: true` or `fault: { code: Client }`.
func (r *caseReader) fault(n *node) *Fault {
	if n == nil {
		return nil
	}
	if n.kind != mappingNode {
		r.yes(n, "write an expectation for the answer instead")
		return &Fault{}
	}
	return &Fault{Code: r.filled(r.mapping(n, shapeFault).get("code"))}
}

func (r *caseReader) httpStatus(n *node) string {
	text := r.filled(n)
	if text != "" && !httpStatus.MatchString(text) {
		r.add(n.at, `%q is no HTTP status; write for example "200", "5xx" or "not 200"`, text)
	}
	return text
}
