package sandbox

import (
	"slices"

	"esconform/runner/wire"
)

// readOne serves readPerson.
func readOne(c *call, request *node) (reply, error) {
	key := identifierOf(request.child(wire.NSPmess, "sourcedId"))
	var found *element
	statuses, err := c.run([]item{c.readItem(key, &found)})
	r := reply{statuses: statuses}
	if found == nil && c.deviates("unknown-person-invented") {
		formatName := leaf(wire.NSPdata, "formatName", "")
		formatName.nil_ = true
		found = el(wire.NSPmess, "person", formatName)
	}
	if found != nil && !c.deviates("read-without-person") {
		r.content = []*element{found}
	}
	return r, err
}

// readSet serves readPersons: one status for each key, and the persons that
// were found, bare, in the order of the keys.
func readSet(c *call, request *node) (reply, error) {
	keys := keysOf(request)
	items, found := make([]item, len(keys)), make([]*element, len(keys))
	for i, key := range keys {
		items[i] = c.readItem(key, &found[i])
	}
	statuses, err := c.run(items)
	set := el(wire.NSPmess, "personSet")
	set.add(found...)
	if len(set.children) > 1 {
		if c.deviates("reads-first-only") {
			set.children = set.children[:1]
		}
		if c.deviates("persons-reversed") {
			slices.Reverse(set.children)
		}
	}
	return reply{statuses: statuses, content: []*element{set}}, err
}

// readItem reads the person with that key into found.
func (c *call) readItem(key string, found **element) item {
	return func(t *tx) (status, error) {
		p, ok, err := c.livePerson(t, key)
		if err == nil && !ok {
			p, ok, err = c.elsewhere(t, key, "other-sites-read")
		}
		if err != nil {
			return status{}, err
		}
		if !ok {
			if !c.op.Plural() && c.deviates("unknown-person-succeeds") {
				return success(), nil
			}
			if c.op.Plural() && c.deviates("batch-unknown-person-succeeds") {
				return success(), nil
			}
			return unknownPerson(key), nil
		}
		links, err := t.links(p.id)
		if err != nil {
			return status{}, err
		}
		*found = c.personElement(p, links)
		st := success()
		if len(links) > 0 && !c.portalOpen() && c.reads(readingPortalRemark) {
			st.warn(minorLink, "The parent portal is disabled, relationships are not returned.")
		}
		return st, nil
	}
}

// pairElement writes a person beside its key, which is empty for a person
// without one (readAllPersons).
func (c *call) pairElement(t *tx, p person) (*element, error) {
	links, err := t.links(p.id)
	if err != nil {
		return nil, err
	}
	key := p.key
	if key == "" && c.deviates("keyless-person-numbered") {
		key = handleOf(kindPerson, p.id)
	}
	return el(wire.NSPmess, "personIdPair",
		el(wire.NSPmess, "sourcedId", leaf(wire.NSCommon, "identifier", key)),
		c.personElement(p, links)), nil
}

// textDefaultProfile is what readPersonsForGroup says about members whose
// profile cannot be mapped.
const textDefaultProfile = "Some persons related to that group are returned with default profile because they are connected to not valid profiles (deleted, not used for synchronization). Please contact administrator to solve that issue."

// readPersonsOfGroup serves readPersonsForGroup: the members of one group, those of its
// descendants not included.
func readPersonsOfGroup(c *call, request *node) (reply, error) {
	key := identifierOf(request.child(wire.NSPmess, "groupSourcedId"))
	set := el(wire.NSPmess, "personIdPairSet")
	statuses, err := c.run([]item{func(t *tx) (status, error) {
		group, known, err := t.groupByKey(c.site.id, key)
		if err != nil {
			return status{}, err
		}
		if !known {
			if c.deviates("unknown-group-succeeds") {
				return success(), nil
			}
			return failure(minorUnknown, "The 'groupSourcedId/identifier' '"+key+"' does not exist in itslearning"), nil
		}
		members, err := t.members(group.id)
		if c.deviates("everybody-is-a-member") {
			members, err = t.persons("site = ? AND deleted = 0 ORDER BY id", c.site.id)
		}
		if err != nil {
			return status{}, err
		}
		return c.addMembers(t, members, set)
	}})
	return reply{statuses: statuses, content: []*element{set}}, err
}

// addMembers writes the members of a group into set.
func (c *call) addMembers(t *tx, members []person, set *element) (status, error) {
	st := success()
	if len(members) == 0 && c.deviates("empty-group-fails") {
		return failure(minorUnknown, "The group has no members"), nil
	}
	if len(members) > 1 && c.deviates("first-member-only") {
		members = members[:1]
	}
	for _, p := range members {
		if !c.used(p.fields[fieldRole]) && !c.deviates("default-profile-not-said") {
			st.warn(minorPartial, textDefaultProfile)
		}
		pair, err := c.pairElement(t, p)
		if err != nil {
			return status{}, err
		}
		if c.deviates("members-without-key") {
			pair.children = pair.children[1:]
		}
		set.add(pair)
	}
	return st, nil
}
