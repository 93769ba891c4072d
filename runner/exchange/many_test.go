package exchange

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/plan"
	"esconform/runner/scenario"
)

// many is a scenario about as many objects as --volume says.
func many(steps ...scenario.Step) scenario.Scenario {
	s := story("s/one", steps...)
	s.Labels = []string{scenario.LabelVolume}
	s.Identities = append(s.Identities, scenario.Identity{Name: "Many", Count: scenario.Number{Volume: true}})
	return s
}

func ofVolume(n int) func(*setting) {
	return func(s *setting) { s.selection = plan.Selection{Volume: n} }
}

func manyKeys(n int) []string {
	var all []string
	for i := range n {
		all = append(all, "ec"+testToken+"-Many-"+strconv.Itoa(i+1))
	}
	return all
}

func repeated(operation, file string) scenario.Step {
	s := step(operation, file)
	s.Repeat = scenario.Number{Volume: true}
	return s
}

func TestARepeatedItemNamesTheNextObjectEachTime(t *testing.T) {
	p := newPeer(t)
	o := newRig(t, p, ofVolume(3), many(repeated("createPersons", "create-persons.xml"))).only(t)
	sent := p.requests("createPersons")
	if o.Error != "" || len(sent) != 1 {
		t.Fatalf("%q, %d requests", o.Error, len(sent))
	}
	if diff := cmp.Diff(manyKeys(3), sent[0].Keys); diff != "" {
		t.Errorf("keys (-want +got)\n%s", diff)
	}
	items := 0
	for _, part := range strings.SplitAfter(sent[0].Body, "</m:personIdPair>") {
		if strings.Contains(part, "<m:personIdPair>") {
			items++
			if name := fmt.Sprintf("<c:userIdValue>many-%d-%s<", items, testToken[:8]); !strings.Contains(part, name) {
				t.Errorf("item %d has no %s:\n%s", items, name, part)
			}
		}
	}
	if items != 3 || strings.Count(sent[0].Body, "<m:personIdPairSet>") != 1 {
		t.Errorf("%d items in\n%s", items, sent[0].Body)
	}
	want := map[string]string{"many-1": "many-1-" + testToken[:8], "many-2": "many-2-" + testToken[:8], "many-3": "many-3-" + testToken[:8]}
	if diff := cmp.Diff(want, o.Unique); diff != "" {
		t.Errorf("unique values (-want +got)\n%s", diff)
	}
}

func TestIdentitiesWithoutACountStayTheSameInEveryItem(t *testing.T) {
	p := newPeer(t)
	s := repeated("createMemberships", "create-memberships.xml")
	if o := newRig(t, p, ofVolume(2), many(s)).only(t); o.Error != "" {
		t.Fatal(o.Error)
	}
	want := []string{manyKeys(2)[0], "anchor-1", annaKey, manyKeys(2)[1], "anchor-1", annaKey}
	if diff := cmp.Diff(want, p.requests("createMemberships")[0].Keys); diff != "" {
		t.Errorf("keys (-want +got)\n%s", diff)
	}
}

func TestAKeyThatIsNotCountedMayBeSentManyTimes(t *testing.T) {
	p := newPeer(t)
	s := step("createPersons", "create-persons.xml")
	s.Repeat = scenario.Number{N: 4}
	s.Set = []scenario.Assignment{{Path: "pmess:personIdPairSet/pmess:personIdPair/pmess:sourcedId/common:identifier", Value: "Anna"}}
	if o := newRig(t, p, nil, story("s/one", s)).only(t); o.Error != "" {
		t.Fatal(o.Error)
	}
	if diff := cmp.Diff([]string{annaKey, annaKey, annaKey, annaKey}, p.requests("createPersons")[0].Keys); diff != "" {
		t.Errorf("keys (-want +got)\n%s", diff)
	}
}

func TestManyObjectsAreRemovedInBatches(t *testing.T) {
	p := newPeer(t)
	n := removeBatch + 1
	r := newRig(t, p, ofVolume(n), many(repeated("createPersons", "create-persons.xml")))
	if o := r.only(t); o.Error != "" {
		t.Fatal(o.Error)
	}
	var sizes []int
	for _, in := range p.requests("deletePersons") {
		sizes = append(sizes, len(in.Keys))
	}
	if diff := cmp.Diff([]int{removeBatch + 1, 2}, sizes); diff != "" {
		t.Errorf("keys of each deletion (-want +got)\n%s", diff)
	}
	if left := p.left("user-main"); len(left) != 0 || len(r.ledger.Open()) != 0 {
		t.Errorf("%d left at the endpoint, %d in the ledger", len(left), len(r.ledger.Open()))
	}
}

// paging answers readAllPersons with pages of persons, and promises a number.
func paging(persons, promised int, log *[]string) func(http.ResponseWriter, *http.Request, received) bool {
	return func(w http.ResponseWriter, _ *http.Request, in received) bool {
		if in.Operation != "readAllPersons" {
			return false
		}
		value := func(name string) int {
			_, rest, _ := strings.Cut(in.Body, "<m:"+name+">")
			text, _, _ := strings.Cut(rest, "<")
			n, _ := strconv.Atoi(text)
			return n
		}
		index, size := value("PageIndex"), value("PageSize")
		*log = append(*log, fmt.Sprintf("%d of %d", index, size))
		var items []string
		for i := (index - 1) * size; i < min(index*size, persons); i++ {
			items = append(items, pair(manyKeys(persons)[i], "Many", "Own"))
		}
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		fmt.Fprint(w, soapAnswer("readAllPersons", status(true), "<personIdPairSet>"+strings.Join(items, "")+"</personIdPairSet><virtualCount>"+strconv.Itoa(promised)+"</virtualCount>"))
		return true
	}
}

func TestPagesAreReadUntilAllThatIsPromisedWasAskedFor(t *testing.T) {
	tests := []struct {
		name     string
		persons  int
		promised int
		want     []string
	}{
		{"the last page is full", 4, 4, []string{"1 of 2", "2 of 2"}},
		{"the last page is not full", 5, 5, []string{"1 of 2", "2 of 2", "3 of 2"}},
		{"nobody", 0, 0, []string{"1 of 2"}},
		{"more is promised than there is", 2, 1_000_000, []string{"1 of 2", "2 of 2"}},
		{"less is promised than there is", 5, 3, []string{"1 of 2", "2 of 2"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			var calls []string
			p.odd = paging(test.persons, test.promised, &calls)
			s := step("readAllPersons", "read-all.xml")
			s.Pages = 2
			o := newRig(t, p, ofVolume(5), many(s)).only(t)
			if diff := cmp.Diff(test.want, calls); diff != "" || o.Error != "" {
				t.Errorf("%q (-want +got)\n%s", o.Error, diff)
			}
			for i, x := range o.Exchanges {
				if x.Page != i+1 || x.Step != 0 {
					t.Errorf("exchange %d is page %d of step %d", i, x.Page, x.Step)
				}
			}
		})
	}
}

func TestAReplayedHeaderIsTheOneOfTheStepBefore(t *testing.T) {
	p := newPeer(t)
	first, again := step("readPerson", "read.xml"), step("readPerson", "read.xml")
	first.As = scenario.As{Nonce: true, PasswordType: "digest"}
	again.As = scenario.As{Replay: true}
	o := newRig(t, p, nil, story("s/one", first, again)).only(t)
	sent := p.requests("readPerson")
	if o.Error != "" || len(sent) != 2 {
		t.Fatalf("%q, %d requests", o.Error, len(sent))
	}
	header := func(body []byte) string { return securityText.FindString(string(body)) }
	if a, b := header([]byte(sent[0].Body)), header([]byte(sent[1].Body)); a != b || !strings.Contains(a, "<wsse:Nonce") {
		t.Errorf("first\n%s\nthen\n%s", a, b)
	}
	if sent[0].Body == sent[1].Body {
		t.Error("the messageIdentifier was replayed, too")
	}
	if recorded := header(o.Exchanges[1].Request); strings.Contains(recorded, "Digest\">") && !strings.Contains(recorded, redacted) {
		t.Errorf("the replay is recorded with its secrets: %s", recorded)
	}
	if o := newRig(t, newPeer(t), nil, story("s/one", again)).only(t); !strings.Contains(o.Error, "no step before") {
		t.Errorf("without a step before: %q", o.Error)
	}
}

func TestAStepIsSentToTheServiceThatItNames(t *testing.T) {
	wsdl := func(service string) scenario.Step {
		return scenario.Step{Service: service, HTTP: scenario.HTTP{Method: "GET", Query: "wsdl"}}
	}
	p := newPeer(t)
	o := newRig(t, p, nil, story("s/one", wsdl("GroupManagementServiceSync"), wsdl("combined"), wsdl("separate"),
		scenario.Step{Operation: "readPerson", Request: "read.xml", Service: "MembershipManagementServiceSync"})).only(t)
	var urls []string
	for _, in := range p.requests("") {
		urls = append(urls, in.Method+" "+in.URL)
		if in.Method == "GET" && (in.Body != "" || in.User != "" || in.Header.Get("SOAPAction") != "") {
			t.Errorf("a bare request holds more than a request line: %+v", in)
		}
	}
	want := []string{"GET /WCFServiceLibrary/GroupManagementServiceSync.svc?wsdl", "GET /WCFServiceLibrary/ImsEnterpriseServicesPort.svc?wsdl",
		"GET /WCFServiceLibrary/PersonManagementServiceSync.svc?wsdl", "POST /WCFServiceLibrary/MembershipManagementServiceSync.svc"}
	if diff := cmp.Diff(want, urls); diff != "" || o.Error != "" {
		t.Errorf("%q (-want +got)\n%s", o.Error, diff)
	}
}
