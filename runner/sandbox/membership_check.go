package sandbox

import (
	"fmt"
	"unicode/utf8"
)

// maxMembershipKey is the documented length of a membership's syncID.
const maxMembershipKey = 255

// checkMembership refuses a message that lacks a part: all parts of a
// membership are mandatory, in an update too (Managing memberships).
func (c *call) checkMembership(m membershipMessage) (status, error) {
	for _, part := range [...]struct{ text, element, accepted string }{
		{m.key, "sourcedId/identifier", "missing-membership-key-accepted"},
		{sentText(m.sent), "membership", "missing-membership-accepted"},
		{m.group, "groupSourcedId/identifier", "missing-membership-group-accepted"},
		{m.person, "memberSourcedId/identifier", "missing-member-accepted"},
		{m.role, "role/roleType", "missing-member-role-accepted"},
	} {
		if part.text != "" {
			continue
		}
		if c.deviates(part.accepted) {
			return lost(), nil
		}
		return c.refusedMessage("The '" + part.element + "' is missing")
	}
	if m.members > 1 && !c.reads(readingFirstMember) {
		return failure(minorInvalid, "A membership holds one member"), nil
	}
	return success(), nil
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
func (c *call) resolveMembership(t *tx, m membershipMessage) (membership, status, error) {
	role, known := c.roleSent(m.role)
	if !known {
		if !c.op.Plural() && c.reads(readingRoleFault) {
			return membership{}, status{}, faultDeserialization("roleType '" + m.role + "' is not in the enumeration")
		}
		return membership{}, failure(minorUnknownWord, "The 'role/roleType' '"+m.role+"' is not supported"), nil
	}
	wish := membership{key: m.key, role: role.word, groupKey: m.group, personKey: m.person}
	g, known, err := t.groupByKey(c.site.id, m.group)
	switch {
	case err != nil:
		return wish, status{}, err
	case !known && c.deviates("unknown-group-accepted"):
		return wish, lost(), nil
	case !known:
		return wish, unknownKey("groupSourcedId/identifier", m.group), nil
	}
	p, known, err := c.livePerson(t, m.person)
	switch {
	case err != nil:
		return wish, status{}, err
	case !known && c.deviates("unknown-member-accepted"):
		return wish, lost(), nil
	case !known:
		return wish, unknownKey("memberSourcedId/identifier", m.person), nil
	}
	wish.group, wish.person = g.id, p.id
	return wish, success(), nil
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
