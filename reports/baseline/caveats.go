package baseline

import (
	"fmt"

	"esconform/reports"
)

// caveats say in what two runs differ beside what the endpoint answered.
func caveats(old, new reports.Report) []string {
	var all []string
	for _, fact := range []struct{ what, old, new string }{
		{"schema version", old.SchemaVersion, new.SchemaVersion},
		{"suite", old.SuiteVersion, new.SuiteVersion},
		{"profile", old.Profile, new.Profile},
		{"product", old.Target.Product, new.Target.Product},
		{"XSD engine", old.Engine, new.Engine},
	} {
		if fact.old != fact.new {
			all = append(all, fmt.Sprintf("the earlier run has another %s: %s, now %s", fact.what, named(fact.old), named(fact.new)))
		}
	}
	if old.Strict != new.Strict {
		all = append(all, fmt.Sprintf("the earlier run was %s, this one is %s", strictness(old), strictness(new)))
	}
	if new.Complete && !old.Complete {
		all = append(all, "the earlier run did not end as planned: "+old.Reason)
	}
	return all
}

func named(value string) string {
	if value == "" {
		return "none"
	}
	return value
}

func strictness(r reports.Report) string {
	if r.Strict {
		return "strict"
	}
	return "not strict"
}
