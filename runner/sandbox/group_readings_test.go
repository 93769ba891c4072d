package sandbox

import (
	"strings"
	"testing"
)

// TestGroupReadings shows each reading where it differs from the usual one.
func TestGroupReadings(t *testing.T) {
	long := strings.Repeat("x", 65)
	short := class(long, rootKey)
	short.title = text("Short")
	parentless := unit{key: "g1", title: text("Title of g1")}
	capital, other := class("g1", rootKey).of("School"), class("g2", rootKey).of("School")
	capital.scheme, other.scheme = "ItsLearningOrganisationTypes", "OtherTypes"
	longTitle := class("g1", rootKey).with("course=" + long)
	longTitle.title = text(long)
	const tooLongKey = "failure error invaliddata: The 'sourcedId/identifier' is longer than 64 characters"
	for _, tc := range []struct {
		reading string
		turns   []turn
	}{
		{readingGroupKeys, []turn{
			{"createGroup", short.xml(), []string{tooLongKey}},
			{"createGroups", groupPairs(short), []string{ok}},
			{"updateGroups", groupPairs(short), []string{tooLongKey}},
			{"changeGroupIdentifier", rename(long, long+"x"), []string{"failure error invaliddata: The new 'sourcedId/identifier' is longer than 64 characters"}}}},
		{readingInsertPlain, []turn{
			{"replaceGroup", class("g1", rootKey).xml(), []string{ok}}}},
		{readingCreateRemarks, []turn{
			{"createGroup", class("g1", rootKey).xml(), []string{ok}},
			{"createGroup", class("g1", rootKey).xml(), []string{"success warning objectupdatedinstead: Object did exist, has been updated instead"}}}},
		{readingUpdateRemarks, []turn{
			{"updateGroup", class("g1", rootKey).xml(), []string{inserted}}}},
		{readingParentDemanded, []turn{
			{"createGroup", class("g1", rootKey).xml(), []string{ok}},
			{"updateGroup", unit{key: "g1", title: text("New")}.xml(), []string{needsParent}}}},
		{readingParentlessRoot, []turn{
			{"createGroup", parentless.xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, row("g1", rootKey)}},
			{"updateGroup", unit{key: "g2", title: text("x")}.xml(), []string{needsParent}},
			{"createGroup", unit{key: "g2", title: text("x"), fields: []string{algebra}}.xml(), []string{needsParent}}}},
		{readingTypeFixed, []turn{
			{"createGroups", groupPairs(class("g1", rootKey).of("School"), class("g2", rootKey)), []string{ok, ok}},
			{"updateGroup", class("g1", rootKey).of("Unspecified").xml(), []string{"failure error invaliddata: The type of an existing hierarchy cannot be changed"}},
			{"replaceGroup", class("g1", rootKey).xml(), []string{ok}},
			{"updateGroup", class("g2", rootKey).with(algebra).xml(), []string{ok}},
			{"readGroups", keySet("g1", "g2"), []string{ok, ok, typed("School/1", "g1", rootKey), typed("Course/2", "g2", rootKey) + " course=Algebra"}}}},
		{readingSchemeExact, []turn{
			{"createGroup", capital.xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, row("g1", rootKey)}}}},
		{readingSchemeRefused, []turn{
			{"createGroups", groupPairs(capital, other), []string{ok, "failure error unknownvocab: The scheme 'OtherTypes' is not known"}},
			{"readGroup", key("g1"), []string{ok, typed("School/1", "g1", rootKey)}}}},
		{readingCodeDemanded, []turn{
			{"createGroup", class("g1", rootKey).with(algebra).xml(), []string{"failure error incompletedata: The mandatory extension 'course/code' is missing"}},
			{"createGroup", class("g1", rootKey).with(algebra, withCode).xml(), []string{ok}}}},
		{readingCreditSingular, []turn{
			{"createGroup", class("g1", rootKey).with(algebra, "course/credits=3").xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, typed("Course/2", "g1", rootKey) + " course=Algebra course/credit=3"}}}},
		{readingOtherLevels, []turn{
			{"createGroups", groupPairs(class("g1", rootKey).with(algebra), class("g2", rootKey).of("School")), []string{ok, ok}},
			{"readGroups", keySet("g1", "g2"), []string{ok, ok, typed("Course/12", "g1", rootKey) + " course=Algebra", typed("School/1", "g2", rootKey)}}}},
		{readingLongTexts, []turn{
			{"createGroup", longTitle.xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, "group Course/2 Parent=anchor-root-group descShort=" + long[:64] + " course=" + long[:64]}}}},
		{readingMandatoryFault, []turn{
			{"createGroup", parentless.xml(), []string{faultOfContent}},
			{"createGroups", groupPairs(parentless), []string{needsParent}}}},
	} {
		t.Run(tc.reading, func(t *testing.T) {
			b := newBench(t, Options{Dialect: []string{tc.reading}})
			b.plays(b.site(SiteMain), tc.turns)
		})
	}
}

// TestUnsetValuesOfGroups shows how the elements of unset values are written.
func TestUnsetValuesOfGroups(t *testing.T) {
	for _, tc := range []struct {
		dialect []string
		want    bool
	}{{nil, true}, {[]string{readingUnsetAbsent}, false}} {
		b := newBench(t, Options{Dialect: tc.dialect})
		at := b.site(SiteMain)
		b.send(at, "createGroup", class("g1", rootKey).xml())
		body := b.send(at, "readGroup", key("g1")).body
		for _, name := range []string{"label", "descLong", "descFull"} {
			if got := strings.Contains(body, "<"+name); got != tc.want {
				t.Errorf("with %v, %s is there: %t, want %t", tc.dialect, name, got, tc.want)
			}
		}
	}
}

// TestGroupsAsClientsSendThem sends what clients in production send (wire
// dossier, 5.3): no groupType on update, no level, a scheme with a capital L.
func TestGroupsAsClientsSendThem(t *testing.T) {
	capital := class("g1", rootKey).of("Course").with(algebra)
	capital.scheme = "ItsLearningOrganisationTypes"
	untyped := class("g1", rootKey)
	untyped.title = text("New")
	b := newBench(t, Options{})
	b.plays(b.site(SiteMain), []turn{
		{"createGroup", strings.Replace(capital.xml(), "<c:fieldType>String</c:fieldType>", "<c:fieldType>Text</c:fieldType>", 1), []string{ok}},
		{"updateGroup", untyped.xml(), []string{ok}},
		{"readGroup", key("g1"), []string{ok, "group Course/2 Parent=anchor-root-group descShort=New course=Algebra"}},
		{"updateGroup", unit{key: "g1", full: text("All of it")}.xml(), []string{ok}},
		{"readGroup", key("g1"), []string{ok, "group Course/2 Parent=anchor-root-group descShort=New descFull=All of it course=Algebra"}},
	})
}
