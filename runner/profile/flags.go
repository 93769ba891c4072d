package profile

import (
	"slices"
	"strings"
	"time"
)

// Flags are the settings of the command line. A nil pointer is a flag that was not
// set, so that the environment and the profile keep their say. There is no flag
// for a password: the command lines of all processes can be read by everybody.
type Flags struct {
	Profile      *string // --profile: a file, or the name of a built-in profile
	Endpoint     *string // --endpoint
	Secure       *string // --secure-endpoint: the https form, for scenarios that need TLS
	Username     *string // --username: of the default site
	PasswordFile *string // --password-file: of the default site; "-" is standard input
	Separate     *bool   // --separate: use the separate services
	Concurrency  *int
	Rate         *float64
	Timeout      *time.Duration // --timeout: deadline of one exchange
	MaxDuration  *time.Duration
	CAFile       *string
	CertFile     *string // --client-cert
	KeyFile      *string // --client-key
	Proxy        *string
	Unverified   *bool // --insecure: certificates are not verified
	AllowHooks   *bool
	// States are "NAME=VALUE" for every site, or "SITE:NAME=VALUE" for one.
	States []string
	// Headers are "NAME=VALUE".
	Headers []string
	// Features are added to those of the profile.
	Features []string
}

// The names under which defects of flags and variables are reported.
const (
	envPrefix        = "ESCONFORM_"
	flagProfile      = "--profile"
	flagEndpoint     = "--endpoint"
	flagSecure       = "--secure-endpoint"
	flagUsername     = "--username"
	flagPasswordFile = "--password-file"
	flagState        = "--state"
	flagHeader       = "--header"
)

func flag[T any](value *T, name string) option[T] {
	if value == nil {
		return option[T]{}
	}
	return given(*value, Place{Name: name})
}

// overlay puts the flags that were set over the draft. States and headers are
// merged by name.
func (c *collector) overlay(d *draft, f Flags) {
	d.endpoint.override(flag(f.Endpoint, flagEndpoint))
	d.secure.override(flag(f.Secure, flagSecure))
	d.separate.override(flag(f.Separate, "--separate"))
	d.concurrency.override(flag(f.Concurrency, "--concurrency"))
	d.rate.override(flag(f.Rate, "--rate"))
	d.stepTimeout.override(flag(f.Timeout, "--timeout"))
	d.maxDuration.override(flag(f.MaxDuration, "--max-duration"))
	d.caFile.override(flag(f.CAFile, "--ca-file"))
	d.certFile.override(flag(f.CertFile, "--client-cert"))
	d.keyFile.override(flag(f.KeyFile, "--client-key"))
	d.proxy.override(flag(f.Proxy, "--proxy"))
	d.unverified.override(flag(f.Unverified, "--insecure"))
	if f.AllowHooks != nil {
		d.allowHooks = *f.AllowHooks
	}
	site := d.defaultSite()
	site.username.override(flag(f.Username, flagUsername))
	if f.PasswordFile != nil {
		site.secret = secretDraft{file: flag(f.PasswordFile, flagPasswordFile)}
	}
	for _, name := range f.Features {
		d.features = append(d.features, given(name, Place{Name: "--feature"}))
	}
	for _, header := range f.Headers {
		if name, value, ok := c.pair(header, flagHeader); ok {
			d.headers = put(d.headers, entry{key: name, value: value, place: Place{Name: flagHeader}})
		}
	}
	for _, state := range f.States {
		c.overlayState(d, state)
	}
}

// defaultSite is the first site; it is made when there is none.
func (d *draft) defaultSite() *siteDraft {
	if len(d.sites) == 0 {
		d.sites = []siteDraft{{name: given("main", Place{})}}
	}
	return &d.sites[0]
}

func (c *collector) overlayState(d *draft, text string) {
	place := Place{Name: flagState}
	name, value, ok := c.pair(text, flagState)
	if !ok {
		return
	}
	site, state, one := strings.Cut(name, ":")
	if !one {
		state = name
	}
	found := false
	for i := range d.sites {
		if one && d.sites[i].name.value != site {
			continue
		}
		found = true
		d.sites[i].states = put(d.sites[i].states, entry{key: state, value: value, place: place})
	}
	if !found {
		c.add(place, "there is no site %q; write SITE:NAME=VALUE with the name of a site of the profile", site)
	}
}

// pair reads NAME=VALUE. The value is not repeated in a defect: it may be secret.
func (c *collector) pair(text, name string) (key, value string, ok bool) {
	key, value, ok = strings.Cut(text, "=")
	if !ok || strings.TrimSpace(key) == "" {
		c.add(Place{Name: name}, "write NAME=VALUE")
		return "", "", false
	}
	return strings.TrimSpace(key), value, true
}

// put replaces the entry with the same key, or appends it.
func put(all []entry, e entry) []entry {
	i := slices.IndexFunc(all, func(other entry) bool { return strings.EqualFold(other.key, e.key) })
	if i < 0 {
		return append(all, e)
	}
	all[i] = e
	return all
}
