package reports

import (
	"regexp"
	"slices"
	"time"
)

// VolatileField is a part of a report that differs from run to run although the
// endpoint answered the same.
type VolatileField struct {
	Path  string // in report.json; [] stands for every element of a list
	Why   string
	clear func(*Report)
}

// Volatile lists what differs between two runs of one suite against one endpoint,
// whatever the concurrency. All else in report.json is the same: keys and values that
// a run makes up are shown by the names that scenarios use.
func Volatile() []VolatileField {
	return []VolatileField{
		{"runId", "made up for each run", func(r *Report) { r.RunID = "" }},
		{"startedAt", "a time", func(r *Report) { r.StartedAt = time.Time{} }},
		{"finishedAt", "a time", func(r *Report) { r.FinishedAt = time.Time{} }},
		{"target.url", "the address, where the sandbox takes a free port", func(r *Report) { r.Target.URL = "" }},
		{"target.username", "the account, where the sandbox makes one up", func(r *Report) { r.Target.Username = "" }},
		{"scenarios[].startedAt", "a time", eachResult(func(s *Result) { s.StartedAt = time.Time{} })},
		{"scenarios[].durationMs", "a time", eachResult(func(s *Result) { s.DurationMS = 0 })},
		{"scenarios[].steps[].startUs, durationUs", "times", eachResult(func(s *Result) {
			for i := range s.Steps {
				s.Steps[i].StartUS, s.Steps[i].DurationUS = 0, 0
			}
		})},
		{"scenarios[].reproduce", "holds the address", eachResult(func(s *Result) { s.Reproduce = "" })},
		{"scenarios[].findings[].message, wanted, got, diff[].text, excerpt[].text", "times in them", eachResult(timeless)},
		{"scenarios[].observations[].value", "times in it", eachResult(func(s *Result) {
			for i := range s.Observations {
				s.Observations[i].Value = withoutTimes(s.Observations[i].Value)
			}
		})},
	}
}

// Normalise returns the report without what is volatile. Reports of two runs are the
// same then, unless the endpoint behaved in another way. The argument is not changed.
func Normalise(r Report) Report {
	r.Scenarios = slices.Clone(r.Scenarios)
	for i := range r.Scenarios {
		s := &r.Scenarios[i]
		s.Steps = slices.Clone(s.Steps)
		s.Findings, s.Observations = slices.Clone(s.Findings), slices.Clone(s.Observations)
		for j := range s.Findings {
			s.Findings[j].Diff = slices.Clone(s.Findings[j].Diff)
			s.Findings[j].Excerpt = slices.Clone(s.Findings[j].Excerpt)
		}
	}
	for _, field := range Volatile() {
		field.clear(&r)
	}
	return r
}

func eachResult(clear func(*Result)) func(*Report) {
	return func(r *Report) {
		for i := range r.Scenarios {
			clear(&r.Scenarios[i])
		}
	}
}

func timeless(s *Result) {
	for i := range s.Findings {
		f := &s.Findings[i]
		f.Message, f.Wanted, f.Got = withoutTimes(f.Message), withoutTimes(f.Wanted), withoutTimes(f.Got)
		for j := range f.Diff {
			f.Diff[j].Text = withoutTimes(f.Diff[j].Text)
		}
		for j := range f.Excerpt {
			f.Excerpt[j].Text = withoutTimes(f.Excerpt[j].Text)
		}
	}
}

// instant is a date and time of XML Schema, as answers and messages hold them.
var instant = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?`)

func withoutTimes(s string) string { return instant.ReplaceAllString(s, "{time}") }
