package sandbox

// securityDeviations are those of security, in requests and answers.
func securityDeviations() []Deviation {
	return []Deviation{
		{"certificate-demanded", "SEC-02", "must", nil, false, "createPerson over TLS demands a client certificate."},
		{"no-credentials-accepted", "SEC-03", "must", []string{"MEM-READ-01"}, false, "A request without credentials is carried out."},
		{"list-open-to-anybody", "SEC-03", "must", nil, false, "readAllPersons is answered without credentials, as nothing else is."},
		{"any-password-accepted", "SEC-04", "must", nil, false, "Any password is accepted."},
		{"unknown-user-accepted", "SEC-04", "must", nil, false, "An unknown user is let in."},
		{"refused-request-carried-out", "SEC-04", "must", []string{"MEM-READ-01", "SEC-03", "STD-WSS-2"}, true, "A refused request is answered with a fault and carried out all the same."},
		{"refusal-as-status", "SEC-04", "must", []string{"SEC-03", "STA-21", "STD-WSS-2"}, false, "Wrong credentials are answered with a status instead of a fault."},
		{"typed-password-refused", "SEC-05", "must", []string{"GEN-04", "GEN-05", "HDR-01", "HDR-02", "PER-OBJ-08", "PER-OBJ-10", "PER-OBJ-14", "PER-REPLACE-01", "PER-REPLACE-02", "PER-REPLACE-03", "PER-REPLACE-04", "PER-REPLACE-05", "PER-REPLACE-06", "PER-REPLACE-09", "PER-REPLACE-10", "PER-REPLACE-11", "PER-REPLACE-14", "PER-REPLACE-16", "PER-REPLACE-18", "PER-REPLACE-20", "REL-03", "REL-05", "REL-06", "REL-07", "REL-08", "REL-09", "REL-11", "REL-21", "SEC-07", "SEC-08", "SEC-09", "STA-04", "STA-07", "STD-HTTP-1"}, false, "A Password with Type PasswordText is refused for replacePerson."},
		{"untyped-password-refused", "SEC-06", "should", nil, false, "A Password without Type is refused."},
		{"nonce-refused", "SEC-07", "should", []string{"SEC-17", "STD-WSS-2"}, false, "A token with a Nonce is refused."},
		{"nonce-demanded", "SEC-07", "should", []string{"GEN-04", "GEN-05", "HDR-01", "HDR-02", "PER-OBJ-08", "PER-OBJ-10", "PER-OBJ-14", "PER-REPLACE-01", "PER-REPLACE-02", "PER-REPLACE-03", "PER-REPLACE-04", "PER-REPLACE-05", "PER-REPLACE-06", "PER-REPLACE-09", "PER-REPLACE-10", "PER-REPLACE-11", "PER-REPLACE-14", "PER-REPLACE-16", "PER-REPLACE-18", "PER-REPLACE-20", "REL-03", "REL-05", "REL-06", "REL-07", "REL-08", "REL-09", "REL-11", "REL-21", "SEC-05", "SEC-06", "SEC-08", "SEC-09", "STA-04", "STA-07", "STD-HTTP-1"}, false, "replacePerson demands a Nonce."},
		{"mandatory-security-refused", "SEC-08", "should", []string{"SEC-17"}, false, "A Security header with mustUnderstand is refused."},
		{"timestamp-demanded", "SEC-09", "should", []string{"GEN-04", "GEN-05", "HDR-01", "HDR-02", "PER-OBJ-08", "PER-OBJ-10", "PER-OBJ-14", "PER-REPLACE-01", "PER-REPLACE-02", "PER-REPLACE-03", "PER-REPLACE-04", "PER-REPLACE-05", "PER-REPLACE-06", "PER-REPLACE-09", "PER-REPLACE-10", "PER-REPLACE-11", "PER-REPLACE-14", "PER-REPLACE-16", "PER-REPLACE-18", "PER-REPLACE-20", "REL-03", "REL-05", "REL-06", "REL-07", "REL-08", "REL-09", "REL-11", "REL-21", "SEC-05", "SEC-06", "SEC-07", "SEC-08", "STA-04", "STA-07", "STD-HTTP-1"}, false, "replacePerson demands a Timestamp."},
		{"stored-on-all-sites", "SEC-10", "must", []string{"PER-RALL-03", "PER-RALL-04", "PER-RALL-07", "SEC-11"}, true, "What is written on one site is stored on all sites."},
		{"other-sites-read", "SEC-11", "must", []string{"PER-DELETE-01", "SEC-10"}, false, "Persons of other sites can be read."},
		{"other-sites-written", "SEC-11", "must", nil, false, "Persons of other sites can be deleted."},
		{"other-sites-updated", "SEC-11", "must", nil, true, "updatePerson changes the person of another site that has the key."},
		{"other-sites-replaced", "SEC-11", "must", nil, false, "replacePerson replaces the person of another site that has the key."},
		{"other-sites-linked", "SEC-11", "must", nil, false, "A person of another site is linked as a child."},
		{"security-optional", "SEC-12", "should", nil, false, "The Security header of answers lacks mustUnderstand."},
		{"timestamp-other-id", "SEC-12", "should", nil, false, "The Timestamp of answers has another Id."},
		{"timestamp-without-milliseconds", "SEC-13", "should", nil, false, "The Timestamp of answers has no milliseconds."},
		{"timestamp-with-offset", "SEC-13", "should", nil, false, "The Timestamp of answers has an offset instead of Z."},
		{"timestamp-of-ten-minutes", "SEC-13", "should", nil, false, "The Timestamp of answers is valid for ten minutes."},
		{"timestamp-backwards", "STD-WSS-1", "must", nil, false, "The Timestamp of answers expires before it is created."},
		{"two-timestamps", "STD-WSS-1", "must", nil, false, "The Security header of answers has two Timestamps."},
		{"replayed-token-accepted", "STD-WSS-2", "must", nil, false, "A UsernameToken is accepted again and again."},
		{"password-returned", "PER-OBJ-27", "must", []string{"SEC-16"}, false, "Reads return the password."},
		{"password-returned-by-batch", "SEC-16", "should", []string{"PER-OBJ-27"}, false, "readPersons returns the passwords."},
		{"timestamp-refused", "SEC-17", "must", nil, false, "A request with a current Timestamp is refused."},
	}
}
