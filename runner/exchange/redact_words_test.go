package exchange

import (
	"bytes"
	"io/fs"
	"testing"

	"esconform/fixtures"
	"esconform/runner/profile"
)

// The password of an endpoint may be a word of its answers. They are recorded, and
// judged, as they came.
func TestSecretsThatAreWordsOfTheMessagesCorruptNoAnswer(t *testing.T) {
	for _, word := range []string{"readPerson", "identifier", "Envelope", "encoding", "charset=utf-8", "schemas.xmlsoap.org", "pmess:person", "http://www.w3.org/2001/XMLSchema-instance"} {
		s := secretsOf(profile.Target{Headers: map[string]string{"X-Key": word}, Sites: []profile.Site{{Credentials: profile.Credentials{Password: profile.NewSecret(word)}}}})
		r := newRecent()
		r.add(word)
		for _, name := range []string{"imses/person/relationships/unknown-child/create-parent.xml", "imses/person/shared/read-person.xml"} {
			message, err := fs.ReadFile(fixtures.Files(), name)
			if err != nil {
				t.Fatal(err)
			}
			answer := append([]byte(`<?xml version="1.0" encoding="utf-8"?><!-- & -->`), message...)
			if got := r.redact(s.redact(answer)); !bytes.Equal(got, answer) {
				t.Errorf("%s: %s became\n%s", word, name, got)
			}
		}
		if got := s.redactText("<o:Password>" + word + "</o:Password>"); got != "<o:Password>[redacted]</o:Password>" {
			t.Errorf("%s: in its own place it became %s", word, got)
		}
	}
}

func TestSecretsThatAreNoWordsAreRedactedEverywhere(t *testing.T) {
	for _, secret := range []string{"identifier7", "readperson", "personsperson", "Envelope identifier"} {
		if isWord(secret) {
			t.Errorf("%s is said to be a word", secret)
		}
		s := secrets{}.with(secret)
		if got, want := s.redactText("<fault>"+secret+"</fault>"), "<fault>[redacted]</fault>"; got != want {
			t.Errorf("%s: %s", secret, got)
		}
	}
}
