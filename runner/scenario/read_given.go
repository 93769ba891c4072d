package scenario

import (
	"regexp"
	"slices"
	"strings"
)

// The templates that make what is given, where a scenario names no other. They hold
// the placeholder identities Person, Parent and Child.
const (
	TemplatePerson       = "imses/given/person.xml"
	TemplateRelationship = "imses/given/relationship.xml"
)

// The identities that stand in the templates for those of the scenario.
const (
	PlaceholderPerson = "Person"
	PlaceholderParent = "Parent"
	PlaceholderChild  = "Child"
)

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
	g.Set = r.assignments(m.get("set"))
	g.Control = r.values(m.get("control"))
	if g.Control == nil {
		g.Template = r.template(m.get("template"), n.at, TemplatePerson)
	} else if t := m.get("template"); t != nil {
		r.add(t.at, "a person made through control has no template; remove template or control")
	}
	return g
}

func (r *caseReader) givenGroup(n *node) Given {
	g := Given{Kind: GivenGroup, Position: n.at}
	m := r.named(n, shapeGivenGroup)
	g.Name = r.declareGiven(m.get("name"))
	g.Control = r.controlled(m)
	return g
}

func (r *caseReader) givenMembership(n *node) Given {
	g := Given{Kind: GivenMembership, Position: n.at}
	m := r.mapping(n, shapeGivenMembership)
	r.need(m, shapeGivenMembership, "name", "person", "group")
	g.Name = r.declareGiven(m.get("name"))
	g.Person = r.refer(m.get("person"))
	g.Group = r.refer(m.get("group"))
	g.Control = r.controlled(m)
	if role := m.get("role"); role != nil {
		g.Control["role"] = r.filled(role)
	}
	return g
}

func (r *caseReader) givenRelationship(n *node) Given {
	g := Given{Kind: GivenRelationship, Position: n.at}
	m := r.mapping(n, shapeGivenRelationship)
	r.need(m, shapeGivenRelationship, "parent", "child")
	g.Parent = r.refer(m.get("parent"))
	g.Child = r.refer(m.get("child"))
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

// controlled returns the properties of what is always made through control.
func (r *caseReader) controlled(m *node) map[string]string {
	if c := r.values(m.get("control")); c != nil {
		return c
	}
	return map[string]string{}
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

// readIdentities adds the identities that the scenario declares beside those given.
// A mapping may add a length or an anchor to one that is given.
func (r *caseReader) readIdentities(n *node) {
	for _, item := range r.list(n) {
		m := r.named(item, shapeIdentity)
		name := r.identityName(m.get("name"))
		identity := Identity{Name: name, Length: r.number(m.get("length"), 1), Anchor: r.filled(m.get("anchor"))}
		known := r.identity(name)
		if known == nil {
			r.identities = append(r.identities, identity)
			r.names.declared[name] = item.at
			continue
		}
		if identity.Length == 0 && identity.Anchor == "" || known.Length != 0 || known.Anchor != "" {
			r.add(item.at, "the identity %q is declared already, in given or here; remove this one", name)
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

// refer reads the name of something that is given.
func (r *caseReader) refer(n *node) string {
	name := r.filled(n)
	if name != "" {
		r.use(name, n.at)
	}
	return name
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
	return []string{PlaceholderPerson, PlaceholderParent, PlaceholderChild}
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
