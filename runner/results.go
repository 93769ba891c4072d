package runner

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"esconform/reports"
)

// Results hands out results as they come. The zero value is not ready; see
// NewResults. Its methods may be called from several goroutines.
type Results struct {
	mu    sync.Mutex
	slots map[string]*slot
	ended chan struct{}
	err   error // why the run ended; read after ended is closed
}

// slot is the place of one result: filled before done is closed.
type slot struct {
	done   chan struct{}
	result reports.Result
	filled bool
}

// ErrNoResult is returned by Await for a case that the run ended without.
var ErrNoResult = errors.New("the run ended without a result")

// NewResults returns an empty holder, to be given to a run and to whoever awaits.
func NewResults() *Results {
	return &Results{slots: make(map[string]*slot), ended: make(chan struct{})}
}

// Await returns the result of a case as soon as there is one. It returns the
// context's error when that ends first, and ErrNoResult, with the run's own error if
// it had one, when the run ends without a result for the id.
func (r *Results) Await(ctx context.Context, id string) (reports.Result, error) {
	s := r.slot(id)
	select {
	case <-s.done:
		return s.result, nil
	case <-ctx.Done():
		return reports.Result{}, fmt.Errorf("await %s: %w", id, context.Cause(ctx))
	case <-r.ended:
	}
	select { // a result that came with the end counts
	case <-s.done:
		return s.result, nil
	default:
		return reports.Result{}, fmt.Errorf("await %s: %w", id, errors.Join(ErrNoResult, r.err))
	}
}

// put stores a result; the first one of an id counts.
func (r *Results) put(result reports.Result) {
	s := r.slot(result.ID)
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.filled {
		return
	}
	s.result, s.filled = result, true
	close(s.done)
}

// end tells everyone who still waits that no more results come.
func (r *Results) end(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	select {
	case <-r.ended:
	default:
		r.err = err
		close(r.ended)
	}
}

func (r *Results) slot(id string) *slot {
	r.mu.Lock()
	defer r.mu.Unlock()
	s, ok := r.slots[id]
	if !ok {
		s = &slot{done: make(chan struct{})}
		r.slots[id] = s
	}
	return s
}
