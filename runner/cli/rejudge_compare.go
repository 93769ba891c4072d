package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
)

// rejudged is what came of judging a run again.
type rejudged struct {
	total, judged int
	taken         []reports.Result // results that there is no evidence for
	differences   []difference
}

// difference is a case whose result is not what the evidence says.
type difference struct {
	id    string
	lines []string
}

// rejudge computes the results of a run again.
func rejudge(ctx context.Context, r record, c court) rejudged {
	cases := map[string]scenario.Case{}
	for _, s := range c.library.Scenarios {
		for _, one := range s.Cases {
			cases[one.ID()] = one
		}
	}
	again := rejudged{total: len(r.report.Scenarios)}
	again.differ("the run", compareExtent(r.report, c.library))
	reported := map[string]bool{}
	for _, result := range r.report.Scenarios {
		reported[result.ID] = true
		one, known := cases[result.ID]
		outcomes := r.outcomesOf(result.ID)
		switch {
		case !known:
			again.differ(result.ID, []string{"the suite has no such case"})
		case len(outcomes) == 0 && result.Verdict.Judged():
			again.differ(result.ID, []string{fmt.Sprintf("the report says %s, and nothing of the case was recorded", result.Verdict)})
		case len(outcomes) == 0:
			again.taken = append(again.taken, result)
		default:
			again.judged++
			again.differ(result.ID, compareCase(result, c.again(ctx, r.report, one, result.Core, outcomes)))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(r.outcomes)) {
		if id, n := evidence.SplitKey(key); !reported[id] || n > max(1, r.report.Selection.Repeat) {
			again.differ(key, []string{"it was recorded, and the report has no result of it"})
		}
	}
	return again
}

// compareExtent says what of the extent of a run is not so. A case that was left out
// with its evidence is missing here, and only here.
func compareExtent(report reports.Report, library scenario.Library) []string {
	var lines []string
	said, cases := report.Library, 0
	for _, s := range library.Scenarios {
		cases += len(s.Cases)
	}
	if said.Scenarios != len(library.Scenarios) || said.Cases != cases {
		lines = append(lines, fmt.Sprintf("extent: the report says that the suite has %d cases in %d scenarios, and it has %d in %d", said.Cases, said.Scenarios, cases, len(library.Scenarios)))
	}
	if n := len(report.Scenarios); report.Complete && said.SelectedCases != n {
		lines = append(lines, fmt.Sprintf("extent: the report says that %d cases were selected, and has %d results", said.SelectedCases, n))
	}
	return lines
}

func (r *rejudged) differ(id string, lines []string) {
	if len(lines) > 0 {
		r.differences = append(r.differences, difference{id, lines})
	}
}

// compareCase compares the result of a case with what was computed again. That of a
// case that was repeated is the first of those with the worst verdict, and holds the
// exchanges of all and what only others broke (reports.Repeated).
func compareCase(said reports.Result, found []reports.Result) []string {
	if said.Repeats == nil && len(found) == 1 {
		return compareResults(said, found[0], found[0].Exchanges)
	}
	if len(found) != len(said.Repeats) {
		return []string{fmt.Sprintf("repetitions: the report says %d, the evidence %d", len(said.Repeats), len(found))}
	}
	if len(found) == 0 {
		return nil // all were cut short, and nothing was judged
	}
	var lines []string
	exchanges, worst := 0, 0
	all := slices.Clone(found) // as the run saw them: what was listed included
	for i, f := range found {
		all[i].Verdict = said.Repeats[i]
		exchanges += f.Exchanges
		one := reports.Result{Verdict: said.Repeats[i], Known: said.Known}
		if !sameVerdict(one, f) {
			lines = append(lines, fmt.Sprintf("repetition %d: the report says %s, the evidence %s", i+1, one.Verdict, because(f)))
		}
		if one.Verdict.Worse(said.Repeats[worst]) {
			worst = i
		}
	}
	if said.Verdict != said.Repeats[worst] && said.Verdict != reports.NotRun {
		lines = append(lines, fmt.Sprintf("verdict: the report says %s, and its repetitions %s", said.Verdict, said.Repeats[worst]))
	}
	said.Verdict = said.Repeats[worst]
	again := reports.Gathered(all, worst)
	again.Verdict = found[worst].Verdict
	return append(lines, compareResults(said, again, exchanges)...)
}

// compareResults says in what a result differs from the one that was computed again.
func compareResults(said, found reports.Result, exchanges int) []string {
	var lines []string
	if !sameVerdict(said, found) {
		lines = append(lines, fmt.Sprintf("verdict: the report says %s, the evidence %s", because(said), because(found)))
	} else if !sameReason(said, found) {
		lines = append(lines, fmt.Sprintf("reason: the report says %q, the evidence %q", said.Reason, found.Reason))
	}
	lines = append(lines, compareLists("finding", said.Findings, found.Findings, findingLine)...)
	lines = append(lines, compareLists("observation", said.Observations, found.Observations, func(o reports.Observation) string {
		return fmt.Sprintf("%s, step %d: %s %s", o.Requirement, o.Step, o.Reading, o.Value)
	})...)
	lines = append(lines, compareLists("proved requirement", said.Proves, found.Proves, func(id string) string { return id })...)
	if said.Exchanges != exchanges {
		lines = append(lines, fmt.Sprintf("exchanges: the report says %d, the evidence %d", said.Exchanges, exchanges))
	}
	return lines
}

// sameVerdict compares verdicts. A list of known failures is applied to a verdict
// after it was found: a known failure is one that failed or, under a rule that fails
// only when judged strictly, warned; an unexpected pass is one that passed or no
// longer fails.
func sameVerdict(said, found reports.Result) bool {
	switch {
	case said.Known != nil && said.Verdict == reports.KnownFailure:
		return found.Verdict == reports.Failed || found.Verdict == reports.Warned
	case said.Known != nil && said.Verdict == reports.UnexpectedPass:
		return found.Verdict == reports.Passed || found.Verdict == reports.Warned
	}
	return said.Verdict == found.Verdict
}

// sameReason compares reasons; a list of known failures and repetitions put their own
// in front.
func sameReason(said, found reports.Result) bool {
	return said.Reason == found.Reason || (said.Known != nil || said.Repeats != nil) && strings.HasSuffix(said.Reason, found.Reason)
}

func because(r reports.Result) string {
	if r.Reason == "" {
		return string(r.Verdict)
	}
	return fmt.Sprintf("%s (%s)", r.Verdict, r.Reason)
}

func findingLine(f reports.Finding) string {
	return fmt.Sprintf("%s %s, step %d: %s", f.Weight, f.Requirement, f.Step, f.Message)
}

// compareLists names what only one of two lists has; things are the same when their
// JSON is.
func compareLists[T any](what string, said, found []T, show func(T) string) []string {
	var lines []string
	for _, side := range []struct {
		has, lacks []T
		where      string
	}{{said, found, "only in the report"}, {found, said, "only in the evidence"}} {
		rest := keys(side.lacks)
		for _, v := range side.has {
			if i := slices.IndexFunc(rest, func(k []byte) bool { return bytes.Equal(k, key(v)) }); i >= 0 {
				rest = slices.Delete(rest, i, i+1)
				continue
			}
			lines = append(lines, fmt.Sprintf("%s %s: %s", what, side.where, show(v)))
		}
	}
	return lines
}

func keys[T any](list []T) [][]byte {
	all := make([][]byte, len(list))
	for i, v := range list {
		all[i] = key(v)
	}
	return all
}

// key is the JSON of a value of the result model, which always has one.
func key(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

// takenOver lists why results were taken over, each reason once.
func (r rejudged) takenOver() []string {
	count := map[string]int{}
	for _, result := range r.taken {
		count[because(result)]++
	}
	var lines []string
	for _, why := range slices.Sorted(maps.Keys(count)) {
		lines = append(lines, fmt.Sprintf("%d %s", count[why], why))
	}
	return lines
}
