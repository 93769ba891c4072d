package sandbox

import "slices"

// A Deviation is a deliberate fault of the endpoint: one rule is broken, and
// nothing else.
type Deviation struct {
	Name        string   // as in --deviate
	Requirement string   // the rule that is broken
	Level       string   // of that requirement: must, should
	Affects     []string // other requirements that suffer with it
	Stateful    bool     // the answer is right, what is stored is wrong
	Title       string   // what the endpoint does
}

// deviations is the table of all deviations. It is never changed.
var deviations = slices.Concat(answersDeviations(), securityDeviations(), statusDeviations(), personDeviations(), writesDeviations(),
	replaceDeviations(), readsDeviations(), allDeviations(), relationshipsDeviations(), membershipDeviations(), membershipKeysDeviations(), homeDeviations(), descriptionDeviations(),
	groupDeviations(), groupKeysDeviations(), organisationDeviations())

// Deviations returns the table of deviations, by area.
func Deviations() []Deviation { return slices.Clone(deviations) }

// deviationIndex returns the place of a deviation in the table, -1 for none.
func deviationIndex(name string) int {
	return slices.IndexFunc(deviations, func(d Deviation) bool { return d.Name == name })
}
