package ledger

import (
	"cmp"
	"slices"
)

// Standing is what is still there: entries in the order in which they came, each
// thing at the endpoint once. A run of a hundred thousand objects looks things up in
// it, so it does not search. The zero value is empty; it is not for several
// goroutines at once.
type Standing struct {
	entries map[identity]standing
	last    int
}

// standing is an entry with its place in the order.
type standing struct {
	Entry
	number int
}

// Add adds an entry and says whether its thing was not there before.
func (s *Standing) Add(e Entry) bool {
	if _, there := s.entries[e.same()]; there {
		return false
	}
	if s.entries == nil {
		s.entries = map[identity]standing{}
	}
	s.last++
	s.entries[e.same()] = standing{e, s.last}
	return true
}

// Remove takes the thing of an entry away, if it is there.
func (s *Standing) Remove(e Entry) { delete(s.entries, e.same()) }

// Entries returns the entries in the order in which they came.
func (s *Standing) Entries() []Entry {
	all := make([]standing, 0, len(s.entries))
	for _, e := range s.entries {
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b standing) int { return cmp.Compare(a.number, b.number) })
	entries := make([]Entry, len(all))
	for i, e := range all {
		entries[i] = e.Entry
	}
	return entries
}
