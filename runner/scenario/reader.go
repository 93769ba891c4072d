package scenario

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// reader reads typed values from nodes and reports what does not fit.
type reader struct{ *report }

// mapping checks that a node is a mapping of the shape. It returns an empty one
// where it is not, so that reading can go on and find more.
func (r reader) mapping(n *node, s shape) *node {
	if n == nil || n.kind != mappingNode {
		if n != nil && n.kind != refusedNode {
			r.add(n.at, "%s is a mapping with the keys %s, not %s", s.noun, strings.Join(s.keys, ", "), n.noun())
		}
		return &node{kind: mappingNode}
	}
	for _, e := range n.entries {
		if !slices.Contains(s.keys, e.key) {
			r.add(e.at, "there is no key %q in %s%s", e.key, s.noun, suggestOrList(e.key, s.keys))
		}
	}
	return n
}

// suggestOrList names the nearest word, or all of them when none is near.
func suggestOrList(word string, words []string) string {
	if s := suggest(word, words); s != "" {
		return s
	}
	return "; there is " + strings.Join(words, ", ")
}

// need reports keys that must be there.
func (r reader) need(m *node, s shape, keys ...string) {
	if m.at.Line == 0 {
		return // not a mapping, and reported as such
	}
	for _, key := range keys {
		if m.get(key) == nil {
			r.add(m.at, "%s needs %q; add it", s.noun, key)
		}
	}
}

// text reads a single value. Absent is "", and so is what is reported.
func (r reader) text(n *node) string {
	if n == nil {
		return ""
	}
	switch n.kind {
	case scalarNode, refusedNode:
	case nullNode:
		r.add(n.at, `there is no value here; write "" for an empty one`)
	default:
		r.add(n.at, "a single value belongs here, not %s", n.noun())
	}
	return n.text
}

// filled reads a single value that must not be empty where it is given.
func (r reader) filled(n *node) string {
	text := strings.TrimSpace(r.text(n))
	if n != nil && n.kind == scalarNode && text == "" {
		r.add(n.at, "this value is empty; fill it in or remove the key")
	}
	return text
}

// optional reads a single value that may be empty; nil where it is absent.
func (r reader) optional(n *node) *string {
	if n == nil {
		return nil
	}
	text := r.text(n)
	return &text
}

// oneOf reads a single value from a closed list.
func (r reader) oneOf(n *node, what string, values ...string) string {
	if n == nil {
		return ""
	}
	text := r.text(n)
	if n.kind == scalarNode && !slices.Contains(values, text) {
		r.add(n.at, "%q is no %s; use %s%s", text, what, strings.Join(values, " or "), suggest(text, values))
	}
	return text
}

// truth reads true or false.
func (r reader) truth(n *node) bool {
	return r.oneOf(n, "truth value", "true", "false") == "true"
}

// yes reads a key whose presence is its meaning: only true makes sense.
func (r reader) yes(n *node, instead string) bool {
	if n == nil {
		return false
	}
	if text := r.text(n); n.kind == scalarNode && text != "true" {
		r.add(n.at, "only true makes sense here; %s", instead)
	}
	return true
}

// number reads a whole number of at least the minimum.
func (r reader) number(n *node, minimum int) int {
	if n == nil {
		return 0
	}
	text := r.text(n)
	value, err := strconv.Atoi(text)
	if n.kind == scalarNode && (err != nil || value < minimum) {
		r.add(n.at, "%q is no whole number of at least %d", text, minimum)
	}
	return value
}

// list returns the items of a list.
func (r reader) list(n *node) []*node {
	if n == nil {
		return nil
	}
	if n.kind != sequenceNode && n.kind != refusedNode {
		r.add(n.at, "a list belongs here, not %s", n.noun())
	}
	return n.items
}

// texts reads a list of single values.
func (r reader) texts(n *node) []string {
	var out []string
	for _, item := range r.list(n) {
		out = append(out, r.filled(item))
	}
	return out
}

// label is what filters of labels, and Ginkgo's, can name.
var label = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]*$`)

// labels reads a list of labels.
func (r reader) labels(n *node) []string {
	for _, item := range r.list(n) {
		if item.text != "" && !label.MatchString(item.text) {
			r.add(item.at, "a label is made of letters, digits, '.', '-' and '_', so that filters can name it, not %q", item.text)
		}
	}
	return r.texts(n)
}

// pairs returns the entries of a mapping with free keys, in their order.
func (r reader) pairs(n *node) []entry {
	if n == nil {
		return nil
	}
	if n.kind != mappingNode && n.kind != refusedNode {
		r.add(n.at, "a mapping belongs here, not %s", n.noun())
	}
	return n.entries
}

// values reads a mapping with free keys and single values. It is not nil where the
// mapping is given.
func (r reader) values(n *node) map[string]string {
	if n == nil {
		return nil
	}
	out := map[string]string{}
	for _, e := range r.pairs(n) {
		out[e.key] = r.text(e.value)
	}
	return out
}
