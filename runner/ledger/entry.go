// Package ledger keeps what a run creates at an endpoint, on disk before it is
// sent, so that it can be removed after a failure, an interrupt or a crash.
//
// A ledger is a file of JSON lines: a header, then what was intended and what was
// removed. Lines are only ever appended. What is intended and not removed is still
// there, as far as anybody knows.
package ledger

import (
	"regexp"
	"time"
)

// Header says which run a ledger belongs to.
type Header struct {
	Run     string    `json:"run"`    // id of the run
	Target  string    `json:"target"` // base URL of the endpoint, without credentials
	Profile string    `json:"profile,omitempty"`
	Started time.Time `json:"started"`
	Suite   string    `json:"suite"` // version of the suite
}

// Kind says what an entry stands for.
type Kind string

// The kinds of entries.
const (
	// Person is a person with the key Key on a site, as far as a write may have
	// made one.
	Person Kind = "person"
	// Group and Membership are the same of groups and memberships.
	Group      Kind = "group"
	Membership Kind = "membership"
	// Tag is everything that was made through the control interface with the tag
	// Key on a site.
	Tag Kind = "tag"
	// State is a switched state: Key is its name, From the value before. Site is
	// empty where the state is the endpoint's.
	State Kind = "state"
	// Keyless is an object of the kind From that a write may have made without a
	// key, so that nothing can remove it. Key tells it from others.
	Keyless Kind = "keyless"
)

// Entry is one thing that a run makes or changes.
type Entry struct {
	Scenario string `json:"scenario"` // id of the case
	Site     string `json:"site"`
	Kind     Kind   `json:"kind"`
	Key      string `json:"key"`
	From     string `json:"from,omitempty"`
	// Captured says that the key was captured from an answer to a write of the run,
	// so it does not look like a key of a run.
	Captured bool      `json:"captured,omitempty"`
	At       time.Time `json:"at"`
}

// same identifies the thing at the endpoint that an entry stands for.
func (e Entry) same() identity { return identity{e.Site, e.Kind, e.Key} }

type identity struct {
	site string
	kind Kind
	key  string
}

// The lengths in characters at which an endpoint may cut a key: 64 on the pages of
// persons and groups, 255 in the template and on those of memberships (dossier,
// sections 3.2, 4.2 and 5.2).
const (
	shortKey = 64
	longKey  = 255
)

// Objects returns the entries of objects of a kind that a write may make: one for
// each key, and one for each shorter key that an endpoint which cuts keys would
// store.
func Objects(kind Kind, scenario, site string, keys ...string) []Entry {
	all := make([]Entry, 0, len(keys))
	for _, key := range keys {
		if key == "" {
			continue
		}
		all = append(all, Entry{Scenario: scenario, Site: site, Kind: kind, Key: key})
		runes := []rune(key)
		for _, length := range []int{shortKey, longKey} {
			if len(runes) > length {
				all = append(all, Entry{Scenario: scenario, Site: site, Kind: kind, Key: string(runes[:length])})
			}
		}
	}
	return all
}

// ofARun is what the keys of a run begin with: "ec" and its token. A key that was cut
// begins with it too.
var ofARun = regexp.MustCompile(`^ec[0-9a-f]{16}(-|$)`)

// mayBeRemoved says whether an object's key is one that a run gives, or one that it
// captured. Whatever a file says, nothing else is deleted at an endpoint.
func (e Entry) mayBeRemoved() bool { return e.Captured || ofARun.MatchString(e.Key) }

// line is one line of the file.
type line struct {
	Event  string  `json:"event"` // header, intend, removed
	Header *Header `json:"header,omitempty"`
	Entry  *Entry  `json:"entry,omitempty"`
}

const (
	eventHeader  = "header"
	eventIntend  = "intend"
	eventRemoved = "removed"
)
