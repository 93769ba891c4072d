package bundle

import "esconform/reports"

// Profile is the effective configuration of a run: all that decided what was sent
// where, and no secret. Of files on the machine of the run it says that they were
// used, and not where they are.
type Profile struct {
	Name      string            `json:"name"`
	Target    reports.Target    `json:"target"` // as in the report
	SecureURL string            `json:"secureUrl,omitempty"`
	Services  map[string]string `json:"services,omitempty"` // port type -> path, where it is not the usual one
	Separate  bool              `json:"separate"`           // operations went to the separate services
	Sites     []Site            `json:"sites"`
	Control   bool              `json:"control"`           // there was a control interface, as only the sandbox has
	Headers   []string          `json:"headers,omitempty"` // names of HTTP headers that were added; their values may be secrets
	Hooks     []string          `json:"hooks,omitempty"`   // states that were switched by commands of the profile
	TLS       TLS               `json:"tls"`
	Limits    Limits            `json:"limits"`
	// Residue says that scenarios were run that leave something behind.
	Residue bool `json:"residue"`
}

// Site is a site of the endpoint.
type Site struct {
	Name     string            `json:"name"`
	Username string            `json:"username"`
	States   map[string]string `json:"states,omitempty"`
	Anchors  map[string]string `json:"anchors,omitempty"` // keys of objects that were there before
}

// TLS says how certificates were checked.
type TLS struct {
	Unverified        bool `json:"unverified"`
	OwnAuthority      bool `json:"ownAuthority"` // the certificates of a file were trusted, and no others
	ClientCertificate bool `json:"clientCertificate"`
	Proxy             bool `json:"proxy"`
}

// Limits are those that the run kept to; durations are written as Go does, e.g. 30s.
type Limits struct {
	Concurrency   int     `json:"concurrency"`
	Rate          float64 `json:"rate"` // requests a second; 0 for no limit
	StepTimeout   string  `json:"stepTimeout"`
	MaxDuration   string  `json:"maxDuration"` // 0s for none
	MaxBody       int64   `json:"maxBody"`     // bytes
	MaxHeader     int64   `json:"maxHeader"`   // bytes
	MaxDepth      int     `json:"maxDepth"`
	MaxViolations int     `json:"maxViolations"`
}
