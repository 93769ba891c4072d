package sandbox

import (
	"unicode/utf8"

	"esconform/runner/wire"
)

// writeMembershipOne serves a singular write of a membership.
func writeMembershipOne(how mode) handler {
	return func(c *call, request *node) (reply, error) {
		m := readMembershipMessage(request)
		statuses, err := c.run([]item{c.membershipItem(m, how)})
		return reply{statuses: statuses}, err
	}
}

// writeMembershipAll serves a plural write of memberships.
func writeMembershipAll(how mode) handler {
	return func(c *call, request *node) (reply, error) {
		var items []item
		for _, pair := range request.child(wire.NSMmess, "membershipIdPairSet").all(wire.NSMmess, "membershipIdPair") {
			items = append(items, c.membershipItem(readMembershipMessage(pair), how))
		}
		statuses, err := c.run(c.items(items))
		return reply{statuses: statuses}, err
	}
}

func (c *call) membershipItem(m membershipMessage, how mode) item {
	return func(t *tx) (status, error) { return c.writeMembership(t, m, how) }
}

// membershipPoints are deviations of one write of memberships: it fails on an
// unknown key, it stores nothing for an unknown key, it changes nothing of a
// known one, it moves a known one to another person or group.
var membershipPoints = [...]struct{ operation, refuses, loses, ignores, moves string }{
	{"createMembership", "", "created-membership-lost", "create-ignores-known-membership", "create-moves-membership"},
	{"createMemberships", "", "created-memberships-lost", "creates-ignore-known-memberships", ""},
	{"updateMembership", "update-refuses-unknown-membership", "update-of-unknown-membership-lost", "updated-role-lost", "update-moves-membership"},
	{"updateMemberships", "updates-refuse-unknown-memberships", "updates-of-unknown-memberships-lost", "updated-roles-lost", ""},
	{"replaceMembership", "replace-refuses-unknown-membership", "replace-of-unknown-membership-lost", "replaced-role-lost", "replace-moves-membership"},
	{"replaceMemberships", "replaces-refuse-unknown-memberships", "replaces-of-unknown-memberships-lost", "replaced-roles-lost", ""},
}

// writeMembership carries out one item of a create, update or replace: a known
// membership gets the role, an unknown one is stored, and then the home
// organisation is seen to.
func (c *call) writeMembership(t *tx, m membershipMessage, how mode) (status, error) {
	st, err := c.checkMembership(&m)
	if err != nil || st.failed() || st.lose {
		return st, err
	}
	if c.membershipKeyTooLong(m.key) {
		return longMembershipKey("sourcedId/identifier"), nil
	}
	if utf8.RuneCountInString(m.key) > 64 && c.deviates("long-membership-key-cut") {
		m.key = string([]rune(m.key)[:64])
	}
	wish, st, err := c.resolveMembership(t, &m)
	if err != nil || st.failed() || st.lose {
		return st, err
	}
	old, known, err := t.membershipByKey(c.site.id, m.key)
	if err != nil {
		return status{}, err
	}
	stored := wish
	if known {
		stored, st, err = c.changeMembership(t, old, wish, how)
	} else {
		stored, st, err = c.addMembership(t, wish, how)
	}
	if err != nil || st.failed() {
		return st, err
	}
	if st, err = c.writeHome(t, stored, m, how, st); err == nil && m.stored.failed() {
		st, st.keep = m.stored, true
	}
	return st, err
}

// addMembership stores a membership with a key that none has.
func (c *call) addMembership(t *tx, wish membership, how mode) (membership, status, error) {
	if st, err := c.checkPair(t, wish); err != nil || st.failed() {
		return wish, st, err
	}
	st := success()
	for _, p := range membershipPoints {
		if p.operation != c.op.Name {
			continue
		}
		if c.deviates(p.refuses) {
			return wish, unknownMembership(wish.key), nil
		}
		st.lose = c.deviates(p.loses)
	}
	if how != modeCreate && c.reads(readingMembershipInserted) {
		st.warn(minorInserted, textInserted)
	}
	var err error
	wish.id, err = t.insertMembership(c.site.id, wish)
	return wish, st, err
}

// checkPair looks whether a new membership may be stored. A second one of the
// same person in the same group may, by the usual reading. Keys of persons and
// groups are of no concern.
func (c *call) checkPair(t *tx, wish membership) (status, error) {
	if c.deviates("key-space-shared") {
		_, byPerson, err := t.personByKey(c.site.id, wish.key)
		if err != nil {
			return status{}, err
		}
		_, byGroup, err := t.groupByKey(c.site.id, wish.key)
		if err != nil || byPerson || byGroup {
			return keyInUse("sourcedId/identifier", wish.key), err
		}
	}
	if !c.reads(readingPairOnce) {
		return success(), nil
	}
	same, err := t.membershipsWhere("membership.person = ? AND membership.grp = ?", wish.person, wish.group)
	if err != nil || len(same) == 0 {
		return success(), err
	}
	return failure(minorKeyInUse, "The person is a member of the group already"), nil
}

func keyInUse(element, key string) status {
	return failure(minorKeyInUse, "The '"+element+"' '"+key+"' is already in use")
}

// changeMembership gives a known membership the role of a message. It never
// moves to another person or group (updateMembership): a message that wants so
// fails; by another reading it changes the role only and says so.
func (c *call) changeMembership(t *tx, old, wish membership, how mode) (membership, status, error) {
	st := success()
	moves, ignores := false, false
	for _, p := range membershipPoints {
		if p.operation == c.op.Name {
			ignores = c.deviates(p.ignores)
			moves = (old.person != wish.person || old.group != wish.group) && c.deviates(p.moves)
		}
	}
	changed := old
	changed.role = wish.role
	if old.person != wish.person || old.group != wish.group {
		if !c.reads(readingMoveIgnored) {
			st = failure(minorInvalid, "The membership '"+wish.key+"' cannot be moved to another person or group")
		} else {
			st.warn(minorPartial, "The membership '"+wish.key+"' stays with its person and group")
		}
		switch {
		case c.deviates("membership-key-given-twice"):
			st.keep = true
			_, err := t.insertMembership(c.site.id, wish)
			return old, st, err
		case moves:
			st.keep = true
			changed.person, changed.group = wish.person, wish.group
		}
	}
	if how == modeCreate && c.deviates("known-membership-doubled") {
		_, err := t.insertMembership(c.site.id, wish)
		return old, st, err
	}
	st.lose = ignores && !st.failed()
	return changed, st, t.updateMembership(changed)
}
