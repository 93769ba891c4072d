package exchange

import (
	"crypto/rand"
	"crypto/sha1"
	"encoding/base64"
	"strings"
	"time"

	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// redacted stands for a secret in what is recorded.
const redacted = "[redacted]"

// token is what a UsernameToken is made of.
type token struct {
	username string
	password string // text, or the digest
	nonce    string // Base64; empty for none
	created  string
	id       string // wsu:Id of the token; empty for none
}

// timestampLife is how long a Timestamp of a request is valid: five minutes, as in
// every sample of an answer (dossier, section 2.3).
const timestampLife = 5 * time.Minute

// securityBlock is the Security header of a request: as it is sent, and as it is
// recorded, where password, digest and nonce are redacted. Secrets are the values to
// look for in the answer.
type securityBlock struct {
	sent, recorded string
	secrets        []string
}

// securityHeader writes the Security header of a request.
func securityHeader(as scenario.As, cred profile.Credentials, now time.Time) securityBlock {
	t := token{username: cred.Username, password: cred.Password.Reveal()}
	var secrets []string
	digest := as.PasswordType == "digest"
	if as.Nonce || digest {
		var nonce [16]byte
		rand.Read(nonce[:]) // never fails
		t.nonce = base64.StdEncoding.EncodeToString(nonce[:])
		t.created = stamp(now)
		if digest {
			// UsernameToken profile 1.0, section 3.1: SHA-1 of nonce, created and
			// password.
			sum := sha1.Sum(append(append(nonce[:], t.created...), t.password...))
			t.password = base64.StdEncoding.EncodeToString(sum[:])
		}
		secrets = append(secrets, t.nonce)
	}
	secrets = append(secrets, t.password)
	if as.Timestamp == "current-with-id" {
		t.id = "uuid-" + newToken() + "-1"
	}
	hidden := t
	hidden.password = redacted
	if t.nonce != "" {
		hidden.nonce = redacted
	}
	return securityBlock{t.header(as, now), hidden.header(as, now), secrets}
}

// stamp writes an instant as the samples do: UTC with milliseconds and a Z.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

func (t token) header(as scenario.As, now time.Time) string {
	var b strings.Builder
	b.Grow(1024) // more than most headers need
	b.WriteString(`<wsse:Security xmlns:wsse="` + wire.NSWsse + `" xmlns:wsu="` + wire.NSWsu + `"`)
	if as.MustUnderstand {
		b.WriteString(` xmlns:env="` + wire.NSSOAP + `" env:mustUnderstand="1"`)
	}
	b.WriteString(">")
	switch as.Timestamp {
	case "current", "current-with-id":
		b.WriteString(timestamp(now, t.id != ""))
	case "expired":
		b.WriteString(timestamp(now.Add(-2*timestampLife), false))
	}
	b.WriteString("<wsse:UsernameToken")
	if t.id != "" {
		b.WriteString(` wsu:Id="` + t.id + `"`)
	}
	b.WriteString("><wsse:Username>" + xmltree.EscapeText(t.username) + "</wsse:Username><wsse:Password")
	switch as.PasswordType {
	case "digest":
		b.WriteString(` Type="` + wire.PasswordDigest + `"`)
	case "untyped":
	default:
		b.WriteString(` Type="` + wire.PasswordText + `"`)
	}
	b.WriteString(">" + xmltree.EscapeText(t.password) + "</wsse:Password>")
	if t.nonce != "" {
		b.WriteString(`<wsse:Nonce EncodingType="` + wire.Base64Binary + `">` + t.nonce + "</wsse:Nonce><wsu:Created>" + t.created + "</wsu:Created>")
	}
	b.WriteString("</wsse:UsernameToken></wsse:Security>")
	return b.String()
}

func timestamp(created time.Time, withID bool) string {
	id := ""
	if withID {
		id = ` wsu:Id="_0"`
	}
	return "<wsu:Timestamp" + id + "><wsu:Created>" + stamp(created) + "</wsu:Created><wsu:Expires>" + stamp(created.Add(timestampLife)) + "</wsu:Expires></wsu:Timestamp>"
}

// credentialsFor returns what a step signs in with, and the site that they select;
// the site is nil when they select none.
func credentialsFor(as scenario.As, own, other *profile.Site) (profile.Credentials, *profile.Site) {
	switch as.Credentials {
	case "wrong-password":
		return profile.Credentials{Username: own.Credentials.Username, Password: profile.NewSecret("wrong-" + newToken())}, own
	case "unknown-user":
		return profile.Credentials{Username: "unknown-" + newToken(), Password: profile.NewSecret("wrong-" + newToken())}, own
	case "other-site":
		return other.Credentials, other
	default:
		return own.Credentials, own
	}
}
