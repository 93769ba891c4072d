package responses

import (
	"esconform/reports/changes"
	"esconform/runner/evidence"
)

// probeStep is the step of a probe (see evidence.Exchange.Step).
const probeStep = -2

// place says which exchanges of two runs belong together.
type place struct {
	step, page       int
	operation, given string
	again            int // of several that are otherwise the same
}

// compareCase compares the exchanges of one case: those of B in their order, then
// those that only A has.
func compareCase(id string, a, b view) []changes.Response {
	was, before := byPlace(a.outcome.Exchanges)
	now, order := byPlace(b.outcome.Exchanges)
	for _, p := range before {
		if now[p] == nil {
			order = append(order, p)
		}
	}
	var changed []changes.Response
	crowded := crowdedSteps(a.outcome.Exchanges, b.outcome.Exchanges)
	for _, p := range order {
		if p.page > 0 && crowded[p.step] {
			continue
		}
		differences := compareExchange(was[p], now[p], a, b)
		if len(differences) == 0 {
			continue
		}
		r := changes.Response{ID: id, Step: p.step + 1, Operation: p.operation, Given: p.given, Page: p.page}
		if was[p] != nil {
			r.A = was[p].ResponseFile
		}
		if now[p] != nil {
			r.B, r.Attempt = now[p].ResponseFile, now[p].Attempt
		}
		r.Differences = differences[:min(len(differences), mostDifferences)]
		r.More = len(differences) - len(r.Differences)
		changed = append(changed, r)
	}
	return changed
}

// byPlace finds the exchange of each place, its last attempt, and lists the places in
// their order.
func byPlace(exchanges []evidence.Exchange) (map[place]*evidence.Exchange, []place) {
	at := make(map[place]*evidence.Exchange)
	var order []place
	for i := range exchanges {
		x := &exchanges[i]
		if x.Step == probeStep {
			continue
		}
		p := place{step: x.Step, page: x.Page, operation: x.Operation, given: x.Given}
		for at[p] != nil && at[p].Attempt >= x.Attempt {
			p.again++
		}
		if at[p] == nil {
			order = append(order, p)
		}
		at[p] = x
	}
	return at, order
}

// crowdedSteps are the steps in which other people's persons were seen.
func crowdedSteps(all ...[]evidence.Exchange) map[int]bool {
	crowded := make(map[int]bool)
	for _, exchanges := range all {
		for _, x := range exchanges {
			if x.Strangers > 0 {
				crowded[x.Step] = true
			}
		}
	}
	return crowded
}
