package sandbox

import (
	"maps"
	"unicode/utf8"
)

// Names of a person's fields, as the control interface shows them.
const (
	fieldPrefix         = "prefix"
	fieldFirst          = "first"
	fieldLast           = "last"
	fieldNick           = "nick"
	fieldEmail          = "email"
	fieldURL            = "url"
	fieldUserName       = "userName"
	fieldPassword       = "password"
	fieldStreet1        = "street1"
	fieldStreet2        = "street2"
	fieldPostcode       = "postcode"
	fieldLocality       = "locality"
	fieldGender         = "gender"
	fieldBirthDate      = "birthDate"
	fieldRole           = "role"
	fieldVoice          = "voice"
	fieldMobile         = "mobile"
	fieldExternal       = "external"
	fieldPrivacy        = "privacyProtection"
	fieldPasswordChange = "passwordChange"
	fieldEmailAccount   = "emailAccount"
	fieldCloudAccount   = "cloudAccount"
	fieldCloudImported  = "cloudAccountImported"
	fieldCloudDisabled  = "cloudAccountDisabled"
)

// fields are the texts that a person consists of, by name of field. A missing
// one and an empty one are the same.
type fields map[string]string

// A fieldRule is what the endpoint knows about a field.
type fieldRule struct {
	name string
	// limit is the largest number of characters, 0 for none (Managing persons;
	// Users).
	limit int
	// wiped: replacePerson empties the field when the message lacks it
	// (replacePerson, "Fields that will be overwritten").
	wiped bool
	// required: an empty text never empties the field.
	required bool
	// extension is the fieldName of the extensionField that carries it; empty
	// for fields that are elements of their own or cannot be sent.
	extension string
	// shown: reads return the extensionField.
	shown bool
}

// fieldRules lists every field that a message can carry, and of those that it
// cannot carry the ones that a replace touches.
var fieldRules = [...]fieldRule{
	{name: fieldPrefix, limit: 32, wiped: true},
	{name: fieldFirst, limit: 64, required: true},
	{name: fieldLast, limit: 64, required: true},
	{name: fieldNick, limit: 32},
	{name: fieldEmail},
	{name: fieldURL},
	{name: fieldUserName, required: true},
	{name: fieldPassword, required: true},
	{name: fieldStreet1, wiped: true},
	{name: fieldStreet2, wiped: true},
	{name: fieldPostcode, wiped: true},
	{name: fieldLocality, wiped: true},
	{name: fieldGender},
	{name: fieldBirthDate, wiped: true},
	{name: fieldRole, required: true},
	{name: fieldVoice, wiped: true},
	{name: fieldMobile, wiped: true},
	{name: "customString1", wiped: true, extension: "CustomString1", shown: true},
	{name: "customString2", wiped: true, extension: "CustomString2", shown: true},
	{name: "customString3", wiped: true, extension: "CustomString3", shown: true},
	{name: "customString4", wiped: true, extension: "CustomString4", shown: true},
	{name: "customString5", wiped: true, extension: "CustomString5", shown: true},
	{name: fieldExternal, wiped: true, extension: "IsExternalUser", shown: true},
	{name: fieldPrivacy, wiped: true, extension: "PrivacyProtection", shown: true},
	{name: fieldPasswordChange, extension: "passwordchange"},
	{name: fieldEmailAccount, wiped: true},
	{name: fieldCloudAccount, wiped: true},
}

// merge returns the fields with those of a message written over them and the
// rest kept (updatePerson). An empty text empties a field, unless it is
// required.
func (f fields) merge(sent fields) fields {
	merged := maps.Clone(f)
	for _, rule := range fieldRules {
		text, ok := sent[rule.name]
		if ok && (text != "" || !rule.required) {
			merged.set(rule.name, text)
		}
	}
	return merged
}

// set stores a text; an empty one removes the field.
func (f fields) set(name, text string) {
	if text == "" {
		delete(f, name)
		return
	}
	f[name] = text
}

// tooLong returns the first field that is longer than its limit.
func (f fields) tooLong() (fieldRule, bool) {
	for _, rule := range fieldRules {
		if rule.limit > 0 && utf8.RuneCountInString(f[rule.name]) > rule.limit {
			return rule, true
		}
	}
	return fieldRule{}, false
}
