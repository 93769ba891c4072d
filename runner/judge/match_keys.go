package judge

import (
	"fmt"
	"strings"

	"esconform/runner/xmltree"
)

// keys wants the texts that the path leads to to be the keys of these identities,
// each once, in any order, and no others. Counted identities stand for all of theirs.
func (c *court) keys(a *answer, s spot, names []string) (*mismatch, error) {
	wanted, order, err := c.wantedKeys(names)
	if err != nil {
		return nil, err
	}
	found := map[string]int{}
	var twice, others []xmltree.Match
	for _, m := range s.matches {
		key := strings.TrimSpace(textOf(m))
		found[key]++
		switch {
		case !wanted[key]:
			others = append(others, m)
		case found[key] == 2:
			twice = append(twice, m)
		}
	}
	var missing []string
	for _, key := range order {
		if found[key] == 0 {
			missing = append(missing, key)
		}
	}
	return s.keysDiffer(a, len(order), missing, twice, others), nil
}

// wantedKeys returns the keys of identities, as a set and in their order.
func (c *court) wantedKeys(names []string) (set map[string]bool, order []string, err error) {
	set = map[string]bool{}
	for _, name := range names {
		for _, member := range c.Case.Members(name) {
			key, ok := c.Outcome.Keys[member]
			if !ok {
				return nil, nil, fmt.Errorf("the outcome has no key for the identity %q", member)
			}
			if !set[key] {
				set[key] = true
				order = append(order, key)
			}
		}
	}
	return set, order, nil
}

// keysDiffer says how many keys are missing, stand more than once, or are not wanted,
// with the first of each.
func (s spot) keysDiffer(a *answer, wanted int, missing []string, twice, others []xmltree.Match) *mismatch {
	var said []string
	at := s.nearest(a)
	if len(missing) > 0 {
		said = append(said, plural(len(missing), "key")+" missing, first "+quoted(missing[0]))
	}
	if len(twice) > 0 {
		at = twice[0].Node
		said = append(said, plural(len(twice), "key")+" more than once, first "+quoted(textOf(twice[0])))
	}
	if len(others) > 0 {
		at = others[0].Node
		said = append(said, plural(len(others), "key")+" not wanted, first "+quoted(textOf(others[0])))
	}
	if len(said) == 0 {
		return nil
	}
	return differs(at, plural(wanted, "key"), plural(len(s.matches), "key"), "the keys at %s are not the expected ones: %s", s.shown(), strings.Join(said, "; "))
}
