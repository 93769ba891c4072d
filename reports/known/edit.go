package known

import (
	"errors"
	"slices"
)

// ErrNotEditable says that a list is written in a form in which an entry cannot be
// changed without changing others.
var ErrNotEditable = errors.New("the list cannot be changed without harm to the rest of the file; write each entry on lines of its own, beginning with a hyphen, or make the changes by hand")

// Edit carries changes out in the text of a list: it removes and adds entries and
// leaves all else as it is, comments, order and formatting included. The comments
// directly above an entry go with it, but for those at the very beginning of the file.
// Added entries have the owner, reason, link and day of the template, and stand at the
// end. Changes of the kind ByHand are not carried out. The list is what Load made of
// the text. The error is ErrNotEditable.
func Edit(text []byte, l List, changes []Change, template Entry) ([]byte, error) {
	wanted := edited(l, changes, template)
	if len(wanted.removed)+len(wanted.added) == 0 {
		return text, nil
	}
	p, err := split(text, l)
	if err != nil {
		return nil, err
	}
	for _, i := range wanted.removed {
		p.remove(i)
	}
	p.add(wanted.added)
	result := p.join()
	// The proof that nothing was harmed: the text reads as what was wanted.
	c := &collector{file: l.File}
	got := c.read(result)
	if c.err() != nil || !same(wanted.entries, got.Entries) {
		return nil, ErrNotEditable
	}
	return result, nil
}

// edition is what a list becomes.
type edition struct {
	removed []int // indexes of entries
	added   []Entry
	entries []Entry // of the new list
}

func edited(l List, changes []Change, template Entry) edition {
	var e edition
	for i, entry := range l.Entries {
		if slices.ContainsFunc(changes, func(c Change) bool { return c.Kind == Remove && c.Line == entry.Line && c.Case == entry.Case }) {
			e.removed = append(e.removed, i)
		} else {
			e.entries = append(e.entries, entry)
		}
	}
	for _, c := range changes {
		if c.Kind == Add {
			entry := template
			entry.ID, entry.Requirements, entry.Message = c.Case, c.Requirements, ""
			e.added = append(e.added, entry)
		}
	}
	e.entries = append(e.entries, e.added...)
	return e
}

// same compares what entries say, not where they stand.
func same(a, b []Entry) bool {
	return slices.EqualFunc(a, b, func(x, y Entry) bool { return slices.Equal(x.says(), y.says()) })
}

func (e Entry) says() []string {
	return append([]string{e.ID, e.Message, e.Owner, e.Reason, e.Link, e.Expires}, e.Requirements...)
}
