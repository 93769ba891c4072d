package exchange

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// throughControl says whether the control interface makes it.
func throughControl(g scenario.Given) bool { return g.Control != nil }

// recipe says how something is given over the wire.
type recipe struct {
	operation   string
	template    string
	requirement string            // that is broken when the endpoint does not make it
	names       map[string]string // placeholder identities of the template, and whom they stand for
	person      string            // whose user name the template's becomes
}

// recipeOf returns the recipe of something given. The requirements say that
// createPerson, createGroup and createMembership make what they are sent, and that a
// relationship in updatePerson is added.
func recipeOf(g scenario.Given) recipe {
	var r recipe
	switch g.Kind {
	case scenario.GivenGroup:
		r = recipe{"createGroup", scenario.TemplateGroup, "GRP-CREATE-01",
			map[string]string{scenario.PlaceholderGroup: g.Name, scenario.PlaceholderParent: g.Parent}, ""}
	case scenario.GivenMembership:
		r = recipe{"createMembership", scenario.TemplateMembership, "MEM-CREATE-01", map[string]string{
			scenario.PlaceholderMembership: g.Name, scenario.PlaceholderPerson: g.Person, scenario.PlaceholderGroup: g.Group}, ""}
	case scenario.GivenRelationship:
		r = recipe{"updatePerson", scenario.TemplateRelationship, "REL-02",
			map[string]string{scenario.PlaceholderParent: g.Parent, scenario.PlaceholderChild: g.Child}, g.Parent}
	default:
		r = recipe{"createPerson", scenario.TemplatePerson, "PER-CREATE-01", map[string]string{scenario.PlaceholderPerson: g.Name}, g.Name}
	}
	if g.Template != "" {
		r.template = g.Template
	}
	return r
}

// placeholders returns the keys that stand for the placeholder identities of a
// recipe. A group without a parent goes below the main organisation.
func (c *caseRun) placeholders(r recipe) map[string]string {
	keys := map[string]string{}
	for placeholder, name := range r.names {
		keys[placeholder] = c.keys.byName[name]
		if name == "" {
			keys[placeholder] = c.own.Anchors[scenario.AnchorRootGroup]
		}
	}
	return keys
}

// whatGiven names what is given, for people.
func (c *caseRun) whatGiven(g scenario.Given) string {
	if g.Kind == scenario.GivenRelationship {
		return "the relationship of " + g.Parent + " with " + g.Child
	}
	return "the " + string(g.Kind) + " " + g.Name
}

// give makes one thing that must exist before the first step. errStop says that the
// endpoint did not make it; the case is then blocked.
func (c *caseRun) give(ctx context.Context, g scenario.Given) error {
	if c.anchored(g) {
		return nil
	}
	what := c.whatGiven(g)
	if throughControl(g) {
		err := c.giveByControl(ctx, g)
		if made, ok := c.refersTo(g); ok && errors.Is(err, errNotThere) {
			c.out.Blocked = &evidence.Blocked{Requirement: recipeOf(made).requirement,
				Reason: fmt.Sprintf("%s could not be made: the endpoint reported a %s as created and does not have it", what, made.Kind)}
			return errStop
		}
		if err != nil {
			return fmt.Errorf("given %s: %w", what, err)
		}
		return nil
	}
	o, err := c.buildGiven(g)
	if err != nil {
		return fmt.Errorf("given %s: %w", what, err)
	}
	x := evidence.Exchange{Step: stepGiven, Given: what}
	if err := c.send(ctx, o, &x); err != nil {
		return fmt.Errorf("given %s: %w", what, err)
	}
	if reason := c.refusedGiven(g, x); reason != "" {
		c.out.Blocked = &evidence.Blocked{Requirement: recipeOf(g).requirement, Reason: fmt.Sprintf("%s could not be made: %s", what, reason)}
		return errStop
	}
	return nil
}

// refersTo returns what something given refers to, of what the endpoint was asked to
// create for this case and said to have created.
func (c *caseRun) refersTo(g scenario.Given) (made scenario.Given, ok bool) {
	names := []string{g.Person, g.Group, g.Parent, g.Child}
	i := slices.IndexFunc(c.item.Case.Given, func(made scenario.Given) bool {
		return made.Name != "" && !throughControl(made) && slices.Contains(names, made.Name)
	})
	if i < 0 {
		return scenario.Given{}, false
	}
	return c.item.Case.Given[i], true
}

// anchored says whether an anchor of the site stands for what is given.
func (c *caseRun) anchored(g scenario.Given) bool {
	return g.Name != "" && plan.MadeByControl(c.item.Case, g.Name) && c.keys.anchors[c.keys.byName[g.Name]] && !c.keys.own[c.keys.byName[g.Name]]
}

// buildGiven makes the request that gives something over the wire.
func (c *caseRun) buildGiven(g scenario.Given) (*outgoing, error) {
	r := recipeOf(g)
	op, _ := wire.Lookup(r.operation)
	t, err := c.e.templates.get(r.template, g.Set, nil, op)
	if err != nil {
		return nil, err
	}
	f := c.filling()
	f.given, f.distinct = c.placeholders(r), r.person
	return c.ready(t, f, scenario.Step{Operation: r.operation}, c.own, c.other)
}

// refusedGiven says why the endpoint did not make what is given; empty when it did.
// A person or a group may be made with a remark; a relationship or a membership with a
// remark was not made.
func (c *caseRun) refusedGiven(g scenario.Given, x evidence.Exchange) string {
	if x.Transport != nil {
		return x.Transport.Message
	}
	m := c.e.message(x)
	if fault := m.fault(); fault != nil {
		code, text := faultCode(fault)
		return fmt.Sprintf("the endpoint answered with the fault %s: %s", shown(code), shown(text))
	}
	all := m.statuses()
	if len(all) == 0 {
		return fmt.Sprintf("the endpoint answered without a status (HTTP %d)", x.Status)
	}
	severity := statusText(all[0], "severity")
	link := g.Kind == scenario.GivenRelationship || g.Kind == scenario.GivenMembership
	if succeeded(all[0]) && (!link || severity == wire.SeverityStatus) {
		return ""
	}
	return fmt.Sprintf("the endpoint answered %s/%s: %s", shown(statusText(all[0], "codeMajor")), shown(severity), shown(description(all[0])))
}

// giveByControl makes what no operation can make, tagged for its removal.
func (c *caseRun) giveByControl(ctx context.Context, g scenario.Given) error {
	if c.e.control == nil {
		return errors.New("there is no control interface")
	}
	if c.e.options.ReadOnly {
		return refuse("making a %s writes, and the run is read-only", g.Kind)
	}
	tag := "esconform-" + c.token
	if err := c.intend(ctx, ledger.Entry{Scenario: c.item.Case.ID(), Site: c.own.Name, Kind: ledger.Tag, Key: tag}); err != nil {
		return err
	}
	properties := c.properties(g)
	properties["kind"], properties["tag"] = string(g.Kind), tag
	if g.Kind == scenario.GivenPerson && properties["key"] != "" {
		if err := c.intend(ctx, ledger.Objects(ledger.Person, c.item.Case.ID(), c.own.Name, properties["key"])...); err != nil {
			return err
		}
	}
	handle, err := c.e.control.make(ctx, c.own.Name, properties)
	if errors.Is(err, errNotThere) {
		return errNotThere
	}
	if err != nil {
		return errors.New(c.e.secrets.redactText(err.Error()))
	}
	if g.Name != "" && handle != "" {
		c.handles[g.Name] = "handle:" + handle
	}
	return nil
}

// properties are what the control interface makes the thing of.
func (c *caseRun) properties(g scenario.Given) map[string]string {
	p := map[string]string{}
	for name, value := range g.Control {
		if name != "keyless" {
			p[name] = c.fillText(value)
		}
	}
	switch g.Kind {
	case scenario.GivenPerson:
		c.namePerson(g, p)
	case scenario.GivenGroup:
		c.key(g, p)
		if p["title"] == "" {
			p["title"] = g.Name
		}
		if g.Parent != "" {
			p["parent"] = c.named(g.Parent)
		}
	case scenario.GivenMembership:
		c.key(g, p)
		p["person"], p["group"] = c.named(g.Person), c.named(g.Group)
	case scenario.GivenRelationship:
		p["parent"], p["child"] = c.named(g.Parent), c.named(g.Child)
	}
	return p
}

// key gives a thing its key, but where it is made as one without.
func (c *caseRun) key(g scenario.Given, p map[string]string) {
	if g.Control["keyless"] != "true" {
		p["key"] = c.keys.byName[g.Name]
	}
}

// namePerson gives a person its key; a person without one is told from others by
// its full name.
func (c *caseRun) namePerson(g scenario.Given, p map[string]string) {
	if p["first"] == "" {
		p["first"] = g.Name
	}
	if p["last"] == "" {
		p["last"] = c.token
	}
	if g.Control["keyless"] == "true" {
		c.keep.keyless = append(c.keep.keyless, []string{p["first"], p["last"]})
		return
	}
	p["key"] = c.keys.byName[g.Name]
}

// named returns what the control interface knows an identity by: its key, or its
// handle when it has none.
func (c *caseRun) named(identity string) string {
	for _, g := range c.item.Case.Given {
		if g.Name == identity && g.Control["keyless"] == "true" {
			return c.handles[identity]
		}
	}
	return c.keys.byName[identity]
}
