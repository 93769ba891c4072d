package sandbox

import (
	"errors"
	"io"
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
var services = [...]string{wire.ServicePerson, wire.ServiceExtendedPerson, wire.CombinedPort}

// Handler serves the services below wire.PathPrefix, their WSDLs at ?wsdl and
// ?singleWsdl, and the control interface below /control/.
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
		serveWSDL(w, r, service, single)
	case r.Method != http.MethodPost:
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

// serveMessage answers one SOAP message. Whatever happens, it is answered by an
// envelope.
func (s *Server) serveMessage(w http.ResponseWriter, r *http.Request, at *site, service string) {
	c := &call{ctx: r.Context(), server: s}
	c.enter(at)
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var (
		a answer
		f *fault
	)
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		f = faultClient("The message is too large.")
	} else if err != nil {
		return // the client is gone
	} else {
		a, f = c.answer(r, body, service)
	}
	if f != nil {
		a = f.answer()
	}
	c.behaviour.style.write(w, r, c.corrupt(a))
}

// answer carries a message out.
func (c *call) answer(r *http.Request, body []byte, service string) (a answer, f *fault) {
	defer func() {
		if recover() != nil {
			a, f = answer{}, faultInternal()
		}
	}()
	text, err := toUTF8(body, r.Header.Get("Content-Type"))
	if err != nil {
		return answer{}, faultClient(err.Error())
	}
	root, err := parse(text)
	if err != nil {
		return answer{}, faultClient(err.Error())
	}
	if c.env, f = openEnvelope(root); f != nil {
		return answer{}, f
	}
	if f := c.authenticate(); f != nil {
		return answer{}, f
	}
	if block := c.env.misunderstood(); block != nil {
		return answer{}, faultMustUnderstand(block.name)
	}
	serve, f := c.dispatch(actionOf(r.Header.Get("SOAPAction")), service)
	if f != nil {
		return answer{}, f
	}
	rep, f, err := serve(c, c.env.body)
	if err != nil {
		return answer{}, faultInternal()
	}
	if f != nil {
		return answer{}, f
	}
	return c.envelop(rep), nil
}

// authenticate finds the site that the credentials select.
func (c *call) authenticate() *fault {
	tok, f := readToken(c.env.security)
	if f != nil {
		return f
	}
	c.server.mu.RLock()
	at := c.server.siteOfUser(tok.username)
	c.server.mu.RUnlock()
	if at == nil {
		return faultFailedAuthentication()
	}
	c.enter(at)
	now := c.server.now()
	if !tok.verify(at.password, now) {
		return faultFailedAuthentication()
	}
	return checkTimestamp(c.env.security, now)
}

// enter makes a site the one that the call is about.
func (c *call) enter(at *site) { c.site, c.behaviour = at, at.doing.Load() }

// dispatch finds the operation by the SOAPAction, and demands that the service
// has it and that the Body holds its request element.
func (c *call) dispatch(action, service string) (handler, *fault) {
	op, known := wire.LookupAction(action)
	if !known || service != wire.CombinedPort && op.Service != service {
		return nil, faultActionNotSupported(action)
	}
	serve := handlerOf(op.Name)
	if serve == nil {
		return nil, faultActionNotSupported(action)
	}
	if c.env.body == nil || c.env.body.name != op.Request {
		return nil, faultDeserialization("the Body does not hold " + op.Request.Local + ".")
	}
	c.op = op
	return serve, nil
}
