package judge

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"esconform/reports"
	"esconform/runner/scenario"
)

// claimPaths judges a readPerson whose answer differs from the documented one in
// the email and in the second relationship, and returns where findings are.
func claimPaths(t *testing.T, in Input) []string {
	t.Helper()
	var got []string
	for _, f := range judged(t, in).Findings {
		got = append(got, string(f.Weight)+" "+f.Path)
	}
	return got
}

func TestResponseLeavesPartsToOtherExpectations(t *testing.T) {
	changed := strings.NewReplacer("anna@example.org", "other@example.org", "ec01-Child1", "Child1").Replace(person)
	email := "failure " + personPath + "/common:email"
	link := "failure " + extensionPath + "/common:relationship[2]/common:sourceId/common:identifier"
	whole := scenario.Expectation{At: "pmess:person", Response: responseFile, Unordered: []string{"pdata:extension/common:relationship"}}
	exactly := scenario.Expectation{At: "pmess:person", Response: responseFile, Unordered: whole.Unordered, Exact: true}
	at := func(path string, e scenario.Expectation) scenario.Expectation { e.At = path; return e }
	identifier := "pmess:person/pdata:extension/common:relationship/common:sourceId/common:identifier"
	tests := []struct {
		name     string
		others   []scenario.Expectation
		exact    bool
		volatile []scenario.Volatile
		body     string
		want     []string
	}{
		{name: "alone", want: []string{email}},
		{name: "value demanded elsewhere", others: []scenario.Expectation{at("pmess:person/common:email", scenario.Expectation{Equals: str("other@example.org")})}, want: []string{link}},
		{name: "observing takes nothing over", others: []scenario.Expectation{at("pmess:person/common:email", scenario.Expectation{Observe: true})}, want: []string{email}},
		{name: "capturing takes nothing over", others: []scenario.Expectation{at("pmess:person/common:email", scenario.Expectation{Capture: "mail"})}, want: []string{email}},
		{name: "value of the reading that holds", others: []scenario.Expectation{{AnyOf: []scenario.Reading{
			{Name: "a", Expect: []scenario.Expectation{at("pmess:person/common:email", scenario.Expectation{Absent: true})}},
			{Name: "b", Expect: []scenario.Expectation{at("pmess:person/common:email", scenario.Expectation{Equals: str("other@example.org")})}}}}}, want: []string{link}},
		{name: "value of a reading that does not hold", others: []scenario.Expectation{{AnyOf: []scenario.Reading{
			{Name: "a", Expect: []scenario.Expectation{at("pmess:person/common:email", scenario.Expectation{Absent: true})}},
			{Name: "b", Expect: []scenario.Expectation{at("pmess:person/pdata:photo", scenario.Expectation{Absent: true})}}}}}, want: []string{email}},
		{name: "presence takes nothing over", others: []scenario.Expectation{at("pmess:person/common:email", scenario.Expectation{Present: true})}, want: []string{email}},
		{name: "number takes nothing over", others: []scenario.Expectation{at(identifier, scenario.Expectation{Count: num(2)})}, want: []string{email}},
		{name: "all differences claimed", others: []scenario.Expectation{
			at("pmess:person/common:email", scenario.Expectation{Matches: str(".*")}), at(identifier, scenario.Expectation{Matches: str(".*")})}},
		{name: "claimed above takes nothing over below", others: []scenario.Expectation{at("pmess:person/common:email", scenario.Expectation{Matches: str(".*")}),
			at("pmess:person/pdata:extension", scenario.Expectation{Response: responseFile, Unordered: []string{"common:relationship"}})},
			want: []string{link}},
		{name: "volatile", volatile: []scenario.Volatile{{File: responseFile, Path: "pmess:person/common:email"}}, want: []string{link}},
		{name: "volatile of another file", volatile: []scenario.Volatile{{File: "other.xml", Path: "pmess:person/common:email"}}, want: []string{email}},
		{name: "exact refuses more", exact: true, body: strings.Replace(person, "<email", `<photo xmlns="u"/><email`, 1),
			want: []string{"failure " + personPath + "/{u}photo"}},
		{name: "exact leaves what is claimed", exact: true, body: strings.Replace(person, "<email", `<nick xmlns="`+common+`">x</nick><email`, 1),
			others: []scenario.Expectation{at("pmess:person/common:nick", scenario.Expectation{Equals: str("x")})}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			body, first := changed, whole
			if tt.exact {
				body, first = tt.body, exactly
			}
			in := input(append([]scenario.Expectation{first}, slices.Clone(tt.others)...), exchange(0, "readPerson", answerOf(success, body)))
			in.Files = fstest.MapFS{responseFile: {Data: []byte(documented)}}
			in.Case.Scenario.Volatile = tt.volatile
			if diff := cmp.Diff(tt.want, claimPaths(t, in), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// A defect of the fixtures is trouble of ours, not the endpoint's failure.
func TestResponseFilesThatCannotBeUsedAreTrouble(t *testing.T) {
	tests := []struct{ name, file, at, want string }{
		{"missing", "", "pmess:person", "The expectation at imses/person/area/story/scenario.yaml:10 cannot be judged: read imses/person/area/story/person.response.xml: open imses/person/area/story/person.response.xml: file does not exist."},
		{"malformed", "<a>", "pmess:person", "The expectation at imses/person/area/story/scenario.yaml:10 cannot be judged: read imses/person/area/story/person.response.xml: line 1, column 4: the document ends before the end tag of \"a\"."},
		{"no envelope", "<a/>", "pmess:person", "The expectation at imses/person/area/story/scenario.yaml:10 cannot be judged: imses/person/area/story/person.response.xml is not a SOAP envelope with an element in its Body."},
		{"nothing at the path", documented, "pmess:group", "The expectation at imses/person/area/story/scenario.yaml:10 cannot be judged: imses/person/area/story/person.response.xml: it has nothing at pmess:group."},
		{"unknown key", strings.Replace(documented, ">Child1<", ">{key:Nobody}<", 1), "pmess:person", "The expectation at imses/person/area/story/scenario.yaml:10 cannot be judged: imses/person/area/story/person.response.xml, line 19: {key:Nobody}: the outcome has no key for the identity \"Nobody\"."},
		{"bad path", documented, "z:a", "The expectation at imses/person/area/story/scenario.yaml:10 cannot be judged: imses/person/area/story/person.response.xml: path \"z:a\": unknown prefix \"z\"."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input([]scenario.Expectation{{At: tt.at, Response: responseFile}}, exchange(0, "readPerson", answerOf(success, person)))
			if tt.file != "" {
				in.Files = fstest.MapFS{responseFile: {Data: []byte(tt.file)}}
			}
			got := judged(t, in)
			want := []reports.Finding{{Weight: reports.Trouble, Step: 1, Operation: "readPerson", Expectation: "imses/person/area/story/scenario.yaml:10", Message: tt.want}}
			if diff := cmp.Diff(want, got.Findings); diff != "" || got.Verdict != reports.Error || got.Reason != tt.want {
				t.Errorf("verdict %s, reason %s, findings (-want +got):\n%s", got.Verdict, got.Reason, diff)
			}
		})
	}
}

// A response of which nothing is left to compare would pass whatever came.
func TestResponseThatAssertsNothingIsTrouble(t *testing.T) {
	const email = "pmess:person/common:email"
	nothing := "The expectation at imses/person/area/story/scenario.yaml:10 cannot be judged: it asserts nothing: all that " + responseFile +
		" has there is left to other expectations, or volatile."
	whole := scenario.Expectation{At: email, Response: responseFile}
	tests := []struct {
		name     string
		expect   []scenario.Expectation
		volatile []scenario.Volatile
		want     []string
	}{
		{"claimed", []scenario.Expectation{whole, {At: email, Matches: str(".*")}}, nil, []string{nothing}},
		{"claimed from above only", []scenario.Expectation{whole, {At: "pmess:person", SameAs: &scenario.SameAs{Step: 1, At: "pmess:person"}}}, nil, nil},
		{"volatile", []scenario.Expectation{whole}, []scenario.Volatile{{File: responseFile, Path: email}}, []string{nothing}},
		{"all that is inside", []scenario.Expectation{{At: "pmess:person/pdata:userId", Response: responseFile}, {At: "pmess:person/pdata:userId/common:userIdValue", Matches: str(".*")}}, nil, []string{nothing}},
		{"captured only", []scenario.Expectation{whole, {At: email, Capture: "mail"}}, nil, nil},
		{"in readings that wait for each other", []scenario.Expectation{
			{AnyOf: []scenario.Reading{{Name: "a", Expect: []scenario.Expectation{whole}}}},
			{AnyOf: []scenario.Reading{{Name: "b", Expect: []scenario.Expectation{whole, {At: "pmess:person/pdata:photo", Absent: true}}}}}}, nil, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(tt.expect, exchange(0, "readPerson", answerOf(success, person)))
			in.Files = fstest.MapFS{responseFile: {Data: []byte(documented)}}
			in.Case.Scenario.Volatile = tt.volatile
			var got []string
			for _, f := range judged(t, in).Findings {
				got = append(got, f.Message)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}
