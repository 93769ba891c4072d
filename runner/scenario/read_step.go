package scenario

import (
	"slices"
	"strings"
	"time"

	"esconform/runner/wire"
)

// Mutations names the ways in which a request can be malformed on purpose.
func Mutations() []string {
	return []string{"truncated", "unbalanced", "undeclared-prefix", "soap12-envelope", "unknown-operation", "doctype",
		"unqualified-children", "other-prefixes", "second-body-child", "illegal-character"}
}

// credentials names the ways to authenticate a step.
func credentials() []string {
	return []string{"own", "none", "wrong-password", "unknown-user", "other-site"}
}

// services names what a step can be sent to.
func services() []string {
	return []string{"separate", "combined", wire.ServicePerson, wire.ServiceExtendedPerson, wire.ServiceGroup, wire.ServiceMembership}
}

// maxWithin bounds how long a step may wait for something to become so.
const maxWithin = 10 * time.Minute

func (r *caseReader) steps(n *node, s Scenario) []Step {
	var out []Step
	for _, item := range r.list(n) {
		out = append(out, r.step(item, s))
	}
	if n != nil && n.kind == sequenceNode && len(out) == 0 {
		r.add(n.at, "a scenario without steps shows nothing; add one")
	}
	r.checkStory(n, out)
	return out
}

func (r *caseReader) step(n *node, s Scenario) Step {
	m := r.mapping(n, shapeStep)
	step := Step{Position: n.at}
	if m.get("switch") != nil {
		return r.switchStep(m, step)
	}
	step.Operation = r.operation(m.get("operation"))
	step.Request = r.file(m.get("request"))
	step.Site = r.oneOf(m.get("site"), "site", "other")
	step.Service = r.oneOf(m.get("service"), "service", services()...)
	step.As = r.as(m.get("as"))
	step.HTTP = r.http(m.get("http"))
	step.MessageID = r.optional(m.get("messageId"))
	step.Set = r.assignments(m.get("set"))
	for _, item := range r.list(m.get("remove")) {
		step.Remove = append(step.Remove, r.path(item))
	}
	step.Repeat = r.quantity(m.get("repeat"))
	step.Pages = r.pages(m.get("pages"))
	step.Mutate = r.oneOf(m.get("mutate"), "mutation", Mutations()...)
	step.SchemaInvalid = r.filled(m.get("schemaInvalid"))
	if u := m.get("until"); u != nil {
		e := r.expectation(u, waiting)
		step.Until = &e
	}
	step.Within = r.duration(m.get("within"))
	for _, item := range r.list(m.get("expect")) {
		step.Expect = append(step.Expect, r.expectation(item, proving))
	}
	r.checkStep(m, step, s)
	r.checkAnswers(m.get("expect"), step)
	return step
}

func (r *caseReader) switchStep(m *node, step Step) Step {
	step.Switch = r.states(m.get("switch"))
	if len(step.Switch) == 0 {
		r.add(m.get("switch").at, "this switch names no state; write for example { parentPortal: disabled }")
	}
	for _, e := range m.entries {
		if e.key != "switch" && slices.Contains(shapeStep.keys, e.key) {
			r.add(e.at, "a step that switches states does nothing else; move %q to a step of its own", e.key)
		}
	}
	return step
}

func (r *caseReader) operation(n *node) string {
	name := r.filled(n)
	if name == "" {
		return ""
	}
	if _, ok := wire.Lookup(name); !ok {
		var known []string
		for _, o := range wire.Operations() {
			known = append(known, o.Name)
		}
		r.add(n.at, "there is no operation %q%s", name, suggest(name, known))
	}
	return name
}

func (r *caseReader) as(n *node) As {
	if n == nil {
		return As{}
	}
	if n.kind == scalarNode {
		return As{Credentials: r.credentials(n)}
	}
	m := r.mapping(n, shapeAs)
	return As{
		Credentials:    r.credentials(m.get("credentials")),
		PasswordType:   r.oneOf(m.get("passwordType"), "password type", "digest", "untyped"),
		Nonce:          r.truth(m.get("nonce")),
		Timestamp:      r.oneOf(m.get("timestamp"), "timestamp", "current", "current-with-id", "expired"),
		MustUnderstand: r.truth(m.get("mustUnderstand")),
		Replay:         r.truth(m.get("replay")),
	}
}

// credentials reads the credentials of a step; the site's own are "".
func (r *caseReader) credentials(n *node) string {
	text := r.oneOf(n, "way to authenticate", credentials()...)
	if text == "own" {
		return ""
	}
	return text
}

func (r *caseReader) http(n *node) HTTP {
	if n == nil {
		return HTTP{}
	}
	m := r.mapping(n, shapeHTTP)
	return HTTP{
		Method:      r.oneOf(m.get("method"), "HTTP method", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"),
		Query:       r.filled(m.get("query")),
		ContentType: r.filled(m.get("contentType")),
		Charset:     r.oneOf(m.get("charset"), "character set", "utf-8", "utf-16"),
		Action:      r.filled(m.get("action")),
		Quotes:      r.oneOf(m.get("quotes"), "kind of quotes", "double", "none"),
		Headers:     r.headers(m.get("headers")),
	}
}

// headers reads further HTTP headers. Those that have a key of their own are
// refused: there would be two of them, and what is judged by the key would not be
// what was sent.
func (r *caseReader) headers(n *node) map[string]string {
	if n == nil {
		return nil
	}
	for _, e := range n.entries {
		switch instead := headerKeys[strings.ToLower(strings.TrimSpace(e.key))]; instead {
		case "":
		case hostKey:
			r.add(e.at, "the header %s is that of the endpoint; remove it", e.key)
		default:
			r.add(e.at, "the header %s has a key of its own; write %s of http instead", e.key, instead)
		}
	}
	return r.values(n)
}

// hostKey stands for a header that no key of http sets.
const hostKey = "-"

// headerKeys are the headers that are no further ones, and the keys of http that set
// them.
var headerKeys = map[string]string{"soapaction": "action and quotes", "content-type": "contentType and charset", "host": hostKey}

func (r *caseReader) duration(n *node) time.Duration {
	if n == nil {
		return 0
	}
	text := r.filled(n)
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 || d > maxWithin {
		r.add(n.at, "%q is no duration from 1ms to %s; write for example 5s", text, strings.TrimSuffix(maxWithin.String(), "0s"))
	}
	return d
}
