package sandbox

import "slices"

// A Dialect is a lawful variant of the endpoint: a way to write the same
// answer, or one of two readings of an ambiguous sentence.
type Dialect struct {
	Name    string // as in --dialect
	Title   string // what it changes, as a sentence
	Reading string // for a reading: the passage that allows it; empty for a way of writing
}

// Dialects returns all dialects, readings first.
func Dialects() []Dialect { return slices.Concat(readings(), waysOfWriting()) }

// Names of the readings: what the endpoint does where the documentation allows
// two things or says nothing.
const (
	readingCircularWarning  = "circular-reference-warning"
	readingCircularStored   = "circular-reference-stored"
	readingMutualRefused    = "mutual-link-refused"
	readingSecondStreet     = "second-street-extadd"
	readingEmptyIdentifier  = "empty-identifier"
	readingUnsetAbsent      = "unset-values-absent"
	readingMessageIDAbsent  = "message-id-absent"
	readingPortalRemark     = "portal-off-read-warning"
	readingGlobalText       = "global-switch-other-text"
	readingLongKeys         = "long-keys-accepted"
	readingLongTexts        = "long-values-cut"
	readingMandatoryFault   = "missing-mandatory-fault"
	readingEnumerationFault = "unknown-relation-fault"
	readingNoPartialUpdate  = "partial-update-refused"
	readingUserNamesMade    = "user-names-generated"
	readingUserNameChanged  = "user-name-changed"
	readingPageSizeOne      = "page-size-one-all"
	readingReplaceEmpties   = "replace-empties-unlisted"
	readingCreateRemarks    = "create-existing-warning"
	readingUpdateRemarks    = "update-unknown-warning"
	readingRoleAsSent       = "unmapped-role-as-sent"
	readingFirstText        = "first-text-only"
)

const pageRelationships = "Creating parent/child relationships: "

// readings returns the readings of all services.
func readings() []Dialect {
	return slices.Concat(personReadings(), groupReadings(), membershipReadings())
}

func personReadings() []Dialect {
	return []Dialect{
		{readingCircularWarning, "A circular reference is a warning like other refused relationships; the person is stored.",
			pageRelationships + `"you will get an error saying" beside "you will have a warning in the response"`},
		{readingCircularStored, "A circular reference is an error, but the rest of the person is stored.",
			pageRelationships + "what happens to the person is not said for a circular reference"},
		{readingMutualRefused, "Two persons cannot be each other's parent; the second link is refused with a warning.",
			pageRelationships + `"a circular reference" is not defined further`},
		{readingSecondStreet, "Reads return the second address line as extadd.",
			"replacePerson: Street[0], Street[1]; clients read extadd"},
		{readingEmptyIdentifier, "A relative without syncID comes back with an empty identifier inside sourceId.",
			pageRelationships + `"relationship with empty <sourceId> will be returned"`},
		{readingUnsetAbsent, "Reads leave out values that are not set, where the schema allows it.",
			"Samples print empty elements; the schema makes them optional"},
		{readingMessageIDAbsent, "Without a messageIdentifier in the request, the answer has neither messageIdentifier nor messageIdRef.",
			"One client's recording shows them empty; the schema makes them optional"},
		{readingPortalRemark, "With the parent portal off, reads warn that relationships are left out.",
			pageRelationships + "what reads answer then is not said"},
		{readingGlobalText, "With the global switch off, the warning has a text of its own.",
			pageRelationships + `the text is printed for the site setting "Enable parent portal" only`},
		{readingLongKeys, "Keys of up to 255 characters are taken.",
			`Users: 255 characters; the person pages: "Max 64 chars"`},
		{readingLongTexts, "Texts over their limits are cut instead of refused.",
			"Managing persons gives the limits, not what happens beyond them"},
		{readingMandatoryFault, "A missing mandatory field is a fault instead of a failure.",
			`replacePerson: "You must provide the request with all mandatory fields"; the answer is not said`},
		{readingEnumerationFault, "A relation outside the schema's enumeration is a fault.",
			"The WSDL has an enumeration; whether it is enforced is not said"},
		{readingNoPartialUpdate, "updatePerson demands the mandatory fields of a known person too.",
			"updatePerson: the table allows a partial person, the comment wants all mandatory fields"},
		{readingUserNamesMade, "User names of new persons are generated; those that are sent are ignored.",
			"Managing persons: whether user name and password are used is a setting of the integration"},
		{readingUserNameChanged, "A user name that is taken is changed instead of refused.",
			"Users: user names are unique; what happens else is not said"},
		{readingPageSizeOne, "readAllPersons with PageSize 1 returns all persons.",
			"readAllPersons, older text"},
		{readingReplaceEmpties, "replacePerson empties nick name, email and URL too when they are missing.",
			`replacePerson: "overwrite all of the fields that can be provided"; the list does not name them`},
		{readingCreateRemarks, "createPerson on a known syncID answers with a warning.",
			"createPerson: the person is updated; the status is not printed"},
		{readingUpdateRemarks, "updatePerson on an unknown syncID answers with a warning, as replacePerson does.",
			"updatePerson: the person is created; the status is not printed"},
		{readingRoleAsSent, "A role without a profile of its own is read as it was sent.",
			"How to assign profiles to users: any profile can be given a mapping value"},
		{readingFirstText, "Of several remarks, the description holds the first only.",
			"A status has one description; how several remarks are told is not said"},
	}
}
