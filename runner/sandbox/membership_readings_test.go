package sandbox

import (
	"strings"
	"testing"
)

// TestMembershipReadings shows each reading where it differs from the usual one.
func TestMembershipReadings(t *testing.T) {
	created := turn{"createMembership", learner("m1", "C", "p1").xml(), []string{ok}}
	insertedMembership := "success warning unknownobjinsertinstead: Object did not exist, has been inserted instead"
	for _, tc := range []struct {
		reading string
		turns   []turn
	}{
		{readingNumericRoles, []turn{
			created, {"readMembership", key("m1"), []string{ok, "member C p1 01"}},
			{"createMembership", learner("m2", "C", "p2").as("Guest").xml(), []string{ok}}, {"readMembership", key("m2"), []string{ok, "member C p2 Guest"}}}},
		{readingHierarchyRoles, []turn{
			{"createMemberships", memberPairs(learner("m1", "C", "p1").as("04"), learner("m2", "C", "p2").as("Guest"), learner("m3", "S", "p2").as("TeachingAssistant")), []string{ok, ok, ok}},
			{"readMemberships", keySet("m1", "m2", "m3"), []string{ok, ok, ok, "member C p1 ContentDeveloper", "member C p2 ContentDeveloper", "member S p2 Instructor"}}}},
		{readingRoleFault, []turn{
			{"createMembership", learner("m1", "C", "p1").as("99").xml(), []string{faultOfContent}},
			{"createMemberships", memberPairs(learner("m1", "C", "p1").as("99")), []string{"failure error unknownvocab: The 'role/roleType' '99' is not supported"}}}},
		{readingFirstMember, []turn{
			{"createMembership", strings.Replace(learner("m1", "C", "p1").xml(), "</md:member>", "</md:member><md:member/>", 1), []string{ok}},
			{"readMembership", key("m1"), []string{ok, "member C p1 Learner"}}}},
		{readingPairOnce, []turn{
			created, {"createMembership", learner("m2", "C", "p1").xml(), []string{"failure error idallocinusefail: The person is a member of the group already"}},
			{"createMembership", learner("m1", "C", "p1").as("02").xml(), []string{ok}}, {"createMembership", learner("m2", "S", "p1").xml(), []string{ok}}}},
		{readingMoveIgnored, []turn{
			created, {"updateMembership", learner("m1", "S", "p1").as("02").xml(), []string{"success warning partialdatastorage: The membership 'm1' stays with its person and group"}},
			{"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key m1", "member C p1 Instructor"}}}},
		{readingMembershipInserted, []turn{
			{"updateMembership", learner("m1", "C", "p1").xml(), []string{insertedMembership}},
			{"replaceMemberships", memberPairs(learner("m2", "C", "p2")), []string{insertedMembership}},
			{"createMembership", learner("m3", "S", "p2").xml(), []string{ok}}}},
		{readingHomeIgnored, []turn{
			{"createMembership", learner("m1", "C", "p1").at("1").xml(), []string{ok}}, {"readMembership", key("m1"), []string{ok, "member C p1 Learner"}}}},
		{readingEmptySetAbsent, []turn{
			{"readMembershipsForPerson", personID("p1"), []string{ok}}, created, {"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key m1", "member C p1 Learner"}}}},
		{readingMandatoryFault, []turn{
			{"createMembership", learner("m1", "", "p1").xml(), []string{faultOfContent}},
			{"createMemberships", memberPairs(learner("m1", "", "p1")), []string{lacks("groupSourcedId/identifier")}}}},
	} {
		t.Run(tc.reading, func(t *testing.T) {
			b := newBench(t, Options{Dialect: []string{tc.reading}})
			b.school(SiteMain)
			b.plays(b.site(SiteMain), tc.turns)
		})
	}
}
