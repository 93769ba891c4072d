package sandbox

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// controlPath is where the control interface begins.
const controlPath = "/control/"

// A controlError is an answer of the control interface that is not a success.
type controlError struct {
	status int
	text   string
}

func (e *controlError) Error() string { return e.text }

func refuse(status int, format string, args ...any) error {
	return &controlError{status, fmt.Sprintf(format, args...)}
}

// A controlHandler answers with a value that is sent as JSON; nil for none.
type controlHandler func(s *Server, r *http.Request, at *site) (any, error)

// controlRoutes are the requests that the control interface knows. A pattern
// with {site} is given that site.
var controlRoutes = [...]struct {
	pattern string
	serve   controlHandler
}{
	{"GET /control/sites", controlSites},
	{"GET /control/states", controlEndpointStates},
	{"PUT /control/states", controlSwitchEndpoint},
	{"PUT /control/sites/{site}/states", controlSwitchSite},
	{"PUT /control/sites/{site}/behaviour", controlBehaviour},
	{"GET /control/sites/{site}/reached", controlReached},
	{"DELETE /control/sites/{site}/reached", controlForgetReached},
	{"GET /control/sites/{site}/objects", controlListObjects},
	{"POST /control/sites/{site}/objects", controlMakeObject},
	{"DELETE /control/sites/{site}/objects", controlRemoveObjects},
}

// controlMux builds the router of the control interface.
func (s *Server) controlMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, route := range controlRoutes {
		mux.HandleFunc(route.pattern, func(w http.ResponseWriter, r *http.Request) {
			value, err := s.control(route.serve, r)
			writeControl(w, value, err)
		})
	}
	return mux
}

// serveControl lets requests through that come from this machine and carry the
// token.
func (s *Server) serveControl(w http.ResponseWriter, r *http.Request) {
	switch {
	case !fromLoopback(r.RemoteAddr):
		writeControl(w, nil, refuse(http.StatusForbidden, "the control interface answers on the loopback interface only"))
	case !s.authorised(r):
		w.Header().Set("WWW-Authenticate", `Bearer realm="control"`)
		writeControl(w, nil, refuse(http.StatusUnauthorized, "the control token is missing or wrong"))
	default:
		s.mux.ServeHTTP(w, r)
	}
}

func (s *Server) authorised(r *http.Request) bool {
	given, found := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return found && sameText(given, s.token)
}

func fromLoopback(remote string) bool {
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		return false
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

func (s *Server) control(serve controlHandler, r *http.Request) (any, error) {
	name := r.PathValue("site")
	if name == "" {
		return serve(s, r, nil)
	}
	s.mu.RLock()
	at := s.siteNamed(name)
	s.mu.RUnlock()
	if at == nil {
		return nil, refuse(http.StatusNotFound, "there is no site %q", name)
	}
	return serve(s, r, at)
}

func writeControl(w http.ResponseWriter, value any, err error) {
	status := http.StatusOK
	if err != nil {
		status = http.StatusInternalServerError
		if known := (*controlError)(nil); errors.As(err, &known) {
			status = known.status
		}
		value = map[string]string{"error": err.Error()}
	}
	if value == nil {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // a client that is gone needs no answer
}

// readControl reads a JSON body.
func readControl(r *http.Request, into any) error {
	decoder := json.NewDecoder(http.MaxBytesReader(nil, r.Body, maxBody))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return refuse(http.StatusBadRequest, "read the body as JSON: %v", err)
	}
	return nil
}

type siteView struct {
	Name     string            `json:"name"`
	Username string            `json:"username"`
	Path     string            `json:"path"`
	States   map[string]string `json:"states"`
	Anchors  map[string]string `json:"anchors"`
}

func controlSites(s *Server, _ *http.Request, _ *site) (any, error) {
	views := []siteView{}
	for _, at := range s.Sites() {
		views = append(views, siteView{at.Name, at.Username, at.Path, at.States, at.Anchors})
	}
	return views, nil
}

func controlEndpointStates(s *Server, _ *http.Request, _ *site) (any, error) {
	return s.endpoint.public().States, nil
}

func controlSwitchEndpoint(s *Server, r *http.Request, _ *site) (any, error) {
	return s.controlSwitch(r, s.endpoint, ScopeEndpoint)
}

func controlSwitchSite(s *Server, r *http.Request, at *site) (any, error) {
	return s.controlSwitch(r, at, ScopeSite)
}

func (s *Server) controlSwitch(r *http.Request, at *site, scope string) (any, error) {
	want := map[string]string{}
	if err := readControl(r, &want); err != nil {
		return nil, err
	}
	if err := checkStates(scope, want); err != nil {
		return nil, refuse(http.StatusBadRequest, "%v", err)
	}
	return s.switchStates(r.Context(), at, scope, want)
}

func controlBehaviour(_ *Server, r *http.Request, at *site) (any, error) {
	var want struct {
		Deviate []string `json:"deviate"`
		Dialect []string `json:"dialect"`
	}
	if err := readControl(r, &want); err != nil {
		return nil, err
	}
	b, err := newBehaviour(want.Deviate, want.Dialect)
	if err != nil {
		return nil, refuse(http.StatusBadRequest, "%v", err)
	}
	at.doing.Store(b)
	return nil, nil
}

func controlReached(s *Server, _ *http.Request, at *site) (any, error) {
	return append([]string{}, s.Reached(at.name)...), nil
}

func controlForgetReached(s *Server, _ *http.Request, at *site) (any, error) {
	s.ResetReached(at.name)
	return nil, nil
}

// Reached returns the names of the deviations whose place in the code requests
// to a site have come to since ResetReached, sorted.
func (s *Server) Reached(name string) []string {
	s.mu.RLock()
	at := s.siteNamed(name)
	s.mu.RUnlock()
	var names []string
	if at != nil {
		for i := range at.reached {
			if at.reached[i].Load() {
				names = append(names, deviations[i].Name)
			}
		}
	}
	slices.Sort(names)
	return names
}

// ResetReached forgets what requests to a site have reached.
func (s *Server) ResetReached(name string) {
	s.mu.RLock()
	at := s.siteNamed(name)
	s.mu.RUnlock()
	if at == nil {
		return
	}
	for i := range at.reached {
		at.reached[i].Store(false)
	}
}
