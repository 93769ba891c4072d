package xmltree

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// Compare says how Diff compares.
type Compare struct {
	// Exact refuses elements and attributes that are not wanted.
	Exact bool
	// Unordered are paths, from the wanted root, to elements whose order among
	// the siblings of the same name does not matter.
	Unordered []Path
	// Typed compares booleans, date-times and dates by value.
	Typed bool
	// TypeOf returns the type that SameOf takes for an element or attribute; when it
	// is nil, whatever looks like a boolean, date-time or date is taken for one.
	TypeOf func(name xml.Name) string
	// Skip leaves out a wanted element with all below it; may be nil.
	Skip func(want *Node) bool
	// Prefix gives the prefixes to show; may be nil.
	Prefix func(space string) (string, bool)
}

// Difference is one place where a document is not as wanted. Path and Line are
// those of the document that came; of something missing, Path is where it would be
// and Line that of the element that should hold it. Want and Got are text; of a
// whole element they are its markup on one line. They are not bounded.
type Difference struct {
	Path                  string
	Line                  int
	Want, Got             string
	WantAbsent, GotAbsent bool
	// Node is the element at Path, or the one that should hold what is missing.
	Node *Node
}

// maxDifferences bounds what Diff returns.
const maxDifferences = 100

// Diff compares two elements by meaning and returns what differs, in the order of
// the wanted one, at most 100 places. Names are compared by namespace and local name; prefixes, the
// order of attributes, insignificant white space, comments and where a namespace
// is declared never matter. Elements of one name must stand in the wanted order,
// unless they are Unordered; how elements of different names are ordered is left
// to the schema. More elements and attributes than wanted are allowed unless
// Exact. Of the attributes of the namespace xsi only nil is compared.
func Diff(want, got *Node, c Compare) []Difference {
	d := differ{Compare: c, unordered: map[*Node]bool{}}
	for _, p := range c.Unordered {
		for _, m := range p.Select(want) {
			d.unordered[m.Node] = true
		}
	}
	if want.Name != got.Name {
		return []Difference{{Path: got.Path(c.Prefix), Line: got.Line, Node: got,
			Want: d.show(want.Name), Got: d.show(got.Name)}}
	}
	found := d.element(want, got)
	found = found[:min(len(found), maxDifferences)]
	differences := make([]Difference, len(found))
	for i, f := range found {
		differences[i] = f.difference(c.Prefix)
	}
	return differences
}

type differ struct {
	Compare
	unordered map[*Node]bool
}

// found is a difference that is not spelled out yet: most of those that are made
// to find the best partners are thrown away.
type found struct {
	node      *Node  // where, or the parent of what is missing
	below     string // what follows the path of node
	want, got string
	missing   *Node // a wanted element that did not come
	extra     bool  // node is not wanted
	noAttr    bool  // a wanted attribute did not come
	newAttr   bool  // an attribute is not wanted
}

func (f found) difference(prefix func(string) (string, bool)) Difference {
	d := Difference{Path: f.node.Path(prefix) + f.below, Line: f.node.Line, Want: f.want, Got: f.got, Node: f.node,
		GotAbsent: f.noAttr || f.missing != nil, WantAbsent: f.newAttr || f.extra}
	if f.missing != nil {
		d.Want = f.missing.Markup(prefix)
	}
	if f.extra {
		d.Got = f.node.Markup(prefix)
	}
	return d
}

func (d *differ) show(name xml.Name) string { return showName(name.Space, name.Local, d.Prefix) }

// element compares two elements of the same name.
func (d *differ) element(want, got *Node) []found {
	if d.Skip != nil && d.Skip(want) {
		return nil
	}
	all := d.attributes(want, got)
	if w, g := text(want), text(got); w != g && !d.same(want.Name, w, g) {
		all = append(all, found{node: got, want: w, got: g})
	}
	return append(all, d.children(want, got)...)
}

// same says whether two texts that differ are the same value.
func (d *differ) same(name xml.Name, want, got string) bool {
	switch {
	case !d.Typed:
		return false
	case d.TypeOf == nil:
		return SameValue(want, got)
	}
	return SameOf(d.TypeOf(name), want, got)
}

// text is the text of an element as it is compared: as it came where it stands
// alone, with white space collapsed beside child elements, and empty when there is
// nothing but white space.
func text(n *Node) string {
	if n.Text == "" || strings.TrimSpace(n.Text) == "" {
		return ""
	}
	if len(n.Children) > 0 {
		return strings.Join(strings.Fields(n.Text), " ")
	}
	return n.Text
}

func (d *differ) attributes(want, got *Node) []found {
	var all []found
	if w, g := want.Nil(), got.Nil(); w != g {
		below := "/@" + d.show(xml.Name{Space: xsi, Local: "nil"})
		all = append(all, found{node: got, below: below, want: strconv.FormatBool(w), got: strconv.FormatBool(g)})
	}
	for _, a := range want.Attrs {
		if a.Name.Space == xsi {
			continue
		}
		value, ok := got.Attr(a.Name)
		if !ok || value != a.Value && !d.same(a.Name, value, a.Value) {
			all = append(all, found{node: got, below: "/@" + d.show(a.Name), want: a.Value, got: value, noAttr: !ok})
		}
	}
	if !d.Exact {
		return all
	}
	for _, a := range got.Attrs {
		if _, ok := want.Attr(a.Name); !ok && a.Name.Space != xsi {
			all = append(all, found{node: got, below: "/@" + d.show(a.Name), got: a.Value, newAttr: true})
		}
	}
	return all
}

// group is the children of one name on both sides.
type group struct {
	name      xml.Name
	want, got []*Node
	skipped   bool // some wanted ones are left out
	unordered bool
}

// children compares the children name by name.
func (d *differ) children(want, got *Node) []found {
	if len(want.Children) == 0 && !d.Exact {
		return nil
	}
	var all []found
	for _, g := range d.groups(want, got) {
		p := d.pair(g)
		for i, w := range g.want {
			if p.partner[i] >= 0 {
				all = append(all, p.differences[i]...)
				continue
			}
			below := "/" + d.show(w.Name)
			if len(g.got) > 0 {
				below += "[" + strconv.Itoa(len(g.got)+1) + "]"
			}
			all = append(all, found{node: got, below: below, missing: w})
		}
		if !d.Exact || g.skipped {
			continue
		}
		for j, n := range g.got {
			if !p.taken[j] && len(all) <= maxDifferences {
				all = append(all, found{node: n, extra: true})
			}
		}
	}
	return all
}

// groups sorts the children into groups, in the order in which their names come
// first among the wanted, then among the others.
func (d *differ) groups(want, got *Node) []*group {
	var groups []*group
	byName := map[xml.Name]*group{}
	of := func(name xml.Name) *group {
		g := byName[name]
		if g == nil {
			g = &group{name: name}
			byName[name] = g
			groups = append(groups, g)
		}
		return g
	}
	for _, w := range want.Children {
		g := of(w.Name)
		if d.Skip != nil && d.Skip(w) {
			g.skipped = true
			continue
		}
		g.unordered = g.unordered || d.unordered[w]
		g.want = append(g.want, w)
	}
	for _, n := range got.Children {
		if byName[n.Name] == nil && !d.Exact {
			continue
		}
		g := of(n.Name)
		g.got = append(g.got, n)
	}
	return groups
}
