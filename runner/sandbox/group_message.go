package sandbox

import (
	"strings"

	"esconform/runner/wire"
)

// A groupMessage is what a request says about one group.
type groupMessage struct {
	key          string
	sent         bool // there is a group element
	organisation typeMessage
	parent       *parentMessage
	fields       fields // title and descriptions that are in the message, empty ones included
	course       fields // of the course extension, empty ones included
}

// A typeMessage is a groupType as it was sent.
type typeMessage struct{ scheme, name, level string }

// A parentMessage is a relationship as it was sent.
type parentMessage struct {
	relation, key string
	label         *string
}

// courseExtensions pairs the extension fields of a course with its fields. Pages
// differ on the name of the credits, so both are taken (open question 12).
var courseExtensions = [...]struct{ extension, field string }{
	{extensionCourse, fieldTitle},
	{extensionCode, fieldCode},
	{extensionCredits, fieldCredits},
	{extensionCredit, fieldCredits},
	{"course/template/synckey", fieldCopiedOf},
	{"course/template/coursecreatorsynckey", fieldCreator},
}

const (
	extensionCourse  = "course"
	extensionCode    = "course/code"
	extensionCredits = "course/credits"
	extensionCredit  = "course/credit"
)

// readGroupMessage reads a sourcedId and a group beside it: children of a
// singular request or of a groupIdPair.
func (c *call) readGroupMessage(parent *node) groupMessage {
	m := groupMessage{key: identifierOf(parent.child(wire.NSGmess, "sourcedId")), fields: fields{}, course: fields{}}
	g := parent.child(wire.NSGmess, "group")
	if g == nil {
		return m
	}
	m.sent = true
	groupType := g.child(wire.NSGdata, "groupType")
	value := groupType.child(wire.NSGdata, "typeValue")
	m.organisation = typeMessage{
		scheme: strings.TrimSpace(textOf(groupType.child(wire.NSGdata, "scheme"))),
		name:   strings.TrimSpace(textOf(value.child(wire.NSGdata, "type"))),
		level:  strings.TrimSpace(textOf(value.child(wire.NSGdata, "level"))),
	}
	m.parent = c.readParent(g)
	description := g.child(wire.NSGdata, "description")
	copyText(m.fields, fieldTitle, description.child(wire.NSGdata, "descShort"))
	copyText(m.fields, fieldLong, description.child(wire.NSGdata, "descLong"))
	copyText(m.fields, fieldFull, description.child(wire.NSGdata, "descFull"))
	for _, field := range g.child(wire.NSGdata, "extension").all(wire.NSCommon, "extensionField") {
		name := strings.TrimSpace(textOf(field.child(wire.NSCommon, "fieldName")))
		for _, known := range courseExtensions {
			if known.extension == name {
				copyText(m.course, known.field, field.child(wire.NSCommon, "fieldValue"))
			}
		}
	}
	return m
}

// readParent returns the relationship that names the parent, or the first one
// when none does; nil when there is none. It is in the namespace of group data,
// unlike the relationships of persons.
func (c *call) readParent(g *node) *parentMessage {
	var found *parentMessage
	space := wire.NSGdata
	if g.child(wire.NSCommon, "relationship") != nil && c.deviates("common-relationship-counts") {
		space = wire.NSCommon
	}
	for _, r := range g.all(space, "relationship") {
		sent := &parentMessage{
			relation: strings.TrimSpace(textOf(r.child(space, "relation"))),
			key:      identifierOf(r.child(space, "sourceId")),
		}
		if label := r.child(space, "label"); label != nil {
			sent.label = &label.text
		}
		if found == nil || sent.relation == relationParent && found.relation != relationParent {
			found = sent
		}
	}
	return found
}
