package sandbox

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A register is the world of memberships.
type register struct {
	entries []*entry // oldest first
	trashed map[string]bool
}

// An entry is a membership of the register.
type entry struct {
	key, group, person string
	role               string // its word
	home               bool
}

// The persons and groups of the register; S and T are schools, C is below S.
var (
	registerPersons = []string{"p1", "p2"}
	registerGroups  = []string{"S", "T", "C"}
	registerKeys    = []string{"m1", "m2", "m3", "m4"}
	registerRoles   = map[string]string{"Learner": "Learner", "01": "Learner", "02": "Instructor", "Member": "Member", "06": "Mentor", "Guest": "Guest"}
)

// registerLines are how the groups and persons are read.
var registerLines = map[string]string{
	"S": "group School/1 Parent=anchor-root-group descShort=School", "T": "group School/1 Parent=anchor-root-group descShort=Other school",
	"C": "group Unspecified/-1 Parent=S descShort=Class", "p1": "person First=Ida Last=Sample", "p2": "person First=Ole Last=Sample",
}

// find returns the entry with a key; seen finds only those whose person is not
// in the trash.
func (r *register) find(key string) *entry {
	for _, e := range r.entries {
		if e.key == key {
			return e
		}
	}
	return nil
}

func (r *register) seen(key string) *entry {
	if e := r.find(key); e != nil && !r.trashed[e.person] {
		return e
	}
	return nil
}

// write is createMembership, updateMembership and replaceMembership.
func (r *register) write(how string, m member) string {
	role, known := registerRoles[m.role]
	switch {
	case !known:
		return "failure error unknownvocab: The 'role/roleType' '" + m.role + "' is not supported"
	case !slices.Contains(registerGroups, m.group):
		return notThere("groupSourcedId/identifier", m.group)
	case !slices.Contains(registerPersons, m.person) || r.trashed[m.person]:
		return notThere("memberSourcedId/identifier", m.person)
	}
	e := r.find(m.key)
	if e != nil && (e.group != m.group || e.person != m.person) {
		return notMoved(m.key)
	}
	home := m.home
	if role == "Mentor" {
		home = ""
	}
	if home == "1" && m.group == "C" {
		return textNoSchool
	}
	if e == nil {
		e = &entry{key: m.key, group: m.group, person: m.person}
		r.entries = append(r.entries, e)
	}
	e.role = role
	switch {
	case home == "1":
		for _, other := range r.entries {
			if other.person == e.person {
				other.home = false
			}
		}
		e.home = true
	case home == "0" || how == "replace":
		e.home = false
	}
	return ok
}

func (r *register) delete(key string) string {
	e := r.seen(key)
	if e == nil {
		return noMembership(key)
	}
	r.entries = slices.DeleteFunc(r.entries, func(other *entry) bool { return other == e })
	return ok
}

func (r *register) rename(from, to string) string {
	e, other := r.seen(from), r.find(to)
	switch {
	case e == nil:
		return noMembership(from)
	case other != nil && other != e:
		return taken("newSourcedId/identifier", to)
	}
	e.key = to
	return ok
}

// trash deletes or restores a person.
func (r *register) trash(person string) turn {
	r.trashed[person] = !r.trashed[person]
	if r.trashed[person] {
		return turn{"deletePerson", key(person), []string{ok}}
	}
	return turn{"updatePerson", subject{key: person, last: text("Sample")}.xml(), []string{ok}}
}

func (e *entry) line() string {
	line := "member " + e.group + " " + e.person + " " + e.role
	if e.home {
		line += " HomeOrganisation=1"
	}
	return line
}

// read is readMemberships.
func (r *register) read(keys ...string) []string {
	var statuses, lines []string
	for _, k := range keys {
		if e := r.seen(k); e != nil {
			statuses, lines = append(statuses, ok), append(lines, e.line())
			continue
		}
		statuses = append(statuses, noMembership(k))
	}
	return append(statuses, lines...)
}

// list is readMembershipsForPerson and readMembershipsForGroup.
func (r *register) list(selects func(*entry) bool) []string {
	lines := []string{ok, "set"}
	for _, e := range r.entries {
		if selects(e) && !r.trashed[e.person] {
			lines = append(lines, "key "+e.key, e.line())
		}
	}
	return lines
}

// inGroup and ofPerson select what is listed.
func inGroup(g string) func(*entry) bool  { return func(e *entry) bool { return e.group == g } }
func ofPerson(p string) func(*entry) bool { return func(e *entry) bool { return e.person == p } }

func (r *register) reads() []turn {
	turns := []turn{{"readMemberships", keySet(registerKeys...), r.read(registerKeys...)}}
	for _, p := range registerPersons {
		if !r.trashed[p] {
			turns = append(turns, turn{"readMembershipsForPerson", personID(p), r.list(ofPerson(p))}, turn{"readGroupsForPerson", personID(p), r.groups(p)})
		}
	}
	for _, g := range registerGroups {
		turns = append(turns, turn{"readMembershipsForGroup", groupID(g), r.list(inGroup(g))}, turn{"readPersonsForGroup", groupID(g), r.persons(g)})
	}
	return turns
}

// groups is readGroupsForPerson: each group once, in the order of the memberships.
func (r *register) groups(person string) []string {
	lines := []string{ok}
	for _, e := range r.entries {
		if line := registerLines[e.group]; e.person == person && !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// persons is readPersonsForGroup: each person once, in the order of the memberships.
func (r *register) persons(group string) []string {
	lines := []string{ok}
	for _, e := range r.entries {
		if k := "key " + e.person; e.group == group && !r.trashed[e.person] && !slices.Contains(lines, k) {
			lines = append(lines, k, registerLines[e.person])
		}
	}
	return lines
}

var (
	drawKey    = rapid.SampledFrom(registerKeys)
	drawMember = rapid.Custom(func(t *rapid.T) member {
		return member{
			key: drawKey.Draw(t, "key"), group: rapid.SampledFrom([]string{"S", "S", "T", "T", "C", "X"}).Draw(t, "group"), person: rapid.SampledFrom([]string{"p1", "p1", "p1", "p2"}).Draw(t, "person"),
			role: rapid.SampledFrom([]string{"Learner", "01", "02", "Member", "06", "Guest", "99"}).Draw(t, "role"), home: rapid.SampledFrom([]string{"", "", "1", "1", "0"}).Draw(t, "home"),
		}
	})
)

func (r *register) family() family[member] {
	return family[member]{"Membership", "Memberships", drawKey, drawMember, member.xml, memberPairs, r}
}

func (r *register) drawCall(t *rapid.T) turn {
	switch kind := drawKind(t, "create", "create", "update", "update", "replace", "delete", "change", "trash", "read"); kind {
	case "trash":
		return r.trash(rapid.SampledFrom(registerPersons).Draw(t, "person"))
	case "read":
		k := drawKey.Draw(t, "key")
		return turn{"readMembership", key(k), r.read(k)}
	default:
		return r.family().draw(t, kind)
	}
}

func membershipCalls() []string {
	return append((&register{}).family().operations(), "readMembership", "readMemberships", "readMembershipsForPerson", "readMembershipsForGroup", "readPersonsForGroup", "readGroupsForPerson")
}

func TestModelOfMemberships(t *testing.T) {
	playWorlds(t, "memberships", func(b *bench, at Site) world {
		b.school(at.Name)
		return &register{trashed: map[string]bool{}}
	}, membershipCalls()...)
}
