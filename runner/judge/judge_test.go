package judge

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
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

// Under `until` the expectations are about the last attempt.
func TestLastAttemptIsJudged(t *testing.T) {
	early, late := exchange(0, "readPerson", answerOf(failure, created)), exchange(0, "readPerson", answerOf(success, person))
	late.Attempt = 1
	for _, order := range [][]evidence.Exchange{{early, late}, {late, early}} {
		in := input([]scenario.Expectation{{Status: &scenario.Status{CodeMajor: "success"}}}, order...)
		if got := judged(t, in); got.Verdict != reports.Passed {
			t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
		}
	}
}

// The universal checks are made on all answers: of each attempt, and to what was
// given. What breaks several times in a step is one finding.
func TestEveryAnswerIsChecked(t *testing.T) {
	right, wrong := answerOf(success, person), "<broken"
	at := func(step, attempt int, response string) evidence.Exchange {
		e := exchange(step, "readPerson", response)
		e.Attempt = attempt
		return e
	}
	control := evidence.Exchange{Step: givenStep, Given: "Child2", Response: []byte("{}")}
	tests := []struct {
		name      string
		exchanges []evidence.Exchange
		want      []string
	}{
		{"all are right", []evidence.Exchange{at(-1, 0, right), at(0, 0, right), at(0, 1, right)}, nil},
		{"an attempt before the last", []evidence.Exchange{at(0, 0, wrong), at(0, 1, right)}, []string{"1 STD-XML-1"}},
		{"several attempts", []evidence.Exchange{at(0, 0, wrong), at(0, 1, wrong), at(0, 2, wrong)}, []string{"1 STD-XML-1"}},
		{"what was given", []evidence.Exchange{at(-1, 0, wrong), at(0, 0, right)}, []string{"0 STD-XML-1"}},
		{"several that were given, and a step", []evidence.Exchange{at(-1, 0, wrong), at(-1, 0, wrong), at(0, 0, wrong)}, []string{"0 STD-XML-1", "1 STD-XML-1"}},
		{"given through the control interface", []evidence.Exchange{control, at(0, 0, right)}, nil},
		{"a probe", []evidence.Exchange{at(probeStep, 0, wrong), at(0, 0, right)}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			result := judged(t, input(fine(), tt.exchanges...))
			for _, f := range result.Findings {
				got = append(got, itoa(f.Step)+" "+f.Requirement)
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("verdict %s, findings (-want +got):\n%s", result.Verdict, diff)
			}
		})
	}
}

// A case that was blocked later keeps the findings of what was answered; a failure
// outweighs that it could not go on.
func TestWhatWasAnsweredBeforeTheBlockIsJudged(t *testing.T) {
	broken := []scenario.Expectation{{At: "pmess:nothing", Present: true}}
	weak := []scenario.Expectation{{At: "pmess:nothing", Present: true, Proves: "T-SHOULD"}}
	captured := []scenario.Expectation{{At: "pmess:person/common:email", Equals: str("{capture:gone}")}}
	tests := []struct {
		name     string
		expect   []scenario.Expectation
		verdict  reports.Verdict
		findings int
	}{
		{"all held", fine(), reports.NotRun, 0},
		{"a failure", broken, reports.Failed, 1},
		{"a warning", weak, reports.NotRun, 1},
		{"what rests on the missing capture", captured, reports.NotRun, 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(tt.expect, exchange(0, "readPerson", answerOf(success, person)))
			in.Case.Steps = append(in.Case.Steps, scenario.Step{Operation: "readPerson", Expect: fine()})
			in.Outcome.Blocked = &evidence.Blocked{Requirement: "PER-01", Reason: "nothing was captured"}
			got := judged(t, in)
			if got.Verdict != tt.verdict || len(got.Findings) != tt.findings || got.Reason != "blocked by PER-01: nothing was captured" {
				t.Errorf("verdict %s, reason %q, findings %+v", got.Verdict, got.Reason, got.Findings)
			}
		})
	}
}

func TestSwitchStepsNeedNoAnswer(t *testing.T) {
	in := input(fine(), exchange(0, "readPerson", answerOf(success, person)))
	in.Case.Steps = append(in.Case.Steps, scenario.Step{Switch: map[string]string{"parentPortal": "disabled"}})
	if got := judged(t, in); got.Verdict != reports.Passed {
		t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
	}
}
