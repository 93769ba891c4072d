package contract_test

import (
	"slices"
	"strings"

	"esconform/xsd/contract"
)

// derived is an envelope that a row of the table makes valid or invalid.
type derived struct {
	what     string
	valid    bool
	envelope []byte
}

// derive makes the envelopes of a row: what the row allows, and every way to break
// it in one place.
func derive(row contract.Row) []derived {
	var all []derived
	add := func(what string, valid bool, change func(parent, e *element)) {
		top, parent, e := minimal(row.Line)
		change(parent, e)
		all = append(all, derived{what, valid, envelope(row.Root, top.String())})
	}
	add("as it is", true, func(_, _ *element) {})
	deriveContent(row, add)
	add("nil", row.Nillable, func(_, e *element) { e.attributes, e.text, e.children = ` xsi:nil="true"`, "", nil })
	add("with an attribute", false, func(_, e *element) { e.attributes = ` other="x"` })
	for _, prefix := range otherPrefixes(row) {
		name := strings.TrimPrefix(prefix+":"+row.Name.Local, ":")
		if name != row.Name.String() {
			add("as "+name, false, func(_, e *element) { e.name = name })
		}
	}
	add("misspelt", false, func(_, e *element) { e.name += "s" })
	if len(row.Line) > 1 {
		deriveOccurrence(row, add)
		deriveOrder(row, add)
	}
	return all
}

// otherPrefixes are those under which an element might be looked for by mistake: of
// the message, of its data, of the types in common, and none.
func otherPrefixes(row contract.Row) []string {
	prefixes := []string{"common", "bind", ""}
	if !row.Root.Block {
		messages, _, _ := strings.Cut(row.Root.Name.String(), ":")
		prefixes = append(prefixes, messages, strings.TrimSuffix(messages, "mess")+"data")
	}
	return prefixes
}

type adder func(what string, valid bool, change func(parent, e *element))

// deriveContent varies what is in the element.
func deriveContent(row contract.Row, add adder) {
	text := func(value string) func(_, e *element) {
		return func(_, e *element) { e.text = strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(value) }
	}
	if row.Type == contract.Children {
		add("with text", false, text("text"))
		add("with an unknown child", false, func(_, e *element) { e.children = append(e.children, &element{name: "pdata:unknown"}) })
		return
	}
	add("with a child", false, func(_, e *element) { e.text, e.children = "", []*element{{name: "common:email"}} })
	for _, value := range append(slices.Clone(row.Values), lawful[row.Type]...) {
		add("of value "+value, true, text(value))
	}
	for _, value := range append(slices.Clone(row.Without), unlawful[row.Type]...) {
		add("of value "+value, false, text(value))
	}
	if row.Type == contract.Enumeration && !row.Open {
		for _, value := range []string{"", "Unheard-of", " " + row.Values[0], row.Values[0] + "\n", strings.ToUpper(row.Values[0]) + "_"} {
			add("of value "+value, false, text(value))
		}
	}
}

// deriveOccurrence varies how often the element is there.
func deriveOccurrence(row contract.Row, add adder) {
	add("left out", row.Min == 0, func(parent, e *element) {
		parent.children = slices.DeleteFunc(parent.children, func(c *element) bool { return c == e })
	})
	add("doubled", row.Max == contract.Unbounded, func(parent, e *element) {
		parent.children = slices.Insert(parent.children, slices.Index(parent.children, e), e)
	})
}

// deriveOrder puts the element on the other side of each of its siblings, which is
// wrong unless both belong to one choice.
func deriveOrder(row contract.Row, add adder) {
	siblings := row.Line[len(row.Line)-2].Children
	for i, sibling := range siblings {
		if i == row.Order-1 {
			continue
		}
		add("on the other side of "+sibling.Name.String(), row.Choice && sibling.Choice, func(parent, e *element) {
			other, _, _ := minimal([]*contract.Element{sibling})
			parent.children = slices.DeleteFunc(parent.children, func(c *element) bool { return c.name == other.name || c == e })
			at := between(siblings, parent.children, min(i, row.Order-1))
			if i < row.Order-1 {
				parent.children = slices.Insert(parent.children, at, e, other)
			} else {
				parent.children = slices.Insert(parent.children, at, other, e)
			}
		})
	}
}

// between finds the place among the children behind all that come before the n-th
// sibling in the table.
func between(siblings []*contract.Element, children []*element, n int) int {
	at := slices.IndexFunc(children, func(c *element) bool {
		return slices.IndexFunc(siblings, func(s *contract.Element) bool { return s.Name.String() == c.name }) > n
	})
	if at < 0 {
		return len(children)
	}
	return at
}
