package exchange

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// usualKey is the documented limit of a syncID (dossier, section 3.2).
const usualKey = 64

// newToken returns 64 random bits in hexadecimal.
func newToken() string {
	var b [8]byte
	rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// caseToken derives the token of a case from that of the run, so that cases which
// run side by side never meet in a key.
func caseToken(run, id string) string {
	sum := sha256.Sum256([]byte(run + "\x00" + id))
	return hex.EncodeToString(sum[:8])
}

// keyFor returns the key of an identity: "ec", the token, and the name for people;
// cut to 64 characters, or made exactly as long as the identity says.
func keyFor(token string, id scenario.Identity) string {
	key := []rune("ec" + token + "-" + id.Name)
	length := id.Length
	if length == 0 {
		length = min(len(key), usualKey)
	}
	if len(key) > length {
		return string(key[:length])
	}
	return string(key) + strings.Repeat("x", length-len(key))
}

// uniqueFor returns the value that is sent instead of one that must be unique on a
// site, such as a user name.
func uniqueFor(token, text string) string { return text + "-" + token[:8] }

// keyring holds what a case may name at the endpoint.
type keyring struct {
	byName  map[string]string // identity -> key
	own     map[string]bool   // keys that were made for this case
	anchors map[string]bool   // keys that may be read and referred to, never written
	// captured are values of answers, which may be read and referred to. Those that
	// are true came in the answer to a write of this case, and may be written to.
	captured map[string]bool
	counted  map[string]bool // identities that stand for many
}

// shortestKey holds "ec", all digits of the token, a hyphen and something of the name.
const shortestKey = 20

// newKeyring makes the keys of a case. An identity that stands for an anchor gets
// the anchor's key, unless the control interface makes a fresh object for it. It is an
// error when a key would not hold the whole token, or when two identities would have
// the same key: the case would then touch what it does not mean.
func newKeyring(c scenario.Case, site profile.Site, control bool, token string) (keyring, error) {
	k := keyring{byName: map[string]string{}, own: map[string]bool{}, anchors: map[string]bool{}, captured: map[string]bool{}, counted: map[string]bool{}}
	for _, key := range site.Anchors {
		k.anchors[key] = true
	}
	for _, id := range c.Scenario.Identities {
		if id.Count.Any() {
			k.counted[id.Name] = true
		}
	}
	names := map[string]string{} // key -> identity
	for _, id := range c.Objects() {
		if key := site.Anchors[id.Anchor]; id.Anchor != "" && key != "" && !(control && plan.MadeByControl(c, id.Name)) {
			k.byName[id.Name] = key
			continue
		}
		if id.Length != 0 && id.Length < shortestKey {
			return k, fmt.Errorf("a key of %d characters for %s would not be unique to the run; it needs %d", id.Length, id.Name, shortestKey)
		}
		key := keyFor(token, id)
		if other, taken := names[key]; taken && other != id.Name {
			return k, fmt.Errorf("the identities %s and %s would have the same key %s", other, id.Name, key)
		}
		names[key], k.byName[id.Name], k.own[key] = id.Name, key, true
	}
	return k, nil
}

// capture adds a value of an answer. written says that the answer was to a write.
// What an anchor has is never made the case's own that way.
func (k keyring) capture(value string, written bool) {
	k.captured[value] = k.captured[value] || written && !k.anchors[value]
}

// known says whether a text may be read or referred to.
func (k keyring) known(key string) bool {
	_, captured := k.captured[key]
	return captured || k.own[key] || k.anchors[key]
}

// mine says whether a text may be written to.
func (k keyring) mine(key string) bool { return !k.anchors[key] && (k.own[key] || k.captured[key]) }
