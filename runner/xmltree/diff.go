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

// Diff compares two elements by meaning and returns what differs, in the order of
// the wanted one. Names are compared by namespace and local name; prefixes, the
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
	return d.element(want, got)
}

type differ struct {
	Compare
	unordered map[*Node]bool
}

func (d *differ) show(name xml.Name) string { return showName(name.Space, name.Local, d.Prefix) }

// element compares two elements of the same name.
func (d *differ) element(want, got *Node) []Difference {
	if d.Skip != nil && d.Skip(want) {
		return nil
	}
	found := d.attributes(want, got)
	if w, g := text(want), text(got); w != g && !(d.Typed && SameValue(w, g)) {
		found = append(found, Difference{Path: got.Path(d.Prefix), Line: got.Line, Want: w, Got: g, Node: got})
	}
	return append(found, d.children(want, got)...)
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

func (d *differ) attributes(want, got *Node) []Difference {
	var found []Difference
	at := func(name xml.Name) Difference {
		return Difference{Path: got.Path(d.Prefix) + "/@" + d.show(name), Line: got.Line, Node: got}
	}
	if w, g := want.Nil(), got.Nil(); w != g {
		diff := at(xml.Name{Space: xsi, Local: "nil"})
		diff.Want, diff.Got = strconv.FormatBool(w), strconv.FormatBool(g)
		found = append(found, diff)
	}
	for _, a := range want.Attrs {
		if a.Name.Space == xsi {
			continue
		}
		value, ok := got.Attr(a.Name)
		if ok && (value == a.Value || d.Typed && SameValue(value, a.Value)) {
			continue
		}
		diff := at(a.Name)
		diff.Want, diff.Got, diff.GotAbsent = a.Value, value, !ok
		found = append(found, diff)
	}
	if !d.Exact {
		return found
	}
	for _, a := range got.Attrs {
		if _, ok := want.Attr(a.Name); !ok && a.Name.Space != xsi {
			diff := at(a.Name)
			diff.Got, diff.WantAbsent = a.Value, true
			found = append(found, diff)
		}
	}
	return found
}

// group is the children of one name on both sides.
type group struct {
	name      xml.Name
	want, got []*Node
	skipped   bool // some wanted ones are left out
	unordered bool
}

// children compares the children name by name.
func (d *differ) children(want, got *Node) []Difference {
	var found []Difference
	for _, g := range d.groups(want, got) {
		if len(g.want) == 0 && (!d.Exact || g.skipped) {
			continue
		}
		p := d.pair(g)
		for i, w := range g.want {
			if j := p.partner[i]; j >= 0 {
				found = append(found, p.differences[i]...)
			} else {
				found = append(found, d.missing(w, got, len(g.got)))
			}
		}
		if !d.Exact || g.skipped {
			continue
		}
		for j, n := range g.got {
			if !p.taken[j] {
				found = append(found, Difference{Path: n.Path(d.Prefix), Line: n.Line, Got: n.Markup(d.Prefix), WantAbsent: true, Node: n})
			}
		}
	}
	return found
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

// missing is the difference for a wanted element that did not come.
func (d *differ) missing(want, parent *Node, others int) Difference {
	path := parent.Path(d.Prefix) + "/" + d.show(want.Name)
	if others > 0 {
		path += "[" + strconv.Itoa(others+1) + "]"
	}
	return Difference{Path: path, Line: parent.Line, Want: want.Markup(d.Prefix), GotAbsent: true, Node: parent}
}
