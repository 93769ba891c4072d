package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A model is the world of persons.
type model struct {
	people []*human // living and in the trash
}

// A human is a person of the model.
type human struct {
	key, user                         string
	first, last, nick, mobile, street string
	trashed                           bool
	children                          []*human
}

func (m *model) find(key string) *human {
	for _, h := range m.people {
		if h.key == key {
			return h
		}
	}
	return nil
}

func (m *model) living(key string) *human {
	if h := m.find(key); h != nil && !h.trashed {
		return h
	}
	return nil
}

// write is createPerson, updatePerson and replacePerson on one person. Nothing
// is changed before all reasons to refuse have been looked at.
func (m *model) write(how string, s subject) string {
	known, live := m.find(s.key), m.living(s.key)
	if known == nil || how == "replace" {
		for _, missing := range []struct {
			text *string
			name string
		}{{s.first, "name/partName[First]"}, {s.last, "name/partName[Last]"}, {s.role, "institutionRole/institutionRoleType"}} {
			if missing.text == nil || *missing.text == "" {
				return "failure error incompletedata: The mandatory '" + missing.name + "' is missing"
			}
		}
	}
	user := ""
	if known != nil {
		user = known.user
	}
	if s.user != nil && *s.user != "" {
		user = *s.user
	}
	for _, other := range m.people {
		if user != "" && other.user == user && !other.trashed && other != known {
			return "failure error idallocinusefail: The user name '" + user + "' is already in use"
		}
	}
	if slices.Contains(s.children, s.key) {
		return "failure error invaliddata: Parent cannot have the same synchronization key as child " + s.key + ", a new Child relationship could not be created"
	}

	if known == nil {
		known = &human{key: s.key}
		m.people = append(m.people, known)
	}
	known.user, known.trashed = user, false
	if how == "replace" {
		known.mobile, known.street, known.children = "", "", nil
	}
	for _, field := range []struct {
		into     *string
		sent     *string
		required bool
	}{{&known.first, s.first, true}, {&known.last, s.last, true}, {&known.nick, s.nick, false}, {&known.mobile, s.mobile, false}} {
		if field.sent != nil && (*field.sent != "" || !field.required) {
			*field.into = *field.sent
		}
	}
	if len(s.streets) > 0 {
		known.street = s.streets[0]
	}
	var codes, texts []string
	if how == "replace" && live == nil {
		codes, texts = append(codes, "unknownobjinsertinstead"), append(texts, "Object did not exist, has been inserted instead")
	}
	for _, key := range s.children {
		child := m.living(key)
		switch {
		case child == nil:
			text := "relationship/sourceId/identifier '" + key + "' does not exist in itslearning"
			if !slices.Contains(codes, "unknownobject") {
				codes = append(codes, "unknownobject")
			}
			if !slices.Contains(texts, text) {
				texts = append(texts, text)
			}
		case !slices.Contains(known.children, child):
			known.children = append(known.children, child)
		}
	}
	if len(texts) > 0 {
		return "success warning " + strings.Join(codes, " ") + ": " + strings.Join(texts, "\n")
	}
	return "success status"
}

func (m *model) delete(key string) string {
	h := m.living(key)
	if h == nil {
		return unknown(key)
	}
	h.trashed = true
	return "success status"
}

func (m *model) rename(from, to string) string {
	h := m.living(from)
	if h == nil {
		return unknown(from)
	}
	if other := m.find(to); other != nil && other != h {
		return "failure error idallocinusefail: The 'sourcedId/identifier' '" + to + "' is already in use"
	}
	h.key = to
	return "success status"
}

// read returns what is said about keys, and then the persons.
func (m *model) read(keys ...string) []string {
	var statuses, persons []string
	for _, key := range keys {
		h := m.living(key)
		if h == nil {
			statuses = append(statuses, unknown(key))
			continue
		}
		statuses, persons = append(statuses, "success status"), append(persons, m.line(h))
	}
	return append(statuses, persons...)
}

func (m *model) line(h *human) string {
	line := "person First=" + h.first + " Last=" + h.last
	for _, part := range []struct{ name, text string }{{"Nick", h.nick}, {"user", h.user}, {"street", h.street}, {"Mobile", h.mobile}} {
		if part.text != "" {
			line += " " + part.name + "=" + part.text
		}
	}
	var links []string
	for _, other := range m.people {
		if slices.Contains(h.children, other) && !other.trashed {
			links = append(links, "Child="+other.key)
		}
		if slices.Contains(other.children, h) && !other.trashed {
			links = append(links, "Parent="+other.key)
		}
	}
	slices.Sort(links)
	return strings.Join(append([]string{line}, links...), " ")
}

var keyNames = rapid.SampledFrom([]string{"k1", "k2", "k3", "k4", "k5"})

// maybe draws a text, or nothing, or now and then an empty text.
func maybe(t *rapid.T, label string, texts ...string) *string {
	n := rapid.IntRange(0, len(texts)+2).Draw(t, label)
	switch {
	case n < len(texts):
		return &texts[n]
	case n == len(texts):
		return text("")
	}
	return nil
}

func drawSubject(t *rapid.T) subject {
	s := subject{key: keyNames.Draw(t, "key"), nick: maybe(t, "nick", "n1", "n2"), mobile: maybe(t, "mobile", "m1", "m2"), user: maybe(t, "user", "u:1", "u:2", "u:3")}
	if rapid.IntRange(0, 9).Draw(t, "complete") > 0 {
		s.first, s.last, s.role = text(rapid.SampledFrom([]string{"Ida", "Olga"}).Draw(t, "first")), text("X"), text("Student")
	} else {
		s.first, s.last, s.role = maybe(t, "first", "Ida"), maybe(t, "last", "X"), maybe(t, "role", "Student")
		if s.role != nil && *s.role == "" {
			s.role = nil // an empty role stands for the default profile
		}
	}
	if rapid.Bool().Draw(t, "street") {
		s.streets = []string{"Lane"}
	}
	s.children = rapid.SliceOfN(keyNames, 0, 2).Draw(t, "children")
	return s
}

func (m *model) family() family[subject] {
	return family[subject]{"Person", "Persons", keyNames, rapid.Custom(drawSubject), subject.xml, pairs, m}
}

func (m *model) drawCall(t *rapid.T) turn {
	kind := drawKind(t, "create", "create", "update", "update", "replace", "delete", "change", "read")
	if kind == "read" {
		k := keyNames.Draw(t, "key")
		return turn{"readPerson", key(k), m.read(k)}
	}
	return m.family().draw(t, kind)
}

func (m *model) reads() []turn {
	all := []string{"k1", "k2", "k3", "k4", "k5"}
	return []turn{{"readPersons", keySet(all...), m.read(all...)}, {"readAllPersons", page("1", "9"), m.list()}}
}

// list is readAllPersons: everybody who is not in the trash, the oldest first.
func (m *model) list() []string {
	lines, n := []string{ok}, 0
	for _, h := range m.people {
		if !h.trashed {
			n++
			lines = append(lines, "key "+h.key, m.line(h))
		}
	}
	return append(lines, fmt.Sprint("of ", n))
}

func personCalls() []string {
	return append((&model{}).family().operations(), "readPerson", "readPersons", "readAllPersons")
}

func TestModelOfPersons(t *testing.T) {
	playWorlds(t, "persons", func(*bench, Site) world { return &model{} },
		personCalls()...)
}
