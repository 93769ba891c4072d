package sandbox

// readsDeviations are those of reading by key and by group.
func readsDeviations() []Deviation {
	return []Deviation{
		{"read-without-person", "PER-READ-01", "must", []string{"CLI-02", "GEN-04", "GEN-06", "GEN-08", "GEN-09", "GEN-15", "GEN-18", "GEN-19", "GRP-DELETE-05", "HDR-04", "MEM-CASC-02", "MEM-DELETE-01", "PER-CHID-01", "PER-CHID-04", "PER-CHID-05", "PER-CHID-06", "PER-CHIDS-01", "PER-CHIDS-02", "PER-CREATE-01", "PER-CREATE-02", "PER-CREATE-06", "PER-CREATE-07", "PER-CREATES-01", "PER-CREATES-02", "PER-CREATES-04", "PER-DELETE-01", "PER-DELETE-04", "PER-DELETES-01", "PER-OBJ-02", "PER-OBJ-03", "PER-OBJ-04", "PER-OBJ-05", "PER-OBJ-08", "PER-OBJ-10", "PER-OBJ-11", "PER-OBJ-12", "PER-OBJ-13", "PER-OBJ-14", "PER-OBJ-15", "PER-OBJ-17", "PER-OBJ-18", "PER-OBJ-19", "PER-OBJ-20", "PER-OBJ-21", "PER-OBJ-22", "PER-OBJ-23", "PER-OBJ-28", "PER-OBJ-31", "PER-OBJ-32", "PER-RALL-13", "PER-READ-03", "PER-READ-05", "PER-REPLACE-01", "PER-REPLACE-05", "PER-REPLACE-09", "PER-REPLACE-10", "PER-REPLACE-15", "PER-REPLACE-20", "PER-REPLACES-01", "PER-REPLACES-02", "PER-UPDATE-01", "PER-UPDATE-02", "PER-UPDATE-06", "PER-UPDATES-01", "PER-UPDATES-03", "PRO-01", "PRO-02", "PRO-03", "PRO-04", "PRO-05", "PRO-06", "PRO-08", "PRO-09", "REL-01", "REL-02", "REL-03", "REL-05", "REL-06", "REL-11", "REL-12", "REL-13", "REL-15", "REL-20", "REL-21", "SEC-02", "SEC-03", "SEC-05", "SEC-06", "SEC-07", "SEC-08", "SEC-09", "SEC-10", "SEC-11", "SEC-17", "STA-12", "STD-HTTP-1", "STD-WSS-2"}, false, "readPerson answers success without a person."},
		{"unknown-person-invented", "PER-READ-02", "must", []string{"GEN-02", "GEN-04", "GEN-07", "GEN-12", "GEN-16", "PER-CHID-01", "PER-CHID-06", "PER-CHIDS-01", "PER-DELETE-01", "PER-DELETES-01", "PER-DELETES-03", "PER-OBJ-01", "PER-OBJ-06", "PER-OBJ-20", "PER-REPLACE-19", "PER-UPDATE-03", "SEC-03", "SEC-04", "SEC-10", "SEC-11", "STA-12", "STD-SOAP-5", "STD-SOAP-6"}, false, "readPerson on an unknown syncID returns an empty person."},
		{"unknown-person-succeeds", "PER-READ-02", "must", []string{"GEN-02", "GEN-07", "SEC-11", "STA-05", "STD-SOAP-5"}, false, "readPerson on an unknown syncID answers success."},
		{"external-flag-left-out", "PER-READ-03", "must", []string{"PER-READ-04", "PER-READS-06", "PER-RPG-06"}, false, "Reads do not say that a person is external."},
		{"external-flag-for-everybody", "PER-READ-04", "should", []string{"PER-REPLACE-09"}, false, "Reads say of everybody that the person is external."},
		{"read-without-extensions", "PER-READ-05", "must", []string{"PER-OBJ-22", "PER-OBJ-23", "PER-READ-03", "PER-REPLACE-01"}, false, "readPerson returns no extension fields."},
		{"person-with-identifier", "PER-READ-06", "should", []string{"STA-21"}, false, "The person element holds the identifier."},
		{"reads-first-only", "PER-READS-01", "must", []string{"CLI-02", "PER-CREATES-01", "PER-READ-04", "PER-READS-03", "PER-READS-06", "PER-REPLACES-01", "PER-REPLACES-03", "PER-UPDATES-01", "REL-01", "REL-06", "REL-11", "REL-12", "REL-20", "REL-21"}, false, "readPersons returns the first person only."},
		{"reads-statuses-reversed", "PER-READS-02", "must", []string{"STA-05", "STA-11"}, false, "The statuses of readPersons come in the reverse order."},
		{"batch-unknown-person-succeeds", "PER-READS-02", "must", []string{"STA-05"}, false, "readPersons answers success for an unknown syncID."},
		{"persons-reversed", "PER-READS-03", "should", nil, false, "readPersons returns the persons in the reverse order."},
		{"reads-without-extensions", "PER-READS-06", "must", []string{"PER-READ-04"}, false, "readPersons returns no extension fields."},
		{"members-without-key", "PER-RPG-01", "must", []string{"GRP-REPLACE-04", "MEM-CREATE-01", "MEM-DELETE-01", "MEM-REPLACE-02", "MEM-REPLACE-03", "MEM-UPDATE-02", "MEM-UPDATE-03", "PER-CHID-05", "PER-RPG-02", "PER-RPG-05", "PER-RPG-06", "PER-RPG-07", "REL-12", "REL-20"}, false, "readPersonsForGroup returns persons without their keys."},
		{"everybody-is-a-member", "PER-RPG-02", "must", []string{"GEN-16", "MEM-DELETE-01", "MEM-REPLACE-03", "MEM-UPDATE-03", "PER-RPG-03"}, false, "readPersonsForGroup returns every person of the site."},
		{"first-member-only", "PER-RPG-02", "must", []string{"GRP-REPLACE-04", "PER-RPG-01", "PER-RPG-05", "REL-12"}, false, "readPersonsForGroup returns one member only."},
		{"empty-group-fails", "PER-RPG-03", "should", nil, false, "readPersonsForGroup of a group without members fails."},
		{"unknown-group-succeeds", "PER-RPG-04", "should", []string{"STA-05"}, false, "readPersonsForGroup of an unknown group answers success."},
		{"group-without-extensions", "PER-RPG-06", "must", nil, false, "readPersonsForGroup returns no extension fields."},
		{"group-without-relationships", "PER-RPG-07", "must", []string{"REL-12", "REL-20"}, false, "readPersonsForGroup returns no relationships."},
	}
}
