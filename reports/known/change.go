package known

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"esconform/reports"
)

// Kind is what a change does to a list.
type Kind string

// The kinds of change.
const (
	Remove Kind = "remove"  // what is listed passes now
	Add    Kind = "add"     // what fails is not listed
	ByHand Kind = "by hand" // an entry is wrong in a way that its owner must decide about
)

// Change is one change that a report asks of a list.
type Change struct {
	Kind         Kind
	Case         string
	Line         int      // of the entry; 0 for what is added
	Requirements []string // that an added case breaks
	Why          string
}

// Changes says what brings a list up to date with a report: entries of cases that do
// not fail any more are removed, cases that fail and are not listed are added, and
// entries that describe the failure wrongly or have expired are for people. What the
// report does not judge is left alone. The list is resolved against the cases of the
// report. Changes of entries are in the order of the list, additions by id. A list
// that was changed accordingly needs no further change.
func Changes(l List, r reports.Report, today time.Time) []Change {
	var changes []Change
	for _, e := range l.Entries {
		i := slices.IndexFunc(r.Scenarios, func(result reports.Result) bool { return result.ID == e.Case && e.Case != "" })
		if i < 0 {
			continue
		}
		if c, needed := change(l, e, r.Scenarios[i], today); needed {
			changes = append(changes, c)
		}
	}
	var added []Change
	for _, result := range r.Scenarios {
		if _, listed := l.of(result.ID); !listed && unlisted(result).Verdict == reports.Failed {
			added = append(added, Change{Kind: Add, Case: result.ID, Requirements: result.Failures(),
				Why: "it breaks " + strings.Join(result.Failures(), ", ")})
		}
	}
	slices.SortFunc(added, func(a, b Change) int { return cmp.Compare(a.Case, b.Case) })
	return append(changes, added...)
}

// change compares an entry with the result of its case.
func change(l List, e Entry, r reports.Result, today time.Time) (Change, bool) {
	c := Change{Kind: ByHand, Case: e.Case, Line: e.Line}
	switch now := Apply(l, unlisted(r)); now.Verdict {
	case reports.UnexpectedPass:
		c.Kind, c.Why = Remove, "it passes now"
		if len(r.Findings) > 0 {
			c.Why = "it only warns now"
		}
	case reports.KnownFailure:
		if !e.expired(today) {
			return c, false
		}
		c.Why = fmt.Sprintf("the entry expired on %s, and it still fails", e.Expires)
	case reports.Failed, reports.Warned:
		c.Why = now.Reason
	default: // nothing is known about it
		return c, false
	}
	return c, true
}

// unlisted is a result as it was before a list was applied to it.
func unlisted(r reports.Result) reports.Result {
	r.Known, r.Reason = nil, ""
	if r.Verdict != reports.KnownFailure && r.Verdict != reports.UnexpectedPass {
		return r
	}
	r.Verdict = reports.Passed
	for _, f := range r.Findings {
		switch {
		case f.Weight == reports.Failure:
			r.Verdict = reports.Failed
		case f.Weight == reports.Warning && r.Verdict == reports.Passed:
			r.Verdict = reports.Warned
		}
	}
	return r
}
