package sandbox

import (
	"strings"
	"testing"
)

// Lines of the memberships that these tests are about: in a school, another
// school, a class and the main organisation.
const (
	inSchool     = "member S p1 Learner"
	inOther      = "member T p1 Learner"
	inClass      = "member C p1 Learner"
	inSite       = "member anchor-root-group p1 Learner"
	atHome       = " HomeOrganisation=1"
	textNoSchool = "failure error invaliddata: The group 'C' is neither a site nor a school and cannot be a home organisation"
)

func TestHomeOrganisation(t *testing.T) {
	read := func(lines ...string) turn {
		return turn{"readMemberships", keySet("school", "other", "class", "site"), append([]string{ok, ok, ok, ok}, lines...)}
	}
	school := learner("school", "S", "p1")
	siteIsHome := read(inSchool, inOther, inClass, inSite+atHome)
	schoolIsHome := read(inSchool+atHome, inOther, inClass, inSite)
	marked := turn{"updateMembership", school.at("1").xml(), []string{ok}}
	for _, tc := range []struct {
		name  string
		turns []turn
	}{
		{"without a mark the site is the home", []turn{siteIsHome}},
		{"1 on update marks", []turn{marked, schoolIsHome}},
		{"1 on create marks", []turn{{"createMembership", school.at("1").xml(), []string{ok}}, schoolIsHome}},
		{"1 on replace marks", []turn{{"replaceMembership", school.at("1").xml(), []string{ok}}, schoolIsHome}},
		{"1 in a batch marks", []turn{{"updateMemberships", memberPairs(school.at("1"), learner("class", "C", "p1")), []string{ok, ok}}, schoolIsHome}},
		{"1 may be sent as true", []turn{{"updateMembership", school.at("true").xml(), []string{ok}}, schoolIsHome}},
		{"another value is refused", []turn{{"updateMembership", school.as("02").at("yes").xml(), []string{"failure error invaliddata: The extension 'HomeOrganisation' must be 1 or 0"}}, siteIsHome}},
		{"0 on update and create unmarks", []turn{
			marked, {"updateMembership", school.at("0").xml(), []string{ok}}, siteIsHome,
			marked, {"createMembership", school.at("0").xml(), []string{ok}}, siteIsHome,
		}},
		{"0 on a membership that is not the home changes nothing", []turn{marked, {"updateMembership", learner("other", "T", "p1").at("0").xml(), []string{ok}}, schoolIsHome}},
		{"update and create without the extension change nothing", []turn{
			marked, {"updateMembership", school.as("02").xml(), []string{ok}}, {"createMembership", school.xml(), []string{ok}}, schoolIsHome,
		}},
		{"replace without the extension and with 0 unmark", []turn{
			marked, {"replaceMembership", school.xml(), []string{ok}}, siteIsHome,
			marked, {"replaceMembership", school.at("0").xml(), []string{ok}}, siteIsHome,
			marked, {"replaceMemberships", memberPairs(school), []string{ok}}, siteIsHome,
		}},
		{"replace of another membership without the extension changes nothing", []turn{marked, {"replaceMembership", learner("other", "T", "p1").xml(), []string{ok}}, schoolIsHome}},
		{"marking another membership moves the home", []turn{
			marked, {"updateMembership", learner("other", "T", "p1").at("1").xml(), []string{ok}}, read(inSchool, inOther+atHome, inClass, inSite),
		}},
		{"a group that is neither site nor school is refused", []turn{
			marked, {"updateMembership", learner("class", "C", "p1").as("02").at("1").xml(), []string{textNoSchool}}, schoolIsHome,
			{"createMembership", learner("new", "C", "p1").at("1").xml(), []string{textNoSchool}}, {"readMembership", key("new"), []string{noMembership("new")}},
		}},
		{"with the role Mentor the extension is ignored", []turn{
			{"updateMembership", school.as("06").at("1").xml(), []string{ok}}, {"updateMembership", school.as("Mentor").at("1").xml(), []string{ok}},
			{"createMembership", learner("class", "C", "p1").as("Mentor").at("1").xml(), []string{ok}}, {"updateMembership", learner("class", "C", "p1").xml(), []string{ok}},
			{"updateMembership", school.xml(), []string{ok}}, siteIsHome,
			marked, {"updateMembership", school.as("Mentor").at("0").xml(), []string{ok}}, {"updateMembership", school.xml(), []string{ok}}, schoolIsHome,
			{"replaceMembership", school.as("Mentor").at("1").xml(), []string{ok}}, {"updateMembership", school.xml(), []string{ok}}, siteIsHome,
		}},
		{"the type of the field is ignored", []turn{
			{"updateMembership", member{key: "school", group: "S", person: "p1", role: "01", home: "1", homeType: "String"}.xml(), []string{ok}}, schoolIsHome,
			{"updateMembership", strings.Replace(school.at("0").xml(), "<c:fieldType>bool</c:fieldType>", "", 1), []string{ok}}, siteIsHome,
		}},
		{"deleting the home makes the site the home", []turn{
			marked, {"deleteMembership", key("school"), []string{ok}},
			{"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key other", inOther, "key class", inClass, "key site", inSite + atHome}},
		}},
		{"deleting the home's group makes the site the home", []turn{
			marked, {"deleteGroup", key("S"), []string{ok}}, {"readMembership", key("site"), []string{ok, inSite + atHome}},
		}},
		{"every read returns the extension on the home only", []turn{
			marked,
			{"readMembership", key("school"), []string{ok, inSchool + atHome}}, {"readMembership", key("other"), []string{ok, inOther}},
			{"readMembershipsForPerson", personID("p1"), []string{ok, "set", "key school", inSchool + atHome, "key other", inOther, "key class", inClass, "key site", inSite}},
			{"readMembershipsForGroup", groupID("S"), []string{ok, "set", "key school", inSchool + atHome, "key ole", "member S p2 Learner"}},
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t, Options{})
			b.school(SiteMain)
			at := b.site(SiteMain)
			b.plays(at, []turn{{"createMemberships", memberPairs(school, learner("other", "T", "p1"), learner("class", "C", "p1"),
				learner("site", at.Anchors[anchorRootGroup], "p1"), learner("ole", "S", "p2")), []string{ok, ok, ok, ok, ok}}})
			b.plays(at, tc.turns)
		})
	}
}

// The control interface makes homes, and shows whose is which.
func TestControlMakesHomes(t *testing.T) {
	b := newBench(t, Options{})
	b.school(SiteMain)
	for _, p := range []properties{{"key": "m1", "group": "S", "home": "true"}, {"key": "m2", "group": "T", "role": "02", "home": "true"}} {
		p["kind"], p["person"] = "membership", "p1"
		b.makes(SiteMain, p)
	}
	b.plays(b.site(SiteMain), []turn{{"readMemberships", keySet("m1", "m2"), []string{ok, ok, inSchool, "member T p1 Instructor HomeOrganisation=1"}}})
	for _, tc := range []struct {
		body   string
		status int
	}{
		{`{"kind":"membership","key":"m1","person":"p1","group":"S"}`, 409},
		{`{"kind":"membership","key":"m3","person":"p1","group":"S","role":"99"}`, 400},
		{`{"kind":"membership","key":"m3","person":"x","group":"S"}`, 404},
		{`{"kind":"membership","key":"m3","person":"p1","group":"X"}`, 404},
		{`{"kind":"membership","key":"m3","person":"p1","group":"C","home":"true"}`, 400},
	} {
		if status, value := b.controls("POST", "/control/sites/main/objects", tc.body); status != tc.status {
			t.Errorf("%s: %d %v, want %d", tc.body, status, value, tc.status)
		}
	}
}
