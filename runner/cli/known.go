package cli

import (
	"cmp"
	"fmt"
	"os"
	"slices"
	"time"

	"esconform/reports"
	"esconform/reports/known"
	"esconform/runner/plan"
	"esconform/runner/scenario"
)

// readKnown reads the list of --known-failures and checks it against the whole
// library, whatever was selected of it: an entry that is merely not selected is right.
func (j *job) readKnown() error {
	if j.flags.known == "" {
		return nil
	}
	data, err := os.ReadFile(j.flags.known)
	if err != nil {
		return fmt.Errorf("--known-failures: %w", err)
	}
	if len(j.library.Scenarios) == 0 {
		return nil // the fixtures could not be loaded, which is said already
	}
	list, err := known.Load(j.flags.known, data, knownSuite(j.library, j.started))
	if err != nil {
		return fmt.Errorf("--known-failures: the list is wrong:\n%w", err)
	}
	j.known = &list
	return nil
}

// describeKnown says how many cases may fail, and when the first entry expires; empty
// without a list.
func (j *job) describeKnown() string {
	if j.known == nil {
		return ""
	}
	if len(j.known.Entries) == 0 {
		return j.flags.known + " is empty"
	}
	first := slices.MinFunc(j.known.Entries, func(a, b known.Entry) int { return cmp.Compare(a.Expires, b.Expires) })
	return fmt.Sprintf("%s, %s; the first expires after %s", j.flags.known, quantity(len(j.known.Entries), "case may fail", "cases may fail"), first.Expires)
}

// knownSuite is what a list of known failures is checked against.
func knownSuite(library scenario.Library, today time.Time) known.Suite {
	s := known.Suite{Cases: caseIDs(library), Matches: plan.Matches, CheckPattern: plan.CheckPattern, Today: today}
	for _, q := range library.Requirements {
		s.Requirements = append(s.Requirements, q.ID)
	}
	return s
}

// caseIDs are the ids of all cases that there are.
func caseIDs(library scenario.Library) []string {
	var ids []string
	for _, s := range library.Scenarios {
		for _, c := range s.Cases {
			ids = append(ids, c.ID())
		}
	}
	return ids
}

// amend applies the list of known failures to a result; nil without a list.
func (j *job) amend() func(reports.Result) reports.Result {
	if j.known == nil {
		return nil
	}
	list := *j.known
	return func(r reports.Result) reports.Result { return known.Apply(list, r) }
}
