package sandbox

import (
	"context"
	"strings"
)

func personID(k string) string { return identifier("personSourcedId", k) }
func groupID(k string) string  { return identifier("groupSourcedId", k) }

// membershipSchool makes persons and a tree of groups.
func (s *story) membershipSchool() {
	s.Helper()
	for _, p := range []properties{
		{"kind": "person", "key": "p1", "first": "Ida", "last": "Sample"},
		{"kind": "person", "key": "p2", "first": "Ole", "last": "Sample"},
		{"kind": "group", "key": "S", "title": "School", "type": "School"},
		{"kind": "group", "key": "T", "title": "Other school", "type": "School"},
		{"kind": "group", "key": "C", "title": "Class", "parent": "S"},
		{"kind": "group", "key": "D", "title": "Course", "parent": "S"},
	} {
		s.makes(p)
	}
}

// memberships is about writing memberships, their keys and their roles.
func (s *story) memberships() {
	s.membershipSchool()
	everything := func() {
		s.calls("readMembershipsForPerson", personID("p1"), "readMembershipsForPerson", personID("p2"), "readMembershipsForGroup", groupID("C"),
			"readMembershipsForGroup", groupID(s.root()))
	}
	s.calls("createMembership", learner("", "C", "p1").xml(), "createMembership", key("n1"))
	for _, m := range []member{learner("n2", "", "p1"), learner("n3", "C", ""), {key: "n4", group: "C", person: "p1"}, learner("n5", "C", "p1").as("99"),
		learner("n6", "X", "p1"), learner("n7", "C", "x")} {
		s.calls("createMembership", m.xml(), "readMembership", key(m.key))
		everything()
	}
	for _, n := range []int{255, 256} {
		long := strings.Repeat("x", n)
		s.calls("createMembership", learner(long, "C", "p1").xml(), "readMembership", key(long), "readMembershipsForPerson", personID("p1"))
	}
	for i, role := range []string{"Learner", "Instructor", "ContentDeveloper", "Member", "Manager", "01", "02"} {
		k := "r" + string(rune('0'+i))
		s.calls("createMembership", learner(k, "D", "p2").as(role).xml(), "readMembership", key(k))
	}
	s.calls("createMembership", learner("p1", "T", "p2").xml(), "readMembership", key("p1"))
	for _, how := range []string{"create", "update", "replace"} {
		k := how + "1"
		s.calls(how+"Membership", learner(k, "C", "p1").xml(), "readMembership", key(k), how+"Membership", learner(k, "C", "p1").as("02").xml(), "readMembership", key(k),
			how+"Membership", learner(k, "C", "p2").as("02").xml(), "readMembership", key(k))
		everything()
		s.calls(how+"Memberships", memberPairs(learner(k, "C", "p1"), learner(how+"2", "D", "p1"), learner(how+"3", "X", "p1")),
			"readMemberships", keySet(k, how+"2", how+"3"), how+"Memberships", memberPairs(learner(k, "C", "p1").as("02"), learner(how+"2", "D", "p1").as("02")),
			"readMemberships", keySet(k, how+"2"))
		everything()
	}
}

// membershipKeys is about deleting memberships, changing their keys, and what
// happens to them when persons and groups go.
func (s *story) membershipKeys() {
	s.membershipSchool()
	for _, p := range []string{"p1", "p2"} {
		s.makes(properties{"kind": "membership", "person": p, "group": "D"})
	}
	s.calls("readMembershipsForPerson", personID("p1"))
	s.calls("readMembership", key(s.generated()), "readMembershipsForGroup", groupID("D"))
	s.calls("readMembership", key(s.generated()))
	s.calls("createMemberships", memberPairs(learner("m1", "C", "p1"), learner("m2", "S", "p1"), learner("m3", "D", "p2"), learner("m4", "C", "p2").as("02")),
		"updateMembership", learner("m2", "S", "p1").at("1").xml(), "readMemberships", keySet("m1", "m2", "m9"), "readMemberships", keySet("m2"),
		"readMembershipsForPerson", personID("p1"), "readMembershipsForGroup", groupID("C"), "readMembershipsForGroup", groupID("S"),
		"readMembershipsForPerson", personID("p9"), "readMembership", key("m2"), "readMembership", key("m9"),
		"changeMembershipIdentifier", rename("m2", "k2"), "readMemberships", keySet("m2", "k2"), "changeMembershipIdentifier", rename("m9", "k9"),
		"changeMembershipsIdentifier", renames("m1", "k1", "m3", "k3", "m9", "k9"), "readMemberships", keySet("m1", "k1", "m3", "k3"),
		"deleteMembership", key("k1"), "readMembership", key("k1"), "readPerson", key("p1"), "readMembershipsForGroup", groupID("C"), "deleteMembership", key("m9"),
		"deletePerson", key("p2"), "readMembershipsForGroup", groupID("C"), "readMembership", key("k3"), "createPerson", student("p2", "Ole").xml(), "readMembership", key("k3"),
		"deleteMemberships", keySet("k3", "m4", "m9"), "readMemberships", keySet("k3", "m4"), "readMembershipsForPerson", personID("p2"))
	s.calls("readMemberships", keySet())
	s.callsAs(s.other(), "readMembership", key("k2"), "deleteMembership", key("k2"))
	s.calls("createMembership", learner("m6", "C", "p1").xml(), "changeMembershipIdentifier", rename("m6", "k2"), "readMembership", key("m6"))
	s.calls("createMembership", learner("m5", "C", "p1").xml(), "readMembership", key("m5"),
		"deleteGroup", key("S"), "readMembershipsForPerson", personID("p1"), "readMembership", key("m5"))
}

// generated returns the newest key that the endpoint has generated.
func (s *story) generated() string {
	key := "none"
	err := s.server.store.do(context.Background(), func(t *tx) error {
		_, err := t.row([]any{&key}, "SELECT key FROM membership WHERE key LIKE 'itsla-%' ORDER BY id DESC LIMIT 1")
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return key
}

// root returns the key of the main organisation.
func (s *story) root() string { return s.server.Sites()[0].Anchors[anchorRootGroup] }

// homes is about home organisations.
func (s *story) homes() {
	s.membershipSchool()
	all := func() {
		s.calls("readMemberships", keySet("h1", "h2", "h3", "h4"), "readMembership", key("h1"), "readMembershipsForPerson", personID("p1"), "readMembershipsForGroup", groupID("S"))
	}
	at := func(home string) string { return learner("h1", "S", "p1").at(home).xml() }
	s.calls("createMemberships", memberPairs(learner("h4", s.root(), "p1"), learner("h3", "C", "p1"), learner("h2", "T", "p1"), learner("h1", "S", "p1")))
	all()
	for _, call := range [][2]string{
		{"createMembership", at("1")}, {"createMembership", at("")}, {"updateMembership", at("")}, {"updateMembership", learner("h2", "T", "p1").at("0").xml()},
		{"replaceMembership", at("")}, {"updateMemberships", memberPairs(learner("h1", "S", "p1").at("1"))}, {"updateMembership", at("0")},
		{"updateMembership", learner("h3", "C", "p1").at("1").xml()}, {"updateMembership", learner("h1", "S", "p1").as("06").at("1").xml()},
		{"updateMembership", member{key: "h1", group: "S", person: "p1", role: "02", home: "1", homeType: "String"}.xml()},
		{"updateMembership", learner("h2", "T", "p1").at("1").xml()}, {"deleteMembership", key("h2")},
	} {
		s.calls(call[0], call[1])
		all()
	}
}
