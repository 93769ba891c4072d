package validate

import (
	"bytes"
	"fmt"
	"slices"

	"esconform/runner/wire"
)

// findings is what one pass over a document's tags brought.
type findings struct {
	elements    int
	interrupted bool   // the markup does not end
	refusal     *fault // why no engine may see the document
	refusedAt   int    // the offset that the refusal is about
	faults      []fault
	more        bool // there are more faults than were kept
}

// survey walks over the tags of a document once: it holds the document against
// the limits and its outermost elements against the rules for envelopes. What it
// finds about the latter only counts when the document turns out well-formed.
func survey(content []byte, root wire.Name) findings {
	var seen findings
	rules := newRules(root)
	scan := scanner{data: content}
	inherited := make([]int, 0, 32) // attributes of the open elements, added up
	for {
		t := scan.next()
		switch t.kind {
		case finished:
			rules.end()
			seen.faults, seen.more = rules.faults, rules.more
			return seen
		case interrupted:
			seen.interrupted = true
			return seen
		case doctype:
			seen.refusal, seen.refusedAt = &fault{node: -1, code: CodeDoctype,
				message: "the document holds a document type declaration, which SOAP 1.1, 3, forbids; it was not processed"}, t.start
			return seen
		case endTag:
			if len(inherited) > 0 {
				inherited = inherited[:len(inherited)-1]
			}
		case startTag, emptyTag:
			sum := t.attributes
			if len(inherited) > 0 {
				sum += inherited[len(inherited)-1]
			}
			if seen.refusal = beyond(seen.elements, len(inherited), t.attributes, sum); seen.refusal != nil {
				seen.refusedAt = t.start
				return seen
			}
			rules.open(len(inherited), seen.elements, content[t.start:t.end])
			seen.elements++
			if t.kind == startTag {
				inherited = append(inherited, sum)
			}
		}
	}
}

// beyond holds an element against the limits.
func beyond(index, depth, attributes, inherited int) *fault {
	switch {
	case depth >= maxDepth:
		return &fault{node: index, code: CodeLimit, message: fmt.Sprintf("elements are nested more than %d deep", maxDepth)}
	case index >= maxElements:
		return &fault{node: index, code: CodeLimit, message: fmt.Sprintf("the document has more than %d elements", maxElements)}
	case attributes > maxAttributes:
		return &fault{node: index, code: CodeLimit, message: fmt.Sprintf("the element has more than %d attributes", maxAttributes)}
	case inherited > maxInherited:
		return &fault{node: index, code: CodeLimit, message: fmt.Sprintf("the element and those around it have more than %d attributes", maxInherited)}
	}
	return nil
}

// linesOf returns the line of each fault's element, in the order of the faults,
// which are sorted by node.
func linesOf(envelope, content []byte, faults []fault) []int {
	lines := make([]int, len(faults))
	first := slices.IndexFunc(faults, func(f fault) bool { return f.node >= 0 })
	if first < 0 {
		return lines
	}
	scan := scanner{data: content}
	line, counted, index := 1+prologLines(envelope, content), 0, 0
	for i := first; i < len(faults); {
		t := scan.next()
		if t.kind == finished || t.kind == interrupted {
			return lines
		}
		if t.kind != startTag && t.kind != emptyTag {
			continue
		}
		for ; i < len(faults) && faults[i].node == index; i++ {
			line += bytes.Count(content[counted:t.start], []byte("\n"))
			counted = t.start
			lines[i] = line
		}
		index++
	}
	return lines
}
