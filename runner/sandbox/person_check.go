package sandbox

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxKey is the documented length of a person's syncID; another page says
// maxLongKey.
const (
	maxKey     = 64
	maxLongKey = 255
)

// refusedMessage is how a message is refused that lacks what is mandatory: with
// a failure; by another reading, with a fault, unless it is one item of several,
// which must not stop the others.
func (c *call) refusedMessage(text string) (status, error) {
	if !c.op.Plural() && c.reads(readingMandatoryFault) {
		return status{}, faultDeserialization(text)
	}
	return failure(minorIncomplete, text), nil
}

// checkMessage refuses a message without key or person, and texts longer than
// documented.
func (c *call) checkMessage(m *personMessage) (status, error) {
	switch {
	case m.key == "":
		return c.refusedMessage("The 'sourcedId/identifier' is missing")
	case c.keyTooLong(m.key):
		return failure(minorInvalid, fmt.Sprintf("The 'sourcedId/identifier' is longer than %d characters", maxKey)), nil
	case utf8.RuneCountInString(m.key) > 40 && c.deviates("long-key-cut"):
		m.key = string([]rune(m.key)[:40])
	case !m.sent && !c.deviates("missing-person-stored"):
		return c.refusedMessage("The 'person' is missing")
	}
	return c.checkLengths(m)
}

// keyTooLong is the documented limit of a syncID.
func (c *call) keyTooLong(key string) bool {
	n := utf8.RuneCountInString(key)
	switch {
	case n > maxKey && c.reads(readingLongKeys):
		return n > maxLongKey
	case n == maxKey && c.deviates("key-of-64-refused"):
		return true
	}
	return n > maxKey
}

// checkLengths refuses texts over their limits; by another reading, they are
// cut.
func (c *call) checkLengths(m *personMessage) (status, error) {
	for _, rule := range fieldRules {
		text := m.fields[rule.name]
		if rule.limit == 0 || utf8.RuneCountInString(text) <= rule.limit {
			continue
		}
		switch {
		case rule.name == fieldPrefix && c.deviates("long-prefix-stored"),
			rule.name == fieldNick && c.deviates("long-nick-stored"),
			rule.required && c.deviates("long-names-stored"):
			continue
		}
		if !c.reads(readingLongTexts) {
			return failure(minorInvalid, fmt.Sprintf("The field '%s' is longer than %d characters", rule.name, rule.limit)), nil
		}
		m.fields[rule.name] = string([]rune(text)[:rule.limit])
	}
	return success(), nil
}

// mandatory are the fields without which a person cannot be made (Managing
// persons), with the names of their elements.
var mandatory = [...]struct{ field, element, accepted string }{
	{fieldFirst, "name/partName[First]", "missing-first-accepted"},
	{fieldLast, "name/partName[Last]", "missing-last-accepted"},
	{fieldRole, "institutionRole/institutionRoleType", "missing-role-accepted"},
}

// checkMandatory refuses a new person that lacks a mandatory field, and a
// replacement that does (replacePerson: "You must provide the request with all
// mandatory fields"). An update of a known person may be partial, and so may a
// message that restores one.
func (c *call) checkMandatory(m personMessage, live, known bool, how mode) (status, error) {
	partial := known && how != modeReplace
	if partial && !(how == modeUpdate && live && c.reads(readingNoPartialUpdate)) {
		return success(), nil
	}
	for _, field := range mandatory {
		if strings.TrimSpace(m.fields[field.field]) != "" {
			continue
		}
		switch {
		case how == modeCreate && c.deviates(field.accepted),
			how == modeUpdate && !known && c.deviates("thin-update-stored"),
			!m.sent && c.deviates("missing-person-stored"):
			continue
		}
		return c.refusedMessage("The mandatory '" + field.element + "' is missing")
	}
	return success(), nil
}

// checkUserName refuses a user name that another person of the site has, and
// makes one for a person without.
func (c *call) checkUserName(t *tx, p *person) (status, error) {
	name := p.fields[fieldUserName]
	if p.id == 0 && name != "" && c.deviates("user-name-lost") {
		delete(p.fields, fieldUserName)
		return success(), nil
	}
	if p.id == 0 && c.reads(readingUserNamesMade) {
		name = ""
	}
	if name == "" {
		if !c.deviates("no-user-name-made") {
			p.fields[fieldUserName] = makeUserName(p.fields)
		}
		return success(), nil
	}
	taken, err := t.userNameTaken(p.site, name, p.id)
	if err != nil {
		return status{}, err
	}
	switch {
	case !taken || c.deviates("user-name-twice"):
		return success(), nil
	case c.reads(readingUserNameChanged):
		p.fields[fieldUserName] = name + randomText()[:4]
		return success(), nil
	}
	return failure(minorKeyInUse, "The user name '"+name+"' is already in use"), nil
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
