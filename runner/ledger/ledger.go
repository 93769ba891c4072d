package ledger

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"
)

// Ledger is the open ledger of a run. It may be used by several goroutines.
type Ledger struct {
	path   string
	header Header
	file   file
	now    func() time.Time

	flush sync.Mutex // held while a batch is written and synced
	mu    sync.Mutex // guards what follows
	batch *batch     // lines that wait for the next sync; nil when none do
	open  Standing
	err   error // the first write error; a torn file must not be written to again
}

// file is what a ledger needs of its file; tests record the order of calls.
type file interface {
	Write([]byte) (int, error)
	Sync() error
	Close() error
}

// batch is a group of lines that are written and synced together.
type batch struct {
	lines []byte
	done  chan struct{}
	err   error
}

// Create makes a new ledger. The header is on disk when Create returns. An existing
// file is an error: a ledger is never overwritten.
func Create(path string, header Header) (*Ledger, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, fmt.Errorf("create ledger %s: %w", path, err)
	}
	l, err := start(f, path, header)
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("create ledger %s: %w", path, err)
	}
	// The name of the file must survive a crash too.
	if dir, err := os.Open(filepath.Dir(path)); err == nil {
		_ = dir.Sync() // not every file system can; the lines are synced all the same
		dir.Close()
	}
	return l, nil
}

// start writes the header.
func start(f file, path string, header Header) (*Ledger, error) {
	l := &Ledger{path: path, header: header, file: f, now: time.Now}
	b := &batch{done: make(chan struct{})}
	b.add(line{Event: eventHeader, Header: &header})
	l.commit(b)
	return l, b.err
}

// Header returns the header.
func (l *Ledger) Header() Header { return l.header }

// Path returns the name of the ledger's file.
func (l *Ledger) Path() string { return l.path }

// Open returns what is still there, in the order in which it was intended.
func (l *Ledger) Open() []Entry {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.open.Entries()
}

// Intend records what a request is going to make or change. When it returns nil the
// entries are on disk, and only then may the request be sent. Callers at the same
// time share one sync. Entries that are open already are not written again.
func (l *Ledger) Intend(ctx context.Context, entries ...Entry) error {
	l.mu.Lock()
	at := l.now().UTC()
	fresh := make([]Entry, 0, len(entries))
	for _, e := range entries {
		e.At = at
		if l.open.Add(e) {
			fresh = append(fresh, e)
		}
	}
	// Joined under the same lock: an entry that another caller has just opened is
	// then in this batch or in an earlier one, so nobody goes ahead of its sync.
	b, leader := l.join(eventIntend, fresh)
	l.mu.Unlock()
	return l.await(ctx, b, leader)
}

// Removed records that entries are no longer there.
func (l *Ledger) Removed(ctx context.Context, entries ...Entry) error {
	l.mu.Lock()
	at := l.now().UTC()
	gone := slices.Clone(entries)
	for i := range gone {
		gone[i].At = at
	}
	b, leader := l.join(eventRemoved, gone)
	l.mu.Unlock()
	if err := l.await(ctx, b, leader); err != nil {
		return err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, e := range gone {
		l.open.Remove(e)
	}
	return nil
}

// Close syncs and closes the file.
func (l *Ledger) Close() error {
	l.flush.Lock()
	defer l.flush.Unlock()
	if err := errors.Join(l.file.Sync(), l.file.Close()); err != nil {
		return fmt.Errorf("close ledger %s: %w", l.path, err)
	}
	return nil
}

// join adds lines to the batch that waits for the next sync. The first caller of a
// batch leads it: it writes for all that join while it waits for its turn (group
// commit). The caller holds mu.
func (l *Ledger) join(event string, entries []Entry) (b *batch, leader bool) {
	if l.batch == nil {
		l.batch, leader = &batch{done: make(chan struct{})}, true
	}
	for i := range entries {
		l.batch.add(line{Event: event, Entry: &entries[i]})
	}
	return l.batch, leader
}

func (b *batch) add(l line) {
	data, err := json.Marshal(l)
	if err != nil {
		b.err = errors.Join(b.err, err)
		return
	}
	b.lines = append(append(b.lines, data...), '\n')
}

// await returns when the batch is on disk.
func (l *Ledger) await(ctx context.Context, b *batch, leader bool) error {
	if leader {
		l.commit(b)
	} else {
		select {
		case <-b.done:
		case <-ctx.Done():
			return fmt.Errorf("record in ledger %s: %w", l.path, context.Cause(ctx))
		}
	}
	if b.err != nil {
		return fmt.Errorf("record in ledger %s: %w", l.path, b.err)
	}
	return nil
}

func (l *Ledger) commit(b *batch) {
	l.flush.Lock()
	defer l.flush.Unlock()
	l.mu.Lock()
	if l.batch == b {
		l.batch = nil // later callers start the next batch
	}
	err := l.err
	l.mu.Unlock()
	if err = errors.Join(b.err, err); err == nil {
		err = l.write(b.lines)
	}
	b.err = err
	close(b.done)
}

func (l *Ledger) write(lines []byte) error {
	if len(lines) == 0 {
		return nil
	}
	_, err := l.file.Write(lines)
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		l.mu.Lock()
		l.err = err
		l.mu.Unlock()
	}
	return err
}
