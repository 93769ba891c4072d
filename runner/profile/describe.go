package profile

import (
	"fmt"
	"net/url"
	"strings"
)

// Describe returns the effective configuration, one setting a line, with every
// secret hidden. It is printed before work starts.
func (t Target) Describe() []string {
	lines := []string{"endpoint     " + t.BaseURL}
	add := func(name, format string, args ...any) {
		lines = append(lines, fmt.Sprintf("%-12s %s", name, fmt.Sprintf(format, args...)))
	}
	if t.SecureURL != "" {
		add("secure", "%s", t.SecureURL)
	}
	add("profile", "%s", t.Name)
	if p := t.Product; p != (Product{}) {
		add("product", "%s", strings.Join(strings.Fields(strings.Join([]string{p.Vendor, p.Name, p.Version}, " ")), " "))
	}
	if t.Separate {
		add("services", "separate")
	} else {
		add("services", "combined")
	}
	for _, s := range t.Sites {
		add("site", "%s, user %s, password %s%s%s", s.Name, s.Credentials.Username, hidden, list(", states ", s.States), list(", anchors ", s.Anchors))
	}
	if len(t.Features) > 0 {
		add("features", "%s", strings.Join(t.Features, ", "))
	}
	if t.Control != nil {
		add("control", "%s, token %s", t.Control.URL, hidden)
	}
	lines = append(lines, t.describeLimits()...)
	for _, name := range sortedKeys(t.Headers) {
		add("header", "%s: %s", name, hidden)
	}
	for _, state := range sortedKeys(t.Hooks) {
		add("hook", "%s: %s", state, t.Hooks[state][0])
	}
	return lines
}

func (t Target) describeLimits() []string {
	l := t.Limits
	rate := "no limit"
	if l.Rate > 0 {
		rate = fmt.Sprintf("%g requests a second", l.Rate)
	}
	duration := "no limit"
	if l.MaxDuration > 0 {
		duration = l.MaxDuration.String()
	}
	lines := []string{
		fmt.Sprintf("%-12s concurrency %d, rate %s, exchange %s, run %s", "limits", l.Concurrency, rate, l.StepTimeout, duration),
		fmt.Sprintf("%-12s body %d bytes, header %d bytes, depth %d, violations %d", "", l.MaxBody, l.MaxHeader, l.MaxDepth, l.MaxViolations),
	}
	if text := t.describeTLS(); text != "" {
		lines = append(lines, fmt.Sprintf("%-12s %s", "tls", text))
	}
	return lines
}

func (t Target) describeTLS() string {
	var parts []string
	if t.TLS.Unverified {
		parts = append(parts, "certificates are NOT verified")
	}
	if t.TLS.CAFile != "" {
		parts = append(parts, "authority "+t.TLS.CAFile)
	}
	if t.TLS.CertFile != "" {
		parts = append(parts, "client certificate "+t.TLS.CertFile)
	}
	if u, err := url.Parse(t.TLS.Proxy); err == nil && t.TLS.Proxy != "" {
		parts = append(parts, "proxy "+u.Host)
	}
	return strings.Join(parts, ", ")
}

func list(lead string, m map[string]string) string {
	if len(m) == 0 {
		return ""
	}
	parts := make([]string, 0, len(m))
	for _, key := range sortedKeys(m) {
		parts = append(parts, key+"="+m[key])
	}
	return lead + strings.Join(parts, " ")
}
