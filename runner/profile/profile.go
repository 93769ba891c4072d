// Package profile describes an endpoint: what is tested, with which credentials, on
// which sites. A Target is put together from a profile file, the environment and
// flags (flags that were set win over the environment, the environment over the
// file, the file over the defaults), and all defects are reported at once.
package profile

import "time"

// Target is an endpoint with everything that is needed to talk to it.
type Target struct {
	Name    string // of the profile; "endpoint" when there is none
	BaseURL string // scheme, host and port; paths of services are appended
	// SecureURL is the https form of the same endpoint, for scenarios that need
	// TLS; empty when BaseURL is https already or there is none.
	SecureURL string
	// Services maps a port type, or wire.CombinedPort, to a path or URL on the
	// same host; missing ones are at wire.ServicePath.
	Services map[string]string
	// Separate says that operations are sent to the separate services; else all
	// go to the combined port.
	Separate bool
	Product  Product
	Sites    []Site // at least one; the first is the default site
	Features []string
	Control  *Control // the sandbox's control interface; nil for a real endpoint
	Limits   Limits
	TLS      TLS
	Headers  map[string]string   // extra HTTP headers
	Hooks    map[string][]string // state name -> argument list; only with AllowHooks
}

// Product names what is tested, for the report.
type Product struct{ Name, Version, Vendor string }

// Site is what a pair of credentials selects.
type Site struct {
	Name        string
	Credentials Credentials
	States      map[string]string // known states, e.g. parentPortal: enabled
	Anchors     map[string]string // anchor name -> key
}

// Credentials are a user name and a password. The password never prints.
type Credentials struct {
	Username string
	Password Secret
}

// Secret is text that never prints and never marshals; Reveal gives it.
type Secret struct{ text string }

// NewSecret wraps a secret.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal returns the secret's text, for use on the wire only.
func (s Secret) Reveal() string { return s.text }

// String hides the secret.
func (s Secret) String() string { return hidden }

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return hidden }

// MarshalText hides the secret from encoders.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

const hidden = "[hidden]"

// Control is the sandbox's control interface.
type Control struct {
	URL   string
	Token Secret
}

// Limits bound what a run does and takes.
type Limits struct {
	Concurrency   int           // scenarios in flight
	Rate          float64       // requests per second; 0 for no limit
	StepTimeout   time.Duration // deadline of one exchange
	MaxDuration   time.Duration // of the whole run; 0 for none
	MaxBody       int64         // bytes of a response, before and after decoding
	MaxHeader     int64         // bytes of response headers
	MaxDepth      int           // nesting of elements
	MaxViolations int           // schema violations reported per envelope
}

// TLS says how the endpoint's certificate is checked.
type TLS struct {
	CAFile     string
	CertFile   string // client certificate
	KeyFile    string
	Proxy      string
	Unverified bool // certificates are not checked; stands in the report
}
