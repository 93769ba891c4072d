package sandbox

import (
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
// singular request or of a personIdPair.
func (c *call) readPersonMessage(parent *node) (personMessage, *fault) {
	m := personMessage{key: c.identifierOf(parent.child(wire.NSPmess, "sourcedId")), fields: fields{}}
	p := parent.child(wire.NSPmess, "person")
	if p == nil {
		return m, nil
	}
	m.sent = true
	c.readNames(p, m.fields)
	copyText(m.fields, fieldEmail, p.child(wire.NSCommon, "email"))
	copyText(m.fields, fieldURL, p.child(wire.NSCommon, "URL"))
	userID := p.child(wire.NSPdata, "userId")
	copyText(m.fields, fieldUserName, userID.child(wire.NSCommon, "userIdValue"))
	copyText(m.fields, fieldPassword, userID.child(wire.NSCommon, "passWord"))
	readAddress(p, m.fields)
	if f := c.readDemographics(p, m.fields); f != nil {
		return m, f
	}
	if f := c.readRole(p, m.fields); f != nil {
		return m, f
	}
	for _, tel := range p.all(wire.NSPdata, "tel") {
		if field, ok := telephone(textOf(tel.child(wire.NSPdata, "telType"))); ok {
			copyText(m.fields, field, tel.child(wire.NSPdata, "telValue"))
		}
	}
	return m, c.readExtension(p, &m)
}

// identifierOf reads the identifier inside a sourcedId or sourceId.
func (c *call) identifierOf(n *node) string { return textOf(n.child(wire.NSCommon, "identifier")) }

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

func (c *call) readNames(p *node, f fields) {
	for _, part := range p.child(wire.NSPdata, "name").all(wire.NSPdata, "partName") {
		partType := strings.TrimSpace(textOf(part.child(wire.NSPdata, "namePartType")))
		for _, known := range partNames {
			if strings.EqualFold(partType, known.partType) {
				copyText(f, known.field, part.child(wire.NSPdata, "namePartValue"))
			}
		}
	}
}

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

func (c *call) readDemographics(p *node, f fields) *fault {
	d := p.child(wire.NSPdata, "demographics")
	copyText(f, fieldGender, d.child(wire.NSPdata, "gender"))
	bday := d.child(wire.NSPdata, "bday")
	if bday == nil {
		return nil
	}
	date, ok := dateOf(bday.text)
	if !ok {
		return faultDeserialization("bday is not a date")
	}
	f[fieldBirthDate] = date
	return nil
}

// readRole takes the primary role, or the first one. An element that is there
// but empty stands for the default profile (How to assign profiles to users).
func (c *call) readRole(p *node, f fields) *fault {
	taken := false
	for _, role := range p.all(wire.NSPdata, "institutionRole") {
		primary := false
		if flag := role.child(wire.NSPdata, "primaryRoleType"); flag != nil {
			var ok bool
			if primary, ok = booleanOf(flag.text); !ok {
				return faultDeserialization("primaryRoleType is not a boolean")
			}
		}
		roleType := role.child(wire.NSPdata, "institutionRoleType")
		if roleType == nil || taken && !primary {
			continue
		}
		f[fieldRole] = c.profileOf(strings.TrimSpace(roleType.text))
		if primary {
			return nil
		}
		taken = true
	}
	return nil
}

func (c *call) readExtension(p *node, m *personMessage) *fault {
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
			key:      c.identifierOf(r.child(wire.NSCommon, "sourceId")),
		})
	}
	return nil
}
