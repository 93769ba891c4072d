package exchange

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"esconform/runner/ledger"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// template is an envelope that was parsed once and cut into parts: bytes that never
// change, and places that are filled in for each request. Filling in is then mere
// copying.
type template struct {
	parts []part
	// item and rest are where, in parts, the one item of a plural request begins and
	// what follows it; both are 0 when the request has none or several.
	item, rest int
	size       int       // of the file in bytes
	root       wire.Name // the child of the Body
	keys       []keyUse
	// convert and createdFrom are the texts of the parameters of readAllPersons;
	// nil when the request does not have them.
	convert, createdFrom []part
}

// part is a piece of an envelope.
type part struct {
	kind partKind
	arg  string // the name that belongs to the kind
	text string // literal: the bytes; keyText: the text as it stands in the file
}

type partKind int

const (
	literal   partKind = iota
	keyText            // text at a key path: the key of the identity with that name
	keyName            // {key:Name}
	unique             // {unique:text}, or text at a path of unique values
	capture            // {capture:name}
	messageID          // {message-id}, or the content of messageIdentifier
	runStart           // {run-start}: the endpoint's time at the start of the run
	volume             // {volume}: the number of --volume
	security           // where the Security header goes
)

// keyRole says what a request does with the object that a key names.
type keyRole int

const (
	roleTarget    keyRole = iota
	roleNew               // the key that a change of identifier introduces
	roleReference         // a relative, a group
	roleOther             // an identifier at a place that the operation does not have
)

// keyUse is a place in a request where an identifier stands.
type keyUse struct {
	role  keyRole
	kind  ledger.Kind // of the object
	path  string      // for people
	parts []part
	// inItem says that it stands in the one item, which may be repeated.
	inItem bool
}

// templates caches compiled envelopes by file and edits.
type templates struct {
	files fs.FS
	mu    sync.Mutex
	byKey map[string]*compiled
}

type compiled struct {
	once     sync.Once
	template *template
	err      error
}

// get returns the compiled envelope of a file with a step's edits.
func (t *templates) get(file string, set []scenario.Assignment, remove []string, op wire.Operation) (*template, error) {
	var key strings.Builder
	key.WriteString(op.Name + "\x00" + file)
	for _, a := range set {
		key.WriteString("\x00set\x00" + a.Path + "\x00" + a.Value)
	}
	for _, path := range remove {
		key.WriteString("\x00remove\x00" + path)
	}
	t.mu.Lock()
	c := t.byKey[key.String()]
	if c == nil {
		c = &compiled{}
		t.byKey[key.String()] = c
	}
	t.mu.Unlock()
	c.once.Do(func() { c.template, c.err = t.compile(file, set, remove, op) })
	return c.template, c.err
}

func (t *templates) compile(file string, set []scenario.Assignment, remove []string, op wire.Operation) (*template, error) {
	data, err := fs.ReadFile(t.files, file)
	if err != nil {
		return nil, fmt.Errorf("read request: %w", err)
	}
	if len(set)+len(remove) > 0 {
		if data, err = scenario.Apply(data, set, remove); err != nil {
			return nil, fmt.Errorf("edit request %s: %w", file, err)
		}
	}
	doc, err := xmltree.Parse(data, "", xmltree.Limits{})
	if err != nil {
		return nil, fmt.Errorf("parse request %s: %w", file, err)
	}
	tpl, err := newTemplate(doc, op)
	if err != nil {
		return nil, fmt.Errorf("request %s: %w", file, err)
	}
	return tpl, nil
}

func soapName(local string) xml.Name { return xml.Name{Space: wire.NSSOAP, Local: local} }

// slot is a region of the document that is filled in.
type slot struct {
	start, end int
	parts      []part
}

// newTemplate cuts an envelope into parts.
func newTemplate(doc *xmltree.Document, op wire.Operation) (*template, error) {
	body := doc.Root.Child(soapName("Body"))
	if doc.Root.Name != soapName("Envelope") || body == nil || len(body.Children) == 0 {
		return nil, fmt.Errorf("it is not a SOAP 1.1 envelope with an element in its Body")
	}
	request := body.Children[0]
	c := compiler{doc: doc, request: request}
	t := &template{size: len(doc.UTF8), root: wire.Name{Space: request.Name.Space, Local: request.Name.Local}}
	c.header(body)
	ops := []wire.Operation{op}
	if actual, ok := wire.LookupRequest(t.root); ok && actual.Name != op.Name {
		ops = append(ops, actual)
	}
	uses, err := c.identifiers(ops)
	if err != nil {
		return nil, err
	}
	c.placeholders()
	item, err := c.onlyItem(op)
	if err != nil {
		return nil, err
	}
	t.divide(c, item)
	for _, u := range uses {
		inItem := item != nil && item.Start <= u.node.Start && u.node.End <= item.End
		t.keys = append(t.keys, keyUse{role: u.role, kind: u.kind, path: u.node.Path(wire.Prefix), inItem: inItem,
			parts: c.cut(u.node.InnerStart, u.node.InnerEnd)})
	}
	t.convert = c.parameter("ConvertFromManual")
	t.createdFrom = c.parameter("CreatedFrom")
	return t, nil
}

// compiler collects the slots of one document.
type compiler struct {
	doc     *xmltree.Document
	request *xmltree.Node
	slots   []slot
}

// fill makes the whole content of an element a slot; a self-closing element is
// opened for it.
func (c *compiler) fill(n *xmltree.Node, p part) {
	if n.InnerStart != n.End {
		c.slots = append(c.slots, slot{n.InnerStart, n.InnerEnd, []part{p}})
		return
	}
	c.slots = append(c.slots, slot{n.End - len("/>"), n.End, []part{{text: ">"}, p, {text: "</" + c.tag(n) + ">"}}})
}

// tag returns the element's name as it is written, with its prefix.
func (c *compiler) tag(n *xmltree.Node) string {
	text := string(c.doc.UTF8[n.Start+1 : n.End])
	return text[:strings.IndexAny(text, " \t\r\n/>")]
}

// header finds the place of the messageIdentifier and that of the Security header.
func (c *compiler) header(body *xmltree.Node) {
	header := c.doc.Root.Child(soapName("Header"))
	if header == nil {
		c.slots = append(c.slots, slot{body.Start, body.Start, []part{
			{text: `<soap:Header xmlns:soap="` + wire.NSSOAP + `">`}, {kind: security}, {text: "</soap:Header>"},
		}})
		return
	}
	block := header.Child(xml.Name{Space: wire.NSBind, Local: "syncRequestHeaderInfo"})
	if id := block.Child(xml.Name{Space: wire.NSBind, Local: "messageIdentifier"}); id != nil {
		c.fill(id, part{kind: messageID})
	}
	if header.InnerStart == header.End {
		c.fill(header, part{kind: security})
		return
	}
	c.slots = append(c.slots, slot{header.InnerEnd, header.InnerEnd, []part{{kind: security}}})
}

// identifierUse is an element that holds an identifier.
type identifierUse struct {
	node *xmltree.Node
	role keyRole
	kind ledger.Kind
}

// identifiers finds every identifier of the request and its role, and makes slots
// of those that name an identity, and of the values that must be unique.
func (c *compiler) identifiers(ops []wire.Operation) ([]identifierUse, error) {
	var uses []identifierUse
	seen := map[*xmltree.Node]bool{}
	for _, op := range ops {
		for role, paths := range [][]string{roleTarget: op.Targets, roleNew: op.NewKeys, roleReference: op.References} {
			for _, text := range paths {
				nodes, err := c.find(text)
				if err != nil {
					return nil, err
				}
				for _, n := range nodes {
					if !seen[n] {
						seen[n] = true
						uses = append(uses, identifierUse{n, keyRole(role), kindOf(n, op)})
					}
				}
			}
		}
		for _, text := range op.Unique {
			nodes, err := c.find(text)
			if err != nil {
				return nil, err
			}
			for _, n := range nodes {
				c.whole(n, unique)
			}
		}
	}
	for _, n := range c.doc.Nodes[c.request.Index:] {
		if !seen[n] && isIdentifier(n) {
			uses = append(uses, identifierUse{n, roleOther, kindOf(n, ops[0])})
		}
	}
	for _, u := range uses {
		c.whole(u.node, keyText)
	}
	return uses, nil
}

// isIdentifier knows the elements of IMS Common that hold the key of an object.
// Looked at by local name: an endpoint may be as lax.
func isIdentifier(n *xmltree.Node) bool {
	switch n.Name.Local {
	case "identifier", "firstId", "secondId":
		return len(n.Children) == 0
	}
	return false
}

func (c *compiler) find(text string) ([]*xmltree.Node, error) {
	path, err := xmltree.ParsePath(text, wire.Namespace)
	if err != nil {
		return nil, fmt.Errorf("path %s: %w", text, err)
	}
	var nodes []*xmltree.Node
	for _, m := range path.Select(c.request) {
		if m.Attr == nil {
			nodes = append(nodes, m.Node)
		}
	}
	return nodes, nil
}

// whole makes a slot of an element's text, white space around it left alone. A text
// that is empty or holds placeholders is left to them.
func (c *compiler) whole(n *xmltree.Node, kind partKind) {
	name := strings.TrimSpace(n.Text)
	if name == "" || len(n.Children) > 0 || placeholder.MatchString(name) {
		return
	}
	raw := string(c.doc.UTF8[n.InnerStart:n.InnerEnd])
	start := n.InnerStart + len(raw) - len(strings.TrimLeft(raw, " \t\r\n"))
	end := n.InnerStart + len(strings.TrimRight(raw, " \t\r\n"))
	c.slots = append(c.slots, slot{start, end, []part{{kind: kind, arg: name, text: string(c.doc.UTF8[start:end])}}})
}

// placeholder finds what is filled in anywhere in an envelope.
var placeholder = regexp.MustCompile(`\{(key|unique|capture|message-id|run-start|volume)(?::([^{}]*))?\}`)

var placeholderKinds = map[string]partKind{"key": keyName, "unique": unique, "capture": capture, "message-id": messageID, "run-start": runStart, "volume": volume}

// placeholders makes slots of the placeholders that are in no slot yet.
func (c *compiler) placeholders() {
	taken := slices.Clone(c.slots)
	for _, m := range placeholder.FindAllSubmatchIndex(c.doc.UTF8, -1) {
		if slices.ContainsFunc(taken, func(s slot) bool { return s.start <= m[0] && m[1] <= s.end }) {
			continue
		}
		p := part{kind: placeholderKinds[string(c.doc.UTF8[m[2]:m[3]])]}
		if m[4] >= 0 {
			p.arg = string(c.doc.UTF8[m[4]:m[5]])
		}
		c.slots = append(c.slots, slot{m[0], m[1], []part{p}})
	}
}

// cut returns the parts of a region of the document.
func (c *compiler) cut(start, end int) []part {
	slots := slices.Clone(c.slots)
	slices.SortStableFunc(slots, func(a, b slot) int { return cmp.Compare(a.start, b.start) })
	var parts []part
	done := start
	for _, s := range slots {
		if s.start < done || s.end > end {
			continue
		}
		if s.start > done {
			parts = append(parts, part{text: string(c.doc.UTF8[done:s.start])})
		}
		parts = append(parts, s.parts...)
		done = s.end
	}
	if done < end {
		parts = append(parts, part{text: string(c.doc.UTF8[done:end])})
	}
	return parts
}

// parameter returns the content of a child of the request with that local name.
func (c *compiler) parameter(local string) []part {
	for _, child := range c.request.Children {
		if child.Name.Local == local {
			return append([]part{}, c.cut(child.InnerStart, child.InnerEnd)...)
		}
	}
	return nil
}
