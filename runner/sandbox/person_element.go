package sandbox

import "esconform/runner/wire"

// personElement writes a person as reads return it: children in the order of the
// schema, the usual ones present though empty (wire dossier, 4.4).
func (c *call) personElement(p person, links []link) *element {
	f := p.fields
	formatName := leaf(wire.NSPdata, "formatName", "")
	formatName.nil_ = true
	email, url := c.leafOf("email", f[fieldEmail]), c.leafOf("URL", f[fieldURL])
	if c.deviates("email-after-url") {
		email, url = url, email
	}
	e := el(wire.NSPmess, "person")
	if c.deviates("person-with-identifier") {
		e.add(el(wire.NSPmess, "sourcedId", leaf(wire.NSCommon, "identifier", p.key)))
	}
	e.add(formatName, c.nameElement(f), c.unlessUnset(email), c.unlessUnset(url), c.userElement(f), c.addressElement(f),
		c.demographicsElement(f), c.roleElement(f), c.telElement("Voice", f[fieldVoice]), c.telElement("Mobile", f[fieldMobile]),
		c.extensionElement(f, links))
	return e
}

// leafOf writes a text that is an element of its own, empty when it is unset.
func (c *call) leafOf(local, text string) *element {
	if text == "" && c.deviates("unset-values-invented") {
		text = "-"
	}
	return leaf(wire.NSCommon, local, text)
}

// unlessUnset returns an element although it is empty: reads return the usual
// elements in any case.
func (c *call) unlessUnset(e *element) *element {
	if e.text == "" && len(e.children) == 0 && c.deviates("unset-elements-left-out") {
		return nil
	}
	return e
}

// value writes a text inside an element; by another reading, an unset one is
// left out.
func (c *call) value(space, local, text string) *element {
	switch {
	case text == "" && c.reads(readingUnsetAbsent):
		return nil
	case text == "" && c.deviates("unset-values-invented"):
		text = "-"
	}
	return leaf(space, local, text)
}

func (c *call) nameElement(f fields) *element {
	name := el(wire.NSPdata, "name")
	for _, part := range partNames {
		if f[part.field] == "" && !c.deviates("unset-values-invented") && (part.field == fieldPrefix || part.field == fieldNick && c.reads(readingUnsetAbsent)) {
			continue
		}
		name.add(el(wire.NSPdata, "partName",
			leaf(wire.NSPdata, "namePartType", part.partType),
			c.nameValue(f[part.field])))
	}
	return name
}

// nameValue writes a part of a name, empty when it is unset.
func (c *call) nameValue(text string) *element {
	if text == "" && c.deviates("unset-values-invented") {
		text = "-"
	}
	return leaf(wire.NSPdata, "namePartValue", text)
}

// userElement returns the user name; the password never leaves the endpoint.
func (c *call) userElement(f fields) *element {
	user := el(wire.NSPdata, "userId")
	if !c.deviates("user-name-not-returned") {
		user.add(leaf(wire.NSCommon, "userIdValue", f[fieldUserName]))
	}
	if f[fieldPassword] != "" && (c.deviates("password-returned") || c.op.Plural() && c.deviates("password-returned-by-batch")) {
		user.add(leaf(wire.NSCommon, "passWord", f[fieldPassword]))
	}
	return user
}

// addressElement returns the two address lines as two streets; by another
// reading, the second as extadd.
func (c *call) addressElement(f fields) *element {
	second, third := "", f[fieldStreet2]
	if c.reads(readingSecondStreet) {
		second, third = third, second
	}
	address := el(wire.NSPdata, "address")
	address.add(c.value(wire.NSPdata, "extadd", second),
		c.value(wire.NSPdata, "locality", f[fieldLocality]),
		c.value(wire.NSPdata, "postcode", f[fieldPostcode]),
		c.value(wire.NSPdata, "street", f[fieldStreet1]))
	if third != "" {
		address.add(leaf(wire.NSPdata, "street", third))
	}
	return address
}

// defaultGender is what a recorded answer says of everybody; the element is
// mandatory in the schema.
const defaultGender = "Male"

func (c *call) demographicsElement(f fields) *element {
	gender := f[fieldGender]
	if gender != "Male" && gender != "Female" && gender != "Gender" {
		gender = defaultGender
	}
	d := el(wire.NSPdata, "demographics", leaf(wire.NSPdata, "gender", gender))
	birthday := f[fieldBirthDate]
	if birthday == "" && c.deviates("unset-values-invented") {
		birthday = "1900-01-01"
	}
	if birthday != "" {
		d.add(leaf(wire.NSPdata, "bday", birthday))
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

func (c *call) telElement(telType, text string) *element {
	if text == "" && c.deviates("unset-elements-left-out") {
		return nil
	}
	tel := el(wire.NSPdata, "tel", leaf(wire.NSPdata, "telType", telType))
	tel.add(c.value(wire.NSPdata, "telValue", text))
	return tel
}

// withoutExtensions and withoutRelationships name deviations of the reads.
var readPoints = [...]struct{ operation, extensions, relationships, one string }{
	{"readPerson", "read-without-extensions", "", "read-one-relationship"},
	{"readPersons", "reads-without-extensions", "", "reads-one-relationship"},
	{"readPersonsForGroup", "group-without-extensions", "group-without-relationships", "group-one-relationship"},
	{"readAllPersons", "", "all-without-relationships", "all-one-relationship"},
}

// extensionElement holds the fields first, then the relationships; nil when
// there is neither. All reads return the same.
func (c *call) extensionElement(f fields, links []link) *element {
	shown, kept := c.extensionFields(f), c.relationshipElements(links)
	for _, p := range readPoints {
		if p.operation != c.op.Name {
			continue
		}
		if len(shown) > 0 && p.extensions != "" && c.deviates(p.extensions) {
			shown = nil
		}
		if len(kept) > 0 && p.relationships != "" && c.deviates(p.relationships) {
			kept = nil
		}
		if len(kept) > 1 && c.deviates(p.one) {
			kept = kept[:1]
		}
	}
	if len(shown) > 0 && len(kept) > 0 && c.deviates("relationships-before-fields") {
		shown, kept = kept, shown
	}
	if len(shown)+len(kept) == 0 {
		return nil
	}
	e := el(wire.NSPdata, "extension", shown...)
	e.add(kept...)
	return e
}

// extensionFields writes the fields that are set. IsExternalUser is there for
// persons of another site only (readPerson).
func (c *call) extensionFields(f fields) []*element {
	var list []*element
	for _, rule := range fieldRules {
		text := f[rule.name]
		if rule.name == fieldExternal {
			switch {
			case text == "" && c.deviates("external-flag-for-everybody"):
				text = "True"
			case text != "" && c.deviates("external-flag-left-out"):
				text = ""
			}
		}
		if rule.extension == "" || rule.extension == extensionPasswordChange || text == "" {
			continue
		}
		field := el(wire.NSCommon, "extensionField", leaf(wire.NSCommon, "fieldName", rule.extension))
		if !c.deviates("field-type-left-out") {
			field.add(leaf(wire.NSCommon, "fieldType", "String"))
		}
		field.add(leaf(wire.NSCommon, "fieldValue", text))
		list = append(list, field)
	}
	return list
}

// relationshipElements writes the links, unless the parent portal is off.
func (c *call) relationshipElements(links []link) []*element {
	if len(links) == 0 ||
		!c.portalOfSite() && !c.deviates("site-switch-ignored-by-reads") && !c.deviates("site-switch-ignored") ||
		!c.portalOfEndpoint() && !c.deviates("global-switch-ignored-by-reads") && !c.deviates("global-switch-ignored") {
		return nil
	}
	var list []*element
	for _, l := range links {
		if l.key == "" && c.deviates("keyless-relative-left-out") {
			continue
		}
		list = append(list, c.relationshipElement(l))
	}
	return list
}

// relationshipElement writes a link: Child for a child, Parent for a parent. A
// relative without syncID comes back with an empty sourceId (Creating
// parent/child relationships).
func (c *call) relationshipElement(l link) *element {
	relation := l.relation
	if c.deviates("relations-swapped") {
		relation = map[string]string{relationChild: relationParent, relationParent: relationChild}[relation]
	}
	e := el(wire.NSCommon, "relationship", leaf(wire.NSCommon, "relation", relation))
	source := el(wire.NSCommon, "sourceId")
	e.add(source)
	switch {
	case l.key == "" && c.deviates("keyless-relative-numbered"):
		source.add(leaf(wire.NSCommon, "identifier", handleOf(kindPerson, l.other)))
	case l.key == "" && c.reads(readingEmptyIdentifier):
		source.add(leaf(wire.NSCommon, "identifier", ""))
	case l.key == "":
	case c.deviates("relative-in-label"):
		e.add(leaf(wire.NSCommon, "label", l.key))
	default:
		source.add(leaf(wire.NSCommon, "identifier", l.key))
	}
	return e
}
