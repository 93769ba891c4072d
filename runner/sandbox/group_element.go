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

// typeElement names the type both ways (Creating organisations).
func (c *call) typeElement(o orgType) *element {
	return el(wire.NSGdata, "groupType",
		leaf(wire.NSGdata, "scheme", organisationScheme),
		el(wire.NSGdata, "typeValue",
			leaf(wire.NSGdata, "type", string(o)),
			leaf(wire.NSGdata, "level", c.levelText(o))))
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
	source := el(wire.NSGdata, "sourceId")
	if g.parentID != "" {
		source.add(leaf(wire.NSCommon, "identifier", g.parentID))
	}
	e := el(wire.NSGdata, "relationship", leaf(wire.NSGdata, "relation", relationParent), source)
	e.add(c.groupText("label", g.fields[fieldLabel]))
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
	e := el(wire.NSGdata, "description", leaf(wire.NSGdata, "descShort", f[fieldTitle]))
	e.add(c.groupText("descLong", f[fieldLong]), c.groupText("descFull", f[fieldFull]))
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
	if len(e.children) == 0 {
		return nil
	}
	return e
}
