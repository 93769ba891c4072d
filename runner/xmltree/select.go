package xmltree

import "strings"

// Match is a node that a path leads to; Attr is set when the path ends in an
// attribute, which stands on Node.
type Match struct {
	Node *Node
	Attr *Attr
}

// Text returns the value of the attribute, or the text directly inside the element.
func (m Match) Text() string {
	if m.Attr != nil {
		return m.Attr.Value
	}
	return m.Node.Text
}

// Select returns what the path leads to from a node, in document order. It returns
// nothing for a nil node.
func (p Path) Select(from *Node) []Match {
	if from == nil {
		return nil
	}
	nodes := []*Node{from}
	for _, s := range p.steps {
		if s.attr {
			return s.attributes(nodes)
		}
		var next []*Node
		for _, n := range nodes {
			next = append(next, s.from(n)...)
		}
		nodes = next
	}
	matches := make([]Match, len(nodes))
	for i, n := range nodes {
		matches[i] = Match{Node: n}
	}
	return matches
}

// Nearest returns the deepest element on the way to what the path names that
// exists, starting with from itself: the place to point at when the rest is
// missing. With several ways it is the first of them.
func (p Path) Nearest(from *Node) *Node {
	nodes := []*Node{from}
	for _, s := range p.steps {
		if s.attr || from == nil {
			break
		}
		var next []*Node
		for _, n := range nodes {
			next = append(next, s.from(n)...)
		}
		if len(next) == 0 {
			break
		}
		nodes = next
	}
	return nodes[0]
}

// from returns the nodes that one step leads to from one node.
func (s step) from(n *Node) []*Node {
	var nodes []*Node
	if s.self {
		nodes = []*Node{n}
	} else {
		for _, c := range n.Children {
			if c.Name == s.name {
				nodes = append(nodes, c)
			}
		}
	}
	for _, q := range s.predicates {
		nodes = q.filter(nodes)
	}
	return nodes
}

func (q predicate) filter(nodes []*Node) []*Node {
	if q.path == nil {
		if q.n > len(nodes) {
			return nil
		}
		return nodes[q.n-1 : q.n]
	}
	var kept []*Node
	for _, n := range nodes {
		for _, m := range q.path.Select(n) {
			if strings.TrimSpace(m.Text()) == strings.TrimSpace(q.value) {
				kept = append(kept, n)
				break
			}
		}
	}
	return kept
}

func (s step) attributes(nodes []*Node) []Match {
	var matches []Match
	for _, n := range nodes {
		for i := range n.Attrs {
			if n.Attrs[i].Name == s.name {
				matches = append(matches, Match{Node: n, Attr: &n.Attrs[i]})
			}
		}
	}
	return matches
}
