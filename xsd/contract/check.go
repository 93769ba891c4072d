package contract

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"esconform/runner/wire"
)

// Breach is one place where an envelope breaks the table.
type Breach struct {
	// Path leads to the element, as in Row.Path.
	Path string
	// Reason says what is wrong, for people.
	Reason string
}

// maxCheckDepth bounds the nesting that Check follows.
const maxCheckDepth = 64

// found is an element of an envelope.
type found struct {
	name     wire.Name
	isNil    bool
	others   []string // attributes that no element of the table has
	text     string
	children []*found
}

// Checker holds envelopes against the table, which it reads once. Many goroutines
// may use it at the same time.
type Checker struct {
	roots  []Root
	spaces map[string]bool // of all elements of the table
}

// NewChecker reads the table.
func NewChecker() *Checker {
	c := &Checker{Roots(), map[string]bool{}}
	for _, r := range c.roots {
		r.spaces(c.spaces)
	}
	return c
}

// Check is what a Checker does, for a single envelope.
func Check(envelope []byte) ([]Breach, error) { return NewChecker().Check(envelope) }

// Check holds the messages and header blocks of an envelope against the table and
// returns every breach, in document order. What the table does not know (other
// header blocks, a Fault) is passed over; an element of the Body or a header block
// that is none of its roots is a breach if it is in a namespace of the table or in
// none. The error is about XML that cannot be read.
//
// It knows nothing of schemas, so that what it accepts is a second opinion.
func (c *Checker) Check(envelope []byte) ([]Breach, error) {
	root, err := read(envelope)
	if err != nil {
		return nil, fmt.Errorf("check envelope against the contract: %w", err)
	}
	var breaches []Breach
	for _, part := range root.children {
		block := part.name == wire.Name{Space: wire.NSSOAP, Local: "Header"}
		if !block && part.name != (wire.Name{Space: wire.NSSOAP, Local: "Body"}) {
			continue
		}
		for _, e := range part.children {
			i := slices.IndexFunc(c.roots, func(r Root) bool { return r.Name == e.name && r.Block == block })
			switch {
			case i >= 0:
				breaches = compare(breaches, e.name.String(), c.roots[i].Element, e)
			case e.name.Space == "" || c.spaces[e.name.Space]:
				breaches = append(breaches, Breach{e.name.String(), "is no message or header block of the contract"})
			}
		}
	}
	return breaches, nil
}

// spaces collects the namespaces of an element and of all below it.
func (e *Element) spaces(into map[string]bool) {
	into[e.Name.Space] = true
	for _, child := range e.Children {
		child.spaces(into)
	}
}

// compare adds the breaches of one element and of all below it.
func compare(breaches []Breach, path string, want *Element, got *found) []Breach {
	add := func(format string, args ...any) {
		breaches = append(breaches, Breach{path, fmt.Sprintf(format, args...)})
	}
	if len(got.others) > 0 {
		add("has the attribute %s", got.others[0])
	}
	if got.isNil {
		if !want.Nillable {
			add("is nil but not nillable")
		}
		if len(got.children) > 0 || strings.TrimSpace(got.text) != "" {
			add("is nil but not empty")
		}
		return breaches
	}
	if want.Type != Children {
		if len(got.children) > 0 {
			add("holds %s, it may only hold text", got.children[0].name)
		} else if reason := want.refuses(got.text); reason != "" {
			add("%s", reason)
		}
		return breaches
	}
	if strings.TrimSpace(got.text) != "" {
		add("holds text, it may only hold elements")
	}
	return compareChildren(breaches, path, want, got)
}

// compareChildren holds the children against order and cardinality.
func compareChildren(breaches []Breach, path string, want *Element, got *found) []Breach {
	count := make([]int, len(want.Children))
	last := 0
	for _, child := range got.children {
		below := path + "/" + child.name.String()
		i := slices.IndexFunc(want.Children, func(e *Element) bool { return e.Name == child.name })
		if i < 0 {
			breaches = append(breaches, Breach{below, "is not in the contract"})
			continue
		}
		place := want.place(i)
		if place < last {
			breaches = append(breaches, Breach{below, "comes after " + want.Children[last].Name.String()})
		}
		last = max(last, place)
		count[i]++
		breaches = compare(breaches, below, want.Children[i], child)
	}
	for i, e := range want.Children {
		below := path + "/" + e.Name.String()
		if count[i] < e.Min {
			breaches = append(breaches, Breach{below, "is missing"})
		}
		if e.Max != Unbounded && count[i] > e.Max {
			breaches = append(breaches, Breach{below, fmt.Sprintf("occurs %d times, at most %d are allowed", count[i], e.Max)})
		}
	}
	return breaches
}

// place is where the i-th child stands in the order: all of one choice stand where
// the first of them does.
func (e *Element) place(i int) int {
	for i > 0 && e.Children[i].Choice && e.Children[i-1].Choice {
		i--
	}
	return i
}

var (
	decimalPattern  = regexp.MustCompile(`^[+-]?(\d+(\.\d*)?|\.\d+)$`)
	datePattern     = regexp.MustCompile(`^\d{4}-\d\d-\d\d(Z|[+-]\d\d:\d\d)?$`)
	dateTimePattern = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$`)
)

// refuses says why a text is no value of the element, or nothing. Blanks around
// values of types other than strings and enumerations of strings do not matter.
func (e *Element) refuses(text string) string {
	trimmed := strings.Trim(text, " \t\r\n")
	ok := true
	switch e.Type {
	case Int:
		_, err := strconv.ParseInt(trimmed, 10, 32)
		ok = err == nil
	case Decimal:
		ok = decimalPattern.MatchString(trimmed)
	case Boolean:
		ok = slices.Contains([]string{"true", "false", "1", "0"}, trimmed)
	case Date:
		ok = datePattern.MatchString(trimmed) && isTime("2006-01-02", trimmed, 10)
	case DateTime:
		ok = dateTimePattern.MatchString(trimmed) && isTime("2006-01-02T15:04:05", trimmed, 19)
	case Enumeration:
		ok = slices.Contains(e.Values, text) || e.Open && !slices.Contains(e.Without, text)
	}
	if ok {
		return ""
	}
	return fmt.Sprintf("%q is no value of type %s", cut(text), e.Type)
}

func isTime(layout, text string, length int) bool {
	_, err := time.Parse(layout, text[:length])
	return err == nil
}

// cut bounds a value that is shown.
func cut(text string) string {
	if runes := []rune(text); len(runes) > 100 {
		return string(runes[:100]) + "..."
	}
	return text
}

// read builds the tree of an envelope.
func read(envelope []byte) (*found, error) {
	d := xml.NewDecoder(bytes.NewReader(envelope))
	open := []*found{{}}
	for {
		token, err := d.Token()
		if err == io.EOF {
			if len(open[0].children) != 1 {
				return nil, io.ErrUnexpectedEOF
			}
			return open[0].children[0], nil
		}
		if err != nil {
			return nil, err
		}
		switch token := token.(type) {
		case xml.StartElement:
			if len(open) > maxCheckDepth {
				return nil, fmt.Errorf("elements are nested more than %d deep", maxCheckDepth)
			}
			e := element(token)
			parent := open[len(open)-1]
			parent.children = append(parent.children, e)
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			open[len(open)-1].text += string(token)
		}
	}
}

func element(start xml.StartElement) *found {
	e := &found{name: wire.Name{Space: start.Name.Space, Local: start.Name.Local}}
	for _, a := range start.Attr {
		switch {
		case a.Name.Space == "xmlns" || a.Name == xml.Name{Local: "xmlns"} || a.Name.Space == wire.NSSOAP:
		case a.Name == xml.Name{Space: wire.NSXsi, Local: "nil"}:
			e.isNil = strings.TrimSpace(a.Value) == "true" || strings.TrimSpace(a.Value) == "1"
		case a.Name.Space == wire.NSXsi:
		default:
			e.others = append(e.others, wire.Name{Space: a.Name.Space, Local: a.Name.Local}.String())
		}
	}
	return e
}
