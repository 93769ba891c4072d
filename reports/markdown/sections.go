package markdown

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"esconform/reports"
)

// comparison says what got worse and what got better.
func comparison(c *reports.Comparison) string {
	if c == nil {
		return ""
	}
	var rows []string
	for _, change := range c.Worse {
		rows = append(rows, fmt.Sprintf("| worse | %s | %s | %s | %s |\n", prose(change.ID, mostCell), prose(string(change.From), mostCell), prose(string(change.To), mostCell),
			prose(strings.Join(change.New, ", "), mostCell)))
	}
	for _, change := range c.Better {
		rows = append(rows, fmt.Sprintf("| better | %s | %s | %s | |\n", prose(change.ID, mostCell), prose(string(change.From), mostCell), prose(string(change.To), mostCell)))
	}
	for _, id := range c.LostCoverage {
		rows = append(rows, fmt.Sprintf("| no longer tested | %s | | | |\n", prose(id, mostCell)))
	}
	said := fmt.Sprintf("**Compared with** %s: %d worse, %d better, %d new, %d gone; requirements no longer tested: %d\n\n",
		prose(c.Report, mostCell), len(c.Worse), len(c.Better), len(c.Appeared), len(c.Vanished), len(c.LostCoverage))
	if len(rows) > 0 {
		said += "| | what | from | to | now breaking |\n|---|---|---|---|---|\n"
	}
	return list("Comparison", "changes", said, append([]string{""}, rows...))
}

// known lists the cases that failed as listed, with who looks after them.
func known(results []reports.Result) string {
	var rows []string
	for _, r := range results {
		if r.Verdict != reports.KnownFailure && (r.Verdict != reports.UnexpectedPass || r.Known == nil) {
			continue
		}
		k := reports.Known{Reason: r.Reason}
		if r.Known != nil {
			k = *r.Known
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %s | %s | %s | %s |\n", prose(r.ID, mostCell), prose(string(r.Verdict), mostCell), prose(k.Owner, mostCell), prose(k.Expires, mostCell),
			prose(k.Reason, mostCell), prose(k.Link, mostCell)))
	}
	return list("Known failures", "known failures", "| case | verdict | owner | expires | reason | link |\n|---|---|---|---|---|---|\n", rows)
}

// reasons says why cases were not judged, each reason once, the most frequent first.
func reasons(results []reports.Result) string {
	type key struct {
		verdict reports.Verdict
		reason  string
	}
	count := make(map[key]int)
	for _, r := range results {
		if r.Verdict == reports.Skipped || r.Verdict == reports.NotRun || r.Verdict == reports.Error && len(r.Findings) == 0 {
			count[key{r.Verdict, r.Reason}]++
		}
	}
	order := slices.SortedFunc(maps.Keys(count), func(a, b key) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a.verdict, b.verdict), cmp.Compare(a.reason, b.reason))
	})
	var rows []string
	for _, k := range order {
		rows = append(rows, fmt.Sprintf("| %d | %s | %s |\n", count[k], prose(string(k.verdict), mostCell), prose(k.reason, mostSentence)))
	}
	return list("Not judged", "reasons", "| cases | verdict | reason |\n|--:|---|---|\n", rows)
}

// residue lists what could not be removed.
func residue(left []string) string {
	var rows []string
	for _, what := range left {
		rows = append(rows, "- left: "+prose(what, mostSentence)+"\n")
	}
	return list("Left behind on the endpoint", "things", "", rows)
}

// untested says how much of the documentation no run can test.
func untested(requirements []reports.Requirement) string {
	count := make(map[string]int)
	for _, q := range requirements {
		count[q.Class]++
	}
	if count["untestable"]+count["client"]+count["observed"] == 0 {
		return ""
	}
	return fmt.Sprintf("\nOf %d requirements %d cannot be tested, %d are obligations of clients, and %d are recorded and never asserted.\n",
		len(requirements), count["untestable"], count["client"], count["observed"])
}
