package exchange

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// peer is a small endpoint: it keeps keys of persons by user name, and can be made
// wrong on purpose.
type peer struct {
	*httptest.Server
	mu      sync.Mutex
	persons map[string]map[string]bool // user -> keys
	log     []received
	// odd, when set, may answer a request in its own way and say so.
	odd func(w http.ResponseWriter, r *http.Request, in received) bool
	// immortal persons are reported deleted and stay.
	immortal bool
}

// received is a request as the peer saw it.
type received struct {
	Operation string
	User      string
	Keys      []string
	Body      string
	Header    http.Header
	Method    string
	URL       string
}

var (
	identifierText = regexp.MustCompile(`<(?:\w+:)?(?:identifier|firstId|secondId)>\s*([^<]*?)\s*</`)
	usernameText   = regexp.MustCompile(`<wsse:Username>([^<]*)</`)
	operationText  = regexp.MustCompile(`/(\w+)"?$`)
)

func newPeer(t *testing.T) *peer {
	t.Helper()
	p := &peer{persons: map[string]map[string]bool{}}
	p.Server = httptest.NewServer(http.HandlerFunc(p.serve))
	t.Cleanup(p.Close)
	return p
}

func (p *peer) serve(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	in := received{Body: string(body), Header: r.Header, Method: r.Method, URL: r.URL.String()}
	if m := operationText.FindStringSubmatch(r.Header.Get("SOAPAction")); m != nil {
		in.Operation = m[1]
	}
	if m := usernameText.FindStringSubmatch(in.Body); m != nil {
		in.User = m[1]
	}
	for _, m := range identifierText.FindAllStringSubmatch(in.Body, -1) {
		in.Keys = append(in.Keys, m[1])
	}
	p.mu.Lock()
	p.log = append(p.log, in)
	odd := p.odd
	p.mu.Unlock()
	if odd != nil && odd(w, r, in) {
		return
	}
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	io.WriteString(w, p.answer(in))
}

// answer does what an operation does, as far as keys go.
func (p *peer) answer(in received) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.persons[in.User] == nil {
		p.persons[in.User] = map[string]bool{}
	}
	site := p.persons[in.User]
	var statuses, body strings.Builder
	for i, key := range in.Keys {
		known := site[key]
		switch {
		case strings.HasPrefix(in.Operation, "delete"):
			if !p.immortal {
				delete(site, key)
			}
		case strings.HasPrefix(in.Operation, "read"):
			if known {
				fmt.Fprintf(&body, "<person><name>%s</name></person>", key)
			}
		default:
			known = true
			if i == 0 || in.Operation == "createPersons" {
				site[key] = true
			}
		}
		statuses.WriteString(status(known))
	}
	return soapAnswer(in.Operation, statuses.String(), body.String())
}

func status(success bool) string {
	if success {
		return "<b:statusInfo><b:codeMajor>success</b:codeMajor><b:severity>status</b:severity></b:statusInfo>"
	}
	return "<b:statusInfo><b:codeMajor>failure</b:codeMajor><b:severity>error</b:severity></b:statusInfo>"
}

func soapAnswer(operation, statuses, body string) string {
	return `<s:Envelope xmlns:s="` + wire.NSSOAP + `" xmlns:b="` + wire.NSBind + `"><s:Header><b:syncResponseHeaderInfo><b:statusInfoSet>` + statuses +
		`</b:statusInfoSet></b:syncResponseHeaderInfo></s:Header><s:Body><` + operation + `Response xmlns="` + wire.NSPmess + `">` + body + `</` + operation + `Response></s:Body></s:Envelope>`
}

func soapFault(code, text string) string {
	return `<s:Envelope xmlns:s="` + wire.NSSOAP + `"><s:Body><s:Fault><faultcode xmlns:a="` + wire.NSWsse + `">a:` + code + `</faultcode><faultstring>` + text + `</faultstring></s:Fault></s:Body></s:Envelope>`
}

// requests returns what was received for an operation; for "" everything.
func (p *peer) requests(operation string) []received {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []received
	for _, in := range p.log {
		if operation == "" || in.Operation == operation {
			all = append(all, in)
		}
	}
	return all
}

// left returns the keys of a user's persons.
func (p *peer) left(user string) []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Sorted(maps.Keys(p.persons[user]))
}

// The envelopes of the tests. The identities are Anna and Berta.
func files() fstest.MapFS {
	envelope := func(body string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(`<soapenv:Envelope xmlns:soapenv="` + wire.NSSOAP + `" xmlns:ims="` + wire.NSBind + `" xmlns:m="` + wire.NSPmess + `" xmlns:d="` + wire.NSPdata + `" xmlns:c="` + wire.NSCommon + `" xmlns:gm="` + wire.NSGmess + `" xmlns:gd="` + wire.NSGdata + `" xmlns:mm="` + wire.NSMmess + `" xmlns:md="` + wire.NSMdata + `">
  <soapenv:Header>
    <ims:syncRequestHeaderInfo><ims:messageIdentifier>1234567890</ims:messageIdentifier></ims:syncRequestHeaderInfo>
  </soapenv:Header>
  <soapenv:Body>` + body + `</soapenv:Body>
</soapenv:Envelope>
`)}
	}
	person := func(operation, key, extension string) *fstest.MapFile {
		return envelope("<m:" + operation + "Request><m:sourcedId><c:identifier>" + key + "</c:identifier></m:sourcedId><m:person><d:formatName>x</d:formatName><d:userId><c:userIdValue>anna</c:userIdValue></d:userId>" + extension + "</m:person></m:" + operation + "Request>")
	}
	child := func(key string) string {
		return "<d:extension><c:relationship><c:relation>Child</c:relation><c:sourceId><c:identifier>" + key + "</c:identifier></c:sourceId></c:relationship></d:extension>"
	}
	key := func(operation, key string) *fstest.MapFile {
		return envelope("<m:" + operation + "Request><m:sourcedId><c:identifier>" + key + "</c:identifier></m:sourcedId></m:" + operation + "Request>")
	}
	group := func(key, parent string) *fstest.MapFile {
		return envelope("<gm:createGroupRequest><gm:sourcedId><c:identifier>" + key + "</c:identifier></gm:sourcedId><gm:group><gd:relationship><gd:relation>Parent</gd:relation><gd:sourceId><c:identifier>" + parent +
			"</c:identifier></gd:sourceId></gd:relationship><gd:description><gd:descShort>x</gd:descShort></gd:description></gm:group></gm:createGroupRequest>")
	}
	membership := func(key, group, person string) string {
		return "<mm:sourcedId><c:identifier>" + key + "</c:identifier></mm:sourcedId><mm:membership><md:groupSourcedId><c:identifier>" + group + "</c:identifier></md:groupSourcedId><md:member><md:memberSourcedId><c:identifier>" + person +
			"</c:identifier></md:memberSourcedId><md:role><md:roleType>Learner</md:roleType></md:role></md:member></mm:membership>"
	}
	one := func(key, group, person string) *fstest.MapFile {
		return envelope("<mm:createMembershipRequest>" + membership(key, group, person) + "</mm:createMembershipRequest>")
	}
	list := func(operation, space, whose, key string) *fstest.MapFile {
		return envelope("<" + space + ":" + operation + "Request><" + space + ":" + whose + "SourcedId><c:identifier>" + key + "</c:identifier></" + space + ":" + whose + "SourcedId></" + space + ":" + operation + "Request>")
	}
	return fstest.MapFS{
		"create-group.xml":             group("Berta", "Anna"),
		"create-membership.xml":        one("Member", "Berta", "Anna"),
		"create-memberships.xml":       envelope("<mm:createMembershipsRequest><mm:membershipIdPairSet><mm:membershipIdPair>" + membership("Many", "Class", "Anna") + "</mm:membershipIdPair></mm:membershipIdPairSet></mm:createMembershipsRequest>"),
		"create-persons.xml":           envelope("<m:createPersonsRequest><m:personIdPairSet>\n <m:personIdPair><m:sourcedId><c:identifier>Many</c:identifier></m:sourcedId><m:person><d:formatName>x</d:formatName><d:userId><c:userIdValue>many</c:userIdValue></d:userId></m:person></m:personIdPair>\n</m:personIdPairSet></m:createPersonsRequest>"),
		"read-memberships.xml":         list("readMembershipsForPerson", "mm", "person", "Anna"),
		"read-memberships-group.xml":   list("readMembershipsForGroup", "mm", "group", "Berta"),
		"read-groups.xml":              list("readGroupsForPerson", "gm", "person", "Anna"),
		scenario.TemplateGroup:         group("Group", "Parent"),
		scenario.TemplateMembership:    one("Membership", "Group", "Person"),
		"create.xml":                   person("createPerson", "Anna", ""),
		"create-parent.xml":            person("createPerson", "Anna", child("Berta")),
		"create-literal.xml":           person("createPerson", "4711", ""),
		"update-of-stranger.xml":       person("updatePerson", "Anna", child("4711")),
		"read.xml":                     key("readPerson", "Anna"),
		"read-berta.xml":               key("readPerson", "{key:Berta}"),
		"read-literal.xml":             key("readPerson", "4711"),
		"read-capture.xml":             key("readPerson", "{capture:found}"),
		"delete.xml":                   key("deletePerson", "Anna"),
		"change.xml":                   envelope("<m:changePersonIdentifierRequest><m:sourcedId><c:identifier>Anna</c:identifier></m:sourcedId><m:newSourcedId><c:identifier>Berta</c:identifier></m:newSourcedId></m:changePersonIdentifierRequest>"),
		"read-group.xml":               envelope("<m:readPersonsForGroupRequest><m:groupSourcedId><c:identifier>Class</c:identifier></m:groupSourcedId></m:readPersonsForGroupRequest>"),
		"read-all.xml":                 envelope("<m:readAllPersonsRequest><m:PageIndex>1</m:PageIndex><m:PageSize>9</m:PageSize><m:CreatedFrom>{run-start}</m:CreatedFrom><m:OnlyManuallyCreatedUsers>false</m:OnlyManuallyCreatedUsers><m:ConvertFromManual>false</m:ConvertFromManual></m:readAllPersonsRequest>"),
		scenario.TemplatePerson:        person("createPerson", "Person", ""),
		scenario.TemplateRelationship:  person("updatePerson", "Parent", child("Child")),
		"no-header.xml":                {Data: []byte(`<e:Envelope xmlns:e="` + wire.NSSOAP + `"><e:Body><m:readPersonRequest xmlns:m="` + wire.NSPmess + `"/></e:Body></e:Envelope>`)},
		"self-closing-header.xml":      {Data: []byte(`<e:Envelope xmlns:e="` + wire.NSSOAP + `"><e:Header/><e:Body><m:readPersonRequest xmlns:m="` + wire.NSPmess + `"/></e:Body></e:Envelope>`)},
		"self-closing-message-id.xml":  {Data: []byte(`<e:Envelope xmlns:e="` + wire.NSSOAP + `"><e:Header><b:syncRequestHeaderInfo xmlns:b="` + wire.NSBind + `"><b:messageIdentifier /></b:syncRequestHeaderInfo></e:Header><e:Body><m:readPersonRequest xmlns:m="` + wire.NSPmess + `"/></e:Body></e:Envelope>`)},
		"unknown-place-of-the-key.xml": envelope("<m:readPersonRequest><m:odd><c:identifier>4711</c:identifier></m:odd></m:readPersonRequest>"),
	}
}

// lenient is a validator to which everything is valid, unless it is told.
type lenient struct {
	find func(root wire.Name, envelope []byte) []validate.Violation
}

func (l lenient) Validate(root wire.Name, envelope []byte) ([]validate.Violation, error) {
	if l.find == nil {
		return nil, nil
	}
	return l.find(root, envelope), nil
}
func (lenient) Name() string { return "lenient" }
func (lenient) Close() error { return nil }

// rig is an executor with a peer, a plan and a ledger.
type rig struct {
	*Executor
	peer   *peer
	ledger *ledger.Ledger
	plan   plan.Plan
}

// setting is what a test may change before the executor is made.
type setting struct {
	target    profile.Target
	options   Options
	scenarios []scenario.Scenario
	states    []scenario.State
	selection plan.Selection
}

const (
	password      = "Tr0ub4dor&<3>"
	otherPassword = "correct horse battery"
)

func limits() profile.Limits {
	return profile.Limits{Concurrency: 2, StepTimeout: 10 * time.Second, MaxBody: 1 << 20, MaxHeader: 16 << 10, MaxDepth: 64, MaxViolations: 9}
}

// newRig plans the scenarios against the peer.
func newRig(t *testing.T, p *peer, change func(*setting), scenarios ...scenario.Scenario) *rig {
	t.Helper()
	s := &setting{scenarios: scenarios, target: profile.Target{BaseURL: p.URL, Limits: limits(), Sites: []profile.Site{
		{Name: "main", Credentials: profile.Credentials{Username: "user-main", Password: profile.NewSecret(password)}, Anchors: map[string]string{"parentGroup": "anchor-1"}},
		{Name: "other", Credentials: profile.Credentials{Username: "user-other", Password: profile.NewSecret(otherPassword)}},
	}}, states: []scenario.State{
		{Name: "parentPortal", Values: []string{"enabled", "disabled"}, Default: "enabled", Scope: "site"},
		{Name: "parentPortalGlobal", Values: []string{"enabled", "disabled"}, Default: "enabled", Scope: "endpoint"},
	}}
	s.options = Options{Validator: lenient{}, Files: files(), RunToken: "test"}
	if change != nil {
		change(s)
	}
	library := scenario.Library{Scenarios: s.scenarios, States: s.states}
	for i := range library.Scenarios {
		for j := range library.Scenarios[i].Cases {
			library.Scenarios[i].Cases[j].Scenario = &library.Scenarios[i]
		}
	}
	selected, err := plan.Select(s.target, library, s.selection)
	if err != nil {
		t.Fatal(err)
	}
	s.options.Plan = selected
	if s.options.Ledger == nil {
		l, err := ledger.Create(filepath.Join(t.TempDir(), "ledger.jsonl"), ledger.Header{Run: "r", Target: p.URL})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		s.options.Ledger = l
	}
	e, err := New(s.options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close() })
	return &rig{Executor: e, peer: p, ledger: s.options.Ledger, plan: selected}
}

// story makes a scenario of one case.
func story(id string, steps ...scenario.Step) scenario.Scenario {
	identities := []scenario.Identity{{Name: "Anna"}, {Name: "Berta"}, {Name: "Class", Anchor: "parentGroup"}, {Name: "Member"}}
	return scenario.Scenario{ID: id, Identities: identities, Cases: []scenario.Case{{Steps: steps}}}
}

func withGiven(s scenario.Scenario, given ...scenario.Given) scenario.Scenario {
	s.Cases[0].Given = given
	return s
}

func step(operation, file string) scenario.Step {
	return scenario.Step{Operation: operation, Request: file}
}

// execute runs the plan and returns the outcomes by case id.
func (r *rig) execute(t *testing.T, ctx context.Context) (map[string]evidence.Outcome, error) {
	t.Helper()
	outcomes := map[string]evidence.Outcome{}
	err := r.Execute(ctx, func(item plan.Item, o evidence.Outcome) {
		if _, twice := outcomes[item.Case.ID()]; twice {
			t.Errorf("%s was emitted twice", item.Case.ID())
		}
		outcomes[item.Case.ID()] = o
	})
	return outcomes, err
}

// only runs a plan of one case.
func (r *rig) only(t *testing.T) evidence.Outcome {
	t.Helper()
	outcomes, err := r.execute(t, context.Background())
	if err != nil || len(outcomes) != 1 {
		t.Fatalf("%d outcomes, %v", len(outcomes), err)
	}
	for _, o := range outcomes {
		return o
	}
	return evidence.Outcome{}
}
