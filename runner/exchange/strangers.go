package exchange

import (
	"fmt"
	"slices"
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// list says where the answer of an operation lists objects, and which of them belong
// to a case.
type list struct {
	items string
	keeps func(keep, *xmltree.Node) bool
}

// lists are the operations whose answers may hold objects of others.
var lists = map[string]list{
	"readAllPersons":           {"pmess:personIdPairSet/pmess:personIdPair", keep.person},
	"readPersonsForGroup":      {"pmess:personIdPairSet/pmess:personIdPair", keep.person},
	"readGroupsForPerson":      {"gmess:groupSet/gmess:group", keep.group},
	"readMembershipsForPerson": {"mmess:membershipIDPairSet/mmess:membershipIdPair", keep.membership},
	"readMembershipsForGroup":  {"mmess:membershipIDPairSet/mmess:membershipIdPair", keep.membership},
}

// The places of keys and names in an item.
const (
	pairKey   = "pmess:sourcedId/common:identifier"
	pairNames = "pmess:person/pdata:name/pdata:partName/pdata:namePartValue"
	ofGroup   = "mmess:membership/mdata:groupSourcedId/common:identifier"
	ofMember  = "mmess:membership/mdata:member/mdata:memberSourcedId/common:identifier"
)

// keep says which items of a list belong to a case.
type keep struct {
	keys keyring
	// keyless are the full names of persons without a key that the case had made;
	// the endpoint may have given them keys of its own since.
	keyless [][]string
	asked   string // the key whose objects are listed
}

// of is what a case keeps of the objects of a key.
func (k keep) of(asked string) keep {
	k.asked = asked
	return k
}

// withoutStrangers returns the body of an answer without the items that are not the
// case's own, so that they are never recorded, and notes on the exchange how many
// there were and what schema violations the answer had as it came. An answer that
// cannot be read, or that has objects elsewhere than a list has its items, is not kept
// at all: nobody knows whom it lists. The error is the validator's.
//
// Only lists are looked through. readPerson, readPersons and the like of groups and
// memberships are recorded as they come: they hold no identifiers by which an object
// could be told from another, so an endpoint that ignores the key that it is asked for
// may have shown us somebody else's.
func (e *Executor) withoutStrangers(op wire.Operation, a answer, l list, k keep, x *evidence.Exchange) (body []byte, err error) {
	m, err := readMessage(a.header, a.body, e.target.Limits.MaxDepth)
	if err != nil {
		x.RawViolations, err = e.rawViolations(op, a.body, nil)
		return nil, err
	}
	items, err := m.find(l.items, 0)
	if err != nil {
		return nil, fmt.Errorf("look for other people's items: %w", err)
	}
	if n := elsewhere(m.doc, items, k); n != nil {
		x.RawViolations, err = e.rawViolations(op, m.doc.UTF8, m.doc.Nodes)
		x.RawViolations = append([]evidence.Violation{{Node: n.Index, Line: n.Line, Code: evidence.CodeElsewhere}}, x.RawViolations...)
		return nil, err
	}
	var edits []xmltree.Splice
	for _, item := range items {
		if !l.keeps(k, item.Node) {
			edits = append(edits, xmltree.Splice{Start: item.Node.Start, End: item.Node.End})
		}
	}
	if len(edits) == 0 {
		return a.body, nil
	}
	x.Strangers = len(edits)
	x.RawViolations, err = e.rawViolations(op, m.doc.UTF8, m.doc.Nodes)
	return xmltree.Edit(m.doc, edits...), err
}

// objectNames are the local names, in small letters, of the elements that tell of an
// object, whatever their namespace: an endpoint may have the wrong one. A membership is
// told by its identifiers, each of which is looked at.
var objectNames = []string{"person", "group"}

// elsewhere returns the first element outside the items of a list that could tell of
// somebody else's object; nil when there is none. Identifiers that the case knows tell
// of nobody else.
func elsewhere(doc *xmltree.Document, items []xmltree.Match, k keep) *xmltree.Node {
	end, next := 0, 0 // of the item that is being passed; items are in document order
	for _, n := range doc.Nodes {
		if next < len(items) && n == items[next].Node {
			end, next = n.End, next+1
		}
		if n.Start < end || len(n.Children) == 0 && strings.TrimSpace(n.Text) == "" {
			continue
		}
		name := strings.ToLower(n.Name.Local)
		if slices.Contains(objectNames, name) || name == "identifier" && !k.keys.known(strings.TrimSpace(n.Text)) {
			return n
		}
	}
	return nil
}

func (k keep) person(item *xmltree.Node) bool {
	if key := strings.Join(texts(item, pairKey), ""); k.keys.known(key) {
		return true
	}
	names := texts(item, pairNames)
	return slices.ContainsFunc(k.keyless, func(full []string) bool {
		return !slices.ContainsFunc(full, func(part string) bool { return !slices.Contains(names, part) })
	})
}

// group decides about a group of a set without keys: it is the case's own when it was
// asked for the groups of a person of its own, who is in no others.
func (k keep) group(*xmltree.Node) bool { return k.keys.mine(k.asked) }

// membership keeps those of the case's persons, and those of persons and groups that
// are known, or without a key, in the list of a group or person of its own.
func (k keep) membership(item *xmltree.Node) bool {
	member, group := strings.Join(texts(item, ofMember), ""), strings.Join(texts(item, ofGroup), "")
	unnamed := func(key string) bool { return key == "" && k.keys.mine(k.asked) }
	return k.keys.mine(member) || (k.keys.known(member) || unnamed(member)) && (k.keys.known(group) || unnamed(group))
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

// rawViolations validates an answer as it came and keeps no values of it. nodes are
// the answer's elements in document order; nil when it cannot be read.
func (e *Executor) rawViolations(op wire.Operation, envelope []byte, nodes []*xmltree.Node) ([]evidence.Violation, error) {
	if e.options.Validator == nil {
		return nil, nil
	}
	violations, err := e.options.Validator.Validate(op.Response, envelope)
	if err != nil {
		return nil, fmt.Errorf("validate the answer to %s before other people's items are cut from it: %w", op.Name, err)
	}
	all := make([]evidence.Violation, 0, len(violations))
	for _, v := range violations {
		raw := evidence.Violation{Node: v.Node, Line: v.Line, Code: v.Code}
		if v.Node >= 0 && v.Node < len(nodes) {
			n := nodes[v.Node]
			raw.Element = n.Name.Local
			for n = n.Parent; n != nil && !raw.Group; n = n.Parent {
				raw.Group = n.Name.Space == wire.NSGmess && n.Name.Local == "group"
			}
		}
		all = append(all, raw)
	}
	return all, nil
}
