package exchange

import (
	"esconform/runner/ledger"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// onlyItem returns the item of a plural request that has exactly one, else nil.
func (c *compiler) onlyItem(op wire.Operation) (*xmltree.Node, error) {
	if !op.Plural() {
		return nil, nil
	}
	items, err := c.find(op.Items)
	if err != nil || len(items) != 1 {
		return nil, err
	}
	return items[0], nil
}

// divide cuts the document into parts, those of the one item apart from the rest.
func (t *template) divide(c compiler, item *xmltree.Node) {
	if item == nil {
		t.parts = c.cut(0, len(c.doc.UTF8))
		return
	}
	before, inside := c.cut(0, item.Start), c.cut(item.Start, item.End)
	t.item, t.rest = len(before), len(before)+len(inside)
	t.parts = append(append(before, inside...), c.cut(item.End, len(c.doc.UTF8))...)
}

// walk visits the parts in the order of the message, those of a repeated item once
// for each time that it is sent.
func (t *template) walk(f *filling, visit func(part) error) error {
	all := func(parts []part) error {
		for _, p := range parts {
			if err := visit(p); err != nil {
				return err
			}
		}
		return nil
	}
	if err := all(t.parts[:t.item]); err != nil {
		return err
	}
	err := f.eachItem(func() error { return all(t.parts[t.item:t.rest]) })
	if err != nil {
		return err
	}
	return all(t.parts[t.rest:])
}

// eachItem calls visit once, or for every item of a request whose item is repeated.
func (f *filling) eachItem(visit func() error) error {
	if f.repeat == 0 {
		return visit()
	}
	defer func() { f.item = 0 }()
	for f.item = 1; f.item <= f.repeat; f.item++ {
		if err := visit(); err != nil {
			return err
		}
	}
	return nil
}

// kindOf says what kind of object an identifier names: that of the operation, unless
// the element around it says otherwise (dossier of the wire, section 2).
func kindOf(identifier *xmltree.Node, op wire.Operation) ledger.Kind {
	if identifier.Parent != nil {
		switch identifier.Parent.Name.Local {
		case "groupSourcedId":
			return ledger.Group
		case "memberSourcedId", "personSourcedId":
			return ledger.Person
		}
	}
	return ledger.Kind(op.Kind)
}
