package contract

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"esconform/runner/wire"
)

// tree is a block of the transcription before types are put in: its first line
// and the elements below it.
type tree struct {
	kind     string // message, block or type
	names    []string
	elements []*node
}

// node is an element whose type may be the name of a tree.
type node struct {
	element  Element
	typeName string
	children []*node
}

// parse reads a transcription (see contract.txt for the notation).
func parse(text string) ([]Root, error) {
	trees, err := parseTrees(text)
	if err != nil {
		return nil, err
	}
	types := map[string][]*node{}
	for _, t := range trees {
		if t.kind == "type" {
			types[t.names[0]] = t.elements
		}
	}
	var roots []Root
	for _, t := range trees {
		if t.kind == "type" {
			continue
		}
		for _, name := range t.names {
			n, err := wire.ParseName(name)
			if err != nil {
				return nil, err
			}
			children, err := expand(t.elements, types, 0)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			roots = append(roots, Root{&Element{Name: n, Min: 1, Max: 1, Children: children}, t.kind == "block"})
		}
	}
	return roots, nil
}

// expand puts the trees of types in, each place getting its own copy.
func expand(nodes []*node, types map[string][]*node, depth int) ([]*Element, error) {
	if depth > 16 {
		return nil, errors.New("types contain each other")
	}
	var elements []*Element
	for _, n := range nodes {
		below := n.children
		if n.typeName != "" {
			named, ok := types[n.typeName]
			if !ok {
				return nil, fmt.Errorf("%s: unknown type %q", n.element.Name, n.typeName)
			}
			below = named
		}
		e := n.element
		var err error
		if e.Children, err = expand(below, types, depth+1); err != nil {
			return nil, err
		}
		elements = append(elements, &e)
	}
	return elements, nil
}

// parseTrees splits a transcription into its trees.
func parseTrees(text string) ([]*tree, error) {
	var trees []*tree
	var open [][]*node // open[i] is the last element at depth i, as a list of one
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) == "" || strings.HasPrefix(line, "#") {
			continue
		}
		content := strings.TrimLeft(line, " ")
		depth, rest := (len(line)-len(content))/4, (len(line)-len(content))%4
		if depth == 0 && rest == 0 {
			t, err := parseHead(content)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", i+1, err)
			}
			trees, open = append(trees, t), nil
			continue
		}
		n, err := parseNode(content)
		if err != nil {
			return nil, fmt.Errorf("line %d: %w", i+1, err)
		}
		if rest != 0 || depth > len(open)+1 || len(trees) == 0 {
			return nil, fmt.Errorf("line %d: indentation that fits nothing above it", i+1)
		}
		if depth == 1 {
			t := trees[len(trees)-1]
			t.elements = append(t.elements, n)
		} else {
			parent := open[depth-2][0]
			if parent.typeName != "" || parent.element.Type != Children {
				return nil, fmt.Errorf("line %d: %s has a type, it cannot have children", i+1, parent.element.Name)
			}
			parent.children = append(parent.children, n)
		}
		open = append(open[:depth-1], []*node{n})
	}
	return trees, nil
}

func parseHead(content string) (*tree, error) {
	words := strings.Fields(content)
	t := &tree{kind: words[0], names: words[1:]}
	switch {
	case t.kind != "message" && t.kind != "block" && t.kind != "type":
		return nil, fmt.Errorf("%q begins no tree", t.kind)
	case len(t.names) == 0, t.kind == "type" && len(t.names) > 1:
		return nil, fmt.Errorf("%s needs a name, and only one if it is a type", t.kind)
	}
	return t, nil
}

// parseNode reads "prefix:local [min..max] nillable choice type".
func parseNode(content string) (*node, error) {
	words := strings.Fields(content)
	if len(words) < 2 {
		return nil, errors.New("an element needs a name and a cardinality")
	}
	name, err := wire.ParseName(words[0])
	if err != nil {
		return nil, err
	}
	n := &node{element: Element{Name: name}}
	if n.element.Min, n.element.Max, err = parseCardinality(words[1]); err != nil {
		return nil, err
	}
	words = words[2:]
	if len(words) > 0 && words[0] == "nillable" {
		n.element.Nillable = true
		words = words[1:]
	}
	if len(words) > 0 && words[0] == "choice" {
		n.element.Choice = true
		words = words[1:]
	}
	return n, n.parseType(words)
}

func parseCardinality(s string) (low, high int, err error) {
	inner, closed := strings.CutSuffix(strings.TrimPrefix(s, "["), "]")
	a, b, both := strings.Cut(inner, "..")
	low, err = strconv.Atoi(a)
	high = Unbounded
	if err == nil && b != "*" {
		high, err = strconv.Atoi(b)
	}
	if !closed || !both || err != nil || !strings.HasPrefix(s, "[") {
		return 0, 0, fmt.Errorf("%q is no cardinality", s)
	}
	return low, high, nil
}

func (n *node) parseType(words []string) error {
	e := &n.element
	switch {
	case len(words) == 0:
		e.Type = Children
	case len(words) > 2 && words[1] == "of" && (words[0] == "one" || words[0] == "some"):
		e.Type, e.Open = Enumeration, words[0] == "some"
		e.Values, e.Without = parseValues(words[2:])
	case len(words) > 1:
		return fmt.Errorf("%q is no type", strings.Join(words, " "))
	case words[0][0] >= 'A' && words[0][0] <= 'Z':
		n.typeName = words[0]
	default:
		e.Type = Type(words[0])
		switch e.Type {
		case String, Int, Decimal, Boolean, Date, DateTime:
		default:
			return fmt.Errorf("%q is no type", words[0])
		}
	}
	return nil
}

// parseValues splits "a b none of c d".
func parseValues(words []string) (values, without []string) {
	for i := range words {
		if i+2 < len(words) && words[i] == "none" && words[i+1] == "of" {
			return words[:i], words[i+2:]
		}
	}
	return words, nil
}
