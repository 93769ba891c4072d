package sandbox

// statusDeviations are those of status header and statuses.
func statusDeviations() []Deviation {
	return []Deviation{
		{"message-id-other", "HDR-01", "must", []string{"HDR-03"}, false, "The answer has a message identifier of its own."},
		{"message-reference-missing", "HDR-02", "must", []string{"HDR-03"}, false, "Statuses have no messageIdRef."},
		{"message-reference-other", "HDR-02", "must", []string{"HDR-03"}, false, "The messageIdRef of statuses is not the request's identifier."},
		{"message-id-cut", "HDR-03", "should", []string{"HDR-01"}, false, "Message identifiers are cut after 36 characters."},
		{"header-demanded", "HDR-04", "should", nil, false, "A request without syncRequestHeaderInfo fails."},
		{"unqualified-status-children", "HDR-06", "must", []string{"HDR-02", "PER-REPLACE-05", "STA-07", "STA-21"}, false, "The children of statusInfo have no namespace."},
		{"language-in-bind-namespace", "HDR-07", "must", []string{"PER-REPLACE-05", "STA-07", "STA-21"}, false, "Language and text of descriptions are in the namespace of the header."},
		{"both-containers", "HDR-08", "must", nil, false, "replacePerson is answered with a statusInfo and a statusInfoSet."},
		{"code-major-capitalised", "STA-01", "must", []string{"GEN-04", "PER-OBJ-08", "PER-OBJ-10", "PER-REPLACE-01", "PER-REPLACE-05", "PER-REPLACE-14", "PER-REPLACE-18", "PER-REPLACE-19", "PER-REPLACE-20", "SEC-05", "SEC-06", "SEC-07", "SEC-08", "SEC-09", "STA-04", "STA-21", "STD-HTTP-1"}, false, "The codeMajor of replacePerson has a capital letter."},
		{"severity-not-known", "STA-02", "must", []string{"PER-OBJ-08", "PER-REPLACE-05", "PER-REPLACE-18", "REL-09", "STA-21"}, false, "The severity of replacePerson is information."},
		{"plain-success-with-text", "STA-03", "should", []string{"GRP-CHID-01", "GRP-CREATE-01", "GRP-DELETE-07", "GRP-READ-01", "GRP-REPLACE-01", "GRP-UPDATE-01", "PER-REPLACE-18", "PER-REPLACES-04", "REL-18"}, false, "A plain success has a code and a description."},
		{"warning-without-code", "STA-04", "must", []string{"PER-OBJ-08", "PER-REPLACE-05", "PER-REPLACES-02"}, false, "Warnings have no codeMinor."},
		{"warning-without-text", "STA-04", "must", []string{"PER-REPLACE-05", "PER-REPLACES-02", "PER-RPG-05", "REL-07", "REL-08", "REL-18", "STA-07"}, false, "Warnings have no description."},
		{"failure-without-text", "STA-05", "must", []string{"REL-10"}, false, "Failures have no description."},
		{"failure-as-warning", "STA-05", "must", nil, false, "Failures have the severity warning."},
		{"code-without-value", "STA-06", "must", []string{"GRP-READ-02", "PER-OBJ-08", "PER-REPLACE-05", "PER-REPLACES-02"}, false, "A codeMinorField has no codeMinorValue."},
		{"british-english", "STA-07", "should", []string{"PER-REPLACE-05"}, false, "The language of descriptions is en-GB."},
		{"wrong-order-in-status", "STA-08", "should", []string{"STA-21"}, false, "The children of a statusInfo are in another order."},
		{"singular-with-set", "STA-09", "must", []string{"HDR-02", "PER-REPLACE-05", "STA-07"}, false, "replacePerson is answered with a statusInfoSet."},
		{"one-status-for-all", "STA-10", "must", []string{"GEN-11", "GRP-CHIDS-01", "GRP-CHIDS-02", "GRP-CREATES-01", "GRP-CREATES-03", "GRP-CREATES-05", "GRP-DELETES-01", "GRP-DELETES-02", "GRP-OBJ-06", "GRP-OBJ-09", "GRP-READS-02", "GRP-REPLACES-01", "GRP-UPDATES-01", "HDR-02", "HOME-01", "MEM-CASC-02", "MEM-CHIDS-01", "MEM-CREATE-03", "MEM-CREATES-01", "MEM-CREATES-02", "MEM-DELETES-01", "MEM-OBJ-07", "MEM-OBJ-08", "MEM-OBJ-11", "MEM-READS-02", "MEM-REPLACES-01", "MEM-UPDATES-01", "ORG-07", "PER-CHIDS-01", "PER-CHIDS-02", "PER-CREATES-01", "PER-CREATES-02", "PER-CREATES-03", "PER-DELETES-01", "PER-DELETES-02", "PER-DELETES-03", "PER-READS-02", "PER-REPLACES-01", "PER-REPLACES-02", "PER-REPLACES-03", "PER-REPLACES-04", "PER-UPDATE-03", "PER-UPDATES-01", "PER-UPDATES-02", "PER-UPDATES-03", "REL-02", "REL-08", "REL-09", "REL-11", "REL-18", "STA-03", "STA-04", "STA-05", "STA-11", "STA-12"}, false, "A plural operation answers with one status for all items."},
		{"empty-batch-with-a-status", "STA-10", "must", nil, false, "A plural request without items is answered with one status."},
		{"batch-of-one-as-singular", "STA-10", "must", []string{"GRP-OBJ-01", "GRP-OBJ-05", "HOME-07"}, false, "A plural request with one item is answered with a single statusInfo."},
		{"statuses-reversed", "STA-11", "must", []string{"GRP-CREATES-01", "GRP-CREATES-05", "GRP-DELETES-02", "GRP-OBJ-09", "GRP-REPLACES-01", "GRP-UPDATES-01", "MEM-CHIDS-01", "MEM-CREATES-02", "MEM-DELETES-01", "MEM-OBJ-11", "MEM-READS-01", "MEM-READS-02", "MEM-REPLACES-01", "MEM-UPDATES-01", "PER-CHIDS-02", "PER-CREATES-03", "PER-DELETES-02", "PER-DELETES-03", "PER-READS-02", "PER-REPLACES-02", "PER-REPLACES-04", "PER-UPDATE-03", "PER-UPDATES-02", "REL-08", "REL-09", "REL-18", "STA-04", "STA-05", "STA-12"}, false, "Statuses come in the reverse order."},
		{"batch-stops-at-failure", "STA-12", "must", []string{"GRP-CHIDS-01", "GRP-CREATES-01", "GRP-CREATES-05", "GRP-READS-01", "GRP-REPLACES-01", "GRP-UPDATES-01", "MEM-CASC-02", "MEM-CHIDS-01", "MEM-CREATES-02", "MEM-DELETES-01", "MEM-READS-01", "MEM-READS-02", "MEM-REPLACES-01", "MEM-UPDATES-01", "ORG-07", "PER-CHIDS-02", "PER-CREATES-04", "PER-RALL-03", "PER-RALL-04", "PER-RALL-07", "PER-READS-03", "PER-UPDATES-02", "STA-11"}, false, "A failing item stops the rest of the batch."},
		{"batch-fails-together", "STA-12", "must", []string{"GRP-CHIDS-01", "GRP-CHIDS-02", "GRP-CREATES-01", "GRP-CREATES-05", "GRP-DELETES-01", "GRP-DELETES-02", "GRP-READS-02", "GRP-REPLACES-01", "GRP-UPDATES-01", "MEM-CASC-02", "MEM-CHIDS-01", "MEM-CREATES-01", "MEM-CREATES-02", "MEM-DELETES-01", "MEM-READS-01", "MEM-READS-02", "MEM-REPLACES-01", "MEM-UPDATES-01", "ORG-07", "PER-CHIDS-02", "PER-CREATES-04", "PER-DELETES-01", "PER-DELETES-03", "PER-RALL-01", "PER-RALL-02", "PER-RALL-03", "PER-RALL-04", "PER-RALL-07", "PER-RALL-09", "PER-RALL-10", "PER-RALL-12", "PER-RALL-17", "PER-RALL-18", "PER-RALL-21", "PER-READS-02", "PER-UPDATES-01", "PER-UPDATES-02", "REL-12", "REL-20", "STA-11"}, false, "A failing item makes the whole batch fail."},
		{"batch-rolled-back", "STA-12", "must", []string{"GRP-CHIDS-01", "GRP-CREATES-01", "GRP-DELETES-01", "GRP-REPLACES-01", "GRP-UPDATES-01", "MEM-CHIDS-01", "MEM-CREATES-01", "MEM-CREATES-02", "MEM-REPLACES-01", "MEM-UPDATES-01", "ORG-07", "PER-CHIDS-02", "PER-CREATES-04", "PER-DELETES-01", "PER-DELETES-03", "PER-UPDATES-01"}, true, "A failing item undoes the whole batch, which the answer does not say."},
		{"group-with-single-status", "STA-13", "must", nil, false, "readPersonsForGroup is answered with a single statusInfo."},
		{"all-with-set", "STA-14", "should", nil, false, "readAllPersons is answered with a statusInfoSet."},
		{"write-answered-as-create", "STA-20", "must", []string{"STA-21"}, false, "deletePersons is answered with the response element of createPerson."},
	}
}
