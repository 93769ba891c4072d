package sandbox

import (
	"errors"
	"slices"

	"esconform/runner/wire"
)

// membershipHandlers returns the table of operations of the membership service.
func membershipHandlers() []operationHandler {
	return []operationHandler{
		{"createMembership", writeMembershipOne(modeCreate)},
		{"createMemberships", writeMembershipAll(modeCreate)},
		{"updateMembership", writeMembershipOne(modeUpdate)},
		{"updateMemberships", writeMembershipAll(modeUpdate)},
		{"replaceMembership", writeMembershipOne(modeReplace)},
		{"replaceMemberships", writeMembershipAll(modeReplace)},
		{"deleteMembership", byKey((*call).deleteMembershipItem)},
		{"deleteMemberships", byKeys((*call).deleteMembershipItem)},
		{"readMembership", readMembership},
		{"readMemberships", readMemberships},
		{"readMembershipsForPerson", readMembershipsOfPerson},
		{"readMembershipsForGroup", readMembershipsOfGroup},
		{"changeMembershipIdentifier", changeOne((*call).changeMembershipItem)},
		{"changeMembershipsIdentifier", changeAll((*call).changeMembershipItem)},
	}
}

// readMembership serves readMembership.
func readMembership(c *call, request *node) (reply, error) {
	var found *element
	statuses, err := c.run([]item{c.readMembershipItem(identifierOf(request.child(wire.NSMmess, "sourcedId")), &found)})
	r := reply{statuses: statuses}
	if found == nil && c.deviates("empty-membership-for-unknown-key") {
		r.content = []*element{el(wire.NSMmess, "membership")}
	}
	if found != nil && !c.deviates("read-without-membership") {
		r.content = []*element{found}
	}
	return r, err
}

// readMemberships serves readMemberships: one status for each key, and the
// memberships that were found, bare, in the order of the keys.
func readMemberships(c *call, request *node) (reply, error) {
	keys := keysOf(request)
	items, found := make([]item, len(keys)), make([]*element, len(keys))
	for i, key := range keys {
		items[i] = c.readMembershipItem(key, &found[i])
	}
	statuses, err := c.run(items)
	set := el(wire.NSMmess, "membershipSet")
	set.add(found...)
	if len(set.children) > 1 && c.deviates("first-membership-only") {
		set.children = set.children[:1]
	}
	if len(set.children) < len(keys) && c.deviates("unknown-membership-invented") {
		set.add(el(wire.NSMmess, "membership"))
	}
	return reply{statuses: statuses, content: c.unlessEmpty(set)}, err
}

// readMembershipItem reads the membership with that key into found.
func (c *call) readMembershipItem(key string, found **element) item {
	return func(t *tx) (status, error) {
		m, known, err := c.liveMembership(t, key)
		switch {
		case err != nil:
			return status{}, err
		case known:
			*found = c.membershipElement(m)
			return success(), nil
		case !c.op.Plural() && c.deviates("unknown-membership-succeeds"),
			c.op.Plural() && c.deviates("batch-unknown-membership-succeeds"):
			return success(), nil
		}
		return unknownMembership(key), nil
	}
}

// readMembershipsOfPerson serves readMembershipsForPerson.
func readMembershipsOfPerson(c *call, request *node) (reply, error) {
	key := identifierOf(request.child(wire.NSMmess, "personSourcedId"))
	return c.readMembershipPairs(func(t *tx) ([]membership, status, error) {
		p, known, err := c.livePerson(t, key)
		if err == nil && !known {
			p, known, err = c.elsewhere(t, key, "memberships-of-other-sites-seen")
		}
		switch {
		case err != nil:
			return nil, status{}, err
		case !known && c.deviates("memberships-of-unknown-person-succeed"):
			return nil, success(), nil
		case !known:
			return nil, unknownKey("personSourcedId/identifier", key), nil
		}
		list, err := t.membershipsWhere("membership.person = ?", p.id)
		switch {
		case err != nil:
			return nil, status{}, err
		case c.deviates("memberships-of-everybody-returned"):
			list, err = t.membershipsWhere("membership.site = ? AND NOT person.deleted", c.site.id)
		case len(list) == 0 && c.deviates("person-without-memberships-fails"):
			return nil, failure(minorUnknown, "The person has no memberships"), nil
		case len(list) > 0 && c.deviates("other-members-returned"):
			list, err = t.membershipsWhere("membership.grp IN (SELECT grp FROM membership WHERE person = ?) AND NOT person.deleted", p.id)
		case len(list) > 1 && c.deviates("first-membership-of-person-only"):
			list = list[:1]
		}
		return list, success(), err
	})
}

// readMembershipsOfGroup serves readMembershipsForGroup: the memberships of one
// group, those of its descendants and of persons in the trash not included.
func readMembershipsOfGroup(c *call, request *node) (reply, error) {
	key := identifierOf(request.child(wire.NSMmess, "groupSourcedId"))
	return c.readMembershipPairs(func(t *tx) ([]membership, status, error) {
		g, known, err := t.groupByKey(c.site.id, key)
		if err == nil && !known && key != "" && c.deviates("memberships-of-other-sites-seen") {
			g, known, err = first(t.groupsWhere("groups.key = ?", key))
		}
		switch {
		case err != nil:
			return nil, status{}, err
		case !known:
			return nil, unknownKey("groupSourcedId/identifier", key), nil
		}
		list, err := t.membershipsWhere("membership.grp = ?", g.id)
		list = slices.DeleteFunc(list, func(m membership) bool { return m.hidden && !c.deviates("hidden-memberships-seen") })
		switch {
		case len(list) > 1 && c.deviates("first-membership-of-group-only"):
			list = list[:1]
		case c.deviates("memberships-of-descendants-returned"):
			return c.withDescendants(t, list, g.id)
		}
		return list, success(), err
	})
}

// withDescendants adds the memberships of the groups below, which only a
// deviation does.
func (c *call) withDescendants(t *tx, list []membership, group int64) ([]membership, status, error) {
	below, err := t.descendants(group)
	for _, g := range below {
		more, failed := t.membershipsWhere("membership.grp = ? AND NOT person.deleted", g.id)
		list, err = append(list, more...), errors.Join(err, failed)
	}
	return list, success(), err
}

// readMembershipPairs writes what a read of several memberships finds, each
// beside its key.
func (c *call) readMembershipPairs(find func(t *tx) ([]membership, status, error)) (reply, error) {
	set := el(wire.NSMmess, c.membershipSetName())
	statuses, err := c.run([]item{func(t *tx) (status, error) {
		list, st, err := find(t)
		if err != nil || st.failed() {
			return st, err
		}
		if list, err = c.giveMembershipKeys(t, list); err != nil {
			return st, err
		}
		for _, m := range list {
			set.add(c.membershipPair(m))
		}
		return st, nil
	}})
	return reply{statuses: statuses, content: c.unlessEmpty(set)}, err
}

// membershipSetName is the set's name as the schema spells it: ID in answers,
// Id in requests.
func (c *call) membershipSetName() string {
	if c.deviates("set-spelt-as-in-requests") {
		return "membershipIdPairSet"
	}
	return "membershipIDPairSet"
}

// unlessEmpty is the content of an answer with a set, which is there although it
// is empty; by another reading it is not.
func (c *call) unlessEmpty(set *element) []*element {
	if len(set.children) == 0 && c.reads(readingEmptySetAbsent) {
		return nil
	}
	return []*element{set}
}

// giveMembershipKeys stores a key of the form itsla-GUID for each membership
// that has none, and returns it (readMembershipsForPerson).
func (c *call) giveMembershipKeys(t *tx, list []membership) ([]membership, error) {
	forGroup := c.op.Name == "readMembershipsForGroup"
	var kept []membership
	for _, m := range list {
		if m.key == "" {
			if !forGroup && c.deviates("keyless-membership-left-out") || forGroup && c.deviates("keyless-membership-of-group-left-out") {
				continue
			}
			m.key = makeKey()
			if c.deviates("generated-membership-key-of-other-form") {
				m.key = "manual-" + randomText()
			}
			if forGroup || !c.deviates("generated-membership-key-not-stored") {
				if err := t.updateMembership(m); err != nil {
					return nil, err
				}
			}
		}
		kept = append(kept, m)
	}
	return kept, nil
}
