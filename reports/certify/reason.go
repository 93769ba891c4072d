package certify

import (
	"fmt"
	"strings"

	"esconform/reports"
)

// mostNamed bounds how many requirements a reason names; all are in the tallies.
const mostNamed = 5

// reason gives the verdict and its ground in one sentence: first what decided it,
// then what the verdict does not rest on.
func reason(r reports.Report, c reports.Certification, open []string) string {
	var grounds []string
	grounds = append(grounds, broken(c)...)
	grounds = append(grounds, doubts(r, c, open)...)
	grounds = append(grounds, warnings(c)...)
	grounds = append(grounds, held(c))
	grounds = append(grounds, apart(c)...)
	return fmt.Sprintf("%s for %s: %s", c.Verdict, c.Profile, strings.Join(grounds, "; "))
}

func broken(c reports.Certification) []string {
	return each(c, func(t reports.Tally) []string { return t.Broken }, "%s broken: %s")
}

func warnings(c reports.Certification) []string {
	return each(c, func(t reports.Tally) []string { return t.Warned }, "%s broken as a warning: %s")
}

// doubts says what keeps the verdict from being conclusive. Open cases are named where
// no requirement says what they leave in doubt.
func doubts(r reports.Report, c reports.Certification, open []string) []string {
	var grounds []string
	switch {
	case r.Interrupted:
		grounds = append(grounds, "the run was interrupted")
	case !r.Complete:
		grounds = append(grounds, "the run is not complete")
	}
	untested := each(c, func(t reports.Tally) []string { return t.NotTested }, "%s not tested: %s")
	if len(untested)+len(grounds) == 0 && len(open) > 0 {
		grounds = append(grounds, fmt.Sprintf("%s of the profile without a verdict: %s", cases(len(open)), list(open)))
	}
	return append(grounds, untested...)
}

// each names the requirements of the core, then those of each declared feature.
func each(c reports.Certification, of func(reports.Tally) []string, format string) []string {
	var grounds []string
	say := func(what string, ids []string) {
		if len(ids) > 0 {
			grounds = append(grounds, fmt.Sprintf(format, requirements(len(ids), what), list(ids)))
		}
	}
	say("core", of(c.Core))
	for _, f := range c.Features {
		if f.Claimed {
			say(f.Name, of(f.Tally))
		}
	}
	return grounds
}

func held(c reports.Certification) string {
	n, total := 0, 0
	for _, t := range counting(c) {
		n, total = n+t.Held, total+t.Total
	}
	if total == 0 {
		return "no requirement of the profile was tested"
	}
	return fmt.Sprintf("%d of %d requirements held", n, total)
}

// apart says what the verdict does not rest on.
func apart(c reports.Certification) []string {
	var grounds, missing []string
	for _, f := range c.Features {
		if !f.Claimed {
			missing = append(missing, f.Name)
		}
	}
	if len(missing) > 0 {
		grounds = append(grounds, "features not declared: "+list(missing))
	}
	provable, counted := 0, 0
	for _, t := range counting(c) {
		provable, counted = provable+len(t.NotProvable), counted+len(t.NotCounted)
	}
	if provable > 0 {
		grounds = append(grounds, fmt.Sprintf("%d not provable on this endpoint", provable))
	}
	if counted > 0 {
		grounds = append(grounds, fmt.Sprintf("%d that no scenario can assert", counted))
	}
	return grounds
}

func requirements(n int, what string) string {
	if n == 1 {
		return fmt.Sprintf("1 %s requirement", what)
	}
	return fmt.Sprintf("%d %s requirements", n, what)
}

func cases(n int) string {
	if n == 1 {
		return "1 case"
	}
	return fmt.Sprintf("%d cases", n)
}

// list names some and says how many more there are.
func list(ids []string) string {
	if len(ids) <= mostNamed {
		return strings.Join(ids, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(ids[:mostNamed], ", "), len(ids)-mostNamed)
}
