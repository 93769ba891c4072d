package exchange

import (
	"context"
	"sync"

	"esconform/runner/plan"
)

// schedule hands the items of a plan out, phase by phase, so that an item which
// needs a site or the endpoint for itself has it.
type schedule struct {
	items   []plan.Item
	mu      sync.Mutex
	changed *sync.Cond
	pending []int // indexes into items, in order of execution
	running int
	sites   map[string]*use
	all     use        // of the endpoint
	current plan.Phase // of what runs, when anything does
	stopped bool
}

// use counts who uses a site, or the endpoint.
type use struct {
	shared    int
	exclusive bool
}

func newSchedule(p plan.Plan) *schedule {
	s := &schedule{items: p.Items, pending: append([]int(nil), p.Order...), sites: map[string]*use{}}
	s.changed = sync.NewCond(&s.mu)
	for _, site := range p.Target.Sites {
		s.sites[site.Name] = &use{}
	}
	return s
}

// next waits for an item that may run now. ok is false when there is none left, or
// the run was stopped.
func (s *schedule) next() (item int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for !s.stopped && len(s.pending) > 0 {
		if at, found := s.runnable(); found {
			item = s.pending[at]
			if at == 0 {
				s.pending = s.pending[1:]
			} else {
				s.pending = append(s.pending[:at:at], s.pending[at+1:]...)
			}
			s.take(s.items[item], 1)
			return item, true
		}
		s.changed.Wait()
	}
	return 0, false
}

// runnable finds the first pending item of the current phase whose site is free. A
// phase begins only when everything of the one before has ended.
func (s *schedule) runnable() (int, bool) {
	phase := s.items[s.pending[0]].Phase()
	if s.running > 0 && phase != s.current {
		return 0, false
	}
	for at, index := range s.pending {
		item := s.items[index]
		if item.Phase() != phase {
			break
		}
		if s.free(item) {
			return at, true
		}
	}
	return 0, false
}

func (s *schedule) free(item plan.Item) bool {
	own, other := s.sites[item.Site], s.sites[item.Other]
	switch {
	case s.all.exclusive:
		return false
	case item.Lock == plan.LockEndpoint:
		return s.running == 0
	case own == nil:
		return true // a site that does not exist: the case will say so
	case own.exclusive || other != nil && other.exclusive:
		return false
	case item.Lock == plan.LockSite:
		return own.shared == 0
	}
	return true
}

// take marks the use of an item's sites, or with -1 its end.
func (s *schedule) take(item plan.Item, by int) {
	s.running += by
	s.current = item.Phase()
	if item.Lock == plan.LockEndpoint {
		s.all.exclusive = by > 0
		return
	}
	own := s.sites[item.Site]
	switch {
	case own == nil:
	case item.Lock == plan.LockSite:
		own.exclusive = by > 0
	default:
		own.shared += by
	}
	if other := s.sites[item.Other]; other != nil {
		other.shared += by
	}
}

// done frees what an item used.
func (s *schedule) done(item int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.take(s.items[item], -1)
	s.changed.Broadcast()
}

// stop makes next return at once.
func (s *schedule) stop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.stopped = true
	s.changed.Broadcast()
}

// stopWith stops the schedule when a context ends.
func (s *schedule) stopWith(ctx context.Context) (release func() bool) {
	return context.AfterFunc(ctx, s.stop)
}
