package reports

import (
	"fmt"
	"slices"
	"strings"
)

// Flaky says whether the repetitions of a case did not all end with the same verdict.
func (r Result) Flaky() bool {
	return slices.ContainsFunc(r.Repeats, func(v Verdict) bool { return v != r.Repeats[0] })
}

// CountFlaky counts the flaky results.
func CountFlaky(results []Result) int {
	n := 0
	for _, r := range results {
		if r.Flaky() {
			n++
		}
	}
	return n
}

// Repeated makes one result of the repetitions of a case, given in their order, at
// least one: the first of those with the worst verdict, with all verdicts, with the
// exchanges of all, and with what only others broke (Gathered). The reason says so when they do not agree. Amend changes a
// repetition first, such as one of a known failure; nil for no change. It is pure.
//
// A listed case that fails only at times, always as it is described, is a known
// failure: the repetitions that passed are no unexpected passes then. Nor are they when
// one was not judged, which might have failed as listed.
func Repeated(repetitions []Result, amend func(Result) Result) Result {
	all := amended(repetitions, amend)
	worst, exchanges := 0, 0
	verdicts := make([]Verdict, len(all))
	for i, r := range all {
		verdicts[i], exchanges = r.Verdict, exchanges+r.Exchanges
		if r.Verdict.Worse(all[worst].Verdict) {
			worst = i
		}
	}
	result := Gathered(all, worst)
	result.Repeats, result.Exchanges = verdicts, exchanges
	result.Reason = joined(disagreement(result, all), result.Reason)
	return result
}

// Cut makes one result of the repetitions of a case that was to be repeated more
// often: unless one of them ended worse, the case did not run, for that reason. blank
// is its result when there is no repetition.
func Cut(repetitions []Result, amend func(Result) Result, blank Result, wanted int, reason string) Result {
	if len(repetitions) == 0 {
		blank.Verdict, blank.Reason = NotRun, reason
		return amended([]Result{blank}, amend)[0]
	}
	result := Repeated(repetitions, amend)
	if NotRun.Worse(result.Verdict) || result.Verdict == UnexpectedPass { // the next one might have failed as listed
		result.Verdict, result.Reason = NotRun, ""
		if result.Flaky() {
			result.Reason = "flaky: " + sequence(result.Repeats)
		}
	}
	result.Reason = joined(fmt.Sprintf("%s after %d of %d repetitions", reason, len(repetitions), wanted), result.Reason)
	return result
}

func amended(repetitions []Result, amend func(Result) Result) []Result {
	all := slices.Clone(repetitions)
	if amend == nil {
		return all
	}
	for i, r := range repetitions {
		all[i] = amend(r)
	}
	if !slices.ContainsFunc(all, func(r Result) bool { return r.Verdict == KnownFailure || !r.Verdict.Judged() }) {
		return all
	}
	for i, r := range repetitions {
		if all[i].Verdict == UnexpectedPass {
			all[i].Verdict, all[i].Reason = r.Verdict, r.Reason
		}
	}
	return all
}

// disagreement says how repetitions differ: in their verdicts, or, where those agree,
// in what they break. Empty when they agree.
func disagreement(result Result, all []Result) string {
	if result.Flaky() {
		return "flaky: " + sequence(result.Repeats)
	}
	var broken []string
	for _, r := range all {
		broken = append(broken, list(r.Broken(), mostBroken))
	}
	slices.Sort(broken)
	if broken = slices.Compact(broken); len(broken) > 1 {
		return "its repetitions do not break the same requirements: " + strings.Join(broken, " / ")
	}
	return ""
}

// Bounds of what a reason says.
const (
	mostBroken   = 5  // requirements of a repetition
	mostVerdicts = 10 // one after the other; more are counted
)

// sequence names verdicts in their order, or counts them when they are many.
func sequence(verdicts []Verdict) string {
	var words []string
	if len(verdicts) <= mostVerdicts {
		for _, v := range verdicts {
			words = append(words, string(v))
		}
		return strings.Join(words, ", ")
	}
	count := make(map[Verdict]int)
	for _, v := range verdicts {
		count[v]++
	}
	for _, v := range Words() {
		if n := count[v]; n > 0 {
			words = append(words, fmt.Sprintf("%s %d of %d times", v, n, len(verdicts)))
		}
	}
	return strings.Join(words, ", ")
}

func joined(first, second string) string {
	if first == "" || second == "" {
		return first + second
	}
	return first + "; " + second
}
