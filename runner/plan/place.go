package plan

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// placer finds the place of a case on a target.
type placer struct {
	target    profile.Target
	states    []scenario.State
	selection Selection
}

// place decides where a case runs, or why it cannot.
func (p placer) place(c scenario.Case) Item {
	item := Item{Case: c, Core: p.core(c)}
	if item.Skip = p.refused(c); item.Skip != "" {
		return item
	}
	sites, skip := p.fitting(c)
	if skip != "" {
		item.Skip = skip
		return item
	}
	site, switches, skip := p.choose(c, sites)
	if skip != "" {
		item.Skip = skip
		return item
	}
	item.Site, item.Switch = site.Name, switches
	item.Lock = p.lock(c, switches)
	if needsOther(c) {
		item.Other = p.other(site.Name)
	}
	return item
}

// refused says why a case cannot run on this target at all, whatever the site.
func (p placer) refused(c scenario.Case) string {
	needs := c.Scenario.Needs
	if ofVolume(c) && c.Volume == 0 {
		return "it is about volume; run it with --volume N, N being how many objects it makes"
	}
	if p.selection.ReadOnly && Writes(c) {
		return "it writes; run it without --read-only"
	}
	if missing := missingFeature(needs.Features, p.target.Features); missing != "" {
		return fmt.Sprintf("the profile does not declare the feature %q; add it to features: if the endpoint has it", missing)
	}
	if needs.Control && p.target.Control == nil {
		return "it needs the control interface of the sandbox; run it with --sandbox"
	}
	if needs.TLS && !strings.HasPrefix(p.target.BaseURL, "https:") && p.target.SecureURL == "" {
		return "it needs TLS and the endpoint is plain HTTP; run it against an https:// endpoint"
	}
	if wanted := wantedSites(c); len(p.target.Sites) < wanted {
		return fmt.Sprintf("it needs %d sites and the profile has %d; add a site with credentials of its own", wanted, len(p.target.Sites))
	}
	if len(c.Scenario.Residue) > 0 && p.target.Control == nil && !p.selection.AllowResidue {
		return "it leaves something behind that cannot be removed; run it with --allow-residue"
	}
	for _, name := range slices.Sorted(maps.Keys(stepSwitches(c))) {
		if !p.switchable(name) {
			return p.unswitchable(name, "both values in turn")
		}
	}
	return ""
}

// fitting returns the sites that have the anchors which a case needs, or why none
// has.
func (p placer) fitting(c scenario.Case) ([]profile.Site, string) {
	var fit []profile.Site
	missing := ""
	for _, site := range p.target.Sites {
		if anchor := p.missingAnchor(c, site); anchor != "" {
			missing = cmp.Or(missing, anchor) // what the default site lacks
			continue
		}
		fit = append(fit, site)
	}
	if len(fit) > 0 {
		return fit, ""
	}
	return nil, missing
}

// missingAnchor says which anchor or control a site lacks; empty when none.
func (p placer) missingAnchor(c scenario.Case, site profile.Site) string {
	for _, anchor := range c.Anchors() {
		if site.Anchors[anchor] == "" && (p.target.Control == nil || !controlMakes(c, anchor)) {
			return fmt.Sprintf("no site of the profile has the anchor %q; add its key to anchors: of a site", anchor)
		}
	}
	for _, g := range c.Given {
		if !throughControl(g) || p.target.Control != nil {
			continue
		}
		anchor := anchorOf(c, g.Name)
		if anchor == "" {
			return fmt.Sprintf("it needs a %s that only the control interface of the sandbox can make; run it with --sandbox", g.Kind)
		}
		if site.Anchors[anchor] == "" {
			return fmt.Sprintf("it needs a %s; run it with --sandbox, or add the key of one to anchors: %s of a site", g.Kind, anchor)
		}
	}
	return ""
}

// choose prefers a site that is in the needed states, and else one that can be
// switched to them.
func (p placer) choose(c scenario.Case, sites []profile.Site) (profile.Site, map[string]string, string) {
	for _, site := range sites {
		if len(difference(c.Scenario.Needs.State, site.States)) == 0 {
			return site, nil, ""
		}
	}
	skip := ""
	for _, site := range sites {
		switches := difference(c.Scenario.Needs.State, site.States)
		blocked := ""
		for _, name := range slices.Sorted(maps.Keys(switches)) {
			if !p.switchable(name) {
				blocked = p.unswitchable(name, switches[name])
				break
			}
		}
		if blocked == "" {
			return site, switches, ""
		}
		skip = blocked
	}
	return profile.Site{}, nil, skip
}

func (p placer) switchable(state string) bool {
	return p.target.Control != nil || len(p.target.Hooks[state]) > 0
}

func (p placer) unswitchable(state, value string) string {
	if value == "both values in turn" {
		return fmt.Sprintf("it switches %s, and nothing can switch it here; run it with --sandbox, or give a hook for %s", state, state)
	}
	return fmt.Sprintf("it needs %s to be %s; switch it by hand and run with --state %s=%s, give a hook for %s, or run it with --sandbox", state, value, state, value, state)
}

// lock is the extent of what a case needs for itself.
func (p placer) lock(c scenario.Case, switches map[string]string) Lock {
	lock := LockNone
	if c.Scenario.Exclusive {
		lock = LockSite
	}
	names := maps.Clone(switches)
	if names == nil {
		names = map[string]string{}
	}
	maps.Copy(names, stepSwitches(c))
	for name := range names {
		if endpointWide(p.states, name) {
			return LockEndpoint
		}
		lock = LockSite
	}
	return lock
}

func endpointWide(states []scenario.State, name string) bool {
	return slices.ContainsFunc(states, func(s scenario.State) bool { return s.Name == name && s.Scope == "endpoint" })
}

func (p placer) other(site string) string {
	for _, s := range p.target.Sites {
		if s.Name != site {
			return s.Name
		}
	}
	return ""
}

// core says whether a case needs nothing but an endpoint and credentials: no
// control interface, no switched state, no anchor, no second site, no TLS, no size
// of --volume, no feature that must be declared and nothing that is left behind.
func (p placer) core(c scenario.Case) bool {
	needs := c.Scenario.Needs
	switch {
	case needs.Control, needs.TLS, len(c.Anchors()) > 0, len(needs.Features) > 0, len(c.Scenario.Residue) > 0,
		ofVolume(c), wantedSites(c) > 1, len(stepSwitches(c)) > 0, slices.ContainsFunc(c.Given, throughControl):
		return false
	}
	for _, s := range p.states {
		if value, ok := needs.State[s.Name]; ok && value != s.Default {
			return false
		}
	}
	return true
}
