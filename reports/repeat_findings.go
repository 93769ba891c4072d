package reports

import "slices"

// Gathered returns one of the repetitions of a case with what it broke itself, and then
// with a finding for each requirement that only others broke, or broke as a failure
// where it has a warning: what is broken at times is broken. Beside an error the
// failures of a known one are left out; they are no news.
func Gathered(repetitions []Result, which int) Result {
	result := repetitions[which]
	result.Findings = slices.Clone(result.Findings)
	for i, other := range repetitions {
		if i == which || result.Verdict == Error && other.Verdict == KnownFailure {
			continue
		}
		broken, failures := result.Broken(), result.Failures()
		for _, f := range other.Findings {
			switch {
			case f.Requirement == "":
			case f.Weight == Failure && !slices.Contains(failures, f.Requirement),
				f.Weight == Warning && !slices.Contains(broken, f.Requirement):
				result.Findings = append(result.Findings, f)
			}
		}
	}
	return result
}
