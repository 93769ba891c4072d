package ledger

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func header() Header {
	return Header{Run: "run-1", Target: "http://127.0.0.1:1", Started: time.Date(2030, 1, 1, 8, 0, 0, 0, time.UTC), Suite: "1"}
}

func create(t *testing.T) *Ledger {
	t.Helper()
	l, err := Create(filepath.Join(t.TempDir(), "ledger.jsonl"), header())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l
}

func intend(t *testing.T, l *Ledger, entries ...Entry) {
	t.Helper()
	if err := l.Intend(context.Background(), entries...); err != nil {
		t.Fatal(err)
	}
}

// keys shows entries as kind:site:key.
func keys(entries []Entry) []string {
	var all []string
	for _, e := range entries {
		all = append(all, fmt.Sprintf("%s:%s:%s", e.Kind, e.Site, e.Key))
	}
	return all
}

func TestWhatWasIntendedAndNotRemovedIsStillThere(t *testing.T) {
	l := create(t)
	intend(t, l, Objects(Person, "s/1", "main", "k1", "k2")...)
	intend(t, l, Entry{Scenario: "s/1", Site: "main", Kind: Tag, Key: "t1"}, Entry{Scenario: "s/1", Site: "main", Kind: State, Key: "parentPortal", From: "enabled"})
	intend(t, l, Objects(Person, "s/2", "other", "k1")...)
	if err := l.Removed(context.Background(), Objects(Person, "s/1", "main", "k1")...); err != nil {
		t.Fatal(err)
	}
	want := []string{"person:main:k2", "tag:main:t1", "state:main:parentPortal", "person:other:k1"}
	if diff := cmp.Diff(want, keys(l.Open())); diff != "" {
		t.Errorf("in memory (-want +got)\n%s", diff)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	again, err := Open(l.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if diff := cmp.Diff(l.Open(), again.Open()); diff != "" {
		t.Errorf("read again (-written +read)\n%s", diff)
	}
	if diff := cmp.Diff(header(), again.Header()); diff != "" {
		t.Errorf("header (-want +got)\n%s", diff)
	}
}

func TestAnEntryIsWrittenOnce(t *testing.T) {
	l := create(t)
	intend(t, l, Entry{Scenario: "first", Site: "main", Kind: State, Key: "parentPortal", From: "enabled"})
	intend(t, l, Entry{Scenario: "first", Site: "main", Kind: State, Key: "parentPortal", From: "disabled"})
	data, err := os.ReadFile(l.Path())
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(data), "\n"); n != 2 {
		t.Errorf("%d lines\n%s", n, data)
	}
	if from := l.Open()[0].From; from != "enabled" {
		t.Errorf("the value before the first switch is lost: %q", from)
	}
}

func TestKeysThatAnEndpointMayCutAreEnteredCutToo(t *testing.T) {
	long, longer := strings.Repeat("å", 65), strings.Repeat("b", 256)
	got := keys(Objects(Person, "s", "main", "short", "", long, longer))
	want := []string{
		"person:main:short",
		"person:main:" + long, "person:main:" + strings.Repeat("å", 64),
		"person:main:" + longer, "person:main:" + strings.Repeat("b", 64), "person:main:" + strings.Repeat("b", 255),
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAnExistingLedgerIsNeverOverwritten(t *testing.T) {
	l := create(t)
	if _, err := Create(l.Path(), header()); !errors.Is(err, os.ErrExist) {
		t.Errorf("got %v", err)
	}
}

func TestATornLastLineIsCutOff(t *testing.T) {
	l := create(t)
	intend(t, l, Objects(Person, "s", "main", "k1")...)
	l.Close()
	whole, err := os.ReadFile(l.Path())
	if err != nil {
		t.Fatal(err)
	}
	for name, torn := range map[string]string{
		"half a line":                `{"event":"intend","entry":{"scen`,
		"a line without its end":     `{"event":"removed","entry":{"scenario":"s","site":"main","kind":"person","key":"k1"}}`,
		"zeros where a block was":    "\x00\x00\x00\x00",
		"a broken line with its end": "{\"event\":\x00\x00\n",
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "ledger.jsonl")
			if err := os.WriteFile(path, append(whole[:len(whole):len(whole)], torn...), 0o600); err != nil {
				t.Fatal(err)
			}
			again, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			intend(t, again, Objects(Person, "s", "main", "k2")...)
			again.Close()
			third, err := Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer third.Close()
			if diff := cmp.Diff([]string{"person:main:k1", "person:main:k2"}, keys(third.Open())); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestFilesThatAreNoLedgerAreRefused(t *testing.T) {
	for name, data := range map[string]string{
		"empty":                   "",
		"something else":          "hello\n",
		"no header":               `{"event":"intend","entry":{"key":"k"}}` + "\n",
		"a header that is torn":   `{"event":"header","hea`,
		"a broken line inside":    `{"event":"header","header":{"run":"r"}}` + "\nbroken\n" + `{"event":"intend","entry":{"key":"k"}}` + "\n",
		"a header without a body": `{"event":"header"}` + "\n",
	} {
		path := filepath.Join(t.TempDir(), "ledger.jsonl")
		if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); err == nil {
			t.Errorf("%s was accepted", name)
		}
		if after, _ := os.ReadFile(path); string(after) != data {
			t.Errorf("%s was changed", name)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a missing file: %v", err)
	}
}

// fakeFile records the order of calls, and can be held up or made to fail.
type fakeFile struct {
	mu    sync.Mutex
	calls []string
	hold  chan struct{} // when set, Sync waits for it
	begun chan struct{} // when set, told when Sync begins
	fail  error
}

func (f *fakeFile) Write(p []byte) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.fail != nil {
		return 0, f.fail
	}
	f.calls = append(f.calls, fmt.Sprintf("write %d", strings.Count(string(p), "\n")))
	return len(p), nil
}

func (f *fakeFile) Sync() error {
	if f.begun != nil {
		f.begun <- struct{}{}
	}
	if f.hold != nil {
		<-f.hold
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, "sync")
	return f.fail
}

func (f *fakeFile) Close() error { return nil }

func TestIntendReturnsAfterTheSync(t *testing.T) {
	f := &fakeFile{}
	l, err := start(f, "fake", header())
	if err != nil {
		t.Fatal(err)
	}
	intend(t, l, Objects(Person, "s", "main", "k1", "k2")...)
	f.calls = append(f.calls, "returned")
	want := []string{"write 1", "sync", "write 2", "sync", "returned"}
	if diff := cmp.Diff(want, f.calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCallersThatWaitShareOneSync(t *testing.T) {
	f := &fakeFile{}
	l, err := start(f, "fake", header())
	if err != nil {
		t.Fatal(err)
	}
	f.calls, f.hold, f.begun = nil, make(chan struct{}), make(chan struct{}, 4)
	var group sync.WaitGroup
	group.Go(func() { intend(t, l, Objects(Person, "s", "main", "first")...) })
	<-f.begun // the first is being synced: all others wait and gather
	const others = 20
	for i := range others {
		group.Go(func() { intend(t, l, Objects(Person, "s", "main", fmt.Sprint("k", i))...) })
	}
	for gathered := 0; gathered < others; {
		l.mu.Lock()
		if l.batch != nil {
			gathered = strings.Count(string(l.batch.lines), "\n")
		}
		l.mu.Unlock()
	}
	close(f.hold)
	group.Wait()
	want := []string{"write 1", "sync", fmt.Sprint("write ", others), "sync"}
	if diff := cmp.Diff(want, f.calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if n := len(l.Open()); n != others+1 {
		t.Errorf("%d entries are open", n)
	}
}

// Somebody who intends what another is just writing must not go ahead of its sync.
func TestNobodyGoesAheadOfASyncThatIsUnderWay(t *testing.T) {
	f := &fakeFile{}
	l, err := start(f, "fake", header())
	if err != nil {
		t.Fatal(err)
	}
	f.hold, f.begun = make(chan struct{}), make(chan struct{}, 2)
	first, second := make(chan struct{}), make(chan struct{})
	go func() { defer close(first); intend(t, l, Objects(Person, "s", "main", "k")...) }()
	<-f.begun
	go func() { defer close(second); intend(t, l, Objects(Person, "s", "main", "k")...) }()
	for joined := false; !joined; {
		l.mu.Lock()
		joined = l.batch != nil
		l.mu.Unlock()
	}
	select {
	case <-second:
		t.Error("the second caller went ahead")
	default:
	}
	close(f.hold)
	<-first
	<-second
	if diff := cmp.Diff([]string{"write 1", "sync", "write 1", "sync"}, f.calls); diff != "" {
		t.Errorf("what was there already is not written again (-want +got)\n%s", diff)
	}
}

func TestWaitingForASyncEndsWithTheContext(t *testing.T) {
	f := &fakeFile{}
	l, err := start(f, "fake", header())
	if err != nil {
		t.Fatal(err)
	}
	f.hold, f.begun = make(chan struct{}), make(chan struct{}, 4)
	done := make(chan struct{}, 2)
	go func() { intend(t, l, Objects(Person, "s", "main", "k1")...); done <- struct{}{} }()
	<-f.begun
	go func() { intend(t, l, Objects(Person, "s", "main", "k2")...); done <- struct{}{} }()
	for joined := false; !joined; {
		l.mu.Lock()
		joined = l.batch != nil
		l.mu.Unlock()
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := l.Intend(ctx, Objects(Person, "s", "main", "k3")...); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	close(f.hold)
	<-done
	<-done
}

func TestAFailedWriteIsNeverForgotten(t *testing.T) {
	f := &fakeFile{}
	l, err := start(f, "fake", header())
	if err != nil {
		t.Fatal(err)
	}
	full := errors.New("the disk is full")
	f.fail = full
	if err := l.Intend(context.Background(), Objects(Person, "s", "main", "k1")...); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
	f.fail = nil
	if err := l.Intend(context.Background(), Objects(Person, "s", "main", "k2")...); !errors.Is(err, full) {
		t.Errorf("a torn ledger was written to again: %v", err)
	}
}
