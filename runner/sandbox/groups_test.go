package sandbox

import (
	"cmp"
	"strings"

	"esconform/runner/wire"
)

// A unit is a group that a test sends. Fields that are nil are left out of the
// message; a pointer to an empty text sends an empty element.
type unit struct {
	key               string
	scheme            string // organisationScheme when empty
	orgType, level    *string
	relation          string // Parent when empty
	parent, label     *string
	title, long, full *string
	fields            []string // name=value of extension fields
	withoutKey        bool
	withoutGroup      bool
}

// class is an ordinary group with a title, under a parent.
func class(key, parent string) unit {
	return unit{key: key, parent: text(parent), title: text("Title of " + key)}
}

// of gives a group a type.
func (u unit) of(orgType string) unit { u.orgType = text(orgType); return u }

// with gives a group extension fields, name=value.
func (u unit) with(fields ...string) unit { u.fields = fields; return u }

// xml writes sourcedId and group, as singular requests and pairs hold them.
func (u unit) xml() string {
	id := identifier("sourcedId", u.key)
	if u.withoutKey {
		id = ""
	}
	if u.withoutGroup {
		return id
	}
	one := func(name string, value *string) string {
		if value == nil {
			return ""
		}
		return "<" + name + ">" + escaped(*value) + "</" + name + ">"
	}
	around := func(name, content string) string {
		if content == "" {
			return ""
		}
		return "<" + name + ">" + content + "</" + name + ">"
	}
	value := around("gd:typeValue", one("gd:type", u.orgType)+one("gd:level", u.level))
	if value != "" {
		value = "<gd:scheme>" + cmp.Or(u.scheme, organisationScheme) + "</gd:scheme>" + value
	}
	parent := ""
	if u.parent != nil {
		parent = "<gd:relation>" + cmp.Or(u.relation, "Parent") + "</gd:relation><gd:sourceId>" + one("c:identifier", u.parent) + "</gd:sourceId>" + one("gd:label", u.label)
	}
	return id + "<pmess:group>" + around("gd:groupType", value) + around("gd:relationship", parent) +
		around("gd:description", one("gd:descShort", u.title)+one("gd:descLong", u.long)+one("gd:descFull", u.full)) +
		around("gd:extension", subject{fields: u.fields}.extension()) + "</pmess:group>"
}

// groupPairs writes the set of a plural write.
func groupPairs(units ...unit) string {
	var b strings.Builder
	for _, u := range units {
		b.WriteString("<pmess:groupIdPair>" + u.xml() + "</pmess:groupIdPair>")
	}
	return "<pmess:groupIdPairSet>" + b.String() + "</pmess:groupIdPairSet>"
}

// groupLine shows the non-empty parts of a group.
func groupLine(g *node) string {
	parts := []string{"group"}
	add := func(name, text string) {
		if text != "" {
			parts = append(parts, name+"="+text)
		}
	}
	groupType := g.child(wire.NSGdata, "groupType")
	value := groupType.child(wire.NSGdata, "typeValue")
	if scheme := textOf(groupType.child(wire.NSGdata, "scheme")); scheme != organisationScheme {
		parts = append(parts, "scheme="+scheme)
	}
	parts = append(parts, textOf(value.child(wire.NSGdata, "type"))+"/"+textOf(value.child(wire.NSGdata, "level")))
	for _, r := range g.all(wire.NSGdata, "relationship") {
		add(textOf(r.child(wire.NSGdata, "relation")), cmp.Or(identifierOf(r.child(wire.NSGdata, "sourceId")), "?"))
		add("label", textOf(r.child(wire.NSGdata, "label")))
	}
	for _, local := range []string{"descShort", "descLong", "descFull"} {
		add(local, textOf(g.child(wire.NSGdata, "description").child(wire.NSGdata, local)))
	}
	for _, f := range g.child(wire.NSGdata, "extension").all(wire.NSCommon, "extensionField") {
		add(textOf(f.child(wire.NSCommon, "fieldName")), textOf(f.child(wire.NSCommon, "fieldValue")))
	}
	return strings.Join(parts, " ")
}
