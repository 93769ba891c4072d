package sandbox

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxKey is the documented length of a person's syncID.
const maxKey = 64

// A mode is which of the three writes is carried out.
type mode string

const (
	modeCreate  mode = "create"
	modeUpdate  mode = "update"
	modeReplace mode = "replace"
)

// writePerson carries out one item of a create, update or replace.
func (c *call) writePerson(t *tx, m personMessage, how mode) (status, error) {
	if st, ok := c.checkMessage(m); !ok {
		return st, nil
	}
	old, known, err := t.personByKey(c.site.id, m.key)
	if err != nil {
		return status{}, err
	}
	live := known && !old.deleted
	if st, ok := c.checkMandatory(m, known, how); !ok {
		return st, nil
	}
	p := c.compose(old, known, m, how)
	st, err := c.checkUserName(t, &p)
	if err != nil || st.failed() {
		return st, err
	}
	if !live && how == modeReplace {
		st.warn(minorInserted, "Object did not exist, has been inserted instead")
	}
	if p.id, err = c.storePerson(t, p, known); err != nil {
		return status{}, err
	}
	if err := c.writeRelationships(t, p, m, how, &st); err != nil {
		return status{}, err
	}
	return st, nil
}

// checkMessage refuses a message without key or person, and texts longer than
// documented.
func (c *call) checkMessage(m personMessage) (status, bool) {
	switch {
	case m.key == "":
		return failure(minorIncomplete, "The 'sourcedId/identifier' is missing"), false
	case utf8.RuneCountInString(m.key) > maxKey:
		return failure(minorInvalid, fmt.Sprintf("The 'sourcedId/identifier' is longer than %d characters", maxKey)), false
	case !m.sent:
		return failure(minorIncomplete, "The 'person' is missing"), false
	}
	if rule, ok := m.fields.tooLong(); ok {
		return failure(minorInvalid, fmt.Sprintf("The field '%s' is longer than %d characters", rule.name, rule.limit)), false
	}
	return status{}, true
}

// mandatory are the fields without which a person cannot be made (Managing
// persons), with the names of their elements.
var mandatory = [...]struct{ field, element string }{
	{fieldFirst, "name/partName[First]"},
	{fieldLast, "name/partName[Last]"},
	{fieldRole, "institutionRole/institutionRoleType"},
}

// checkMandatory refuses a new person that lacks a mandatory field, and a
// replacement that does (replacePerson: "You must provide the request with all
// mandatory fields"). An update of a known person may be partial.
func (c *call) checkMandatory(m personMessage, known bool, how mode) (status, bool) {
	if known && how != modeReplace {
		return status{}, true
	}
	for _, field := range mandatory {
		if strings.TrimSpace(m.fields[field.field]) == "" {
			return failure(minorIncomplete, "The mandatory '"+field.element+"' is missing"), false
		}
	}
	return status{}, true
}

// compose makes the person as it is to be stored. Whoever is written through a
// service comes from an import from then on (readAllPersons).
func (c *call) compose(old person, known bool, m personMessage, how mode) person {
	p := old
	if !known {
		p = person{site: c.site.id, key: m.key, created: c.server.now(), fields: fields{}}
	}
	base := p.fields.merge(nil)
	if known && how == modeReplace {
		base = c.wipe(base)
	}
	p.fields = base.merge(normalise(m.fields))
	p.origin, p.deleted = originImport, false
	return p
}

// wipe empties what a replace overwrites with nothing. An imported cloud
// account is disabled (replacePerson, "Fields that will be overwritten").
func (c *call) wipe(f fields) fields {
	if f[fieldCloudAccount] != "" && f[fieldCloudImported] == "true" {
		f[fieldCloudDisabled] = "true"
	}
	for _, rule := range fieldRules {
		if rule.wiped {
			delete(f, rule.name)
		}
	}
	return f
}

// normalise brings flags to the form in which they are returned.
func normalise(sent fields) fields {
	if flag, ok := sent[fieldExternal]; ok {
		sent[fieldExternal] = flagText(flag)
	}
	return sent
}

// flagText is how a set flag is returned (readPerson: `True`).
func flagText(text string) string {
	if strings.EqualFold(strings.TrimSpace(text), "true") || strings.TrimSpace(text) == "1" {
		return "True"
	}
	return ""
}

// checkUserName refuses a user name that another person of the site has, and
// makes one for a person without.
func (c *call) checkUserName(t *tx, p *person) (status, error) {
	name := p.fields[fieldUserName]
	if name == "" {
		p.fields[fieldUserName] = makeUserName(p.fields)
		return success(), nil
	}
	taken, err := t.userNameTaken(p.site, name, p.id)
	if err != nil {
		return status{}, err
	}
	if taken {
		return failure(minorKeyInUse, "The user name '"+name+"' is already in use"), nil
	}
	return success(), nil
}

// makeUserName derives a user name from a person's name. Random digits make it
// unique.
func makeUserName(f fields) string {
	letters := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r == '.' {
			return r
		}
		return -1
	}, strings.ToLower(f[fieldFirst]+"."+f[fieldLast]))
	return strings.Trim(letters, ".") + randomText()[:8]
}

func (c *call) storePerson(t *tx, p person, known bool) (int64, error) {
	if known {
		return p.id, t.updatePerson(p)
	}
	return t.insertPerson(p)
}
