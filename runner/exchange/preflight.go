package exchange

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"esconform/runner/evidence"
	"esconform/runner/profile"
	"esconform/runner/wire"
)

// PreflightKind classifies why a run cannot begin.
type PreflightKind string

// The kinds of failed preflights.
const (
	PreflightUnreachable PreflightKind = "unreachable" // no connection, or no answer
	PreflightTLS         PreflightKind = "tls"         // the certificate or the handshake failed
	PreflightCredentials PreflightKind = "credentials" // user name or password is wrong
	PreflightNotSOAP     PreflightKind = "not-soap"    // something else than SOAP answers at this address
	PreflightRedirect    PreflightKind = "redirect"    // the endpoint is somewhere else
	PreflightFault       PreflightKind = "fault"       // a SOAP fault that is not about credentials
	PreflightControl     PreflightKind = "control"     // the control interface of the sandbox does not answer
)

// PreflightError says why a run cannot begin. Nothing was tested.
type PreflightError struct {
	Kind     PreflightKind
	Site     string
	Sentence string // one sentence that says what to do
}

// Error returns the sentence.
func (e *PreflightError) Error() string { return e.Sentence }

// Preflight reads a key that nobody has on each site. Any SOAP 1.1 answer but a
// fault passes; nothing else is judged (ruling 15). It also learns what time it is
// at the endpoint. The error is a *PreflightError, or the context's.
func (e *Executor) Preflight(ctx context.Context) error {
	for i := range e.target.Sites {
		if err := e.preflightSite(ctx, &e.target.Sites[i], false); err != nil {
			return err
		}
	}
	if e.usesTLS() {
		if err := e.preflightSite(ctx, &e.target.Sites[0], true); err != nil {
			return err
		}
	}
	if e.control == nil {
		return nil
	}
	return e.preflightControl(ctx)
}

// preflightControl makes sure that the control interface answers and that the sites
// are in the states that the plan relies on.
func (e *Executor) preflightControl(ctx context.Context) error {
	sites, err := e.control.sites(ctx)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if err != nil {
		return &PreflightError{PreflightControl, "", fmt.Sprintf("the control interface at %s does not answer (%s); start the sandbox again, or remove control from the profile", e.target.Control.URL, e.secrets.redactText(err.Error()))}
	}
	for _, actual := range sites {
		site, err := e.site(actual.Name)
		if err != nil {
			continue // the profile need not use every site
		}
		for _, name := range slices.Sorted(maps.Keys(actual.States)) {
			if said := site.States[name]; said != "" && said != actual.States[name] {
				return &PreflightError{PreflightControl, site.Name, fmt.Sprintf("%s of site %s is %s, and the profile or --state says %s; start the sandbox with that state, or say what is so", name, site.Name, shown(actual.States[name]), said)}
			}
		}
	}
	return nil
}

// usesTLS says whether a case that runs needs the https form of the endpoint.
func (e *Executor) usesTLS() bool {
	return e.target.SecureURL != "" && slices.ContainsFunc(e.plan.Order, func(i int) bool {
		return e.plan.Items[i].Case.Scenario.Needs.TLS
	})
}

func (e *Executor) preflightSite(ctx context.Context, site *profile.Site, secure bool) error {
	x, m, ok, err := e.probe(ctx, site, secure)
	if err != nil {
		return fmt.Errorf("preflight of site %s: %w", site.Name, err)
	}
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	if ok {
		e.start.set(endpointTime(x, m, e.clock.now()))
		return nil
	}
	kind, sentence := diagnose(x, m, site)
	return &PreflightError{Kind: kind, Site: site.Name, Sentence: e.secrets.redactText(sentence)}
}

// diagnose turns a failed preflight into one sentence that says what to do.
func diagnose(x evidence.Exchange, m message, site *profile.Site) (PreflightKind, string) {
	if x.Transport != nil {
		return diagnoseTransport(x)
	}
	if fault := m.fault(); fault != nil {
		code, text := faultCode(fault)
		if isSecurityFault(code, text) {
			return PreflightCredentials, fmt.Sprintf("the endpoint refuses the user %q of site %s (fault %s: %s); check the user name and the password", site.Credentials.Username, site.Name, shown(code), shown(text))
		}
		return PreflightFault, fmt.Sprintf("the endpoint answers a plain readPerson on site %s with a fault (%s: %s); check that %s is the person service and that the account may use it", site.Name, shown(code), shown(text), x.URL)
	}
	if x.Status == http.StatusUnauthorized || x.Status == http.StatusForbidden {
		return PreflightCredentials, fmt.Sprintf("the endpoint refuses the user %q of site %s with HTTP %d; check the user name and the password", site.Credentials.Username, site.Name, x.Status)
	}
	if m.doc != nil {
		return PreflightNotSOAP, fmt.Sprintf("%s answers with an empty SOAP envelope (HTTP %d); check the address of the endpoint", x.URL, x.Status)
	}
	return PreflightNotSOAP, fmt.Sprintf("%s answers with %s (HTTP %d) instead of SOAP; check the address of the endpoint and the paths of its services", x.URL, whatCame(x), x.Status)
}

func diagnoseTransport(x evidence.Exchange) (PreflightKind, string) {
	t := x.Transport
	switch t.Kind {
	case evidence.FaultTLS:
		return PreflightTLS, fmt.Sprintf("TLS with %s fails (%s); give the authority's certificate with --ca-file, or correct the address", x.URL, t.Message)
	case evidence.FaultRedirected:
		return PreflightRedirect, fmt.Sprintf("%s redirects to %s (HTTP %d); give the final address as the endpoint, because credentials are never sent to another host", x.URL, shown(x.ResponseHeader.Get("Location")), x.Status)
	case evidence.FaultTooLarge, evidence.FaultEncoding, evidence.FaultProtocol:
		return PreflightNotSOAP, fmt.Sprintf("%s does not answer as a SOAP service does (%s); check the address of the endpoint", x.URL, t.Message)
	}
	return PreflightUnreachable, fmt.Sprintf("%s cannot be reached (%s); check the address, that the endpoint is running, and the network", x.URL, t.Message)
}

// securityFaults are the fault codes with which WCF refuses credentials (dossier of
// the wire, section 4.6), and those of WS-Security (SOAP Message Security 1.0, 12).
var securityFaults = [...]string{"InvalidSecurity", "FailedAuthentication", "InvalidSecurityToken", "SecurityTokenUnavailable", "FailedCheck", "UnsupportedSecurityToken"}

func isSecurityFault(code, text string) bool {
	return slices.Contains(securityFaults[:], code) || strings.Contains(text, "verifying security")
}

// whatCame says in two words what an answer is that is not SOAP.
func whatCame(x evidence.Exchange) string {
	start := bytes.ToLower(bytes.TrimSpace(x.Response[:min(len(x.Response), 512)]))
	switch {
	case len(start) == 0:
		return "an empty answer"
	case bytes.HasPrefix(start, []byte("<!doctype html")), bytes.HasPrefix(start, []byte("<html")), strings.Contains(x.ResponseHeader.Get("Content-Type"), "text/html"):
		return "an HTML page"
	case strings.Contains(x.ResponseHeader.Get("Content-Type"), "json"):
		return "JSON"
	}
	return "something else"
}

// startTime is when the run began, by the endpoint's clock.
type startTime struct {
	mu   sync.Mutex
	time time.Time
}

// clockSlack is taken off, so that what was made at the very start is not missed.
const clockSlack = 2 * time.Second

// set keeps the earliest time, for the sites of an endpoint may differ.
func (s *startTime) set(t time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if t = t.Add(-clockSlack); s.time.IsZero() || t.Before(s.time) {
		s.time = t
	}
}

// get returns the start; without a preflight it is now, by our own clock.
func (s *startTime) get(c clock) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.time.IsZero() {
		s.time = c.now().Add(-clockSlack)
	}
	return s.time.UTC()
}

// endpointTime returns the time at the endpoint: that of the answer's Timestamp, of
// the HTTP header Date, or else our own.
func endpointTime(x evidence.Exchange, m message, now time.Time) time.Time {
	wsu := func(local string) xml.Name { return xml.Name{Space: wire.NSWsu, Local: local} }
	stamp := m.doc.Root.Child(soapName("Header")).Child(xml.Name{Space: wire.NSWsse, Local: "Security"}).Child(wsu("Timestamp"))
	if created := stamp.Child(wsu("Created")); created != nil {
		if t, err := time.Parse(time.RFC3339, strings.TrimSpace(created.Text)); err == nil {
			return t
		}
	}
	if t, err := http.ParseTime(x.ResponseHeader.Get("Date")); err == nil {
		return t
	}
	return now
}
