package hostile

import (
	"fmt"
	"strings"
)

// place is where a case stands in the suite.
type place struct{ id, scenario, area string }

// place gives the next case an id that no other has: of the shape that the program
// makes, area/folder/name or area/folder/name/case, or that of a vendor's folders.
// Scenarios have one or more cases.
func (m *maker) place() place {
	if n := len(m.results); n > 0 && m.once(2) {
		if last := m.results[n-1]; last.ID != last.Scenario {
			return m.take(place{last.Scenario + "/" + m.caseName(), last.Scenario, last.Area})
		}
	}
	area := pick(m, []string{"imses/person", "imses/group", "imses/membership", "organisation/course", "security/authentication"})
	if m.vendor && m.once(3) {
		area = m.folder() + "/" + m.folder()
	}
	above := area + "/" + m.folder() + "/"
	scenario := above + m.unused(above, m.folder())
	if m.once(4) {
		return m.take(place{scenario + "/" + m.caseName(), scenario, area})
	}
	return m.take(place{scenario, scenario, area})
}

func (m *maker) take(p place) place {
	m.ids[p.id], m.ids[p.scenario] = true, true
	return p
}

func (m *maker) caseName() string { return fmt.Sprintf("case-%d", len(m.ids)) }

// unused gives a name that makes a new id with the folder above it.
func (m *maker) unused(above, name string) string {
	if !m.ids[above+name] {
		return name
	}
	if twin := m.twin(name); m.vendor && !m.ids[above+twin] {
		return twin
	}
	return fmt.Sprintf("%s-%d", name, len(m.ids))
}

// twin looks like the name and is another.
func (m *maker) twin(name string) string {
	switch m.rng.IntN(4) {
	case 0:
		return strings.Replace(name, " ", "  ", 1)
	case 1:
		return name + "\u200b"
	case 2:
		return strings.ToUpper(name)
	}
	return name + " "
}

// folder is the name of a folder.
func (m *maker) folder() string {
	plain := pick(m, []string{"create", "read", "update", "delete", "relationships", "replace-person", "unknown-child", "length-64"})
	if !m.vendor || m.once(3) {
		return plain
	}
	name := pick(m, []string{"v1.2.3", "org.example.Person", "two words", "  spaces  ", "a & b", "<b>bold</b>", `"quoted"`, "it's", "]]>", "æøå", "漢字", "العربية", "👩‍💻",
		"\u202egnp", "zero\u200bwidth", "\x1b[31m", "tab\tand\nnewline", "[[ATTACHMENT|x]]", "::error::", "##vso[x]", "e\u0301", "é", ".hidden", "..dots", "trailing.", "-dash", "%2e%2e", "(root)", "CON", "#1", "a|b", "`id`"})
	if m.once(30) {
		return name + strings.Repeat("long", 50+m.rng.IntN(100))
	}
	if m.once(2) {
		return plain + "." + name
	}
	return name
}
