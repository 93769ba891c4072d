package known

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Suite is what a list is checked against.
type Suite struct {
	Cases        []string // ids of all cases that there are, selected or not
	Requirements []string // ids of all requirements; nil when they are not known
	// Matches says whether a pattern selects a case (plan.Matches).
	Matches func(pattern, id string) bool
	// CheckPattern says what is wrong with a pattern (plan.CheckPattern).
	CheckPattern func(pattern string) error
	// Today is the day on which the list is used. An entry that has expired then is a
	// defect; with the zero value none has.
	Today time.Time
	// Partial says that Cases are only some of those that there are, such as those of
	// a report: an entry that matches none of them is no defect.
	Partial bool
}

// Resolve finds the case of each entry. The error is Defects: a pattern that cannot
// be read, matches no case or several, a case that two entries match, an entry that
// has expired, an unknown requirement.
func (l List) Resolve(s Suite) (List, error) {
	c := &collector{file: l.File}
	l = c.resolve(l, s)
	return l, c.err()
}

func (c *collector) resolve(l List, s Suite) List {
	known := make(map[string]bool, len(s.Requirements))
	for _, id := range s.Requirements {
		known[id] = true
	}
	resolved := List{File: l.File, Entries: make([]Entry, len(l.Entries))}
	listed := make(map[string]int) // case -> line of its entry
	for i, e := range l.Entries {
		e.Case = c.find(e, s)
		if first, twice := listed[e.Case]; twice && e.Case != "" {
			c.add(e.Line, "%s is on the list already, on line %d; keep one of the two", e.Case, first)
		} else {
			listed[e.Case] = e.Line
		}
		for _, id := range e.Requirements {
			if s.Requirements != nil && !known[id] {
				c.add(e.Line, "there is no requirement %s; see esconform list requirements", id)
			}
		}
		if e.expired(s.Today) {
			c.add(e.Line, "the entry for %s expired on %s; repair what fails, or agree with its owner on a later day", e.ID, e.Expires)
		}
		resolved.Entries[i] = e
	}
	return resolved
}

// expired says whether the entry does not hold any more. Days compare as texts.
func (e Entry) expired(today time.Time) bool {
	return !today.IsZero() && e.Expires != "" && e.Expires < today.UTC().Format(time.DateOnly)
}

// find returns the one case that an entry selects. An id that is that of a case means
// that case, although as a pattern it would select those below it, too.
func (c *collector) find(e Entry, s Suite) string {
	if e.ID == "" {
		return "" // reported already
	}
	if err := s.CheckPattern(e.ID); err != nil {
		c.add(e.Line, "id %q is not a pattern: %v", e.ID, err)
		return ""
	}
	var found []string
	for _, id := range s.Cases {
		if id == e.ID {
			return id
		}
		if s.Matches(e.ID, id) {
			found = append(found, id)
		}
	}
	switch {
	case len(found) == 1:
		return found[0]
	case len(found) > 1:
		c.add(e.Line, "id %q matches %d cases, %s; write an entry for each that fails", e.ID, len(found), some(found))
	case !s.Partial:
		c.add(e.Line, "id %q matches no case; see esconform list scenarios, or remove the entry", e.ID)
	}
	return ""
}

// mostNamed bounds how many cases a sentence names.
const mostNamed = 3

// some names the first of several.
func some(ids []string) string {
	if len(ids) <= mostNamed {
		return strings.Join(ids, ", ")
	}
	return strings.Join(ids[:mostNamed], ", ") + ", ..."
}

// Check says what is wrong with an entry that is to be added on a day: a link that is
// no address, a day that is none or has passed. Owner, reason and day must be given.
func (e Entry) Check(today time.Time) error {
	switch {
	case e.Owner == "" || e.Reason == "" || e.Expires == "":
		return errors.New("an entry needs an owner, a reason and the day on which it expires")
	case !isDay(e.Expires):
		return fmt.Errorf("expires %q is no day; write it as YYYY-MM-DD", e.Expires)
	case e.expired(today):
		return fmt.Errorf("expires %s has passed", e.Expires)
	case e.Link != "" && !isLink(e.Link):
		return fmt.Errorf("link %q is no address that begins with http:// or https://", e.Link)
	}
	return nil
}
