package exchange

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// The requirements that block a case when the endpoint does not make what is given:
// createPerson creates a person, and a relationship in updatePerson is added.
const (
	requirementPerson       = "PER-CREATE-01"
	requirementRelationship = "REL-02"
)

// throughControl says whether only the control interface can make it.
func throughControl(g scenario.Given) bool {
	return g.Control != nil || g.Kind == scenario.GivenGroup || g.Kind == scenario.GivenMembership
}

// recipe says how something is given over the wire.
type recipe struct {
	operation   string
	template    string
	requirement string            // that is broken when the endpoint does not make it
	rename      map[string]string // placeholder identities of the template
	person      string            // whose user name the template's becomes
}

func recipeOf(g scenario.Given) recipe {
	r := recipe{"createPerson", scenario.TemplatePerson, requirementPerson, map[string]string{scenario.PlaceholderPerson: g.Name}, g.Name}
	if g.Kind == scenario.GivenRelationship {
		r = recipe{"updatePerson", scenario.TemplateRelationship, requirementRelationship,
			map[string]string{scenario.PlaceholderParent: g.Parent, scenario.PlaceholderChild: g.Child}, g.Parent}
	}
	if g.Template != "" {
		r.template = g.Template
	}
	return r
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
		if errors.Is(err, errNotThere) && c.refersToMade(g) {
			c.out.Blocked = &evidence.Blocked{Requirement: requirementPerson,
				Reason: what + " could not be made: the endpoint reported a person as created and does not have it"}
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

// refersToMade says whether something refers to a person that the endpoint was asked
// to create for this case and said to have created.
func (c *caseRun) refersToMade(g scenario.Given) bool {
	return slices.ContainsFunc(c.item.Case.Given, func(made scenario.Given) bool {
		return made.Kind == scenario.GivenPerson && !throughControl(made) && slices.Contains([]string{g.Person, g.Parent, g.Child}, made.Name)
	})
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
	step := scenario.Step{Operation: r.operation}
	f := c.filling()
	f.rename, f.distinct = r.rename, r.person
	effect, stores, err := c.guard.check(t, f, step)
	if err != nil {
		return nil, err
	}
	o, err := c.e.prepare(t, f, step, c.own, c.other, c.item.Case.Scenario.Needs.TLS)
	if err != nil {
		return nil, err
	}
	o.effect, o.stores = effect, stores
	maps.Copy(c.out.Unique, f.unique)
	return o, nil
}

// refusedGiven says why the endpoint did not make what is given; empty when it did.
// A person may be made with a remark; a relationship with a remark was not made.
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
	if succeeded(all[0]) && (g.Kind == scenario.GivenPerson || severity == wire.SeverityStatus) {
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
		if err := c.intend(ctx, ledger.Persons(c.item.Case.ID(), c.own.Name, properties["key"])...); err != nil {
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
		p["key"] = c.keys.byName[g.Name]
		if p["title"] == "" {
			p["title"] = g.Name
		}
	case scenario.GivenMembership:
		p["key"], p["person"], p["group"] = c.keys.byName[g.Name], c.named(g.Person), c.named(g.Group)
	case scenario.GivenRelationship:
		p["parent"], p["child"] = c.named(g.Parent), c.named(g.Child)
	}
	return p
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
