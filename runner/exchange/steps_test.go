package exchange

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// fakeClock never waits: waiting moves it on.
type fakeClock struct {
	now   time.Time
	waits []time.Duration
}

func (c *fakeClock) clock() clock {
	return clock{now: func() time.Time { return c.now }, wait: func(ctx context.Context, d time.Duration) error {
		c.waits = append(c.waits, d)
		c.now = c.now.Add(d)
		return ctx.Err()
	}}
}

func TestAReadIsRepeatedUntilItShowsWhatIsWaitedFor(t *testing.T) {
	waiting := step("readPerson", "read.xml")
	waiting.Until, waiting.Within = &scenario.Expectation{Status: &scenario.Status{CodeMajor: "success"}}, 2*time.Second
	tests := []struct {
		name  string
		ready int // the attempt that is answered with success; 0 for none
		waits []time.Duration
	}{
		{"at once", 1, nil},
		{"at the third time, with growing pauses", 3, []time.Duration{50 * time.Millisecond, 100 * time.Millisecond}},
		{"never", 0, []time.Duration{50 * time.Millisecond, 100 * time.Millisecond, 200 * time.Millisecond, 400 * time.Millisecond, 800 * time.Millisecond}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = func(w http.ResponseWriter, _ *http.Request, _ received) bool {
				fmt.Fprint(w, soapAnswer("readPerson", status(len(p.requests("")) == test.ready), ""))
				return true
			}
			r := newRig(t, p, nil, story("s/one", waiting))
			fake := &fakeClock{now: time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)}
			r.Executor.clock = fake.clock()
			o := r.only(t)
			if diff := cmp.Diff(test.waits, fake.waits); diff != "" || o.Error != "" {
				t.Errorf("error %q, waits (-want +got)\n%s", o.Error, diff)
			}
			for i, x := range o.Exchanges {
				if x.Step != 0 || x.Attempt != i {
					t.Errorf("exchange %d is attempt %d of step %d", i, x.Attempt, x.Step)
				}
			}
			if len(o.Exchanges) != len(test.waits)+1 {
				t.Errorf("%d exchanges", len(o.Exchanges))
			}
		})
	}
}

func TestWhatCanBeWaitedFor(t *testing.T) {
	answer := `<s:Envelope xmlns:s="` + wire.NSSOAP + `" xmlns:b="` + wire.NSBind + `" xmlns:c="` + wire.NSCommon + `"><s:Header><b:syncResponseHeaderInfo><b:statusInfoSet>` + status(true) +
		`<b:statusInfo><b:codeMajor>success</b:codeMajor><b:severity>warning</b:severity><b:description><c:text> odd {key} </c:text></b:description></b:statusInfo></b:statusInfoSet></b:syncResponseHeaderInfo></s:Header>` +
		`<s:Body><readPersonsResponse xmlns="` + wire.NSPmess + `"><personSet><person><c:email>a@example.org</c:email></person><person><c:email/></person></personSet></readPersonsResponse></s:Body></s:Envelope>`
	text, email := func(s string) *string { return &s }, "pmess:personSet/pmess:person/common:email"
	tests := []struct {
		name string
		want scenario.Expectation
		yes  bool
	}{
		{"a status", scenario.Expectation{Status: &scenario.Status{CodeMajor: "success", Severity: "status"}}, true},
		{"another severity", scenario.Expectation{Status: &scenario.Status{Severity: "warning"}}, false},
		{"the second status", scenario.Expectation{Item: 2, Status: &scenario.Status{Severity: "warning"}}, true},
		{"a third status", scenario.Expectation{Item: 3, Status: &scenario.Status{}}, false},
		{"a text, trimmed and filled in", scenario.Expectation{Item: 2, Text: text("odd K")}, true},
		{"present", scenario.Expectation{At: email, Present: true}, true},
		{"absent", scenario.Expectation{At: email, Absent: true}, false},
		{"absent where it is not", scenario.Expectation{At: "pmess:person", Absent: true}, true},
		{"empty", scenario.Expectation{At: "common:email", Item: 2, AbsentOrEmpty: true}, true},
		{"not empty", scenario.Expectation{At: "common:email", Item: 1, AbsentOrEmpty: true}, false},
		{"a member that is not there", scenario.Expectation{At: "common:email", Item: 3, Present: true}, false},
		{"equal", scenario.Expectation{At: email, Equals: text("a@example.org")}, true},
		{"not equal", scenario.Expectation{At: email, Equals: text("b@example.org")}, false},
		{"matching", scenario.Expectation{At: email, Matches: text(`.*@example\.org`)}, true},
		{"matching a part only", scenario.Expectation{At: email, Matches: text(`@example`)}, false},
		{"a count", scenario.Expectation{At: "pmess:personSet/pmess:person", Count: ptr(2)}, true},
		{"in the header", scenario.Expectation{At: "bind:statusInfoSet/bind:statusInfo[2]/bind:severity", Equals: text("warning")}, true},
		{"no fault", scenario.Expectation{Fault: &scenario.Fault{}}, false},
		{"an HTTP status", scenario.Expectation{HTTPStatus: "200"}, true},
		{"an HTTP class", scenario.Expectation{HTTPStatus: "5xx"}, false},
		{"another HTTP status", scenario.Expectation{HTTPStatus: "not 500"}, true},
	}
	m, err := readMessage(http.Header{}, []byte(answer), 0)
	if err != nil {
		t.Fatal(err)
	}
	fill := func(s string) string { return strings.ReplaceAll(s, "K", "{key}") }
	for _, test := range tests {
		got, err := holds(test.want, evidence.Exchange{Status: 200}, m, fill)
		if err != nil || got != test.yes {
			t.Errorf("%s: %v, %v", test.name, got, err)
		}
	}
	fault, err := readMessage(http.Header{}, []byte(soapFault("FailedCheck", "no")), 0)
	if err != nil {
		t.Fatal(err)
	}
	for code, yes := range map[string]bool{"": true, "FailedCheck": true, "Client": false} {
		if got, err := holds(scenario.Expectation{Fault: &scenario.Fault{Code: code}}, evidence.Exchange{}, fault, fill); err != nil || got != yes {
			t.Errorf("fault %q: %v, %v", code, got, err)
		}
	}
	if _, err := holds(scenario.Expectation{Response: "x.xml"}, evidence.Exchange{}, m, fill); err == nil {
		t.Error("a kind that cannot be waited for is accepted")
	}
}

func TestACapturedValueIsUsedByLaterSteps(t *testing.T) {
	tests := []struct {
		name     string
		captured scenario.Step // whose answer gives the value
		value    string
		then     string // what is done with it
		file     string
		refused  string // empty: it passes
		stored   bool
	}{
		{"a read of what a read gave", step("readPerson", "read.xml"), "itsla-42", "readPerson", "read.xml", "", false},
		{"a read of what a write gave", step("createPerson", "create.xml"), "itsla-42", "readPerson", "read.xml", "", false},
		{"a write to what a read gave", step("readPerson", "read.xml"), "itsla-42", "deletePerson", "delete.xml", `it would write to "itsla-42", which was captured from an answer to a read`, false},
		{"a write to what a write gave", step("createPerson", "create.xml"), "itsla-42", "deletePerson", "delete.xml", "", false},
		{"a creation with what a write gave", step("createPerson", "create.xml"), "itsla-42", "createPerson", "create.xml", "", true},
		{"a write to an anchor that a write gave", step("createPerson", "create.xml"), "anchor-1", "deletePerson", "delete.xml", "it would write to an anchor", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = once(plain("text/xml", soapAnswer("readPerson", status(true), `<person><name>`+test.value+` </name></person>`)))
			test.captured.Expect = []scenario.Expectation{{At: "pmess:person/pmess:name", Capture: "found"}}
			then := step(test.then, test.file)
			then.Set = []scenario.Assignment{{Path: "pmess:sourcedId/common:identifier", Value: "{capture:found}"}}
			r := newRig(t, p, nil, story("s/one", test.captured, then))
			o := r.only(t)
			if diff := cmp.Diff(map[string]string{"found": test.value}, o.Captures); diff != "" || !strings.Contains(o.Error, test.refused) || (test.refused == "") != (o.Error == "") {
				t.Fatalf("error %q (-want +got)\n%s", o.Error, diff)
			}
			sent := slices.ContainsFunc(p.requests(test.then), func(in received) bool { return slices.Contains(in.Keys, test.value) })
			if sent != (test.refused == "") {
				t.Errorf("sent: %v", sent)
			}
			removed := slices.ContainsFunc(p.requests("deletePersons"), func(in received) bool { return slices.Contains(in.Keys, test.value) })
			if removed != test.stored {
				t.Errorf("removed at the end: %v", removed)
			}
		})
	}
}

func TestAValueThatNoAnswerGaveBlocksTheCase(t *testing.T) {
	first := step("readPerson", "read.xml")
	first.Expect = []scenario.Expectation{{At: "pmess:person/pmess:name", Capture: "found"}, {Status: &scenario.Status{}, Proves: "PER-READ-01"}}
	o := newRig(t, newPeer(t), nil, story("s/one", first, step("readPerson", "read-capture.xml"))).only(t)
	want := &evidence.Blocked{Requirement: "PER-READ-01", Reason: "no answer has given the value {capture:found}"}
	if diff := cmp.Diff(want, o.Blocked); diff != "" || o.Error != "" || len(o.Exchanges) != 1 {
		t.Errorf("error %q, %d exchanges (-want +got)\n%s", o.Error, len(o.Exchanges), diff)
	}
}

func TestARequestIsValidatedBeforeItIsSent(t *testing.T) {
	violation := validate.Violation{Node: 9, Line: 3, Code: "missing", Message: "the element demographics lacks gender"}
	tests := []struct {
		name    string
		step    scenario.Step
		invalid bool
		want    string
	}{
		{"a valid request", scenario.Step{}, false, ""},
		{"one that breaks the schema", scenario.Step{}, true, "step 1: the request breaks the schema, line 3: the element demographics lacks gender"},
		{"one that is said to break it and does", scenario.Step{SchemaInvalid: "gender"}, true, ""},
		{"one that is said to break it at an element", scenario.Step{SchemaInvalid: "readPersonRequest"}, true, ""},
		{"one that is said to break it and does not", scenario.Step{SchemaInvalid: "gender"}, false, "step 1: the request is valid, but the scenario says that it breaks the schema (gender)"},
		{"one that breaks it elsewhere", scenario.Step{SchemaInvalid: "bday"}, true, "step 1: the request breaks the schema in another way than the scenario says (bday), line 3: the element demographics lacks gender"},
		{"one that is malformed on purpose", scenario.Step{Mutate: "truncated"}, true, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			test.step.Operation, test.step.Request = "readPerson", "read.xml"
			r := newRig(t, p, func(s *setting) {
				s.options.Validator = lenient{find: func(root wire.Name, _ []byte) []validate.Violation {
					if root != (wire.Name{Space: wire.NSPmess, Local: "readPersonRequest"}) {
						t.Errorf("validated as %v", root)
					}
					if test.invalid {
						return []validate.Violation{violation}
					}
					return nil
				}}
			}, story("s/one", test.step))
			o := r.only(t)
			if o.Error != test.want || (len(p.requests("")) == 0) != (test.want != "") {
				t.Errorf("error %q, want %q; %d requests", o.Error, test.want, len(p.requests("")))
			}
		})
	}
}
