package baseline

import (
	"slices"

	"esconform/reports"
)

// lostCoverage gives the requirements of which the new run says less than the old
// one, sorted. One that the new report does not have is not tested in it.
func lostCoverage(old, new []reports.Requirement) []string {
	now := make(map[string]int, len(new))
	for _, q := range new {
		now[q.ID] = said(q.Outcome)
	}
	var lost []string
	for _, q := range old {
		if said(q.Outcome) > now[q.ID] {
			lost = append(lost, q.ID)
		}
	}
	slices.Sort(lost)
	return lost
}

// said orders outcomes by how much a run says about a requirement.
func said(outcome string) int {
	switch outcome {
	case reports.Held, reports.Broken:
		return 2
	case reports.Observed:
		return 1
	}
	return 0
}
