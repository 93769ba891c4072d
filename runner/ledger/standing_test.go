package ledger

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestWhatComesBackStandsAtTheEnd(t *testing.T) {
	var s Standing
	entries := Objects(Group, "s", "main", "a", "b")
	for _, e := range entries {
		if !s.Add(e) {
			t.Errorf("%s was there", e.Key)
		}
	}
	if s.Add(entries[0]) {
		t.Error("a thing was added twice")
	}
	person := Entry{Site: "main", Kind: Person, Key: "a"}
	if !s.Add(person) {
		t.Error("a person was taken for the group with its key")
	}
	s.Remove(entries[0])
	s.Remove(Entry{Kind: Group, Key: "b"}) // of another site
	s.Add(entries[0])
	if diff := cmp.Diff([]string{"group:main:b", "person:main:a", "group:main:a"}, keys(s.Entries())); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
