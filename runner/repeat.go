package runner

import (
	"errors"
	"fmt"

	"esconform/reports"
	"esconform/runner/plan"
)

// repetition records one of the repetitions of a case. The case's result is made and
// recorded when all have come, in whatever order they were judged.
func (r *recorder) repetition(item plan.Item, number int, result reports.Result) {
	wanted := r.config.Plan.Repetitions()
	if all := r.gather(item.Case.ID(), number, result); len(all) == wanted {
		r.record(reports.Repeated(all, r.config.Amend))
	}
}

// gather keeps a repetition and returns all that there are, in their order.
func (r *recorder) gather(id string, number int, result reports.Result) []reports.Result {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.repeated[id] == nil {
		r.repeated[id] = make(map[int]reports.Result)
	}
	if _, there := r.repeated[id][number]; there {
		r.broken = errors.Join(r.broken, fmt.Errorf("repetition %d of case %s ended twice", number, id))
		return nil
	}
	r.repeated[id][number] = r.reproducible(result)
	return r.inOrder(id)
}

// inOrder returns the repetitions of a case that there are. The lock is held.
func (r *recorder) inOrder(id string) []reports.Result {
	var all []reports.Result
	for n := 1; n <= r.config.Plan.Repetitions(); n++ {
		if result, there := r.repeated[id][n]; there {
			all = append(all, result)
		}
	}
	return all
}

// cutShort is the result of a case when the run ended before all of its repetitions
// had.
func (r *recorder) cutShort(item plan.Item, reason string) reports.Result {
	r.mu.Lock()
	all := r.inOrder(item.Case.ID())
	r.mu.Unlock()
	return reports.Cut(all, r.config.Amend, blank(item), r.config.Plan.Repetitions(), reason)
}
