package sandbox

// replaceDeviations are those of replacing.
func replaceDeviations() []Deviation {
	return []Deviation{
		{"replace-keeps-names", "PER-REPLACE-01", "must", []string{"PER-OBJ-10", "PER-REPLACE-09", "REL-05", "REL-21"}, true, "replacePerson keeps first and last name."},
		{"replace-keeps-prefix", "PER-REPLACE-02", "must", []string{"PER-REPLACES-01"}, true, "Replacing keeps a missing prefix."},
		{"replace-keeps-voice", "PER-REPLACE-03", "must", []string{"PER-REPLACES-01"}, true, "Replacing keeps a missing phone number."},
		{"replace-keeps-mobile", "PER-REPLACE-03", "must", nil, true, "Replacing keeps a missing mobile number."},
		{"replace-keeps-first-street", "PER-REPLACE-04", "must", nil, true, "Replacing keeps a missing first address line."},
		{"replace-keeps-second-street", "PER-REPLACE-04", "must", nil, true, "Replacing keeps a missing second address line."},
		{"replace-keeps-postcode", "PER-REPLACE-04", "must", nil, true, "Replacing keeps a missing postal code."},
		{"replace-keeps-locality", "PER-REPLACE-04", "must", []string{"PER-REPLACES-01"}, true, "Replacing keeps a missing city."},
		{"replace-keeps-birthday", "PER-REPLACE-04", "must", []string{"PER-REPLACES-01"}, true, "Replacing keeps a missing date of birth."},
		{"insert-unreported", "PER-REPLACE-05", "must", []string{"PER-OBJ-08", "PER-REPLACES-02", "STA-07"}, false, "Replacing an unknown person answers plain success."},
		{"insert-with-other-text", "PER-REPLACE-05", "must", []string{"PER-REPLACES-02"}, false, "Replacing an unknown person is reported with another text."},
		{"insert-with-other-code", "PER-REPLACE-05", "must", []string{"PER-OBJ-08", "PER-REPLACES-02"}, false, "Replacing an unknown person is reported with another code."},
		{"replace-refuses-unknown", "PER-REPLACE-05", "must", []string{"PER-OBJ-08", "PER-OBJ-14", "PER-REPLACE-01", "PER-REPLACE-14", "PER-REPLACE-18", "PER-REPLACE-20", "REL-06", "REL-09", "REL-11", "SEC-05", "SEC-06", "SEC-07", "SEC-08", "SEC-09", "STA-04"}, false, "replacePerson on an unknown syncID fails."},
		{"insert-reported-not-done", "PER-REPLACE-05", "must", []string{"PER-OBJ-08", "PER-OBJ-14", "PER-REPLACE-01", "PER-REPLACE-18", "PER-REPLACE-20", "PER-REPLACES-02", "REL-06", "REL-11", "SEC-05", "SEC-06", "SEC-07", "SEC-08", "SEC-09"}, true, "Replacing an unknown person reports that it was inserted, and stores nothing."},
		{"replace-keeps-custom-strings", "PER-REPLACE-06", "must", nil, true, "Replacing keeps missing custom strings."},
		{"replace-keeps-external", "PER-REPLACE-09", "must", nil, true, "Replacing keeps a missing IsExternalUser."},
		{"replace-keeps-privacy", "PER-REPLACE-09", "must", nil, true, "Replacing keeps a missing PrivacyProtection."},
		{"replace-adds-no-links", "PER-REPLACE-10", "must", []string{"REL-01", "REL-03", "REL-06", "REL-07", "REL-09", "REL-18", "STA-04"}, true, "Replacing deletes relationships and adds none."},
		{"replace-without-links-keeps-links", "PER-REPLACE-11", "should", nil, true, "Replacing without relationships keeps the existing ones."},
		{"replace-resets-created", "PER-REPLACE-12", "must", nil, true, "Replacing makes the person new: its date of creation is lost."},
		{"replace-deletes-parents", "PER-REPLACE-15", "should", nil, true, "Replacing a child deletes the relationships to its parents."},
		{"replace-answered-as-create", "PER-REPLACE-16", "must", []string{"STA-20", "STA-21"}, false, "replacePerson is answered with the response element of createPerson."},
		{"replace-of-known-remarked", "PER-REPLACE-18", "should", []string{"PER-OBJ-08", "REL-07", "REL-08"}, false, "replacePerson on a known syncID answers with a warning."},
		{"replace-needs-known-person", "PER-REPLACE-14", "must", []string{"PER-OBJ-08", "PER-OBJ-14", "PER-REPLACE-01", "PER-REPLACE-05", "PER-REPLACE-18", "PER-REPLACE-20", "REL-06", "REL-09", "REL-11", "SEC-05", "SEC-06", "SEC-07", "SEC-08", "SEC-09", "STA-04"}, false, "replacePerson fails for a syncID that was not known before."},
		{"missing-person-stored", "PER-REPLACE-19", "must", nil, false, "A message without a person object stores an empty person."},
		{"documented-message-refused", "PER-REPLACE-20", "must", []string{"HDR-01", "HDR-02", "PER-OBJ-14", "PER-REPLACE-05", "PER-REPLACE-16"}, false, "replacePerson refuses a date of birth without gender."},
		{"replaces-keep-fields", "PER-REPLACES-01", "must", nil, true, "replacePersons keeps every missing field."},
		{"replaces-keep-names", "PER-REPLACES-01", "must", []string{"PER-REPLACES-03", "REL-01", "REL-06", "REL-11", "STA-12"}, true, "replacePersons keeps first and last names."},
		{"batch-insert-not-done", "PER-REPLACES-02", "must", nil, true, "replacePersons reports that an unknown person was inserted, and stores nothing."},
		{"replaces-refuse-unknown", "PER-REPLACES-02", "must", nil, false, "replacePersons on an unknown syncID fails."},
		{"replaces-first-only", "PER-REPLACES-03", "must", []string{"PER-REPLACES-01", "PER-REPLACES-02", "REL-01", "REL-03", "REL-06", "REL-11", "STA-12"}, true, "replacePersons stores the first item only."},
		{"replaces-statuses-reversed", "PER-REPLACES-04", "must", []string{"PER-REPLACES-02", "REL-09", "REL-18", "STA-04", "STA-11"}, false, "The statuses of replacePersons come in the reverse order."},
	}
}
