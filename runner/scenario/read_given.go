package scenario

import (
	"regexp"
	"slices"
	"strings"
)

// The templates that make what is given, where a scenario names no other. They hold
// placeholder identities.
const (
	TemplatePerson       = "imses/given/person.xml"
	TemplateGroup        = "imses/given/group.xml"
	TemplateMembership   = "imses/given/membership.xml"
	TemplateRelationship = "imses/given/relationship.xml"
)

// The identities that stand in the templates for those of the scenario.
const (
	PlaceholderPerson     = "Person"
	PlaceholderParent     = "Parent"
	PlaceholderChild      = "Child"
	PlaceholderGroup      = "Group"
	PlaceholderMembership = "Membership"
)

// rolePath is where the template of a membership has its role.
const rolePath = "mmess:membership/mdata:member/mdata:role/mdata:roleType"

var identityName = regexp.MustCompile(`^[A-Za-z0-9]+([_-][A-Za-z0-9]+)*$`)

// given reads what must exist first, in the order in which it is made: persons,
// groups, memberships, relationships.
func (r *caseReader) given(n *node) []Given {
	if n == nil {
		return nil
	}
	m := r.mapping(n, shapeGiven)
	var out []Given
	for _, item := range r.list(m.get("persons")) {
		out = append(out, r.givenPerson(item))
	}
	for _, item := range r.list(m.get("groups")) {
		out = append(out, r.givenGroup(item))
	}
	for _, item := range r.list(m.get("memberships")) {
		out = append(out, r.givenMembership(item))
	}
	for _, item := range r.list(m.get("relationships")) {
		out = append(out, r.givenRelationship(item))
	}
	return out
}

func (r *caseReader) givenPerson(n *node) Given {
	g := Given{Kind: GivenPerson, Position: n.at}
	m := r.named(n, shapeGivenPerson)
	g.Name = r.declareGiven(m.get("name"))
	r.means(m, &g, TemplatePerson)
	return g
}

func (r *caseReader) givenGroup(n *node) Given {
	g := Given{Kind: GivenGroup, Position: n.at}
	m := r.named(n, shapeGivenGroup)
	g.Name = r.declareGiven(m.get("name"))
	g.Parent = r.referLater(m.get("parent"))
	r.means(m, &g, TemplateGroup)
	return g
}

func (r *caseReader) givenMembership(n *node) Given {
	g := Given{Kind: GivenMembership, Position: n.at}
	m := r.mapping(n, shapeGivenMembership)
	r.need(m, shapeGivenMembership, "name", "person", "group")
	g.Name = r.declareGiven(m.get("name"))
	g.Person = r.referLater(m.get("person"))
	g.Group = r.referLater(m.get("group"))
	r.means(m, &g, TemplateMembership)
	if role := m.get("role"); role != nil && g.Control != nil {
		g.Control["role"] = r.filled(role)
	} else if role != nil {
		g.Set = append([]Assignment{{Path: rolePath, Value: r.filled(role)}}, g.Set...)
	}
	return g
}

// means reads how something is made: with a request, or through control.
func (r *caseReader) means(m *node, g *Given, template string) {
	g.Set = r.assignments(m.get("set"))
	if g.Control = r.values(m.get("control")); g.Control == nil {
		g.Template = r.template(m.get("template"), m.at, template)
		return
	}
	for _, key := range []string{"template", "set"} {
		if n := m.get(key); n != nil {
			r.add(n.at, "what is made through control has no request; remove %s or control", key)
		}
	}
}

func (r *caseReader) givenRelationship(n *node) Given {
	g := Given{Kind: GivenRelationship, Position: n.at}
	m := r.mapping(n, shapeGivenRelationship)
	r.need(m, shapeGivenRelationship, "parent", "child")
	g.Parent = r.referLater(m.get("parent"))
	g.Child = r.referLater(m.get("child"))
	g.Control = r.values(m.get("control"))
	if g.Control == nil {
		g.Template = r.template(nil, n.at, TemplateRelationship)
	}
	return g
}

// named reads "Child1" as short for { name: Child1 }.
func (r *caseReader) named(n *node, s shape) *node {
	if n.kind == scalarNode {
		return &node{kind: mappingNode, at: n.at, entries: []entry{{key: "name", at: n.at, value: n}}}
	}
	m := r.mapping(n, s)
	r.need(m, s, "name")
	return m
}

// declareGiven declares the identity of something given.
func (r *caseReader) declareGiven(n *node) string {
	name := r.identityName(n)
	if name == "" {
		return ""
	}
	if r.identity(name) != nil {
		r.add(n.at, "the identity %q is given twice; give the second one another name", name)
		return name
	}
	r.identities = append(r.identities, Identity{Name: name})
	r.names.used[name] = true
	return name
}

// minKey is the least length of a key, in characters: what is shorter has not room
// for what tells it from the keys of another case or another run.
const minKey = 24

// readIdentities adds the identities that the scenario declares beside those given.
// A mapping may add a length or an anchor to one that is given.
func (r *caseReader) readIdentities(n *node) {
	for _, item := range r.list(n) {
		m := r.named(item, shapeIdentity)
		name := r.identityName(m.get("name"))
		identity := Identity{Name: name, Length: r.number(m.get("length"), minKey), Anchor: r.filled(m.get("anchor")),
			Count: r.quantity(m.get("count"))}
		if identity.Count.Any() && (identity.Length != 0 || identity.Anchor != "") {
			r.add(item.at, "an identity with a count has neither length nor anchor; remove them")
		}
		known := r.identity(name)
		if known == nil {
			r.identities = append(r.identities, identity)
			r.names.declared[name] = item.at
			continue
		}
		if identity.Length == 0 && identity.Anchor == "" || known.Length != 0 || known.Anchor != "" {
			r.add(item.at, "the identity %q is declared already, in given or here; remove this one", name)
		}
		if identity.Count.Any() {
			r.add(item.at, "what is given is given once; remove count")
		}
		known.Length, known.Anchor = identity.Length, identity.Anchor
	}
}

func (r *caseReader) identityName(n *node) string {
	name := r.filled(n)
	if name != "" && !identityName.MatchString(name) {
		r.add(n.at, "%q is no name for an identity; write letters, digits, hyphens and underscores, such as Child3", name)
	}
	return name
}

// reference is an identity that something given refers to.
type reference struct {
	name string
	at   Position
}

// referLater reads the name of an identity, which may be declared further down; see
// checkGiven.
func (r *caseReader) referLater(n *node) string {
	name := r.filled(n)
	if name != "" {
		r.referred = append(r.referred, reference{name, n.at})
	}
	return name
}

// checkGiven checks what given refers to: it is declared, and made before.
func (r *caseReader) checkGiven(given []Given) {
	for _, one := range r.referred {
		r.use(one.name, one.at)
	}
	for i, g := range given {
		if g.Kind == GivenGroup && slices.ContainsFunc(given[i:], func(o Given) bool { return o.Name == g.Parent && g.Parent != "" }) {
			r.add(g.Position, "the parent %s of %s is made later; move it up", g.Parent, g.Name)
		}
	}
}

// template returns the request that makes something given: the named one, below
// imses/ or from the root of the fixtures with a leading slash, or the default.
func (r *caseReader) template(n *node, at Position, otherwise string) string {
	file := otherwise
	if n != nil {
		at = n.at
		file = strings.TrimPrefix(r.filled(n), "/")
		if file == r.filled(n) {
			file = "imses/" + file
		}
	}
	doc, problem := r.files.read(file)
	if problem != "" {
		r.add(at, "%s", problem)
		return file
	}
	r.checkText(file, doc, func(name string, at Position) {
		if !slices.Contains(templateIdentities(), name) {
			r.add(at, "a template has only the identities %s, not %q", strings.Join(templateIdentities(), ", "), name)
		}
	})
	return file
}

// templateIdentities are the identities that stand in templates.
func templateIdentities() []string {
	return []string{PlaceholderPerson, PlaceholderParent, PlaceholderChild, PlaceholderGroup, PlaceholderMembership}
}

// assignments reads an ordered mapping of paths to values.
func (r *caseReader) assignments(n *node) []Assignment {
	var out []Assignment
	for _, e := range r.pairs(n) {
		r.checkPath(e.key, e.at)
		out = append(out, Assignment{Path: e.key, Value: r.text(e.value)})
	}
	return out
}
