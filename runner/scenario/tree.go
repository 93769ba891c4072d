package scenario

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// maxYAML bounds the size of a YAML file; what is larger is not a scenario.
const maxYAML = 1 << 20

// kind is the kind of a node of a YAML file.
type kind int

const (
	scalarNode kind = iota
	mappingNode
	sequenceNode
	nullNode
	refusedNode // something that the format does not have, and that has been reported
)

// node is a node of a YAML file, reduced to what the format uses: mappings keep
// the order of their keys, scalars their text as written, everything its position.
type node struct {
	kind    kind
	at      Position
	text    string  // of a scalar
	entries []entry // of a mapping
	items   []*node // of a sequence
}

// entry is a key of a mapping with its value.
type entry struct {
	key   string
	at    Position
	value *node
}

// get returns the value of a key; nil where the mapping does not have it.
func (n *node) get(key string) *node {
	for _, e := range n.entries {
		if e.key == key {
			return e.value
		}
	}
	return nil
}

// noun names the kind of a node for messages to people.
func (n *node) noun() string {
	switch n.kind {
	case mappingNode:
		return "a mapping"
	case sequenceNode:
		return "a list"
	case nullNode:
		return "nothing"
	default:
		return "a single value"
	}
}

// parseYAML reads one YAML document. Mistakes go to the report; the result is nil
// when nothing could be read.
func parseYAML(file string, data []byte, r *report) *node {
	start := Position{File: file, Line: 1, Column: 1}
	if len(data) > maxYAML {
		r.add(start, "the file is larger than 1 MiB; split it")
		return nil
	}
	parsed, err := parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		at, message := start, err.Error()
		var syntax yaml.Error
		if errors.As(err, &syntax) {
			message = syntax.GetMessage()
			at = position(file, syntax.GetToken())
		}
		r.add(at, "this is not valid YAML: %s", message)
		return nil
	}
	if len(parsed.Docs) == 0 || parsed.Docs[0].Body == nil {
		r.add(start, "the file is empty")
		return nil
	}
	if len(parsed.Docs) > 1 {
		r.add(position(file, parsed.Docs[1].GetToken()), "a file holds one YAML document; remove the second one")
	}
	c := converter{file: file, report: r}
	return c.convert(parsed.Docs[0].Body)
}

func position(file string, t *token.Token) Position {
	if t == nil || t.Position == nil {
		return Position{File: file, Line: 1, Column: 1}
	}
	return Position{File: file, Line: max(t.Position.Line, 1), Column: max(t.Position.Column, 1)}
}

// converter turns the parser's tree into ours.
type converter struct {
	file   string
	report *report
}

func (c converter) convert(n ast.Node) *node {
	at := position(c.file, n.GetToken())
	switch n := n.(type) {
	case *ast.MappingNode:
		return c.mapping(at, n.Values)
	case *ast.MappingValueNode:
		return c.mapping(at, []*ast.MappingValueNode{n})
	case *ast.SequenceNode:
		list := &node{kind: sequenceNode, at: at}
		for _, v := range n.Values {
			list.items = append(list.items, c.convert(v))
		}
		return list
	case *ast.NullNode:
		return &node{kind: nullNode, at: at}
	case *ast.LiteralNode:
		return &node{at: at, text: n.Value.Value}
	case *ast.StringNode:
		return &node{at: at, text: n.Value}
	case *ast.BoolNode, *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return &node{at: at, text: n.GetToken().Value}
	}
	c.report.add(at, "anchors, aliases, tags and merge keys are not part of the format; write the value out")
	return &node{kind: refusedNode, at: at}
}

func (c converter) mapping(at Position, values []*ast.MappingValueNode) *node {
	m := &node{kind: mappingNode, at: at}
	if len(values) > 0 {
		first := position(c.file, values[0].Key.GetToken())
		if first.Line != at.Line || first.Column < at.Column {
			m.at = first // a block mapping begins at its first key
		}
	}
	for _, v := range values {
		key := position(c.file, v.Key.GetToken())
		if _, ok := v.Key.(*ast.MergeKeyNode); ok {
			c.report.add(key, "anchors, aliases, tags and merge keys are not part of the format; write the value out")
			continue
		}
		name := strings.TrimSpace(v.Key.GetToken().Value)
		if m.get(name) != nil {
			c.report.add(key, "the key %q stands here twice; remove one", name)
			continue
		}
		m.entries = append(m.entries, entry{key: name, at: key, value: c.convert(v.Value)})
	}
	return m
}
