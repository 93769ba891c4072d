package sandbox

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// A Site is what a pair of credentials selects: data, states and behaviour of
// its own.
type Site struct {
	Name     string
	Username string
	Password string
	States   map[string]string
	// Anchors are names of objects that exist on the site from the start, with
	// their keys.
	Anchors map[string]string
	// Path, before the path of a service, says whose behaviour a request meets
	// that does not say itself which site it is for, because it has no
	// credentials or cannot be read. Credentials always select the site.
	Path string
}

// site is a Site at work. The endpoint as a whole is one without credentials,
// for its states.
type site struct {
	id       int64
	name     string
	username string
	password string
	anchors  map[string]string
	doing    atomic.Pointer[behaviour]
	reached  []atomic.Bool // by index of the deviation
	nonces   nonceRegister

	mu     sync.RWMutex
	states map[string]string
}

// A behaviour is what a site does on purpose: deviations, readings and a style
// of writing.
type behaviour struct {
	deviations []bool // by index of the deviation
	deviate    []string
	dialect    []string
	style      style
}

func newSite(id int64, name, scope string) *site {
	s := &site{id: id, name: name, anchors: map[string]string{}, states: map[string]string{}, reached: make([]atomic.Bool, len(deviations))}
	for _, state := range States() {
		if state.Scope == scope {
			s.states[state.Name] = state.Default
		}
	}
	s.doing.Store(&behaviour{deviations: make([]bool, len(deviations))})
	return s
}

// state returns the value of a switch.
func (s *site) state(name string) string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.states[name]
}

// public returns the site as its users see it.
func (s *site) public() Site {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return Site{Name: s.name, Username: s.username, Password: s.password, States: maps.Clone(s.states), Anchors: maps.Clone(s.anchors), Path: sitePath + s.name}
}

// newBehaviour checks names of deviations and dialects and puts a behaviour
// together.
func newBehaviour(deviate, dialect []string) (*behaviour, error) {
	b := &behaviour{deviations: make([]bool, len(deviations)), deviate: slices.Clone(deviate), dialect: slices.Clone(dialect)}
	for _, name := range deviate {
		i := deviationIndex(name)
		if i < 0 {
			return nil, fmt.Errorf("there is no deviation %q", name)
		}
		b.deviations[i] = true
	}
	known := Dialects()
	for _, name := range dialect {
		if !slices.ContainsFunc(known, func(d Dialect) bool { return d.Name == name }) {
			return nil, fmt.Errorf("there is no dialect %q", name)
		}
	}
	b.style = styleOf(dialect)
	return b, nil
}

// checkStates says which of the wanted states or values does not exist.
func checkStates(scope string, want map[string]string) error {
	for name, value := range want {
		state, ok := lookupState(name, scope)
		if !ok {
			return fmt.Errorf("there is no state %q of scope %s", name, scope)
		}
		if !slices.Contains(state.Values, value) {
			return fmt.Errorf("state %s cannot be %q, only one of %q", name, value, state.Values)
		}
	}
	return nil
}

// switchStates sets states of a site or, with the endpoint's own, of the whole
// endpoint, and returns what they were. Either all are set or none.
func (s *Server) switchStates(ctx context.Context, at *site, scope string, want map[string]string) (map[string]string, error) {
	if err := checkStates(scope, want); err != nil {
		return nil, err
	}
	// A request reads states while it holds the database, so a switch must not
	// wait for the database while it holds the states.
	s.switching.Lock()
	defer s.switching.Unlock()
	before := map[string]string{}
	err := s.store.do(ctx, func(t *tx) error {
		for name, value := range want {
			before[name] = at.state(name)
			if err := t.exec("INSERT INTO state (site, name, value) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value", at.id, name, value); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("store states of %s: %w", at.name, err)
	}
	at.mu.Lock()
	defer at.mu.Unlock()
	maps.Copy(at.states, want)
	return before, nil
}
