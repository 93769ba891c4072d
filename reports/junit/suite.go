package junit

import (
	"fmt"
	"slices"
	"strconv"

	"esconform/reports"
	"esconform/reports/text"
)

// Bounds of texts.
const (
	textBudget  = 20_000_000 // bytes of the texts of all cases, as long as each keeps leastText
	mostText    = 50_000     // bytes of one text of a case; Jenkins keeps as much
	leastText   = 2_000      // bytes of one, however many cases there are
	suiteBudget = 100_000    // bytes of the system-out of a suite
	mostMessage = 300        // characters of a message
	mostReason  = 1_000      // characters of a reason, as it stands in a text
)

// product is the name of the whole.
const product = "esconform"

// group is a suite that is to be: a service area with its results, sorted by id.
type group struct {
	name    string
	results []reports.Result
}

// groups makes a suite of each service area, in the order of the first id of each.
// Surefire has one suite for all, because its file has no room for more.
func groups(d Dialect, results []reports.Result) []*group {
	sorted := results
	if !slices.IsSortedFunc(results, reports.ByID) {
		sorted = slices.SortedStableFunc(slices.Values(results), reports.ByID)
	}
	if d == Surefire {
		return []*group{{product, sorted}}
	}
	var list []*group
	index := make(map[string]*group)
	for _, r := range sorted {
		g := index[r.Area]
		if g == nil {
			g = &group{name: r.Area}
			index[r.Area], list = g, append(list, g)
		}
		g.results = append(g.results, r)
	}
	return list
}

// budget is the number of bytes that each text of a case may take.
func budget(c reports.Counts) int {
	if n := c.Total - c.Passed; n > 0 {
		return max(leastText, min(mostText, textBudget/n))
	}
	return mostText
}

// makeSuite writes the suite of a file. Number counts the suites of all files: Jenkins
// takes suites of one name and id for the same, and drops one.
func makeSuite(d Dialect, r reports.Report, s *suite, number int, part string) *testsuite {
	t := newTally(s.results)
	made := &testsuite{
		Name:       name(s.name),
		Tests:      strconv.Itoa(t.counts.Total),
		Failures:   strconv.Itoa(t.failures()),
		Errors:     strconv.Itoa(t.counts.Error),
		Time:       seconds(t.milliseconds),
		Properties: &properties{suiteProperties(r, t.counts, part)},
		Cases:      s.cases,
	}
	if d != Strict {
		made.Skipped = strconv.Itoa(t.skipped())
	}
	if d != Surefire {
		made.Package, made.ID = product, strconv.Itoa(number)
		made.Timestamp = r.StartedAt.UTC().Format(stamp)
		made.Hostname = "localhost" // where the run took place; the report does not say
	}
	switch d {
	case Strict:
		made.Out, made.Err = &characters{fit(s.out, suiteBudget)}, &characters{}
	case Extended:
		made.Assertions = strconv.Itoa(t.assertions)
	}
	return made
}

// stamp is the form of times, in UTC: the schemas allow no zone.
const stamp = "2006-01-02T15:04:05"

// warning explains a case that warned, for the system-out of a strict suite: the
// dialect has no other place for it. Its lines are escaped.
func warning(d Dialect, r reports.Result) []string {
	if d != Strict || r.Verdict != reports.Warned {
		return nil
	}
	return escapeAll(append(text.Case(r), ""))
}

// suiteProperties gives what the schema has no attribute for: the counts of the suite,
// then the facts of the run.
func suiteProperties(r reports.Report, c reports.Counts, part string) []property {
	pairs := []property{
		{"warnings", strconv.Itoa(c.Warned)},
		{"skipped", strconv.Itoa(c.Skipped)},
		{"notRun", strconv.Itoa(c.NotRun)},
		{"knownFailures", strconv.Itoa(c.KnownFailure)},
		{"unexpectedPasses", strconv.Itoa(c.UnexpectedPass)},
		{"runVerdict", string(r.Verdict)},
		{"runReason", r.Reason},
		{"runId", r.RunID},
		{"target", r.Target.URL},
		{"product", r.Target.Product},
		{"productVersion", r.Target.Version},
		{"profile", r.Profile},
		{"suiteVersion", r.SuiteVersion},
		{"xsdEngine", r.Engine},
		{"strict", strconv.FormatBool(r.Strict)},
		{"complete", strconv.FormatBool(r.Complete)},
	}
	if part != "" {
		pairs = append(pairs, property{"part", part})
	}
	for i := range pairs {
		pairs[i].Value = attribute(pairs[i].Value, mostMessage)
	}
	return pairs
}

// tally is what the attributes of a suite, or of all suites of a file, count.
type tally struct {
	counts       reports.Counts
	assertions   int
	milliseconds int64
}

func newTally(results []reports.Result) tally {
	t := tally{counts: reports.Count(results)}
	for _, r := range results {
		t.assertions += len(r.Proves)
		t.milliseconds += clamp(r.DurationMS)
	}
	return t
}

// failures and skipped are the counts of ruling 22.
func (t tally) failures() int { return t.counts.Failed + t.counts.UnexpectedPass }
func (t tally) skipped() int  { return t.counts.Skipped + t.counts.NotRun + t.counts.KnownFailure }

// partOf says which of several files a suite stands in; empty for the only one.
func partOf(file, files int) string {
	if files == 1 {
		return ""
	}
	return fmt.Sprintf("%d of %d", file, files)
}
