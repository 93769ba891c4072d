package scenario

import (
	"cmp"
	"context"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
)

// scenarioFile is the name of the file that makes a folder a scenario.
const scenarioFile = "scenario.yaml"

var scenarioID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)+$`)

// Load reads and checks all scenarios, requirements and states of the file systems.
// Later ones add to earlier ones: their scenarios may cite the requirements and use
// the envelopes of all. The error is Defects, with every mistake in the files,
// when there is any, and the library is empty then; another error means that a
// file system could not be read or that ctx ended.
func Load(ctx context.Context, fsys ...fs.FS) (Library, error) {
	r := reader{newReport()}
	lib := Library{Files: Overlay(fsys...)}
	var requirements, states, scenarios []*node
	for _, f := range fsys {
		err := fs.WalkDir(f, ".", func(name string, d fs.DirEntry, err error) error {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return fmt.Errorf("read fixtures: %w", err)
			}
			switch {
			case d.IsDir() && strings.HasPrefix(d.Name(), ".") && name != ".":
				return fs.SkipDir
			case path.Base(name) == scenarioFile:
				scenarios = r.append(scenarios, f, name, d)
			case path.Dir(name) == "requirements" && path.Ext(name) == ".yaml":
				requirements = r.append(requirements, f, name, d)
			case name == "states.yaml":
				states = r.append(states, f, name, d)
			}
			return nil
		})
		if err != nil {
			return Library{}, err
		}
	}
	for _, n := range states {
		lib.States = append(lib.States, r.readStates(n)...)
	}
	for _, n := range requirements {
		lib.Requirements = append(lib.Requirements, r.readRequirements(n)...)
	}
	lib.States = r.mergeStates(lib.States)
	lib.Requirements = r.mergeRequirements(lib.Requirements)
	if err := r.loadScenarios(ctx, &lib, scenarios); err != nil {
		return Library{}, err
	}
	lib.fillVerifiedBy()
	if err := r.err(); err != nil {
		return Library{}, err
	}
	return lib, nil
}

// append reads one YAML file and adds its tree to the list.
func (r reader) append(list []*node, fsys fs.FS, name string, d fs.DirEntry) []*node {
	at := Position{File: name, Line: 1, Column: 1}
	if d.Type()&fs.ModeSymlink != 0 {
		r.add(at, "this is a link; put the file itself there")
		return list
	}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		r.add(at, "the file cannot be read: %v", err)
		return list
	}
	if n := parseYAML(name, data, r.report); n != nil {
		list = append(list, n)
	}
	return list
}

// loadScenarios reads the scenarios, sorted by id.
func (r reader) loadScenarios(ctx context.Context, lib *Library, roots []*node) error {
	files := newEnvelopes(lib.Files)
	taken := map[string]Position{}
	for _, root := range roots {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("load scenarios: %w", err)
		}
		file := root.at.File
		id := path.Dir(file)
		at := Position{File: file, Line: 1, Column: 1}
		if !scenarioID.MatchString(id) {
			r.add(at, "the folder %q is no scenario id; use at least two folders of small letters, digits and hyphens", id)
		}
		if other, ok := taken[id]; ok {
			r.add(at, "the id %s is taken by %s:%d; rename this folder", id, other.File, other.Line)
			continue
		}
		taken[id] = at
		lib.Scenarios = append(lib.Scenarios, r.readScenario(id, root, *lib, files))
	}
	slices.SortFunc(lib.Scenarios, func(a, b Scenario) int { return cmp.Compare(a.ID, b.ID) })
	for _, s := range lib.Scenarios {
		for _, c := range s.Cases {
			if other, ok := taken[c.ID()]; ok && c.Name != "" {
				r.add(s.Position, "the case %s has the id of the scenario in %s; rename one", c.ID(), other.File)
			}
		}
	}
	return nil
}

// Scenario returns the scenario with that id.
func (l Library) Scenario(id string) (Scenario, bool) {
	i, ok := slices.BinarySearchFunc(l.Scenarios, id, func(s Scenario, id string) int { return strings.Compare(s.ID, id) })
	if !ok {
		return Scenario{}, false
	}
	return l.Scenarios[i], true
}

// State returns the state with that name.
func (l Library) State(name string) (State, bool) {
	i := slices.IndexFunc(l.States, func(s State) bool { return s.Name == name })
	if i < 0 {
		return State{}, false
	}
	return l.States[i], true
}

// Case returns the case with that id: scenario, or scenario/case.
func (l Library) Case(id string) (Case, bool) {
	for _, s := range l.Scenarios {
		for _, c := range s.Cases {
			if c.ID() == id {
				return c, true
			}
		}
	}
	return Case{}, false
}
