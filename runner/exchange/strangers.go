package exchange

import (
	"slices"
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// The place of the items of an answer that lists persons with their keys, and of
// the key and the names in an item.
const (
	pairs     = "pmess:personIdPairSet/pmess:personIdPair"
	pairKey   = "pmess:sourcedId/common:identifier"
	pairNames = "pmess:person/pdata:name/pdata:partName/pdata:namePartValue"
)

// listsPersons says whether an operation's answer may hold persons of others.
func listsPersons(op wire.Operation) bool {
	return op.Name == "readAllPersons" || op.Name == "readPersonsForGroup"
}

// keep says which items of a list belong to a case.
type keep struct {
	keys keyring
	// keyless are the full names of persons without a key that the case had made;
	// the endpoint may have given them keys of its own since.
	keyless [][]string
}

// cutStrangers takes the items that are not the case's own out of an answer, so
// that they are never recorded. It returns how many there were. An answer that
// cannot be read is not kept at all when it may list persons: nil is returned.
func cutStrangers(a answer, k keep, depth int) (body []byte, strangers int, cut bool) {
	m, err := readMessage(a.header, a.body, depth)
	if err != nil {
		return nil, 0, true
	}
	items, err := m.find(pairs, 0)
	if err != nil {
		return nil, 0, true
	}
	var edits []xmltree.Splice
	for _, item := range items {
		if !k.keeps(item.Node) {
			edits = append(edits, xmltree.Splice{Start: item.Node.Start, End: item.Node.End})
		}
	}
	if len(edits) == 0 {
		return a.body, 0, false
	}
	return xmltree.Edit(m.doc, edits...), len(edits), true
}

func (k keep) keeps(item *xmltree.Node) bool {
	if key := strings.Join(texts(item, pairKey), ""); k.keys.known(key) {
		return true
	}
	names := texts(item, pairNames)
	return slices.ContainsFunc(k.keyless, func(full []string) bool {
		return !slices.ContainsFunc(full, func(part string) bool { return !slices.Contains(names, part) })
	})
}

// texts returns the texts at a path below a node.
func texts(n *xmltree.Node, path string) []string {
	p, err := xmltree.ParsePath(path, wire.Namespace)
	if err != nil {
		return nil
	}
	var all []string
	for _, m := range p.Select(n) {
		all = append(all, strings.TrimSpace(m.Text()))
	}
	return all
}

// rawViolations validates an answer as it came and keeps no values of it.
func (e *Executor) rawViolations(op wire.Operation, body []byte) []evidence.Violation {
	if e.options.Validator == nil {
		return nil
	}
	violations, err := e.options.Validator.Validate(op.Response, body)
	if err != nil {
		return []evidence.Violation{{Node: -1, Code: "validator"}}
	}
	all := make([]evidence.Violation, 0, len(violations))
	for _, v := range violations {
		all = append(all, evidence.Violation{Node: v.Node, Line: v.Line, Code: v.Code})
	}
	return all
}
