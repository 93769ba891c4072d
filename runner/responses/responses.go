// Package responses compares what an endpoint answered in two runs, by meaning: what
// was made up for a run, and the time at which it was made, never matter.
package responses

import (
	"esconform/reports/changes"
	"esconform/runner/evidence"
)

// Run is the evidence of a run: its outcomes by case id (evidence.ReadLog).
type Run struct {
	outcomes map[string]evidence.Outcome
	hosts    []string // that it talked to
}

// NewRun returns the evidence in the form in which it is compared.
func NewRun(outcomes map[string]evidence.Outcome) Run {
	return Run{outcomes: outcomes, hosts: hosts(outcomes)}
}

// Compare compares the responses of those cases, in the order of the ids given, and
// returns those that changed, and the cases of which a run has no evidence.
//
// Exchanges are paired by step, page, operation and what `given` made. A step that was
// repeated until it held is compared by its last attempt, because how many attempts it
// takes is a matter of time; so are the probes, which are left out. Responses are
// compared as documents (see xmltree.Diff: exactly, and typed), after keys, unique
// values, message identifiers, captured values, generated identifiers, addresses and
// the times of the run were replaced by their names. Where other people's persons were
// in a list (evidence.Exchange.Strangers), their number does not matter, and a list
// that was read page by page is left out: which page holds what is chance then. The status and the media type
// of HTTP, and why there was no answer, are compared, too; other headers are not.
func Compare(a, b Run, ids []string) ([]changes.Response, []changes.Uncompared) {
	changed, uncompared := []changes.Response{}, []changes.Uncompared{}
	for _, id := range ids {
		was, inA := a.outcomes[id]
		now, inB := b.outcomes[id]
		if !inA || !inB {
			uncompared = append(uncompared, changes.Uncompared{ID: id, Reason: absent(inA, inB)})
			continue
		}
		changed = append(changed, compareCase(id, a.view(was), b.view(now))...)
	}
	return changed, uncompared
}

func absent(inA, inB bool) string {
	switch {
	case inA:
		return "the later run has no evidence of it"
	case inB:
		return "the earlier run has no evidence of it"
	}
	return "neither run has evidence of it"
}

// view is an outcome with what shows its texts.
type view struct {
	outcome evidence.Outcome
	names   func(string) string
}

func (r Run) view(o evidence.Outcome) view { return view{o, names(o, r.hosts)} }
