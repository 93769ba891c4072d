// Package known holds the list of known failures: cases that may fail for now, in
// the way that an owner has described and until a day. It reads the list, checks it
// against the suite, applies it to results and brings it up to date. It is pure: it
// reads neither files nor clocks.
package known

import (
	"fmt"
	"slices"
	"strings"

	"esconform/reports"
)

// List is a list of known failures.
type List struct {
	File    string // name of the file, for places
	Entries []Entry
}

// Entry is one known failure.
type Entry struct {
	ID           string   // pattern that selects exactly one case, in the syntax of --only
	Requirements []string // that must still be broken; empty when Message says it all
	Message      string   // that every failure must contain; empty for any
	Owner        string
	Reason       string
	Link         string // http or https; may be empty
	Expires      string // last day on which the entry holds, YYYY-MM-DD
	Line         int    // of the file, 1-based
	// Case is the id of the one case that ID selects; empty before Resolve, and when
	// it selects none.
	Case string
}

// Place is the entry's place in the list, file:line.
func (l List) Place(e Entry) string { return fmt.Sprintf("%s:%d", l.File, e.Line) }

// of returns the entry of a case; false when the case is not on the list.
func (l List) of(id string) (Entry, bool) {
	i := slices.IndexFunc(l.Entries, func(e Entry) bool { return e.Case == id && id != "" })
	if i < 0 {
		return Entry{}, false
	}
	return l.Entries[i], true
}

// known is the entry as a result carries it.
func (l List) known(e Entry) *reports.Known {
	return &reports.Known{Entry: e.ID, Place: l.Place(e), Requirement: strings.Join(e.Requirements, ", "), Message: e.Message,
		Owner: e.Owner, Reason: e.Reason, Link: e.Link, Expires: e.Expires}
}
