package sandbox

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTransactionIsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	broken := errors.New("broken")
	for _, tc := range []struct {
		name string
		fn   func(*tx) error
		err  error
		want int
	}{
		{"done", func(*tx) error { return nil }, nil, 1},
		{"error", func(*tx) error { return broken }, broken, 0},
		{"undone", func(*tx) error { return errUndo }, nil, 0},
		{"item undone", func(t *tx) error {
			return t.item(func(t *tx) error { return errors.Join(t.exec("INSERT INTO state VALUES (1, 'b', 'x')"), errUndo) })
		}, nil, 1},
		{"item done, the whole broken", func(t *tx) error {
			return errors.Join(t.item(func(t *tx) error { return t.exec("INSERT INTO state VALUES (1, 'b', 'x')") }), broken)
		}, broken, 0},
	} {
		t.Run(tc.name, func(t *testing.T) {
			s, err := openStore(ctx, "")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = s.close() }()
			err = s.do(ctx, func(t *tx) error {
				if err := t.exec("INSERT INTO state VALUES (1, 'a', 'x')"); err != nil {
					return err
				}
				return tc.fn(t)
			})
			if !errors.Is(err, tc.err) {
				t.Errorf("error %v, want %v", err, tc.err)
			}
			var n int
			if err := s.do(ctx, func(t *tx) error { _, err := t.row([]any{&n}, "SELECT count(*) FROM state"); return err }); err != nil {
				t.Fatal(err)
			}
			if n != tc.want {
				t.Errorf("%d rows, want %d", n, tc.want)
			}
		})
	}
}

func TestPanicRollsBackAndFreesTheDatabase(t *testing.T) {
	ctx := context.Background()
	s, err := openStore(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.close() }()
	func() {
		defer func() { _ = recover() }()
		_ = s.do(ctx, func(t *tx) error {
			_ = t.exec("INSERT INTO state VALUES (1, 'a', 'x')")
			panic("x")
		})
	}()
	n := -1
	if err := s.do(ctx, func(t *tx) error { _, err := t.row([]any{&n}, "SELECT count(*) FROM state"); return err }); err != nil || n != 0 {
		t.Errorf("%d rows, %v", n, err)
	}
}

func TestWaitingForTheDatabaseEndsWithTheContext(t *testing.T) {
	s, err := openStore(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.close() }()
	ctx, cancel := context.WithCancel(context.Background())
	err = s.do(context.Background(), func(*tx) error {
		cancel()
		return s.do(ctx, func(*tx) error { return nil })
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestDatabaseFileKeepsEverything(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sandbox.db")
	var before Site
	t.Run("first", func(t *testing.T) {
		b := newBench(t, Options{Data: file})
		before = b.site(SiteMain)
		b.plays(before, []turn{{"createPersons", pairs(full("k1"), student("c1", "Nils"), parent("p1", "c1")), []string{ok, ok, ok}}})
		b.portal(ScopeSite, stateDisabled)
	})
	t.Run("second", func(t *testing.T) {
		b := newBench(t, Options{Data: file})
		after := b.site(SiteMain)
		if diff := cmp.Diff([]string{before.Username, before.Password, stateDisabled}, []string{after.Username, after.Password, after.States[StateParentPortal]}); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
		b.plays(after, []turn{{"readPersons", keySet("k1", "p1"), []string{ok, ok, fullLine, petra}}})
		b.portal(ScopeSite, stateEnabled)
		b.plays(after, []turn{{"readPerson", key("p1"), []string{ok, petra + " Child=c1"}}})
	})
	t.Run("third, with other credentials", func(t *testing.T) {
		b := newBench(t, Options{Data: file, Username: "u", Password: "p"})
		b.plays(Site{Username: "u", Password: "p"}, []turn{{"readPerson", key("k1"), []string{ok, fullLine}}})
	})
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Mode().Perm() != 0o600 {
		t.Errorf("others can read passwords: %v", info.Mode())
	}
}

func TestNewRefusesWhatItDoesNotKnow(t *testing.T) {
	for _, tc := range []struct {
		options Options
		want    string
	}{
		{Options{Deviate: []string{"x"}}, `add site main: there is no deviation "x"`},
		{Options{Dialect: []string{"x"}}, `add site main: there is no dialect "x"`},
		{Options{States: map[string]string{"x": "y"}}, `there is no state "x" of scope site`},
		{Options{Sites: []string{"main"}}, `add site "main": the name is taken or empty`},
	} {
		_, err := New(context.Background(), tc.options)
		if err == nil || err.Error() != tc.want {
			t.Errorf("error %v, want %s", err, tc.want)
		}
	}
}

func TestStatesOfTheOptionsHoldOnEverySite(t *testing.T) {
	b := newBench(t, Options{States: map[string]string{StateParentPortal: stateDisabled, StateParentPortalGlobal: stateDisabled}})
	for _, at := range b.server.Sites() {
		if at.States[StateParentPortal] != stateDisabled {
			t.Errorf("site %s: %v", at.Name, at.States)
		}
	}
	if b.server.endpoint.state(StateParentPortalGlobal) != stateDisabled {
		t.Error("the endpoint's switch is on")
	}
}

func TestAddedSiteIsFreshAndBehavesAsAsked(t *testing.T) {
	b := newBench(t, Options{})
	added, err := b.server.AddSite(context.Background(), "d1", []string{"british-english"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	b.plays(added, []turn{{"readAllPersons", page("1", "5"), []string{ok, "of 0"}}})
	if _, err := b.server.AddSite(context.Background(), "d1", nil, nil); err == nil {
		t.Error("the name was taken")
	}
	// What identifies no site meets the site of the path.
	got := b.post(letter{path: added.Path + "/WCFServiceLibrary/ImsEnterpriseServicesPort.svc", body: "<x/>"})
	if diff := cmp.Diff([]string{faultOfClient}, got.lines()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if len(b.server.Reached("d1")) == 0 || len(b.server.Reached(SiteMain)) != 0 {
		t.Errorf("reached: %v, %v", b.server.Reached("d1"), b.server.Reached(SiteMain))
	}
}

// States are switched while requests come in that read them.
func TestStatesAreSwitchedWhileRequestsComeIn(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	b.plays(at, []turn{{"createPersons", pairs(student("c1", "Nils"), parent("p1", "c1")), []string{ok, ok}}})
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 20 {
				b.does(at, "updatePerson", subject{key: "p1", children: []string{"c1"}}.xml())
			}
		})
	}
	group.Go(func() {
		for range 20 {
			b.portal(ScopeSite, stateDisabled)
			b.portal(ScopeSite, stateEnabled)
		}
	})
	group.Wait()
	b.plays(at, []turn{{"readPerson", key("p1"), []string{ok, petra + " Child=c1"}}})
}

func TestAddedSiteIsEmptyAlsoInAnOldDatabase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sandbox.db")
	for range 2 {
		t.Run("run", func(t *testing.T) {
			b := newBench(t, Options{Data: file})
			added, err := b.server.AddSite(context.Background(), "extra", nil, nil)
			if err != nil {
				t.Fatal(err)
			}
			b.plays(added, []turn{
				{"readPerson", key("k1"), []string{unknown("k1")}},
				{"createPerson", student("k1", "Ida").xml(), []string{ok}},
			})
		})
	}
}

// Clients work at the same time, each with persons of its own and all with one
// parent. Afterwards everything is there, once.
func TestManyClientsAtOnce(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	b.plays(at, []turn{{"createPerson", parent("p").xml(), []string{ok}}})
	const clients, rounds = 8, 10
	var group sync.WaitGroup
	failures := make(chan string, clients*rounds)
	for client := range clients {
		group.Go(func() {
			for round := range rounds {
				k := fmt.Sprintf("k%d-%d", client, round)
				for _, step := range []turn{
					{"createPersons", pairs(student(k, "Ida"), student("shared", "Olga")), []string{ok, ok}},
					{"updatePerson", subject{key: "p", children: []string{k, "shared"}}.xml(), []string{ok}},
					{"readPerson", key(k), []string{ok, "person First=Ida Last=Sample Parent=p"}},
				} {
					if diff := cmp.Diff(step.want, b.does(at, step.operation, step.content)); diff != "" {
						failures <- step.operation + diff
					}
				}
			}
		})
	}
	group.Wait()
	close(failures)
	for f := range failures {
		t.Error(f)
	}
	var links int
	err := b.server.store.do(context.Background(), func(t *tx) error {
		_, err := t.row([]any{&links}, "SELECT count(*) FROM link WHERE person = (SELECT id FROM person WHERE key = 'p')")
		return err
	})
	if err != nil || links != clients*rounds+1 {
		t.Errorf("%d links, %v", links, err)
	}
}
