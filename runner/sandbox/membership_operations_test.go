package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
)

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

func noMembership(key string) string {
	return "failure error unknownobject: The 'sourcedId/identifier' '" + key + "' does not exist in itslearning"
}

func lacks(element string) string {
	return "failure error incompletedata: The '" + element + "' is missing"
}

func notThere(element, key string) string {
	return "failure error unknownobject: The '" + element + "' '" + key + "' does not exist in itslearning"
}

func notMoved(key string) string {
	return "failure error invaliddata: The membership '" + key + "' cannot be moved to another person or group"
}

func taken(element, key string) string {
	return "failure error idallocinusefail: The '" + element + "' '" + key + "' is already in use"
}

const (
	m1        = "member C p1 Learner"
	m1Teacher = "member C p1 Instructor"
)

func createM1() turn { return turn{"createMembership", learner("m1", "C", "p1").xml(), []string{ok}} }

func atSchool(b *bench) { b.school(SiteMain) }

func TestMembershipsAreWritten(t *testing.T) {
	playAll(t, []play{
		{"a created membership is read back, and the person among those of the group", []turn{
			createM1(),
			{"readMembership", key("m1"), []string{ok, m1}},
			{"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key m1", m1}},
			{"readMembershipsForGroup", groupID("C"), []string{ok, "set", "key m1", m1}},
			{"readPersonsForGroup", groupID("C"), []string{ok, "key p1", "person First=Ida Last=Sample"}},
			{"readGroupsForPerson", personID("p1"), []string{ok, "group Unspecified/-1 Parent=S descShort=Class"}},
		}},
		{"creating, updating and replacing a known membership change its role", []turn{
			createM1(),
			{"createMembership", learner("m1", "C", "p1").as("02").xml(), []string{ok}},
			{"readMembership", key("m1"), []string{ok, m1Teacher}},
			{"updateMembership", learner("m1", "C", "p1").as("01").xml(), []string{ok}},
			{"readMembership", key("m1"), []string{ok, m1}},
			{"replaceMembership", learner("m1", "C", "p1").as("Instructor").xml(), []string{ok}},
			{"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key m1", m1Teacher}},
		}},
		{"updating and replacing an unknown membership create it", []turn{
			{"updateMembership", learner("m1", "C", "p1").xml(), []string{ok}},
			{"replaceMembership", learner("m2", "C", "p2").xml(), []string{ok}},
			{"readMemberships", keySet("m1", "m2"), []string{ok, ok, m1, "member C p2 Learner"}},
		}},
		{"no write moves a membership", []turn{
			createM1(),
			{"createMembership", learner("m1", "S", "p1").as("02").xml(), []string{notMoved("m1")}},
			{"updateMembership", learner("m1", "C", "p2").as("02").xml(), []string{notMoved("m1")}},
			{"replaceMembership", learner("m1", "S", "p2").as("02").xml(), []string{notMoved("m1")}},
			{"readMembership", key("m1"), []string{ok, m1}},
			{"readMembershipsForPerson", personID("p2"), []string{ok, "set"}},
		}},
	}, atSchool)
}

func TestMembershipsDemandWhatIsMandatory(t *testing.T) {
	longest := strings.Repeat("x", 255)
	playAll(t, []play{
		{"what is mandatory is demanded of every write", []turn{
			createM1(),
			{"createMembership", learner("", "C", "p1").xml(), []string{lacks("sourcedId/identifier")}},
			{"createMembership", key("m2"), []string{lacks("membership")}},
			{"updateMembership", learner("m1", "", "p1").xml(), []string{lacks("groupSourcedId/identifier")}},
			{"updateMembership", learner("m1", "C", "").xml(), []string{lacks("memberSourcedId/identifier")}},
			{"replaceMembership", learner("m1", "C", "p1").as("").xml(), []string{lacks("role/roleType")}},
			{"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key m1", m1}},
		}},
		{"a role without namespace is no role", []turn{
			{"updateMembership", member{key: "m1", group: "C", person: "p1", more: "<ims7role><md:roleType>01</md:roleType></ims7role>"}.xml(), []string{lacks("role/roleType")}},
			{"readMembership", key("m1"), []string{noMembership("m1")}},
		}},
		{"unknown groups, persons and roles are refused", []turn{
			{"createMembership", learner("m1", "X", "p1").xml(), []string{notThere("groupSourcedId/identifier", "X")}},
			{"createMembership", learner("m1", "C", "x").xml(), []string{notThere("memberSourcedId/identifier", "x")}},
			{"createMembership", learner("m1", "C", "p1").as("99").xml(), []string{"failure error unknownvocab: The 'role/roleType' '99' is not supported"}},
			{"createMembership", learner("m1", "C", "p1").as("learner").xml(), []string{"failure error unknownvocab: The 'role/roleType' 'learner' is not supported"}},
			{"readMembershipsForGroup", groupID("C"), []string{ok, "set"}},
		}},
		{"a key has up to 255 characters", []turn{
			{"createMembership", learner(longest, "C", "p1").xml(), []string{ok}},
			{"readMembership", key(longest), []string{ok, m1}},
			{"createMembership", learner(longest+"x", "C", "p1").xml(), []string{"failure error invaliddata: The 'sourcedId/identifier' is longer than 255 characters"}},
			{"changeMembershipIdentifier", rename(longest, longest+"x"), []string{"failure error invaliddata: The 'newSourcedId/identifier' is longer than 255 characters"}},
			{"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key " + longest, m1}},
		}},
		{"unknown persons and groups have no memberships", []turn{
			{"readMembershipsForPerson", personID("x"), []string{notThere("personSourcedId/identifier", "x"), "set"}},
			{"readMembershipsForGroup", groupID("x"), []string{notThere("groupSourcedId/identifier", "x"), "set"}},
			{"readMembershipsForPerson", "", []string{notThere("personSourcedId/identifier", ""), "set"}},
		}},
		{"a membership holds one member", []turn{
			{"createMembership", strings.Replace(learner("m1", "C", "p1").xml(), "</md:member>", "</md:member><md:member/>", 1), []string{"failure error invaliddata: A membership holds one member"}},
		}},
	}, atSchool)
}

func TestBatchesOfMemberships(t *testing.T) {
	playAll(t, []play{
		{"a batch is carried out item by item", []turn{
			{"createMemberships", memberPairs(learner("m1", "C", "p1"), learner("m2", "X", "p1"), learner("m3", "S", "p2").as("02")), []string{ok, notThere("groupSourcedId/identifier", "X"), ok}},
			{"updateMemberships", memberPairs(learner("m3", "S", "p2").as("04"), learner("m1", "C", "p2"), learner("m4", "S", "p1")), []string{ok, notMoved("m1"), ok}},
			{"replaceMemberships", memberPairs(learner("m5", "C", "p2"), learner("m4", "S", "p1").as("03")), []string{ok, ok}},
			{"readMemberships", keySet("m1", "m2", "m3", "m4", "m5"), []string{ok, noMembership("m2"), ok, ok, ok,
				m1, "member S p2 Member", "member S p1 ContentDeveloper", "member C p2 Learner"}},
			{"deleteMemberships", keySet("m1", "m9", "m5", "m1"), []string{ok, noMembership("m9"), ok, noMembership("m1")}},
			{"readMembershipsForGroup", groupID("C"), []string{ok, "set"}},
		}},
		{"one key twice in a batch is created and then updated", []turn{
			{"createMemberships", memberPairs(learner("m1", "C", "p1"), learner("m1", "C", "p1").as("02")), []string{ok, ok}},
			{"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key m1", m1Teacher}},
		}},
		{"empty sets are answered with empty sets", []turn{
			{"createMemberships", memberPairs(), nil},
			{"deleteMemberships", keySet(), nil},
			{"readMemberships", "", nil},
		}},
	}, atSchool)
}

func TestMembershipsAreDeletedAndRenamed(t *testing.T) {
	playAll(t, []play{
		{"deleting takes a person out of a group and leaves both", []turn{
			createM1(),
			{"deleteMembership", key("m1"), []string{ok}},
			{"deleteMembership", key("m1"), []string{noMembership("m1")}},
			{"readMembership", key("m1"), []string{noMembership("m1")}},
			{"readPersonsForGroup", groupID("C"), []string{ok}},
			{"readPerson", key("p1"), []string{ok, "person First=Ida Last=Sample"}},
		}},
		{"a key is changed and nothing else", []turn{
			{"createMemberships", memberPairs(learner("m1", "S", "p1").as("02").at("1"), learner("m2", "C", "p1")), []string{ok, ok}},
			{"changeMembershipIdentifier", rename("m1", "k1"), []string{ok}},
			{"readMemberships", keySet("m1", "k1"), []string{noMembership("m1"), ok, "member S p1 Instructor HomeOrganisation=1"}},
			{"changeMembershipIdentifier", rename("m9", "k9"), []string{noMembership("m9")}},
			{"changeMembershipIdentifier", rename("k1", "m2"), []string{taken("newSourcedId/identifier", "m2")}},
			{"changeMembershipIdentifier", rename("k1", "k1"), []string{ok}},
			{"changeMembershipIdentifier", rename("k1", ""), []string{"failure error incompletedata: The new 'sourcedId/identifier' is missing"}},
			{"changeMembershipsIdentifier", renames("m2", "m1", "m9", "k9", "k1", "m2"), []string{ok, noMembership("m9"), ok}},
			{"readMemberships", keySet("m1", "m2"), []string{ok, ok, m1, "member S p1 Instructor HomeOrganisation=1"}},
		}},
		{"one key names a person, a group and a membership", []turn{
			{"createMembership", learner("p1", "C", "p1").xml(), []string{ok}},
			{"createMembership", learner("C", "S", "p1").xml(), []string{ok}},
			{"readMemberships", keySet("p1", "C"), []string{ok, ok, m1, "member S p1 Learner"}},
		}},
		{"a person may be in a group twice, under two keys", []turn{
			createM1(),
			{"createMembership", learner("m2", "C", "p1").as("02").xml(), []string{ok}},
			{"readMembershipsForGroup", groupID("C"), []string{ok, "set", "key m1", m1, "key m2", m1Teacher}},
			{"readPersonsForGroup", groupID("C"), []string{ok, "key p1", "person First=Ida Last=Sample"}},
		}},
		{"memberships of persons in the trash are hidden and come back", []turn{
			createM1(),
			{"deletePerson", key("p1"), []string{ok}},
			{"readMembershipsForGroup", groupID("C"), []string{ok, "set"}},
			{"readMembershipsForPerson", personID("p1"), []string{notThere("personSourcedId/identifier", "p1"), "set"}},
			{"readMembership", key("m1"), []string{noMembership("m1")}},
			{"deleteMembership", key("m1"), []string{noMembership("m1")}},
			{"changeMembershipIdentifier", rename("m1", "k1"), []string{noMembership("m1")}},
			{"updateMembership", learner("m1", "C", "p1").xml(), []string{notThere("memberSourcedId/identifier", "p1")}},
			{"createPerson", student("p1", "Ida").xml(), []string{ok}},
			{"readMembershipsForGroup", groupID("C"), []string{ok, "set", "key m1", m1}},
		}},
		{"deleting a group deletes its memberships and those below", []turn{
			{"createMemberships", memberPairs(learner("m1", "C", "p1"), learner("m2", "S", "p1"), learner("m3", "T", "p1")), []string{ok, ok, ok}},
			{"deleteGroup", key("S"), []string{ok}},
			{"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key m3", "member T p1 Learner"}},
			{"readMemberships", keySet("m1", "m2"), []string{noMembership("m1"), noMembership("m2")}},
			{"readPerson", key("p1"), []string{ok, "person First=Ida Last=Sample"}},
		}},
	}, atSchool)
}

func TestRolesAreWordsAndNumbers(t *testing.T) {
	b := newBench(t, Options{})
	b.school(SiteMain)
	at := b.site(SiteMain)
	for i, tc := range []struct{ sent, read, hierarchy string }{
		{"Learner", "Learner", "Student"}, {"01", "Learner", "Student"}, {"Instructor", "Instructor", "Teacher"}, {"02", "Instructor", "Teacher"},
		{"ContentDeveloper", "ContentDeveloper", "Guest"}, {"03", "ContentDeveloper", "Guest"}, {"Member", "Member", "Guest"}, {"04", "Member", "Guest"},
		{"Manager", "Manager", "Administrator"}, {"05", "Manager", "Administrator"}, {"Mentor", "Mentor", "Guest"}, {"06", "Mentor", "Guest"},
		{"Administrator", "Administrator", "Administrator"}, {"07", "Administrator", "Administrator"},
		{"TeachingAssistant", "TeachingAssistant", "Teacher"}, {"08", "TeachingAssistant", "Teacher"}, {"Default", "Default", "Student"}, {"Guest", "Guest", "Guest"},
	} {
		k := fmt.Sprint("m", i)
		b.plays(at, []turn{
			{"createMembership", learner(k, "C", "p1").as(tc.sent).xml(), []string{ok}},
			{"readMembership", key(k), []string{ok, "member C p1 " + tc.read}},
		})
		_, shown := b.controls(http.MethodGet, "/control/sites/main/objects?key="+k, "")
		want := map[string]any{"person": "p1", "group": "C", "role": tc.read, "hierarchyRole": tc.hierarchy}
		if diff := cmp.Diff(want, shown.([]any)[0].(map[string]any)["fields"]); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tc.sent, diff)
		}
	}
}

// Memberships without key get one when they are read, once.
func TestKeylessMembershipsGetKeys(t *testing.T) {
	for _, tc := range []struct{ operation, content string }{{"readMembershipsForPerson", personID("p1")}, {"readMembershipsForGroup", groupID("C")}} {
		t.Run(tc.operation, func(t *testing.T) {
			b := newBench(t, Options{})
			b.school(SiteMain)
			at := b.site(SiteMain)
			b.makes(SiteMain, properties{"kind": "membership", "person": "p1", "group": "C", "role": "02"})
			first := b.does(at, tc.operation, tc.content)
			if len(first) != 4 || !regexp.MustCompile(`^key itsla-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`).MatchString(first[2]) || first[3] != m1Teacher {
				t.Fatalf("answer %q", first)
			}
			made := strings.TrimPrefix(first[2], "key ")
			b.plays(at, []turn{
				{tc.operation, tc.content, first},
				{"readMembership", key(made), []string{ok, m1Teacher}},
				{"deleteMembership", key(made), []string{ok}},
				{tc.operation, tc.content, []string{ok, "set"}},
			})
		})
	}
}

func TestMembershipServiceStandsAlone(t *testing.T) {
	b := newBench(t, Options{})
	b.school(SiteMain)
	at := b.site(SiteMain)
	for path, want := range map[string][]string{
		wire.ServicePath(wire.ServiceMembership): {ok},
		wire.ServicePath(wire.CombinedPort):      {ok},
		wire.ServicePath(wire.ServicePerson):     {"fault a:ActionNotSupported, HTTP 500"},
	} {
		got := b.post(letter{path: path, action: action("createMembership"), body: envelopeOf(syncHeader+credentials(at), request("createMembership", learner("m1", "C", "p1").xml()))})
		if diff := cmp.Diff(want, got.lines()); diff != "" {
			t.Errorf("%s: -want +got:\n%s", path, diff)
		}
	}
}
