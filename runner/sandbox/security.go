package sandbox

import (
	"crypto/sha1" // the digest of the UsernameToken profile is defined with SHA-1
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"esconform/runner/wire"
)

// clockSkew is how far a client's clock may be off.
const clockSkew = time.Minute

// freshness is how old the Created of a digest may be.
const freshness = 5 * time.Minute

// A token is the UsernameToken of a request.
type token struct {
	username string
	password string
	digest   bool
	nonce    []byte
	created  string
}

// readToken reads the UsernameToken of a Security header. No header or no
// token is refused (SEC-03).
func readToken(security *node) (token, *fault) {
	t := security.child(wire.NSWsse, "UsernameToken")
	if t == nil {
		return token{}, faultInvalidSecurity()
	}
	name, password := t.child(wire.NSWsse, "Username"), t.child(wire.NSWsse, "Password")
	if name == nil || password == nil {
		return token{}, faultInvalidSecurity()
	}
	tok := token{username: name.text, password: password.text, digest: isDigest(password.attr("", "Type"))}
	if n := t.child(wire.NSWsse, "Nonce"); n != nil {
		nonce, err := base64.StdEncoding.DecodeString(strings.TrimSpace(n.text))
		if err != nil && tok.digest {
			return token{}, faultInvalidSecurity()
		}
		tok.nonce = nonce
	}
	if c := t.child(wire.NSWsu, "Created"); c != nil {
		tok.created = strings.TrimSpace(c.text)
	}
	return tok, nil
}

// verify says whether the token proves the password. A digest needs a nonce and
// a fresh Created (UsernameToken profile 1.0, section 3.1).
func (t token) verify(password string, now time.Time) bool {
	if !t.digest {
		return sameText(t.password, password)
	}
	created, err := time.Parse(time.RFC3339Nano, t.created)
	if err != nil || len(t.nonce) == 0 || now.Sub(created).Abs() > freshness {
		return false
	}
	sum := sha1.Sum(slices.Concat(t.nonce, []byte(t.created), []byte(password)))
	return sameText(strings.TrimSpace(t.password), base64.StdEncoding.EncodeToString(sum[:]))
}

// sameText compares in a time that does not depend on the texts.
func sameText(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// checkTimestamp refuses a Timestamp that lies outside its own window; none is
// accepted, as clients in production send none.
func checkTimestamp(security *node, now time.Time) *fault {
	stamp := security.child(wire.NSWsu, "Timestamp")
	if stamp == nil {
		return nil
	}
	if c := stamp.child(wire.NSWsu, "Created"); c != nil {
		created, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(c.text))
		if err != nil || created.After(now.Add(clockSkew)) {
			return faultInvalidSecurity()
		}
	}
	if e := stamp.child(wire.NSWsu, "Expires"); e != nil {
		expires, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(e.text))
		if err != nil || expires.Before(now.Add(-clockSkew)) {
			return faultInvalidSecurity()
		}
	}
	return nil
}

// window is how long an answer's Timestamp is valid (every sample).
const window = 5 * time.Minute

const stampFormat = "2006-01-02T15:04:05.000Z"

// timestampHeader is the Security header of an answer.
func timestampHeader(now time.Time) *element {
	created := now.UTC()
	stamp := el(wire.NSWsu, "Timestamp",
		leaf(wire.NSWsu, "Created", created.Format(stampFormat)),
		leaf(wire.NSWsu, "Expires", created.Add(window).Format(stampFormat)))
	stamp.attrs = []attr{{wire.Name{Space: wire.NSWsu, Local: "Id"}, "_0"}}
	header := el(wire.NSWsse, "Security", stamp)
	header.attrs = []attr{{wire.Name{Space: wire.NSSOAP, Local: "mustUnderstand"}, "1"}}
	return header
}
