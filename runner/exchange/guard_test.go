package exchange

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// refusedOrSent runs one step; a refusal must happen before anything is sent.
func refusedOrSent(t *testing.T, change func(*setting), s scenario.Scenario) evidence.Outcome {
	t.Helper()
	p := newPeer(t)
	o := newRig(t, p, change, s).only(t)
	if refused := strings.Contains(o.Error, "refused before it was sent"); refused && len(p.requests("")) > 0 {
		t.Errorf("something was sent: %+v", p.requests(""))
	} else if !refused && o.Error != "" {
		t.Errorf("error %s", o.Error)
	} else if !refused && len(p.requests("")) == 0 {
		t.Error("nothing was sent")
	}
	return o
}

func TestTheGuardRailRefusesWhatIsNotTheRuns(t *testing.T) {
	set := func(s scenario.Step, path, value string) scenario.Step {
		s.Set = []scenario.Assignment{{Path: path, Value: value}}
		return s
	}
	key := "pmess:sourcedId/common:identifier"
	deleting := step("readPerson", "read-literal.xml")
	deleting.HTTP.Action = "http://www.imsglobal.org/soap/pms/deletePerson"
	disguised := step("readPerson", "create-literal.xml")
	anchoredByAction := set(step("readPerson", "read.xml"), key, "Class")
	anchoredByAction.HTTP.Action = "http://www.imsglobal.org/soap/pms/deletePerson"
	emptyByAction := set(step("createPerson", "create.xml"), key, "")
	emptyByAction.HTTP.Action = "http://www.imsglobal.org/soap/pms/deletePerson"
	withHeader := func(name string) scenario.Step {
		s := step("readPerson", "read.xml")
		s.HTTP.Headers = map[string]string{name: "x"}
		return s
	}
	tests := []struct {
		name string
		step scenario.Step
		want string // empty: it passes
	}{
		{"a write to a key of the run", step("createPerson", "create.xml"), ""},
		{"a write to a literal key", step("createPerson", "create-literal.xml"), `it would write to "4711", which is no key of this run, at /soap:Envelope/soap:Body/pmess:createPersonRequest/pmess:sourcedId/common:identifier`},
		{"a write to an anchor", set(step("deletePerson", "delete.xml"), key, "Class"), "it would write to an anchor, at "},
		{"a change to a key that is not the run's", set(step("changePersonIdentifier", "change.xml"), "pmess:newSourcedId/common:identifier", "4711"), `it would write to "4711"`},
		{"a change to a key of the run", step("changePersonIdentifier", "change.xml"), ""},
		{"a reference to a key of the run", step("createPerson", "create-parent.xml"), ""},
		{"a reference to an anchor", set(step("createPerson", "create-parent.xml"), "pmess:person/pdata:extension/common:relationship/common:sourceId/common:identifier", "Class"), ""},
		{"a reference to a stranger", step("updatePerson", "update-of-stranger.xml"), `it names "4711", which is neither a key of this run nor an anchor`},
		{"a read of a key of the run", step("readPerson", "read.xml"), ""},
		{"a read of an anchor", set(step("readPerson", "read.xml"), key, "Class"), ""},
		{"a read of a stranger", step("readPerson", "read-literal.xml"), `it names "4711"`},
		{"a creation with an empty key", set(step("createPerson", "create.xml"), key, ""), ""},
		{"a read with an empty key", set(step("readPerson", "read.xml"), key, ""), ""},
		{"a reference with an empty key", set(step("updatePerson", "update-of-stranger.xml"), "pmess:person/pdata:extension/common:relationship/common:sourceId/common:identifier", ""), ""},
		{"a deletion with an empty key", set(step("deletePerson", "delete.xml"), key, ""), "it would change or delete what has no key, at "},
		{"a deletion with a blank key", set(step("deletePerson", "delete.xml"), key, " "), "it would change or delete what has no key, at "},
		{"a change from an empty key", set(step("changePersonIdentifier", "change.xml"), key, ""), "it would change or delete what has no key, at "},
		{"an update with an empty key", set(step("updatePerson", "update-of-stranger.xml"), key, ""), "it would change or delete what has no key, at "},
		{"a creation with an empty key that says delete in its action", emptyByAction, "it would change or delete what has no key, at "},
		{"another SOAPAction among the headers", withHeader("soapaction"), "it sets the header SOAPAction"},
		{"another Content-Type among the headers", withHeader("content-type"), "it sets the header Content-Type"},
		{"another Host among the headers", withHeader("HOST"), "it sets the header Host"},
		{"a key with something around it", set(step("createPerson", "create.xml"), key, "{key:Anna}-more"), "it would write to "},
		{"an identifier at an odd place", step("readPerson", "unknown-place-of-the-key.xml"), `it names "4711"`},
		{"a read that says delete in its action", deleting, `it would write to "4711"`},
		{"a read of an anchor that says delete in its action", anchoredByAction, "it would write to an anchor"},
		{"a write that is declared a read", disguised, `it would write to "4711"`},
		{"an identity that does not exist", set(step("readPerson", "read.xml"), key, "{key:Nobody}"), "the request names {key:Nobody}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			o := newRig(t, p, nil, story("s/one", test.step)).only(t)
			if test.want == "" {
				if o.Error != "" || len(p.requests("")) == 0 {
					t.Errorf("it did not pass: %s", o.Error)
				}
				return
			}
			if !strings.Contains(o.Error, test.want) || len(p.requests("")) != 0 {
				t.Errorf("error %q, want %q; %d requests were sent", o.Error, test.want, len(p.requests("")))
			}
		})
	}
}

func TestReadOnlyRefusesEveryWrite(t *testing.T) {
	readOnly := func(s *setting) { s.options.ReadOnly = true }
	tests := []struct {
		name string
		s    scenario.Scenario
		want string
	}{
		{"a read", story("s/one", step("readPerson", "read.xml")), ""},
		{"a write", story("s/one", step("createPerson", "create.xml")), "step 1: refused before it was sent: createPerson writes, and the run is read-only"},
		{"a bare GET", story("s/one", scenario.Step{}), ""},
		{"a bare OPTIONS", story("s/one", scenario.Step{HTTP: scenario.HTTP{Method: "OPTIONS"}}), ""},
		{"a bare POST", story("s/one", scenario.Step{HTTP: scenario.HTTP{Method: "POST"}}), "step 1: refused before it was sent: the method POST may write, and the run is read-only"},
		{"a bare DELETE", story("s/one", scenario.Step{HTTP: scenario.HTTP{Method: "DELETE"}}), "step 1: refused before it was sent: the method DELETE may write, and the run is read-only"},
		{"something given", withGiven(story("s/one", step("readPerson", "read.xml")), scenario.Given{Kind: scenario.GivenPerson, Name: "Anna"}), "given the person Anna: refused before it was sent: createPerson writes, and the run is read-only"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if o := refusedOrSent(t, readOnly, test.s); o.Error != test.want {
				t.Errorf("error %q, want %q", o.Error, test.want)
			}
		})
	}
}

func TestReadAllPersonsIsBoundedOffTheSandbox(t *testing.T) {
	set := func(path, value string) scenario.Scenario {
		s := step("readAllPersons", "read-all.xml")
		if path != "" {
			s.Set = []scenario.Assignment{{Path: path, Value: value}}
		}
		return story("s/one", s)
	}
	sandbox := func(s *setting) {
		s.target.Control = &profile.Control{URL: "http://127.0.0.1:1", Token: profile.NewSecret("token-of-control")}
	}
	convert := "ConvertFromManual would change persons that are not the run's"
	bound := "readAllPersons would list persons that are not the run's"
	tests := []struct {
		name   string
		change func(*setting)
		s      scenario.Scenario
		want   string
	}{
		{"from the start of the run", nil, set("", ""), ""},
		{"from long ago", nil, set("pmess:CreatedFrom", "1990-01-01T00:00:00Z"), bound},
		{"without a bound", nil, set("pmess:CreatedFrom", ""), bound},
		{"with a conversion", nil, set("pmess:ConvertFromManual", "true"), convert},
		{"with a conversion written 1", nil, set("pmess:ConvertFromManual", " 1 "), convert},
		{"from long ago, on the sandbox", sandbox, set("pmess:CreatedFrom", "1990-01-01T00:00:00Z"), ""},
		{"with a conversion, on the sandbox", sandbox, set("pmess:ConvertFromManual", "true"), ""},
		{"with a conversion, on the sandbox, read-only", func(s *setting) { sandbox(s); s.options.ReadOnly = true }, set("pmess:ConvertFromManual", "true"), "readAllPersons writes, and the run is read-only"},
		{"a plain one, read-only", func(s *setting) { s.options.ReadOnly = true }, set("", ""), ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			o := refusedOrSent(t, test.change, test.s)
			if (test.want == "") != (o.Error == "") || !strings.Contains(o.Error, test.want) {
				t.Errorf("error %q, want %q", o.Error, test.want)
			}
		})
	}
}

func TestAWriteStoresItsTargetsNewKeysAndReferencesOfOurs(t *testing.T) {
	for _, test := range []struct {
		step scenario.Step
		want []stored
	}{
		{step("createPerson", "create-parent.xml"), []stored{{ledger.Person, annaKey}, {ledger.Person, bertaKey}}},
		{step("changePersonIdentifier", "change.xml"), []stored{{ledger.Person, annaKey}, {ledger.Person, bertaKey}}},
		{step("deletePerson", "delete.xml"), []stored{{ledger.Person, annaKey}}},
		{step("createMembership", "create-membership.xml"), []stored{{ledger.Membership, memberKey}, {ledger.Group, bertaKey}, {ledger.Person, annaKey}}},
		{step("createGroup", "create-group.xml"), []stored{{ledger.Group, bertaKey}, {ledger.Group, annaKey}}},
		{step("readMembershipsForPerson", "read-memberships.xml"), nil},
		{step("readPerson", "read.xml"), nil},
	} {
		r := newRig(t, newPeer(t), nil, story("s/one", test.step))
		c, err := r.newCase(r.plan.Items[0], 1)
		if err != nil {
			t.Fatal(err)
		}
		o, err := c.build(test.step)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(test.want, o.stores, cmp.AllowUnexported(stored{})); diff != "" {
			t.Errorf("%s (-want +got)\n%s", test.step.Operation, diff)
		}
	}
}

// On the sandbox nobody is harmed.
func TestTheSandboxMayBeAskedToDeleteByAnEmptyKey(t *testing.T) {
	s := step("deletePerson", "delete.xml")
	s.Set = []scenario.Assignment{{Path: "pmess:sourcedId/common:identifier", Value: ""}}
	refusedOrSent(t, func(s *setting) {
		s.target.Control = &profile.Control{URL: "http://127.0.0.1:1", Token: profile.NewSecret("token-of-control")}
	}, story("s/one", s))
}

func TestKeysThatCouldMeetAreRefused(t *testing.T) {
	long := strings.Repeat("n", 60)
	tests := []struct {
		name       string
		identities []scenario.Identity
		want       string // empty: they pass
	}{
		{"a key without the whole token", []scenario.Identity{{Name: "Anna"}, {Name: "Short", Length: 19}}, "a key of 19 characters for Short would not be unique to the run; it needs 20"},
		{"a key with it", []scenario.Identity{{Name: "Anna"}, {Name: "Short", Length: 20}}, ""},
		{"names that begin in the same way, cut short", []scenario.Identity{{Name: "Anna", Length: 20}, {Name: "Arne", Length: 20}}, "the identities Anna and Arne would have the same key ec" + testToken + "-A"},
		{"long names that begin in the same way", []scenario.Identity{{Name: "Anna"}, {Name: long + "1"}, {Name: long + "2"}}, "would have the same key"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			s := story("s/one", scenario.Step{})
			s.Identities = test.identities
			o := newRig(t, p, nil, s).only(t)
			if !strings.Contains(o.Error, test.want) || (test.want == "") != (len(p.requests("")) == 1) {
				t.Errorf("error %q, %d requests", o.Error, len(p.requests("")))
			}
		})
	}
}
