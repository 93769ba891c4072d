package sandbox

import (
	"strings"

	"esconform/runner/wire"
)

// A member is a membership that a test sends. Parts that are empty are left
// out of the message.
type member struct {
	key, group, person string
	role               string
	home               string // value of HomeOrganisation
	homeType           string // its fieldType
	more               string // XML after the role
}

// learner is a membership with the mandatory parts.
func learner(key, group, person string) member {
	return member{key: key, group: group, person: person, role: "Learner"}
}

// as is the membership with another role.
func (m member) as(role string) member {
	m.role = role
	return m
}

// at is the membership with a value for HomeOrganisation.
func (m member) at(home string) member {
	m.home = home
	return m
}

func (m member) xml() string {
	var b strings.Builder
	id := func(wrapper, key string) {
		if key != "" {
			b.WriteString("<" + wrapper + "><c:identifier>" + escaped(key) + "</c:identifier></" + wrapper + ">")
		}
	}
	id("pmess:sourcedId", m.key)
	b.WriteString("<pmess:membership>")
	id("md:groupSourcedId", m.group)
	b.WriteString("<md:member>")
	id("md:memberSourcedId", m.person)
	if m.role != "" {
		b.WriteString("<md:role><md:roleType>" + escaped(m.role) + "</md:roleType>" + m.extension() + "</md:role>")
	}
	return b.String() + m.more + "</md:member></pmess:membership>"
}

func (m member) extension() string {
	if m.home == "" {
		return ""
	}
	kind := m.homeType
	if kind == "" {
		kind = "bool"
	}
	return "<md:extension><c:extensionField><c:fieldName>HomeOrganisation</c:fieldName><c:fieldType>" + kind +
		"</c:fieldType><c:fieldValue>" + m.home + "</c:fieldValue></c:extensionField></md:extension>"
}

// memberPairs writes the set of a plural write of memberships.
func memberPairs(members ...member) string {
	var b strings.Builder
	for _, m := range members {
		b.WriteString("<pmess:membershipIdPair>" + m.xml() + "</pmess:membershipIdPair>")
	}
	return "<pmess:membershipIdPairSet>" + b.String() + "</pmess:membershipIdPairSet>"
}

// membershipLines tells the key of a pair, or a membership.
func membershipLines(n *node) []string {
	switch n.name.Local {
	case "membershipIDPairSet":
		return []string{"set"}
	case "membershipIdPair":
		return []string{"key " + identifierOf(n.child(wire.NSMmess, "sourcedId"))}
	case "membership":
		return []string{membershipLine(n)}
	}
	return nil
}

func membershipLine(n *node) string {
	member := n.child(wire.NSMdata, "member")
	role := member.child(wire.NSMdata, "role")
	line := "member " + identifierOf(n.child(wire.NSMdata, "groupSourcedId")) + " " + identifierOf(member.child(wire.NSMdata, "memberSourcedId")) +
		" " + textOf(role.child(wire.NSMdata, "roleType"))
	for _, f := range role.child(wire.NSMdata, "extension").all(wire.NSCommon, "extensionField") {
		line += " " + textOf(f.child(wire.NSCommon, "fieldName")) + "=" + textOf(f.child(wire.NSCommon, "fieldValue"))
	}
	return line
}
