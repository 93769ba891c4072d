package sandbox

// statusDeviations are those of status header and statuses.
func statusDeviations() []Deviation {
	return []Deviation{
		{"message-id-other", "HDR-01", "must", nil, false, "The answer has a message identifier of its own."},
		{"message-reference-missing", "HDR-02", "must", nil, false, "Statuses have no messageIdRef."},
		{"message-reference-other", "HDR-02", "must", nil, false, "The messageIdRef of statuses is not the request's identifier."},
		{"message-id-cut", "HDR-03", "should", []string{"HDR-01"}, false, "Message identifiers are cut after 36 characters."},
		{"header-demanded", "HDR-04", "should", nil, false, "A request without syncRequestHeaderInfo fails."},
		{"unqualified-status-children", "HDR-06", "must", []string{"HDR-02", "HDR-08", "STA-01", "STA-02", "STA-21"}, false, "The children of statusInfo have no namespace."},
		{"language-in-bind-namespace", "HDR-07", "must", []string{"PER-REPLACE-05", "STA-04", "STA-07", "STA-21"}, false, "Language and text of descriptions are in the namespace of the header."},
		{"both-containers", "HDR-08", "must", []string{"STA-09", "STA-10", "STA-21"}, false, "replacePerson is answered with a statusInfo and a statusInfoSet."},
		{"code-major-capitalised", "STA-01", "must", []string{"PER-REPLACE-01", "PER-REPLACE-05", "PER-REPLACE-18", "STA-03", "STA-04", "STA-05", "STA-21"}, false, "The codeMajor of replacePerson has a capital letter."},
		{"severity-not-known", "STA-02", "must", []string{"PER-REPLACE-05", "PER-REPLACE-18", "STA-03", "STA-04", "STA-21"}, false, "The severity of replacePerson is information."},
		{"plain-success-with-text", "STA-03", "should", []string{"REL-18"}, false, "A plain success has a code and a description."},
		{"warning-without-code", "STA-04", "must", []string{"PER-REPLACE-05"}, false, "Warnings have no codeMinor."},
		{"warning-without-text", "STA-04", "must", []string{"PER-REPLACE-05", "REL-07", "REL-08", "REL-18"}, false, "Warnings have no description."},
		{"failure-without-text", "STA-05", "must", []string{"REL-10"}, false, "Failures have no description."},
		{"failure-as-warning", "STA-05", "must", nil, false, "Failures have the severity warning."},
		{"code-without-value", "STA-06", "must", []string{"PER-REPLACE-05"}, false, "A codeMinorField has no codeMinorValue."},
		{"british-english", "STA-07", "should", nil, false, "The language of descriptions is en-GB."},
		{"wrong-order-in-status", "STA-08", "should", []string{"STA-21"}, false, "The children of a statusInfo are in another order."},
		{"singular-with-set", "STA-09", "must", []string{"HDR-08", "STA-10"}, false, "replacePerson is answered with a statusInfoSet."},
		{"one-status-for-all", "STA-10", "must", []string{"PER-CHIDS-02", "PER-CREATES-03", "PER-DELETES-02", "PER-READS-02", "PER-REPLACES-04", "PER-UPDATES-02", "REL-18", "STA-11", "STA-12"}, false, "A plural operation answers with one status for all items."},
		{"statuses-reversed", "STA-11", "must", []string{"PER-CHIDS-02", "PER-CREATES-03", "PER-DELETES-02", "PER-DELETES-03", "PER-READS-02", "PER-REPLACES-02", "PER-REPLACES-04", "PER-UPDATES-02", "REL-18", "STA-12"}, false, "Statuses come in the reverse order."},
		{"batch-stops-at-failure", "STA-12", "must", []string{"PER-CREATES-04", "PER-DELETES-03", "PER-READS-02", "PER-READS-03", "STA-11"}, false, "A failing item stops the rest of the batch."},
		{"batch-rolled-back", "STA-12", "must", []string{"PER-CREATES-04", "PER-DELETES-03"}, true, "A failing item undoes the whole batch, which the answer does not say."},
		{"group-with-single-status", "STA-13", "must", []string{"HDR-08"}, false, "readPersonsForGroup is answered with a single statusInfo."},
		{"all-with-set", "STA-14", "should", []string{"HDR-08"}, false, "readAllPersons is answered with a statusInfoSet."},
		{"write-answered-as-create", "STA-20", "must", []string{"STA-21"}, false, "deletePersons is answered with the response element of createPerson."},
	}
}
