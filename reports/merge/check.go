package merge

import (
	"encoding/json"
	"errors"
	"fmt"

	"esconform/reports"
)

// maxShards bounds the number of shards that a report may name, as plan.MaxShards
// does.
const maxShards = 1000

// facts are what shards of one run have in common.
var facts = []struct {
	name string
	of   func(reports.Report) any
}{
	{"the schema version", func(r reports.Report) any { return r.SchemaVersion }},
	{"the suite version", func(r reports.Report) any { return r.SuiteVersion }},
	{"the profile", func(r reports.Report) any { return r.Profile }},
	{"the product", func(r reports.Report) any {
		return []string{r.Target.Vendor, r.Target.Product, r.Target.Version}
	}},
	{"the sites", func(r reports.Report) any { return r.Target.Sites }},
	{"the states", func(r reports.Report) any { return r.Target.States }},
	{"the features", func(r reports.Report) any { return r.Target.Features }},
	{"the XSD engine", func(r reports.Report) any { return r.Engine }},
	{"strictness", func(r reports.Report) any { return r.Strict }},
	{"the limit of depth", func(r reports.Report) any { return r.MaxDepth }},
	{"the challenge", func(r reports.Report) any { return r.Challenge }},
	{"the selection", func(r reports.Report) any {
		s := r.Selection
		s.Shard = nil
		return s
	}},
	{"the number of shards", func(r reports.Report) any { return r.Selection.Shard.Of }},
	{"the library", func(r reports.Report) any { return []int{r.Library.Scenarios, r.Library.Cases} }},
	{"the requirements", func(r reports.Report) any {
		ids := make([]string, len(r.Requirements))
		for i, q := range r.Requirements {
			ids[i] = q.ID
		}
		return ids
	}},
}

// check refuses parts that are not distinct shards of one run.
func check(parts []Part) error {
	var defects []error
	for _, p := range parts {
		if err := checkShard(p); err != nil {
			defects = append(defects, err)
		}
	}
	if len(defects) > 0 {
		return errors.Join(defects...)
	}
	first := parts[0]
	for _, p := range parts[1:] {
		defects = append(defects, same(first, p))
	}
	return errors.Join(append(defects, distinct(parts), noCaseTwice(parts))...)
}

// checkShard refuses a report that is no shard.
func checkShard(p Part) error {
	s := p.Report.Selection.Shard
	switch {
	case len(p.Report.Selection.Missing) > 0:
		return fmt.Errorf("%s: it is merged already; merge the reports of the shards themselves", p.Name)
	case s == nil:
		return fmt.Errorf("%s: it is no shard: its run had no --shard", p.Name)
	case s.Of < 1 || s.Of > maxShards || s.Index < 1 || s.Index > s.Of:
		return fmt.Errorf("%s: there is no shard %d of %d", p.Name, s.Index, s.Of)
	}
	return nil
}

// same refuses two parts that were run under other conditions.
func same(a, b Part) error {
	var defects []error
	for _, fact := range facts {
		x, y := shown(fact.of(a.Report)), shown(fact.of(b.Report))
		if x != y {
			defects = append(defects, fmt.Errorf("%s and %s are not shards of one run; they differ in %s: %s and %s", a.Name, b.Name, fact.name, bounded(x), bounded(y)))
		}
	}
	if x, y := certified(a.Report), certified(b.Report); x != y && (a.Report.Complete || x != "") && (b.Report.Complete || y != "") {
		defects = append(defects, fmt.Errorf("%s and %s are not shards of one run; they differ in the certification profile (--certify): %q and %q", a.Name, b.Name, bounded(x), bounded(y)))
	}
	if t, u := a.Report.Target, b.Report.Target; t.URL != u.URL && t.Product == "" && u.Product == "" {
		defects = append(defects, fmt.Errorf("%s and %s may be of different endpoints: the addresses are %q and %q, and the profile names no product", a.Name, b.Name, t.URL, u.URL))
	}
	return errors.Join(defects...)
}

// certified names the certification profile whose cases a run was made of; empty for
// none, and for a run that was killed, whose events do not tell.
func certified(r reports.Report) string {
	if r.Certification == nil {
		return ""
	}
	return r.Certification.Profile
}

// shown writes a fact as JSON: equal facts give equal texts, whether a list is nil or
// empty.
func shown(fact any) string {
	text, err := json.Marshal(fact)
	if err != nil {
		return err.Error() // plain data always has a form
	}
	switch string(text) {
	case "null", "[]", "{}":
		return "empty"
	}
	return string(text)
}

// mostShown bounds a fact in an error, in bytes.
const mostShown = 200

func bounded(s string) string {
	if len(s) <= mostShown {
		return s
	}
	return s[:mostShown] + "..."
}

// distinct refuses a shard that is there twice.
func distinct(parts []Part) error {
	var defects []error
	seen := make(map[reports.Shard]Part)
	for _, p := range parts {
		if first, twice := seen[shard(p)]; twice {
			defects = append(defects, fmt.Errorf("shard %d of %d is there twice: in %s and in %s", shard(p).Index, shard(p).Of, first.Name, p.Name))
			continue
		}
		seen[shard(p)] = p
	}
	return errors.Join(defects...)
}

// mostTwice bounds how many cases that are there twice are named.
const mostTwice = 10

// noCaseTwice refuses a case that two shards ran.
func noCaseTwice(parts []Part) error {
	var defects []error
	seen := make(map[string]Part)
	for _, p := range parts {
		for _, r := range p.Report.Scenarios {
			first, twice := seen[r.ID]
			if !twice {
				seen[r.ID] = p
				continue
			}
			if len(defects) == mostTwice {
				return errors.Join(append(defects, errors.New("and more cases are there twice"))...)
			}
			defects = append(defects, fmt.Errorf("case %s is there twice: %s, and %s", r.ID, place(first), place(p)))
		}
	}
	return errors.Join(defects...)
}
