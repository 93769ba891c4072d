package exchange

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

func group(name, parent string) scenario.Given {
	return scenario.Given{Kind: scenario.GivenGroup, Name: name, Parent: parent}
}

func membership(name, person, group string) scenario.Given {
	return scenario.Given{Kind: scenario.GivenMembership, Name: name, Person: person, Group: group}
}

// rooted gives the first site a main organisation.
func rooted(s *setting) { s.target.Sites[0].Anchors[scenario.AnchorRootGroup] = "root-1" }

// call is an operation with its keys.
type call struct {
	Operation string
	Keys      []string
}

func (p *peer) calls() []call {
	var all []call
	for _, in := range p.requests("") {
		keys := slices.Clone(in.Keys)
		for i, key := range keys {
			if strings.HasSuffix(key, "-nobody") {
				keys[i] = "nobody" // it is random
			}
		}
		all = append(all, call{in.Operation, keys})
	}
	return all
}

func TestGroupsAndMembershipsAreGivenOverTheWireAndRemovedInReverse(t *testing.T) {
	p := newPeer(t)
	s := withGiven(story("s/one", step("readPerson", "read.xml")), person("Anna"), group("School", ""), group("Berta", "School"), membership("Member", "Anna", "Berta"))
	s.Identities = append(s.Identities, scenario.Identity{Name: "School"})
	r := newRig(t, p, rooted, s)
	o := r.only(t)
	if o.Error != "" || o.Blocked != nil {
		t.Fatalf("%q, %+v", o.Error, o.Blocked)
	}
	school := "ec" + testToken + "-School"
	want := []call{
		{"createPerson", []string{annaKey}},
		{"createGroup", []string{school, "root-1"}},
		{"createGroup", []string{bertaKey, school}},
		{"createMembership", []string{memberKey, bertaKey, annaKey}},
		{"readPerson", []string{annaKey}},
		{"deleteMemberships", []string{memberKey, "nobody"}}, {"readMemberships", []string{memberKey, "nobody"}},
		{"deleteGroups", []string{bertaKey, school, "nobody"}}, {"readGroups", []string{bertaKey, school, "nobody"}},
		{"deletePersons", []string{annaKey, "nobody"}}, {"readPersons", []string{annaKey, "nobody"}},
	}
	if diff := cmp.Diff(want, p.calls()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if open := r.ledger.Open(); len(open) != 0 {
		t.Errorf("the ledger has %v", open)
	}
}

func TestAGroupWithoutAParentNeedsTheMainOrganisation(t *testing.T) {
	r := newRig(t, newPeer(t), nil, withGiven(story("s/one", step("readPerson", "read.xml")), group("Berta", "")))
	if got := r.plan.Items[0].Skip; !strings.Contains(got, `the anchor "rootGroup"`) {
		t.Errorf("skip %q", got)
	}
}

func TestWhatCannotBeGivenBlocksOnTheOperationThatMakesIt(t *testing.T) {
	for _, test := range []struct {
		operation string
		given     scenario.Given
		answer    string
		want      *evidence.Blocked
	}{
		{"createGroup", group("Berta", ""), status(false), &evidence.Blocked{Requirement: "GRP-CREATE-01", Reason: "the group Berta could not be made: the endpoint answered failure/error: "}},
		{"createMembership", membership("Member", "Anna", "Class"), status(false), &evidence.Blocked{Requirement: "MEM-CREATE-01", Reason: "the membership Member could not be made: the endpoint answered failure/error: "}},
		{"createGroup", group("Berta", ""), strings.Replace(status(true), ">status<", ">warning<", 1), nil},
		{"createMembership", membership("Member", "Anna", "Class"), strings.Replace(status(true), ">status<", ">warning<", 1), &evidence.Blocked{Requirement: "MEM-CREATE-01", Reason: "the membership Member could not be made: the endpoint answered success/warning: "}},
	} {
		p := newPeer(t)
		p.odd = func(w http.ResponseWriter, r *http.Request, in received) bool {
			if in.Operation != test.operation {
				return false
			}
			plain("text/xml", soapAnswer(in.Operation, test.answer, ""))(w, r)
			return true
		}
		o := newRig(t, p, rooted, withGiven(story("s/one", step("readPerson", "read.xml")), test.given)).only(t)
		if diff := cmp.Diff(test.want, o.Blocked); diff != "" || o.Error != "" {
			t.Errorf("%s: %q (-want +got)\n%s", test.operation, o.Error, diff)
		}
	}
}

func TestAGroupMadeThroughControlKeepsItsParent(t *testing.T) {
	p, d := newPeer(t), newDesk(t)
	below := group("Berta", "Class")
	below.Control = map[string]string{"title": "Harbour"}
	o := newRig(t, p, d.attach, withGiven(story("s/one", step("readPerson", "read.xml")), below)).only(t)
	if o.Error != "" || len(d.calls) == 0 || !strings.Contains(d.calls[0], `"parent":"anchor-1"`) || !strings.Contains(d.calls[0], `"kind":"group"`) {
		t.Errorf("%q, %q", o.Error, d.calls)
	}
}

func TestCoursesThatGroupsLeaveAreRemovedThroughControl(t *testing.T) {
	p, d := newPeer(t), newDesk(t)
	r := newRig(t, p, d.attach, withGiven(story("s/one", step("readPerson", "read.xml")), group("Berta", "Class"), person("Anna")))
	if o := r.only(t); o.Error != "" || o.Blocked != nil {
		t.Fatalf("%q, %+v", o.Error, o.Blocked)
	}
	if diff := cmp.Diff([]string{"DELETE /control/sites/main/objects?kind=course&key=" + bertaKey}, d.calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	d.fails = "kind=course"
	if _, err := r.RemoveObjects(t.Context(), "main", ledger.Group, []string{bertaKey}); err == nil || strings.Contains(err.Error(), "token-of-control") {
		t.Errorf("got %v", err)
	}
}

func TestTheGuardRailKnowsGroupsAndMemberships(t *testing.T) {
	set := func(s scenario.Step, path, value string) scenario.Step {
		s.Set = []scenario.Assignment{{Path: path, Value: value}}
		return s
	}
	const member = "mmess:membership/mdata:member/mdata:memberSourcedId/common:identifier"
	const parent = "gmess:group/gdata:relationship/gdata:sourceId/common:identifier"
	many := step("createMemberships", "create-memberships.xml")
	many.Repeat = scenario.Number{N: 2}
	onSandbox := func(d *desk) func(*setting) { return d.attach }
	readOnly := func(*desk) func(*setting) {
		return func(s *setting) { s.options.ReadOnly = true }
	}
	tests := []struct {
		name string
		step scenario.Step
		with func(*desk) func(*setting)
		want string // empty: it passes
	}{
		{"a group of the run below an anchor", set(step("createGroup", "create-group.xml"), parent, "Class"), nil, ""},
		{"a group below a stranger's", set(step("createGroup", "create-group.xml"), parent, "4711"), nil, `it names "4711"`},
		{"a stranger's group", set(step("createGroup", "create-group.xml"), "gmess:sourcedId/common:identifier", "4711"), nil, `it would write to "4711"`},
		{"an anchor as a group to write to", set(step("createGroup", "create-group.xml"), "gmess:sourcedId/common:identifier", "Class"), nil, "it would write to an anchor"},
		{"a person of the run in an anchor", set(step("createMembership", "create-membership.xml"), "mmess:membership/mdata:groupSourcedId/common:identifier", "Class"), nil, ""},
		{"a stranger as a member", set(step("createMembership", "create-membership.xml"), member, "4711"), nil, `it names "4711"`},
		{"a stranger in a repeated item", set(many, "mmess:membershipIdPairSet/mmess:membershipIdPair/"+member, "4711"), nil, `it names "4711"`},
		{"memberships of a person of the run", step("readMembershipsForPerson", "read-memberships.xml"), nil, ""},
		{"memberships of an anchor", set(step("readMembershipsForPerson", "read-memberships.xml"), "mmess:personSourcedId/common:identifier", "Class"), nil, "it would give keys to memberships of an anchor"},
		{"memberships of an anchor on the sandbox", set(step("readMembershipsForPerson", "read-memberships.xml"), "mmess:personSourcedId/common:identifier", "Class"), onSandbox, ""},
		{"memberships of a stranger on the sandbox", set(step("readMembershipsForGroup", "read-memberships-group.xml"), "mmess:groupSourcedId/common:identifier", "4711"), onSandbox, `it names "4711"`},
		{"memberships in a read-only run", step("readMembershipsForPerson", "read-memberships.xml"), readOnly, "readMembershipsForPerson writes, and the run is read-only"},
		{"groups of an anchor", set(step("readGroupsForPerson", "read-groups.xml"), "gmess:personSourcedId/common:identifier", "Class"), nil, ""},
		{"groups of a stranger", set(step("readGroupsForPerson", "read-groups.xml"), "gmess:personSourcedId/common:identifier", "4711"), nil, `it names "4711"`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := story("s/one", test.step)
			s.Identities = append(s.Identities, scenario.Identity{Name: "Many", Count: scenario.Number{N: 2}})
			change := func(*setting) {}
			if test.with != nil {
				change = test.with(newDesk(t))
			}
			o := refusedOrSent(t, change, s)
			if test.want == "" && o.Error != "" || !strings.Contains(o.Error, test.want) {
				t.Errorf("got %q, want %q", o.Error, test.want)
			}
		})
	}
}

func TestReadsOfMembershipsCountAsWritesInThePlan(t *testing.T) {
	r := newRig(t, newPeer(t), func(s *setting) { s.selection = plan.Selection{ReadOnly: true} },
		story("s/one", step("readMembershipsForPerson", "read-memberships.xml")), story("s/two", step("readGroupsForPerson", "read-groups.xml")))
	if !strings.Contains(r.plan.Items[0].Skip, "it writes") || r.plan.Items[1].Skip != "" {
		t.Errorf("%q and %q", r.plan.Items[0].Skip, r.plan.Items[1].Skip)
	}
}

func memberItem(key, person, group string) string {
	id := func(element, key string) string {
		return `<` + element + ` xmlns="` + wire.NSMdata + `"><identifier xmlns="` + wire.NSCommon + `">` + key + `</identifier></` + element + `>`
	}
	return `<m:membershipIdPair><m:sourcedId><identifier xmlns="` + wire.NSCommon + `">` + key + `</identifier></m:sourcedId><m:membership>` + id("groupSourcedId", group) +
		`<member xmlns="` + wire.NSMdata + `">` + id("memberSourcedId", person) + `</member></m:membership></m:membershipIdPair>`
}

func membershipAnswer(operation string, items ...string) string {
	return soapAnswer(operation, status(true), `<m:membershipIDPairSet xmlns:m="`+wire.NSMmess+`">`+strings.Join(items, "")+"</m:membershipIDPairSet>")
}

func groupAnswer(titles ...string) string {
	text := `<m:groupSet xmlns:m="` + wire.NSGmess + `">`
	for _, title := range titles {
		text += "<m:group>" + title + "</m:group>"
	}
	return soapAnswer("readGroupsForPerson", status(true), text+"</m:groupSet>")
}

func TestStrangersAreCutFromListsOfGroupsAndMemberships(t *testing.T) {
	own, anchored := memberItem("m1", annaKey, bertaKey), memberItem("m2", "anchor-1", bertaKey)
	home := memberItem("m3", annaKey, "4711") // our person in the main organisation of a site
	keyless := memberItem("m4", "", bertaKey) // somebody without a key in a group of ours
	strangers := []string{memberItem("m5", "4711", bertaKey), memberItem("m6", "anchor-1", "4711"), memberItem("m7", "4711", "4712")}
	all := append([]string{strangers[0], own, anchored, home, keyless}, strangers[1:]...)
	ofAnchor := step("readGroupsForPerson", "read-groups.xml")
	ofAnchor.Set = []scenario.Assignment{{Path: "gmess:personSourcedId/common:identifier", Value: "Class"}}
	tests := []struct {
		name      string
		step      scenario.Step
		answer    string
		want      string
		strangers int
	}{
		{"the memberships of a person", step("readMembershipsForPerson", "read-memberships.xml"), membershipAnswer("readMembershipsForPerson", all...), membershipAnswer("readMembershipsForPerson", own, anchored, home, keyless), 3},
		{"the memberships of a group", step("readMembershipsForGroup", "read-memberships-group.xml"), membershipAnswer("readMembershipsForGroup", all...), membershipAnswer("readMembershipsForGroup", own, anchored, home, keyless), 3},
		{"the groups of a person of the run", step("readGroupsForPerson", "read-groups.xml"), groupAnswer("Harbour", "Hill"), groupAnswer("Harbour", "Hill"), 0},
		{"the groups of an anchor", ofAnchor, groupAnswer("Harbour", "Hill"), groupAnswer(), 2},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = once(plain("text/xml", test.answer))
			o := newRig(t, p, nil, story("s/one", test.step)).only(t)
			x := o.Exchanges[0]
			if o.Error != "" || x.Strangers != test.strangers {
				t.Errorf("error %q, %d strangers", o.Error, x.Strangers)
			}
			if diff := cmp.Diff(test.want, string(x.Response)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
