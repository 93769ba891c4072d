package scenario

import (
	"cmp"
	"slices"
)

// names remembers which identities a scenario declares and which it uses, over all
// rows of its table.
type names struct {
	declared map[string]Position // by `identities:`; those of `given` are always in use
	used     map[string]bool
	// unread says that a request could not be read, so that what it uses is unknown.
	unread bool
}

func newNames() *names { return &names{declared: map[string]Position{}, used: map[string]bool{}} }

// reportUnused reports identities that nothing refers to.
func (n *names) reportUnused(r reader) {
	if n.unread {
		return
	}
	for name, at := range n.declared {
		if !n.used[name] {
			r.add(at, "the identity %q is never used; remove it", name)
		}
	}
}

// identity returns a declared identity; nil when there is none of that name. Name-2
// is the second object of a counted identity.
func (r *caseReader) identity(name string) *Identity {
	i := slices.IndexFunc(r.identities, func(i Identity) bool { return i.Name == name || i.includes(name) })
	if i < 0 {
		return nil
	}
	return &r.identities[i]
}

// use marks an identity as used, or reports that it is not declared.
func (r *caseReader) use(name string, at Position) {
	if r.identity(name) == nil {
		known := make([]string, len(r.identities))
		for i, identity := range r.identities {
			known[i] = identity.Name
		}
		slices.SortFunc(known, cmp.Compare[string])
		r.add(at, "the identity %q is not declared; add it to identities or given%s", name, suggest(name, known))
		return
	}
	r.names.used[r.identity(name).Name] = true
}

// checkPlaceholders checks every placeholder of a scenario but {case:...}, which
// has been filled in, and {capture:...}, whose order matters.
func (r *caseReader) checkPlaceholders(m *node) {
	m.walk(func(text string, at Position) {
		for _, p := range placeholders(text) {
			switch p.kind {
			case holdKey:
				r.use(p.name, at)
			case holdCase, holdLong, holdUnique, holdCapture, holdMessage, holdStart:
			case holdVolume:
				r.usesVolume(p, at)
			default:
				kinds := []string{holdCase, holdKey, holdUnique, holdCapture, holdMessage, holdLong, holdStart, holdVolume}
				r.add(at, "there is no placeholder %s; use {case:NAME}, {key:NAME}, {unique:TEXT}, {capture:NAME}, {message-id}, {run-start}, {longtext:N} or {volume}%s",
					p.whole, suggest(p.kind, kinds))
			}
		}
	})
}
