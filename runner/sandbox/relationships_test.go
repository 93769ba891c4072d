package sandbox

import (
	"context"
	"testing"
)

const (
	textOff        = "success warning linkfailure: Parent portal is disabled for the customer, a new Child relationship could not be created."
	warnUnknown3   = "success warning unknownobject: relationship/sourceId/identifier 'c3' does not exist in itslearning"
	petra          = "person First=Petra Last=Sample role=Carer"
	circularOfP1   = "failure error invaliddata: Parent cannot have the same synchronization key as child p1, a new Child relationship could not be created"
	warnParentOnly = "success warning unknownvocab: relationship/relation 'Parent' is not supported, only 'Child' can be written"
)

func TestRelationships(t *testing.T) {
	children := turn{"createPersons", pairs(student("c1", "Nils"), student("c2", "Tove")), []string{ok, ok}}
	for _, tc := range []struct {
		name  string
		turns []turn
	}{
		{"known children are linked, seen from both sides", []turn{
			{"createPerson", parent("p1", "c1", "c2").xml(), []string{ok}},
			{"readPersons", keySet("p1", "c1"), []string{ok, ok, petra + " Child=c1 Child=c2", "person First=Nils Last=Sample Parent=p1"}},
		}},
		{"an unknown child is reported, the others are linked", []turn{
			{"createPerson", parent("p1", "c1", "c3", "c2").xml(), []string{warnUnknown3}},
			{"readPerson", key("p1"), []string{ok, petra + " Child=c1 Child=c2"}},
		}},
		{"a child in the trash is unknown, and its links are not read", []turn{
			{"createPerson", parent("p1", "c1", "c2").xml(), []string{ok}},
			{"deletePerson", key("c2"), []string{ok}},
			{"readPerson", key("p1"), []string{ok, petra + " Child=c1"}},
			{"updatePerson", parent("p1", "c2").xml(), []string{"success warning unknownobject: relationship/sourceId/identifier 'c2' does not exist in itslearning"}},
		}},
		{"only Child is written", []turn{
			{"createPerson", subject{key: "p1", first: text("Petra"), last: text("Sample"), role: text("Carer"), relations: []string{"Parent=c1", "Child=c2"}}.xml(), []string{warnParentOnly}},
			{"readPerson", key("p1"), []string{ok, petra + " Child=c2"}},
		}},
		{"several remarks stand in one status", []turn{
			{"createPerson", subject{key: "p1", first: text("Petra"), last: text("Sample"), role: text("Carer"), relations: []string{"Parent=c1", "Child=c3"}}.xml(),
				[]string{"success warning unknownvocab unknownobject: relationship/relation 'Parent' is not supported, only 'Child' can be written\nrelationship/sourceId/identifier 'c3' does not exist in itslearning"}},
		}},
		{"a circular reference is an error that changes nothing", []turn{
			{"createPerson", parent("p1", "c1").xml(), []string{ok}},
			{"updatePerson", subject{key: "p1", nick: text("x"), children: []string{"c2", "p1"}}.xml(), []string{circularOfP1}},
			{"readPerson", key("p1"), []string{ok, petra + " Child=c1"}},
		}},
		{"two persons can be each other's parent", []turn{
			{"updatePerson", subject{key: "c1", children: []string{"c2"}}.xml(), []string{ok}},
			{"updatePerson", subject{key: "c2", children: []string{"c1"}}.xml(), []string{ok}},
			{"readPerson", key("c1"), []string{ok, "person First=Nils Last=Sample Child=c2 Parent=c2"}},
		}},
		{"creating and updating add and delete nothing", []turn{
			{"createPerson", parent("p1", "c1").xml(), []string{ok}},
			{"createPerson", parent("p1", "c2").xml(), []string{ok}},
			{"updatePerson", parent("p1", "c1").xml(), []string{ok}},
			{"updatePerson", parent("p1").xml(), []string{ok}},
			{"readPerson", key("p1"), []string{ok, petra + " Child=c1 Child=c2"}},
		}},
		{"replacing deletes the children and adds those in the message; parents stay", []turn{
			{"createPerson", parent("p1", "c1").xml(), []string{ok}},
			{"createPerson", parent("p0", "p1").xml(), []string{ok}},
			{"replacePerson", parent("p1", "c2").xml(), []string{ok}},
			{"readPersons", keySet("p1", "c1"), []string{ok, ok, petra + " Child=c2 Parent=p0", "person First=Nils Last=Sample"}},
			{"replacePerson", parent("p1").xml(), []string{ok}},
			{"readPerson", key("p1"), []string{ok, petra + " Parent=p0"}},
		}},
		{"replacing an unknown person with an unknown child makes both remarks", []turn{
			{"replacePerson", parent("p1", "c3").xml(), []string{"success warning unknownobjinsertinstead unknownobject: Object did not exist, has been inserted instead\nrelationship/sourceId/identifier 'c3' does not exist in itslearning"}},
		}},
		{"in a batch the remark stands on the item that it is about", []turn{
			{"createPersons", pairs(parent("p1", "c1"), parent("p2", "c3"), parent("p3", "c2")), []string{ok, warnUnknown3, ok}},
			{"updatePersons", pairs(parent("p1", "p1"), parent("p2", "c2")), []string{circularOfP1, ok}},
			{"readPersons", keySet("p1", "p2"), []string{ok, ok, petra + " Child=c1", petra + " Child=c2"}},
		}},
		{"a batch is processed in order: a parent before its child does not find it", []turn{
			{"createPersons", pairs(parent("p1", "c3"), student("c3", "Ole"), parent("p2", "c3")), []string{warnUnknown3, ok, ok}},
		}},
		{"a change of identifier keeps the links", []turn{
			{"createPerson", parent("p1", "c1").xml(), []string{ok}},
			{"changePersonIdentifier", rename("c1", "c9"), []string{ok}},
			{"readPerson", key("p1"), []string{ok, petra + " Child=c9"}},
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t, Options{})
			b.plays(b.site(SiteMain), append([]turn{children}, tc.turns...))
		})
	}
}

func TestParentPortal(t *testing.T) {
	for _, scope := range []string{ScopeSite, ScopeEndpoint} {
		t.Run("switched off for the "+scope, func(t *testing.T) {
			b := newBench(t, Options{})
			at := b.site(SiteMain)
			b.plays(at, []turn{
				{"createPersons", pairs(student("c1", "Nils"), student("c2", "Tove"), parent("p1", "c1")), []string{ok, ok, ok}},
			})
			b.portal(scope, stateDisabled)
			b.plays(at, []turn{
				{"readPersons", keySet("p1", "c1"), []string{ok, ok, petra, "person First=Nils Last=Sample"}},
				{"createPerson", parent("p2", "c1", "c2").xml(), []string{textOff}},
				{"replacePerson", parent("p1", "c2").xml(), []string{textOff}},
				{"updatePerson", parent("p2").xml(), []string{ok}},
				{"readPerson", key("p2"), []string{ok, petra}},
			})
			b.portal(scope, stateEnabled)
			b.plays(at, []turn{
				{"readPersons", keySet("p1", "p2"), []string{ok, ok, petra + " Child=c1", petra}},
			})
		})
	}
}

// portal switches the parent portal of the site main or of the endpoint.
func (b *bench) portal(scope, value string) {
	b.Helper()
	at, name := b.server.siteNamed(SiteMain), StateParentPortal
	if scope == ScopeEndpoint {
		at, name = b.server.endpoint, StateParentPortalGlobal
	}
	if _, err := b.server.switchStates(context.Background(), at, scope, map[string]string{name: value}); err != nil {
		b.Fatal(err)
	}
}

func TestSiteWithThePortalOffHasALinkedParent(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SitePortalOff)
	if at.States[StateParentPortal] != stateDisabled {
		t.Fatalf("parent portal is %s", at.States[StateParentPortal])
	}
	linked := key(at.Anchors[anchorLinkedParent])
	b.plays(at, []turn{{"readPerson", linked, []string{ok, "person First=Linked Last=Parent role=Carer"}}})
	if _, err := b.server.switchStates(context.Background(), b.server.siteNamed(SitePortalOff), ScopeSite, map[string]string{StateParentPortal: stateEnabled}); err != nil {
		t.Fatal(err)
	}
	b.plays(at, []turn{{"readPerson", linked, []string{ok, "person First=Linked Last=Parent role=Carer Child=anchor-linked-child"}}})
}
