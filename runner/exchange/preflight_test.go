package exchange

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

func preflight(t *testing.T, p *peer, change func(*setting), scenarios ...scenario.Scenario) error {
	t.Helper()
	if len(scenarios) == 0 {
		scenarios = []scenario.Scenario{story("s/one", step("readPerson", "read.xml"))}
	}
	return newRig(t, p, change, scenarios...).Preflight(t.Context())
}

// secondSite makes a peer odd for the second site alone.
func secondSite(odd func(http.ResponseWriter, *http.Request)) func(http.ResponseWriter, *http.Request, received) bool {
	return func(w http.ResponseWriter, r *http.Request, in received) bool {
		if in.User != "user-other" {
			return false
		}
		odd(w, r)
		return true
	}
}

func answerWith(status int, contentType, body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		w.Write([]byte(body))
	}
}

func TestThePreflightSaysInOneSentenceWhatToDo(t *testing.T) {
	tests := []struct {
		name string
		odd  func(http.ResponseWriter, *http.Request)
		kind PreflightKind
		says string
	}{
		{"bad credentials by fault", answerWith(500, "text/xml", soapFault("InvalidSecurity", "An error occurred when verifying security for the message.")), PreflightCredentials, `refuses the user "user-other" of site other (fault InvalidSecurity: An error occurred when verifying security for the message.); check the user name and the password`},
		{"bad credentials by status", answerWith(401, "text/plain", "no"), PreflightCredentials, `refuses the user "user-other" of site other with HTTP 401; check the user name and the password`},
		{"another fault", answerWith(500, "text/xml", soapFault("InternalServiceFault", "out of order")), PreflightFault, "answers a plain readPerson on site other with a fault (InternalServiceFault: out of order); check that"},
		{"a web site", answerWith(200, "text/html; charset=utf-8", "<!DOCTYPE html><html><body>Hello</body></html>"), PreflightNotSOAP, "answers with an HTML page (HTTP 200) instead of SOAP; check the address"},
		{"a missing page", answerWith(404, "text/plain", ""), PreflightNotSOAP, "answers with an empty answer (HTTP 404) instead of SOAP"},
		{"JSON", answerWith(200, "application/json", "{}"), PreflightNotSOAP, "answers with JSON (HTTP 200) instead of SOAP"},
		{"an empty envelope", answerWith(200, "text/xml", `<s:Envelope xmlns:s="`+wire.NSSOAP+`"/>`), PreflightNotSOAP, "answers with an empty SOAP envelope (HTTP 200)"},
		{"a redirect", redirect, PreflightRedirect, "redirects to https://elsewhere.example/ (HTTP 307); give the final address as the endpoint"},
		{"a broken connection", raw(""), PreflightUnreachable, "cannot be reached (the connection broke before the answer was complete: EOF); check the address"},
		{"no HTTP", raw("220 smtp\r\n"), PreflightNotSOAP, "does not answer as a SOAP service does (the answer is not HTTP"},
		{"an endless answer", endless, PreflightNotSOAP, "does not answer as a SOAP service does (the answer is larger than the limit)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = secondSite(test.odd)
			err := preflight(t, p, nil)
			var failed *PreflightError
			if !errors.As(err, &failed) || failed.Kind != test.kind || failed.Site != "other" {
				t.Fatalf("got %#v", err)
			}
			if !strings.Contains(failed.Sentence, test.says) || strings.Contains(failed.Sentence, "\n") {
				t.Errorf("got  %s\nwant %s", failed.Sentence, test.says)
			}
		})
	}
}

func TestAnEndpointThatIsNotThereIsUnreachable(t *testing.T) {
	p := newPeer(t)
	p.Close()
	var failed *PreflightError
	if err := preflight(t, p, nil); !errors.As(err, &failed) || failed.Kind != PreflightUnreachable || !strings.Contains(failed.Sentence, "connection refused") {
		t.Errorf("got %v", err)
	}
}

func TestThePreflightReadsAFreshKeyOnEachSiteAndNothingElse(t *testing.T) {
	p := newPeer(t)
	if err := preflight(t, p, nil); err != nil {
		t.Fatal(err)
	}
	seen := p.requests("")
	if len(seen) != 2 || seen[0].User != "user-main" || seen[1].User != "user-other" || seen[0].Operation != "readPerson" || seen[0].Keys[0] == seen[1].Keys[0] {
		t.Errorf("%+v", seen)
	}
}

func TestTheControlInterfaceMustAnswer(t *testing.T) {
	p := newPeer(t)
	err := preflight(t, p, func(s *setting) {
		s.target.Control = &profile.Control{URL: p.URL, Token: profile.NewSecret("token-of-control")}
	})
	var failed *PreflightError
	if !errors.As(err, &failed) || failed.Kind != PreflightControl || strings.Contains(failed.Sentence, "token-of-control") {
		t.Errorf("got %v", err)
	}
}

func TestTheStatesOfTheSandboxMustBeAsThePlanHasThem(t *testing.T) {
	p := newPeer(t)
	for actual, agrees := range map[string]bool{"enabled": true, "disabled": false} {
		d := newDesk(t)
		d.sites = []controlSite{{Name: "elsewhere", States: map[string]string{"parentPortal": "odd"}}, {Name: "main", States: map[string]string{"parentPortal": actual}}}
		err := preflight(t, p, d.attach)
		var failed *PreflightError
		if errors.As(err, &failed) == agrees {
			t.Errorf("%s: got %v", actual, err)
		}
		if want := "parentPortal of site main is disabled, and the profile or --state says enabled; start the sandbox with that state, or say what is so"; !agrees && err.Error() != want {
			t.Errorf("got  %v\nwant %s", err, want)
		}
	}
}

func TestPasswordsAreNotSentOverPlainHTTPToAnotherMachine(t *testing.T) {
	target := profile.Target{BaseURL: "http://host.example", Limits: limits(), Sites: []profile.Site{{Name: "main"}}}
	if _, err := newExecutor(Options{Plan: plan.Plan{Target: target}, Files: files()}); err == nil {
		t.Error("an executor was made")
	}
}

func TestTheRunStartsWhenTheEndpointSaysItDoes(t *testing.T) {
	at := time.Date(2031, 5, 6, 7, 8, 9, 0, time.UTC)
	stamped := func(security string) func(http.ResponseWriter, *http.Request, received) bool {
		return always(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Date", at.Add(time.Hour).Format(http.TimeFormat))
			w.Write([]byte(`<s:Envelope xmlns:s="` + wire.NSSOAP + `"><s:Header>` + security + `</s:Header><s:Body><x/></s:Body></s:Envelope>`))
		})
	}
	tests := map[string]struct {
		security string
		want     time.Time
	}{
		"by its Timestamp, less two seconds": {`<o:Security xmlns:o="` + wire.NSWsse + `" xmlns:u="` + wire.NSWsu + `"><u:Timestamp><u:Created>2031-05-06T07:08:09.000Z</u:Created></u:Timestamp></o:Security>`, at.Add(-2 * time.Second)},
		"by its Date, less two seconds":      {"", at.Add(time.Hour - 2*time.Second)},
	}
	for name, test := range tests {
		p := newPeer(t)
		p.odd = stamped(test.security)
		r := newRig(t, p, nil, story("s/one", step("readAllPersons", "read-all.xml")))
		if err := r.Preflight(t.Context()); err != nil {
			t.Fatal(err)
		}
		r.only(t)
		want := "<m:CreatedFrom>" + test.want.Format("2006-01-02T15:04:05Z") + "</m:CreatedFrom>"
		if seen := p.requests("readAllPersons"); len(seen) != 1 || !strings.Contains(seen[0].Body, want) {
			t.Errorf("%s: want %s in\n%+v", name, want, seen)
		}
	}
}

// newTLSPeer serves a peer over TLS with the certificate of httptest.
func newTLSPeer(t *testing.T) (p *peer, caFile string) {
	t.Helper()
	p = &peer{persons: map[string]map[string]bool{}}
	p.Server = httptest.NewUnstartedServer(http.HandlerFunc(p.serve))
	p.Server.Config.ErrorLog = log.New(io.Discard, "", 0) // refused handshakes are meant
	p.StartTLS()
	t.Cleanup(p.Close)
	caFile = filepath.Join(t.TempDir(), "ca.pem")
	data := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: p.Certificate().Raw})
	if err := os.WriteFile(caFile, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return p, caFile
}

func TestCertificatesAreVerified(t *testing.T) {
	p, ca := newTLSPeer(t)
	tests := []struct {
		name string
		tls  profile.TLS
		want PreflightKind
	}{
		{"an unknown authority", profile.TLS{}, PreflightTLS},
		{"an own authority", profile.TLS{CAFile: ca}, ""},
		{"not verified on purpose", profile.TLS{Unverified: true}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			err := preflight(t, p, func(s *setting) { s.target.TLS = test.tls })
			var failed *PreflightError
			if errors.As(err, &failed) != (test.want != "") || test.want != "" && failed.Kind != test.want {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestPlainHTTPInsteadOfTLSIsATLSFailure(t *testing.T) {
	p := newPeer(t)
	var failed *PreflightError
	err := preflight(t, p, func(s *setting) { s.target.BaseURL = strings.Replace(p.URL, "http:", "https:", 1) })
	if !errors.As(err, &failed) || failed.Kind != PreflightTLS {
		t.Errorf("got %v", err)
	}
}

func TestAClientCertificateIsPresented(t *testing.T) {
	p, ca := newTLSPeer(t)
	p.TLS.ClientAuth = tls.RequireAnyClientCert
	pair := p.TLS.Certificates[0]
	certificate, key := filepath.Join(t.TempDir(), "c.pem"), filepath.Join(t.TempDir(), "k.pem")
	private, err := marshalKey(pair)
	if err != nil {
		t.Fatal(err)
	}
	for file, data := range map[string][]byte{certificate: pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: pair.Certificate[0]}), key: private} {
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := preflight(t, p, func(s *setting) { s.target.TLS = profile.TLS{CAFile: ca} }); err == nil {
		t.Error("it passed without a client certificate")
	}
	if err := preflight(t, p, func(s *setting) { s.target.TLS = profile.TLS{CAFile: ca, CertFile: certificate, KeyFile: key} }); err != nil {
		t.Errorf("got %v", err)
	}
}

func TestScenariosThatNeedTLSUseTheSecureForm(t *testing.T) {
	plain := newPeer(t)
	secure, ca := newTLSPeer(t)
	s := story("s/one", step("readPerson", "read.xml"))
	s.Needs.TLS = true
	r := newRig(t, plain, func(set *setting) {
		set.target.SecureURL, set.target.TLS.CAFile = secure.URL, ca
	}, s)
	if err := r.Preflight(t.Context()); err != nil {
		t.Fatal(err)
	}
	o := r.only(t)
	if !strings.HasPrefix(o.Exchanges[0].URL, "https://") || len(secure.requests("")) != 2 || len(plain.requests("")) != 2 {
		t.Errorf("url %s; %d secure, %d plain requests", o.Exchanges[0].URL, len(secure.requests("")), len(plain.requests("")))
	}
}

func TestEverythingGoesThroughTheProxyThatIsConfiguredAndOnlyThen(t *testing.T) {
	p := newPeer(t)
	var seen []string
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.URL.String())
		p.serve(w, r)
	}))
	defer proxy.Close()
	target := func(s *setting) { s.target.BaseURL = "http://127.0.0.1:9" }
	if r := newRig(t, p, target, story("s/one", step("readPerson", "read.xml"))); r.client.transport.Proxy != nil {
		t.Error("the proxy of the environment would be used")
	}
	if err := preflight(t, p, func(s *setting) { target(s); s.target.TLS.Proxy = proxy.URL }); err != nil {
		t.Error(err)
	}
	if len(seen) != 2 || !strings.HasPrefix(seen[0], "http://127.0.0.1:9/") {
		t.Errorf("the proxy saw %v", seen)
	}
}

func marshalKey(pair tls.Certificate) ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(pair.PrivateKey)
	return pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), err
}
