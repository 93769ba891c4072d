package judge

import (
	"slices"
	"strings"

	"esconform/runner/scenario"
)

// matchFault wants a Fault, and where a code is given one whose faultcode has that
// local name or is a refinement of it ("Client.Authentication", SOAP 1.1, 4.4.1).
// The shape of the Fault is a requirement of its own (STD-SOAP-4).
func matchFault(a *answer, f scenario.Fault) *mismatch {
	if a.fault == nil {
		wanted := "a Fault"
		got := "an answer without a Fault"
		if a.soap && !a.readable() {
			got = "an answer that is not SOAP (" + a.kind() + ")"
		}
		return differs(a.child, wanted, got, "the endpoint answered without a Fault (%s)", a.kind())
	}
	if f.Code == "" {
		return nil
	}
	code := textNamed(a.fault, "faultcode")
	local := code[strings.IndexByte(code, ':')+1:]
	if local == f.Code || strings.HasPrefix(local, f.Code+".") {
		return nil
	}
	at := childNamed(a.fault, "faultcode")
	if at == nil {
		at = a.fault
	}
	return differs(at, f.Code, code, "the faultcode is %s instead of %s", quoted(code), f.Code)
}

// matchHTTPStatus wants an HTTP status: "200", "5xx", "not 200".
func matchHTTPStatus(a *answer, wanted string) *mismatch {
	if statusFits(a.exchange.Status, wanted) {
		return nil
	}
	got := itoa(a.exchange.Status)
	return differs(nil, wanted, got, "the HTTP status is %s instead of %s", got, wanted)
}

func statusFits(status int, wanted string) bool {
	pattern, negated := strings.CutPrefix(wanted, "not ")
	got := itoa(status)
	fits := got == pattern || strings.HasSuffix(pattern, "xx") && len(got) == 3 && got[:1] == pattern[:1]
	return fits != negated
}

// expectsFault says whether the step is about faults, or about an HTTP status that
// its Fault came with.
func (a *answer) expectsFault() bool {
	return slices.ContainsFunc(a.step.Expect, a.welcomesFault)
}

func (a *answer) welcomesFault(e scenario.Expectation) bool {
	if e.Fault != nil || e.HTTPStatus != "" && statusFits(a.exchange.Status, e.HTTPStatus) {
		return true
	}
	return slices.ContainsFunc(e.AnyOf, func(r scenario.Reading) bool { return slices.ContainsFunc(r.Expect, a.welcomesFault) })
}

// unexpectedFault is the mismatch of every expectation of a step that was answered
// with a Fault.
func unexpectedFault(a *answer) *mismatch {
	got := "a Fault, " + faultText(a)
	return differs(a.fault, "an answer without a Fault", got, "the endpoint answered with %s", shown(got))
}

// faultText tells code and text of the Fault.
func faultText(a *answer) string {
	return textNamed(a.fault, "faultcode") + ": " + textNamed(a.fault, "faultstring")
}
