package profile

import "time"

// option is a setting with the place that it came from.
type option[T any] struct {
	value T
	place Place
	set   bool
}

func given[T any](value T, place Place) option[T] {
	return option[T]{value: value, place: place, set: true}
}

// or returns the setting's value, or the default when it was not set.
func (o option[T]) or(def T) T {
	if o.set {
		return o.value
	}
	return def
}

// override takes the stronger setting when it was set.
func (o *option[T]) override(stronger option[T]) {
	if stronger.set {
		*o = stronger
	}
}

// draft is a target before it has been checked: what was said, and where.
type draft struct {
	name, endpoint, secure   option[string]
	services                 []entry
	separate                 option[bool]
	product                  Product
	sites                    []siteDraft
	features                 []option[string]
	control                  controlDraft
	concurrency              option[int]
	rate                     option[float64]
	stepTimeout, maxDuration option[time.Duration]
	maxBody, maxHeader       option[int]
	maxDepth, maxViolations  option[int]
	caFile, certFile         option[string]
	keyFile, proxy           option[string]
	unverified               option[bool]
	headers                  []entry
	hooks                    []hookDraft
	allowHooks               bool
	private                  bool // only the owner can read the profile file
}

// entry is one key and value of a mapping.
type entry struct {
	key   string
	value string
	place Place
}

type siteDraft struct {
	place    Place
	name     option[string]
	username option[string]
	secret   secretDraft
	states   []entry
	anchors  []entry
}

// secretDraft says where a secret is to be had. At most one is set per layer.
type secretDraft struct {
	literal option[string]
	file    option[string]
	env     option[string]
	known   option[Secret] // taken from the environment, or from a file that a flag names
}

type controlDraft struct {
	place  Place
	set    bool
	url    option[string]
	secret secretDraft
}

type hookDraft struct {
	state string
	args  []string
	place Place
}
