package plan

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// Selection says which cases of a library are wanted and under which restrictions.
type Selection struct {
	Only   []string // id patterns (--only); empty for all
	Labels string   // label filter (--labels), e.g. "relationships && !slow"
	// Rerun, when not nil, are the ids of cases that alone may run
	// (--rerun-failed). Ids that no longer exist are left out.
	Rerun []string
	// Scenarios, when not nil, are the ids of scenarios that alone may run: those of a
	// certification profile (--certify).
	Scenarios []string
	// Seed shuffles the order, the same way for the same seed; 0 keeps the order
	// of ids.
	Seed         uint64
	ReadOnly     bool // no write is sent
	AllowResidue bool // scenarios that leave something behind may run off the sandbox
	// Volume is how many objects the scenarios with the label volume make
	// (--volume). With 0 they are skipped, unless Labels asks for them: then it is
	// scenario.DefaultVolume.
	Volume int
	// Repeat is how often each case is carried out (--repeat); 0 stands for once.
	Repeat int
	// Shard is the part of the selection that runs (--shard); the zero value is all.
	Shard Shard
}

// Select plans a run: which case runs where, in which order, and what it costs. It
// is pure. The error joins what is wrong: *FilterError and *StateError (usage), or
// *NothingError or *EmptyShardError when nothing is selected.
func Select(target profile.Target, library scenario.Library, s Selection) (Plan, error) {
	target, err := withStates(target, library.States)
	if err != nil {
		return Plan{}, err
	}
	cases, err := s.choose(library)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Target: target, Selection: s, States: library.States}
	placer := placer{target: target, states: library.States, selection: s}
	for _, c := range cases {
		p.Items = append(p.Items, placer.place(c))
	}
	p.Order = order(p.Items, s.Seed)
	capWrongPasswords(&p)
	if err := p.keep(s.Shard); err != nil {
		return Plan{}, err
	}
	p.Budget = budget(p)
	return p, nil
}

// withStates fills in the default of every state that the profile does not know,
// so that the states of a site are always complete.
func withStates(target profile.Target, states []scenario.State) (profile.Target, error) {
	var defects []error
	names := make([]string, len(states))
	for i, s := range states {
		names[i] = s.Name
	}
	target.Sites = slices.Clone(target.Sites)
	for i := range target.Sites {
		site := &target.Sites[i]
		known := maps.Clone(site.States)
		if known == nil {
			known = map[string]string{}
		}
		for _, name := range slices.Sorted(maps.Keys(known)) {
			at := slices.Index(names, name)
			if at < 0 {
				defects = append(defects, &StateError{site.Name, name, "there is no such state; known are " + strings.Join(names, ", ")})
			} else if !slices.Contains(states[at].Values, known[name]) {
				defects = append(defects, &StateError{site.Name, name, fmt.Sprintf("it cannot be %q; its values are %s", known[name], strings.Join(states[at].Values, ", "))})
			}
		}
		for _, s := range states {
			if _, ok := known[s.Name]; !ok {
				known[s.Name] = s.Default
			}
		}
		site.States = known
	}
	return target, errors.Join(defects...)
}

// choose returns the selected cases, sorted by id.
func (s Selection) choose(library scenario.Library) ([]scenario.Case, error) {
	filter, err := parseLabels(s.Labels)
	if err := errors.Join(checkPatterns(s.Only), err); err != nil {
		return nil, err
	}
	var chosen []scenario.Case
	hits := make([]int, len(s.Only))
	for i := range library.Scenarios {
		sc := &library.Scenarios[i]
		if s.Scenarios != nil && !slices.Contains(s.Scenarios, sc.ID) {
			continue
		}
		for _, c := range sc.Cases {
			if s.wanted(c.ID(), hits) && filter(sc.Labels) && (s.Rerun == nil || slices.Contains(s.Rerun, c.ID())) {
				c.Volume = s.volume(sc.Labels, filter)
				chosen = append(chosen, c)
			}
		}
	}
	if err := s.unused(hits); err != nil {
		return nil, err
	}
	if len(chosen) == 0 {
		return nil, s.nothing()
	}
	slices.SortFunc(chosen, func(a, b scenario.Case) int { return cmp.Compare(a.ID(), b.ID()) })
	return chosen, nil
}

// wanted says whether a pattern selects the id, and counts what each selects.
func (s Selection) wanted(id string, hits []int) bool {
	wanted := len(s.Only) == 0
	for i, pattern := range s.Only {
		if Matches(pattern, id) {
			hits[i]++
			wanted = true
		}
	}
	return wanted
}

// unused reports patterns that match nothing although others do.
func (s Selection) unused(hits []int) error {
	var defects []error
	for i, n := range hits {
		if n == 0 {
			defects = append(defects, &FilterError{"--only", s.Only[i], "no scenario has such an id; see esconform list scenarios"})
		}
	}
	if len(defects) == len(hits) {
		return nil // nothing is selected at all, which is said by NothingError
	}
	return errors.Join(defects...)
}

func (s Selection) nothing() error {
	var filters []string
	for _, pattern := range s.Only {
		filters = append(filters, fmt.Sprintf("--only %q", pattern))
	}
	if s.Labels != "" {
		filters = append(filters, fmt.Sprintf("--labels %q", s.Labels))
	}
	if s.Rerun != nil {
		filters = append(filters, "--rerun-failed")
	}
	if s.Scenarios != nil {
		filters = append(filters, "--certify")
	}
	return &NothingError{Filters: filters}
}

// order returns the indexes of the items that run, phase by phase, and within a
// phase by id, or shuffled.
func order(items []Item, seed uint64) []int {
	var indexes []int
	for i := range items {
		if items[i].Skip == "" {
			indexes = append(indexes, i)
		}
	}
	if seed != 0 {
		shuffle := rand.New(rand.NewPCG(seed, seed))
		shuffle.Shuffle(len(indexes), func(a, b int) { indexes[a], indexes[b] = indexes[b], indexes[a] })
	}
	slices.SortStableFunc(indexes, func(a, b int) int { return cmp.Compare(items[a].Phase(), items[b].Phase()) })
	return indexes
}
