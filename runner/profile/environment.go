package profile

import "time"

// Variables lists the environment variables that are read, each with what it says,
// for the help text.
func Variables() [][2]string {
	return [][2]string{
		{envPrefix + "PROFILE", "profile file, or name of a built-in profile"},
		{envPrefix + "ENDPOINT", "base URL of the endpoint"},
		{envPrefix + "SECURE_ENDPOINT", "https form of the endpoint, for scenarios that need TLS"},
		{envPrefix + "USERNAME", "user name of the default site"},
		{envPrefix + "PASSWORD", "password of the default site"},
		{envPrefix + "PASSWORD_FILE", "file that holds the password of the default site"},
		{envPrefix + "SEPARATE", "true: use the separate services"},
		{envPrefix + "CONCURRENCY", "scenarios in flight"},
		{envPrefix + "RATE", "requests a second; 0 is no limit"},
		{envPrefix + "TIMEOUT", "deadline of one exchange, e.g. 30s"},
		{envPrefix + "MAX_DURATION", "deadline of the run, e.g. 20m"},
		{envPrefix + "CA_FILE", "certificates of the endpoint's authority (PEM)"},
		{envPrefix + "CERT_FILE", "client certificate (PEM)"},
		{envPrefix + "KEY_FILE", "key of the client certificate (PEM)"},
		{envPrefix + "PROXY", "URL of a proxy"},
		{envPrefix + "INSECURE", "true: certificates are not verified"},
		{envPrefix + "ALLOW_HOOKS", "true: hooks of the profile may run"},
	}
}

// environment reads the variables. An empty variable counts as not set.
type environment struct {
	*collector
	lookup func(string) (string, bool)
}

func (e environment) text(name string) option[string] {
	value, ok := e.lookup(envPrefix + name)
	if !ok || value == "" {
		return option[string]{}
	}
	return given(value, Place{Name: envPrefix + name})
}

func (e environment) truth(name string) option[bool] {
	if text := e.text(name); text.set {
		return parseTruth(e.collector, text, text.place.Name)
	}
	return option[bool]{}
}

func (e environment) duration(name string) option[time.Duration] {
	if text := e.text(name); text.set {
		return parseDuration(e.collector, text, text.place.Name)
	}
	return option[time.Duration]{}
}

// overlay puts the variables that are set over the draft.
func (e environment) overlay(d *draft) {
	d.endpoint.override(e.text("ENDPOINT"))
	d.secure.override(e.text("SECURE_ENDPOINT"))
	d.separate.override(e.truth("SEPARATE"))
	if text := e.text("CONCURRENCY"); text.set {
		d.concurrency.override(parseInteger(e.collector, text, text.place.Name))
	}
	if text := e.text("RATE"); text.set {
		d.rate.override(parseNumber(e.collector, text, text.place.Name))
	}
	d.stepTimeout.override(e.duration("TIMEOUT"))
	d.maxDuration.override(e.duration("MAX_DURATION"))
	d.caFile.override(e.text("CA_FILE"))
	d.certFile.override(e.text("CERT_FILE"))
	d.keyFile.override(e.text("KEY_FILE"))
	d.proxy.override(e.text("PROXY"))
	d.unverified.override(e.truth("INSECURE"))
	if allow := e.truth("ALLOW_HOOKS"); allow.set {
		d.allowHooks = allow.value
	}
	e.credentials(d)
}

func (e environment) credentials(d *draft) {
	site := d.defaultSite()
	site.username.override(e.text("USERNAME"))
	if file := e.text("PASSWORD_FILE"); file.set {
		site.secret = secretDraft{file: file}
	}
	if password := e.text("PASSWORD"); password.set {
		site.secret = secretDraft{known: given(NewSecret(password.value), password.place)}
	}
}
