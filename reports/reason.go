package reports

import (
	"fmt"
	"slices"
	"strings"
)

// judge gives the verdict of a run and its ground in one sentence (design, section
// 2). A failed case makes the run not conformant, whatever else happened; otherwise
// an error, a case that did not run, a skipped core case or an early end make it
// inconclusive, and so does a run that judged nothing.
// The sentence says also how much of the suite was run.
func judge(r Report) (RunVerdict, string) {
	verdict, grounds := weigh(r)
	return verdict, string(verdict) + ": " + strings.Join(append(extent(r), grounds...), "; ")
}

func weigh(r Report) (RunVerdict, []string) {
	doubts := doubts(r)
	switch c := r.Counts; {
	case c.Failed+c.UnexpectedPass > 0, len(brokenBy(r, Error, Result.Failures)) > 0:
		return NotConformant, append(faults(r), doubts...)
	case len(doubts) > 0:
		return Inconclusive, append(doubts, firstReason(r)...)
	case judged(c) == 0:
		return Inconclusive, []string{nothing(c)}
	case c.Warned+c.KnownFailure > 0:
		return ConformantWithWarnings, append(warnings(r), skips(c)...)
	default:
		return Conformant, append([]string{of(c.Passed, c.Total-c.Skipped, "case") + " passed"}, skips(c)...)
	}
}

// judged is the number of cases whose verdict is about the endpoint.
func judged(c Counts) int {
	return c.Passed + c.Warned + c.Failed + c.KnownFailure + c.UnexpectedPass
}

func nothing(c Counts) string {
	if c.Total == 0 {
		return "nothing was tested, because no scenario was selected"
	}
	return fmt.Sprintf("nothing was tested, because %s", were(c.Skipped, "case", "skipped"))
}

func faults(r Report) []string {
	var grounds []string
	if n := r.Counts.Failed; n > 0 {
		grounds = append(grounds, of(n, r.Counts.Total, "case")+" failed, breaking "+list(brokenBy(r, Failed, Result.Failures), 5))
	}
	if ids := brokenBy(r, Error, Result.Failures); len(ids) > 0 {
		grounds = append(grounds, "cases that ended in an error broke "+list(ids, 5)+" before")
	}
	if n := r.Counts.UnexpectedPass; n > 0 {
		grounds = append(grounds, counted(n, "case")+" passed although listed as a known failure")
	}
	return grounds
}

func warnings(r Report) []string {
	var grounds []string
	if n := r.Counts.Warned; n > 0 {
		grounds = append(grounds, of(n, r.Counts.Total, "case")+" warned about "+list(brokenBy(r, Warned, Result.Broken), 5))
	}
	if n := r.Counts.KnownFailure; n > 0 {
		grounds = append(grounds, counted(n, "case")+" failed as listed")
	}
	return grounds
}

// skips names the skipped cases of a run that is conclusive without them.
func skips(c Counts) []string {
	if c.Skipped == 0 {
		return nil
	}
	return []string{were(c.Skipped, "case", "skipped")}
}

// doubts says what keeps a run from being conclusive.
func doubts(r Report) []string {
	var grounds []string
	if r.Interrupted {
		grounds = append(grounds, "the run was interrupted")
	} else if !r.Complete {
		grounds = append(grounds, "the run is not complete")
	}
	grounds = append(grounds, missing(r.Selection.Missing)...)
	if n := r.Counts.Error; n > 0 {
		grounds = append(grounds, counted(n, "case")+" ended in an error")
	}
	if n := r.Counts.NotRun; n > 0 {
		grounds = append(grounds, counted(n, "case")+" did not run")
	}
	if n := skippedCore(r); n > 0 {
		grounds = append(grounds, were(n, "core case", "skipped"))
	}
	return grounds
}

func skippedCore(r Report) int {
	n := 0
	for _, result := range r.Scenarios {
		if result.Verdict == Skipped && result.Core {
			n++
		}
	}
	return n
}

// firstReason quotes why cases could not be judged, so that the sentence says what
// to do and not only how often: the one reason that they share, or that of the worst.
func firstReason(r Report) []string {
	var worst *Result
	shared := true
	for i, result := range r.Scenarios {
		if doubtful := result.Verdict == Error || result.Verdict == NotRun || result.Verdict == Skipped && result.Core; !doubtful {
			continue
		}
		if worst != nil && worst.Reason != result.Reason {
			shared = false
		}
		if worst == nil || result.Verdict.Worse(worst.Verdict) {
			worst = &r.Scenarios[i]
		}
	}
	if worst == nil || worst.Reason == "" {
		return nil
	}
	reason := strings.TrimSuffix(worst.Reason, ".")
	if shared {
		return []string{reason}
	}
	return []string{"first " + worst.ID + ": " + reason}
}

// brokenBy returns the requirements that findings of cases with that verdict break,
// sorted, each once.
func brokenBy(r Report, v Verdict, broken func(Result) []string) []string {
	var ids []string
	for _, result := range r.Scenarios {
		if result.Verdict == v {
			ids = append(ids, broken(result)...)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// list names at most that many items and says how many more there are.
func list(items []string, most int) string {
	if len(items) == 0 {
		return "no requirement"
	}
	if len(items) <= most {
		return strings.Join(items, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(items[:most], ", "), len(items)-most)
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func of(n, total int, noun string) string {
	if n == total {
		if n == 1 {
			return "the only " + noun
		}
		return fmt.Sprintf("all %d %ss", n, noun)
	}
	return fmt.Sprintf("%d of %d %ss", n, total, noun)
}

func were(n int, noun, participle string) string {
	if n == 1 {
		return "1 " + noun + " was " + participle
	}
	return fmt.Sprintf("%d %ss were %s", n, noun, participle)
}
