package sandbox

import "esconform/runner/wire"

// membershipElement writes a membership as reads return it: its group, and one
// member with a role. The extension is there on the home membership only
// (Marking an organisation as a user's home organisation).
func (c *call) membershipElement(m membership) *element {
	role := el(wire.NSMdata, "role", leaf(wire.NSMdata, "roleType", c.roleRead(m.role)))
	member := el(wire.NSMdata, "member", keyElement(wire.NSMdata, "memberSourcedId", m.personKey), role)
	switch extension := c.homeElement(m); {
	case c.deviates("home-beside-the-role"):
		member.add(extension)
	default:
		role.add(extension)
	}
	e := el(wire.NSMmess, "membership")
	if !c.deviates("membership-without-group") {
		e.add(keyElement(wire.NSMdata, "groupSourcedId", m.groupKey))
	}
	if !c.deviates("membership-without-member") {
		e.add(member)
	}
	return e
}

// homeElement writes the extension that says whether a membership is the home,
// nil for one that is not.
func (c *call) homeElement(m membership) *element {
	value := "1"
	switch {
	case m.home && c.readsWithoutHome():
		return nil
	case !m.home && c.deviates("home-on-every-membership"):
	case !m.home && c.deviates("home-said-of-others"):
		value = "0"
	case !m.home:
		return nil
	}
	return el(wire.NSMdata, "extension", el(wire.NSCommon, "extensionField",
		leaf(wire.NSCommon, "fieldName", fieldHome),
		leaf(wire.NSCommon, "fieldType", "bool"),
		leaf(wire.NSCommon, "fieldValue", value)))
}

// homePoints are deviations of single reads that do not return the extension.
var homePoints = [...]struct{ operation, silent string }{
	{"readMembership", "read-without-home"},
	{"readMemberships", "reads-without-home"},
	{"readMembershipsForPerson", "person-read-without-home"},
	{"readMembershipsForGroup", "group-read-without-home"},
}

func (c *call) readsWithoutHome() bool {
	for _, p := range homePoints {
		if p.operation == c.op.Name && c.deviates(p.silent) {
			return true
		}
	}
	return false
}

// membershipPair writes a membership beside its key.
func (c *call) membershipPair(m membership) *element {
	return el(wire.NSMmess, "membershipIdPair", keyElement(wire.NSMmess, "sourcedId", m.key), c.membershipElement(m))
}

// keyElement writes an identifier inside an element; the one of an object
// without key is empty.
func keyElement(space, local, key string) *element {
	return el(space, local, leaf(wire.NSCommon, "identifier", key))
}
