package profile

import (
	"crypto/tls"
	"crypto/x509"
	"net/url"
	"os"
	"slices"
	"strings"
)

func (c *collector) limits(d draft, base string) Limits {
	rate := DefaultRate
	if base != "" && Loopback(base) {
		rate = 0
	}
	l := Limits{
		Concurrency: d.concurrency.or(DefaultConcurrency), Rate: d.rate.or(rate),
		StepTimeout: d.stepTimeout.or(DefaultStepTimeout), MaxDuration: d.maxDuration.or(0),
		MaxBody: int64(d.maxBody.or(DefaultMaxBody)), MaxHeader: int64(d.maxHeader.or(DefaultMaxHeader)),
		MaxDepth: d.maxDepth.or(DefaultMaxDepth), MaxViolations: d.maxViolations.or(DefaultMaxViolations),
	}
	if l.Concurrency < 1 || l.Concurrency > 256 {
		c.add(d.concurrency.place, "concurrency is between 1 and 256, not %d", l.Concurrency)
	}
	if l.Rate < 0 {
		c.add(d.rate.place, "the rate is a number of requests a second, or 0 for no limit; it is never negative")
	}
	if l.StepTimeout <= 0 {
		c.add(d.stepTimeout.place, "the deadline of one exchange is longer than nothing, e.g. 30s")
	}
	if l.MaxDuration < 0 {
		c.add(d.maxDuration.place, "the deadline of the run is a duration such as 20m, or 0 for none; it is never negative")
	}
	for _, size := range []struct {
		name   string
		option option[int]
	}{{"maxBody", d.maxBody}, {"maxHeader", d.maxHeader}, {"maxDepth", d.maxDepth}, {"maxViolations", d.maxViolations}} {
		if size.option.set && size.option.value < 1 {
			c.add(size.option.place, "%s is at least 1, not %d", size.name, size.option.value)
		}
	}
	return l
}

func (c *collector) tls(d draft, base string) TLS {
	t := TLS{CAFile: d.caFile.value, CertFile: d.certFile.value, KeyFile: d.keyFile.value, Proxy: d.proxy.value, Unverified: d.unverified.value}
	if t.CAFile != "" {
		if data, err := os.ReadFile(t.CAFile); err != nil {
			c.add(d.caFile.place, "the file of certificates %s cannot be read: %s", t.CAFile, reason(err))
		} else if !x509.NewCertPool().AppendCertsFromPEM(data) {
			c.add(d.caFile.place, "the file %s holds no certificate; it needs at least one in PEM form (-----BEGIN CERTIFICATE-----)", t.CAFile)
		}
	}
	switch {
	case t.CertFile != "" && t.KeyFile == "":
		c.add(d.certFile.place, "a client certificate needs its key; give keyFile (--client-key) too")
	case t.CertFile == "" && t.KeyFile != "":
		c.add(d.keyFile.place, "a key needs its client certificate; give certFile (--client-cert) too")
	case t.CertFile != "":
		if _, err := tls.LoadX509KeyPair(t.CertFile, t.KeyFile); err != nil {
			c.add(d.certFile.place, "the client certificate %s and its key cannot be loaded: %s", t.CertFile, reason(err))
		}
	}
	if t.Proxy != "" {
		c.proxy(d.proxy, strings.HasPrefix(base, "http:"))
	}
	return t
}

// proxy checks the address of a proxy. A plain endpoint would show it the password.
func (c *collector) proxy(proxy option[string], plain bool) {
	u, err := url.Parse(proxy.value)
	switch {
	case err != nil || u.Hostname() == "" || !slices.Contains([]string{"http", "https", "socks5"}, u.Scheme):
		c.add(proxy.place, "the proxy is a URL such as http://proxy.example:3128")
	case u.User != nil:
		c.add(proxy.place, "the proxy's address holds a user name or a password; only proxies without credentials are served")
	case plain && !Loopback(proxy.value):
		c.add(proxy.place, "the proxy is another machine and the endpoint is plain HTTP, so the password could be read there; leave the proxy out")
	}
}

func (c *collector) features(d draft) []string {
	var names []string
	for _, f := range d.features {
		switch {
		case strings.TrimSpace(f.value) == "":
			c.add(f.place, "a feature has a name")
		case !slices.Contains(names, f.value):
			names = append(names, f.value)
		}
	}
	slices.Sort(names)
	return names
}

// ownHeaders are set by the exchange itself; a scenario may override them, a
// profile may not.
var ownHeaders = [...]string{"content-type", "content-length", "soapaction", "host", "connection", "transfer-encoding", "accept-encoding"}

func (c *collector) headers(d draft) map[string]string {
	all := map[string]string{}
	for _, e := range d.headers {
		switch {
		case !headerName(e.key):
			c.add(e.place, "%q is not the name of an HTTP header", e.key)
		case slices.Contains(ownHeaders[:], strings.ToLower(e.key)):
			c.add(e.place, "the header %s is set by esconform itself", e.key)
		case !headerValue(e.value):
			c.add(e.place, "the value of the header %s holds characters that HTTP does not allow", e.key)
		default:
			all[e.key] = e.value
		}
	}
	return all
}

// headerName says whether a text is a token of RFC 9110, section 5.6.2.
func headerName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		return !letter && !strings.ContainsRune("!#$%&'*+-.^_`|~", r)
	})
}

// headerValue says whether a text may stand as the value of a header (RFC 9110,
// section 5.5): no control characters but the tab.
func headerValue(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r < ' ' && r != '\t' || r == 0x7f })
}

func (c *collector) hooks(d draft) map[string][]string {
	all := map[string][]string{}
	for _, h := range d.hooks {
		switch {
		case !d.allowHooks:
			c.add(h.place, "the profile has a hook for %s, which runs a program on this machine; allow that with --allow-hooks or remove it", h.state)
		case len(h.args) == 0 || strings.TrimSpace(h.args[0]) == "":
			c.add(h.place, "the hook of %s is a list of a program and its arguments", h.state)
		case !strings.Contains(strings.Join(h.args, " "), "{value}"):
			c.add(h.place, "the hook of %s has no argument {value}, so it would not know what to switch to", h.state)
		default:
			all[h.state] = h.args
		}
	}
	return all
}

func (c *collector) control(d draft, s Sources) *Control {
	if !d.control.set {
		return nil
	}
	control := &Control{URL: strings.TrimRight(d.control.url.value, "/")}
	switch {
	case control.URL == "":
		c.add(d.control.place, "control has no url")
	case !Loopback(control.URL):
		c.add(d.control.url.place, "the control interface is served on this machine only; its address is not one of this machine")
	default:
		c.parseURL(given(control.URL, d.control.url.place))
	}
	control.Token = c.secret(d.control.secret, secretUse{what: "token", of: "the control interface", key: "token", place: d.control.place}, d.private, s)
	return control
}
