package judge

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// universalCase is a right answer with one minimal change.
type universalCase struct {
	name      string
	operation string // createPerson unless given
	answer    string // the right answer; that of createPerson unless given
	from, to  string // the change
	edit      func(*evidence.Exchange)
	validator fakeValidator
	expect    []scenario.Expectation // fine unless given
	id        string
	want      reports.Finding
}

const (
	bind   = "http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0"
	common = "http://www.imsglobal.org/services/common/imsCommonSchema_v1p0"
	mess   = "http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0"

	infoPath   = "/soap:Envelope/soap:Header/bind:syncResponseHeaderInfo"
	statusPath = infoPath + "/bind:statusInfo"
	bodyPath   = "/soap:Envelope/soap:Body"
	stampPath  = "/soap:Envelope/soap:Header/wsse:Security/wsu:Timestamp"
)

func httpStatus(n int) func(*evidence.Exchange) {
	return func(e *evidence.Exchange) { e.Status = n }
}

func contentType(s string) func(*evidence.Exchange) {
	return func(e *evidence.Exchange) { e.ResponseHeader = http.Header{"Content-Type": {s}} }
}

func transportFault(kind evidence.FaultKind) func(*evidence.Exchange) {
	return func(e *evidence.Exchange) {
		e.Status, e.Response = 0, nil
		e.Transport = &evidence.TransportFault{Kind: kind, Message: "something broke", Probed: true, ProbeOK: true}
	}
}

// universalCases are all of them, by family.
func universalCases() []universalCase {
	return slices.Concat(transportCases(), envelopeCases(), bodyCases(), headerCases(), statusCases(), containerCases(), securityCases(), schemaCases())
}

// sent gives a createPersons request with a number of items.
func sent(items int) func(*evidence.Exchange) {
	return func(e *evidence.Exchange) {
		e.Request = []byte(`<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:createPersonsRequest xmlns:m="` + mess +
			`"><m:personIdPairSet>` + strings.Repeat("<m:personIdPair/>", items) + `</m:personIdPairSet></m:createPersonsRequest></s:Body></s:Envelope>`)
	}
}

// between is the part of s between two texts.
func between(s, from, to string) string {
	_, rest, _ := strings.Cut(s, from)
	inside, _, _ := strings.Cut(rest, to)
	return inside
}

func headerLast() string {
	return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
<s:Body>` + created + `</s:Body>
<s:Header>` + between(answerOf(success, created), "<s:Header>", "</s:Header>")[:0] + `<h:syncResponseHeaderInfo xmlns:h="` + bind + `"><h:messageIdentifier>m-1</h:messageIdentifier>` +
		strings.Replace(success, "<statusInfo>", `<statusInfo xmlns="`+bind+`">`, 1) + `</h:syncResponseHeaderInfo></s:Header></s:Envelope>`
}

func (u universalCase) input(t *testing.T) (right, broken Input) {
	t.Helper()
	if u.operation == "" {
		u.operation = "createPerson"
	}
	if u.answer == "" {
		u.answer = answerOf(success, created)
	}
	changed := u.answer
	if u.from != "" {
		changed = strings.Replace(u.answer, u.from, u.to, 1)
		if u.from == wire.NSSOAP {
			changed = strings.ReplaceAll(u.answer, u.from, u.to)
		}
		if changed == u.answer {
			t.Fatalf("the change from %q changes nothing", u.from)
		}
	}
	if u.expect == nil {
		u.expect = fine()
	}
	right = input(slices.Clone(u.expect), exchange(0, u.operation, u.answer))
	e := exchange(0, u.operation, changed)
	if u.edit != nil {
		u.edit(&e)
	}
	broken = input(slices.Clone(u.expect), e)
	broken.Validator = u.validator
	return right, broken
}

// Each universal check finds its one minimal fault, and nothing else does.
func TestUniversalChecksFindTheirFault(t *testing.T) {
	for _, u := range universalCases() {
		t.Run(u.id+" "+u.name, func(t *testing.T) {
			_, broken := u.input(t)
			got := judged(t, broken)
			operation := u.operation
			if operation == "" {
				operation = "createPerson"
			}
			want := []reports.Finding{universalFinding(u.id, operation, u.want)}
			if diff := cmp.Diff(want, got.Findings, cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			if got.Verdict != reports.Failed {
				t.Errorf("verdict %s, want failed", got.Verdict)
			}
			if !slices.Contains(got.Proves, u.id) {
				t.Errorf("%s is not among what was evaluated: %v", u.id, got.Proves)
			}
		})
	}
}

// Where only a part of an otherwise right answer is changed, that answer has no
// finding.
func TestUniversalChecksPassTheRightAnswer(t *testing.T) {
	for _, u := range universalCases() {
		if u.from == "" || u.expect != nil {
			continue
		}
		t.Run(u.id+" "+u.name, func(t *testing.T) {
			right, _ := u.input(t)
			if got := judged(t, right); len(got.Findings) > 0 || got.Verdict != reports.Passed {
				t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
			}
		})
	}
}

// Every universal requirement has a case that breaks it.
func TestEveryUniversalRequirementCanBeBroken(t *testing.T) {
	var broken []string
	for _, u := range universalCases() {
		broken = append(broken, u.id)
	}
	slices.Sort(broken)
	if diff := cmp.Diff(Universal(), slices.Compact(broken)); diff != "" {
		t.Errorf("universal requirements (-listed +broken in a case):\n%s", diff)
	}
}
