package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// endpoint runs a scenario against an address with some password.
func endpoint(url, password string, more ...string) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		return append([]string{"--endpoint", url, "--username", "u", "--password-file", put(t, dir, "password", password)}, more...)
	}
}

// served runs against what a handler answers.
func served(handler http.HandlerFunc) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		s := httptest.NewServer(handler)
		t.Cleanup(s.Close)
		return endpoint(s.URL, "some password", "--only", newPerson)(t, dir)
	}
}

// ordinary runs against a sandbox of which only address and credentials are known.
func ordinary(more ...string) func(*testing.T, string) []string {
	return func(t *testing.T, dir string) []string {
		p := newPeer(t, false)
		return append([]string{"--endpoint", p.URL, "--username", "u", "--password-file", p.password}, more...)
	}
}

func waysOfEndpoints() []way {
	page := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		fmt.Fprint(w, "<html><body>conformant: all cases passed</body></html>")
	}
	return []way{
		{name: "nobody listens", args: func(t *testing.T, dir string) []string {
			return endpoint("http://"+closedAddress(t), "some password", "--only", newPerson)(t, dir)
		}, code: 3, says: "no connection"},
		{name: "a wrong password", args: func(t *testing.T, dir string) []string {
			return endpoint(newPeer(t, false).URL, "not the password", "--only", newPerson)(t, dir)
		}, code: 3, says: "user name"},
		{name: "an HTML page", args: served(page), code: 3, says: "HTML"},
		{name: "an empty answer", args: served(func(http.ResponseWriter, *http.Request) {}), code: 3, says: "inconclusive"},
		{name: "an endpoint that answers everything in the same way", args: served(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/xml")
			fmt.Fprint(w, `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body/></s:Envelope>`)
		}), code: 3, says: "answers with an empty SOAP envelope"},
		{name: "plain HTTP off this machine", args: endpoint("http://endpoint.example", "some password"), code: 2, says: "http"},
		{name: "only what needs a control interface", args: ordinary("--only", "imses/person/read/external-person"), code: 4, says: "control interface"},
		{name: "only what needs a switched state", args: ordinary("--only", "imses/person/relationships/portal-disabled-on-create"), code: 4, says: "parentPortal"},
		{name: "only what needs a second site", args: ordinary("--only", "imses/security/sites-have-own-persons"), code: 4, says: "needs 2 sites"},
		{name: "only what needs an anchor", args: ordinary("--only", "imses/group/courses/created"), code: 4, says: "anchor"},
		{name: "only what needs a feature", args: ordinary("--only", "imses/person/object/custom-strings"), code: 4, says: "feature"},
		{name: "only what is about volume", args: ordinary("--only", "imses/volume/persons"), code: 4, says: "--volume"},
		{name: "an endpoint that dies after the preflight", args: func(t *testing.T, _ string) []string {
			p := newPeerBehind(t, func(w http.ResponseWriter, r *http.Request, next http.Handler) {
				if strings.Contains(r.Header.Get("SOAPAction"), "readPerson") {
					next.ServeHTTP(w, r)
					return
				}
				connection, _, err := http.NewResponseController(w).Hijack()
				if err == nil {
					_ = connection.Close()
				}
			})
			return []string{"--endpoint", p.URL, "--username", "u", "--password-file", p.password, "--only", newPerson}
		}, code: 1, says: "STD-HTTP-1"},
	}
}
