package sandbox

import "esconform/runner/wire"

// readGroupOne serves readGroup.
func readGroupOne(c *call, request *node) (reply, error) {
	key := identifierOf(request.child(wire.NSGmess, "sourcedId"))
	var found *element
	statuses, err := c.run([]item{c.readGroupItem(key, &found)})
	r := reply{statuses: statuses}
	if found != nil {
		r.content = []*element{found}
	}
	return r, err
}

// readGroupSet serves readGroups: one status for each key, and the groups that
// were found, bare, in the order of the keys.
func readGroupSet(c *call, request *node) (reply, error) {
	keys := keysOf(request)
	items, found := make([]item, len(keys)), make([]*element, len(keys))
	for i, key := range keys {
		items[i] = c.readGroupItem(key, &found[i])
	}
	statuses, err := c.run(items)
	set := el(wire.NSGmess, "groupSet")
	set.add(found...)
	return reply{statuses: statuses, content: []*element{set}}, err
}

// readGroupItem reads the group with that key into found.
func (c *call) readGroupItem(key string, found **element) item {
	return func(t *tx) (status, error) {
		g, ok, err := t.groupByKey(c.site.id, key)
		if err != nil {
			return status{}, err
		}
		if !ok {
			return unknownGroup(key), nil
		}
		*found, err = c.groupElement(t, g)
		return success(), err
	}
}

// readGroupsOfPerson serves readGroupsForPerson: every hierarchy that the person
// is a member of, each once.
func readGroupsOfPerson(c *call, request *node) (reply, error) {
	key := identifierOf(request.child(wire.NSGmess, "personSourcedId"))
	set := el(wire.NSGmess, "groupSet")
	statuses, err := c.run([]item{func(t *tx) (status, error) {
		p, known, err := c.livePerson(t, key)
		if err != nil {
			return status{}, err
		}
		if !known {
			return failure(minorUnknown, "The 'personSourcedId/identifier' '"+key+"' does not exist in itslearning"), nil
		}
		groups, err := t.groupsOf(p.id)
		if err != nil {
			return status{}, err
		}
		for _, g := range groups {
			written, err := c.groupElement(t, g)
			if err != nil {
				return status{}, err
			}
			set.add(written)
		}
		return success(), nil
	}})
	return reply{statuses: statuses, content: []*element{set}}, err
}
