package sandbox

import (
	"strings"

	"esconform/runner/wire"
)

// A membershipMessage is what a request says about one membership.
type membershipMessage struct {
	key           string
	sent          bool // there is a membership element
	group, person string
	members       int    // how many member elements there are
	role          string // the roleType as it was sent
	home          homeField
	// stored is a refusal in spite of which a deviation stores the membership.
	stored status
}

// A homeField is the extension field HomeOrganisation of a message.
type homeField struct {
	sent             bool
	fieldType, value string
}

// fieldHome is the fieldName of the extension that marks a home organisation.
const fieldHome = "HomeOrganisation"

// readMembershipMessage reads a sourcedId and a membership beside it: children
// of a singular request or of a membershipIdPair. Of several members and roles
// the first counts. Elements without namespace are no children (a client sends
// its role as ims7role).
func readMembershipMessage(parent *node) membershipMessage {
	m := membershipMessage{key: identifierOf(parent.child(wire.NSMmess, "sourcedId"))}
	sent := parent.child(wire.NSMmess, "membership")
	if sent == nil {
		return m
	}
	m.sent = true
	m.group = identifierOf(sent.child(wire.NSMdata, "groupSourcedId"))
	m.members = len(sent.all(wire.NSMdata, "member"))
	member := sent.child(wire.NSMdata, "member")
	m.person = identifierOf(member.child(wire.NSMdata, "memberSourcedId"))
	role := member.child(wire.NSMdata, "role")
	m.role = strings.TrimSpace(textOf(role.child(wire.NSMdata, "roleType")))
	m.home = readHome(role.child(wire.NSMdata, "extension"))
	return m
}

// readHome finds the field HomeOrganisation in an extension.
func readHome(extension *node) homeField {
	for _, field := range extension.all(wire.NSCommon, "extensionField") {
		if textOf(field.child(wire.NSCommon, "fieldName")) == fieldHome {
			return homeField{
				sent:      true,
				fieldType: textOf(field.child(wire.NSCommon, "fieldType")),
				value:     textOf(field.child(wire.NSCommon, "fieldValue")),
			}
		}
	}
	return homeField{}
}
