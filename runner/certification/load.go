package certification

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"esconform/reports/certify"
	"esconform/runner/scenario"
)

// Load reads and checks the profiles of the library's files, sorted by name. The
// error names every mistake with file and line.
func Load(library scenario.Library) ([]Profile, error) {
	names, err := fs.Glob(library.Files, Folder+"/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("find certification profiles: %w", err)
	}
	slices.Sort(names)
	var profiles []Profile
	var defects []error
	for _, name := range names {
		data, err := fs.ReadFile(library.Files, name)
		if err != nil {
			defects = append(defects, fmt.Errorf("read certification profile: %w", err))
			continue
		}
		d, err := read(name, data)
		if err != nil {
			defects = append(defects, err)
			continue
		}
		p, err := d.resolve(library.Requirements)
		p.Name = strings.TrimSuffix(path.Base(name), ".yaml")
		profiles, defects = append(profiles, p), append(defects, err)
	}
	if err := errors.Join(defects...); err != nil {
		return nil, err
	}
	return profiles, nil
}

// Find returns the profile with that name. The error names those that there are.
func Find(profiles []Profile, name string) (Profile, error) {
	var names []string
	for _, p := range profiles {
		if p.Name == name {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return Profile{}, fmt.Errorf("there is no certification profile %q; there is %s", name, strings.Join(names, ", "))
}

// resolve turns patterns into ids. A requirement of a feature is never core, also
// where a pattern of the core matches it: it counts only where the feature is there.
func (d *document) resolve(requirements scenario.Requirements) (Profile, error) {
	p := Profile{Profile: certify.Profile{Title: d.Title, Description: d.Description}, Services: d.Services,
		optional: map[string][]string{}, requirements: map[string]requirement{}}
	m := matcher{document: d, requirements: requirements}
	optional := map[string]string{}
	for i, f := range d.Features {
		ids := m.ids(fmt.Sprintf("features[%d].requirements", i), f.Requirements)
		for _, id := range ids {
			if other, taken := optional[id]; taken {
				m.defect(fmt.Sprintf("features[%d].requirements", i), "%s is under the feature %s, too; keep one", id, other)
			}
			optional[id] = f.Name
		}
		p.optional[f.Name] = f.Services
		p.Features = append(p.Features, certify.Feature{Name: f.Name, Requirements: ids})
	}
	except := m.ids("core.except", d.Core.Except)
	core := append(m.areas("core.areas", d.Core.Areas), m.ids("core.requirements", d.Core.Requirements)...)
	slices.Sort(core)
	for _, id := range slices.Compact(core) {
		if _, taken := optional[id]; !taken && !slices.Contains(except, id) {
			p.Core = append(p.Core, id)
		}
	}
	if len(p.Core) == 0 {
		m.defect("core", "no requirement is core; add one")
	}
	for _, q := range requirements {
		if _, taken := optional[q.ID]; taken || slices.Contains(p.Core, q.ID) {
			p.requirements[q.ID] = requirement{q.Universal}
		}
	}
	slices.SortFunc(p.Features, func(a, b certify.Feature) int { return strings.Compare(a.Name, b.Name) })
	return p, errors.Join(m.defects...)
}

// matcher finds the requirements that a document's patterns mean.
type matcher struct {
	document     *document
	requirements scenario.Requirements
	defects      []error
}

func (m *matcher) ids(at string, patterns []string) []string {
	return m.each(at, patterns, "no requirement has such an id", func(pattern string, q scenario.Requirement) bool {
		ok, err := path.Match(pattern, q.ID)
		return ok && err == nil
	})
}

func (m *matcher) areas(at string, names []string) []string {
	return m.each(at, names, "no requirement is of that area", func(area string, q scenario.Requirement) bool { return q.Area == area })
}

// each returns the ids that match one of the patterns, sorted, each once, and
// reports patterns that match nothing.
func (m *matcher) each(at string, patterns []string, none string, match func(string, scenario.Requirement) bool) []string {
	var ids []string
	for i, pattern := range patterns {
		n := len(ids)
		for _, q := range m.requirements {
			if match(pattern, q) {
				ids = append(ids, q.ID)
			}
		}
		if len(ids) == n {
			m.defect(fmt.Sprintf("%s[%d]", at, i), "%q: %s; see esconform list requirements", pattern, none)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func (m *matcher) defect(at, format string, args ...any) {
	m.defects = append(m.defects, fmt.Errorf("%s: %s", m.document.place(at), fmt.Sprintf(format, args...)))
}
