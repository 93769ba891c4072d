package profile

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// yamlReader reads typed values from the nodes of one profile file and gathers
// what is wrong with them. A reported value counts as not set.
type yamlReader struct {
	*collector
	file string
}

// parse returns the root of the only document; nil when there is none.
func (r *yamlReader) parse(data []byte) ast.Node {
	file, err := parser.ParseBytes(data, 0)
	if err != nil {
		line, message := 0, err.Error()
		if syntax := (*yaml.SyntaxError)(nil); errors.As(err, &syntax) {
			message = syntax.Message
			if syntax.Token != nil && syntax.Token.Position != nil {
				line = syntax.Token.Position.Line
			}
		}
		r.add(Place{File: r.file, Line: line}, "this is not YAML: %s", strings.TrimSpace(message))
		return nil
	}
	var root ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.CommentGroupType {
			continue
		}
		if root != nil {
			r.add(r.at(doc.Body), "a profile is one YAML document; remove the second one")
			break
		}
		root = doc.Body
	}
	if root == nil {
		r.add(Place{File: r.file}, "the profile is empty; it needs at least an endpoint and a site")
	}
	return root
}

func (r *yamlReader) at(node ast.Node) Place {
	if node == nil || node.GetToken() == nil || node.GetToken().Position == nil {
		return Place{File: r.file}
	}
	return Place{File: r.file, Line: node.GetToken().Position.Line}
}

// field reads the value of one key.
type field struct {
	key  string
	read func(ast.Node)
}

// mapping reads the known keys of a mapping and reports all others.
func (r *yamlReader) mapping(node ast.Node, what string, fields []field) {
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.key
	}
	r.each(node, what, func(key string, value ast.Node, place Place) {
		for _, f := range fields {
			if f.key == key {
				f.read(value)
				return
			}
		}
		r.add(place, "%s has no key %q; %s", what, key, suggest(key, known))
	})
}

// each visits the entries of a mapping in the order of the file.
func (r *yamlReader) each(node ast.Node, what string, visit func(key string, value ast.Node, place Place)) {
	var entries []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		entries = n.Values
	case *ast.MappingValueNode:
		entries = []*ast.MappingValueNode{n}
	default:
		r.add(r.at(node), "%s is a mapping (key: value)", what)
		return
	}
	for _, e := range entries {
		if e.Key.IsMergeKey() {
			r.add(r.at(e.Key), "merge keys (<<) are not used in a profile; write the keys out")
			continue
		}
		visit(e.Key.GetToken().Value, e.Value, r.at(e.Key))
	}
}

// list visits the items of a list.
func (r *yamlReader) list(node ast.Node, what string, visit func(ast.Node)) {
	sequence, ok := node.(*ast.SequenceNode)
	if !ok {
		r.add(r.at(node), "%s is a list", what)
		return
	}
	for _, item := range sequence.Values {
		visit(item)
	}
}

// text reads a scalar as it is written, so that 0123 stays 0123.
func (r *yamlReader) text(node ast.Node, what string) option[string] {
	switch n := node.(type) {
	case *ast.StringNode:
		return given(n.Value, r.at(node))
	case *ast.LiteralNode:
		return given(n.Value.Value, r.at(node))
	case *ast.NullNode:
		return given("", r.at(node))
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return given(node.GetToken().Value, r.at(node))
	case *ast.AnchorNode, *ast.AliasNode:
		r.add(r.at(node), "anchors and aliases are not used in a profile; write the value of %s out", what)
	default:
		r.add(r.at(node), "%s is a text", what)
	}
	return option[string]{place: r.at(node)} // reported already
}

func (r *yamlReader) truth(node ast.Node, what string) option[bool] {
	if n, ok := node.(*ast.BoolNode); ok {
		return given(n.Value, r.at(node))
	}
	r.add(r.at(node), "%s is true or false", what)
	return option[bool]{}
}

func (r *yamlReader) integer(node ast.Node, what string) option[int] {
	text := r.text(node, what)
	if !text.set {
		return option[int]{}
	}
	return parseInteger(r.collector, text, what)
}

// entries reads a mapping of texts.
func (r *yamlReader) entries(node ast.Node, what string) []entry {
	var all []entry
	r.each(node, what, func(key string, value ast.Node, place Place) {
		if text := r.text(value, what+" "+key); text.set {
			all = append(all, entry{key: key, value: text.value, place: place})
		}
	})
	return all
}

func parseInteger(c *collector, text option[string], what string) option[int] {
	n, err := strconv.Atoi(strings.TrimSpace(text.value))
	if err != nil {
		c.add(text.place, "%s is a whole number, not %q", what, text.value)
		return option[int]{}
	}
	return given(n, text.place)
}

func parseNumber(c *collector, text option[string], what string) option[float64] {
	n, err := strconv.ParseFloat(strings.TrimSpace(text.value), 64)
	if err != nil || n != n {
		c.add(text.place, "%s is a number, not %q", what, text.value)
		return option[float64]{}
	}
	return given(n, text.place)
}

func parseDuration(c *collector, text option[string], what string) option[time.Duration] {
	d, err := time.ParseDuration(strings.TrimSpace(text.value))
	if err != nil {
		c.add(text.place, "%s is a duration with a unit, such as 30s or 5m, not %q", what, text.value)
		return option[time.Duration]{}
	}
	return given(d, text.place)
}

func parseTruth(c *collector, text option[string], what string) option[bool] {
	b, err := strconv.ParseBool(strings.TrimSpace(text.value))
	if err != nil {
		c.add(text.place, "%s is true or false, not %q", what, text.value)
		return option[bool]{}
	}
	return given(b, text.place)
}
