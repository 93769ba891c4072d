package reports

import (
	"cmp"
	"slices"
	"time"
)

// Broken returns the requirements that the result's findings break, as failures
// or as warnings, sorted, each once.
func (r Result) Broken() []string { return r.broken(Failure, Warning) }

// Failures returns the requirements that the result's findings break as failures,
// sorted, each once.
func (r Result) Failures() []string { return r.broken(Failure) }

func (r Result) broken(weights ...Weight) []string {
	var ids []string
	for _, f := range r.Findings {
		if f.Requirement != "" && slices.Contains(weights, f.Weight) {
			ids = append(ids, f.Requirement)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Normalise returns the result in the one form in which it is recorded: times in
// UTC and whole milliseconds, requirements sorted and each once, lists never nil.
// A recorded result reads back as the same value.
func (r Result) Normalise() Result {
	r.StartedAt = normaliseTime(r.StartedAt)
	r.Proves = slices.Clone(r.Proves)
	slices.Sort(r.Proves)
	r.Proves = filled(slices.Compact(r.Proves))
	r.Findings = filled(r.Findings)
	r.Labels = dropEmpty(r.Labels)
	r.Operations, r.Steps, r.Repeats = dropEmpty(r.Operations), dropEmpty(r.Steps), dropEmpty(r.Repeats)
	r.Observations = dropEmpty(r.Observations)
	return r
}

func normaliseTime(t time.Time) time.Time { return t.UTC().Truncate(time.Millisecond) }

// filled makes a nil list an empty one, so that JSON says [] and not null.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// dropEmpty makes an empty list nil, as it comes back from JSON that leaves it out.
func dropEmpty[T any](list []T) []T {
	if len(list) == 0 {
		return nil
	}
	return list
}

// ByID orders results by their id.
func ByID(a, b Result) int { return cmp.Compare(a.ID, b.ID) }
