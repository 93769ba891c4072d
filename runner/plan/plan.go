// Package plan decides, before anything is sent, which scenario runs where: it
// selects by id, label, state and feature, places scenarios on sites, orders them
// and counts what they will cost. It is pure.
package plan

import (
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// Plan is what a run will do, sorted by id; Order gives the order of execution.
type Plan struct {
	Target profile.Target
	// Selection is what the items were chosen by.
	Selection Selection
	Items     []Item
	Order     []int // indexes into Items of those that run, in order of execution
	Budget    Budget
	// States are those of the library: their scope says what a switch concerns.
	States []scenario.State
}

// Repetitions is how often each case that runs is carried out, at least once.
func (p Plan) Repetitions() int { return max(1, p.Selection.Repeat) }

// EndpointWide says whether switching a state concerns every site.
func (p Plan) EndpointWide(state string) bool { return endpointWide(p.States, state) }

// Item is one case with its place.
type Item struct {
	Case scenario.Case
	Core bool // needs no control interface, no switched state, no anchor, no second site, no volume
	// Skip says in one sentence why the case cannot run here and how to run it;
	// empty when it runs.
	Skip string
	Site string // name of the site
	// Other is the name of the second site, for steps with `site: other`.
	Other string
	// Switch are the states to switch before the first step; they are restored
	// afterwards. Empty when the site already has what is needed.
	Switch map[string]string
	// Lock says what must not run at the same time.
	Lock Lock
}

// Lock is the extent of what an item needs for itself.
type Lock string

// The locks: none (shares its site), its site, the whole endpoint.
const (
	LockNone     Lock = ""
	LockSite     Lock = "site"
	LockEndpoint Lock = "endpoint"
)

// Budget is the size of a plan.
type Budget struct {
	Scenarios int // folders
	Cases     int
	Requests  int // given, steps and cleanup of all repetitions, at least
	Objects   int // objects that will be made
	Skipped   int // cases
}
