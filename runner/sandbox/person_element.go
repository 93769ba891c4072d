package sandbox

import (
	"esconform/runner/wire"
)

// personElement writes a person as reads return it: children in the order of the
// schema, the usual ones present though empty (wire dossier, 4.4).
func (c *call) personElement(p person, links []link) *element {
	f := p.fields
	e := el(wire.NSPmess, "person")
	formatName := leaf(wire.NSPdata, "formatName", "")
	formatName.nil_ = true
	e.add(formatName,
		c.nameElement(f),
		c.leafOrNot(wire.NSCommon, "email", f[fieldEmail]),
		c.leafOrNot(wire.NSCommon, "URL", f[fieldURL]),
		el(wire.NSPdata, "userId", leaf(wire.NSCommon, "userIdValue", f[fieldUserName])),
		c.addressElement(f),
		demographicsElement(f),
		c.roleElement(f))
	e.add(c.telElement("Voice", f[fieldVoice]), c.telElement("Mobile", f[fieldMobile]))
	e.add(c.extensionElement(f, links))
	return e
}

// leafOrNot writes a text; an empty one is an empty element.
func (c *call) leafOrNot(space, local, text string) *element {
	return leaf(space, local, text)
}

func (c *call) nameElement(f fields) *element {
	name := el(wire.NSPdata, "name")
	for _, part := range partNames {
		if part.field == fieldPrefix && f[fieldPrefix] == "" {
			continue
		}
		name.add(el(wire.NSPdata, "partName",
			leaf(wire.NSPdata, "namePartType", part.partType),
			leaf(wire.NSPdata, "namePartValue", f[part.field])))
	}
	return name
}

func (c *call) addressElement(f fields) *element {
	address := el(wire.NSPdata, "address",
		leaf(wire.NSPdata, "extadd", ""),
		leaf(wire.NSPdata, "locality", f[fieldLocality]),
		leaf(wire.NSPdata, "postcode", f[fieldPostcode]),
		leaf(wire.NSPdata, "street", f[fieldStreet1]))
	if f[fieldStreet2] != "" {
		address.add(leaf(wire.NSPdata, "street", f[fieldStreet2]))
	}
	return address
}

// defaultGender is what a recorded answer says of everybody; the element is
// mandatory in the schema.
const defaultGender = "Male"

func demographicsElement(f fields) *element {
	gender := f[fieldGender]
	if gender != "Male" && gender != "Female" && gender != "Gender" {
		gender = defaultGender
	}
	d := el(wire.NSPdata, "demographics", leaf(wire.NSPdata, "gender", gender))
	if f[fieldBirthDate] != "" {
		d.add(leaf(wire.NSPdata, "bday", f[fieldBirthDate]))
	}
	return d
}

// roleElement returns the default profile for a person whose profile is not
// used for synchronisation.
func (c *call) roleElement(f fields) *element {
	return el(wire.NSPdata, "institutionRole",
		leaf(wire.NSPdata, "institutionRoleType", c.profileOf(f[fieldRole])),
		leaf(wire.NSPdata, "primaryRoleType", "true"))
}

func (c *call) telElement(telType, value string) *element {
	return el(wire.NSPdata, "tel", leaf(wire.NSPdata, "telType", telType), leaf(wire.NSPdata, "telValue", value))
}

// extensionElement holds the fields first, then the relationships; nil when
// there is neither.
func (c *call) extensionElement(f fields, links []link) *element {
	e := el(wire.NSPdata, "extension")
	for _, rule := range fieldRules {
		if rule.shown && f[rule.name] != "" {
			e.add(el(wire.NSCommon, "extensionField",
				leaf(wire.NSCommon, "fieldName", rule.extension),
				leaf(wire.NSCommon, "fieldType", "String"),
				leaf(wire.NSCommon, "fieldValue", f[rule.name])))
		}
	}
	if c.portalOpen() {
		for _, l := range links {
			e.add(c.relationshipElement(l))
		}
	}
	if len(e.children) == 0 {
		return nil
	}
	return e
}

// relationshipElement writes a link. A relative without syncID comes back with
// an empty sourceId (Creating parent/child relationships).
func (c *call) relationshipElement(l link) *element {
	source := el(wire.NSCommon, "sourceId")
	if l.key != "" {
		source.add(leaf(wire.NSCommon, "identifier", l.key))
	}
	return el(wire.NSCommon, "relationship", leaf(wire.NSCommon, "relation", l.relation), source)
}
