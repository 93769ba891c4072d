package reports

import (
	"cmp"
	"slices"
)

// ToExplain returns the cases that are not as they should be, and have something to
// show for it: failed, in error, passed although listed, and warned; the worst first,
// then in the order of ids. An error without a finding has only a reason, which those
// who sum a run up say once for all cases that share it.
func ToExplain(results []Result) []Result {
	var bad []Result
	for _, r := range results {
		switch {
		case r.Verdict == Failed, r.Verdict == UnexpectedPass, r.Verdict == Warned, r.Verdict == Error && len(r.Findings) > 0:
			bad = append(bad, r)
		}
	}
	slices.SortStableFunc(bad, func(a, b Result) int {
		return cmp.Or(b.Verdict.rank()-a.Verdict.rank(), ByID(a, b))
	})
	return bad
}
