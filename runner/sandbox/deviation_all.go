package sandbox

// allDeviations are those of readAllPersons.
func allDeviations() []Deviation {
	return []Deviation{
		{"all-not-served", "PER-RALL-01", "must", []string{"PER-RALL-02", "PER-RALL-03", "PER-RALL-04", "PER-RALL-07", "PER-RALL-08", "PER-RALL-09", "PER-RALL-10", "PER-RALL-11", "PER-RALL-12", "PER-RALL-13", "PER-RALL-14", "PER-RALL-15", "PER-RALL-16", "PER-RALL-17", "PER-RALL-18", "PER-RALL-20", "PER-RALL-21", "PER-REPLACE-12", "REL-12", "REL-16", "REL-20", "STA-14"}, false, "readAllPersons is not served."},
		{"parameters-in-any-case", "PER-RALL-02", "must", nil, false, "Parameters of readAllPersons count in lower case too."},
		{"pages-count-from-zero", "PER-RALL-03", "must", nil, false, "The second page of readAllPersons is the first again."},
		{"page-size-ignored", "PER-RALL-04", "must", []string{"PER-RALL-03", "PER-RALL-14"}, false, "readAllPersons returns everybody on every page."},
		{"count-of-the-page", "PER-RALL-07", "must", []string{"PER-RALL-03"}, false, "virtualCount is the number of persons on the page."},
		{"page-past-the-end-fails", "PER-RALL-08", "should", nil, false, "A page of readAllPersons past the end fails."},
		{"keyless-person-numbered", "PER-RALL-09", "must", []string{"PER-RALL-14", "PER-RALL-15", "PER-RALL-16"}, false, "readAllPersons invents identifiers for persons without syncID."},
		{"keyless-person-left-out", "PER-RALL-09", "must", []string{"PER-RALL-11", "PER-RALL-12", "PER-RALL-14", "PER-RALL-18"}, false, "readAllPersons leaves out persons without syncID."},
		{"created-from-ignored", "PER-RALL-10", "must", []string{"PER-REPLACE-12"}, false, "readAllPersons ignores CreatedFrom."},
		{"manual-filter-ignored", "PER-RALL-11", "must", []string{"PER-RALL-13", "PER-RALL-14", "PER-RALL-20"}, false, "readAllPersons ignores OnlyManuallyCreatedUsers."},
		{"manual-by-default", "PER-RALL-12", "must", []string{"PER-RALL-02", "PER-RALL-17"}, false, "readAllPersons returns manually created users only unless told otherwise."},
		{"converted-key-of-other-form", "PER-RALL-13", "must", nil, false, "Generated keys do not have the documented form."},
		{"converted-key-not-stored", "PER-RALL-13", "must", []string{"PER-RALL-14"}, true, "Generated keys are returned and not stored."},
		{"convert-every-page", "PER-RALL-14", "must", nil, true, "Converting generates keys for persons of other pages too."},
		{"convert-without-manual", "PER-RALL-15", "must", nil, true, "Converting works without OnlyManuallyCreatedUsers."},
		{"convert-by-default", "PER-RALL-16", "must", nil, true, "readAllPersons generates keys unless told otherwise."},
		{"all-parameters-demanded", "PER-RALL-17", "should", nil, false, "readAllPersons demands all parameters."},
		{"nil-parameters-refused", "PER-RALL-18", "must", []string{"PER-RALL-12", "PER-RALL-16"}, false, "readAllPersons refuses nil parameters."},
		{"import-not-marked", "PER-RALL-20", "should", nil, true, "A manually created person stays one after an update."},
		{"all-without-relationships", "PER-RALL-21", "must", []string{"REL-12", "REL-20"}, false, "readAllPersons returns no relationships."},
	}
}
