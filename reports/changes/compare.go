package changes

import (
	"encoding/json"
	"slices"
	"strings"

	"esconform/reports"
)

// Compare says in what cases two summarised reports differ. It is pure. The result
// holds no responses yet, and its runs have no name.
func Compare(a, b reports.Report) Changes {
	c := Changes{SchemaVersion: SchemaVersion, A: run(a), B: run(b), Conditions: conditions(a, b),
		Cases: []Case{}, OnlyA: []Only{}, OnlyB: []Only{}, Responses: []Response{}, Uncompared: []Uncompared{}}
	before := make(map[string]reports.Result, len(a.Scenarios))
	for _, r := range a.Scenarios {
		before[r.ID] = r
	}
	there := make(map[string]bool, len(b.Scenarios))
	for _, now := range b.Scenarios { // sorted by id
		there[now.ID] = true
		was, known := before[now.ID]
		if !known {
			c.OnlyB = append(c.OnlyB, Only{now.ID, now.Verdict})
		} else if change, changed := compare(was, now); changed {
			c.Cases = append(c.Cases, change)
		}
	}
	for _, was := range a.Scenarios {
		if !there[was.ID] {
			c.OnlyA = append(c.OnlyA, Only{was.ID, was.Verdict})
		}
	}
	return c
}

// SameVerdict returns the ids of the cases that both reports judged with the same
// verdict, sorted.
func SameVerdict(a, b reports.Report) []string {
	before := make(map[string]reports.Verdict, len(a.Scenarios))
	for _, r := range a.Scenarios {
		before[r.ID] = r.Verdict
	}
	var ids []string
	for _, r := range b.Scenarios {
		if r.Verdict.Judged() && before[r.ID] == r.Verdict {
			ids = append(ids, r.ID)
		}
	}
	return ids
}

func compare(was, now reports.Result) (Case, bool) {
	c := Case{ID: now.ID, From: was.Verdict, To: now.Verdict, Direction: direction(was.Verdict, now.Verdict),
		Broken: broken(was, now), Fixed: broken(now, was)}
	return c, c.From != c.To || len(c.Broken)+len(c.Fixed) > 0
}

// direction says whether a change is for the better: a failed case that can no longer
// be judged is not, nor is one that is listed as a known failure now.
func direction(from, to reports.Verdict) string {
	switch {
	case to.Worse(from):
		return Worse
	case from.Worse(to) && (to == reports.Passed || to == reports.Warned):
		return Better
	}
	return Other
}

// broken returns the requirements that the second result breaks and the first does
// not, or breaks as a failure where the first has a warning. What was not judged in
// either says nothing about requirements.
func broken(was, now reports.Result) []string {
	ids := []string{}
	if !now.Verdict.Judged() || !was.Verdict.Judged() {
		return ids
	}
	before, failures := was.Broken(), was.Failures()
	severe := now.Failures()
	for _, id := range now.Broken() {
		if !slices.Contains(before, id) || slices.Contains(severe, id) && !slices.Contains(failures, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

func run(r reports.Report) Run {
	return Run{RunID: r.RunID, URL: r.Target.URL, StartedAt: r.StartedAt, SuiteVersion: r.SuiteVersion,
		Verdict: r.Verdict, Reason: r.Reason, Complete: r.Complete}
}

// conditions lists in what else the runs differ.
func conditions(a, b reports.Report) []Condition {
	all := []Condition{}
	for _, fact := range []struct {
		name string
		of   func(reports.Report) any
	}{
		{"suite version", func(r reports.Report) any { return r.SuiteVersion }},
		{"profile", func(r reports.Report) any { return r.Profile }},
		{"product", func(r reports.Report) any {
			return strings.TrimSpace(r.Target.Vendor + " " + r.Target.Product + " " + r.Target.Version)
		}},
		{"sites", func(r reports.Report) any { return r.Target.Sites }},
		{"states", func(r reports.Report) any { return r.Target.States }},
		{"features", func(r reports.Report) any { return r.Target.Features }},
		{"certificates verified", func(r reports.Report) any { return !r.Target.TLSUnverified }},
		{"XSD engine", func(r reports.Report) any { return r.Engine }},
		{"strict", func(r reports.Report) any { return r.Strict }},
		{"limit of depth", func(r reports.Report) any { return r.MaxDepth }},
		{"challenge", func(r reports.Report) any { return r.Challenge }},
		{"selection", func(r reports.Report) any { return r.Selection }},
	} {
		if x, y := shown(fact.of(a)), shown(fact.of(b)); x != y {
			all = append(all, Condition{fact.name, x, y})
		}
	}
	return all
}

// shown writes a fact: a text as it is, all else as JSON, and nothing as nothing.
func shown(fact any) string {
	if text, is := fact.(string); is {
		return text
	}
	data, err := json.Marshal(fact)
	if err != nil {
		return err.Error() // plain data always has a form
	}
	if text := string(data); text != "null" && text != "[]" && text != "{}" {
		return text
	}
	return ""
}
