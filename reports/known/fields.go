package known

import (
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// fields gives the values of an entry by their keys, and reports unknown keys.
func (c *collector) fields(node ast.Node) map[string]ast.Node {
	var pairs []*ast.MappingValueNode
	switch n := node.(type) {
	case *ast.MappingNode:
		pairs = n.Values
	case *ast.MappingValueNode:
		pairs = []*ast.MappingValueNode{n}
	}
	if len(pairs) == 0 {
		c.add(line(node), "an entry is a mapping with the keys %s", strings.Join(keys, ", "))
		return nil
	}
	fields := make(map[string]ast.Node)
	for _, pair := range pairs {
		key := pair.Key.GetToken().Value
		switch {
		case pair.Key.IsMergeKey():
			c.add(line(pair.Key), "merge keys (<<) are not used in a list; write the keys out")
		case !slices.Contains(keys, key):
			c.add(line(pair.Key), "an entry has no key %q; there is %s", key, strings.Join(keys, ", "))
		}
		fields[key] = pair.Value
	}
	return fields
}

// text reads a value as it is written, so that 0123 stays 0123. An empty value, and
// one that is no text, is reported; absent is the empty text.
func (c *collector) text(node ast.Node, key string) string {
	var text string
	switch n := node.(type) {
	case nil:
		return ""
	case *ast.StringNode:
		text = n.Value
	case *ast.LiteralNode:
		text = n.Value.Value
	case *ast.NullNode:
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		text = node.GetToken().Value
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		c.add(line(node), "anchors, aliases and tags are not used in a list; write the value of %s out", key)
		return ""
	default:
		c.add(line(node), "%s is a text", key)
		return ""
	}
	text = strings.TrimSpace(text)
	if text == "" {
		c.add(line(node), "%s is empty; fill it in", key)
	}
	return text
}
