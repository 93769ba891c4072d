package sandbox

import (
	"strings"
	"testing"
)

// What the endpoint says about groups.
const (
	needsParent = "failure error incompletedata: The mandatory 'relationship/sourceId/identifier' is missing"
	needsTitle  = "failure error incompletedata: The mandatory 'description/descShort' is missing"
	noSchool    = "failure error invaliddata: A School cannot be below another School"
	noSite      = "failure error invaliddata: An organisation of type Site cannot be created or updated"
	notOther    = "failure error invaliddata: The type of a hierarchy that is connected to a course cannot be changed"
	needsCourse = "failure error incompletedata: The mandatory extension 'course' is missing"
)

func noParent(key string) string {
	return "failure error unknownobject: relationship/sourceId/identifier '" + key + "' does not exist in itslearning"
}

func tooLong(name, limit string) string {
	return "failure error invaliddata: The field '" + name + "' is longer than " + limit + " characters"
}

// row is how reads show an ordinary group, or one of another type.
func row(key, parent string) string { return typed("Unspecified/-1", key, parent) }

func typed(orgType, key, parent string) string {
	return "group " + orgType + " Parent=" + parent + " descShort=Title of " + key
}

const algebra, withCode = "course=Algebra", "course/code=AL1"

func TestGroupWrites(t *testing.T) {
	long := strings.Repeat("x", 65)
	thin := unit{key: "g1", title: text("Thin")}
	labelled := class("g1", rootKey)
	labelled.label, labelled.long, labelled.full = text("Top"), text("Long"), text("Full")
	const whole = "group Unspecified/-1 Parent=anchor-root-group label=Top descShort=Title of g1 descLong=Long descFull=Full"
	cutting := labelled
	cutting.long, cutting.label = text(""), nil
	longTitle, noTitle := class("g1", rootKey), class("g1", rootKey)
	longTitle.title, noTitle.title = text(long), nil
	playAll(t, []play{
		{"a created group is read back", []turn{
			{"createGroup", labelled.xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, whole}},
			{"readGroups", keySet("g1", "g2", "g1"), []string{ok, unknown("g2"), ok, whole, whole}},
		}},
		{"creating a known group updates it", []turn{
			{"createGroup", labelled.xml(), []string{ok}},
			{"createGroup", unit{key: "g1", title: text("New")}.xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, strings.Replace(whole, "Title of g1", "New", 1)}},
		}},
		{"an update keeps what it does not carry, and an empty text empties", []turn{
			{"createGroup", labelled.xml(), []string{ok}},
			{"updateGroup", cutting.xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, strings.Replace(whole, " descLong=Long", "", 1)}},
			{"updateGroup", unit{key: "g1", title: text("")}.xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, strings.Replace(whole, " descLong=Long", "", 1)}},
		}},
		{"a replace empties what it does not carry", []turn{
			{"createGroup", labelled.of("School").xml(), []string{ok}},
			{"replaceGroup", class("g1", rootKey).xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, row("g1", rootKey)}},
			{"replaceGroup", thin.xml(), []string{needsParent}},
			{"replaceGroup", noTitle.xml(), []string{needsTitle}},
		}},
		{"unknown groups are made when the data suffice", []turn{
			{"updateGroup", thin.xml(), []string{needsParent}},
			{"updateGroup", noTitle.xml(), []string{needsTitle}},
			{"updateGroup", class("g1", rootKey).xml(), []string{ok}},
			{"replaceGroup", class("g2", "g1").xml(), []string{inserted}},
			{"readGroups", keySet("g1", "g2"), []string{ok, ok, row("g1", rootKey), row("g2", "g1")}},
		}},
		{"what is missing is a failure", []turn{
			{"createGroup", unit{withoutKey: true, title: text("x"), parent: text(rootKey)}.xml(), []string{"failure error incompletedata: The 'sourcedId/identifier' is missing"}},
			{"createGroup", key("g1"), []string{"failure error incompletedata: The 'group' is missing"}},
			{"createGroup", thin.xml(), []string{needsParent}},
			{"createGroup", longTitle.xml(), []string{tooLong("descShort", "64")}},
			{"createGroup", class(strings.Repeat("x", 256), rootKey).xml(), []string{"failure error invaliddata: The 'sourcedId/identifier' is longer than 255 characters"}},
			{"readGroup", key("g1"), []string{unknown("g1")}},
		}},
	})
}

func TestTheTreeOfGroups(t *testing.T) {
	playAll(t, []play{
		{"a group stands where its parent is", []turn{
			{"createGroups", groupPairs(class("g2", "g1"), class("g1", rootKey), class("g3", "g1")), []string{noParent("g1"), ok, ok}},
			{"createGroup", class("g4", "g3").xml(), []string{ok}},
			{"updateGroup", class("g1", "g4").xml(), []string{"failure error invaliddata: The group 'g1' cannot be below itself"}},
			{"updateGroup", class("g1", "g1").xml(), []string{"failure error invaliddata: The group 'g1' cannot be below itself"}},
			{"updateGroup", class("g4", rootKey).xml(), []string{ok}},
			{"readGroups", keySet("g1", "g3", "g4"), []string{ok, ok, ok, row("g1", rootKey), row("g3", "g1"), row("g4", rootKey)}},
		}},
		{"the main organisation cannot be changed", []turn{
			{"updateGroup", unit{key: rootKey, title: text("New")}.xml(), []string{"failure error invaliddata: The main organisation cannot be changed"}},
			{"deleteGroup", key(rootKey), []string{"failure error invaliddata: The main organisation cannot be deleted"}},
			{"changeGroupIdentifier", rename(rootKey, "g1"), []string{"failure error invaliddata: The main organisation cannot be changed"}},
			{"readGroup", key(rootKey), []string{ok, "group Site/0 descShort=Main organisation"}},
		}},
		{"a deletion reaches everything below, once", []turn{
			{"createGroups", groupPairs(class("g1", rootKey), class("g2", "g1"), class("g3", "g2"), class("g4", rootKey)), []string{ok, ok, ok, ok}},
			{"deleteGroups", keySet("g1", "g2", "g9"), []string{ok, unknown("g2"), unknown("g9")}},
			{"readGroups", keySet("g1", "g2", "g3", "g4"), []string{unknown("g1"), unknown("g2"), unknown("g3"), ok, row("g4", rootKey)}},
			{"deleteGroup", key("g4"), []string{ok}},
			{"deleteGroup", key("g4"), []string{unknown("g4")}},
		}},
		{"children follow a changed key", []turn{
			{"createGroups", groupPairs(class("g1", rootKey), class("g2", "g1")), []string{ok, ok}},
			{"changeGroupIdentifier", rename("g1", "g2"), []string{"failure error idallocinusefail: The 'sourcedId/identifier' 'g2' is already in use"}},
			{"changeGroupsIdentifier", renames("g1", "g3", "g1", "g4", "g2", ""), []string{ok, unknown("g1"), "failure error incompletedata: The new 'sourcedId/identifier' is missing"}},
			{"readGroups", keySet("g1", "g2", "g3"), []string{unknown("g1"), ok, ok, row("g2", "g3"), row("g1", rootKey)}},
		}},
		{"a person has the groups of its memberships, each once", []turn{
			{"createPersons", pairs(student("p1", "Ida"), student("p2", "Ole")), []string{ok, ok}},
			{"createGroups", groupPairs(class("g1", rootKey), class("g2", "g1").with(algebra)), []string{ok, ok}},
			{"createMemberships", memberPairs(learner("m1", "g2", "p1"), learner("m2", "g1", "p1"), learner("m3", "g1", "p1")), []string{ok, ok, ok}},
			{"readGroupsForPerson", personID("p1"), []string{ok, typed("Course/2", "g2", "g1") + " course=Algebra", row("g1", rootKey)}},
			{"readGroupsForPerson", personID("p2"), []string{ok}},
			{"readGroupsForPerson", personID("p3"), []string{"failure error unknownobject: The 'personSourcedId/identifier' 'p3' does not exist in itslearning"}},
			{"deleteGroup", key("g1"), []string{ok}},
			{"readGroupsForPerson", personID("p1"), []string{ok}},
			{"readPerson", key("p1"), []string{ok, "person First=Ida Last=Sample"}},
		}},
	})
}

func TestOrganisationTypes(t *testing.T) {
	level := func(key, orgType, level string) unit {
		u := class(key, rootKey)
		u.level = text(level)
		if orgType != "" {
			u.orgType = text(orgType)
		}
		return u
	}
	capital, other := class("g1", rootKey).of("School"), class("g2", rootKey).of("School")
	capital.scheme, other.scheme = "ItsLearningOrganisationTypes", "OtherTypes"
	playAll(t, []play{
		{"name, level or both", []turn{
			{"createGroup", level("g1", "School", "1").xml(), []string{ok}},
			{"createGroup", level("g2", "", "1").xml(), []string{ok}},
			{"createGroup", level("g3", "", "-1").xml(), []string{ok}},
			{"createGroup", level("g4", "School", "-1").xml(), []string{"failure error invaliddata: The type 'School' does not have the level '-1'"}},
			{"createGroup", level("g4", "", "9").xml(), []string{"failure error unknownvocab: The level '9' is not known"}},
			{"createGroup", class("g4", rootKey).of("Region").xml(), []string{"failure error unknownvocab: The type 'Region' is not known"}},
			{"readGroups", keySet("g1", "g2", "g3"), []string{ok, ok, ok, typed("School/1", "g1", rootKey), typed("School/1", "g2", rootKey), row("g3", rootKey)}},
		}},
		{"a type counts in its scheme, whose case does not matter", []turn{
			{"createGroups", groupPairs(capital, other), []string{ok, ok}},
			{"readGroups", keySet("g1", "g2"), []string{ok, ok, typed("School/1", "g1", rootKey), row("g2", rootKey)}},
		}},
		{"a Site is refused", []turn{
			{"createGroups", groupPairs(class("g1", rootKey).of("Site"), level("g2", "", "0"), class("g3", rootKey)), []string{noSite, noSite, ok}},
			{"updateGroup", class("g3", rootKey).of("Site").xml(), []string{noSite}},
		}},
		{"no School below a School, whichever comes first", []turn{
			{"createGroups", groupPairs(class("g1", rootKey).of("School"), class("g2", "g1").of("School"), class("g3", "g1"), class("g4", "g3").of("School")), []string{ok, noSchool, ok, noSchool}},
			{"createGroups", groupPairs(class("g5", rootKey), class("g6", "g5"), class("g7", "g6").of("School")), []string{ok, ok, ok}},
			{"updateGroup", class("g5", rootKey).of("School").xml(), []string{noSchool}},
			{"updateGroup", class("g7", "g3").xml(), []string{noSchool}},
			{"updateGroup", class("g5", "g3").xml(), []string{noSchool}},
			{"updateGroup", class("g1", rootKey).of("Unspecified").xml(), []string{ok}},
			{"updateGroup", class("g5", "g3").xml(), []string{ok}},
			{"updateGroup", class("g1", rootKey).of("School").xml(), []string{noSchool}},
		}},
	})
}

func TestCourses(t *testing.T) {
	parentless := unit{key: "g1", title: text("x"), fields: []string{algebra}}
	both := typed("Course/2", "g1", rootKey) + " course=Algebra course/code=AL1"
	playAll(t, []play{
		{"the extension makes a Course", []turn{
			{"createGroup", class("g1", rootKey).with(algebra, withCode).xml(), []string{ok}},
			{"createGroup", class("g2", rootKey).of("Course").with(algebra, "course/credit=3").xml(), []string{ok}},
			{"readGroups", keySet("g1", "g2"), []string{ok, ok, both, typed("Course/2", "g2", rootKey) + " course=Algebra course/credits=3"}},
		}},
		{"what a course needs", []turn{
			{"createGroup", class("g1", rootKey).of("Course").xml(), []string{needsCourse}},
			{"createGroup", class("g1", rootKey).with(withCode).xml(), []string{needsCourse}},
			{"createGroup", class("g1", rootKey).of("School").with(algebra).xml(), []string{"failure error invaliddata: The type of a hierarchy with the extension 'course' must be Course"}},
			{"createGroup", parentless.xml(), []string{needsParent}},
			{"createGroup", class("g1", rootKey).with("course=" + strings.Repeat("x", 65)).xml(), []string{tooLong("course", "64")}},
			{"createGroup", class("g1", rootKey).with(algebra, "course/credits="+strings.Repeat("x", 65)).xml(), []string{tooLong("course/credits", "64")}},
		}},
		{"a Course stays one, and its course is changed by an update", []turn{
			{"createGroup", class("g1", rootKey).with(algebra, withCode).xml(), []string{ok}},
			{"updateGroup", class("g1", rootKey).of("Unspecified").xml(), []string{notOther}},
			{"replaceGroup", class("g1", rootKey).of("School").xml(), []string{notOther}},
			{"updateGroup", class("g1", rootKey).of("Course").xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, both}},
			{"updateGroup", class("g1", rootKey).with("course=Geometry").xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, strings.Replace(both, "Algebra", "Geometry", 1)}},
			{"replaceGroup", class("g1", rootKey).xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, typed("Course/2", "g1", rootKey) + " course=Geometry"}},
		}},
		{"which hierarchies become a Course", []turn{
			{"createGroups", groupPairs(class("g1", rootKey), class("g2", rootKey).of("School"), class("g3", rootKey).with(algebra), class("g4", "g3").of("CourseGroup")), []string{ok, ok, ok, ok}},
			{"updateGroup", class("g1", rootKey).with(algebra, withCode).xml(), []string{ok}},
			{"readGroup", key("g1"), []string{ok, both}},
			{"updateGroup", class("g2", rootKey).with(algebra).xml(), []string{"failure error invaliddata: An organisation of type School cannot become a Course"}},
			{"updateGroup", class("g2", rootKey).of("Course").with(algebra).xml(), []string{"failure error invaliddata: An organisation of type School cannot become a Course"}},
			{"updateGroup", class("g4", "g3").of("Course").with(algebra).xml(), []string{"failure error invaliddata: An organisation of type CourseGroup cannot become a Course"}},
		}},
		{"a CourseGroup is below a Course", []turn{
			{"createGroups", groupPairs(class("g1", rootKey).with(algebra), class("g2", "g1").of("CourseGroup"), class("g3", rootKey).of("CourseGroup")),
				[]string{ok, ok, "failure error invaliddata: The parent of a CourseGroup must be a Course"}},
			{"updateGroup", class("g2", rootKey).xml(), []string{"failure error invaliddata: The parent of a CourseGroup must be a Course"}},
			{"readGroup", key("g2"), []string{ok, typed("CourseGroup/3", "g2", "g1")}},
		}},
		{"a template and its creator are known", []turn{
			{"createGroup", class("g1", rootKey).with(algebra).xml(), []string{ok}},
			{"createGroup", class("g2", rootKey).with(algebra, "course/template/synckey=g1").xml(), []string{"failure error unknownobject: The course template 'g1' does not exist in itslearning"}},
			{"createGroup", class("g2", rootKey).with(algebra, "course/template/coursecreatorsynckey=p1").xml(), []string{"failure error unknownobject: The course creator 'p1' does not exist in itslearning"}},
		}},
	})
}

// TestTablesOfGroupsNameDeviations finds misspelt names in tables.
func TestTablesOfGroupsNameDeviations(t *testing.T) {
	var names []string
	for _, p := range limitedTexts {
		names = append(names, p.stored, p.cuts)
	}
	for _, p := range groupPoints {
		names = append(names, p.refusesUnknown, p.refusesKnown, p.losesUnknown, p.ignoresKnown)
	}
	for _, p := range typePoints {
		names = append(names, p.scheme, p.name, p.level)
	}
	for _, p := range operationPoints {
		names = append(names, p.response, p.order, p.rotated, p.single, p.first, p.undone)
	}
	for _, name := range names {
		if name != "" && deviationIndex(name) < 0 {
			t.Errorf("there is no deviation %s", name)
		}
	}
}
