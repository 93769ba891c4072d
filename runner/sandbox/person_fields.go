package sandbox

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
	// unlisted: whether replacePerson empties the field is not documented.
	unlisted bool
	// required: an empty text never empties the field.
	required bool
	// extension is the fieldName of the extensionField that carries it; empty
	// for fields that are elements of their own or cannot be sent.
	extension string
	// keeps and loses name deviations: a replace that does not empty the field,
	// a write that does not store it.
	keeps, loses string
}

// fieldRules lists every field that a message can carry, and of those that it
// cannot carry the ones that a replace touches.
var fieldRules = [...]fieldRule{
	{name: fieldPrefix, limit: 32, wiped: true, keeps: "replace-keeps-prefix", loses: "prefix-lost"},
	{name: fieldFirst, limit: 64, required: true},
	{name: fieldLast, limit: 64, required: true},
	{name: fieldNick, limit: 32, unlisted: true, loses: "nick-lost"},
	{name: fieldEmail, unlisted: true, loses: "email-lost"},
	{name: fieldURL, unlisted: true},
	{name: fieldUserName, required: true},
	{name: fieldPassword, required: true},
	{name: fieldStreet1, wiped: true, keeps: "replace-keeps-first-street", loses: "first-street-lost"},
	{name: fieldStreet2, wiped: true, keeps: "replace-keeps-second-street", loses: "second-street-lost"},
	{name: fieldPostcode, wiped: true, keeps: "replace-keeps-postcode", loses: "postcode-lost"},
	{name: fieldLocality, wiped: true, keeps: "replace-keeps-locality", loses: "locality-lost"},
	{name: fieldGender},
	{name: fieldBirthDate, wiped: true, keeps: "replace-keeps-birthday"},
	{name: fieldRole, required: true},
	{name: fieldVoice, wiped: true, keeps: "replace-keeps-voice", loses: "voice-lost"},
	{name: fieldMobile, wiped: true, keeps: "replace-keeps-mobile", loses: "mobile-lost"},
	{name: "customString1", wiped: true, extension: "CustomString1", keeps: "replace-keeps-custom-strings", loses: "first-custom-string-lost"},
	{name: "customString2", wiped: true, extension: "CustomString2", keeps: "replace-keeps-custom-strings"},
	{name: "customString3", wiped: true, extension: "CustomString3", keeps: "replace-keeps-custom-strings"},
	{name: "customString4", wiped: true, extension: "CustomString4", keeps: "replace-keeps-custom-strings"},
	{name: "customString5", wiped: true, extension: "CustomString5", keeps: "replace-keeps-custom-strings", loses: "fifth-custom-string-lost"},
	{name: fieldExternal, wiped: true, extension: "IsExternalUser", keeps: "replace-keeps-external"},
	{name: fieldPrivacy, wiped: true, extension: "PrivacyProtection", keeps: "replace-keeps-privacy"},
	{name: fieldPasswordChange, extension: extensionPasswordChange},
	{name: fieldEmailAccount, wiped: true},
	{name: fieldCloudAccount, wiped: true},
}

// extensionPasswordChange is taken from clients and never returned.
const extensionPasswordChange = "passwordchange"

// set stores a text; an empty one removes the field.
func (f fields) set(name, text string) {
	if text == "" {
		delete(f, name)
		return
	}
	f[name] = text
}
