package ledger

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// endpoint is a remover that records what it is asked, and that can keep persons.
type endpoint struct {
	calls []string
	keeps []string // keys that stay readable
	fails string   // calls with this prefix fail
}

func (e *endpoint) call(text string) error {
	e.calls = append(e.calls, text)
	if e.fails != "" && strings.HasPrefix(text, e.fails) {
		return errors.New("it does not answer")
	}
	return nil
}

func (e *endpoint) RemoveObjects(_ context.Context, site string, kind Kind, keys []string) (left []string, err error) {
	err = e.call(fmt.Sprintf("%ss %s %s", kind, site, strings.Join(keys, ",")))
	for _, key := range keys {
		if err != nil || slices.Contains(e.keeps, key) {
			left = append(left, key)
		}
	}
	return left, err
}

func (e *endpoint) RemoveTag(_ context.Context, site, tag string) error {
	return e.call(fmt.Sprintf("tag %s %s", site, tag))
}

func (e *endpoint) RestoreState(_ context.Context, site, state, value string) error {
	return e.call(fmt.Sprintf("state %s %s=%s", site, state, value))
}

func filled(t *testing.T) *Ledger {
	t.Helper()
	l := create(t)
	intend(t, l, Entry{Scenario: "s/1", Site: "main", Kind: State, Key: "parentPortal", From: "enabled"})
	intend(t, l, Objects(Person, "s/1", "main", "k1", "k2")...)
	intend(t, l, Entry{Scenario: "s/2", Site: "main", Kind: Tag, Key: "t1"})
	intend(t, l, Entry{Scenario: "s/2", Kind: State, Key: "parentPortalGlobal", From: "enabled"})
	intend(t, l, Objects(Group, "s/2", "main", "school", "class")...)
	intend(t, l, Objects(Membership, "s/2", "main", "m1", "m2")...)
	intend(t, l, Objects(Person, "s/3", "other", "k3")...)
	return l
}

func TestCleanupRestoresStatesThenRemovesTagsMembershipsGroupsAndPersonsTheLatestFirst(t *testing.T) {
	l, e := filled(t), &endpoint{}
	residue, err := Cleanup(context.Background(), l, e)
	if err != nil || residue != nil {
		t.Errorf("residue %v, error %v", residue, err)
	}
	want := []string{"state  parentPortalGlobal=enabled", "state main parentPortal=enabled", "tag main t1",
		"memberships main m2,m1", "groups main class,school", "persons other k3", "persons main k2,k1"}
	if diff := cmp.Diff(want, e.calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if open := l.Open(); len(open) != 0 {
		t.Errorf("still open: %v", keys(open))
	}
}

func TestCleanupMayBeRepeated(t *testing.T) {
	l, e := filled(t), &endpoint{keeps: []string{"k2"}}
	residue, err := Cleanup(context.Background(), l, e)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"the person k2 on site main could not be removed (s/1)"}, residue); diff != "" {
		t.Errorf("residue (-want +got)\n%s", diff)
	}
	l.Close()
	again, err := Open(l.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	e.calls, e.keeps = nil, nil
	if residue, err = Cleanup(context.Background(), again, e); err != nil || residue != nil {
		t.Errorf("residue %v, error %v", residue, err)
	}
	if diff := cmp.Diff([]string{"persons main k2"}, e.calls); diff != "" {
		t.Errorf("only what is left is touched again (-want +got)\n%s", diff)
	}
}

func TestWhatFailsIsSaidAndTheRestIsRemovedAllTheSame(t *testing.T) {
	tests := []struct {
		fails string
		want  []string
		open  []string
	}{
		{"state main", []string{"the state parentPortal of site main was switched and could not be set back to enabled (s/1)"}, []string{"state:main:parentPortal"}},
		{"state  ", []string{"the state parentPortalGlobal of the endpoint was switched and could not be set back to enabled (s/2)"}, []string{"state::parentPortalGlobal"}},
		{"tag", []string{"the objects with the tag t1 on site main could not be removed (s/2)"}, []string{"tag:main:t1"}},
		{"groups", []string{"the group class on site main could not be removed (s/2)", "the group school on site main could not be removed (s/2)"}, []string{"group:main:school", "group:main:class"}},
		{"persons main", []string{"the person k2 on site main could not be removed (s/1)", "the person k1 on site main could not be removed (s/1)"}, []string{"person:main:k1", "person:main:k2"}},
	}
	for _, test := range tests {
		t.Run(test.fails, func(t *testing.T) {
			l, e := filled(t), &endpoint{fails: test.fails}
			residue, err := Cleanup(context.Background(), l, e)
			if err == nil {
				t.Error("no error")
			}
			if diff := cmp.Diff(test.want, residue); diff != "" {
				t.Errorf("residue (-want +got)\n%s", diff)
			}
			if diff := cmp.Diff(test.open, keys(l.Open())); diff != "" {
				t.Errorf("open (-want +got)\n%s", diff)
			}
			if len(e.calls) != 7 {
				t.Errorf("calls %q", e.calls)
			}
		})
	}
}

func TestACaseCleansUpItsOwnEntriesOnly(t *testing.T) {
	l, e := filled(t), &endpoint{}
	if _, err := CleanupEntries(context.Background(), l, e, Objects(Person, "s/3", "other", "k3")); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"persons other k3"}, e.calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if n := len(l.Open()); n != 9 {
		t.Errorf("%d entries are open", n)
	}
}
