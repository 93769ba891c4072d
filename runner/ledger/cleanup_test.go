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

// A key of a run, by the name of its identity.
func key(name string) string { return "ec0123456789abcdef-" + name }

func keysOf(names ...string) []string {
	var all []string
	for _, name := range names {
		all = append(all, key(name))
	}
	return all
}

func filled(t *testing.T) *Ledger {
	t.Helper()
	l := create(t)
	intend(t, l, Entry{Scenario: "s/1", Site: "main", Kind: State, Key: "parentPortal", From: "enabled"})
	intend(t, l, Objects(Person, "s/1", "main", keysOf("k1", "k2")...)...)
	intend(t, l, Entry{Scenario: "s/2", Site: "main", Kind: Tag, Key: "t1"})
	intend(t, l, Entry{Scenario: "s/2", Kind: State, Key: "parentPortalGlobal", From: "enabled"})
	intend(t, l, Objects(Group, "s/2", "main", keysOf("school", "class")...)...)
	intend(t, l, Objects(Membership, "s/2", "main", keysOf("m1", "m2")...)...)
	intend(t, l, Objects(Person, "s/3", "other", key("k3"))...)
	return l
}

func TestCleanupRestoresStatesThenRemovesTagsMembershipsGroupsAndPersonsTheLatestFirst(t *testing.T) {
	l, e := filled(t), &endpoint{}
	residue, err := Cleanup(context.Background(), l, e)
	if err != nil || residue != nil {
		t.Errorf("residue %v, error %v", residue, err)
	}
	want := []string{"state  parentPortalGlobal=enabled", "state main parentPortal=enabled", "tag main t1",
		"memberships main ec0123456789abcdef-m2,ec0123456789abcdef-m1", "groups main ec0123456789abcdef-class,ec0123456789abcdef-school", "persons other ec0123456789abcdef-k3", "persons main ec0123456789abcdef-k2,ec0123456789abcdef-k1"}
	if diff := cmp.Diff(want, e.calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if open := l.Open(); len(open) != 0 {
		t.Errorf("still open: %v", keys(open))
	}
}

func TestCleanupMayBeRepeated(t *testing.T) {
	l, e := filled(t), &endpoint{keeps: []string{key("k2")}}
	residue, err := Cleanup(context.Background(), l, e)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"the person ec0123456789abcdef-k2 on site main could not be removed (s/1)"}, residue); diff != "" {
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
	if diff := cmp.Diff([]string{"persons main ec0123456789abcdef-k2"}, e.calls); diff != "" {
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
		{"groups", []string{"the group ec0123456789abcdef-class on site main could not be removed (s/2)", "the group ec0123456789abcdef-school on site main could not be removed (s/2)"}, []string{"group:main:ec0123456789abcdef-school", "group:main:ec0123456789abcdef-class"}},
		{"persons main", []string{"the person ec0123456789abcdef-k2 on site main could not be removed (s/1)", "the person ec0123456789abcdef-k1 on site main could not be removed (s/1)"}, []string{"person:main:ec0123456789abcdef-k1", "person:main:ec0123456789abcdef-k2"}},
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
	if _, err := CleanupEntries(context.Background(), l, e, Objects(Person, "s/3", "other", key("k3"))); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"persons other ec0123456789abcdef-k3"}, e.calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if n := len(l.Open()); n != 9 {
		t.Errorf("%d entries are open", n)
	}
}

// Whatever a file says, only what a run may have made is deleted.
func TestCleanupLeavesAloneWhatHasNoKeyOfARun(t *testing.T) {
	l, e := create(t), &endpoint{}
	intend(t, l, Objects(Person, "s/1", "main", key("k1"), "4711", "ec0123456789abcdefk2", "ec0123456789ABCDEF-k3", "x"+key("k4"))...)
	intend(t, l, Entry{Scenario: "s/1", Site: "main", Kind: Person, Key: "itsla-1", Captured: true})
	residue, err := Cleanup(context.Background(), l, e)
	want := []string{
		`the person "4711" on site main was not removed: its key is not one of a run (s/1)`,
		`the person "ec0123456789abcdefk2" on site main was not removed: its key is not one of a run (s/1)`,
		`the person "ec0123456789ABCDEF-k3" on site main was not removed: its key is not one of a run (s/1)`,
		`the person "xec0123456789abcdef-k4" on site main was not removed: its key is not one of a run (s/1)`,
	}
	if diff := cmp.Diff(want, residue); diff != "" || err == nil {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	if diff := cmp.Diff([]string{"persons main itsla-1," + key("k1")}, e.calls); diff != "" {
		t.Errorf("calls (-want +got)\n%s", diff)
	}
	if n := len(l.Open()); n != len(want) {
		t.Errorf("%d entries are open", n)
	}
}

func TestWhatHasNoKeyIsResidue(t *testing.T) {
	l, e := create(t), &endpoint{}
	intend(t, l, Entry{Scenario: "s/1", Site: "main", Kind: Keyless, Key: "1", From: "person"})
	residue, err := Cleanup(context.Background(), l, e)
	if diff := cmp.Diff([]string{"a person without syncID on site main, made by s/1"}, residue); diff != "" || err != nil || len(e.calls) != 0 || len(l.Open()) != 1 {
		t.Errorf("%v, calls %q (-want +got)\n%s", err, e.calls, diff)
	}
}
