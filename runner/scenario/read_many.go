package scenario

import (
	"slices"
	"strings"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// quantity reads a whole number, or {volume}.
func (r *caseReader) quantity(n *node) Number {
	if n == nil {
		return Number{}
	}
	if n.text == volumeText {
		return Number{Volume: true}
	}
	count := r.number(n, 1)
	if count > MaxVolume {
		r.add(n.at, "%d is more than %d; make it smaller", count, MaxVolume)
	}
	return Number{N: count}
}

// pages reads the size of the pages of a step. A page of one is no page: the
// documentation contradicts itself about it.
func (r *caseReader) pages(n *node) int {
	if n == nil {
		return 0
	}
	m := r.mapping(n, shapePages)
	r.need(m, shapePages, shapePages.keys...)
	return r.number(m.get("size"), 2)
}

// keys reads one identity or several.
func (r *caseReader) keys(n *node) []string {
	if n == nil {
		return nil
	}
	items := []*node{n}
	if n.kind == sequenceNode {
		items = n.items
		if len(items) == 0 {
			r.add(n.at, "this list names no identity; write absent: true where there is no key")
		}
	}
	var names []string
	for _, item := range items {
		if name := r.filled(item); name != "" {
			r.use(name, item.at)
			names = append(names, name)
		}
	}
	return names
}

// usesVolume checks a {volume}.
func (r *caseReader) usesVolume(p placeholder, at Position) {
	if p.name != "" {
		r.add(at, "%s takes no name; write %s", p.whole, volumeText)
	}
	if !r.labelled {
		r.add(at, "a scenario with %s runs only when it is asked for; add the label %s", volumeText, LabelVolume)
	}
}

// checkMany checks what a step says about many items, or many pages.
func (r *caseReader) checkMany(m *node, step Step, operation wire.Operation, doc *xmltree.Document) {
	if n := m.get("pages"); n != nil {
		if operation.Name != "readAllPersons" {
			r.add(n.at, "%s answers without pages; remove pages", operation.Name)
		}
		if m.get("until") != nil {
			r.add(n.at, "pages and until both repeat the call; remove one")
		}
		r.checkPaged(m.get("expect"))
	}
	n := m.get("repeat")
	if n == nil {
		return
	}
	if !operation.Plural() {
		r.add(n.at, "%s sends one item; remove repeat or call the plural operation", operation.Name)
		return
	}
	items := mustParse(operation.Items).Select(bodyChild(doc))
	if len(items) != 1 {
		r.add(n.at, "the request has %d items at %s; repeat needs exactly one", len(items), operation.Items)
		return
	}
	r.checkCounted(n, step, items[0].Node)
}

// checkPaged reports what cannot be said about all pages together.
func (r *caseReader) checkPaged(expect *node) {
	for _, item := range r.list(expect) {
		for _, key := range []string{"item", "response", "sameAs", "capture", "anyOf"} {
			if n := item.get(key); n != nil {
				r.add(n.at, "%s looks at one answer, and this step has one for each page; use a path", key)
			}
		}
	}
}

// checkCounted checks that there are as many objects as items.
func (r *caseReader) checkCounted(repeat *node, step Step, item *xmltree.Node) {
	left := []*xmltree.Node{item}
	for len(left) > 0 {
		n := left[0]
		left = append(left[1:], n.Children...)
		name := strings.TrimSpace(n.Text)
		i := slices.IndexFunc(r.identities, func(i Identity) bool { return i.Name == name })
		if name == "" || i < 0 {
			continue
		}
		count := r.identities[i].Count
		if count.Any() && (count.Volume != step.Repeat.Volume || count.N < step.Repeat.N) {
			r.add(repeat.at, "the identity %q stands for fewer objects than there are items; make count and repeat the same", name)
		}
	}
}
