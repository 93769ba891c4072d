package exchange

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// desk is a control interface that records what it is asked.
type desk struct {
	*httptest.Server
	mu    sync.Mutex
	calls []string
	fails string // calls that contain this fail
	sites []controlSite
}

func newDesk(t *testing.T) *desk {
	t.Helper()
	d := &desk{}
	d.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		call := strings.TrimSpace(r.Method + " " + r.URL.String() + " " + string(body))
		d.mu.Lock()
		d.calls = append(d.calls, call)
		n := len(d.calls)
		d.mu.Unlock()
		switch {
		case r.Header.Get("Authorization") != "Bearer token-of-control":
			w.WriteHeader(http.StatusUnauthorized)
		case d.fails != "" && strings.Contains(call, d.fails):
			http.Error(w, "the desk is closed, token-of-control", http.StatusConflict)
		case r.Method == http.MethodPost:
			_ = json.NewEncoder(w).Encode(map[string]string{"handle": "h" + string(rune('0'+n))})
		default:
			_ = json.NewEncoder(w).Encode(d.sites)
		}
	}))
	t.Cleanup(d.Close)
	return d
}

func (d *desk) attach(s *setting) {
	s.target.Control = &profile.Control{URL: d.URL, Token: profile.NewSecret("token-of-control")}
}

func person(name string) scenario.Given {
	return scenario.Given{Kind: scenario.GivenPerson, Name: name}
}

func TestPersonsAndRelationshipsAreGivenOverTheWire(t *testing.T) {
	p := newPeer(t)
	s := withGiven(story("s/one", step("readPerson", "read.xml")), person("Anna"), person("Berta"), scenario.Given{Kind: scenario.GivenRelationship, Parent: "Anna", Child: "Berta"})
	o := newRig(t, p, nil, s).only(t)
	if o.Error != "" || o.Blocked != nil {
		t.Fatalf("%q, %+v", o.Error, o.Blocked)
	}
	type call struct {
		Operation string
		Keys      []string
	}
	var calls []call
	for _, in := range p.requests("")[:4] {
		calls = append(calls, call{in.Operation, in.Keys})
	}
	want := []call{{"createPerson", []string{annaKey}}, {"createPerson", []string{bertaKey}}, {"updatePerson", []string{annaKey, bertaKey}}, {"readPerson", []string{annaKey}}}
	if diff := cmp.Diff(want, calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	// Two persons of one template do not meet in a user name.
	if diff := cmp.Diff(map[string]string{"Anna": "Anna-" + testToken[:8], "Berta": "Berta-" + testToken[:8]}, o.Unique); diff != "" {
		t.Errorf("unique values (-want +got)\n%s", diff)
	}
	given := o.Exchanges[2]
	if given.Step != stepGiven || given.Given != "the relationship of Anna with Berta" {
		t.Errorf("%+v", given)
	}
}

func TestATemplateMayBeChosenAndEdited(t *testing.T) {
	p := newPeer(t)
	g := scenario.Given{Kind: scenario.GivenPerson, Name: "Anna", Template: "create.xml", Set: []scenario.Assignment{{Path: "pmess:person/common:email", Value: "x@example.org"}}}
	o := newRig(t, p, nil, withGiven(story("s/one", step("readPerson", "read.xml")), g)).only(t)
	if made := p.requests("createPerson"); o.Error != "" || len(made) != 1 || !strings.Contains(made[0].Body, ">x@example.org<") || made[0].Keys[0] != annaKey {
		t.Errorf("%q, %+v", o.Error, made)
	}
}

func TestWhatTheEndpointDoesNotMakeBlocksTheCase(t *testing.T) {
	relationship := scenario.Given{Kind: scenario.GivenRelationship, Parent: "Anna", Child: "Berta"}
	warning := strings.Replace(strings.Replace(soapAnswer("updatePerson", status(true), ""), ">status<", ">warning<", 1), "</b:statusInfo>",
		`<b:description><c:text xmlns:c="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">no such child</c:text></b:description></b:statusInfo>`, 1)
	tests := []struct {
		name   string
		given  scenario.Given
		answer func(http.ResponseWriter, *http.Request)
		want   *evidence.Blocked
	}{
		{"a failure", person("Anna"), answerWith(200, "text/xml", soapAnswer("createPerson", status(false), "")), &evidence.Blocked{Requirement: "PER-CREATE-01", Reason: "the person Anna could not be made: the endpoint answered failure/error: "}},
		{"a fault", person("Anna"), answerWith(500, "text/xml", soapFault("Client", "no")), &evidence.Blocked{Requirement: "PER-CREATE-01", Reason: "the person Anna could not be made: the endpoint answered with the fault Client: no"}},
		{"no status", person("Anna"), answerWith(200, "text/xml", soapAnswer("createPerson", "", "")), &evidence.Blocked{Requirement: "PER-CREATE-01", Reason: "the person Anna could not be made: the endpoint answered without a status (HTTP 200)"}},
		{"a broken connection", person("Anna"), raw(""), &evidence.Blocked{Requirement: "PER-CREATE-01", Reason: "the person Anna could not be made: the connection broke before the answer was complete: EOF"}},
		{"a relationship with a remark", relationship, answerWith(200, "text/xml", warning), &evidence.Blocked{Requirement: "REL-02", Reason: "the relationship of Anna with Berta could not be made: the endpoint answered success/warning: no such child"}},
		{"a person with a remark is made", person("Anna"), answerWith(200, "text/xml", warning), nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = func(w http.ResponseWriter, r *http.Request, in received) bool {
				if in.Operation != "createPerson" && in.Operation != "updatePerson" {
					return false
				}
				test.answer(w, r)
				return true
			}
			r := newRig(t, p, nil, withGiven(story("s/one", scenario.Step{HTTP: scenario.HTTP{Query: "wsdl"}}), test.given))
			o := r.only(t)
			if diff := cmp.Diff(test.want, o.Blocked); diff != "" || o.Error != "" {
				t.Errorf("%q (-want +got)\n%s", o.Error, diff)
			}
			if stepped := len(p.requests("")) > 0 && strings.HasSuffix(p.log[1].URL, "?wsdl"); stepped != (test.want == nil) {
				t.Errorf("a blocked case goes no further: %+v", p.log)
			}
			if residue, err := ledger.Cleanup(t.Context(), r.ledger, r.Executor); len(residue) != 0 || err != nil || len(r.ledger.Open()) != 0 {
				t.Errorf("residue %v, %v; the ledger has %v", residue, err, r.ledger.Open())
			}
		})
	}
}

func TestWhatNoOperationCanMakeIsMadeThroughControl(t *testing.T) {
	p, d := newPeer(t), newDesk(t)
	s := withGiven(story("s/one", step("readPersonsForGroup", "read-group.xml")),
		scenario.Given{Kind: scenario.GivenPerson, Name: "Anna", Control: map[string]string{"origin": "manual", "keyless": "true", "first": "Kim"}},
		scenario.Given{Kind: scenario.GivenPerson, Name: "Berta", Control: map[string]string{"origin": "import", "last": "{key:Berta}"}},
		scenario.Given{Kind: scenario.GivenGroup, Name: "Class", Control: map[string]string{}},
		scenario.Given{Kind: scenario.GivenMembership, Name: "M1", Person: "Berta", Group: "Class", Control: map[string]string{"role": "Learner"}},
		scenario.Given{Kind: scenario.GivenRelationship, Parent: "Berta", Child: "Anna", Control: map[string]string{}})
	s.Identities = append(s.Identities, scenario.Identity{Name: "M1"})
	r := newRig(t, p, d.attach, s)
	o := r.only(t)
	if o.Error != "" || o.Blocked != nil {
		t.Fatalf("%q, %+v", o.Error, o.Blocked)
	}
	tag, objects := "esconform-"+testToken, "/control/sites/main/objects"
	class := "ec" + testToken + "-Class" // fresh, although the site has the anchor
	want := []string{
		`POST ` + objects + ` {"first":"Kim","kind":"person","last":"` + testToken + `","origin":"manual","tag":"` + tag + `"}`,
		`POST ` + objects + ` {"first":"Berta","key":"` + bertaKey + `","kind":"person","last":"` + bertaKey + `","origin":"import","tag":"` + tag + `"}`,
		`POST ` + objects + ` {"key":"` + class + `","kind":"group","tag":"` + tag + `","title":"Class"}`,
		`POST ` + objects + ` {"group":"` + class + `","key":"ec` + testToken + `-M1","kind":"membership","person":"` + bertaKey + `","role":"Learner","tag":"` + tag + `"}`,
		`POST ` + objects + ` {"child":"handle:h1","kind":"relationship","parent":"` + bertaKey + `","tag":"` + tag + `"}`,
		`DELETE ` + objects + `?tag=` + tag,
	}
	if diff := cmp.Diff(want, d.calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if keys := p.requests("readPersonsForGroup")[0].Keys; keys[0] != class {
		t.Errorf("the group is %v", keys)
	}
	if open := r.ledger.Open(); len(open) != 0 {
		t.Errorf("the ledger has %v", open)
	}
}

func TestAnAnchorStandsForWhatControlWouldMake(t *testing.T) {
	p := newPeer(t)
	s := withGiven(story("s/one", step("readPersonsForGroup", "read-group.xml")), scenario.Given{Kind: scenario.GivenGroup, Name: "Class", Control: map[string]string{}})
	o := newRig(t, p, nil, s).only(t)
	if o.Error != "" || o.Keys["Class"] != "anchor-1" || p.requests("readPersonsForGroup")[0].Keys[0] != "anchor-1" {
		t.Errorf("%q, keys %v", o.Error, o.Keys)
	}
}

func TestAFailureOfControlIsOursAndTellsNoToken(t *testing.T) {
	p, d := newPeer(t), newDesk(t)
	d.fails = "POST"
	s := withGiven(story("s/one", step("readPerson", "read.xml")), scenario.Given{Kind: scenario.GivenGroup, Name: "Class", Control: map[string]string{}})
	o := newRig(t, p, d.attach, s).only(t)
	if want := "given the group Class: control POST /control/sites/main/objects: HTTP 409: the desk is closed, [redacted] "; o.Error != want {
		t.Errorf("got  %q\nwant %q", o.Error, want)
	}
}
