package reports

// rank orders verdicts from best to worst. A failure is worse than an error,
// because it is evidence about the endpoint where an error is none (design,
// section 2: a run with a failed case is not conformant, whatever else happened).
func (v Verdict) rank() int {
	switch v {
	case Passed:
		return 0
	case Warned:
		return 1
	case KnownFailure:
		return 2
	case Skipped:
		return 3
	case NotRun:
		return 4
	case Error:
		return 5
	case UnexpectedPass:
		return 6
	case Failed:
		return 7
	}
	return 5 // an unknown word is our own error
}

// Worse says whether v is worse than w. From best to worst: passed, warned,
// known-failure, skipped, not-run, error, unexpected-pass, failed.
func (v Verdict) Worse(w Verdict) bool { return v.rank() > w.rank() }

// Judged says whether the verdict is about the endpoint: the case ran to its end
// and its expectations were evaluated.
func (v Verdict) Judged() bool {
	switch v {
	case Passed, Warned, Failed, KnownFailure, UnexpectedPass:
		return true
	}
	return false
}

// Words returns all verdicts of a case, from best to worst.
func Words() []Verdict {
	return []Verdict{Passed, Warned, KnownFailure, Skipped, NotRun, Error, UnexpectedPass, Failed}
}
