package sandbox

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
)

// TestReadings shows each reading where it differs from the usual one.
func TestReadings(t *testing.T) {
	children := turn{"createPersons", pairs(student("c1", "Nils"), student("c2", "Tove")), []string{ok, ok}}
	warnCircular := "success warning invaliddata: Parent cannot have the same synchronization key as child p1, a new Child relationship could not be created"
	long := strings.Repeat("x", 70)
	for _, tc := range []struct {
		reading string
		turns   []turn
	}{
		{readingCircularWarning, []turn{children,
			{"createPerson", parent("p1", "p1", "c1").xml(), []string{warnCircular}},
			{"readPerson", key("p1"), []string{ok, petra + " Child=c1"}}}},
		{readingCircularStored, []turn{
			{"createPerson", parent("p1", "p1").xml(), []string{circularOfP1}},
			{"readPerson", key("p1"), []string{ok, petra}}}},
		{readingMutualRefused, []turn{children,
			{"updatePerson", subject{key: "c1", children: []string{"c2"}}.xml(), []string{ok}},
			{"updatePerson", subject{key: "c2", children: []string{"c1"}}.xml(), []string{"success warning invaliddata: Parent cannot have the same synchronization key as child c1, a new Child relationship could not be created"}},
			{"readPerson", key("c2"), []string{ok, "person First=Tove Last=Sample Parent=c1"}}}},
		{readingSecondStreet, []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, strings.NewReplacer(" street=Building B", "", "locality", "extadd=Building B locality").Replace(fullLine)}}}},
		{readingGlobalText, []turn{children,
			{"createPerson", parent("p1", "c1").xml(), []string{"success warning linkfailure: The parent portal is disabled, relationships were not changed."}}}},
		{readingPortalRemark, []turn{
			{"createPerson", student("p1", "Ida").xml(), []string{ok}},
			{"readPerson", key("p1"), []string{ok, "person First=Ida Last=Sample"}}}},
		{readingLongKeys, []turn{
			{"createPerson", student(long, "Ida").xml(), []string{ok}},
			{"createPerson", student(strings.Repeat("x", 256), "Ida").xml(), []string{"failure error invaliddata: The 'sourcedId/identifier' is longer than 64 characters"}}}},
		{readingLongTexts, []turn{
			{"createPerson", student("k1", long).xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, "person First=" + long[:64] + " Last=Sample"}}}},
		{readingMandatoryFault, []turn{
			{"createPerson", subject{key: "k1", first: text("A")}.xml(), []string{faultOfContent}},
			{"createPersons", pairs(subject{key: "k1", first: text("A")}), []string{"failure error incompletedata: The mandatory 'name/partName[Last]' is missing"}},
			{"replacePerson", subject{key: "k1", withoutPerson: true}.xml(), []string{faultOfContent}}}},
		{readingEnumerationFault, []turn{children,
			{"createPerson", subject{key: "p1", first: text("A"), last: text("B"), role: text("Carer"), relations: []string{"Uncle=c1"}}.xml(), []string{faultOfContent}},
			{"readPerson", key("p1"), []string{unknown("p1")}}}},
		{readingNoPartialUpdate, []turn{
			{"createPerson", student("k1", "Ida").xml(), []string{ok}},
			{"updatePerson", subject{key: "k1", nick: text("i")}.xml(), []string{"failure error incompletedata: The mandatory 'name/partName[First]' is missing"}}}},
		{readingUserNamesMade, []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, strings.Replace(fullLine, " user=u:k1", "", 1)}}}},
		{readingPageSizeOne, []turn{children,
			{"readAllPersons", page("1", "1"), []string{ok, "key c1", "person First=Nils Last=Sample", "key c2", "person First=Tove Last=Sample", "of 2"}}}},
		{readingReplaceEmpties, []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"replacePerson", student("k1", "Ida").xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, "person First=Ida Last=Sample user=u:k1"}}}},
		{readingCreateRemarks, []turn{
			{"createPerson", student("k1", "Ida").xml(), []string{ok}},
			{"createPerson", student("k1", "Ute").xml(), []string{"success warning objectupdatedinstead: Object did exist, has been updated instead"}},
			{"readPerson", key("k1"), []string{ok, "person First=Ute Last=Sample"}}}},
		{readingUpdateRemarks, []turn{{"updatePerson", student("k1", "Ida").xml(), []string{inserted}}}},
		{readingRoleAsSent, []turn{
			{"createPerson", withRole("k1", "Alumni").xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, "person First=Ida Last=Sample role=Alumni"}}}},
		{readingFirstText, []turn{{"replacePerson", parent("p1", "c3").xml(), []string{"success warning unknownobjinsertinstead unknownobject: Object did not exist, has been inserted instead"}}}},
		{readingUserNameChanged, []turn{{"createPersons", pairs(full("k1"), subject{key: "k2", first: text("a"), last: text("b"), role: text("Student"), user: text("u:k1")}), []string{ok, ok}}}},
		{readingEmptyIdentifier, nil}, {readingUnsetAbsent, nil}, {readingMessageIDAbsent, nil}, // their tests are below
	} {
		t.Run(tc.reading, func(t *testing.T) {
			b := newBench(t, Options{Dialect: []string{tc.reading}})
			if tc.reading == readingGlobalText {
				b.portal(ScopeEndpoint, stateDisabled)
			}
			b.plays(b.site(SiteMain), tc.turns)
		})
	}
}

func TestPortalRemark(t *testing.T) {
	b := newBench(t, Options{Dialect: []string{readingPortalRemark}})
	at := b.site(SitePortalOff)
	b.plays(at, []turn{{"readPerson", key(at.Anchors[anchorLinkedParent]), []string{
		"success warning linkfailure: The parent portal is disabled, relationships are not returned.", "person First=Linked Last=Parent role=Carer"}}})
}

// shape lists the elements of an answer that the readings differ in.
func shape(r received, locals ...string) []string {
	var found []string
	walk(r.root, func(n *node) {
		if slices.Contains(locals, n.name.Local) {
			found = append(found, n.name.Local+"="+n.text)
		}
	})
	return found
}

func TestUnsetValuesAndIdentifiersByReading(t *testing.T) {
	for _, tc := range []struct {
		name      string
		dialect   []string
		of, empty []string // with a message identifier, and without
	}{
		{"usual", nil,
			[]string{"messageIdentifier=m-1", "messageIdRef=m-1", "namePartType=First", "namePartType=Last", "namePartType=Nick", "email=", "extadd=", "street=", "telValue=", "telValue=", "sourceId="},
			[]string{"messageIdentifier=", "messageIdRef="}},
		{"values absent", []string{readingUnsetAbsent},
			[]string{"messageIdentifier=m-1", "messageIdRef=m-1", "namePartType=First", "namePartType=Last", "email=", "sourceId="},
			[]string{"messageIdentifier=", "messageIdRef="}},
		{"identifiers absent", []string{readingMessageIDAbsent, readingUnsetAbsent, readingEmptyIdentifier},
			[]string{"messageIdentifier=m-1", "messageIdRef=m-1", "namePartType=First", "namePartType=Last", "email=", "sourceId=", "identifier="},
			nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t, Options{Dialect: tc.dialect})
			at := b.site(SiteMain)
			b.makes(SiteMain, properties{"kind": "person", "key": "p1", "first": "P", "last": "L"})
			child := b.makes(SiteMain, properties{"kind": "person", "first": "C", "last": "L"})
			b.makes(SiteMain, properties{"kind": "relationship", "parent": "p1", "child": "handle:" + child})
			locals := []string{"messageIdentifier", "messageIdRef", "namePartType", "email", "extadd", "street", "telValue", "sourceId", "identifier"}
			if diff := cmp.Diff(tc.of, shape(b.send(at, "readPerson", key("p1")), locals...)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			without := b.post(letter{action: action("deletePerson"), body: envelopeOf(credentials(at), request("deletePerson", key("p9")))})
			if diff := cmp.Diff(tc.empty, shape(without, "messageIdentifier", "messageIdRef")); diff != "" {
				t.Errorf("without an identifier: -want +got:\n%s", diff)
			}
		})
	}
}

func TestEveryReadingSaysWhatAllowsIt(t *testing.T) {
	for _, d := range Dialects() {
		isReading := slices.ContainsFunc(readings(), func(r Dialect) bool { return r.Name == d.Name })
		if d.Name == "" || d.Title == "" || isReading != (d.Reading != "") {
			t.Errorf("%+v", d)
		}
	}
}

func TestFaultsOfTheEndpointItselfSayNothing(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	err := b.server.store.do(context.Background(), func(t *tx) error { return t.exec("ALTER TABLE link RENAME TO lost") })
	if err != nil {
		t.Fatal(err)
	}
	b.plays(at, []turn{{"createPerson", student("k1", "Ida").xml(), []string{ok}}})
	got := b.post(letter{action: action("readPerson"), body: envelopeOf(credentials(at), request("readPerson", key("k1")))})
	if diff := cmp.Diff([]string{"fault a:InternalServiceFault, HTTP 500"}, got.lines()); diff != "" || strings.Contains(got.body, "link") {
		t.Errorf("%s\n%s", diff, got.body)
	}
	if err := b.server.store.do(context.Background(), func(t *tx) error { return t.exec("ALTER TABLE lost RENAME TO link") }); err != nil {
		t.Fatal(err)
	}
}

// TestCertificateDemanded is about the one deviation that shows over TLS only.
func TestCertificateDemanded(t *testing.T) {
	for _, tc := range []struct {
		deviate []string
		want    []string
	}{{nil, []string{ok}}, {[]string{"certificate-demanded"}, []string{faultOfCredentials}}} {
		b := newBench(t, Options{Deviate: tc.deviate})
		at := b.site(SiteMain)
		c := &call{ctx: context.Background(), server: b.server, bare: true}
		c.enter(b.server.siteNamed(SiteMain))
		body := envelopeOf(credentials(at), request("createPerson", student("k1", "Ida").xml()))
		header := map[string][]string{"Soapaction": {action("createPerson")}}
		root, err := parse(c.behaviour.style.encode(c.answer(header, []byte(body), wire.CombinedPort)))
		if err != nil {
			t.Fatal(err)
		}
		got := received{status: 500, root: root}.lines()
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	}
}
