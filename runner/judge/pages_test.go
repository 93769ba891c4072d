package judge

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
)

const listedKeys = "pmess:personIdPairSet/pmess:personIdPair/pmess:sourcedId/common:identifier"

// pageOf is a page of readAllPersons with these keys.
func pageOf(number int, status string, keys ...string) evidence.Exchange {
	var b strings.Builder
	b.WriteString(`<readAllPersonsResponse xmlns="` + mess + `"><personIdPairSet>`)
	for _, key := range keys {
		b.WriteString(`<personIdPair><sourcedId><identifier xmlns="` + common + `">` + key + `</identifier></sourcedId></personIdPair>`)
	}
	b.WriteString(`</personIdPairSet><virtualCount>3</virtualCount></readAllPersonsResponse>`)
	e := exchange(0, "readAllPersons", answerOf(status, b.String()))
	e.Page, e.ResponseFile = number, fmt.Sprintf("evidence/%d.response.xml", number)
	return e
}

// counted makes the case one with three objects of the identity Child.
func counted(in Input) Input {
	in.Case.Scenario.Identities = []scenario.Identity{{Name: "Child", Count: scenario.Number{Volume: true}}, {Name: "Parent1"}}
	in.Case.Volume = 3
	in.Outcome.Keys = map[string]string{"Child-1": "k-1", "Child-2": "k-2", "Child-3": "k-3", "Parent1": "p-1"}
	return in
}

func TestExpectationsLookIntoAllPages(t *testing.T) {
	keys := func(names ...string) scenario.Expectation { return scenario.Expectation{At: listedKeys, Keys: names} }
	count := scenario.Expectation{At: "pmess:virtualCount", Equals: str("{volume}")}
	total := scenario.Expectation{At: listedKeys, Count: num(0), Volume: true}
	status := scenario.Expectation{Status: &scenario.Status{CodeMajor: "success"}}
	second := "/soap:Envelope/soap:Body/pmess:readAllPersonsResponse/pmess:personIdPairSet/pmess:personIdPair"
	tests := []struct {
		name   string
		pages  []evidence.Exchange
		expect scenario.Expectation
		want   string // message of the finding
		file   string // evidence of the finding
		path   string
	}{
		{"all keys", []evidence.Exchange{pageOf(1, success, "k-3", "k-1"), pageOf(2, success, "k-2")}, keys("Child"), "", "", ""},
		{"a single identity beside them", []evidence.Exchange{pageOf(1, success, "k-3", "p-1"), pageOf(2, success, "k-2", "k-1")}, keys("Child", "Parent1"), "", "", ""},
		{"a key is missing", []evidence.Exchange{pageOf(1, success, "k-3"), pageOf(2, success, "k-2")}, keys("Child"),
			"The keys at " + listedKeys + " are not the expected ones: 1 key missing, first 'k-1'.", "evidence/1.response.xml", second + "/pmess:sourcedId/common:identifier"},
		{"a key on two pages", []evidence.Exchange{pageOf(1, success, "k-3", "k-1"), pageOf(2, success, "k-2", "k-1")}, keys("Child"),
			"The keys at " + listedKeys + " are not the expected ones: 1 key more than once, first 'k-1'.", "evidence/2.response.xml", second + "[2]/pmess:sourcedId/common:identifier"},
		{"a key of nobody", []evidence.Exchange{pageOf(1, success, "k-3", "k-1"), pageOf(2, success, "k-2", "")}, keys("Child"),
			"The keys at " + listedKeys + " are not the expected ones: 1 key not wanted, first ''.", "evidence/2.response.xml", second + "[2]/pmess:sourcedId/common:identifier"},
		{"the number of all", []evidence.Exchange{pageOf(1, success, "k-3", "k-1"), pageOf(2, success, "k-2")}, total, "", "", ""},
		{"too few in all", []evidence.Exchange{pageOf(1, success, "k-3"), pageOf(2, success, "k-2")}, total, listedKeys + " stands 2 times in the answer instead of 3.", "evidence/1.response.xml", second + "/pmess:sourcedId/common:identifier"},
		{"a value on each page", []evidence.Exchange{pageOf(1, success, "k-3"), pageOf(2, success)}, count, "", "", ""},
		{"success on each page", []evidence.Exchange{pageOf(1, success, "k-3"), pageOf(2, success)}, status, "", "", ""},
		{"failure on one page", []evidence.Exchange{pageOf(1, success, "k-3"), pageOf(2, failure)}, status, "In the status codeMajor is 'failure' instead of 'success'.", "evidence/2.response.xml",
			"/soap:Envelope/soap:Header/bind:syncResponseHeaderInfo/bind:statusInfo/bind:codeMajor"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			in := counted(input([]scenario.Expectation{test.expect}, test.pages...))
			var got []string
			for _, f := range judged(t, in).Findings {
				if f.Expectation != "" || f.Weight == reports.Trouble {
					got = append(got, f.Message, f.Response, f.Path)
				}
			}
			var want []string
			if test.want != "" {
				want = []string{test.want, test.file, test.path}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func TestEveryPageIsCheckedAndAFaultOnOneFailsTheStep(t *testing.T) {
	broken := pageOf(2, success)
	broken.ResponseHeader = map[string][]string{"Content-Type": {"text/plain"}}
	in := counted(input([]scenario.Expectation{{At: listedKeys, Keys: []string{"Child"}}}, pageOf(1, success, "k-1", "k-2", "k-3"), broken))
	if got := judged(t, in).Broken(); !cmp.Equal(got, []string{mediaTypeXML}) {
		t.Errorf("broken %v", got)
	}
	refused := pageOf(2, success)
	refused.Response, refused.Status = []byte(fault), 500
	in = counted(input([]scenario.Expectation{{At: listedKeys, Keys: []string{"Child"}}}, pageOf(1, success, "k-1", "k-2", "k-3"), refused))
	if got := judged(t, in).Broken(); !cmp.Equal(got, []string{"T-MUST"}) {
		t.Errorf("broken %v", got)
	}
}

func TestKeysThatTheOutcomeDoesNotHaveAreTroubleOfOurs(t *testing.T) {
	in := counted(input([]scenario.Expectation{{At: listedKeys, Keys: []string{"Child"}}}, pageOf(1, success)))
	delete(in.Outcome.Keys, "Child-2")
	if got := judged(t, in); got.Verdict != reports.Error {
		t.Errorf("%s: %s", got.Verdict, got.Reason)
	}
}

// The answer to a bare HTTP request is judged by what the step expects and by
// nothing else.
func TestPathsIntoAWSDLStartAtItsRoot(t *testing.T) {
	const wsdl = `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:b="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:p="http://schemas.xmlsoap.org/ws/2004/09/policy" name="x" targetNamespace="urn:x">` +
		`<p:Policy/><w:portType name="A"><w:operation name="one"/><w:operation name="two"/></w:portType><w:binding><b:binding style="document"/></w:binding></w:definitions>`
	at := func(path string, e scenario.Expectation) scenario.Expectation { e.At = path; return e }
	for _, test := range []struct {
		expect scenario.Expectation
		want   int // findings
	}{
		{at("wsdl:portType[@name='A']/wsdl:operation", scenario.Expectation{Count: num(2)}), 0},
		{at("wsdl:portType[@name='A']/wsdl:operation[@name='two']", scenario.Expectation{Present: true}), 0},
		{at("wsdl:portType[@name='B']", scenario.Expectation{Present: true}), 1},
		{at("@targetNamespace", scenario.Expectation{Equals: str("urn:x")}), 0},
		{at("wsdl:binding/soapbind:binding/@style", scenario.Expectation{Equals: str("document")}), 0},
		{at("wsp:Policy", scenario.Expectation{Present: true}), 0},
		{scenario.Expectation{HTTPStatus: "200"}, 0},
		{scenario.Expectation{HTTPStatus: "4xx"}, 1},
	} {
		e := exchange(0, "", wsdl)
		in := input([]scenario.Expectation{test.expect}, e)
		in.Case.Steps[0].HTTP = scenario.HTTP{Method: "GET", Query: "wsdl"}
		got := judged(t, in)
		if len(got.Findings) != test.want {
			t.Errorf("%s: %+v", test.expect.At, got.Findings)
		}
		if diff := cmp.Diff([]string{completeResponse, declaredContent, "T-MUST"}, got.Proves); diff != "" {
			t.Errorf("%s proves (-want +got)\n%s", test.expect.At, diff)
		}
	}
}
