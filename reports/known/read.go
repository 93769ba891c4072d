package known

import (
	"bytes"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// keys are those of an entry, in the order in which new entries are written.
var keys = []string{"id", "requirement", "message", "owner", "reason", "link", "expires"}

// Load reads a list and resolves it. The error is Defects: all that is wrong with the
// file (no YAML, unknown, missing and empty fields, dates, links) and with its entries
// (see Resolve) at once. The format is fixtures/schema/known-failures.schema.json.
func Load(file string, data []byte, s Suite) (List, error) {
	c := &collector{file: file}
	l := c.resolve(c.read(data), s)
	return l, c.err()
}

// read reads what is well-formed and gathers what is not.
func (c *collector) read(data []byte) List {
	l := List{File: c.file}
	switch root := c.parse(data).(type) {
	case nil:
	case *ast.SequenceNode:
		for _, item := range root.Values {
			l.Entries = append(l.Entries, c.entry(item))
		}
	case *ast.NullNode:
	default:
		c.add(line(root), "the list of known failures is a list; begin each entry with a hyphen: - id: ...")
	}
	return l
}

// parse returns the only document; nil when there is none.
func (c *collector) parse(data []byte) ast.Node {
	// With the line ends of Windows the parser counts lines wrongly.
	file, err := parser.ParseBytes(bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")), 0)
	if err != nil {
		at, message := 1, err.Error()
		if syntax := (*yaml.SyntaxError)(nil); errors.As(err, &syntax) {
			message = syntax.Message
			if syntax.Token != nil && syntax.Token.Position != nil {
				at = syntax.Token.Position.Line
			}
		}
		c.add(at, "this is not YAML: %s", strings.TrimSpace(message))
		return nil
	}
	var root ast.Node
	for _, doc := range file.Docs {
		if doc.Body == nil || doc.Body.Type() == ast.CommentGroupType {
			continue
		}
		if root != nil {
			c.add(line(doc.Body), "the list is one YAML document; remove the second one")
			break
		}
		root = doc.Body
	}
	return root
}

func line(n ast.Node) int {
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return 1
	}
	return n.GetToken().Position.Line
}

// entry reads an entry and checks what can be checked without the suite.
func (c *collector) entry(node ast.Node) Entry {
	fields := c.fields(node)
	e := Entry{Line: line(node)}
	e.ID = c.text(fields["id"], "id")
	e.Requirements = c.requirements(fields["requirement"])
	e.Message, e.Owner, e.Reason = c.text(fields["message"], "message"), c.text(fields["owner"], "owner"), c.text(fields["reason"], "reason")
	e.Link, e.Expires = c.link(fields["link"]), c.date(fields["expires"])
	if len(fields) == 0 {
		return e // reported already
	}
	for _, key := range []string{"id", "owner", "reason", "expires"} {
		if _, there := fields[key]; !there {
			c.add(e.Line, "the entry has no %s; add it", key)
		}
	}
	_, rule := fields["requirement"]
	if _, message := fields["message"]; !rule && !message {
		c.add(e.Line, "the entry does not say how the case fails; add requirement or message")
	}
	return e
}

// link reads the address of a page.
func (c *collector) link(node ast.Node) string {
	text := c.text(node, "link")
	if text != "" && !isLink(text) {
		c.add(line(node), "link %q is no address that begins with http:// or https://", text)
		return ""
	}
	return text
}

// date reads a day.
func (c *collector) date(node ast.Node) string {
	text := c.text(node, "expires")
	if text != "" && !isDay(text) {
		c.add(line(node), "expires %q is no day; write it as YYYY-MM-DD", text)
		return ""
	}
	return text
}

func isLink(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != ""
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// requirements reads one id or a list of ids.
func (c *collector) requirements(node ast.Node) []string {
	list, several := node.(*ast.SequenceNode)
	if !several {
		if id := c.text(node, "requirement"); id != "" {
			return []string{id}
		}
		return nil
	}
	if len(list.Values) == 0 {
		c.add(line(node), "requirement is empty; name what the case breaks, or remove the key")
	}
	var ids []string
	for _, item := range list.Values {
		switch id := c.text(item, "requirement"); {
		case id == "":
		case slices.Contains(ids, id):
			c.add(line(item), "requirement %s is named twice", id)
		default:
			ids = append(ids, id)
		}
	}
	return ids
}
