package known

import (
	"fmt"
	"slices"
	"strings"

	"esconform/reports"
)

// Apply gives a result the verdict that it has under a list, and says in its reason
// why. The list is resolved. Results of cases that are not on it stay as they are;
// Known is set on all others.
//
//   - A failed case is a known failure when it fails as the entry says: it breaks
//     every requirement of the entry, and each of its failures breaks one of them and
//     contains the message. If it fails otherwise, it stays failed.
//   - A passed case is an unexpected pass.
//   - A warned case is a known failure when the entry names the requirements that it
//     breaks (rules that fail only under --strict); it stays warned when it breaks
//     others besides; else what the entry describes is gone: an unexpected pass.
//   - What says nothing about the endpoint (error, skipped, not-run) stays.
func Apply(l List, r reports.Result) reports.Result {
	e, listed := l.of(r.ID)
	if !listed {
		return r
	}
	r.Known = l.known(e)
	place := l.Place(e)
	switch r.Verdict {
	case reports.Failed:
		if other := otherwise(e, r, reports.Failure); other != "" {
			return because(r, reports.Failed, "it does not fail as "+place+" says: "+other)
		}
		return because(r, reports.KnownFailure, listedUntil(e))
	case reports.Warned:
		return warned(e, r, place)
	case reports.Passed:
		return because(r, reports.UnexpectedPass, "it passes, although "+place+" lists it as a known failure; remove the entry")
	}
	return r
}

func warned(e Entry, r reports.Result, place string) reports.Result {
	switch other := otherwise(e, r, reports.Warning); {
	case len(e.Requirements) == 0, len(gone(e, r)) > 0:
		return because(r, reports.UnexpectedPass, fmt.Sprintf("it no longer fails as %s says, it only warns about %s; remove the entry",
			place, strings.Join(r.Broken(), ", ")))
	case other != "":
		return because(r, reports.Warned, "it does not only warn as "+place+" says: "+other)
	}
	return because(r, reports.KnownFailure, listedUntil(e))
}

// because sets verdict and reason; what the reason was before stands behind it.
func because(r reports.Result, v reports.Verdict, reason string) reports.Result {
	if r.Reason != "" {
		reason += "; " + r.Reason
	}
	r.Verdict, r.Reason = v, reason
	return r
}

func listedUntil(e Entry) string {
	return fmt.Sprintf("known until %s, owner %s: %s", e.Expires, e.Owner, e.Reason)
}

// otherwise says in what a result fails in another way than an entry describes; empty
// when in none. It looks at findings of that weight.
func otherwise(e Entry, r reports.Result, w reports.Weight) string {
	var parts []string
	if ids := gone(e, r); len(ids) > 0 {
		parts = append(parts, "it no longer breaks "+strings.Join(ids, ", "))
	}
	var further []string
	covered := 0
	for _, f := range r.Findings {
		switch {
		case f.Weight != w:
		case len(e.Requirements) > 0 && !slices.Contains(e.Requirements, f.Requirement):
			further = append(further, f.Requirement)
		case !strings.Contains(f.Message, e.Message):
			parts = append(parts, fmt.Sprintf("a finding of %s says %q", f.Requirement, f.Message))
		default:
			covered++
		}
	}
	if slices.Sort(further); len(further) > 0 {
		parts = append(parts, "it also breaks "+strings.Join(slices.Compact(further), ", "))
	}
	if covered == 0 && len(parts) == 0 {
		parts = append(parts, "no finding says why")
	}
	return strings.Join(slices.Compact(parts), "; ")
}

// gone are the requirements of an entry that a result does not break.
func gone(e Entry, r reports.Result) []string {
	broken := r.Broken()
	return slices.DeleteFunc(slices.Clone(e.Requirements), func(id string) bool { return slices.Contains(broken, id) })
}
