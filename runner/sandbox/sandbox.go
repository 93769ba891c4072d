// Package sandbox is the reference endpoint: a real, stateful server of the
// documented services, with sites, credentials, states, deliberate faults
// (deviations) and lawful variants (dialects).
//
// It shares nothing with the code that examines endpoints but the names on the
// wire and the schema files.
package sandbox

// A Dialect is a lawful variant of the endpoint: a way to write the same
// answer, or one of two readings of an ambiguous sentence.
type Dialect struct {
	Name    string // as in --dialect
	Title   string // what it changes, as a sentence
	Reading string // for a reading: the passage that allows it; empty for a way of writing
}
