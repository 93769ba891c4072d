package profile

import "time"

// environment reads the variables: ESCONFORM_PROFILE, _ENDPOINT, _SECURE_ENDPOINT,
// _USERNAME, _PASSWORD, _PASSWORD_FILE, _SEPARATE, _CONCURRENCY, _RATE, _TIMEOUT,
// _MAX_DURATION, _CA_FILE, _CERT_FILE, _KEY_FILE, _PROXY, _INSECURE, _ALLOW_HOOKS. They
// mean what the flags of that name mean. An empty variable counts as not set.
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
