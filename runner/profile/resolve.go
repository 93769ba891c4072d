package profile

import (
	"io"
	"io/fs"
	"time"

	"esconform/runner/wire"
)

// Sources are all places that settings come from, strongest last: defaults, the
// profile file, the environment, flags.
type Sources struct {
	Flags Flags
	// LookupEnv reads a variable, as os.LookupEnv does; nil for none.
	LookupEnv func(string) (string, bool)
	// Stdin is read for `--password-file -`; nil when there is none.
	Stdin io.Reader
	// Builtin holds built-in profiles below profiles/; nil for none.
	Builtin fs.FS
	// Known is a target that is known already, such as the embedded sandbox; it
	// takes the place of a profile file and of the environment's endpoint and
	// credentials. Only limits, TLS, states, headers, features and hooks are then
	// taken from elsewhere.
	Known *Target
}

// The defaults. Off loopback a run is polite: it shares the endpoint with people.
const (
	DefaultConcurrency   = 4
	DefaultRate          = 10.0 // requests a second, off loopback
	DefaultStepTimeout   = 30 * time.Second
	DefaultMaxBody       = 16 << 20
	DefaultMaxHeader     = 64 << 10
	DefaultMaxDepth      = 256
	DefaultMaxViolations = 100
)

// Resolve puts a target together: flags that were set win over the environment,
// the environment over the profile file, the file over the defaults. The error is
// Defects with everything that is wrong; nothing has been sent then.
func Resolve(s Sources) (Target, error) {
	c := &collector{}
	lookup := s.LookupEnv
	if lookup == nil || s.Known != nil {
		lookup = func(string) (string, bool) { return "", false }
	}
	env := environment{collector: c, lookup: lookup}

	var d draft
	if s.Known != nil {
		d = draftOf(*s.Known)
	} else if name := profileName(s.Flags, env); name.set {
		d = c.load(name.value, name.place, s.Builtin)
		if len(c.defects) > 0 && !d.endpoint.set && len(d.sites) == 0 {
			return Target{}, c.err() // the file could not be read: all else would be noise
		}
	}
	before := d.endpoint
	env.overlay(&d)
	c.overlay(&d, s.Flags)
	d.forget(before)

	t := c.build(d, s)
	if err := c.err(); err != nil {
		return Target{}, err
	}
	return t, nil
}

func profileName(f Flags, env environment) option[string] {
	name := env.text("PROFILE")
	name.override(flag(f.Profile, flagProfile))
	return name
}

// forget drops what the file says about an endpoint that is not the one in force:
// the control interface and the other addresses belong to the endpoint that the
// file names.
func (d *draft) forget(file option[string]) {
	if !file.set || file.value == d.endpoint.value {
		return
	}
	d.control = controlDraft{}
	d.services = nil
	if d.secure.place.File != "" {
		d.secure = option[string]{}
	}
}

// build checks the draft and makes the target of it.
func (c *collector) build(d draft, s Sources) Target {
	t := Target{
		Name:     d.name.or("endpoint"),
		Separate: d.separate.or(false),
		Product:  d.product,
		Services: map[string]string{},
	}
	c.addresses(d, &t)
	t.TLS = c.tls(d, t.BaseURL)
	t.Limits = c.limits(d, t.BaseURL)
	t.Sites = c.sites(d, s)
	t.Features = c.features(d)
	t.Control = c.control(d, s)
	t.Headers = c.headers(d)
	t.Hooks = c.hooks(d)
	return t
}

// draftOf turns a known target back into settings without a place.
func draftOf(t Target) draft {
	var here Place
	d := draft{
		name: given(t.Name, here), endpoint: given(t.BaseURL, here), separate: given(t.Separate, here), product: t.Product, private: true,
	}
	if t.SecureURL != "" {
		d.secure = given(t.SecureURL, here)
	}
	for _, service := range sortedKeys(t.Services) {
		d.services = append(d.services, entry{key: service, value: t.Services[service]})
	}
	for _, site := range t.Sites {
		d.sites = append(d.sites, siteDraft{
			name: given(site.Name, here), username: given(site.Credentials.Username, here),
			secret: secretDraft{known: given(site.Credentials.Password, here)},
			states: entriesOf(site.States), anchors: entriesOf(site.Anchors),
		})
	}
	for _, feature := range t.Features {
		d.features = append(d.features, given(feature, here))
	}
	if t.Control != nil {
		d.control = controlDraft{set: true, url: given(t.Control.URL, here), secret: secretDraft{known: given(t.Control.Token, here)}}
	}
	if t.TLS.CAFile != "" {
		d.caFile = given(t.TLS.CAFile, here)
	}
	d.headers = entriesOf(t.Headers)
	return d
}

func entriesOf(m map[string]string) []entry {
	var all []entry
	for _, key := range sortedKeys(m) {
		all = append(all, entry{key: key, value: m[key]})
	}
	return all
}

// services are the names that a profile may give an address for.
func services() []string {
	names := []string{wire.CombinedPort}
	seen := map[string]bool{}
	for _, op := range wire.Operations() {
		if !seen[op.Service] {
			seen[op.Service] = true
			names = append(names, op.Service)
		}
	}
	return names
}
