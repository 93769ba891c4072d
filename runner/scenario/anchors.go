package scenario

import "slices"

// AnchorRootGroup is the anchor of the main organisation, below which given groups
// are made that name no parent.
const AnchorRootGroup = "rootGroup"

// Anchors returns the anchors that a site must have for the case, each once: those
// that it says it needs, those of its identities that control makes nothing for, and
// that of the main organisation when a given group goes below it.
func (c Case) Anchors() []string {
	all := slices.Clone(c.Scenario.Needs.Anchors)
	for _, id := range c.Scenario.Identities {
		if id.Anchor != "" && !c.controlMakes(id.Name) {
			all = append(all, id.Anchor)
		}
	}
	if slices.ContainsFunc(c.Given, Given.belowRoot) {
		all = append(all, AnchorRootGroup)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// belowRoot says whether something given is a group that goes below the main
// organisation.
func (g Given) belowRoot() bool {
	return g.Kind == GivenGroup && g.Control == nil && g.Parent == ""
}

// controlMakes says whether the control interface makes what has that identity.
func (c Case) controlMakes(identity string) bool {
	return slices.ContainsFunc(c.Given, func(g Given) bool { return g.Name == identity && g.Control != nil })
}
