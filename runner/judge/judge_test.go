package judge

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
	"esconform/xsd/validate"
)

func TestResultOfAPassedCase(t *testing.T) {
	in := input([]scenario.Expectation{{At: "pmess:person", Present: true, Proves: "T-SAMPLE"}}, exchange(0, "readPerson", answerOf(success, person)))
	in.Case.Name = "row"
	in.Case.Values = map[string]string{"name": "row", "field": "email"}
	in.Case.Scenario.Title = "The {case:field} is told"
	in.Outcome.Exchanges = append(in.Outcome.Exchanges, evidence.Exchange{Step: -1, Given: "Child1"}, evidence.Exchange{Step: probeStep})
	want := reports.Result{
		ID: "imses/person/area/story/row", Scenario: "imses/person/area/story", Title: "The email is told", Area: "imses/person",
		Source: "page", Labels: []string{"area"}, Core: true, Verdict: reports.Passed, Site: "main",
		Proves: []string{"GEN-02", "GEN-03", "GEN-04", "GEN-13", "HDR-01", "HDR-02", "HDR-06", "HDR-07", "HDR-08", "PER-OBJ-27", "SEC-12", "SEC-13",
			"STA-01", "STA-02", "STA-03", "STA-08", "STA-09", "STA-21", "STD-HTTP-1", "STD-HTTP-2", "STD-SOAP-1", "STD-SOAP-2", "STD-WSS-1",
			"STD-XML-1", "STD-XML-2", "STD-XML-3", "T-SAMPLE"},
		Findings: []reports.Finding{}, StartedAt: startedAt, DurationMS: 1500, Exchanges: 2,
	}
	if diff := cmp.Diff(want, judged(t, in)); diff != "" {
		t.Errorf("result (-want +got):\n%s", diff)
	}
}

func TestJudgingTwiceGivesTheSame(t *testing.T) {
	for _, u := range universalCases() {
		_, broken := u.input(t)
		if diff := cmp.Diff(judged(t, broken), judged(t, broken)); diff != "" {
			t.Errorf("%s %s (-first +second):\n%s", u.id, u.name, diff)
		}
	}
}

func TestFindingsWeighByTheirRequirement(t *testing.T) {
	tests := []struct {
		requirement    string
		weight, strict reports.Weight
	}{
		{"T-MUST", reports.Failure, reports.Failure},
		{"T-SAMPLE", reports.Failure, reports.Failure},
		{"T-STANDARD", reports.Failure, reports.Failure},
		{"T-STANDARD-SHOULD", reports.Warning, reports.Warning},
		{"T-SHOULD", reports.Warning, reports.Warning},
		{"T-CLIENT", reports.Warning, reports.Failure},
		{"T-INFERRED", reports.Warning, reports.Failure},
		{"T-FAILS", reports.Failure, reports.Failure},
		{"T-FAILS-SHOULD", reports.Failure, reports.Failure},
		{"T-MAY", reports.Trouble, reports.Trouble},
		{"T-UNKNOWN", reports.Trouble, reports.Trouble},
	}
	verdicts := map[reports.Weight]reports.Verdict{reports.Failure: reports.Failed, reports.Warning: reports.Warned, reports.Trouble: reports.Error}
	for _, tt := range tests {
		for _, strict := range []bool{false, true} {
			in := input([]scenario.Expectation{{At: "pmess:nothing", Present: true, Proves: tt.requirement}}, exchange(0, "readPerson", answerOf(success, person)))
			in.Strict = strict
			want := tt.weight
			if strict {
				want = tt.strict
			}
			got := judged(t, in)
			if len(got.Findings) != 1 || got.Findings[0].Weight != want || got.Verdict != verdicts[want] {
				t.Errorf("%s, strict %v: verdict %s, findings %+v; want weight %s", tt.requirement, strict, got.Verdict, got.Findings, want)
			}
		}
	}
}

func TestVerdictIsThatOfTheWorstFinding(t *testing.T) {
	broken := func(ids ...string) []scenario.Expectation {
		var list []scenario.Expectation
		for _, id := range ids {
			list = append(list, scenario.Expectation{At: "pmess:nothing", Present: true, Proves: id})
		}
		return list
	}
	tests := []struct {
		expect []scenario.Expectation
		want   reports.Verdict
	}{
		{fine(), reports.Passed},
		{broken("T-SHOULD"), reports.Warned},
		{broken("T-MUST", "T-SHOULD"), reports.Failed},
		{broken("T-SHOULD", "T-MUST"), reports.Failed},
		{broken("T-MAY", "T-MUST"), reports.Error},
		{broken("T-MUST", "T-MAY"), reports.Error},
	}
	for _, tt := range tests {
		if got := judged(t, input(tt.expect, exchange(0, "readPerson", answerOf(success, person)))); got.Verdict != tt.want {
			t.Errorf("verdict %s with %+v, want %s", got.Verdict, got.Findings, tt.want)
		}
	}
}

func TestFindingsAreSortedByStepRequirementAndPath(t *testing.T) {
	in := input([]scenario.Expectation{
		{At: "pmess:person/pdata:photo", Present: true, Proves: "T-SHOULD"},
		{At: "pmess:group", Present: true, Proves: "T-SHOULD"},
		{At: "pmess:group", Present: true, Proves: "T-MUST"},
	}, exchange(0, "createPerson", answerOf(strings.Replace(success, "m-1", "x", 1), created)), exchange(1, "readPerson", answerOf(success, person)))
	in.Case.Steps[0].Expect = []scenario.Expectation{{At: "pmess:group", Present: true, Proves: "T-SHOULD"}}
	var got []string
	for _, f := range judged(t, in).Findings {
		got = append(got, itoa(f.Step)+" "+f.Requirement+" "+f.Path)
	}
	want := []string{
		"1 HDR-02 " + statusPath + "/bind:messageIdRef",
		"1 T-SHOULD " + bodyPath + "/pmess:createPersonResponse",
		"2 T-MUST " + bodyPath + "/pmess:readPersonResponse",
		"2 T-SHOULD " + bodyPath + "/pmess:readPersonResponse",
		"2 T-SHOULD " + personPath,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
}

// A universal requirement that breaks in several places of a step is one finding,
// at the first of them.
func TestUniversalRequirementIsReportedOnceAStep(t *testing.T) {
	bad := strings.Replace(success, "m-1", "x", 1)
	createdMany := strings.ReplaceAll(created, "createPerson", "createPersons")
	got := judged(t, input(fine(), exchange(0, "createPersons", answerOf(set(success, bad, bad), createdMany))))
	if len(got.Findings) != 1 || got.Findings[0].Requirement != "HDR-02" || got.Findings[0].Path != infoPath+"/bind:statusInfoSet/bind:statusInfo[2]/bind:messageIdRef" {
		t.Errorf("findings %+v", got.Findings)
	}
}

func TestWhatEndsACaseBeforeItIsJudged(t *testing.T) {
	ended, cancel := context.WithCancel(context.Background())
	cancel()
	tests := []struct {
		name    string
		ctx     context.Context
		outcome func(*evidence.Outcome)
		verdict reports.Verdict
		reason  string
	}{
		{"blocked", t.Context(), func(o *evidence.Outcome) {
			o.Blocked = &evidence.Blocked{Requirement: "PER-CREATE-01", Reason: "Child1 could not be made: \x1b[31mno"}
		}, reports.NotRun, `blocked by PER-CREATE-01: Child1 could not be made: \u{1B}[31mno`},
		{"blocked without a reason", t.Context(), func(o *evidence.Outcome) { o.Blocked = &evidence.Blocked{Requirement: "PER-CREATE-01"} }, reports.NotRun, "blocked by PER-CREATE-01"},
		{"interrupted", t.Context(), func(o *evidence.Outcome) { o.Interrupted = true }, reports.NotRun, "the run was interrupted before the case ended"},
		{"context over", ended, func(*evidence.Outcome) {}, reports.NotRun, "the run was interrupted before the case was judged"},
		{"error", t.Context(), func(o *evidence.Outcome) { o.Error = "the disk is full" }, reports.Error, "The disk is full."},
		{"error without exchanges", t.Context(), func(o *evidence.Outcome) { o.Error, o.Exchanges = "the disk is full", nil }, reports.Error, "The disk is full."},
		{"no exchange and no reason", t.Context(), func(o *evidence.Outcome) { o.Exchanges = nil }, reports.Error, "Step 1 was not carried out, and the outcome does not say why."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(fine(), exchange(0, "readPerson", answerOf(success, person)))
			tt.outcome(&in.Outcome)
			got := Judge(tt.ctx, in)
			if got.Verdict != tt.verdict || got.Reason != tt.reason {
				t.Errorf("verdict %s, reason %q; want %s, %q", got.Verdict, got.Reason, tt.verdict, tt.reason)
			}
		})
	}
}

func TestBrokenConnectionWithoutProbeIsNotTheEndpointsFault(t *testing.T) {
	for name, fault := range map[string]evidence.TransportFault{
		"Step 1 got no usable answer (reset: gone), and a probe directly afterwards got no answer either.": {Kind: evidence.FaultReset, Message: "gone", Probed: true},
		"Step 1 got no usable answer (timeout: slow), and no probe was sent afterwards.":                   {Kind: evidence.FaultTimeout, Message: "slow"},
	} {
		e := exchange(0, "readPerson", "")
		e.Status, e.Response, e.Transport = 0, nil, &fault
		got := judged(t, input(fine(), e))
		want := []reports.Finding{{Weight: reports.Trouble, Step: 1, Message: name}}
		if diff := cmp.Diff(want, got.Findings); diff != "" || got.Verdict != reports.Error {
			t.Errorf("verdict %s, findings (-want +got):\n%s", got.Verdict, diff)
		}
	}
}

func TestCaseThatAssertedNothingIsNeverPassed(t *testing.T) {
	const nothing = "nothing was asserted: no expectation of the case could be evaluated"
	answered := exchange(0, "readPerson", answerOf(success, person))
	tests := map[string]Input{
		"no expectations":   input(nil, answered),
		"observations only": input([]scenario.Expectation{{At: "pmess:person", Observe: true}}, answered),
		"captures only":     input([]scenario.Expectation{{At: "pmess:person/common:email", Capture: "mail"}}, answered),
	}
	for name, in := range tests {
		if got := judged(t, in); got.Verdict != reports.Error || got.Reason != nothing {
			t.Errorf("%s: verdict %s, reason %q", name, got.Verdict, got.Reason)
		}
	}
}

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

// Under `until` the last attempt counts.
func TestLastAttemptIsJudged(t *testing.T) {
	early, late := exchange(0, "readPerson", "<broken"), exchange(0, "readPerson", answerOf(success, person))
	late.Attempt = 1
	for _, order := range [][]evidence.Exchange{{early, late}, {late, early}} {
		if got := judged(t, input(fine(), order...)); got.Verdict != reports.Passed {
			t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
		}
	}
}

func TestSwitchStepsNeedNoAnswer(t *testing.T) {
	in := input(fine(), exchange(0, "readPerson", answerOf(success, person)))
	in.Case.Steps = append(in.Case.Steps, scenario.Step{Switch: map[string]string{"parentPortal": "disabled"}})
	if got := judged(t, in); got.Verdict != reports.Passed {
		t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
	}
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

func TestSchemaIsAskedWithTheResponseOfTheOperation(t *testing.T) {
	var asked wire.Name
	in := input(fine(), exchange(0, "readPerson", answerOf(success, person)))
	in.Validator = fakeValidator{asked: &asked}
	judged(t, in)
	if want := (wire.Name{Space: wire.NSPmess, Local: "readPersonResponse"}); asked != want {
		t.Errorf("the validator was asked for %v, want %v", asked, want)
	}
}

// Sites define roles beyond the enumeration (PRO-09); nothing else is forgiven.
func TestRolesOfASiteAreNoViolation(t *testing.T) {
	role := strings.Replace(person, "<demographics", `<institutionRole xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0"><institutionRoleType>Janitor</institutionRoleType></institutionRole><demographics`, 1)
	empty := strings.Replace(role, "Janitor", "", 1)
	tests := []struct {
		name, body string
		code       string
		local      string
		passes     bool
	}{
		{"role", role, validate.CodeEnumeration, "institutionRoleType", true},
		{"empty role", empty, validate.CodeEnumeration, "institutionRoleType", false},
		{"attribute of a role", role, validate.CodeAttribute, "institutionRoleType", false},
		{"other value", role, validate.CodeEnumeration, "gender", false},
	}
	for _, tt := range tests {
		e := exchange(0, "readPerson", answerOf(success, tt.body))
		in := input(fine(), e)
		in.Validator = fakeValidator{violations: []validate.Violation{{Node: indexOf(t, e.Response, tt.local), Code: tt.code, Message: "x"}}}
		if got := judged(t, in); (len(got.Findings) == 0) != tt.passes {
			t.Errorf("%s: findings %+v", tt.name, got.Findings)
		}
	}
}

// indexOf is the index of the first element with that local name.
func indexOf(t *testing.T, data []byte, local string) int {
	t.Helper()
	doc, err := xmltree.Parse(data, "", xmltree.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range doc.Nodes {
		if n.Name.Local == local {
			return n.Index
		}
	}
	t.Fatalf("no element %s", local)
	return -1
}

// What is left of an answer that was cut is in UTF-8, whatever the header says; a
// role of the site among what was cut is no violation.
func TestAnswersThatWereCut(t *testing.T) {
	e := exchange(0, "readPerson", answerOf(success, person))
	e.ResponseHeader = http.Header{"Content-Type": {"text/xml; charset=utf-16"}}
	e.Strangers = 3
	e.RawViolations = []evidence.Violation{{Node: 40, Line: 50, Code: validate.CodeEnumeration}}
	if got := judged(t, input(fine(), e)); got.Verdict != reports.Passed {
		t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
	}
}

func TestValidatorThatCannotTellIsTrouble(t *testing.T) {
	in := input(fine(), exchange(0, "readPerson", answerOf(success, person)))
	in.Validator = fakeValidator{err: errors.New("the engines disagree")}
	got := judged(t, in)
	want := []reports.Finding{{Weight: reports.Trouble, Step: 1, Message: "The answer of step 1 could not be checked against the schemas: the engines disagree."}}
	if diff := cmp.Diff(want, got.Findings); diff != "" || got.Verdict != reports.Error {
		t.Errorf("verdict %s, findings (-want +got):\n%s", got.Verdict, diff)
	}
}

// A value of five megabytes in an answer is a bounded finding, and terminal escape
// codes in it are shown, not sent.
func TestHostileValuesAreBoundedAndVisible(t *testing.T) {
	long := strings.Repeat("A", 5_000_000)
	answer := answerOf(success, strings.ReplaceAll(person, "anna@example.org", long))
	got := judged(t, input([]scenario.Expectation{{At: "pmess:person/common:email", Equals: str("x")}}, exchange(0, "readPerson", answer)))
	if len(got.Findings) != 1 {
		t.Fatalf("findings %+v", got.Findings)
	}
	f := got.Findings[0]
	if want := strings.Repeat("A", 200) + "… (5000000 characters)"; f.Got != want || f.Diff[1].Text != want {
		t.Errorf("got is %q", f.Got)
	}
	if n := utf8.RuneCountInString(f.Message); n > maxMessage+50 {
		t.Errorf("the message has %d characters", n)
	}
	hostile := "\u009b31m\u202Egnp.exe\u2028::error::x\u0085"
	got = judged(t, input([]scenario.Expectation{{At: "pmess:person/common:email", Equals: str("x")}}, exchange(0, "readPerson", answerOf(success, strings.ReplaceAll(person, "anna@example.org", hostile)))))
	if want := `\u{9B}31m\u{202E}gnp.exe\u{2028}::error::x\u{85}`; got.Findings[0].Got != want {
		t.Errorf("got is %q, want %q", got.Findings[0].Got, want)
	}
}

// Of two long values the part is shown where they differ.
func TestLongValuesAreShownWhereTheyDiffer(t *testing.T) {
	got := diffOf(strings.Repeat("é", 1000)+"wanted", strings.Repeat("é", 1000)+"come")
	want := diffLines("…"+strings.Repeat("é", 30)+"wanted", "…"+strings.Repeat("é", 30)+"come")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("diff (-want +got):\n%s", diff)
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
