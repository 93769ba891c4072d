package plan

import (
	"fmt"
	"slices"

	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// maxWrongPasswords is how many requests with a wrong password a run sends to a
// real endpoint: more could lock the account (ruling 15).
const maxWrongPasswords = 3

// capWrongPasswords skips what would send more wrong passwords than an account can
// bear. The sandbox never locks an account. What is skipped by this rule of ours
// does not make a run inconclusive, so it is no longer core. But where it is
// repetitions that leave none of them, it stays core: else an endpoint that accepts
// any password would be conformant.
func capWrongPasswords(p *Plan) {
	if p.Target.Control != nil {
		return
	}
	sent := 0
	core := map[int]bool{} // those skipped, and whether they were core
	p.Order = slices.DeleteFunc(p.Order, func(i int) bool {
		n := wrongPasswords(p.Items[i].Case) * p.Repetitions()
		if n == 0 || sent+n <= maxWrongPasswords {
			sent += n
			return false
		}
		advice := "run it alone with --only " + p.Items[i].Case.ID()
		if p.Repetitions() > 1 {
			advice += ", without --repeat"
		}
		core[i] = p.Items[i].Core
		p.Items[i] = Item{
			Case: p.Items[i].Case,
			Skip: fmt.Sprintf("a run sends at most %d wrong passwords to a real endpoint; %s", maxWrongPasswords, advice),
		}
		return true
	})
	for i, was := range core {
		p.Items[i].Core = was && sent == 0 && p.Repetitions() > 1
	}
}

// budget counts what a plan costs. Requests is a minimum: repetitions of `until`
// and probes come on top. Objects is a maximum: not every identity is stored.
func budget(p Plan) Budget {
	b := Budget{Cases: len(p.Items)}
	folders := map[string]bool{}
	for _, item := range p.Items {
		folders[item.Case.Scenario.ID] = true
		if item.Skip != "" {
			b.Skipped++
			continue
		}
		b.Requests += requests(item.Case) * p.Repetitions()
		b.Objects += objects(item.Case) * p.Repetitions()
	}
	b.Scenarios = len(folders)
	return b
}

func requests(c scenario.Case) int {
	n := len(c.Given)
	for _, s := range c.Steps {
		switch {
		case len(s.Switch) > 0:
		case s.Pages > 0:
			n += max(1, (c.Volume+s.Pages-1)/s.Pages)
		default:
			n++
		}
	}
	return n + removals(c)
}

// removals counts the requests of the cleanup: for each kind of object that may be
// there, deletions in batches, each with a look whether it worked.
func removals(c scenario.Case) int {
	if !Writes(c) {
		return 0
	}
	kinds := map[wire.Kind]bool{}
	for _, g := range c.Given {
		if kind, known := madeBy[g.Kind]; known && g.Control == nil {
			kinds[kind] = true
		}
	}
	for _, s := range c.Steps {
		if op, known := wire.Lookup(s.Operation); known && op.Effect == wire.Write {
			kinds[op.Kind] = true
		}
	}
	batches := max(1, (objects(c)+removeBatch-1)/removeBatch)
	return 2 * batches * max(1, len(kinds))
}

// removeBatch is how many objects one deletion of the cleanup names, as in package
// exchange.
const removeBatch = 1000

// madeBy says which kind of object something given is.
var madeBy = map[scenario.GivenKind]wire.Kind{
	scenario.GivenPerson: wire.KindPerson, scenario.GivenGroup: wire.KindGroup, scenario.GivenMembership: wire.KindMembership,
}

func objects(c scenario.Case) int {
	if !Writes(c) {
		return 0
	}
	n := 0
	for _, id := range c.Objects() {
		if id.Anchor == "" {
			n++
		}
	}
	return n
}
