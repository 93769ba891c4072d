package sandbox

// readsDeviations are those of reading by key and by group.
func readsDeviations() []Deviation {
	return []Deviation{
		{"read-without-person", "PER-READ-01", "must", nil, false, "readPerson answers success without a person."},
		{"unknown-person-succeeds", "PER-READ-02", "must", []string{"GEN-11", "STA-05"}, false, "readPerson on an unknown syncID answers success."},
		{"external-flag-left-out", "PER-READ-03", "must", []string{"PER-READS-06", "PER-RPG-06"}, false, "Reads do not say that a person is external."},
		{"external-flag-for-everybody", "PER-READ-04", "should", nil, false, "Reads say of everybody that the person is external."},
		{"read-without-extensions", "PER-READ-05", "must", nil, false, "readPerson returns no extension fields."},
		{"person-with-identifier", "PER-READ-06", "should", []string{"STA-21"}, false, "The person element holds the identifier."},
		{"reads-first-only", "PER-READS-01", "must", []string{"PER-READS-03"}, false, "readPersons returns the first person only."},
		{"reads-statuses-reversed", "PER-READS-02", "must", []string{"STA-11", "STA-12"}, false, "The statuses of readPersons come in the reverse order."},
		{"batch-unknown-person-succeeds", "PER-READS-02", "must", []string{"STA-05"}, false, "readPersons answers success for an unknown syncID."},
		{"persons-reversed", "PER-READS-03", "should", nil, false, "readPersons returns the persons in the reverse order."},
		{"reads-without-extensions", "PER-READS-06", "must", nil, false, "readPersons returns no extension fields."},
		{"members-without-key", "PER-RPG-01", "must", nil, false, "readPersonsForGroup returns persons without their keys."},
		{"first-member-only", "PER-RPG-02", "must", nil, false, "readPersonsForGroup returns one member only."},
		{"empty-group-fails", "PER-RPG-03", "should", nil, false, "readPersonsForGroup of a group without members fails."},
		{"unknown-group-succeeds", "PER-RPG-04", "should", nil, false, "readPersonsForGroup of an unknown group answers success."},
		{"group-without-extensions", "PER-RPG-06", "must", nil, false, "readPersonsForGroup returns no extension fields."},
		{"group-without-relationships", "PER-RPG-07", "must", []string{"REL-20"}, false, "readPersonsForGroup returns no relationships."},
	}
}
