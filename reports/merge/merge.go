// Package merge puts the reports of shards together: parts of one suite that were run
// apart (run --shard).
package merge

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"esconform/reports"
)

// Part is the report of one shard; Name is its file, for errors.
type Part struct {
	Name   string
	Report reports.Report
}

// Merge returns the report that one run of all parts would have given, in whatever
// order they come: the results of all, the earliest start and the latest finish, what
// any left behind, and the requirements, counts and verdict that follow. A shard that
// is missing makes it incomplete, and its reason says which; so does a part that is
// not complete.
//
// What one shard was compared with or certified for says nothing about the whole, so
// Baseline and Certification are left out.
//
// Reports that are not shards of one run are refused: another schema or suite
// version, profile, product, sites, states, features, XSD engine, strictness, limit
// of depth, challenge, selection or certification profile, another number of shards, one shard twice, one
// case twice, another inventory of requirements. The addresses may differ, because
// shards may run against sandboxes of their own, if the product is named. The error joins
// all that is wrong and names the files.
func Merge(parts []Part) (reports.Report, error) {
	if len(parts) == 0 {
		return reports.Report{}, errors.New("nothing to merge: there is no report")
	}
	if err := check(parts); err != nil {
		return reports.Report{}, err
	}
	parts = slices.SortedFunc(slices.Values(parts), func(a, b Part) int { return shard(a).Index - shard(b).Index })
	merged := parts[0].Report
	merged.Baseline, merged.Certification = nil, nil
	merged.RunID = runID(parts)
	merged.Selection.Missing = missing(parts)
	merged.Selection.Shard = nil
	merged.Complete = len(merged.Selection.Missing) == 0
	merged.Target = target(parts)
	merged.Scenarios, merged.Residue = nil, nil
	merged.Library.SelectedCases, merged.Library.SelectedScenarios = 0, 0
	for _, p := range parts {
		add(&merged, p.Report)
	}
	slices.Sort(merged.Residue)
	merged.Residue = slices.Compact(merged.Residue)
	return reports.Summarise(merged), nil
}

// add adds what a part says to the merged report.
func add(merged *reports.Report, part reports.Report) {
	merged.Complete = merged.Complete && part.Complete
	merged.Interrupted = merged.Interrupted || part.Interrupted
	if part.StartedAt.Before(merged.StartedAt) {
		merged.StartedAt = part.StartedAt
	}
	if part.FinishedAt.After(merged.FinishedAt) {
		merged.FinishedAt = part.FinishedAt
	}
	merged.Library.SelectedCases += part.Library.SelectedCases
	merged.Library.SelectedScenarios += part.Library.SelectedScenarios
	merged.Scenarios = append(merged.Scenarios, part.Scenarios...)
	merged.Residue = append(merged.Residue, part.Residue...)
}

// runID names the merged run after its parts, so that merging them again gives the
// same report.
func runID(parts []Part) string {
	ids := make([]string, len(parts))
	for i, p := range parts {
		ids[i] = p.Report.RunID
	}
	digest := sha256.Sum256([]byte(strings.Join(ids, "\n")))
	return "merged-" + hex.EncodeToString(digest[:8])
}

// target joins addresses and accounts where they differ.
func target(parts []Part) reports.Target {
	t := parts[0].Report.Target
	t.URL = joined(parts, func(t reports.Target) string { return t.URL })
	t.Username = joined(parts, func(t reports.Target) string { return t.Username })
	for _, p := range parts {
		t.TLSUnverified = t.TLSUnverified || p.Report.Target.TLSUnverified
	}
	return t
}

func joined(parts []Part, of func(reports.Target) string) string {
	var values []string
	for _, p := range parts {
		if v := of(p.Report.Target); v != "" && !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	return strings.Join(values, ", ")
}

// missing lists the shards that no part is.
func missing(parts []Part) []reports.Shard {
	of := shard(parts[0]).Of
	there := make([]bool, of+1)
	for _, p := range parts {
		there[shard(p).Index] = true
	}
	var none []reports.Shard
	for i := 1; i <= of; i++ {
		if !there[i] {
			none = append(none, reports.Shard{Index: i, Of: of})
		}
	}
	return none
}

// shard is that of a part that was checked.
func shard(p Part) reports.Shard { return *p.Report.Selection.Shard }

// place names a shard and its file.
func place(p Part) string {
	return fmt.Sprintf("shard %d of %d in %s", shard(p).Index, shard(p).Of, p.Name)
}
