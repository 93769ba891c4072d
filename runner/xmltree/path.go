package xmltree

import (
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
)

// Path is a parsed path: the subset of XPath that scenarios use (ruling 1 of the
// scenario format). Steps are "prefix:local", or "local" for an unqualified name,
// divided by "/"; "." is the node itself; predicates are "[n]", counted from 1
// among the siblings of that name, and "[path='value']"; the last step may be
// "@name" or "@prefix:name". The zero Path is ".".
type Path struct {
	text  string
	steps []step
}

// step is one step of a path; a step without a name is ".".
type step struct {
	name       xml.Name
	self       bool
	attr       bool
	predicates []predicate
}

// predicate is "[n]" when path is nil, else "[path='value']".
type predicate struct {
	n     int
	path  *Path
	value string
}

// nestedPredicates bounds how deep predicates may stand in predicates.
const nestedPredicates = 4

// ParsePath reads a path. namespace gives the namespace of a prefix. The error
// says what is wrong with which path.
func ParsePath(s string, namespace func(prefix string) (string, bool)) (Path, error) {
	p := pathParser{text: s, namespace: namespace}
	path, err := p.path(0)
	if err == nil && p.pos < len(s) {
		err = fmt.Errorf("%q is not expected at character %d", s[p.pos:], p.pos+1)
	}
	if err != nil {
		return Path{}, fmt.Errorf("path %q: %w", s, err)
	}
	path.text = s
	return path, nil
}

// String returns the path as it was written.
func (p Path) String() string {
	if p.text == "" {
		return "."
	}
	return p.text
}

// Steps returns how many names the path goes down; "." has none.
func (p Path) Steps() int {
	n := 0
	for _, s := range p.steps {
		if !s.self {
			n++
		}
	}
	return n
}

type pathParser struct {
	text      string
	pos       int
	namespace func(string) (string, bool)
}

func (p *pathParser) peek(s string) bool { return strings.HasPrefix(p.text[p.pos:], s) }

func (p *pathParser) take(s string) bool {
	if !p.peek(s) {
		return false
	}
	p.pos += len(s)
	return true
}

// path reads steps up to the end, or to what ends a path inside a predicate.
func (p *pathParser) path(depth int) (Path, error) {
	var path Path
	for {
		s, err := p.step(depth)
		if err != nil {
			return path, err
		}
		path.steps = append(path.steps, s)
		if !p.take("/") {
			return path, nil
		}
		if s.attr {
			return path, fmt.Errorf("an attribute can only be the last step")
		}
	}
}

func (p *pathParser) step(depth int) (step, error) {
	var s step
	if p.take(".") {
		s.self = true
	} else {
		s.attr = p.take("@")
		name, err := p.name()
		if err != nil {
			return s, err
		}
		s.name = name
	}
	for p.take("[") {
		if s.attr {
			return s, fmt.Errorf("an attribute has no predicates")
		}
		q, err := p.predicate(depth)
		if err != nil {
			return s, err
		}
		s.predicates = append(s.predicates, q)
	}
	return s, nil
}

// name reads "prefix:local" or "local".
func (p *pathParser) name() (xml.Name, error) {
	q, ok := scanName(p.text[p.pos:])
	if !ok {
		return xml.Name{}, fmt.Errorf("a name is missing at character %d", p.pos+1)
	}
	if !q.qualified() {
		return xml.Name{}, fmt.Errorf("%q is not a name", q.raw)
	}
	p.pos += len(q.raw)
	if q.colon < 0 {
		return xml.Name{Local: q.raw}, nil
	}
	space, ok := p.namespace(q.prefix())
	if !ok {
		return xml.Name{}, fmt.Errorf("unknown prefix %q", q.prefix())
	}
	return xml.Name{Space: space, Local: q.local()}, nil
}

// predicate reads what follows "[".
func (p *pathParser) predicate(depth int) (predicate, error) {
	digits := p.pos
	for digits < len(p.text) && p.text[digits] >= '0' && p.text[digits] <= '9' {
		digits++
	}
	if digits > p.pos {
		n, err := strconv.Atoi(p.text[p.pos:digits])
		if err != nil || n < 1 {
			return predicate{}, fmt.Errorf("%q is not a place counted from 1", p.text[p.pos:digits])
		}
		p.pos = digits
		return predicate{n: n}, p.closePredicate()
	}
	if depth >= nestedPredicates {
		return predicate{}, fmt.Errorf("predicates are nested too deeply")
	}
	path, err := p.path(depth + 1)
	if err != nil {
		return predicate{}, err
	}
	if !p.take("=") {
		return predicate{}, fmt.Errorf("= is missing in a predicate at character %d", p.pos+1)
	}
	if !p.peek("'") && !p.peek(`"`) {
		return predicate{}, fmt.Errorf("the value of a predicate is not in quotes at character %d", p.pos+1)
	}
	rest := p.text[p.pos+1:]
	end := strings.IndexByte(rest, p.text[p.pos])
	if end < 0 {
		return predicate{}, fmt.Errorf("the value of a predicate is not closed")
	}
	p.pos += end + 2
	return predicate{path: &path, value: rest[:end]}, p.closePredicate()
}

func (p *pathParser) closePredicate() error {
	if !p.take("]") {
		return fmt.Errorf("] is missing at character %d", p.pos+1)
	}
	return nil
}
