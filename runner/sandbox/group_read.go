package sandbox

import (
	"slices"

	"esconform/runner/wire"
)

// readGroupOne serves readGroup.
func readGroupOne(c *call, request *node) (reply, error) {
	key := identifierOf(request.child(wire.NSGmess, "sourcedId"))
	var found *element
	statuses, err := c.run([]item{c.readGroupItem(key, &found)})
	r := reply{statuses: statuses}
	if found != nil && !c.deviates("read-without-group") {
		r.content = []*element{found}
	}
	if found == nil && c.deviates("unknown-group-invented") {
		r.content = []*element{el(wire.NSGmess, "group")}
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
	for _, e := range found {
		if e == nil && c.deviates("unknown-groups-returned-empty") {
			e = el(wire.NSGmess, "group")
		}
		set.add(e)
	}
	if len(set.children) > 1 && c.deviates("reads-first-group-only") {
		set.children = set.children[:1]
	}
	return reply{statuses: statuses, content: []*element{set}}, err
}

// readGroupItem reads the group with that key into found.
func (c *call) readGroupItem(key string, found **element) item {
	return func(t *tx) (status, error) {
		g, ok, err := t.groupByKey(c.site.id, key)
		if err != nil {
			return status{}, err
		}
		if ok {
			*found, err = c.groupElement(t, g)
			return success(), err
		}
		st := unknownGroup(key)
		switch {
		case c.op.Plural() && c.deviates("batch-unknown-group-found"), !c.op.Plural() && c.deviates("unknown-group-found"):
			st = success()
		case !c.op.Plural() && c.deviates("unknown-group-with-other-code"):
			st.minors = []minor{{minorPerson, minorInvalid}}
		}
		return st, nil
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
			if c.deviates("groups-of-unknown-person-found") {
				return success(), nil
			}
			return failure(minorUnknown, "The 'personSourcedId/identifier' '"+key+"' does not exist in itslearning"), nil
		}
		groups, err := c.groupsOf(t, p)
		if err != nil {
			return status{}, err
		}
		if len(groups) == 0 && c.deviates("person-without-groups-fails") {
			return failure(minorUnknown, "The person has no groups"), nil
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

// groupsOf returns the groups of a person, courses and others.
func (c *call) groupsOf(t *tx, p person) ([]group, error) {
	groups, err := t.groupsOf(p.id)
	switch {
	case err != nil:
		return nil, err
	case len(groups) > 0 && c.deviates("groups-of-others-returned"):
		return t.groupsWhere("groups.site = ? AND groups.id IN (SELECT grp FROM membership) ORDER BY groups.id", c.site.id)
	case len(groups) > 1 && c.deviates("first-group-of-person-only"):
		return groups[:1], nil
	case len(groups) > 0 && c.deviates("courses-of-person-only"):
		return slices.DeleteFunc(groups, func(g group) bool { return g.orgType != typeCourse }), nil
	}
	return groups, nil
}
