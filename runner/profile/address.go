package profile

import (
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"

	"esconform/runner/wire"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// Loopback says whether a URL names this machine, so that plain HTTP and an
// unlimited rate are harmless.
func Loopback(address string) bool {
	u, err := url.Parse(address)
	if err != nil {
		return false
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// addresses checks the base URL, its https form and the addresses of the services.
func (c *collector) addresses(d draft, t *Target) {
	reported := !d.endpoint.set && d.endpoint.place != (Place{}) // where it was read
	switch {
	case reported:
	case strings.TrimSpace(d.endpoint.value) == "":
		c.add(d.endpoint.place, "there is no target: give --endpoint URL, --profile FILE with an endpoint, or --sandbox")
	default:
		c.endpoint(d.endpoint, t)
	}
	if d.secure.set && d.secure.value != "" {
		if base, _, ok := c.base(d.secure); ok {
			t.SecureURL = base
			if !strings.HasPrefix(base, "https:") {
				c.add(d.secure.place, "secureEndpoint is the https form of the endpoint; it does not begin with https://")
			}
		}
	}
	known := services()
	for _, e := range d.services {
		if !slices.Contains(known, e.key) {
			c.add(e.place, "there is no service %q; %s", e.key, suggest(e.key, known))
			continue
		}
		t.Services[e.key] = e.value
		c.service(e, t.BaseURL)
	}
}

func (c *collector) endpoint(address option[string], t *Target) {
	base, service, ok := c.base(address)
	if !ok {
		return
	}
	t.BaseURL = base
	if service != "" {
		t.Services[wire.CombinedPort] = service
	}
}

// base checks an endpoint's URL and cuts the path of a service off, because the
// administration page of the product shows that longer form. The URL itself is
// never repeated in a defect, for it may hold a password.
func (c *collector) base(address option[string]) (base, service string, ok bool) {
	u, good := c.parseURL(address)
	if !good {
		return "", "", false
	}
	path := strings.TrimRight(u.Path, "/")
	if i := strings.Index(path, strings.TrimSuffix(wire.PathPrefix, "/")); i >= 0 {
		if rest := path[i:]; strings.HasSuffix(rest, ".svc") && !knownPath(rest) {
			service = rest
		}
		path = path[:i]
	}
	u.Path, u.RawPath = path, ""
	return u.String(), service, true
}

func knownPath(path string) bool {
	return slices.ContainsFunc(services(), func(s string) bool { return wire.ServicePath(s) == path })
}

func (c *collector) parseURL(address option[string]) (*url.URL, bool) {
	u, err := url.Parse(strings.TrimSpace(address.value))
	switch {
	case err != nil:
		c.add(address.place, "the address is not a URL: %s", reason(err))
	case u.Scheme == "" || u.Host == "" || u.Hostname() == "":
		c.add(address.place, "the address has no scheme or no host; write it like https://host.example:8443")
	case u.Scheme != "https" && u.Scheme != "http":
		c.add(address.place, "the address begins with %s://; only https:// (and http:// on this machine) is served", u.Scheme)
	case u.User != nil:
		c.add(address.place, "the address holds a user name or a password; remove them and give the credentials of a site instead")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		c.add(address.place, "the address holds a query or a fragment, such as ?wsdl; remove it")
	case u.Scheme == "http" && !Loopback(u.String()):
		c.add(address.place, "plain http:// would send the password readable over the network; use https:// (http:// is for this machine only)")
	default:
		return u, true
	}
	return nil, false
}

// service checks a path, or a URL on the endpoint's own host.
func (c *collector) service(e entry, base string) {
	if strings.HasPrefix(e.value, "/") {
		return
	}
	u, ok := c.parseURL(given(e.value, e.place))
	if !ok {
		return
	}
	if b, err := url.Parse(base); err == nil && base != "" && (u.Host != b.Host || u.Scheme != b.Scheme) {
		c.add(e.place, "the service %s is on another host than the endpoint; credentials are never sent to a second host", e.key)
	}
}

// ServiceURL returns the URL of a service (a port type or wire.CombinedPort) below
// the base URL; with secure, below the https form.
func (t Target) ServiceURL(service string, secure bool) string {
	base := t.BaseURL
	if secure && t.SecureURL != "" {
		base = t.SecureURL
	}
	path, ok := t.Services[service]
	if !ok {
		path = wire.ServicePath(service)
	}
	if strings.HasPrefix(path, "/") {
		return base + path
	}
	return path
}
