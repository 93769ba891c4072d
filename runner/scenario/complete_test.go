package scenario_test

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"esconform/runner/scenario"
)

const everything = "imses/person/everything"

// loadComplete loads the scenario of testdata/complete, which uses every key.
func loadComplete(t *testing.T) scenario.Library {
	t.Helper()
	library, err := scenario.Load(t.Context(), os.DirFS("testdata/base"), os.DirFS("testdata/complete"))
	if err != nil {
		t.Fatal(err)
	}
	return library
}

func TestEveryKeyOfTheFormatIsRead(t *testing.T) {
	library := loadComplete(t)
	got, ok := library.Case(everything + "/ada")
	if !ok {
		t.Fatal("the case ada is missing")
	}
	ignore := cmp.Options{cmpopts.IgnoreTypes(scenario.Position{}), cmpopts.IgnoreFields(scenario.Scenario{}, "Cases")}
	if diff := cmp.Diff(completeCase(), got, ignore); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestTheScenarioOfTheLibraryKeepsTitleAndSourceAsWritten(t *testing.T) {
	s, _ := loadComplete(t).Scenario(everything)
	if want := "Everything that a scenario can say, for {case:who}"; s.Title != want {
		t.Errorf("title %q, want %q", s.Title, want)
	}
	if s.Cases[1].Scenario.Title != "Everything that a scenario can say, for Bo" {
		t.Errorf("title of the second case: %q", s.Cases[1].Scenario.Title)
	}
}

func TestExpectationsKnowTheirPlace(t *testing.T) {
	c, _ := loadComplete(t).Case(everything + "/bo")
	want := scenario.Position{File: everything + "/scenario.yaml", Line: 50, Column: 9}
	if got := c.Steps[1].Expect[0].Position; got != want {
		t.Errorf("position %v, want %v", got, want)
	}
}

// completeCase is what testdata/complete says in its first row.
func completeCase() scenario.Case {
	given := []scenario.Given{
		{Kind: scenario.GivenPerson, Name: "Child1", Template: "imses/given/person.xml"},
		{Kind: scenario.GivenPerson, Name: "Parent1", Template: "imses/given/person-minimal.xml",
			Set: []scenario.Assignment{{Path: "pmess:person/common:email", Value: "Ada@example.org"}}},
		{Kind: scenario.GivenPerson, Name: "Manual1", Control: map[string]string{"origin": "manual", "keyless": "true"}},
		{Kind: scenario.GivenGroup, Name: "ClassA", Control: map[string]string{}},
		{Kind: scenario.GivenGroup, Name: "School1", Template: "imses/given/group.xml"},
		{Kind: scenario.GivenGroup, Name: "ClassB", Parent: "School1", Template: "imses/given/group.xml",
			Set: []scenario.Assignment{{Path: "gmess:group/gdata:description/gdata:descShort", Value: "Class of Ada"}}},
		{Kind: scenario.GivenMembership, Name: "M1", Person: "Child1", Group: "ClassA", Control: map[string]string{"role": "Learner"}},
		{Kind: scenario.GivenMembership, Name: "M2", Person: "Child1", Group: "ClassB", Template: "imses/given/membership.xml",
			Set: []scenario.Assignment{{Path: "mmess:membership/mdata:member/mdata:role/mdata:roleType", Value: "Instructor"},
				{Path: "mmess:membership/mdata:member/mdata:idType", Value: "Person"}}},
		{Kind: scenario.GivenMembership, Name: "M3", Person: "Child1", Group: "Root", Template: "imses/given/membership.xml"},
		{Kind: scenario.GivenRelationship, Parent: "Parent1", Child: "Child1", Template: "imses/given/relationship.xml"},
		{Kind: scenario.GivenRelationship, Parent: "Parent1", Child: "Manual1", Control: map[string]string{}},
	}
	return scenario.Case{
		Scenario: &scenario.Scenario{
			ID: everything, Title: "Everything that a scenario can say, for Ada", Source: "A page, its first passage",
			Labels: []string{"all", "keys", "volume"},
			Needs: scenario.Needs{State: map[string]string{"parentPortal": "disabled"}, Switched: map[string]string{"parentPortal": "disabled"},
				Features: []string{"custom-strings", "replayDetection"}, Anchors: []string{"parentGroup"}, Sites: 2, Control: true, TLS: true},
			Given: given,
			Identities: []scenario.Identity{{Name: "Child1"}, {Name: "Parent1"}, {Name: "Manual1"}, {Name: "ClassA", Anchor: "parentGroup"},
				{Name: "School1"}, {Name: "ClassB"}, {Name: "M1"}, {Name: "M2"}, {Name: "M3"}, {Name: "New1"}, {Name: "Long", Length: 65},
				{Name: "Root", Anchor: "rootGroup"}, {Name: "Person", Count: scenario.Number{Volume: true}}, {Name: "Few", Count: scenario.Number{N: 3}}},
			Residue: []string{"a course that stays"}, Exclusive: true, Last: true,
			Volatile: []scenario.Volatile{{File: everything + "/read.response.xml", Path: "bind:messageIdentifier", Reason: "unique to each message"}},
		},
		Name: "ada", Values: map[string]string{"name": "ada", "who": "Ada", "size": "65"},
		Given: given,
		Steps: append([]scenario.Step{{Switch: map[string]string{"parentPortal": "enabled"}}, completeWrite(), completeRead(),
			{Operation: "readPersons", Request: everything + "/read-persons.xml",
				Expect: []scenario.Expectation{{At: "pdata:formatName", Item: 1, Proves: "PER-READ-07", Observe: true}}},
			{Service: "combined", HTTP: scenario.HTTP{Method: "GET", Query: "wsdl"},
				Expect: []scenario.Expectation{{Proves: "REL-02", HTTPStatus: "2xx"}}}}, completeMany()...),
	}
}

func completeMany() []scenario.Step {
	const statuses, keys = "bind:statusInfoSet/bind:statusInfo", "pmess:personIdPairSet/pmess:personIdPair/pmess:sourcedId/common:identifier"
	zero, three := 0, 3
	return []scenario.Step{
		{Operation: "createPersons", Request: everything + "/many.xml", Repeat: scenario.Number{Volume: true}, As: scenario.As{Replay: true},
			Service: "GroupManagementServiceSync",
			Expect: []scenario.Expectation{
				{At: statuses, Proves: "REL-02", Count: &zero, Volume: true},
				{Item: 1, Proves: "REL-07", Text: text("{unique:asel-1} of {volume}")}}},
		{Operation: "deletePersons", Request: everything + "/delete-few.xml", Repeat: scenario.Number{N: 3},
			Expect: []scenario.Expectation{{At: statuses, Proves: "REL-02", Count: &three}}},
		{Operation: "readAllPersons", Request: everything + "/pages.xml", Pages: 100,
			Expect: []scenario.Expectation{
				{At: keys, Proves: "REL-02", Keys: []string{"Person"}},
				{At: keys, Proves: "REL-02", Keys: []string{"Person-1", "Few-3"}}}},
	}
}

func completeWrite() scenario.Step {
	const pair = "pmess:personIdPairSet/pmess:personIdPair/"
	return scenario.Step{
		Operation: "createPersons", Request: "imses/person/common/create.xml", Site: "other", Service: "separate",
		As: scenario.As{Credentials: "other-site", PasswordType: "digest", Nonce: true, Timestamp: "current", MustUnderstand: true},
		HTTP: scenario.HTTP{Method: "POST", Query: "x=1", ContentType: "text/plain", Charset: "utf-16", Action: "-", Quotes: "none",
			Headers: map[string]string{"X-Test": "1"}},
		MessageID: text(""),
		Set: []scenario.Assignment{{Path: pair + "pmess:person/common:email", Value: "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"},
			{Path: pair + "pmess:sourcedId/common:identifier", Value: "{key:Long}"}},
		Remove: []string{pair + "pmess:person/pdata:userId/common:passWord"},
		Mutate: "truncated", SchemaInvalid: "formatName",
		Expect: []scenario.Expectation{
			{Proves: "REL-02", Fault: &scenario.Fault{}},
			{Proves: "REL-02", Fault: &scenario.Fault{Code: "Client"}},
			{Proves: "REL-02", HTTPStatus: "not 200"},
			{Proves: "REL-02", Item: 1, Status: &scenario.Status{CodeMajor: "success", Severity: "warning", CodeMinor: "present", Description: "absent"}},
			{Proves: "REL-02", Item: 2, Status: &scenario.Status{CodeMinorName: "personmanagement", CodeMinorValue: "other"}},
			{Proves: "REL-07", Item: 1, Text: text("'{key:Child1}' and {unique:asel}")},
			{Proves: "PER-OBJ-09", Item: 1, Observe: true},
		},
	}
}

func completeRead() scenario.Step {
	const person, email = "pmess:person", "pmess:person/common:email"
	zero := 0
	return scenario.Step{
		Operation: "readPerson", Request: everything + "/read.xml", As: scenario.As{Credentials: "none"},
		Until: &scenario.Expectation{At: person, Present: true}, Within: 90 * time.Second,
		Expect: []scenario.Expectation{
			{At: email, Capture: "mail"},
			{At: person, Proves: "REL-02", Response: everything + "/read.response.xml", Exact: true, Unordered: []string{"common:email"}},
			{At: person, Proves: "REL-02", Absent: true},
			{At: email, Proves: "REL-02", AbsentOrEmpty: true},
			{At: email, Proves: "REL-02", Equals: text("")},
			{At: email, Proves: "REL-02", Matches: text("Ada[0-9]{2}")},
			{At: email, Proves: "REL-02", SameAs: &scenario.SameAs{Step: 2, At: "."}},
			{At: email, Proves: "REL-02", Count: &zero},
			{Proves: "REL-02", AnyOf: []scenario.Reading{
				{Name: "one", Expect: []scenario.Expectation{{At: person, Present: true}}},
				{Name: "two", Expect: []scenario.Expectation{{At: person, Absent: true}}}}},
			{At: "pmess:person/pdata:formatName", Proves: "PER-READ-07", Observe: true},
		},
	}
}

func text(s string) *string { return &s }
