package reports

import "slices"

// The exit codes of a run (design, section 10).
const (
	ExitConformant    = 0
	ExitNotConformant = 1   // or worse than the baseline
	ExitUsage         = 2   // flags, configuration or fixtures are wrong; never the outcome of a run
	ExitInconclusive  = 3   // could not be judged
	ExitNothing       = 4   // nothing was tested
	ExitInterrupted   = 130 // the run was interrupted
)

// ExitCode gives the exit code of a run. With a comparison (Report.Baseline) the
// run is red only for what got worse: 1 when the endpoint did, a case that had been
// judged is gone, or a requirement is no longer tested; 3 when all that is worse
// follows from cases that can no longer be judged, or when a case that the earlier
// report does not have could not be; 0 otherwise. Neither way is a run
// green that was interrupted, ended early, judged nothing, or in which a case passed
// that is listed as a known failure: that list is wrong now.
// A run for a certification profile is green only if that verdict is, too.
func ExitCode(r Report) int {
	switch {
	case r.Interrupted:
		return ExitInterrupted
	case r.Counts.Total == r.Counts.Skipped:
		return ExitNothing
	case r.Certification != nil:
		return worseExit(exitRun(r), exitVerdict(r.Certification.Verdict))
	}
	return exitRun(r)
}

func exitRun(r Report) int {
	switch {
	case r.Baseline != nil && r.Counts.UnexpectedPass > 0:
		return ExitNotConformant
	case r.Baseline != nil && len(r.Baseline.Worse)+len(r.Baseline.LostCoverage) > 0:
		return exitWorse(r)
	case r.Baseline != nil && newInDoubt(r):
		return ExitInconclusive
	case r.Baseline != nil && r.Complete && judged(r.Counts) > 0:
		return ExitConformant
	}
	return exitVerdict(r.Verdict)
}

func exitVerdict(v RunVerdict) int {
	switch v {
	case Conformant, ConformantWithWarnings:
		return ExitConformant
	case NotConformant:
		return ExitNotConformant
	}
	return ExitInconclusive
}

// exitWorse tells a worse endpoint, and a suite that tests less, from a run that could
// not judge as much as the earlier one.
func exitWorse(r Report) int {
	for _, change := range r.Baseline.Worse {
		if change.To.Judged() || slices.Contains(r.Baseline.Vanished, change.ID) {
			return ExitNotConformant
		}
	}
	if len(r.Baseline.Worse)+r.Counts.Error+r.Counts.NotRun > 0 {
		return ExitInconclusive // what is no longer tested may follow from that
	}
	return ExitNotConformant
}

// newInDoubt says whether a case that the earlier report does not have ended in an
// error or did not run: nothing excuses it.
func newInDoubt(r Report) bool {
	return slices.ContainsFunc(r.Scenarios, func(result Result) bool {
		return (result.Verdict == Error || result.Verdict == NotRun) && slices.Contains(r.Baseline.Appeared, result.ID)
	})
}

// worseExit returns the code that says the worse of an endpoint: a failure is
// evidence where a doubt is none.
func worseExit(a, b int) int {
	for _, code := range []int{ExitNotConformant, ExitInconclusive} {
		if a == code || b == code {
			return code
		}
	}
	return ExitConformant
}
