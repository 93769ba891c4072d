package markdown

import (
	"fmt"
	"strings"

	"esconform/reports"
)

// head is the verdict, what was tested, the counts and the certification.
func head(r reports.Report) string {
	p := page{most: mostHead}
	fmt.Fprintf(&p, "# esconform: %s\n\n**Verdict:** %s\n", prose(headline(r), mostCell), prose(r.Reason, mostSentence))
	p.add(certification(r.Certification))
	p.add(facts(r))
	p.add(counts(r))
	return p.end("tables")
}

// headline is the verdict that matters: of a run for a certification profile that of
// the certification, unless the run's own is worse.
func headline(r reports.Report) string {
	c := r.Certification
	if c == nil || r.Verdict == reports.NotConformant || r.Verdict == reports.Inconclusive && c.Verdict != reports.NotConformant {
		return string(r.Verdict)
	}
	return fmt.Sprintf("%s for %s", c.Verdict, c.Profile)
}

func certification(c *reports.Certification) string {
	if c == nil {
		return ""
	}
	var b strings.Builder
	fmt.Fprintf(&b, "\n## Certification: %s\n\n**Verdict:** %s\n\n", prose(c.Title, mostCell), prose(c.Reason, mostSentence))
	b.WriteString("| part | verdict | held | broken | warned | not tested | not provable here |\n|---|---|--:|--:|--:|--:|--:|\n")
	row := func(name, verdict string, t reports.Tally) {
		fmt.Fprintf(&b, "| %s | %s | %d | %d | %d | %d | %d |\n", name, verdict, t.Held, len(t.Broken), len(t.Warned), len(t.NotTested), len(t.NotProvable))
	}
	row("core", "", c.Core)
	for i, f := range c.Features {
		if i == mostFeatures {
			fmt.Fprintf(&b, "| and %d more features | | | | | | |\n", len(c.Features)-i)
			break
		}
		verdict := prose(string(f.Verdict), mostCell)
		if !f.Claimed {
			verdict = "not declared"
		}
		row("feature "+prose(f.Name, 64), verdict, f.Tally)
	}
	return b.String()
}

// mostFeatures bounds the rows about features; no profile has that many.
const mostFeatures = 20

func facts(r reports.Report) string {
	var b strings.Builder
	b.WriteString("\n| tested | |\n|---|---|\n")
	product := strings.TrimSpace(r.Target.Product + " " + r.Target.Version)
	if r.Target.Vendor != "" {
		product += " (" + r.Target.Vendor + ")"
	}
	for _, row := range [][2]string{{"product", product}, {"target", r.Target.URL}, {"profile", r.Profile}, {"suite", r.SuiteVersion}, {"challenge", r.Challenge}} {
		if row[1] != "" {
			fmt.Fprintf(&b, "| %s | %s |\n", row[0], prose(row[1], mostCell))
		}
	}
	if r.Target.TLSUnverified {
		b.WriteString("| TLS | certificates were not verified |\n")
	}
	if !r.FinishedAt.IsZero() {
		fmt.Fprintf(&b, "| finished | %s |\n", r.FinishedAt.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	return b.String()
}

func counts(r reports.Report) string {
	s, c, q := r.Counts.Scenarios, r.Counts, reports.CountCoverage(r.Requirements)
	var b strings.Builder
	b.WriteString("\n| | passed | warned | failed | in error | not judged | in all |\n|---|--:|--:|--:|--:|--:|--:|\n")
	fmt.Fprintf(&b, "| scenarios | %d | %d | %d | %d | %d | %d |\n", s.Passed, s.Warned, s.Failed, s.Error, s.Other, s.Total)
	fmt.Fprintf(&b, "| cases | %d | %d | %d | %d | %d | %d |\n", c.Passed, c.Warned, c.Failed+c.UnexpectedPass, c.Error, c.Skipped+c.NotRun+c.KnownFailure, c.Total)
	b.WriteString("\n| | held | broken | observed | not tested | in all |\n|---|--:|--:|--:|--:|--:|\n")
	fmt.Fprintf(&b, "| requirements | %d | %d | %d | %d | %d |\n", q.Held, q.Broken, q.Observed, q.NotTested, q.Total)
	return b.String()
}
