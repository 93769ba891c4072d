package scenario

import (
	"slices"
	"strings"
)

// readStates reads states.yaml.
func (r reader) readStates(list *node) []State {
	var out []State
	for _, item := range r.list(list) {
		m := r.mapping(item, shapeState)
		r.need(m, shapeState, shapeState.keys...)
		s := State{
			Name:     r.filled(m.get("name")),
			Title:    r.filled(m.get("title")),
			Values:   r.texts(m.get("values")),
			Default:  r.filled(m.get("default")),
			Scope:    r.oneOf(m.get("scope"), "scope", "site", "endpoint"),
			Position: item.at,
		}
		if n := m.get("default"); n != nil && !slices.Contains(s.Values, s.Default) {
			r.add(n.at, "the default %q is none of the values %s", s.Default, strings.Join(s.Values, ", "))
		}
		if s.Name != "" {
			out = append(out, s)
		}
	}
	return out
}

// mergeStates sorts the states by name and reports names that occur twice.
func (r reader) mergeStates(all []State) []State {
	slices.SortStableFunc(all, func(a, b State) int { return strings.Compare(a.Name, b.Name) })
	for i := 1; i < len(all); i++ {
		if all[i].Name == all[i-1].Name {
			r.add(all[i].Position, "the state %q is in %s:%d already; give this one another name", all[i].Name,
				all[i-1].Position.File, all[i-1].Position.Line)
		}
	}
	return all
}

// states reads a mapping of states to values and reports unknown ones.
func (r *caseReader) states(n *node) map[string]string {
	out := r.values(n)
	for _, e := range r.pairs(n) {
		i := slices.IndexFunc(r.known.States, func(s State) bool { return s.Name == e.key })
		if i < 0 {
			var names []string
			for _, s := range r.known.States {
				names = append(names, s.Name)
			}
			r.add(e.at, "there is no state %q%s", e.key, suggestOrList(e.key, names))
			continue
		}
		r.oneOf(e.value, "value of "+e.key, r.known.States[i].Values...)
	}
	return out
}

// switched returns the needed states that are not a site's default.
func (r *caseReader) switched(needed map[string]string) map[string]string {
	out := map[string]string{}
	for _, s := range r.known.States {
		if v, ok := needed[s.Name]; ok && v != s.Default {
			out[s.Name] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
