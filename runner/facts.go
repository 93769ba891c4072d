package runner

import (
	"slices"
	"strings"
	"time"

	"esconform/reports"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// facts are what a report says before anything was sent.
func facts(c Config, now time.Time) reports.Report {
	return reports.Report{
		SchemaVersion: reports.SchemaVersion,
		RunID:         c.RunID,
		Target:        target(c.Plan.Target),
		Profile:       c.Profile,
		SuiteVersion:  c.SuiteVersion,
		Challenge:     c.Challenge,
		MaxDepth:      c.Plan.Target.Limits.MaxDepth,
		Engine:        c.Engine,
		Strict:        c.Strict,
		StartedAt:     now,
		Selection:     selection(c.Plan.Selection),
		Library:       extent(c),
		Requirements:  Requirements(c.Library.Requirements),
	}
}

// selection is what the run was narrowed by.
func selection(s plan.Selection) reports.Selection {
	r := reports.Selection{Only: s.Only, Labels: s.Labels, RerunFailed: s.Rerun != nil, ReadOnly: s.ReadOnly, Seed: s.Seed, Volume: s.Volume, Repeat: s.Repeat}
	if !s.Shard.Whole() {
		r.Shard = &reports.Shard{Index: s.Shard.Index, Of: s.Shard.Of}
	}
	return r
}

// extent counts the library and what the plan takes of it.
func extent(c Config) reports.Library {
	l := reports.Library{Scenarios: len(c.Library.Scenarios), SelectedCases: len(c.Plan.Items)}
	for _, s := range c.Library.Scenarios {
		l.Cases += len(s.Cases)
	}
	taken := make(map[string]bool)
	for _, item := range c.Plan.Items {
		taken[item.Case.Scenario.ID] = true
	}
	l.SelectedScenarios = len(taken)
	return l
}

// target names what is tested. Of the credentials it holds the first site's user
// name, never a password; of the states those of the first site.
func target(t profile.Target) reports.Target {
	tested := reports.Target{URL: t.BaseURL, Product: t.Product.Name, Version: t.Product.Version, Vendor: t.Product.Vendor,
		Sites: []string{}, Features: slices.Sorted(slices.Values(t.Features)), TLSUnverified: t.TLS.Unverified}
	for _, site := range t.Sites {
		tested.Sites = append(tested.Sites, site.Name)
	}
	if len(t.Sites) > 0 {
		tested.Username, tested.States = t.Sites[0].Credentials.Username, t.Sites[0].States
	}
	return tested
}

// Requirements gives the inventory in the form that reports use, without outcomes.
func Requirements(inventory scenario.Requirements) []reports.Requirement {
	list := make([]reports.Requirement, len(inventory))
	for i, q := range inventory {
		list[i] = reports.Requirement{ID: q.ID, Area: q.Area, Level: string(q.Level), Statement: q.Statement, Source: q.Source,
			Confidence: q.Confidence, Class: string(q.Class), VerifiedBy: append([]string{}, q.VerifiedBy...), Reason: q.Reason}
	}
	return list
}

// blank is the result of an item before anything is known about it but its place in
// the plan.
func blank(item plan.Item) reports.Result {
	s := item.Case.Scenario
	return reports.Result{ID: item.Case.ID(), Scenario: s.ID, Title: title(item.Case), Area: area(s.ID), Source: s.Source,
		Labels: s.Labels, Operations: operations(item.Case), Core: item.Core, Site: item.Site}
}

// operations are those that the steps of a case call, sorted, each once.
func operations(c scenario.Case) []string {
	var names []string
	for _, s := range c.Steps {
		if s.Operation != "" {
			names = append(names, s.Operation)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// planned are the blanks of all items.
func planned(p plan.Plan) []reports.Result {
	list := make([]reports.Result, len(p.Items))
	for i, item := range p.Items {
		list[i] = blank(item)
	}
	return list
}

// area is the service area of an id: its first two elements.
func area(id string) string {
	elements := strings.SplitN(id, "/", 3)
	return strings.Join(elements[:min(2, len(elements))], "/")
}

// title is the scenario's title with the values of the case filled in.
func title(c scenario.Case) string {
	filled := c.Scenario.Title
	for name, value := range c.Values {
		filled = strings.ReplaceAll(filled, "{case:"+name+"}", value)
	}
	return filled
}
