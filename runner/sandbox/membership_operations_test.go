package sandbox

import "testing"

// school makes two persons, a school S with a class C, and a class D.
func (b *bench) school(at string) {
	b.Helper()
	for _, p := range []properties{
		{"kind": "person", "key": "p1", "first": "Ida", "last": "Sample"},
		{"kind": "person", "key": "p2", "first": "Ole", "last": "Sample"},
		{"kind": "group", "key": "S", "title": "School", "type": "School"},
		{"kind": "group", "key": "T", "title": "Other school", "type": "School"},
		{"kind": "group", "key": "C", "title": "Class", "parent": "S"},
	} {
		b.makes(at, p)
	}
}

func TestMembershipOperations(t *testing.T) {
	for _, tc := range []struct {
		name  string
		turns []turn
	}{
		{"a created membership is read back, and the person among those of the group", []turn{
			{"createMembership", learner("m1", "C", "p1").xml(), []string{ok}},
			{"readMembership", key("m1"), []string{ok, "member C p1 Learner"}},
			{"readMembershipsForPerson", identifier("personSourcedId", "p1"), []string{ok, "set", "key m1", "member C p1 Learner"}},
			{"readMembershipsForGroup", identifier("groupSourcedId", "C"), []string{ok, "set", "key m1", "member C p1 Learner"}},
			{"readPersonsForGroup", identifier("groupSourcedId", "C"), []string{ok, "key p1", "person First=Ida Last=Sample"}},
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t, Options{})
			b.school(SiteMain)
			b.plays(b.site(SiteMain), tc.turns)
		})
	}
}
