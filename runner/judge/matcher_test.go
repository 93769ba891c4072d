package judge

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"esconform/reports"
	"esconform/runner/scenario"
)

const (
	personPath    = bodyPath + "/pmess:readPersonResponse/pmess:person"
	extensionPath = personPath + "/pdata:extension"
	membersBody   = `<readPersonsResponse xmlns="` + mess + `"><personSet>` +
		`<person><email xmlns="` + common + `">a@example.org</email></person><person><email xmlns="` + common + `">b@example.org</email></person>` +
		`</personSet></readPersonsResponse>`
)

// matcherCase is an expectation on an answer that holds, or breaks with a finding.
type matcherCase struct {
	name     string
	answer   string // the answer of readPerson unless given
	expect   scenario.Expectation
	readings []reports.Observation
	breaks   *reports.Finding // nil when it holds; what is the same in all is filled in
}

// breaks makes the finding of a broken expectation; the rest is the same for all.
func breaks(message, path string, line int, wanted, got string, diff ...reports.Diff) *reports.Finding {
	if diff == nil && (wanted != "" || got != "") {
		diff = diffLines(wanted, got)
	}
	return &reports.Finding{Message: message, Path: path, Line: line, Wanted: wanted, Got: got, Diff: diff}
}

func only(op, text string) reports.Diff { return reports.Diff{Op: op, Text: text} }

func (m matcherCase) run(t *testing.T, operation string) {
	t.Helper()
	if m.answer == "" {
		m.answer = answerOf(success, person)
	}
	in := input([]scenario.Expectation{m.expect}, exchange(0, operation, m.answer))
	in.Files = fstest.MapFS{"imses/person/area/story/person.response.xml": {Data: []byte(documented)}}
	got := judged(t, in)
	var want []reports.Finding
	verdict := reports.Passed
	if m.breaks != nil {
		f := *m.breaks
		f.Requirement, f.Statement, f.Source, f.Weight = "T-MUST", "Rule T-MUST.", "page of T-MUST", reports.Failure
		f.Step, f.Operation, f.Expectation, f.Response = 1, operation, "imses/person/area/story/scenario.yaml:10", "evidence/1.response.xml"
		want, verdict = []reports.Finding{f}, reports.Failed
	}
	var findings []reports.Finding
	for _, f := range got.Findings {
		if f.Expectation != "" || f.Weight == reports.Trouble {
			findings = append(findings, f)
		}
	}
	if diff := cmp.Diff(want, findings, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(m.readings, got.Observations, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("observations (-want +got):\n%s", diff)
	}
	if len(got.Findings) == len(findings) && got.Verdict != verdict {
		t.Errorf("verdict %s, want %s", got.Verdict, verdict)
	}
}

// demographic is a person with one element in demographics.
func demographic(local, text string) string {
	return answerOf(success, strings.Replace(person, "<gender>Female</gender>", "<"+local+">"+text+"</"+local+">", 1))
}

func TestMatchersAtAPath(t *testing.T) {
	at := func(path string, e scenario.Expectation) scenario.Expectation { e.At = path; return e }
	identifiers := "pmess:person/pdata:extension/common:relationship/common:sourceId/common:identifier"
	for _, m := range []matcherCase{
		{name: "present", expect: at("pmess:person", scenario.Expectation{Present: true})},
		{name: "present, empty", expect: at("pmess:person/pdata:formatName", scenario.Expectation{Present: true})},
		{name: "present breaks", expect: at("pmess:person/pdata:photo", scenario.Expectation{Present: true}),
			breaks: breaks("pmess:person/pdata:photo is missing from the answer.", personPath, 9, "", "")},
		{name: "present in another namespace breaks", expect: at("pmess:person/pdata:email", scenario.Expectation{Present: true}),
			breaks: breaks("pmess:person/pdata:email is missing from the answer.", personPath, 9, "", "")},
		{name: "present in the header", expect: at("bind:statusInfo/bind:codeMajor", scenario.Expectation{Present: true})},
		{name: "the header itself", expect: at("bind:.", scenario.Expectation{Present: true})},
		{name: "present attribute", expect: at("pmess:person/pdata:formatName/@xsi:nil", scenario.Expectation{Equals: str("1")})},
		{name: "with a key in a predicate", expect: at("pmess:person/pdata:extension/common:relationship[common:sourceId/common:identifier='{key:Child1}']", scenario.Expectation{Present: true})},
		{name: "with another key in a predicate breaks", expect: at("pmess:person/pdata:extension/common:relationship[common:sourceId/common:identifier='{key:Child3}']", scenario.Expectation{Present: true}),
			breaks: breaks("pmess:person/pdata:extension/common:relationship[common:sourceId/common:identifier='ec03-Child3'] is missing from the answer.", extensionPath, 14, "", "")},

		{name: "absent", expect: at("pmess:person/pdata:photo", scenario.Expectation{Absent: true})},
		{name: "absent with its parent", expect: at("pmess:group/pdata:photo", scenario.Expectation{Absent: true})},
		{name: "absent in an empty body", answer: answerOf(success, ""), expect: at("pmess:person", scenario.Expectation{Absent: true})},
		{name: "absent breaks", expect: at("pmess:person/common:email", scenario.Expectation{Absent: true}),
			breaks: breaks("pmess:person/common:email is in the answer ('anna@example.org'), but should be absent.", personPath+"/common:email", 11, "nothing", "anna@example.org")},
		{name: "absent breaks on an empty element", expect: at("pmess:person/pdata:formatName", scenario.Expectation{Absent: true}),
			breaks: breaks("pmess:person/pdata:formatName is in the answer (''), but should be absent.", personPath+"/pdata:formatName", 10, "nothing", "", diffLines("nothing", "")...)},

		{name: "absent or empty: absent", expect: at("pmess:person/pdata:photo", scenario.Expectation{AbsentOrEmpty: true})},
		{name: "absent or empty: empty", expect: at("pmess:person/pdata:formatName", scenario.Expectation{AbsentOrEmpty: true})},
		{name: "absent or empty: empty inside", answer: answerOf(success, strings.ReplaceAll(person, "anna@example.org", " \n ")), expect: at("pmess:person/common:email", scenario.Expectation{AbsentOrEmpty: true})},
		{name: "absent or empty breaks", expect: at("pmess:person/common:email", scenario.Expectation{AbsentOrEmpty: true}),
			breaks: breaks("pmess:person/common:email is 'anna@example.org', but should be absent or empty.", personPath+"/common:email", 11, "nothing", "anna@example.org")},
		{name: "absent or empty breaks on text inside", expect: at("pmess:person/pdata:demographics", scenario.Expectation{AbsentOrEmpty: true}),
			breaks: breaks("pmess:person/pdata:demographics is '<pdata:demographics><pdata:gender>Female</pdata:gender></pdata:demographics>', but should be absent or empty.",
				personPath+"/pdata:demographics", 13, "nothing", "<pdata:demographics><pdata:gender>Female</pdata:gender></pdata:demographics>")},

		{name: "equals", expect: at("pmess:person/common:email", scenario.Expectation{Equals: str("anna@example.org")})},
		{name: "equals a unique value", expect: at("pmess:person/pdata:userId/common:userIdValue", scenario.Expectation{Equals: str("{unique:anna}")})},
		{name: "equals a key", expect: at("pmess:person/pdata:extension/common:relationship[2]/common:sourceId/common:identifier", scenario.Expectation{Equals: str("{key:Child1}")})},
		{name: "equals the message identifier", expect: at("bind:messageIdentifier", scenario.Expectation{Equals: str("{message-id}")})},
		{name: "equals breaks", expect: at("pmess:person/common:email", scenario.Expectation{Equals: str("berta@example.org")}),
			breaks: breaks("pmess:person/common:email is 'anna@example.org' instead of 'berta@example.org'.", personPath+"/common:email", 11, "berta@example.org", "anna@example.org")},
		{name: "equals breaks on what is missing", expect: at("pmess:person/common:phone", scenario.Expectation{Equals: str("1")}),
			breaks: breaks("pmess:person/common:phone is missing from the answer.", personPath, 9, "1", "", only("-", "1"))},
		{name: "equals breaks on one of several", expect: at(identifiers, scenario.Expectation{Equals: str("{key:Child2}")}),
			breaks: breaks(identifiers+" is 'ec01-Child1' instead of 'ec02-Child2'.", extensionPath+"/common:relationship[2]/common:sourceId/common:identifier", 14, "ec02-Child2", "ec01-Child1")},
		{name: "equals breaks on white space", expect: at("pmess:person/common:email", scenario.Expectation{Equals: str(" anna@example.org")}),
			breaks: breaks("pmess:person/common:email is 'anna@example.org' instead of ' anna@example.org'.", personPath+"/common:email", 11, " anna@example.org", "anna@example.org")},
		{name: "equals compares booleans by value", answer: demographic("primaryRoleType", "1"), expect: at("pmess:person/pdata:demographics/pdata:primaryRoleType", scenario.Expectation{Equals: str("true")})},
		{name: "equals compares dates by value", answer: demographic("bday", "2024-01-01Z"), expect: at("pmess:person/pdata:demographics/pdata:bday", scenario.Expectation{Equals: str("2024-01-01+00:00")})},
		{name: "equals compares times by value", answer: answerOf(success, strings.Replace(person, "<person>", "<person><CreatedFrom>2024-01-01T01:00:00+01:00</CreatedFrom>", 1)),
			expect: at("pmess:person/pmess:CreatedFrom", scenario.Expectation{Equals: str("2024-01-01T00:00:00Z")})},
		{name: "equals compares nil by value", answer: answerOf(success, strings.Replace(person, `nil="true"`, `nil="1"`, 1)), expect: at("pmess:person/pdata:formatName/@xsi:nil", scenario.Expectation{Equals: str("true")})},
		{name: "equals compares text as it is", answer: demographic("gender", "1"), expect: at("pmess:person/pdata:demographics/pdata:gender", scenario.Expectation{Equals: str("true")}),
			breaks: breaks("pmess:person/pdata:demographics/pdata:gender is '1' instead of 'true'.", personPath+"/pdata:demographics/pdata:gender", 13, "true", "1")},
		{name: "matches", expect: at("pmess:person/common:email", scenario.Expectation{Matches: str(`[a-z]+@example\.org`)})},
		{name: "matches takes a key literally", answer: answerOf(success, strings.ReplaceAll(person, "anna@example.org", "x ec03-Child3")),
			expect: at("pmess:person/common:email", scenario.Expectation{Matches: str("x {key:Child3}")})},
		{name: "matches breaks on a part", expect: at("pmess:person/common:email", scenario.Expectation{Matches: str("anna")}),
			breaks: breaks("pmess:person/common:email is 'anna@example.org', which does not match the pattern.", personPath+"/common:email", 11, "anna", "anna@example.org")},
		{name: "matches breaks on what is missing", expect: at("pmess:person/common:phone", scenario.Expectation{Matches: str(".*")}),
			breaks: breaks("pmess:person/common:phone is missing from the answer.", personPath, 9, ".*", "", only("-", ".*"))},

		{name: "count", expect: at(identifiers, scenario.Expectation{Count: num(2)})},
		{name: "count of none", expect: at("pmess:group", scenario.Expectation{Count: num(0)})},
		{name: "count breaks on too many", expect: at(identifiers, scenario.Expectation{Count: num(1)}),
			breaks: breaks(identifiers+" stands 2 times in the answer instead of 1.", extensionPath+"/common:relationship[2]/common:sourceId/common:identifier", 14, "1", "2")},
		{name: "count breaks on too few", expect: at("pmess:person", scenario.Expectation{Count: num(3)}),
			breaks: breaks("pmess:person stands 1 time in the answer instead of 3.", personPath, 9, "3", "1")},
	} {
		t.Run(m.name, func(t *testing.T) { m.run(t, "readPerson") })
	}
}

func TestMatchersOnMembersOfASet(t *testing.T) {
	two := answerOf(set(success, failure), membersBody)
	item := func(n int, e scenario.Expectation) scenario.Expectation { e.Item = n; return e }
	for _, m := range []matcherCase{
		{name: "first", answer: two, expect: item(1, scenario.Expectation{At: "common:email", Equals: str("a@example.org")})},
		{name: "second", answer: two, expect: item(2, scenario.Expectation{At: "common:email", Equals: str("b@example.org")})},
		{name: "itself", answer: two, expect: item(2, scenario.Expectation{At: ".", Present: true})},
		{name: "third breaks", answer: two, expect: item(3, scenario.Expectation{At: ".", Present: true}),
			breaks: breaks(". is missing from the answer.", bodyPath+"/pmess:readPersonsResponse", 9, "", "")},
		{name: "second breaks", answer: two, expect: item(2, scenario.Expectation{At: "common:email", Equals: str("a@example.org")}),
			breaks: breaks("common:email is 'b@example.org' instead of 'a@example.org'.", bodyPath+"/pmess:readPersonsResponse/pmess:personSet/pmess:person[2]/common:email", 9, "a@example.org", "b@example.org")},
		{name: "status of the second", answer: two, expect: item(2, scenario.Expectation{Status: &scenario.Status{CodeMajor: "failure"}})},
		{name: "text of the second", answer: two, expect: item(2, scenario.Expectation{Text: str("unknown")})},
		{name: "part of the second status", answer: two, expect: item(2, scenario.Expectation{At: "bind:codeMajor", Equals: str("failure")})},
		{name: "status of the first breaks", answer: two, expect: item(1, scenario.Expectation{Status: &scenario.Status{CodeMajor: "failure"}}),
			breaks: breaks("In the status codeMajor is 'success' instead of 'failure'.", infoPath+"/bind:statusInfoSet/bind:statusInfo[1]/bind:codeMajor", 5,
				"failure", "success", only("-", "codeMajor: failure"), only("+", "codeMajor: success"))},
		{name: "status of the third breaks", answer: two, expect: item(3, scenario.Expectation{Status: &scenario.Status{CodeMajor: "failure"}}),
			breaks: breaks("The answer has no status 3: it has 2 statuses.", infoPath, 3, "", "")},
		{name: "the only one needs no item", answer: answerOf(set(failure), membersBody), expect: scenario.Expectation{Status: &scenario.Status{CodeMajor: "failure"}}},
	} {
		t.Run(m.name, func(t *testing.T) { m.run(t, "readPersons") })
	}
}

func TestMatchersOfTheStatus(t *testing.T) {
	status := func(s scenario.Status) scenario.Expectation { return scenario.Expectation{Status: &s} }
	warned := answerOf(warning, created)
	plain := answerOf(success, created)
	for _, m := range []matcherCase{
		{name: "plain", answer: plain, expect: status(scenario.Status{CodeMajor: "success", Severity: "status", CodeMinor: "absent", Description: "absent"})},
		{name: "remark", answer: warned, expect: status(scenario.Status{CodeMajor: "success", Severity: "warning", CodeMinor: "present", Description: "present"})},
		{name: "minor code", answer: warned, expect: status(scenario.Status{CodeMinorName: "personmanagement", CodeMinorValue: "unknownobjinsertinstead"})},
		{name: "minor code among several", answer: strings.Replace(warned, "<codeMinor>", "<codeMinor><codeMinorField><codeMinorName>a</codeMinorName><codeMinorValue>b</codeMinorValue></codeMinorField>", 1),
			expect: status(scenario.Status{CodeMinorName: "personmanagement", CodeMinorValue: "unknownobjinsertinstead"})},
		{name: "minor code breaks", answer: warned, expect: status(scenario.Status{CodeMinorName: "personmanagement", CodeMinorValue: "other"}),
			breaks: breaks("In the status codeMinorValue is 'unknownobjinsertinstead' instead of 'other'.", statusPath+"/bind:codeMinor/bind:codeMinorField", 5, "other", "unknownobjinsertinstead",
				only("-", "codeMinorValue: other"), only("+", "codeMinorValue: unknownobjinsertinstead"))},
		{name: "minor code breaks where there is none", answer: plain, expect: status(scenario.Status{CodeMinorName: "a", CodeMinorValue: "b"}),
			breaks: breaks("In the status codeMinorName is '' instead of 'a', codeMinorValue is '' instead of 'b'.", statusPath, 5, "a", "",
				only("-", "codeMinorName: a"), only("+", "codeMinorName: "), only("-", "codeMinorValue: b"), only("+", "codeMinorValue: "))},
		{name: "several parts break in one finding", answer: plain, expect: status(scenario.Status{CodeMajor: "success", Severity: "warning", CodeMinor: "present", Description: "present"}),
			breaks: breaks("In the status severity is 'status' instead of 'warning', codeMinor is 'absent' instead of 'present', description is 'absent' instead of 'present'.",
				statusPath+"/bind:severity", 5, "warning", "status", only("-", "severity: warning"), only("+", "severity: status"),
				only("-", "codeMinor: present"), only("+", "codeMinor: absent"), only("-", "description: present"), only("+", "description: absent"))},
		{name: "no status at all", answer: answerOf("", created), expect: status(scenario.Status{CodeMajor: "success"}),
			breaks: breaks("The answer has no status.", infoPath, 3, "", "")},

		{name: "text is trimmed", answer: warned, expect: scenario.Expectation{Text: str("Object did not exist, has been inserted instead ")}},
		{name: "text breaks", answer: warned, expect: scenario.Expectation{Text: str("'{key:Child3}' does not exist")},
			breaks: breaks("The text of the status is 'Object did not exist, has been inserted instead'.", statusPath+"/bind:description/common:text", 5,
				"'ec03-Child3' does not exist", "Object did not exist, has been inserted instead")},
		{name: "text breaks where there is none", answer: plain, expect: scenario.Expectation{Text: str("x")},
			breaks: breaks("The status has no description text.", statusPath, 5, "x", "", only("-", "x"))},
	} {
		t.Run(m.name, func(t *testing.T) { m.run(t, "createPerson") })
	}
}

func TestMatchersOfFaultsAndHTTP(t *testing.T) {
	faultPath := bodyPath + "/soap:Fault"
	for _, tt := range []struct {
		name        string
		status      int
		contentType string
		answer      string
		expect      scenario.Expectation
		breaks      *reports.Finding
	}{
		{name: "fault", status: 500, answer: fault, expect: scenario.Expectation{Fault: &scenario.Fault{}}},
		{name: "fault with a code", status: 500, answer: fault, expect: scenario.Expectation{Fault: &scenario.Fault{Code: "InvalidSecurity"}}},
		{name: "fault with a refined code", status: 500, answer: strings.Replace(fault, "a:InvalidSecurity", "a:Client.Authentication", 1), expect: scenario.Expectation{Fault: &scenario.Fault{Code: "Client"}}},
		{name: "fault breaks on the code", status: 500, answer: fault, expect: scenario.Expectation{Fault: &scenario.Fault{Code: "MustUnderstand"}},
			breaks: breaks("The faultcode is 'a:InvalidSecurity' instead of MustUnderstand.", faultPath+"/faultcode", 1, "MustUnderstand", "a:InvalidSecurity")},
		{name: "fault breaks on an answer", status: 200, answer: answerOf(success, created), expect: scenario.Expectation{Fault: &scenario.Fault{}},
			breaks: breaks("The endpoint answered without a Fault (HTTP status 200, text/xml).", bodyPath+"/pmess:createPersonResponse", 9, "a Fault", "an answer without a Fault")},
		{name: "fault breaks on a page", status: 401, contentType: "text/html", answer: "<html>", expect: scenario.Expectation{Fault: &scenario.Fault{}},
			breaks: breaks("The endpoint answered without a Fault (HTTP status 401, text/html).", "", 0, "a Fault", "an answer that is not SOAP (HTTP status 401, text/html)")},
		{name: "HTTP status", status: 500, answer: fault, expect: scenario.Expectation{HTTPStatus: "500"}},
		{name: "HTTP status by class", status: 500, answer: fault, expect: scenario.Expectation{HTTPStatus: "5xx"}},
		{name: "HTTP status by class of a page", status: 404, contentType: "text/html", answer: "no <page>", expect: scenario.Expectation{HTTPStatus: "4xx"}},
		{name: "HTTP status negated", status: 400, contentType: "text/plain", expect: scenario.Expectation{HTTPStatus: "not 200"}},
		{name: "HTTP status negated breaks", status: 200, answer: answerOf(success, created), expect: scenario.Expectation{HTTPStatus: "not 2xx"},
			breaks: breaks("The HTTP status is 200 instead of not 2xx.", "", 0, "not 2xx", "200")},
		{name: "HTTP status breaks", status: 200, answer: answerOf(success, created), expect: scenario.Expectation{HTTPStatus: "5xx"},
			breaks: breaks("The HTTP status is 200 instead of 5xx.", "", 0, "5xx", "200")},
		{name: "HTTP 200 breaks on a fault", status: 500, answer: fault, expect: scenario.Expectation{HTTPStatus: "200"},
			breaks: breaks("The endpoint answered with a Fault, a:InvalidSecurity: not allowed.", faultPath, 1, "an answer without a Fault", "a Fault, a:InvalidSecurity: not allowed")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := exchange(0, "createPerson", tt.answer)
			e.Status = tt.status
			if tt.contentType != "" {
				e.ResponseHeader = http.Header{"Content-Type": {tt.contentType}}
			}
			got := judged(t, input([]scenario.Expectation{tt.expect}, e))
			var want []reports.Finding
			if tt.breaks != nil {
				f := *tt.breaks
				f.Requirement, f.Statement, f.Source, f.Weight = "T-MUST", "Rule T-MUST.", "page of T-MUST", reports.Failure
				f.Step, f.Operation, f.Expectation, f.Response = 1, "createPerson", "imses/person/area/story/scenario.yaml:10", "evidence/1.response.xml"
				want = []reports.Finding{f}
			}
			if diff := cmp.Diff(want, got.Findings, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
		})
	}
}

// documented is an answer as a documented page prints it: with documented names,
// other prefixes and other places of declarations.
const documented = `<?xml version="1.0" encoding="utf-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:b="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0"
  xmlns:m="http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0" xmlns:d="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0"
  xmlns:c="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">
  <soapenv:Header>
    <b:syncResponseHeaderInfo>
      <b:messageIdentifier>1</b:messageIdentifier>
      <b:statusInfo><b:codeMajor>success</b:codeMajor><b:severity>status</b:severity><b:messageIdRef>1</b:messageIdRef></b:statusInfo>
    </b:syncResponseHeaderInfo>
  </soapenv:Header>
  <soapenv:Body>
    <m:readPersonResponse>
      <m:person>
        <d:formatName i:nil="1" xmlns:i="http://www.w3.org/2001/XMLSchema-instance"/>
        <c:email>anna@example.org</c:email>
        <d:userId><c:userIdValue>anna</c:userIdValue></d:userId>
        <d:demographics><d:gender>Female</d:gender></d:demographics>
        <d:extension>
          <c:relationship><c:relation>Child</c:relation><c:sourceId><c:identifier>Child1</c:identifier></c:sourceId></c:relationship>
          <c:relationship><c:relation>Child</c:relation><c:sourceId><c:identifier>Child2</c:identifier></c:sourceId></c:relationship>
        </d:extension>
      </m:person>
    </m:readPersonResponse>
  </soapenv:Body>
</soapenv:Envelope>
`

const responseFile = "imses/person/area/story/person.response.xml"

func TestMatcherResponse(t *testing.T) {
	response := func(e scenario.Expectation) scenario.Expectation { e.Response = responseFile; return e }
	relationships := []string{"common:relationship"}
	extension := "pmess:person/pdata:extension"
	one := strings.Replace(person, `<relationship xmlns="`+common+`"><relation>Child</relation><sourceId><identifier>ec02-Child2</identifier></sourceId></relationship>`, "", 1)
	wantedLink := "<common:relationship><common:relation>Child</common:relation><common:sourceId><common:identifier>ec02-Child2</common:identifier></common:sourceId></common:relationship>"
	for _, m := range []matcherCase{
		{name: "at a path, unordered", expect: response(scenario.Expectation{At: extension, Unordered: relationships})},
		{name: "exact", expect: response(scenario.Expectation{At: extension, Unordered: relationships, Exact: true})},
		{name: "as a whole", expect: response(scenario.Expectation{Unordered: []string{"pmess:person/pdata:extension/common:relationship"}})},
		{name: "of the header", expect: response(scenario.Expectation{At: "bind:."})},
		{name: "unordered by key breaks not", expect: response(scenario.Expectation{At: extension + "/common:relationship[common:sourceId/common:identifier='{key:Child1}']"})},
		{name: "ordered breaks", expect: response(scenario.Expectation{At: extension}),
			breaks: breaks("The answer differs from person.response.xml in 2 places: 'ec02-Child2' instead of 'ec01-Child1'.",
				extensionPath+"/common:relationship[1]/common:sourceId/common:identifier", 14, "ec01-Child1", "ec02-Child2",
				only(" ", extensionPath+"/common:relationship[1]/common:sourceId/common:identifier (line 14)"), only("-", "ec01-Child1"), only("+", "ec02-Child2"),
				only(" ", extensionPath+"/common:relationship[2]/common:sourceId/common:identifier (line 14)"), only("-", "ec02-Child2"), only("+", "ec01-Child1"))},
		{name: "one less breaks", answer: answerOf(success, one), expect: response(scenario.Expectation{At: extension, Unordered: relationships}),
			breaks: breaks("The answer differs from person.response.xml in 1 place: '"+shownIn(wantedLink, 80)+"' is missing.",
				extensionPath+"/common:relationship[2]", 14, wantedLink, "", only("-", wantedLink))},
		{name: "documented keys break", answer: answerOf(success, strings.ReplaceAll(person, "ec01-Child1", "Child1")), expect: response(scenario.Expectation{At: extension, Unordered: relationships}),
			breaks: breaks("The answer differs from person.response.xml in 1 place: 'Child1' instead of 'ec01-Child1'.",
				extensionPath+"/common:relationship[2]/common:sourceId/common:identifier", 14, "ec01-Child1", "Child1")},
		{name: "nothing there breaks", answer: answerOf(success, strings.ReplaceAll(person, "extension", "extra")), expect: response(scenario.Expectation{At: extension + "/common:relationship[1]/common:relation"}),
			breaks: breaks("The answer differs from person.response.xml in 1 place: '<common:relation>Child</common:relation>' is missing.", personPath, 9,
				"<common:relation>Child</common:relation>", "", only("-", "<common:relation>Child</common:relation>"))},
		{name: "status breaks", answer: answerOf(warning, person), expect: response(scenario.Expectation{At: "bind:statusInfo"}),
			breaks: breaks("The answer differs from person.response.xml in 1 place: 'warning' instead of 'status'.", statusPath+"/bind:severity", 5, "status", "warning")},
	} {
		t.Run(m.name, func(t *testing.T) { m.run(t, "readPerson") })
	}
}

func TestReadingsOfAContradictoryPassage(t *testing.T) {
	reading := func(name string, inner ...scenario.Expectation) scenario.Reading {
		return scenario.Reading{Name: name, Expect: inner}
	}
	status := func(severity string) scenario.Expectation {
		return scenario.Expectation{Status: &scenario.Status{Severity: severity}}
	}
	anyOf := scenario.Expectation{AnyOf: []scenario.Reading{reading("an error", status("error")), reading("a warning", status("warning"), scenario.Expectation{At: "pmess:x", Absent: true})}}
	for _, m := range []matcherCase{
		{name: "the first", answer: answerOf(failure, created), expect: anyOf, readings: []reports.Observation{{Requirement: "T-MUST", Step: 1, Reading: "an error"}}},
		{name: "the second", answer: answerOf(warning, created), expect: anyOf, readings: []reports.Observation{{Requirement: "T-MUST", Step: 1, Reading: "a warning"}}},
		{name: "none", answer: answerOf(success, created), expect: anyOf,
			breaks: breaks("None of the documented readings holds: not 'an error', because in the status severity is 'status' instead of 'error'; not 'a warning', because in the status severity is 'status' instead of 'warning'.",
				statusPath+"/bind:severity", 5, "error", "status",
				only(" ", "reading 'an error'"), only("-", "severity: error"), only("+", "severity: status"),
				only(" ", "reading 'a warning'"), only("-", "severity: warning"), only("+", "severity: status"))},
		{name: "a reading needs all its expectations", answer: answerOf(failure, created),
			expect:   scenario.Expectation{AnyOf: []scenario.Reading{reading("strict", status("error"), scenario.Expectation{At: "pmess:x", Present: true}), reading("lax", status("error"))}},
			readings: []reports.Observation{{Requirement: "T-MUST", Step: 1, Reading: "lax"}}},
	} {
		t.Run(m.name, func(t *testing.T) { m.run(t, "createPerson") })
	}
}
