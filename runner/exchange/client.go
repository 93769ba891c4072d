package exchange

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"time"

	"esconform/runner/profile"
	"esconform/runner/wire"
)

// client is the one HTTP client of a target. It works on the transport, below
// redirects and cookies: neither is wanted.
type client struct {
	transport *http.Transport
	// writes has connections of its own for requests that must not be repeated.
	writes *http.Transport
	limits profile.Limits
}

// idleLife is shorter than the keep-alive time of common servers, so that a
// connection is rarely used while the server is closing it.
const idleLife = 2 * time.Second

// idleLifeOfWrites is how long a connection may have been idle before a write is sent
// on it. A write is not repeated when the server closes the connection at that very
// moment, so that would look like the endpoint's fault.
const idleLifeOfWrites = 200 * time.Millisecond

func newClient(t profile.Target) (*client, error) {
	config, err := tlsConfig(t.TLS)
	if err != nil {
		return nil, err
	}
	transport := &http.Transport{
		// Only what was configured: never the environment's proxy.
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second}).DialContext,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    10 * time.Second,
		MaxIdleConnsPerHost:    2 * t.Limits.Concurrency,
		IdleConnTimeout:        idleLife,
		MaxResponseHeaderBytes: t.Limits.MaxHeader,
		// Content codings are decoded here, within limits.
		DisableCompression: true,
	}
	if t.TLS.Proxy != "" {
		proxy, err := url.Parse(t.TLS.Proxy)
		if err != nil {
			return nil, fmt.Errorf("the proxy's address is not a URL")
		}
		transport.Proxy = http.ProxyURL(proxy)
	}
	writes := transport.Clone()
	writes.IdleConnTimeout = idleLifeOfWrites
	return &client{transport: transport, writes: writes, limits: t.Limits}, nil
}

// close closes idle connections.
func (c *client) close() {
	c.transport.CloseIdleConnections()
	c.writes.CloseIdleConnections()
}

// over returns the connections for requests of an effect.
func (c *client) over(effect wire.Effect) *http.Transport {
	if effect == wire.Read {
		return c.transport
	}
	return c.writes
}

func tlsConfig(t profile.TLS) (*tls.Config, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12, InsecureSkipVerify: t.Unverified}
	if t.CAFile != "" {
		data, err := os.ReadFile(t.CAFile)
		if err != nil {
			return nil, fmt.Errorf("read certificates: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(data) {
			return nil, fmt.Errorf("the file %s holds no certificate", t.CAFile)
		}
	}
	if t.CertFile != "" {
		certificate, err := tls.LoadX509KeyPair(t.CertFile, t.KeyFile)
		if err != nil {
			return nil, fmt.Errorf("load client certificate: %w", err)
		}
		config.Certificates = []tls.Certificate{certificate}
	}
	return config, nil
}
