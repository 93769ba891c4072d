package exchange

import (
	"fmt"
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

// withoutStrangers returns the body of an answer without the items that are not the
// case's own, so that they are never recorded, and notes on the exchange how many
// there were and what schema violations the answer had as it came. An answer that
// cannot be read is not kept at all: nobody knows whom it lists. The error is the
// validator's.
func (e *Executor) withoutStrangers(op wire.Operation, a answer, k keep, x *evidence.Exchange) (body []byte, err error) {
	m, err := readMessage(a.header, a.body, e.target.Limits.MaxDepth)
	if err != nil {
		x.RawViolations, err = e.rawViolations(op, a.body)
		return nil, err
	}
	items, err := m.find(pairs, 0)
	if err != nil {
		return nil, fmt.Errorf("look for other people's items: %w", err)
	}
	var edits []xmltree.Splice
	for _, item := range items {
		if !k.keeps(item.Node) {
			edits = append(edits, xmltree.Splice{Start: item.Node.Start, End: item.Node.End})
		}
	}
	if len(edits) == 0 {
		return a.body, nil
	}
	x.Strangers = len(edits)
	x.RawViolations, err = e.rawViolations(op, m.doc.UTF8)
	return xmltree.Edit(m.doc, edits...), err
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
func (e *Executor) rawViolations(op wire.Operation, envelope []byte) ([]evidence.Violation, error) {
	if e.options.Validator == nil {
		return nil, nil
	}
	violations, err := e.options.Validator.Validate(op.Response, envelope)
	if err != nil {
		return nil, fmt.Errorf("validate the answer to %s before other people's items are cut from it: %w", op.Name, err)
	}
	all := make([]evidence.Violation, 0, len(violations))
	for _, v := range violations {
		all = append(all, evidence.Violation{Node: v.Node, Line: v.Line, Code: v.Code})
	}
	return all, nil
}
