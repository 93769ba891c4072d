package judge

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
)

// A Fault that the step does not expect breaks every expectation of it, and the
// statuses that it lacks are no findings of their own.
func TestUnexpectedFaultBreaksEveryExpectation(t *testing.T) {
	e := exchange(0, "createPerson", fault)
	e.Status = 500
	got := judged(t, input([]scenario.Expectation{
		{Status: &scenario.Status{CodeMajor: "success"}},
		{At: "pmess:nothing", Absent: true, Proves: "T-SHOULD"},
		{Observe: true, Proves: "T-MAY"},
		{At: "pmess:person", Capture: "x"},
	}, e))
	finding := func(id string, weight reports.Weight, line string) reports.Finding {
		return reports.Finding{Requirement: id, Statement: "Rule " + id + ".", Source: "page of " + id, Weight: weight, Step: 1, Operation: "createPerson",
			Message: "The endpoint answered with a Fault, a:InvalidSecurity: not allowed.", Expectation: "imses/person/area/story/scenario.yaml:" + line,
			Path: bodyPath + "/soap:Fault", Line: 1, Wanted: "an answer without a Fault", Got: "a Fault, a:InvalidSecurity: not allowed",
			Diff: diffLines("an answer without a Fault", "a Fault, a:InvalidSecurity: not allowed"), Response: "evidence/1.response.xml"}
	}
	want := []reports.Finding{finding("T-MUST", reports.Failure, "10"), finding("T-SHOULD", reports.Warning, "11")}
	if diff := cmp.Diff(want, got.Findings); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	observed := []reports.Observation{{Requirement: "T-MAY", Step: 1, Value: "a Fault, a:InvalidSecurity: not allowed"}}
	if diff := cmp.Diff(observed, got.Observations); diff != "" {
		t.Errorf("observations (-want +got):\n%s", diff)
	}
}

func TestObservationsAreRecordedAndNeverJudged(t *testing.T) {
	many := answerOf(set(success, warning), person)
	page := exchange(0, "readPerson", "<html>")
	page.Status, page.ResponseHeader = 500, http.Header{"Content-Type": {"text/html"}}
	tests := []struct {
		name     string
		exchange evidence.Exchange
		expect   scenario.Expectation
		want     reports.Observation
	}{
		{"text", exchange(0, "readPerson", answerOf(success, person)), scenario.Expectation{At: "pmess:person/common:email"}, reports.Observation{Path: "pmess:person/common:email", Value: "anna@example.org"}},
		{"absent", exchange(0, "readPerson", answerOf(success, person)), scenario.Expectation{At: "pmess:group"}, reports.Observation{Path: "pmess:group", Value: "absent"}},
		{"empty", exchange(0, "readPerson", answerOf(success, person)), scenario.Expectation{At: "pmess:person/pdata:formatName"}, reports.Observation{Path: "pmess:person/pdata:formatName", Value: "empty"}},
		{"elements", exchange(0, "readPerson", answerOf(success, person)), scenario.Expectation{At: "pmess:person/pdata:demographics"},
			reports.Observation{Path: "pmess:person/pdata:demographics", Value: "<pdata:demographics><pdata:gender>Female</pdata:gender></pdata:demographics>"}},
		{"several", exchange(0, "readPerson", answerOf(success, person)), scenario.Expectation{At: "pmess:person/pdata:extension/common:relationship/common:relation"},
			reports.Observation{Path: "pmess:person/pdata:extension/common:relationship/common:relation", Value: "Child, Child"}},
		{"status", exchange(0, "readPerson", answerOf(warning, person)), scenario.Expectation{},
			reports.Observation{Value: "success/warning personmanagement=unknownobjinsertinstead: Object did not exist, has been inserted instead"}},
		{"statuses", exchange(0, "readPersonsForGroup", many), scenario.Expectation{},
			reports.Observation{Value: "success/status; success/warning personmanagement=unknownobjinsertinstead: Object did not exist, has been inserted instead"}},
		{"one of the statuses", exchange(0, "readPersonsForGroup", many), scenario.Expectation{Item: 1}, reports.Observation{Value: "success/status"}},
		{"no status", exchange(0, "readPersonsForGroup", many), scenario.Expectation{Item: 3}, reports.Observation{Value: "no status"}},
		{"a page", page, scenario.Expectation{}, reports.Observation{Value: "no SOAP answer: HTTP status 500, text/html"}},
		{"hostile text", exchange(0, "readPerson", answerOf(success, strings.ReplaceAll(person, "anna@example.org", strings.Repeat("x\u009b", 500)))), scenario.Expectation{At: "pmess:person/common:email"},
			reports.Observation{Path: "pmess:person/common:email", Value: strings.Repeat(`x\u{9B}`, 100) + "… (1000 characters)"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			tt.expect.Observe, tt.expect.Proves = true, "T-MAY"
			tt.want.Requirement, tt.want.Step = "T-MAY", 1
			got := judged(t, input([]scenario.Expectation{tt.expect}, tt.exchange))
			if diff := cmp.Diff([]reports.Observation{tt.want}, got.Observations); diff != "" {
				t.Errorf("observations (-want +got):\n%s", diff)
			}
			for _, f := range got.Findings {
				if f.Requirement == "T-MAY" {
					t.Errorf("finding %+v", f)
				}
			}
		})
	}
}

// The schema allows a codeMinor without fields; the dossier wants it recorded.
func TestEmptyMinorCodeIsRecorded(t *testing.T) {
	empty := strings.Replace(warning, "<codeMinor>"+between(warning, "<codeMinor>", "</codeMinor>")+"</codeMinor>", "<codeMinor/>", 1)
	got := judged(t, input(fine(), exchange(0, "createPerson", answerOf(empty, created))))
	want := []reports.Observation{{Requirement: "STA-06", Step: 1, Path: statusPath + "/bind:codeMinor", Value: "codeMinor without codeMinorField"}}
	if diff := cmp.Diff(want, got.Observations); diff != "" || len(got.Findings) > 0 {
		t.Errorf("findings %+v, observations (-want +got):\n%s", got.Findings, diff)
	}
}

func TestSameAsAnotherStep(t *testing.T) {
	same := func(at string) []scenario.Expectation {
		return []scenario.Expectation{{At: at, SameAs: &scenario.SameAs{Step: 1, At: at}}}
	}
	email, extension := "pmess:person/common:email", "pmess:person/pdata:extension"
	tests := []struct {
		name, at, second, message string
	}{
		{"text", email, person, ""},
		{"element", extension, person, ""},
		{"element written differently", extension, strings.ReplaceAll(person, "<relation>Child</relation>", "<!-- c --> <relation>Child</relation>\n"), ""},
		{"other text", email, strings.ReplaceAll(person, "anna@", "berta@"), "pmess:person/common:email is not as in step 1: 'berta@example.org' instead of 'anna@example.org'."},
		{"other element", extension, strings.ReplaceAll(person, "ec02-Child2", "ec03-Child3"), "pmess:person/pdata:extension is not as in step 1: 'ec03-Child3' instead of 'ec02-Child2'."},
		{"missing", email, strings.Replace(person, `<email xmlns="`+common+`">anna@example.org</email>`, "", 1), "pmess:person/common:email is missing from the answer."},
		{"missing there", "pmess:person/pdata:photo", person, "pmess:person/pdata:photo should be as in step 1, but that answer has nothing at pmess:person/pdata:photo."},
		{"another number", extension + "/common:relationship", strings.Replace(person, "</extension>", "<relationship xmlns='"+common+"'/></extension>", 1),
			"pmess:person/pdata:extension/common:relationship stands 3 times in the answer, but 2 times in that of step 1."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(same(tt.at), exchange(0, "readPerson", answerOf(success, person)), exchange(1, "readPerson", answerOf(success, tt.second)))
			in.Case.Steps[0].Expect = fine()
			var got []string
			for _, f := range judged(t, in).Findings {
				got = append(got, f.Message)
			}
			if strings.Join(got, "\n") != tt.message {
				t.Errorf("findings %q, want %q", got, tt.message)
			}
		})
	}
	t.Run("a step without answer is not compared with", func(t *testing.T) {
		in := input(same(email), exchange(0, "readPerson", "<a"), exchange(1, "readPerson", answerOf(success, person)))
		in.Case.Steps[0].Expect = fine()
		got := judged(t, in)
		if len(got.Findings) != 1 || got.Findings[0].Requirement != "STD-XML-1" {
			t.Errorf("findings %+v", got.Findings)
		}
	})
}

// A scenario about a set that does not say which status it means has a defect.
func TestStatusOfAPluralAnswerNeedsAnItem(t *testing.T) {
	got := judged(t, input([]scenario.Expectation{{Status: &scenario.Status{CodeMajor: "success"}}}, exchange(0, "readPersons", answerOf(set(success, success), membersBody))))
	want := []reports.Finding{{Weight: reports.Trouble, Step: 1, Operation: "readPersons", Expectation: "imses/person/area/story/scenario.yaml:10",
		Message: "The expectation at imses/person/area/story/scenario.yaml:10 cannot be judged: the answer has 2 statuses; the scenario must say which one with item."}}
	if diff := cmp.Diff(want, got.Findings); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

func TestValuesOfTheRunThatAreMissingAreTrouble(t *testing.T) {
	for text, want := range map[string]string{
		"{key:Nobody}":        `{key:Nobody}: the outcome has no key for the identity "Nobody"`,
		"{unique:nobody}":     `{unique:nobody}: the outcome has no unique value for "nobody"`,
		"{capture:nothing}":   `{capture:nothing}: nothing was captured under "nothing"`,
		"{longtext:9999999}":  `{longtext:9999999}: "9999999" is not a length up to 1048576`,
		"{longtext:longtext}": `{longtext:longtext}: "longtext" is not a length up to 1048576`,
	} {
		got := judged(t, input([]scenario.Expectation{{At: "pmess:person/common:email", Equals: &text}}, exchange(0, "readPerson", answerOf(success, person))))
		message := "The expectation at imses/person/area/story/scenario.yaml:10 cannot be judged: " + want + "."
		if len(got.Findings) != 1 || got.Findings[0].Weight != reports.Trouble || got.Findings[0].Message != message {
			t.Errorf("%s: findings %+v, want %q", text, got.Findings, message)
		}
	}
}

func TestSubstitutionGoesForwards(t *testing.T) {
	for text, want := range map[string]string{
		"{key:Child1} and {key:Child3}": "ec01-Child1 and ec03-Child3",
		"{unique:anna}":                 "anna-0badcafe",
		"{capture:generated}":           "itsla-42",
		"{message-id}":                  "m-1",
		"{longtext:5}":                  "xxxxx",
		"[0-9]{4} {}":                   "[0-9]{4} {}",
	} {
		answer := strings.ReplaceAll(person, "anna@example.org", want)
		got := judged(t, input([]scenario.Expectation{{At: "pmess:person/common:email", Equals: &text}}, exchange(0, "readPerson", answerOf(success, answer))))
		if got.Verdict != reports.Passed {
			t.Errorf("%s: findings %+v", text, got.Findings)
		}
	}
}

// An endpoint that answers with the documented key, whatever was sent, is caught.
func TestEndpointThatAlwaysAnswersWithTheDocumentedKeyFails(t *testing.T) {
	const text = "relationship/sourceId/identifier '{key:Child3}' does not exist in itslearning"
	tests := map[string]reports.Verdict{"ec03-Child3": reports.Passed, "Child3": reports.Failed}
	for key, verdict := range tests {
		remark := strings.Replace(warning, "Object did not exist, has been inserted instead", "relationship/sourceId/identifier '"+key+"' does not exist in itslearning", 1)
		if got := judged(t, input([]scenario.Expectation{{Text: str(text)}}, exchange(0, "createPerson", answerOf(remark, created)))); got.Verdict != verdict {
			t.Errorf("an answer with %s is %s, want %s", key, got.Verdict, verdict)
		}
	}
	in := input([]scenario.Expectation{{Response: responseFile, At: "pmess:person"}}, exchange(0, "readPerson", documented))
	in.Files = fstest.MapFS{responseFile: {Data: []byte(documented)}}
	in.Outcome.Exchanges[0].MessageID = "1"
	if got := judged(t, in); got.Verdict != reports.Failed {
		t.Errorf("the documented answer itself is %s, want failed", got.Verdict)
	}
}

// Raw requests are not SOAP: only the transport and the expectations are judged.
func TestRawAnswersAreJudgedByTheirExpectationsAlone(t *testing.T) {
	e := exchange(0, "", `<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/"><wsdl:service name="x"/></wsdl:definitions>`)
	e.ResponseHeader = http.Header{"Content-Type": {"application/xml"}}
	in := input([]scenario.Expectation{{At: "wsdl:service/@name", Equals: str("x")}, {HTTPStatus: "200"}}, e)
	in.Case.Steps[0].HTTP = scenario.HTTP{Method: "GET", Query: "wsdl"}
	got := judged(t, in)
	if diff := cmp.Diff([]string{"STD-HTTP-1", "STD-HTTP-2", "T-MUST"}, got.Proves); diff != "" || got.Verdict != reports.Passed {
		t.Errorf("verdict %s, findings %+v, proves (-want +got):\n%s", got.Verdict, got.Findings, diff)
	}
	e.Response = []byte("<html><br></html>")
	in = input([]scenario.Expectation{{At: "wsdl:service/@name", Equals: str("x")}}, e)
	in.Case.Steps[0].HTTP = scenario.HTTP{Method: "GET", Query: "wsdl"}
	got = judged(t, in)
	if len(got.Findings) != 1 || got.Findings[0].Message != "The answer (HTTP status 200, application/xml) is not XML." {
		t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
	}
}
