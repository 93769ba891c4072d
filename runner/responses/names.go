package responses

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"esconform/runner/evidence"
	"esconform/runner/judge"
)

// names returns what shows a text of an outcome without what differs from run to run:
// what was made up for it, the addresses that the run talked to, and times near its
// own. Other times stay: they are what was stored.
func names(o evidence.Outcome, hosts []string) func(string) string {
	display := judge.Display(o)
	var pairs []string
	for _, host := range hosts {
		pairs = append(pairs, "//"+host, "//{host}")
	}
	addresses := strings.NewReplacer(pairs...)
	from, to := o.StartedAt.Add(-near), o.StartedAt.Add(o.Duration+near)
	return func(s string) string {
		if s == "" {
			return s
		}
		return instant.ReplaceAllStringFunc(addresses.Replace(display(s)), func(text string) string {
			if at, ok := parse(text); ok && at.After(from) && at.Before(to) {
				return "{time}"
			}
			return text
		})
	}
}

// near is how far from the time of a case a time is taken for one of its own: a clock
// may be wrong, and a zone may be missing.
const near = 24 * time.Hour

// instant is a date and time of XML Schema (part 2, 3.2.7).
var instant = regexp.MustCompile(`[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?`)

func parse(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, false
}

// hosts lists the hosts of all exchanges, the longest first: one may begin another.
func hosts(outcomes map[string]evidence.Outcome) []string {
	seen := make(map[string]bool)
	var all []string
	for _, o := range outcomes {
		for _, x := range o.Exchanges {
			u, err := url.Parse(x.URL)
			if err != nil || u.Host == "" || seen[u.Host] {
				continue
			}
			seen[u.Host] = true
			all = append(all, u.Host)
		}
	}
	slices.SortFunc(all, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	return all
}
