package sandbox

import "slices"

// A Dialect is a lawful variant of the endpoint: a way to write the same
// answer, or one of two readings of an ambiguous sentence.
type Dialect struct {
	Name    string // as in --dialect
	Title   string // what it changes, as a sentence
	Reading string // for a reading: the passage that allows it; empty for a way of writing
}

// Dialects returns all dialects, readings first.
func Dialects() []Dialect { return slices.Concat(readings(), waysOfWriting()) }

func readings() []Dialect { return nil }
