package sandbox

import (
	"net/http"
	"strings"

	"esconform/runner/wire"
)

// maxBody bounds a request in bytes.
const maxBody = 16 << 20

// sitePath is the beginning of a path that names a site.
const sitePath = "/site/"

// services are the port types that the endpoint serves, the combined port
// last.
var services = [...]string{wire.ServicePerson, wire.ServiceExtendedPerson, wire.ServiceGroup, wire.ServiceMembership, wire.CombinedPort}

// Handler serves the services below wire.PathPrefix, their WSDLs at ?wsdl and
// ?singleWsdl, and the control interface below /control/. Before the path of a
// service may stand the Path of a Site.
func (s *Server) Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, controlPath) {
			s.serveControl(w, r)
			return
		}
		at, path, ok := s.splitPath(r.URL.Path)
		if !ok {
			http.NotFound(w, r)
			return
		}
		for _, service := range services {
			if path == wire.ServicePath(service) {
				s.serveService(w, r, at, service)
				return
			}
		}
		http.NotFound(w, r)
	})
}

// splitPath takes the name of a site off a path. Without one, requests that do
// not say which site they are for meet the default site.
func (s *Server) splitPath(path string) (at *site, rest string, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	named, found := strings.CutPrefix(path, sitePath)
	if !found {
		return s.sites[0], path, true
	}
	name, rest, _ := strings.Cut(named, "/")
	at = s.siteNamed(name)
	return at, "/" + rest, at != nil
}

func (s *Server) serveService(w http.ResponseWriter, r *http.Request, at *site, service string) {
	single, described := metadata(r)
	switch {
	case described:
		s.serveDescription(w, r, at, service, single)
	case r.Method != http.MethodPost && !s.takesAnyMethod(at):
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "send a SOAP message with POST, or read ?wsdl", http.StatusMethodNotAllowed)
	case !isXML(r.Header.Get("Content-Type")):
		http.Error(w, "the content type must be text/xml", http.StatusUnsupportedMediaType)
	default:
		s.serveMessage(w, r, at, service)
	}
}

// isXML accepts the media type of SOAP 1.1, and none.
func isXML(contentType string) bool {
	mediaType, _, _ := strings.Cut(contentType, ";")
	mediaType = strings.ToLower(strings.TrimSpace(mediaType))
	return mediaType == "" || mediaType == "text/xml"
}
