package contract_test

import (
	"fmt"
	"slices"
	"strings"

	"esconform/runner/wire"
	"esconform/xsd/contract"
)

// element is an element of a derived envelope.
type element struct {
	name       string // with prefix
	attributes string
	text       string
	children   []*element
}

func (e *element) String() string {
	var inner strings.Builder
	inner.WriteString(e.text)
	for _, c := range e.children {
		inner.WriteString(c.String())
	}
	return fmt.Sprintf("<%s%s>%s</%s>", e.name, e.attributes, inner.String(), e.name)
}

// minimal writes what the table demands of an element: its mandatory children and
// the way along a line of the table, whose last element is returned with its
// parent.
func minimal(line []*contract.Element) (top, parent, last *element) {
	e := &element{name: line[0].Name.String()}
	if len(line[0].Children) == 0 {
		e.text = sample(line[0])
	}
	top, last = e, e
	for _, child := range line[0].Children {
		switch {
		case len(line) > 1 && child == line[1]:
			below, p, l := minimal(line[1:])
			if p == nil {
				p = e
			}
			e.children, parent, last = append(e.children, below), p, l
		case child.Min > 0:
			below, _, _ := minimal([]*contract.Element{child})
			e.children = append(e.children, below)
		}
	}
	return top, parent, last
}

// sample is a value of the element's type.
func sample(e *contract.Element) string {
	switch e.Type {
	case contract.Enumeration:
		return e.Values[0]
	case contract.Int, contract.Decimal:
		return "1"
	case contract.Boolean:
		return "true"
	case contract.Date:
		return "2030-01-31"
	case contract.DateTime:
		return "2030-01-31T08:00:00Z"
	case contract.String:
		return "text"
	}
	return ""
}

// lawful and unlawful are values for each type but enumerations.
var (
	lawful = map[contract.Type][]string{
		contract.String:   {"", "  ", "æøå & < >", "0", strings.Repeat("long", 300)},
		contract.Int:      {"0", "-1", "+7", " 12\n", "2147483647", "-2147483648"},
		contract.Decimal:  {"0", "-1.50", "+.5", "7.", " 12.25\n", "123456789.012345678"},
		contract.Boolean:  {"true", "false", "1", "0", "\n true\t"},
		contract.Date:     {"2024-02-29", "2024-02-29Z", "2024-02-29+02:00", "\n  2024-02-29 "},
		contract.DateTime: {"2030-01-01T08:00:00", "2030-01-01T08:00:00.123Z", "2030-01-01T08:00:00-05:00", "\n 2030-01-01T08:00:00Z\n"},
	}
	unlawful = map[contract.Type][]string{
		contract.Int:      {"", "1.0", "one", "2147483648", "1 2"},
		contract.Decimal:  {"", ".", "1,5", "1e3", "INF", "1 2"},
		contract.Boolean:  {"", "True", "TRUE", "yes", "2"},
		contract.Date:     {"", "2005-4-3", "2023-02-29", "31.12.2024", "2030-01-01T08:00:00Z"},
		contract.DateTime: {"", "2030-01-01", "2030-01-01 08:00:00", "2030-13-01T08:00:00Z", "2030-01-01T08:00"},
	}
)

// prefixes are those that derived envelopes declare.
var prefixes = []string{"pmess", "pdata", "gmess", "gdata", "mmess", "mdata", "common", "bind"}

// envelope puts a root into an envelope, a header block beside a message of its
// direction.
func envelope(root contract.Root, content string) []byte {
	header, body := "", content
	if root.Block {
		header = content
		body = "<pmess:deletePersonRequest/>"
		if isAnswer(root) {
			body = "<pmess:deletePersonResponse/>"
		}
	}
	var declarations strings.Builder
	for _, p := range append(slices.Clone(prefixes), "xsi") {
		space, _ := wire.Namespace(p)
		fmt.Fprintf(&declarations, " xmlns:%s=%q", p, space)
	}
	return fmt.Appendf(nil, `<soap:Envelope xmlns:soap=%q%s><soap:Header>%s</soap:Header><soap:Body>%s</soap:Body></soap:Envelope>`,
		wire.NSSOAP, declarations.String(), header, body)
}

func isAnswer(root contract.Root) bool {
	return strings.HasSuffix(root.Name.Local, "Response") || root.Name.Local == "syncResponseHeaderInfo"
}

// message is the root that the Body of an envelope made by envelope must hold.
func message(root contract.Root) wire.Name {
	switch {
	case root.Block && isAnswer(root):
		return wire.Name{Space: wire.NSPmess, Local: "deletePersonResponse"}
	case root.Block:
		return wire.Name{Space: wire.NSPmess, Local: "deletePersonRequest"}
	}
	return root.Name
}
