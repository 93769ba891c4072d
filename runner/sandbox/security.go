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
	typed    bool // the Password has a Type
	digest   bool
	nonce    []byte
	created  string
}

// readToken reads the UsernameToken of a Security header. No header or no
// token is refused (SEC-03).
func readToken(security *node) (token, error) {
	t := security.child(wire.NSWsse, "UsernameToken")
	if t == nil {
		return token{}, faultInvalidSecurity()
	}
	name, password := t.child(wire.NSWsse, "Username"), t.child(wire.NSWsse, "Password")
	if name == nil || password == nil {
		return token{}, faultInvalidSecurity()
	}
	tok := token{username: name.text, password: password.text, digest: isDigest(password.attr("", "Type")), typed: password.attr("", "Type") != ""}
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

// authenticate finds the site that the credentials select. The form of the
// token is the client's choice (SEC-05 to SEC-09, SEC-17).
func (c *call) authenticate() error {
	tok, err := readToken(c.env.security)
	if err != nil {
		if c.env.security == nil && c.deviates("no-credentials-accepted") {
			return nil
		}
		return err
	}
	c.server.mu.RLock()
	at := c.server.siteOfUser(tok.username)
	c.server.mu.RUnlock()
	if at == nil {
		if c.deviates("unknown-user-accepted") {
			return nil
		}
		return faultFailedAuthentication()
	}
	c.enter(at)
	if c.formRefused(tok) {
		return faultInvalidSecurity()
	}
	now := c.server.now()
	if !tok.verify(at.password, now) && !c.deviates("any-password-accepted") {
		return faultFailedAuthentication()
	}
	if at.nonces.again(tok, now) && !c.deviates("replayed-token-accepted") {
		return faultInvalidSecurity()
	}
	return checkTimestamp(c.env.security, now)
}

// formRefused says whether the site, on purpose, does not take a form of token
// that it should take. Those that a client cannot do without are refused where
// a person is replaced, so that everything else still works.
func (c *call) formRefused(tok token) bool {
	stamped := c.env.security.child(wire.NSWsu, "Timestamp") != nil
	mandatory := c.env.security.attr(wire.NSSOAP, "mustUnderstand") == "1"
	replacing := c.env.body != nil && c.env.body.name.Local == "replacePersonRequest"
	return !tok.typed && c.deviates("untyped-password-refused") ||
		tok.typed && replacing && c.deviates("typed-password-refused") ||
		len(tok.nonce) > 0 && c.deviates("nonce-refused") ||
		len(tok.nonce) == 0 && replacing && c.deviates("nonce-demanded") ||
		mandatory && c.deviates("mandatory-security-refused") ||
		stamped && c.deviates("timestamp-refused") ||
		!stamped && replacing && c.deviates("timestamp-demanded")
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
func checkTimestamp(security *node, now time.Time) error {
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
