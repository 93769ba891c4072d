package sandbox

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"esconform/runner/wire"
)

// A story is a fixed sequence of requests that comes to every rule of the
// endpoint. Told to a server with a deviation it must come out differently.
type story struct {
	testing.TB
	server *Server
	clock  time.Time
	lines  []storyLine
	honest []storyLine // how an honest endpoint says it; nil for nobody knows
}

// toldEnough ends a chapter at the first line that differs from the honest one.
type toldEnough struct{}

// A storyLine is one request of a story with its answer.
type storyLine struct {
	title string // operation and number
	reads bool   // the request changes nothing
	said  string // HTTP status, content type and body
}

// made is what a server makes up, which differs from run to run.
var made = regexp.MustCompile(`(>)[a-z.]*[0-9a-f]{8}(<)|(itsla-)[0-9a-f-]{36}|(manual-)[0-9a-f]{32}`)

// A chapter is a part of the story; it is told to a server of its own.
type chapter struct {
	name string
	tell func(*story)
}

// chapters are all parts, those first that differ soonest for most deviations.
var chapters = [...]chapter{
	{"outside", (*story).outside}, {"writes", (*story).writes}, {"replaces", (*story).replaces}, {"relations", (*story).relations},
	{"groups", (*story).groups}, {"batches", (*story).batches}, {"portal", (*story).portal}, {"listing", (*story).listing}, {"texts", (*story).texts},
	{"groupWrites", (*story).groupWrites}, {"groupBatches", (*story).groupBatches}, {"groupKeys", (*story).groupKeys},
	{"organisations", (*story).organisations}, {"courses", (*story).courses},
	{"descriptions", (*story).descriptions}, {"profiles", (*story).profiles},
	{"memberships", (*story).memberships}, {"membershipKeys", (*story).membershipKeys}, {"homes", (*story).homes},
}

// tellChapter tells one chapter and returns its lines and what was reached. With
// the honest lines it stops after the first one that differs.
func tellChapter(t testing.TB, c chapter, o Options, honest []storyLine) (lines []storyLine, reached []string) {
	t.Helper()
	s := &story{TB: t, clock: noon, honest: honest}
	o.Username, o.Password = "u", "p"
	o.Clock = func() time.Time { return s.clock }
	server, err := New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := server.Close(); err != nil {
			t.Error(err)
		}
	}()
	s.server = server
	func() {
		defer func() {
			reason := recover()
			if _, enough := reason.(toldEnough); reason != nil && !enough {
				panic(reason)
			}
		}()
		c.tell(s)
	}()
	for _, at := range server.Sites() {
		reached = append(reached, server.Reached(at.Name)...)
	}
	return s.lines, reached
}

// sends sends a letter; whoever reads only says so.
func (s *story) sends(title string, reads bool, l letter) {
	s.Helper()
	s.clock = s.clock.Add(time.Minute)
	path := l.path
	if path == "" {
		path = wire.ServicePath(wire.CombinedPort)
	}
	r := httptest.NewRequestWithContext(context.Background(), cmp.Or(l.method, http.MethodPost), path, strings.NewReader(l.body))
	r.Header.Set("Content-Type", "text/xml; charset=utf-8")
	r.Header.Set("SOAPAction", l.action)
	w := httptest.NewRecorder()
	said := func() (said string) {
		defer func() {
			if recover() != nil {
				said = "the connection was cut"
			}
		}()
		s.server.Handler().ServeHTTP(w, r)
		return fmt.Sprintf("%d %s %s", w.Code, w.Header(), w.Body)
	}()
	s.lines = append(s.lines, storyLine{fmt.Sprintf("%d %s", len(s.lines)+1, title), reads, made.ReplaceAllString(said, "$1$2$3$4made")})
	if last := len(s.lines) - 1; s.honest != nil && s.lines[last] != s.honest[last] {
		panic(toldEnough{})
	}
}

// calls calls operations of the site main: operation, content, operation, ...
func (s *story) calls(operationsAndContents ...string) {
	s.Helper()
	s.callsAs(Site{Username: "u", Password: "p"}, operationsAndContents...)
}

func (s *story) callsAs(at Site, operationsAndContents ...string) {
	s.Helper()
	for i := 0; i < len(operationsAndContents); i += 2 {
		op := operationsAndContents[i]
		s.sends(op, strings.HasPrefix(op, "read"), letter{action: action(op), body: envelopeOf(syncHeader+credentials(at), request(op, operationsAndContents[i+1]))})
	}
}

func (s *story) other() Site { return s.server.Sites()[1] }

// outside is about everything around the operations.
func (s *story) outside() {
	u := credentials(Site{Username: "u", Password: "p"})
	write := func(key string) string { return request("replacePerson", student(key, "Ida").xml()) }
	plain := userAndPassword("u", ` Type="`+wire.PasswordText+`"`, "p")
	now := s.clock.Sub(noon)
	for _, l := range []struct {
		title, operation string
		letter
	}{
		{"not well-formed", "createPerson", letter{body: "<a>"}},
		{"SOAP 1.2", "createPerson", letter{body: strings.ReplaceAll(envelopeOf(u, request("createPerson", student("o1", "Ida").xml())), wire.NSSOAP, wire.NSSOAP12)}},
		{"two children", "readPerson", letter{body: envelopeOf(u, request("readPerson", key("o"))+request("readPerson", key("o")))}},
		{"mandatory header", "readPerson", letter{body: envelopeOf(u+`<q:x xmlns:q="urn:q" s:mustUnderstand="1"/>`, request("readPerson", key("o")))}},
		{"no identifier", "readPerson", letter{body: envelopeOf(u, request("readPerson", key("o")))}},
		{"long identifier", "readPerson", letter{body: envelopeOf(strings.Replace(syncHeader, "m-1", strings.Repeat("m", 64), 1)+u, request("readPerson", key("o")))}},
		{"unqualified", "createPerson", letter{body: envelopeOf(syncHeader+u, request("createPerson", "<sourcedId><identifier>o2</identifier></sourcedId>"+strings.Replace(student("", "Ida").xml(), identifier("sourcedId", ""), "", 1)))}},
		{"another prefix", "readPerson", letter{body: strings.ReplaceAll(envelopeOf(syncHeader+u, request("readPerson", key("o"))), "pmess", "zz")}},
		{"separate service", "readPerson", letter{path: wire.ServicePath(wire.ServicePerson), body: envelopeOf(syncHeader+u, request("readPerson", key("o")))}},
		{"no credentials", "createPerson", letter{body: envelopeOf(syncHeader, request("createPerson", student("o3", "Ida").xml()))}},
		{"no credentials for all persons", "readAllPersons", letter{body: envelopeOf(syncHeader, request("readAllPersons", page("1", "2")))}},
		{"unknown user", "createPerson", letter{body: envelopeOf(syncHeader+credentials(Site{Username: "x", Password: "p"}), request("createPerson", student("o4", "Ida").xml()))}},
		{"wrong password", "createPerson", letter{body: envelopeOf(syncHeader+credentials(Site{Username: "u", Password: "x"}), request("createPerson", student("o5", "Ida").xml()))}},
		{"untyped password", "readPerson", letter{body: envelopeOf(syncHeader+security("", "", userAndPassword("u", "", "p")), request("readPerson", key("o")))}},
		{"nonce", "readPerson", letter{body: envelopeOf(syncHeader+security("", "", plain+"<o:Nonce>AAAA</o:Nonce>"), request("readPerson", key("o")))}},
		{"nonce and Created", "readPerson", letter{body: envelopeOf(syncHeader+security("", "", plain+"<o:Nonce>AAAA</o:Nonce><u:Created>x</u:Created>"), request("readPerson", key("o")))}},
		{"the same again", "readPerson", letter{body: envelopeOf(syncHeader+security("", "", plain+"<o:Nonce>AAAA</o:Nonce><u:Created>x</u:Created>"), request("readPerson", key("o")))}},
		{"mandatory security", "readPerson", letter{body: envelopeOf(syncHeader+security(` s:mustUnderstand="1"`, "", plain), request("readPerson", key("o")))}},
		{"timestamp", "readPerson", letter{body: envelopeOf(syncHeader+security("", stampOf(now, now+time.Hour), plain), request("readPerson", key("o")))}},
		{"replace", "replacePerson", letter{body: envelopeOf(syncHeader+u, write("o6"))}},
	} {
		l.action = action(l.operation)
		s.sends(l.title, l.operation == "readPerson", l.letter)
	}
	s.sends("no such request", false, letter{action: action("createPerson"), body: envelopeOf(syncHeader+u, request("noSuch", student("o7", "Ida").xml()))})
	s.sends("no quotes", true, letter{action: strings.Trim(action("readPerson"), `"`), body: envelopeOf(syncHeader+u, request("readPerson", key("o")))})
	s.sends("no such action", true, letter{action: action("noSuch"), body: envelopeOf(syncHeader+u, request("readPerson", key("o")))})
	s.sends("control character", false, letter{action: action("createPerson"), body: envelopeOf(syncHeader+u, request("createPerson", "\x01"+student("o8", "Ida").xml()))})
	for _, k := range []string{"o1", "o2", "o3", "o4", "o5", "o8"} {
		s.calls("readPerson", key(k))
	}
	s.callsAs(s.other(), "readPerson", key("o6"), "deletePerson", key("o6"))
	s.calls("readPerson", key("o6"), "deletePersons", keySet("o6", "o9"), "readPerson", key("o6"))
	s.calls("createPerson", student("oa", "Ida").xml(), "createPerson", student("ob", "Ida").xml())
	s.callsAs(s.other(), "createPerson", parent("oc", "oa").xml(), "updatePerson", student("oa", "Vera").xml(), "replacePerson", student("ob", "Vera").xml())
	s.calls("readPersons", keySet("oa", "ob"))
}

// writes is about creating, updating, deleting and changing keys.
func (s *story) writes() {
	s.calls(
		"createPerson", full("w1").xml(), "readPerson", key("w1"), "readPersons", keySet("w1"),
		"createPerson", student("w1", "Wanda").xml(), "readPerson", key("w1"),
		"updatePerson", subject{key: "w1", last: text("Other")}.xml(), "readPerson", key("w1"),
		"updatePerson", subject{key: "w1", email: text("")}.xml(), "readPerson", key("w1"),
		"updatePerson", student("w2", "Ute").xml(), "readPerson", key("w2"),
		"updatePerson", subject{key: "w3", email: text("a@example.org")}.xml(), "readPerson", key("w3"),
		"deletePerson", key("w2"), "readPerson", key("w2"), "deletePerson", key("w2"), "deletePerson", key("w9"), "createPerson", student("w2", "Ute").xml(), "readPerson", key("w2"),
		"deletePerson", key("w2"), "updatePerson", student("w2", "Ute").xml(), "readPerson", key("w2"),
		"createPerson", full("w6").xml(), "readPerson", key("w6"), "changePersonIdentifier", rename("w6", "w7"), "readPerson", key("w6"), "readPerson", key("w7"),
		"createPerson", full("w8").xml(), "deletePerson", key("w8"), "createPerson", student("w8", "Vera").xml(), "readPerson", key("w8"),
		"changePersonIdentifier", rename("w2", "w4"), "readPerson", key("w2"), "readPerson", key("w4"),
		"changePersonIdentifier", rename("w9", "wa"), "changePersonIdentifier", rename("w4", "w1"), "readPersons", keySet("w1", "w4"),
		"createPerson", withRole("w5", "Guest").xml(), "updatePerson", subject{key: "w5", nick: text("g")}.xml(), "readPerson", key("w5"))
}

// texts is about the fields of a person, their limits and their forms.
func (s *story) texts() {
	long := func(n int) string { return strings.Repeat("x", n) }
	for _, p := range []subject{
		{key: "t1", last: text("b"), role: text("Student")}, {key: "t2", first: text("a"), role: text("Student")}, {key: "t3", first: text("a"), last: text("b")},
		{withoutKey: true, first: text("a"), last: text("b"), role: text("Student")},
		{key: "t4", first: text("a"), last: text("b"), role: text("Student"), prefix: text(long(33))},
		{key: "t5", first: text(long(64)), last: text("b"), role: text("Student")},
		{key: "t6", first: text(long(65)), last: text("b"), role: text("Student")},
		{key: "t7", first: text("a"), last: text("b"), role: text("Student"), nick: text(long(33))},
		student("t8"+long(62), "a"), {key: "t9", first: text("a"), last: text("b"), role: text("Student"), withoutFormatName: true},
		{key: "t0", first: text("a"), last: text("b"), role: text("Student"), user: text("u:t0")},
		{key: "ta", first: text("a"), last: text("b"), role: text("Student"), user: text("u:t0")},
		{key: "tb", first: text("a"), last: text("b"), role: text("Student"), bday: text("")},
		{key: "tc", first: text("a"), last: text("b"), role: text("Student"), bday: text("soon")},
		{key: "td", first: text("a"), last: text("b"), role: text("Student"), bday: text("2001-01-31")},
		{key: "te", first: text("a"), last: text("b"), role: text("Student"), numericalRole: true},
		student("tf", "Łś𝄞"), student("tg", "a<&>b"), withRole("th", "Carer"), withRole("ti", "Alumni"), withRole("tj", "System Administrator"), withRole("tk", ""),
	} {
		s.calls("createPerson", p.xml(), "readPerson", key(p.key))
	}
	swapped := strings.Replace(student("tl", "a").xml(), "<d:partName><d:namePartType>First</d:namePartType><d:namePartValue>a</d:namePartValue></d:partName>", "", 1)
	swapped = strings.Replace(swapped, "</d:name>", "<d:partName><d:namePartType>First</d:namePartType><d:namePartValue>a</d:namePartValue></d:partName></d:name>", 1)
	s.calls("createPerson", swapped, "readPerson", key("tl"))
	s.makes(properties{"kind": "person", "key": "tm", "first": "Far", "last": "Away", "external": "true"})
	s.calls("readPerson", key("tm"))
}

// makes makes an object of the site main as the control interface does.
func (s *story) makes(p properties) {
	s.Helper()
	build := map[string]func(*tx, *site, properties) (string, error){
		kindPerson: s.server.makePerson, kindGroup: makeGroup, kindMembership: makeMembership, kindRelationship: makeRelationship}[p["kind"]]
	err := s.server.store.do(context.Background(), func(t *tx) error {
		_, err := build(t, s.server.siteNamed(SiteMain), p)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
}

// replaces is about replacePerson and replacePersons.
func (s *story) replaces() {
	external := full("r2")
	external.fields = append(external.fields, "IsExternalUser=True")
	documented := full("r4")
	documented.gender = nil
	s.calls("createPerson", full("r1").xml(), "replacePerson", student("r1", "Ida").xml(), "readPerson", key("r1"),
		"createPerson", external.xml(), "replacePerson", subject{key: "r2", first: text("Ida"), last: text("Other"), role: text("Student"), mobile: text("1")}.xml(), "readPerson", key("r2"),
		"replacePerson", subject{key: "r3", withoutPerson: true}.xml(), "readPerson", key("r3"),
		"replacePerson", documented.xml(), "readPerson", key("r4"),
		"createPersons", pairs(full("r5"), full("r6")), "readPersons", keySet("r5", "r6"),
		"replacePersons", pairs(subject{key: "r5", first: text("New"), last: text("Name"), role: text("Student")}, student("r6", "New"), student("r7", "New")), "readPersons", keySet("r5", "r6", "r7"))
}

// children makes the persons that are linked in a chapter.
func (s *story) children() {
	s.calls("createPersons", pairs(student("c1", "Nils"), student("c2", "Tove"), student("c4", "Ole")), "readPersons", keySet("c1", "c2", "c4"))
}

// relations is about relationships with the parent portal on.
func (s *story) relations() {
	s.children()
	s.calls("createPerson", parent("p1", "c1", "c3", "c2").xml(), "readPersons", keySet("p1", "c1"), "readPerson", key("p1"),
		"updatePerson", parent("p1", "c4").xml(), "readPerson", key("p1"), "updatePerson", parent("p1", "c1", "p1").xml(), "readPerson", key("p1"),
		"createPerson", parent("p1", "c4").xml(), "readPerson", key("p1"), "createPerson", parent("p1").xml(), "readPerson", key("p1"),
		"updatePerson", parent("p1", "c1").xml(), "readPerson", key("p1"),
		"createPerson", subject{key: "p2", first: text("a"), last: text("b"), role: text("Carer"), relations: []string{"Parent=c1", "Child=c2"}}.xml(), "readPerson", key("p2"),
		"replacePerson", parent("p1", "c2").xml(), "readPerson", key("p1"),
		"replacePerson", student("c2", "Tove").xml(), "readPerson", key("c2"), "readPerson", key("p1"),
		"replacePerson", parent("p1").xml(), "readPerson", key("p1"),
		"createPersons", pairs(parent("p3", "c1", "c2"), parent("p4", "c3"), parent("p5", "c1")), "readPersons", keySet("p3", "p4", "p5"),
		"replacePersons", pairs(parent("p3", "c4"), parent("p5", "c4")), "readPersons", keySet("p3", "p5"),
		"changePersonIdentifier", rename("p3", "p6"), "readPerson", key("p6"))
	withFields := parent("p7", "c1", "c2")
	withFields.fields = []string{"CustomString1=one"}
	s.calls("createPerson", withFields.xml(), "readPerson", key("p7"), "readPersons", keySet("p7"))
}

// groups is about reads of relatives without a key and of groups.
func (s *story) groups() {
	s.children()
	withFields := parent("p7", "c1", "c2")
	withFields.fields = []string{"CustomString1=one"}
	s.calls("createPerson", withFields.xml())
	s.makes(properties{"kind": "person", "first": "No", "last": "Key", "userName": "u:nokey"})
	s.makes(properties{"kind": "person", "key": "p8", "first": "P", "last": "8", "userName": "u:p8"})
	s.makes(properties{"kind": "relationship", "parent": "p8", "child": s.keyless()})
	for _, k := range []string{"p7", "p8", "c1"} {
		s.group("g1", k)
	}
	s.group("g2", "")
	s.calls("readPerson", key("p8"), "readPersonsForGroup", identifier("groupSourcedId", "g1"),
		"readPersonsForGroup", identifier("groupSourcedId", "g2"), "readPersonsForGroup", identifier("groupSourcedId", "g9"))
}

// keyless returns the handle of the last person without a key.
func (s *story) keyless() string {
	var id int64
	err := s.server.store.do(context.Background(), func(t *tx) error {
		_, err := t.row([]any{&id}, "SELECT max(id) FROM person WHERE key IS NULL")
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return handlePrefix + handleOf(kindPerson, id)
}

// group puts a person into a group, which is made when it is new.
func (s *story) group(group, person string) {
	err := s.server.store.do(context.Background(), func(t *tx) error {
		_, known, err := t.groupByKey(s.server.siteNamed(SiteMain).id, group)
		if err == nil && !known {
			_, err = makeGroup(t, s.server.siteNamed(SiteMain), properties{"kind": "group", "key": group})
		}
		if err == nil && person != "" {
			_, err = makeMembership(t, s.server.siteNamed(SiteMain), properties{"person": person, "group": group})
		}
		return err
	})
	// A deviation may have lost the person.
	if err != nil && !strings.Contains(err.Error(), "there is no person") {
		s.Fatal(err)
	}
}

// portal is about the parent portal switched off, by each of its switches.
func (s *story) portal() {
	s.children()
	s.calls("createPerson", parent("q1", "c1").xml(), "readPerson", key("q1"))
	for _, sw := range []struct {
		scope, state string
		at           *site
		parent       string
	}{{ScopeSite, StateParentPortal, s.server.siteNamed(SiteMain), "q2"}, {ScopeEndpoint, StateParentPortalGlobal, s.server.endpoint, "q3"}} {
		s.switches(sw.at, sw.scope, sw.state, stateDisabled)
		s.calls("readPerson", key("q1"), "createPerson", parent(sw.parent, "c1").xml(), "readPerson", key(sw.parent))
		s.switches(sw.at, sw.scope, sw.state, stateEnabled)
		s.calls("readPerson", key(sw.parent))
	}
}

func (s *story) switches(at *site, scope, name, value string) {
	if _, err := s.server.switchStates(context.Background(), at, scope, map[string]string{name: value}); err != nil {
		s.Fatal(err)
	}
}

// batches is about plural operations with good and bad items.
func (s *story) batches() {
	s.calls("createPersons", pairs(subject{key: "b2", first: text("B")}, student("b8", "X")), "createPersons", pairs(student("b1", "A"), subject{key: "b2", first: text("B")}, student("b3", "C")), "readPersons", keySet("b1", "b2", "b3"),
		"createPersons", pairs(student("b1", "AA"), student("b4", "D")), "readPersons", keySet("b1", "b4", "b3"),
		"updatePersons", pairs(subject{key: "b1", nick: text("n")}, subject{key: "b9"}, student("b5", "E"), full("b6")), "readPersons", keySet("b1", "b5"),
		"updatePersons", pairs(subject{key: "b6", last: text("F")}, subject{key: "b1", nick: text("m")}), "readPersons", keySet("b6"),
		"changePersonsIdentifier", renames("b1", "b7", "b9", "b8"), "readPersons", keySet("b1", "b7"), "changePersonsIdentifier", renames("b7", "b1", "b1", "b7", "b3", "b0"), "readPersons", keySet("b7", "b3", "b0"),
		"deletePersons", keySet("b7", "b9", "b4"), "readPersons", keySet("b7", "b4"), "deletePersons", keySet("b4", "b5"), "readPersons", keySet("b7", "b4", "b5", "b6"))
}

// listing is about readAllPersons.
func (s *story) listing() {
	s.children()
	s.calls("createPerson", student("r1", "Ida").xml())
	at := s.clock.Add(30 * time.Second).Format(time.RFC3339)
	for i, p := range []properties{{"first": "M1", "origin": "manual"}, {"first": "M2", "origin": "manual"}, {"key": "l3", "first": "M3", "origin": "manual"}, {"key": "l4", "first": "M4"}} {
		p["kind"], p["last"], p["userName"] = "person", "X", fmt.Sprintf("u:l%d", i)
		p["createdAt"] = s.clock.Add(time.Minute).Format(time.RFC3339)
		s.makes(p)
	}
	from, manual, convert := "CreatedFrom="+at, "OnlyManuallyCreatedUsers=true", "ConvertFromManual=true"
	s.calls("createPerson", parent("l5", "c1", "c2").xml(), "readAllPersons", page("1", "2"), "readAllPersons", page("2", "2", from),
		"readAllPersons", page("1", "50", from), "readAllPersons", page("1", "50", from, "onlyManuallyCreatedUsers=true"), "readAllPersons", page("9", "50", from),
		"readAllPersons", page("1", "50", from, "OnlyManuallyCreatedUsers=nil", "ConvertFromManual=nil"),
		"readAllPersons", page("1", "50", from, manual), "readAllPersons", page("1", "50", from, convert), "readAllPersons", page("1", "50", from, manual),
		"replacePerson", student("r1", "Ida").xml(), "readAllPersons", page("1", "50", from, "OnlyManuallyCreatedUsers=false"),
		"readAllPersons", page("1", "1", from, manual, convert), "readAllPersons", page("1", "50", from, manual),
		"updatePerson", student("l3", "M3").xml(), "readAllPersons", page("1", "50", from, manual))
}
