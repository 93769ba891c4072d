package judge

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"esconform/reports"
	"esconform/runner/evidence"
)

// display shows what was made up for one run by the names that scenarios use, so that
// two runs against the same endpoint say the same: a key as {key:Child3}, a value made
// unique as {unique:anna}, a messageIdentifier as {message-id}, a captured value as
// {capture:NAME}, and a GUID of the endpoint's as {guid}. The evidence holds what was on the wire.
type display struct {
	names *strings.Replacer
	token string // of the case, which every key and unique value holds
}

// shortestName is the length from which captured values and messageIdentifiers are
// looked for: shorter ones could stand in innocent text.
const shortestName = 16

// guid is the variable part of the keys that an endpoint generates (dossier, section
// 3.4.12), with hyphens or without; it tells nothing.
var guid = regexp.MustCompile(`\b[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}\b`)

var ownKey = regexp.MustCompile(`^ec([0-9a-f]{16})-`)

func newDisplay(o evidence.Outcome) display {
	d := display{}
	shown := map[string]string{}
	for _, x := range o.Exchanges {
		if len(x.MessageID) >= shortestName {
			shown[x.MessageID] = "{message-id}"
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o.Captures)) {
		if value := o.Captures[name]; len(value) >= shortestName {
			shown[value] = "{capture:" + name + "}"
		}
	}
	for _, text := range slices.Sorted(maps.Keys(o.Unique)) {
		shown[o.Unique[text]] = "{unique:" + text + "}"
	}
	for _, name := range slices.Sorted(maps.Keys(o.Keys)) {
		if m := ownKey.FindStringSubmatch(o.Keys[name]); m != nil {
			d.token = m[1]
			shown[o.Keys[name]] = "{key:" + name + "}"
		}
	}
	// The longest first: Person-1 is the beginning of Person-10.
	values := slices.SortedFunc(maps.Keys(shown), func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	var pairs []string
	for _, value := range values {
		pairs = append(pairs, value, shown[value])
	}
	if d.token != "" { // what is left of keys that were cut, here or at the endpoint
		pairs = append(pairs, "ec"+d.token, "{key}", d.token, "{token}")
	}
	d.names = strings.NewReplacer(pairs...)
	return d
}

// ellipsis stands where a shown value was cut.
const ellipsis = "…"

// text returns a text with names in place of what was made up.
func (d display) text(s string) string {
	s = guid.ReplaceAllString(d.names.Replace(s), "{guid}")
	if d.token == "" || !strings.Contains(s, ellipsis) {
		return s
	}
	parts := strings.Split(s, ellipsis)
	for i := range parts {
		if i < len(parts)-1 {
			parts[i] = d.endless(parts[i])
		}
		if i > 0 {
			parts[i] = d.headless(parts[i])
		}
	}
	return strings.Join(parts, ellipsis)
}

// fewest is how many characters of a token are taken for a part of it.
const fewest = 3

// endless shows the beginning of a key, or of a value made unique, at the end of a text.
func (d display) endless(s string) string {
	for n := len(d.token) - 1; n >= fewest; n-- {
		for _, before := range []string{"ec", "-"} {
			if head, found := strings.CutSuffix(s, before+d.token[:n]); found {
				return head + "{key}"
			}
		}
	}
	return s
}

// headless shows the end of a key at the beginning of a text.
func (d display) headless(s string) string {
	for n := 1; n <= len(d.token)-fewest; n++ {
		if tail, found := strings.CutPrefix(s, d.token[n:]+"-"); found {
			return "{key}-" + tail
		}
	}
	return s
}

// display shows the findings and the observations of the case by their names.
func (c *court) display() {
	if len(c.findings)+len(c.observations) > 0 {
		newDisplay(c.Outcome).apply(c.findings, c.observations)
	}
}

// apply shows findings and observations so.
func (d display) apply(findings []reports.Finding, observations []reports.Observation) {
	for i := range findings {
		f := &findings[i]
		for _, text := range []*string{&f.Message, &f.Path, &f.Wanted, &f.Got} {
			*text = d.text(*text)
		}
		for j := range f.Diff {
			f.Diff[j].Text = d.text(f.Diff[j].Text)
		}
		for j := range f.Excerpt {
			f.Excerpt[j].Text = d.text(f.Excerpt[j].Text)
		}
	}
	for i := range observations {
		o := &observations[i]
		o.Path, o.Value = d.text(o.Path), d.text(o.Value)
	}
}

// Display returns a function that shows a text of the outcome's exchanges by the names
// that scenarios use, in place of what was made up for its run (see display), as
// findings are shown.
func Display(o evidence.Outcome) func(string) string { return newDisplay(o).text }
