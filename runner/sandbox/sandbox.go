// Package sandbox is the reference endpoint: a real, stateful server of the
// documented services, with sites, credentials, states, deliberate faults
// (deviations) and lawful variants (dialects).
//
// It shares nothing with the code that examines endpoints but the names on the
// wire and the schema files.
package sandbox

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Options say how a sandbox is set up. The zero value is a sandbox in memory
// with random credentials.
type Options struct {
	Username string // of the default site; random when empty
	Password string // of the default site; random when empty
	Data     string // database file; empty for memory
	Clock    func() time.Time
	States   map[string]string // values of states, those of sites for all sites
	Deviate  []string          // deviations of all sites
	Dialect  []string          // dialects of all sites
	Sites    []string          // names of further sites
}

// Names of the sites that every sandbox has.
const (
	SiteMain      = "main"       // the default site
	SiteOther     = "other"      // for the separation of sites
	SitePortalOff = "portal-off" // parent portal disabled, with a linked parent
)

// Server is a running sandbox.
type Server struct {
	store    *store
	now      func() time.Time
	token    string
	endpoint *site          // states of the endpoint as a whole; no credentials
	mux      *http.ServeMux // of the control interface
	points   map[string]int // names of deviations, with their place in the table

	mu    sync.RWMutex
	sites []*site

	switching sync.Mutex // held while states are switched
}

// New opens the database and sets up the sites main, other and portal-off, and
// those of the options. With a database file, data, credentials and states of
// an earlier sandbox are kept; credentials that are given win. Unknown names of
// states, deviations and dialects are errors.
func New(ctx context.Context, o Options) (*Server, error) {
	st, err := openStore(ctx, o.Data)
	if err != nil {
		return nil, err
	}
	s := &Server{store: st, now: o.Clock, token: randomText(), endpoint: newSite(0, "the endpoint", ScopeEndpoint)}
	if s.now == nil {
		s.now = time.Now
	}
	s.mux, s.points = s.controlMux(), map[string]int{}
	for i, d := range deviations {
		s.points[d.Name] = i
	}
	if err := s.setUp(ctx, o); err != nil {
		return nil, errors.Join(err, st.close())
	}
	return s, nil
}

func (s *Server) setUp(ctx context.Context, o Options) error {
	if err := s.loadStates(ctx, s.endpoint); err != nil {
		return err
	}
	for _, name := range slices.Concat([]string{SiteMain, SiteOther, SitePortalOff}, o.Sites) {
		credentials := Site{Name: name}
		if name == SiteMain {
			credentials.Username, credentials.Password = o.Username, o.Password
		}
		if _, err := s.addSite(ctx, credentials, o.Deviate, o.Dialect); err != nil {
			return err
		}
	}
	if err := s.seed(ctx); err != nil {
		return err
	}
	return s.setStates(ctx, o.States)
}

// setStates switches the given states: those of the endpoint once, those of
// sites on each.
func (s *Server) setStates(ctx context.Context, want map[string]string) error {
	global, local := map[string]string{}, map[string]string{}
	for name, value := range want {
		if _, ok := lookupState(name, ScopeEndpoint); ok {
			global[name] = value
		} else {
			local[name] = value
		}
	}
	if _, err := s.switchStates(ctx, s.endpoint, ScopeEndpoint, global); err != nil {
		return err
	}
	for _, at := range s.sites {
		if _, err := s.switchStates(ctx, at, ScopeSite, local); err != nil {
			return err
		}
	}
	return nil
}

// AddSite adds a fresh, empty site with random credentials, all states at their
// defaults. A name that is taken, or an unknown deviation or dialect, is an
// error.
func (s *Server) AddSite(ctx context.Context, name string, deviate, dialect []string) (Site, error) {
	added, err := s.addSite(ctx, Site{Name: name}, deviate, dialect)
	if err != nil {
		return Site{}, err
	}
	// The database may hold a site of that name from an earlier sandbox.
	if err := s.store.do(ctx, func(t *tx) error { return errors.Join(t.emptySite(added.id), t.seedRoot(added.id)) }); err != nil {
		return Site{}, fmt.Errorf("empty site %s: %w", name, err)
	}
	return added.public(), nil
}

func (s *Server) addSite(ctx context.Context, want Site, deviate, dialect []string) (*site, error) {
	b, err := newBehaviour(deviate, dialect)
	if err != nil {
		return nil, fmt.Errorf("add site %s: %w", want.Name, err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.siteNamed(want.Name) != nil || want.Name == "" {
		return nil, fmt.Errorf("add site %q: the name is taken or empty", want.Name)
	}
	id, err := s.storeSite(ctx, &want)
	if err != nil {
		return nil, fmt.Errorf("add site %s: %w", want.Name, err)
	}
	added := newSite(id, want.Name, ScopeSite)
	added.username, added.password = want.Username, want.Password
	added.doing.Store(b)
	if s.siteOfUser(added.username) != nil {
		return nil, fmt.Errorf("add site %s: the user name %q belongs to another site", want.Name, added.username)
	}
	if err := s.loadStates(ctx, added); err != nil {
		return nil, fmt.Errorf("add site %s: %w", want.Name, err)
	}
	added.anchors[anchorRootGroup] = rootKey
	if err := s.store.do(ctx, func(t *tx) error { return t.seedRoot(added.id) }); err != nil {
		return nil, fmt.Errorf("make the main organisation of site %s: %w", want.Name, err)
	}
	s.sites = append(s.sites, added)
	return added, nil
}

// storeSite finds the site in the database or adds it. Credentials that are not
// given are those of the database, or random.
func (s *Server) storeSite(ctx context.Context, want *Site) (id int64, err error) {
	err = s.store.do(ctx, func(t *tx) error {
		var username, password string
		known, err := t.row([]any{&id, &username, &password}, "SELECT id, username, password FROM site WHERE name = ?", want.Name)
		if err != nil {
			return err
		}
		if !known {
			username, password = want.Name+"-"+randomText()[:8], randomText()
		}
		if want.Username == "" {
			want.Username = username
		}
		if want.Password == "" {
			want.Password = password
		}
		if known {
			return t.exec("UPDATE site SET username = ?, password = ? WHERE id = ?", want.Username, want.Password, id)
		}
		result, err := t.result("INSERT INTO site (name, username, password) VALUES (?, ?, ?)", want.Name, want.Username, want.Password)
		if err != nil {
			return err
		}
		id, err = result.LastInsertId()
		return err
	})
	return id, err
}

// loadStates takes over the states that the database holds for a site.
func (s *Server) loadStates(ctx context.Context, at *site) error {
	return s.store.do(ctx, func(t *tx) error {
		return t.rows(func(scan func(dest ...any) error) error {
			var name, value string
			if err := scan(&name, &value); err != nil {
				return err
			}
			if _, known := at.states[name]; known {
				at.states[name] = value
			}
			return nil
		}, "SELECT name, value FROM state WHERE site = ?", at.id)
	})
}

// siteNamed returns the site with that name, or nil; the caller holds mu.
func (s *Server) siteNamed(name string) *site {
	for _, at := range s.sites {
		if at.name == name {
			return at
		}
	}
	return nil
}

// others returns the numbers of all sites but one.
func (s *Server) others(than *site) []int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var ids []int64
	for _, at := range s.sites {
		if at != than {
			ids = append(ids, at.id)
		}
	}
	return ids
}

// siteOfUser returns the site that a user name selects, or nil; the caller
// holds mu.
func (s *Server) siteOfUser(username string) *site {
	for _, at := range s.sites {
		if at.username == username {
			return at
		}
	}
	return nil
}

// Sites returns all sites, the default site first.
func (s *Server) Sites() []Site {
	s.mu.RLock()
	defer s.mu.RUnlock()
	list := make([]Site, len(s.sites))
	for i, at := range s.sites {
		list[i] = at.public()
	}
	return list
}

// ControlToken returns the token of the control interface, new for each Server.
func (s *Server) ControlToken() string { return s.token }

// Close closes the database. Requests must have ended.
func (s *Server) Close() error { return s.store.close() }

// randomText returns 32 hexadecimal digits that nobody can guess.
func randomText() string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails; see crypto/rand
	return hex.EncodeToString(b)
}
