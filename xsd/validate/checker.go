package validate

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"

	"esconform/runner/wire"
)

// engine checks a document against the schemas, and nothing else.
type engine interface {
	// name tells the engine and its version.
	name() string
	// check returns what breaks the schemas, in any order, at most maxFaults.
	check(doc document) (result, error)
	close() error
}

// document is what an engine is given: UTF-8 without byte order mark, XML
// declaration, document type declaration and NUL, and within the limits.
type document struct {
	content  []byte
	elements int // number of start tags, as far as the document could be scanned
}

// result is what an engine found.
type result struct {
	// malformed is set when the document is not well-formed; faults is empty then.
	malformed *malformed
	faults    []fault
	// more says that there are more faults than the engine kept.
	more bool
}

// malformed tells why and where a document is not well-formed. line is counted
// from the first line of document.content, 0 when unknown.
type malformed struct {
	line   int
	reason string
}

// fault is one thing that breaks the schemas or the rules of envelopes.
type fault struct {
	node    int
	code    string
	message string
}

// maxFaults is the number of faults that an engine keeps. It is larger than what
// anyone asks for, so that the first violations are reported whatever the order
// in which an engine meets them.
const maxFaults = 4096

// checker is a Validator around one engine.
type checker struct {
	engine        engine
	maxViolations int

	mu     sync.RWMutex // held for reading while the engine works
	closed bool
}

func open(create func() (engine, error), maxViolations int) (*checker, error) {
	e, err := create()
	if err != nil {
		return nil, err
	}
	return &checker{engine: e, maxViolations: maxViolations}, nil
}

func (c *checker) Name() string { return c.engine.name() }

func (c *checker) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	c.closed = true
	return c.engine.close()
}

func (c *checker) Validate(root wire.Name, envelope []byte) ([]Violation, error) {
	return c.validate(root, envelope, c.maxViolations)
}

// validate reports at most limit violations.
func (c *checker) validate(root wire.Name, envelope []byte, limit int) ([]Violation, error) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if c.closed {
		return nil, errors.New("validate envelope: the validator is closed")
	}
	content, refusal := admit(envelope)
	if refusal != nil {
		return []Violation{*refusal}, nil
	}
	seen := survey(content, root)
	if seen.refusal != nil {
		return []Violation{refused(envelope, content, seen)}, nil
	}
	found, err := c.engine.check(document{content: content, elements: seen.elements})
	if err != nil {
		return nil, fmt.Errorf("validate envelope with %s: %w", c.engine.name(), err)
	}
	if found.malformed == nil && seen.interrupted {
		found.malformed = &malformed{reason: "markup that does not end"}
	}
	if found.malformed != nil {
		return []Violation{notWellFormed(envelope, content, *found.malformed)}, nil
	}
	return report(envelope, content, combine(seen.faults, found.faults), found.more || seen.more, limit), nil
}

// combine joins the faults of the shared rules with those of the engine. Where a
// rule has spoken about an element, the engine's complaint that the element may
// not be there would say the same again.
func combine(rules, schema []fault) []fault {
	faults := slices.Clone(rules)
	for _, f := range schema {
		said := slices.ContainsFunc(rules, func(r fault) bool { return r.node == f.node })
		if said && (f.code == CodeElement || f.code == CodeMissing) {
			continue
		}
		faults = append(faults, f)
	}
	return faults
}

// report makes at most limit violations of faults: in document order, with lines.
// more says that there are more faults than those.
func report(envelope, content []byte, faults []fault, more bool, limit int) []Violation {
	slices.SortStableFunc(faults, func(a, b fault) int { return cmp.Compare(a.node, b.node) })
	total := len(faults)
	if total > limit || more {
		faults = faults[:min(total, limit-1)]
	}
	violations := make([]Violation, 0, len(faults)+1)
	lines := linesOf(envelope, content, faults)
	for i, f := range faults {
		violations = append(violations, Violation{Node: f.node, Line: lines[i], Code: f.code, Message: readable(f.message)})
	}
	if dropped := total - len(faults); dropped > 0 || more {
		violations = append(violations, truncated(dropped, more))
	}
	return violations
}

func truncated(dropped int, more bool) Violation {
	number := fmt.Sprintf("%d", dropped)
	if more {
		number = "more than " + number
	}
	return Violation{Node: -1, Code: CodeTruncated, Message: number + " further violations are not listed"}
}

func refused(envelope, content []byte, seen findings) Violation {
	line := 1 + prologLines(envelope, content) + bytes.Count(content[:seen.refusedAt], []byte("\n"))
	return Violation{Node: seen.refusal.node, Line: line, Code: seen.refusal.code, Message: seen.refusal.message}
}

func notWellFormed(envelope, content []byte, m malformed) Violation {
	v := Violation{Node: -1, Code: CodeNotWellFormed, Message: readable("not well-formed XML: " + m.reason)}
	if m.line > 0 {
		v.Line = m.line + prologLines(envelope, content)
	}
	return v
}
