package sandbox

import (
	"fmt"
	"unicode/utf8"
)

// maxMembershipKey is the documented length of a membership's syncID.
const maxMembershipKey = 255

// elementRole names the role in texts.
const elementRole = "role/roleType"

// elementKey names the syncID in texts.
const elementKey = "sourcedId/identifier"

// checkMembership refuses a message that lacks a part: all parts of a
// membership are mandatory, in an update too (Managing memberships).
func (c *call) checkMembership(m *membershipMessage) (status, error) {
	for _, part := range [...]struct{ text, element, accepted string }{
		{m.key, elementKey, "missing-membership-key-accepted"},
		{sentText(m.sent), "membership", "missing-membership-accepted"},
		{m.group, "groupSourcedId/identifier", "missing-membership-group-accepted"},
		{m.person, "memberSourcedId/identifier", "missing-member-accepted"},
		{m.role, elementRole, "missing-member-role-accepted"},
	} {
		if part.text != "" {
			continue
		}
		if c.deviates(part.accepted) {
			return lost(), nil
		}
		refused, err := c.refusedMessage("The '" + part.element + "' is missing")
		if err != nil || !c.storedIncomplete(m, part.element) {
			return refused, err
		}
		m.stored = refused
	}
	if m.members > 1 && !c.reads(readingFirstMember) {
		return failure(minorInvalid, "A membership holds one member"), nil
	}
	return success(), nil
}

// storedIncomplete says whether a membership without this part is stored all the
// same, which only a deviation does.
func (c *call) storedIncomplete(m *membershipMessage, element string) bool {
	switch element {
	case elementRole:
		if c.deviates("incomplete-membership-stored") {
			m.role = memberRoles[0].word
			return true
		}
		return false
	case elementKey:
		return c.deviates("incomplete-membership-stored")
	}
	return false
}

func sentText(sent bool) string {
	if sent {
		return "sent"
	}
	return ""
}

// membershipKeyTooLong refuses keys over their documented length.
func (c *call) membershipKeyTooLong(key string) bool {
	switch n := utf8.RuneCountInString(key); {
	case n == maxMembershipKey && c.deviates("membership-key-of-255-refused"):
		return true
	case n > maxMembershipKey && c.deviates("membership-key-of-256-accepted"):
		return false
	default:
		return n > maxMembershipKey
	}
}

func longMembershipKey(element string) status {
	return failure(minorInvalid, fmt.Sprintf("The '%s' is longer than %d characters", element, maxMembershipKey))
}

// resolveMembership finds out which person, group and role a message means. Who
// is in the trash is not there.
func (c *call) resolveMembership(t *tx, m *membershipMessage) (membership, status, error) {
	wish := membership{key: m.key}
	st, err := c.resolveRole(m, &wish)
	if err != nil || st.failed() {
		return wish, st, err
	}
	if st, err = c.resolveGroup(t, m, &wish); err != nil || st.failed() || st.lose {
		return wish, st, err
	}
	st, err = c.resolveMember(t, m, &wish)
	return wish, st, err
}

func (c *call) resolveRole(m *membershipMessage, wish *membership) (status, error) {
	role, known := c.roleSent(m.role)
	if !known {
		refused := failure(minorUnknownWord, "The '"+elementRole+"' '"+m.role+"' is not supported")
		switch {
		case c.deviates("unknown-role-stored"):
			role, m.stored = memberRoles[0], refused
		case !c.op.Plural() && c.reads(readingRoleFault):
			return status{}, faultDeserialization("roleType '" + m.role + "' is not in the enumeration")
		default:
			return refused, nil
		}
	}
	wish.role = role.word
	return success(), nil
}

func (c *call) resolveGroup(t *tx, m *membershipMessage, wish *membership) (status, error) {
	g, known, err := t.groupByKey(c.site.id, m.group)
	if err != nil {
		return status{}, err
	}
	if !known {
		refused := unknownKey("groupSourcedId/identifier", m.group)
		if c.deviates("unknown-group-accepted") {
			return lost(), nil
		}
		if !c.deviates("unknown-group-replaced-by-the-site") {
			return refused, nil
		}
		m.stored = refused
		if g, known, err = t.rootGroup(c.site.id); err != nil || !known {
			return refused, err
		}
	}
	wish.group = g.id
	return success(), nil
}

func (c *call) resolveMember(t *tx, m *membershipMessage, wish *membership) (status, error) {
	p, known, err := c.livePerson(t, m.person)
	if err != nil {
		return status{}, err
	}
	if !known {
		refused := unknownKey("memberSourcedId/identifier", m.person)
		if c.deviates("unknown-member-accepted") {
			return lost(), nil
		}
		if !c.deviates("unknown-member-replaced") {
			return refused, nil
		}
		m.stored = refused
		if p, known, err = first(t.persons("site = ? AND deleted = 0 ORDER BY id DESC LIMIT 1", c.site.id)); err != nil || !known {
			return refused, err
		}
	}
	wish.person = p.id
	return success(), nil
}

// lost is a success of which nothing stays.
func lost() status {
	st := success()
	st.lose = true
	return st
}

func unknownKey(element, key string) status {
	return failure(minorUnknown, "The '"+element+"' '"+key+"' does not exist in itslearning")
}
