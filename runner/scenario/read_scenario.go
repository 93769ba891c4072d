package scenario

import (
	"maps"
	"path"
	"regexp"
	"slices"
)

// caseReader reads one scenario with one row of its table filled in.
type caseReader struct {
	reader
	known      Library // requirements and states
	files      *envelopes
	folder     string
	names      *names // identities of the scenario and where they are used
	identities []Identity
	unique     map[string]bool // values of requests that the run makes unique
	referred   []reference     // identities that given refers to
	labelled   bool            // the scenario carries the label of volume
}

var caseName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// readScenario reads a scenario.yaml; root is its tree before the table is filled in.
func (r reader) readScenario(id string, root *node, known Library, files *envelopes) Scenario {
	m := r.mapping(root, shapeScenario)
	r.need(m, shapeScenario, "title", "source", "steps")
	rows := r.rows(m)
	var out Scenario
	cases := make([]Case, 0, len(rows))
	used := newNames()
	for i, row := range rows {
		expanded := r.expand(m, row)
		c := &caseReader{reader: r, known: known, files: files, folder: path.Dir(root.at.File), names: used,
			unique: map[string]bool{}}
		s, one := c.read(id, expanded)
		one.Name, one.Values = row.name, row.values
		one.Scenario = &s
		cases = append(cases, one)
		if i == 0 {
			out = s
			out.Title, out.Source = m.get("title").plain(), m.get("source").plain()
		}
	}
	used.reportUnused(r)
	out.Cases = cases
	for i := range cases {
		cases[i].Scenario.Cases = cases
	}
	return out
}

// plain returns the text of a scalar, "" of anything else.
func (n *node) plain() string {
	if n == nil {
		return ""
	}
	return n.text
}

// read reads the scenario and its one case from a tree without {case:...}.
func (r *caseReader) read(id string, m *node) (Scenario, Case) {
	s := Scenario{
		ID: id, Position: m.at,
		Title:     r.filled(m.get("title")),
		Source:    r.filled(m.get("source")),
		Labels:    r.labels(m.get("labels")),
		Needs:     r.needs(m.get("needs")),
		Residue:   r.texts(m.get("residue")),
		Exclusive: r.oneOf(m.get("exclusive"), "extent", "site") != "",
		Last:      r.truth(m.get("last")),
	}
	s.Given = r.given(m.get("given"))
	r.readIdentities(m.get("identities"))
	s.Identities = r.identities
	r.checkGiven(s.Given)
	r.labelled = slices.Contains(s.Labels, LabelVolume)
	r.checkPlaceholders(m)
	c := Case{Given: s.Given, Steps: r.steps(m.get("steps"), s)}
	s.Volatile = r.volatile(m.get("volatile"))
	return s, c
}

func (r *caseReader) needs(n *node) Needs {
	if n == nil {
		return Needs{}
	}
	m := r.mapping(n, shapeNeeds)
	needs := Needs{
		State:    r.states(m.get("state")),
		Features: r.texts(m.get("features")),
		Anchors:  r.texts(m.get("anchors")),
		Sites:    r.number(m.get("sites"), 1),
		Control:  r.truth(m.get("control")),
		TLS:      r.truth(m.get("tls")),
	}
	needs.Switched = r.switched(needs.State)
	return needs
}

func (r *caseReader) volatile(n *node) []Volatile {
	var out []Volatile
	for _, item := range r.list(n) {
		m := r.mapping(item, shapeVolatile)
		r.need(m, shapeVolatile, shapeVolatile.keys...)
		v := Volatile{Path: r.path(m.get("path")), Reason: r.filled(m.get("reason"))}
		v.File = r.file(m.get("file"))
		r.checkVolatile(m, v)
		out = append(out, v)
	}
	return out
}

// row is a row of the table of cases; the zero row stands for a scenario without one.
type row struct {
	name   string
	at     Position
	values map[string]string
	cells  map[string]Position
}

// rows reads the table of cases.
func (r reader) rows(m *node) []row {
	table := m.get("cases")
	if table == nil {
		return []row{{}}
	}
	var out []row
	for _, item := range r.list(table) {
		one := r.row(item)
		if !caseName.MatchString(one.name) {
			r.add(item.at, "a case needs a name of small letters, digits and hyphens, such as { name: no-prefix }")
		}
		for _, other := range out {
			if other.name == one.name {
				r.add(item.at, "the case %q stands in line %d already; give this one another name", one.name, other.at.Line)
			} else if sameButName(other.values, one.values) {
				r.add(item.at, "the cases %q and %q do not differ; remove one", other.name, one.name)
			}
		}
		out = append(out, one)
	}
	if len(out) == 0 {
		r.add(table.at, "the table of cases is empty; add rows or remove cases")
		return []row{{}}
	}
	r.checkColumns(m, out)
	return out
}

func (r reader) row(n *node) row {
	one := row{at: n.at, values: r.values(n), cells: map[string]Position{}}
	for _, e := range r.pairs(n) {
		one.cells[e.key] = e.value.at
		for _, p := range placeholders(e.value.text) {
			if p.kind == holdCase {
				r.add(e.value.at, "a cell cannot refer to another one; write the value of %s out", p.whole)
			}
		}
	}
	one.name = one.values["name"]
	return one
}

func sameButName(a, b map[string]string) bool {
	strip := func(m map[string]string) map[string]string {
		m = maps.Clone(m)
		delete(m, "name")
		return m
	}
	return maps.Equal(strip(a), strip(b))
}

// checkColumns reports columns of the table that no {case:...} uses.
func (r reader) checkColumns(m *node, rows []row) {
	used := map[string]bool{"name": true}
	for _, e := range m.entries {
		if e.key != "cases" {
			e.value.walk(func(text string, _ Position) {
				for _, p := range placeholders(text) {
					if p.kind == "case" {
						used[p.name] = true
					}
				}
			})
		}
	}
	for _, one := range rows {
		for _, column := range slices.Sorted(maps.Keys(one.values)) {
			if !used[column] {
				r.add(one.cells[column], "the column %q is used nowhere; write {case:%s} where it belongs or remove it", column, column)
			}
		}
	}
}
