package exchange

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
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
	own     map[string]bool   // keys that were made for this case, and values that it captured
	anchors map[string]bool   // keys that may be read and referred to, never written
	counted map[string]bool   // identities that stand for many
}

// newKeyring makes the keys of a case. An identity that stands for an anchor gets
// the anchor's key, unless the control interface makes a fresh object for it.
func newKeyring(c scenario.Case, site profile.Site, control bool, token string) keyring {
	k := keyring{byName: map[string]string{}, own: map[string]bool{}, anchors: map[string]bool{}, counted: map[string]bool{}}
	for _, key := range site.Anchors {
		k.anchors[key] = true
	}
	for _, id := range c.Scenario.Identities {
		if id.Count.Any() {
			k.counted[id.Name] = true
		}
	}
	for _, id := range c.Objects() {
		if key := site.Anchors[id.Anchor]; id.Anchor != "" && key != "" && !(control && plan.MadeByControl(c, id.Name)) {
			k.byName[id.Name] = key
			continue
		}
		key := keyFor(token, id)
		k.byName[id.Name] = key
		k.own[key] = true
	}
	return k
}

// known says whether a text may be read or referred to.
func (k keyring) known(key string) bool { return k.own[key] || k.anchors[key] }
