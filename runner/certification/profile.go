// Package certification loads the profiles of certification: named sets of
// requirements as data, in certification/*.yaml of the fixtures.
package certification

import (
	"slices"

	"esconform/reports/certify"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// Folder is where the profiles are, below the fixtures folder. A profile is named
// after its file.
const Folder = "certification"

// Profile is a profile whose patterns have been resolved.
type Profile struct {
	certify.Profile
	// Services are the port types that the endpoint must offer: scenarios that call
	// others are no part of the certification.
	Services []string
	// optional are the port types that go with a feature, by its name.
	optional map[string][]string
	// requirements are all of the profile, of the core and of its features.
	requirements map[string]requirement
}

// requirement says of a requirement of a profile whether every exchange shows it.
type requirement struct{ universal bool }

// For returns the profile with the cases that a run for it is made of, where the
// endpoint declares these features.
func (p Profile) For(library scenario.Library, declared []string) certify.Profile {
	q := p.Profile
	for _, s := range library.Scenarios {
		if !p.selects(s, declared) {
			continue
		}
		for _, c := range s.Cases {
			q.Cases = append(q.Cases, certify.Case{ID: c.ID(), Scenario: s.ID})
		}
	}
	return q
}

// selects says whether a run for the profile needs a scenario, where the endpoint
// declares these features: it proves a requirement of the profile that not every
// exchange shows, or is about such requirements alone, and it calls no other services
// than those of the profile and of the features.
func (p Profile) selects(s scenario.Scenario, declared []string) bool {
	offered := slices.Clone(p.Services)
	for _, feature := range declared {
		offered = append(offered, p.optional[feature]...)
	}
	return p.concerns(s.Proves()) &&
		!slices.ContainsFunc(s.Cases, func(c scenario.Case) bool {
			return slices.ContainsFunc(services(c), func(name string) bool { return !slices.Contains(offered, name) })
		})
}

// concerns says whether what a scenario proves is a reason to run it.
func (p Profile) concerns(proves []string) bool {
	universal := 0
	for _, id := range proves {
		switch q, there := p.requirements[id]; {
		case there && !q.universal:
			return true
		case there:
			universal++
		}
	}
	return universal > 0 && universal == len(proves)
}

// services returns the port types that a case calls, in its steps and for what it
// is given.
func services(c scenario.Case) []string {
	var names []string
	for _, g := range c.Given {
		switch {
		case g.Kind == scenario.GivenGroup:
			names = append(names, wire.ServiceGroup)
		case g.Kind == scenario.GivenMembership:
			names = append(names, wire.ServiceMembership)
		default:
			names = append(names, wire.ServicePerson)
		}
	}
	for _, s := range c.Steps {
		if o, known := wire.Lookup(s.Operation); known {
			names = append(names, o.Service)
		} else if slices.Contains(portTypes(), s.Service) {
			names = append(names, s.Service)
		}
	}
	return names
}

// portTypes are the services that a profile may name.
func portTypes() []string {
	return []string{wire.ServicePerson, wire.ServiceExtendedPerson, wire.ServiceGroup, wire.ServiceMembership}
}
