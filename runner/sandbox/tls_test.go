package sandbox

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// trusting returns a client that trusts one authority and takes every name for
// the server's address.
func trusting(t *testing.T, authority []byte, name string) *http.Client {
	t.Helper()
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(authority) {
		t.Fatalf("no certificate in %q", authority)
	}
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool, ServerName: name, MinVersion: tls.VersionTLS12}}
	t.Cleanup(transport.CloseIdleConnections)
	return &http.Client{Transport: transport}
}

func TestTheCertificateServesLoopbackNamesOnly(t *testing.T) {
	certificate, authority, err := LoopbackCertificate(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	_, stranger, err := LoopbackCertificate(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12}
	server.Config.ErrorLog = log.New(io.Discard, "", 0) // of refused handshakes
	server.StartTLS()
	defer server.Close()
	for _, c := range []struct {
		name      string
		authority []byte
		accepted  bool
	}{
		{"localhost", authority, true}, {"127.0.0.1", authority, true}, {"::1", authority, true},
		{"example.org", authority, false}, {"127.0.0.2", authority, false}, {"localhost", stranger, false},
	} {
		response, err := trusting(t, c.authority, c.name).Get(server.URL)
		if err == nil {
			response.Body.Close()
		}
		if (err == nil) != c.accepted {
			t.Errorf("%s: error %v, want accepted %v", c.name, err, c.accepted)
		}
	}
}

func TestTheCertificateIsValidForAYear(t *testing.T) {
	now := time.Date(2030, 1, 1, 8, 0, 0, 0, time.UTC)
	certificate, authority, err := LoopbackCertificate(now)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AppendCertsFromPEM(authority)
	for at, want := range map[time.Duration]bool{
		-2 * time.Hour: false, -30 * time.Minute: true, 0: true, 364 * 24 * time.Hour: true, 366 * 24 * time.Hour: false,
	} {
		_, err := certificate.Leaf.Verify(x509.VerifyOptions{Roots: pool, CurrentTime: now.Add(at), DNSName: "localhost"})
		if (err == nil) != want {
			t.Errorf("%v after it was made: error %v, want valid %v", at, err, want)
		}
	}
}
