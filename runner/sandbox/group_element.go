package sandbox

import (
	"strconv"

	"esconform/runner/wire"
)

// groupElement writes a group as reads return it: type, parent, descriptions,
// and the extension of a course, in the order that all clients use.
func (c *call) groupElement(t *tx, g group) (*element, error) {
	connected, _, err := t.courseOf(g.id)
	if err != nil {
		return nil, err
	}
	e := el(wire.NSGmess, "group")
	e.add(c.typeElement(g.orgType), c.parentElement(g), c.descriptionElement(g.fields), c.courseElement(connected))
	return e, nil
}

// typePoints are deviations of the reads of groups, by what they leave out.
var typePoints = [...]struct{ operation, scheme, name, level string }{
	{"readGroup", "group-without-scheme", "group-without-type", "group-without-level"},
	{"readGroups", "groups-without-scheme", "groups-without-type", "groups-without-level"},
	{"readGroupsForPerson", "groups-of-person-without-scheme", "groups-of-person-without-type", "groups-of-person-without-level"},
}

// typeElement names the type both ways, in its scheme (Creating organisations).
func (c *call) typeElement(o orgType) *element {
	scheme := leaf(wire.NSGdata, "scheme", organisationScheme)
	name, level := leaf(wire.NSGdata, "type", string(o)), leaf(wire.NSGdata, "level", c.levelText(o))
	for _, p := range typePoints {
		if p.operation != c.op.Name {
			continue
		}
		if c.deviates(p.scheme) {
			scheme = nil
		}
		if c.deviates(p.name) {
			name = nil
		}
		if c.deviates(p.level) {
			level = nil
		}
	}
	value := el(wire.NSGdata, "typeValue")
	value.add(name, level)
	e := el(wire.NSGdata, "groupType")
	e.add(scheme, value)
	return e
}

// levelText is a type's level; those of Course and CourseGroup are not
// documented.
func (c *call) levelText(o orgType) string {
	level := o.level()
	if level > typeSchool.level() && c.reads(readingOtherLevels) {
		level += 10
	}
	return strconv.Itoa(level)
}

// parentElement names the parent. One without syncID comes back with an empty
// sourceId, as with persons; the main organisation has no parent.
func (c *call) parentElement(g group) *element {
	if g.parent == 0 {
		return nil
	}
	relation, label := relationParent, c.groupText("label", g.fields[fieldLabel])
	source := el(wire.NSGdata, "sourceId")
	switch {
	case g.parentKey == "":
	case c.deviates("parent-in-label"):
		label = leaf(wire.NSGdata, "label", g.parentKey)
	default:
		source.add(leaf(wire.NSCommon, "identifier", g.parentKey))
	}
	if c.deviates("parent-as-child") {
		relation = relationChild
	}
	if g.fields[fieldLabel] != "" && c.deviates("label-not-returned") {
		label = nil
	}
	e := el(wire.NSGdata, "relationship", leaf(wire.NSGdata, "relation", relation), source)
	e.add(label)
	if c.op.Name == "readGroup" && c.deviates("relationship-in-common-namespace") {
		e.name.Space = wire.NSCommon
	}
	return e
}

// groupText writes a text of a group; by another reading, an unset one is left
// out.
func (c *call) groupText(local, text string) *element {
	if text == "" && c.reads(readingUnsetAbsent) {
		return nil
	}
	return leaf(wire.NSGdata, local, text)
}

func (c *call) descriptionElement(f fields) *element {
	full := c.groupText("descFull", f[fieldFull])
	if f[fieldFull] != "" && c.deviates("full-description-not-returned") {
		full = nil
	}
	e := el(wire.NSGdata, "description", leaf(wire.NSGdata, "descShort", f[fieldTitle]))
	e.add(c.groupText("descLong", f[fieldLong]), full)
	return e
}

// courseElement writes the extension fields of a connected course. Those of its
// template are not returned: the copy is made once.
func (c *call) courseElement(connected course) *element {
	credits := extensionCredits
	if c.reads(readingCreditSingular) {
		credits = extensionCredit
	}
	e := el(wire.NSGdata, "extension")
	for _, shown := range [...]struct{ extension, field string }{{extensionCourse, fieldTitle}, {extensionCode, fieldCode}, {credits, fieldCredits}} {
		if text := connected.fields[shown.field]; text != "" {
			e.add(el(wire.NSCommon, "extensionField",
				leaf(wire.NSCommon, "fieldName", shown.extension),
				leaf(wire.NSCommon, "fieldType", "String"),
				leaf(wire.NSCommon, "fieldValue", text)))
		}
	}
	if len(e.children) == 0 || c.deviates("course-not-returned") {
		return nil
	}
	return e
}
