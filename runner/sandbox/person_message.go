package sandbox

import (
	"slices"
	"strings"

	"esconform/runner/wire"
)

// A personMessage is what a request says about one person.
type personMessage struct {
	key           string
	sent          bool   // there is a person element
	fields        fields // those that are in the message, empty ones included
	relationships []relationship
}

// A relationship is a wish to link, as it was sent.
type relationship struct{ relation, key string }

// readPersonMessage reads a sourcedId and a person beside it: children of a
// singular request or of a personIdPair. Values that cannot be read are a
// fault.
func (c *call) readPersonMessage(parent *node) (personMessage, error) {
	m := personMessage{key: identifierOf(parent.child(wire.NSPmess, "sourcedId")), fields: fields{}}
	p := parent.child(wire.NSPmess, "person")
	if p == nil {
		return m, nil
	}
	m.sent = true
	if err := c.checkFormatName(p.child(wire.NSPdata, "formatName")); err != nil {
		return m, err
	}
	c.readNames(p, m.fields)
	copyText(m.fields, fieldEmail, p.child(wire.NSCommon, "email"))
	copyText(m.fields, fieldURL, p.child(wire.NSCommon, "URL"))
	userID := p.child(wire.NSPdata, "userId")
	copyText(m.fields, fieldUserName, userID.child(wire.NSCommon, "userIdValue"))
	copyText(m.fields, fieldPassword, userID.child(wire.NSCommon, "passWord"))
	readAddress(p, m.fields)
	if err := c.readDemographics(p, m.fields); err != nil {
		return m, err
	}
	if err := c.readRole(p, m.fields); err != nil {
		return m, err
	}
	for _, tel := range p.all(wire.NSPdata, "tel") {
		if field, ok := telephone(textOf(tel.child(wire.NSPdata, "telType"))); ok {
			copyText(m.fields, field, tel.child(wire.NSPdata, "telValue"))
		}
	}
	return m, c.readExtension(p, &m)
}

// checkFormatName takes a formatName in any form, or none.
func (c *call) checkFormatName(n *node) error {
	switch {
	case n == nil && c.deviates("format-name-demanded"):
		return faultDeserialization("formatName is missing")
	case n != nil && n.null() && c.op.Name == "replacePerson" && c.deviates("nil-format-name-refused"):
		return faultDeserialization("formatName is nil")
	}
	return nil
}

// identifierOf reads the identifier inside a sourcedId or sourceId.
func identifierOf(n *node) string { return textOf(n.child(wire.NSCommon, "identifier")) }

func textOf(n *node) string {
	if n == nil {
		return ""
	}
	return n.text
}

// copyText takes a field over when its element is there.
func copyText(f fields, name string, n *node) {
	if n != nil {
		f[name] = n.text
	}
}

// partNames pairs the documented namePartTypes with fields. Their case is not
// significant to one client, nor here.
var partNames = [...]struct{ partType, field string }{
	{"First", fieldFirst}, {"Last", fieldLast}, {"Nick", fieldNick}, {"Prefix", fieldPrefix},
}

// readNames reads the name parts by their type, in whatever order they come.
func (c *call) readNames(p *node, f fields) {
	parts := p.child(wire.NSPdata, "name").all(wire.NSPdata, "partName")
	for _, part := range parts {
		partType := strings.TrimSpace(textOf(part.child(wire.NSPdata, "namePartType")))
		for _, known := range partNames {
			if strings.EqualFold(partType, known.partType) {
				copyText(f, known.field, part.child(wire.NSPdata, "namePartValue"))
			}
		}
	}
	if lastBeforeFirst(parts) && c.deviates("names-by-position") {
		f[fieldFirst], f[fieldLast] = f[fieldLast], f[fieldFirst]
	}
}

func lastBeforeFirst(parts []*node) bool {
	at := func(partType string) int {
		return slices.IndexFunc(parts, func(n *node) bool { return textOf(n.child(wire.NSPdata, "namePartType")) == partType })
	}
	return at("Last") >= 0 && at("Last") < at("First")
}

// readAddress takes the first street for the first address line, the second for
// the second.
func readAddress(p *node, f fields) {
	address := p.child(wire.NSPdata, "address")
	copyText(f, fieldPostcode, address.child(wire.NSPdata, "postcode"))
	copyText(f, fieldLocality, address.child(wire.NSPdata, "locality"))
	for i, street := range address.all(wire.NSPdata, "street") {
		switch i {
		case 0:
			f[fieldStreet1] = street.text
		case 1:
			f[fieldStreet2] = street.text
		}
	}
}

// readDemographics reads gender and date of birth. The gender may be missing
// (the documented replacePerson has none); a date that is none is a fault, an
// empty one too.
func (c *call) readDemographics(p *node, f fields) error {
	d := p.child(wire.NSPdata, "demographics")
	gender, bday := d.child(wire.NSPdata, "gender"), d.child(wire.NSPdata, "bday")
	copyText(f, fieldGender, gender)
	if d != nil && gender == nil && (c.deviates("gender-demanded") || c.op.Name == "replacePerson" && c.deviates("documented-message-refused")) {
		return faultDeserialization("gender is missing")
	}
	if bday == nil {
		return nil
	}
	date, ok := dateOf(bday.text)
	switch {
	case ok:
		f[fieldBirthDate] = date
	case strings.TrimSpace(bday.text) == "" && c.deviates("empty-birthday-accepted"),
		strings.TrimSpace(bday.text) != "" && c.deviates("invalid-birthday-accepted"):
		return nil
	default:
		return faultDeserialization("bday is not a date")
	}
	return nil
}

// readRole takes the primary role, or the first one. An element that is there
// but empty stands for the default profile (How to assign profiles to users).
func (c *call) readRole(p *node, f fields) error {
	taken := false
	for _, role := range p.all(wire.NSPdata, "institutionRole") {
		primary := false
		if flag := role.child(wire.NSPdata, "primaryRoleType"); flag != nil {
			var ok bool
			if primary, ok = booleanOf(flag.text); !ok || strings.TrimSpace(flag.text) == "1" && c.deviates("numeric-primary-role-refused") {
				return faultDeserialization("primaryRoleType is not a boolean")
			}
		}
		roleType := role.child(wire.NSPdata, "institutionRoleType")
		if roleType == nil || taken && !primary {
			continue
		}
		sent := strings.TrimSpace(roleType.text)
		switch {
		case sent != "" && !isEnumerated(sent) && c.deviates("unlisted-role-refused"),
			sent == "" && c.deviates("empty-role-refused"),
			isEnumerated(sent) && !isMapped(sent) && c.deviates("unmapped-role-refused"):
			return faultDeserialization("institutionRoleType '" + sent + "' is not known")
		}
		f[fieldRole] = c.profileOf(sent)
		if primary {
			return nil
		}
		taken = true
	}
	return nil
}

// readExtension reads the extension fields that are known, and the
// relationships.
func (c *call) readExtension(p *node, m *personMessage) error {
	extension := p.child(wire.NSPdata, "extension")
	for _, field := range extension.all(wire.NSCommon, "extensionField") {
		name := textOf(field.child(wire.NSCommon, "fieldName"))
		for _, rule := range fieldRules {
			if rule.extension != "" && rule.extension == name {
				copyText(m.fields, rule.name, field.child(wire.NSCommon, "fieldValue"))
			}
		}
	}
	for _, r := range extension.all(wire.NSCommon, "relationship") {
		m.relationships = append(m.relationships, relationship{
			relation: strings.TrimSpace(textOf(r.child(wire.NSCommon, "relation"))),
			key:      identifierOf(r.child(wire.NSCommon, "sourceId")),
		})
	}
	return nil
}
