package judge

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// The head and foot of every answer of the tests: an envelope as the documented
// samples write it.
const (
	head = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:u="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd">
<s:Header>
<h:syncResponseHeaderInfo xmlns:h="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0" xmlns="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0">
<h:messageIdentifier>m-1</h:messageIdentifier>
`
	neck = `
</h:syncResponseHeaderInfo>
<o:Security s:mustUnderstand="1" xmlns:o="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"><u:Timestamp u:Id="_0"><u:Created>2011-02-02T14:23:09.653Z</u:Created><u:Expires>2011-02-02T14:28:09.653Z</u:Expires></u:Timestamp></o:Security>
</s:Header>
<s:Body>`
	foot = `</s:Body>
</s:Envelope>`

	success = `<statusInfo><codeMajor>success</codeMajor><severity>status</severity><messageIdRef>m-1</messageIdRef></statusInfo>`
	warning = `<statusInfo><codeMajor>success</codeMajor><severity>warning</severity>` +
		`<codeMinor><codeMinorField><codeMinorName>personmanagement</codeMinorName><codeMinorValue>unknownobjinsertinstead</codeMinorValue></codeMinorField></codeMinor>` +
		`<messageIdRef>m-1</messageIdRef>` +
		`<description><language xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">en-US</language>` +
		`<text xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">
Object did not exist, has been inserted instead</text></description></statusInfo>`
	failure = `<statusInfo><codeMajor>failure</codeMajor><severity>error</severity>` +
		`<messageIdRef>m-1</messageIdRef>` +
		`<description><language xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">en-US</language>` +
		`<text xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">unknown</text></description></statusInfo>`

	created = `<createPersonResponse xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0"/>`
	person  = `<readPersonResponse xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0"><person>
<formatName xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0" xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>
<email xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">anna@example.org</email>
<userId xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0"><userIdValue xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">anna-0badcafe</userIdValue></userId>
<demographics xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0"><gender>Female</gender></demographics>
<extension xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0"><relationship xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0"><relation>Child</relation><sourceId><identifier>ec02-Child2</identifier></sourceId></relationship><relationship xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0"><relation>Child</relation><sourceId><identifier>ec01-Child1</identifier></sourceId></relationship></extension>
</person></readPersonResponse>`
	fault = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header/><s:Body><s:Fault><faultcode xmlns:a="urn:a">a:InvalidSecurity</faultcode><faultstring xml:lang="en-US">not allowed</faultstring></s:Fault></s:Body></s:Envelope>`
)

func answerOf(statuses, body string) string { return head + statuses + neck + body + foot }

func set(statuses ...string) string {
	return "<statusInfoSet>" + strings.Join(statuses, "") + "</statusInfoSet>"
}

// requirements is an inventory with everything that is universal, and rows of every
// weight for expectations.
func requirements() scenario.Requirements {
	var rows scenario.Requirements
	for _, id := range Universal() {
		rows = append(rows, scenario.Requirement{ID: id, Level: scenario.Must, Statement: "Rule " + id + ".", Source: "page of " + id,
			Confidence: "doc", Class: scenario.Verified, Universal: true})
	}
	row := func(id string, level scenario.Level, confidence string, fails bool) {
		rows = append(rows, scenario.Requirement{ID: id, Level: level, Statement: "Rule " + id + ".", Source: "page of " + id,
			Confidence: confidence, Class: scenario.Verified, Fails: fails})
	}
	row("T-MUST", scenario.Must, "doc", false)
	row("T-SAMPLE", scenario.Must, "sample", false)
	row("T-STANDARD", scenario.Must, "standard", false)
	row("T-STANDARD-SHOULD", scenario.Should, "standard", false)
	row("T-SHOULD", scenario.Should, "doc", false)
	row("T-CLIENT", scenario.Must, "client", false)
	row("T-INFERRED", scenario.Must, "inferred", false)
	row("T-FAILS", scenario.Must, "inferred", true)
	row("T-FAILS-SHOULD", scenario.Should, "inferred", true)
	row("T-MAY", scenario.May, "doc", false)
	return rows
}

// fakeValidator finds what it is told to.
type fakeValidator struct {
	violations []validate.Violation
	err        error
	asked      *wire.Name // the root that was asked for
}

func (f fakeValidator) Validate(root wire.Name, _ []byte) ([]validate.Violation, error) {
	if f.asked != nil {
		*f.asked = root
	}
	return f.violations, f.err
}
func (fakeValidator) Name() string { return "fake" }
func (fakeValidator) Close() error { return nil }

var startedAt = time.Date(2024, 5, 6, 7, 8, 9, 0, time.UTC)

// exchange is an exchange with an answer of HTTP status 200.
func exchange(step int, operation, response string) evidence.Exchange {
	return evidence.Exchange{Step: step, Operation: operation, MessageID: "m-1", Site: "main", Status: 200,
		ResponseHeader: http.Header{"Content-Type": {"text/xml; charset=utf-8"}}, Response: []byte(response), ResponseFile: "evidence/1.response.xml"}
}

// input is a case with one step for each operation, in the order of the exchanges.
func input(expect []scenario.Expectation, exchanges ...evidence.Exchange) Input {
	s := &scenario.Scenario{ID: "imses/person/area/story", Title: "A story is told", Source: "page", Labels: []string{"area"}}
	in := Input{
		Case:         scenario.Case{Scenario: s},
		Requirements: requirements(),
		Validator:    fakeValidator{},
		Files:        fstest.MapFS{},
		Core:         true,
		Outcome: evidence.Outcome{
			Scenario: s.ID, Site: "main", StartedAt: startedAt, Duration: 1500 * time.Millisecond, Exchanges: exchanges,
			Keys:     map[string]string{"Child1": "ec01-Child1", "Child2": "ec02-Child2", "Child3": "ec03-Child3", "Parent1": "ec04-Parent1"},
			Unique:   map[string]string{"anna": "anna-0badcafe"},
			Captures: map[string]string{"generated": "itsla-42"},
		},
	}
	for _, e := range exchanges {
		if e.Step == len(in.Case.Steps) {
			in.Case.Steps = append(in.Case.Steps, scenario.Step{Operation: e.Operation, Expect: nil})
		}
	}
	for i := range expect {
		expect[i].Position = scenario.Position{File: "imses/person/area/story/scenario.yaml", Line: 10 + i}
		if expect[i].Proves == "" && expect[i].Capture == "" {
			expect[i].Proves = "T-MUST"
		}
	}
	in.Case.Steps[len(in.Case.Steps)-1].Expect = expect
	return in
}

// judged judges a case. Excerpts have a test of their own.
func judged(t testing.TB, in Input) reports.Result {
	t.Helper()
	r := Judge(context.Background(), in)
	for i := range r.Findings {
		r.Findings[i].Excerpt = nil
	}
	return r
}

func str(s string) *string { return &s }
func num(n int) *int       { return &n }

// fine is an expectation that every answer with a readable envelope satisfies.
func fine() []scenario.Expectation {
	return []scenario.Expectation{{At: "pmess:nothing", Absent: true}}
}

// universalFinding is a finding of a universal requirement in step 1.
func universalFinding(id, operation string, f reports.Finding) reports.Finding {
	f.Requirement, f.Statement, f.Source, f.Weight = id, "Rule "+id+".", "page of "+id, reports.Failure
	f.Step, f.Operation, f.Response = 1, operation, "evidence/1.response.xml"
	return f
}

func diffLines(wanted, got string) []reports.Diff {
	return []reports.Diff{{Op: "-", Text: wanted}, {Op: "+", Text: got}}
}
