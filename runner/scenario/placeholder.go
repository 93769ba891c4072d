package scenario

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// placeholder is a {kind:name} in a text of the format.
type placeholder struct {
	whole, kind, name string
}

// The kinds of placeholders: a value of the table; an identity's key; a value made
// unique to the run; a captured value; the messageIdentifier of the step; a text
// of so many characters; the endpoint's time at the start of the run; the number of
// --volume.
const (
	holdCase    = "case"
	holdKey     = "key"
	holdUnique  = "unique"
	holdCapture = "capture"
	holdMessage = "message-id"
	holdLong    = "longtext"
	holdStart   = "run-start"
	holdVolume  = "volume"
)

// maxLongText bounds {longtext:N}; the documented limits are all far below.
const maxLongText = 1 << 20

var placeholderPattern = regexp.MustCompile(`\{([A-Za-z][A-Za-z-]*)(?::([^{}]*))?\}`)

// placeholders finds all placeholders of a text. Regular expressions such as
// [0-9]{4} hold none.
func placeholders(text string) []placeholder {
	var out []placeholder
	for _, m := range placeholderPattern.FindAllStringSubmatch(text, -1) {
		out = append(out, placeholder{whole: m[0], kind: m[1], name: m[2]})
	}
	return out
}

// documented replaces {key:...} and {unique:...} by the names that stand in the
// files: paths are followed before keys are put into a message.
func documented(text string) string {
	for _, p := range placeholders(text) {
		if p.kind == holdKey || p.kind == holdUnique {
			text = strings.ReplaceAll(text, p.whole, p.name)
		}
	}
	return text
}

// walk visits every key and every scalar below a node.
func (n *node) walk(visit func(text string, at Position)) {
	if n.kind == scalarNode {
		visit(n.text, n.at)
	}
	for _, e := range n.entries {
		visit(e.key, e.at)
		e.value.walk(visit)
	}
	for _, item := range n.items {
		item.walk(visit)
	}
}

// expand copies a tree with every {case:...} and {longtext:...} filled in. What
// comes whole from a cell of the table gets the cell's position, because a mistake
// in it is a mistake there.
func (r reader) expand(n *node, values row) *node {
	out := *n
	out.text, out.at = r.fill(n.text, n.at, values)
	out.entries = nil
	for _, e := range n.entries {
		if e.key == "cases" {
			continue
		}
		key, at := r.fill(e.key, e.at, values)
		out.entries = append(out.entries, entry{key: key, at: at, value: r.expand(e.value, values)})
	}
	out.items = nil
	for _, item := range n.items {
		out.items = append(out.items, r.expand(item, values))
	}
	return &out
}

// fill replaces {case:...} and {longtext:...} in one text.
func (r reader) fill(text string, at Position, values row) (string, Position) {
	for _, p := range placeholders(text) {
		if p.kind != holdCase {
			continue
		}
		value, ok := values.values[p.name]
		if !ok {
			r.add(at, "%s", missingColumn(p.name, values))
			continue
		}
		if text == p.whole {
			at = values.cells[p.name]
		}
		text = strings.ReplaceAll(text, p.whole, value)
	}
	for _, p := range placeholders(text) {
		if p.kind != holdLong {
			continue
		}
		count, err := strconv.Atoi(p.name)
		if err != nil || count < 1 || count > maxLongText {
			r.add(at, "%s needs a number from 1 to %d, such as {longtext:65}", p.whole, maxLongText)
			continue
		}
		text = strings.ReplaceAll(text, p.whole, strings.Repeat("x", count))
	}
	return text, at
}

// missingColumn says what to do about a {case:...} without a value.
func missingColumn(name string, values row) string {
	if values.values == nil {
		return "{case:" + name + "} needs a table of cases; add cases"
	}
	columns := slices.Sorted(maps.Keys(values.values))
	return "the case " + strconv.Quote(values.name) + " has no value " + strconv.Quote(name) + "; add it" + suggest(name, columns)
}
