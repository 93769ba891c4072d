package plan

import (
	"maps"
	"slices"

	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// Writes says whether a case may change something at the endpoint: it is given
// something, or one of its steps is not a plain read. A read that may write counts
// as a write.
func Writes(c scenario.Case) bool {
	return len(c.Given) > 0 || slices.ContainsFunc(c.Steps, stepWrites)
}

func stepWrites(s scenario.Step) bool {
	if len(s.Switch) > 0 {
		return true
	}
	op, known := wire.Lookup(s.Operation)
	return known && op.Effect != wire.Read
}

// throughControl says whether the control interface makes it.
func throughControl(g scenario.Given) bool { return g.Control != nil }

// anchorOf returns the anchor that may stand for an identity; empty when none.
func anchorOf(c scenario.Case, identity string) string {
	for _, id := range c.Scenario.Identities {
		if id.Name == identity {
			return id.Anchor
		}
	}
	return ""
}

// controlMakes says whether the case makes, through control, the thing that an
// anchor stands for.
func controlMakes(c scenario.Case, anchor string) bool {
	return slices.ContainsFunc(c.Given, func(g scenario.Given) bool {
		return throughControl(g) && anchorOf(c, g.Name) == anchor
	})
}

// stepSwitches are the states that the steps of a case switch.
func stepSwitches(c scenario.Case) map[string]string {
	all := map[string]string{}
	for _, s := range c.Steps {
		maps.Copy(all, s.Switch)
	}
	return all
}

// needsOther says whether a step is sent to, or with the credentials of, a second
// site.
func needsOther(c scenario.Case) bool {
	return c.Scenario.Needs.Sites > 1 || slices.ContainsFunc(c.Steps, func(s scenario.Step) bool {
		return s.Site == "other" || s.As.Credentials == "other-site"
	})
}

func wantedSites(c scenario.Case) int {
	if needsOther(c) {
		return max(2, c.Scenario.Needs.Sites)
	}
	return 1
}

func missingFeature(needed, declared []string) string {
	for _, f := range needed {
		if !slices.Contains(declared, f) {
			return f
		}
	}
	return ""
}

// difference returns the needed states that a site is not in.
func difference(needed, has map[string]string) map[string]string {
	var all map[string]string
	for name, value := range needed {
		if has[name] != value {
			if all == nil {
				all = map[string]string{}
			}
			all[name] = value
		}
	}
	return all
}

// wrongPasswords counts the steps that send a wrong password.
func wrongPasswords(c scenario.Case) int {
	n := 0
	for _, s := range c.Steps {
		if s.As.Credentials == "wrong-password" {
			n++
		}
	}
	return n
}

// MadeByControl says whether the control interface makes the thing with that
// identity, where there is one.
func MadeByControl(c scenario.Case, identity string) bool {
	return slices.ContainsFunc(c.Given, func(g scenario.Given) bool { return g.Name == identity && throughControl(g) })
}
