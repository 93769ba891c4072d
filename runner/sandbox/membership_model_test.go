package sandbox

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// A register is what a site knows about memberships, as the documentation
// describes it in the simplest form. It shares no code with the sandbox.
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
func (r *register) trash(person string) (operation, content, want string) {
	if r.trashed[person] {
		r.trashed[person] = false
		return "updatePerson", student(person, "Ida").xml(), ok
	}
	r.trashed[person] = true
	return "deletePerson", key(person), ok
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

// check reads everything and compares it.
func (r *register) check(t *rapid.T, b *bench, at Site, after string) {
	same := func(operation, content string, want []string) {
		if diff := cmp.Diff(want, b.does(at, operation, content)); diff != "" {
			t.Fatalf("after %s\n%s: -model +sandbox:\n%s", after, operation, diff)
		}
	}
	same("readMemberships", keySet(registerKeys...), r.read(registerKeys...))
	for _, p := range registerPersons {
		if !r.trashed[p] {
			same("readMembershipsForPerson", personID(p), r.list(func(e *entry) bool { return e.person == p }))
		}
	}
	for _, g := range registerGroups {
		same("readMembershipsForGroup", groupID(g), r.list(func(e *entry) bool { return e.group == g }))
	}
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

// drawCall draws a call and lets the register answer it.
func (r *register) drawCall(t *rapid.T) (operation, content string, want []string) {
	kind := rapid.SampledFrom([]string{"create", "create", "update", "update", "replace", "delete", "change", "trash"}).Draw(t, "kind")
	plural := rapid.Bool().Draw(t, "plural")
	switch {
	case kind == "trash":
		operation, content, said := r.trash(rapid.SampledFrom(registerPersons).Draw(t, "person"))
		return operation, content, []string{said}
	case kind == "delete" && plural:
		keys := rapid.SliceOfN(drawKey, 1, 3).Draw(t, "keys")
		for _, k := range keys {
			want = append(want, r.delete(k))
		}
		return "deleteMemberships", keySet(keys...), want
	case kind == "delete":
		k := drawKey.Draw(t, "key")
		return "deleteMembership", key(k), []string{r.delete(k)}
	case kind == "change" && plural:
		keys := rapid.SliceOfN(drawKey, 4, 4).Draw(t, "keys")
		return "changeMembershipsIdentifier", renames(keys...), []string{r.rename(keys[0], keys[1]), r.rename(keys[2], keys[3])}
	case kind == "change":
		from, to := drawKey.Draw(t, "from"), drawKey.Draw(t, "to")
		return "changeMembershipIdentifier", rename(from, to), []string{r.rename(from, to)}
	case plural:
		members := rapid.SliceOfN(drawMember, 1, 4).Draw(t, "members")
		for _, m := range members {
			want = append(want, r.write(kind, m))
		}
		return kind + "Memberships", memberPairs(members...), want
	}
	m := drawMember.Draw(t, "member")
	return kind + "Membership", m.xml(), []string{r.write(kind, m)}
}

// TestMembershipModel plays random sequences of operations against the sandbox
// and the register; every answer must be the same, and whatever can be read
// afterwards.
func TestMembershipModel(t *testing.T) {
	b := newBench(t, Options{})
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		at, err := b.server.AddSite(b.Context(), fmt.Sprint("register-", n), nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		b.school(at.Name)
		r := &register{trashed: map[string]bool{}}
		for range rapid.IntRange(1, 20).Draw(t, "length") {
			operation, content, want := r.drawCall(t)
			if diff := cmp.Diff(want, b.does(at, operation, content)); diff != "" {
				t.Fatalf("%s %s\n-model +sandbox:\n%s", operation, content, diff)
			}
			r.check(t, b, at, operation+" "+content)
		}
	})
}
