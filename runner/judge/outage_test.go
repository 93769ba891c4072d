package judge

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
)

// outage is the page of a gateway before an endpoint that is down.
func outage(probed, ok bool) evidence.Exchange {
	e := exchange(0, "readPerson", "<html><p>Service Unavailable</html>")
	e.Status, e.ResponseHeader = 503, http.Header{"Content-Type": {"text/html"}}
	e.Probed, e.ProbeOK = probed, ok
	return e
}

// faultOf is an exchange whose transport failed; a probe was sent afterwards.
func faultOf(kind evidence.FaultKind, ok bool) evidence.Exchange {
	e := exchange(0, "readPerson", "")
	e.Status, e.Response = 0, nil
	e.Transport = &evidence.TransportFault{Kind: kind, Message: "gone", Probed: true, ProbeOK: ok}
	e.Probed, e.ProbeOK = true, ok
	return e
}

// An outage in the middle of a run is no failure of the endpoint, whatever the step
// expects.
func TestOutageIsTroubleAndNoFinding(t *testing.T) {
	const stopped = "the endpoint stopped answering"
	said := "Step 1 got no usable answer (HTTP status 503, text/html), and a probe directly afterwards got none either."
	unreached := "Step 1 got no usable answer (connect: gone), and the request has not reached the endpoint."
	tests := []struct {
		name   string
		answer evidence.Exchange
		expect []scenario.Expectation
		ended  string // Outcome.Error
		want   string
	}{
		{"page of a gateway", outage(true, false), fine(), "", said},
		{"page of a gateway that ended the run", outage(true, false), fine(), stopped, said},
		{"where an error is expected", outage(true, false), []scenario.Expectation{{HTTPStatus: "not 200"}}, stopped, said},
		{"where all is observed", outage(true, false), []scenario.Expectation{{At: "pmess:person", Observe: true}}, stopped, said},
		{"redirect where one is expected", faultOf(evidence.FaultRedirected, false), []scenario.Expectation{{HTTPStatus: "3xx"}}, "",
			"Step 1 got no usable answer (redirected: gone), and a probe directly afterwards got no answer either."},
		{"reset", faultOf(evidence.FaultReset, false), fine(), stopped, "Step 1 got no usable answer (reset: gone), and a probe directly afterwards got no answer either."},
		{"no connection", faultOf(evidence.FaultConnect, true), fine(), "", unreached},
		{"no connection where an error is expected", faultOf(evidence.FaultConnect, true), []scenario.Expectation{{HTTPStatus: "not 200"}}, "", unreached},
		{"no TLS", faultOf(evidence.FaultTLS, true), fine(), "", "Step 1 got no usable answer (tls: gone), and the request has not reached the endpoint."},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			in := input(tt.expect, tt.answer)
			in.Outcome.Error = tt.ended
			want := []reports.Finding{{Weight: reports.Trouble, Step: 1, Message: tt.want}}
			if tt.ended != "" {
				want = append([]reports.Finding{{Weight: reports.Trouble, Message: sentence(tt.ended)}}, want...)
			}
			got := judged(t, in)
			if diff := cmp.Diff(want, got.Findings); diff != "" || got.Verdict != reports.Error || len(got.Observations) > 0 {
				t.Errorf("verdict %s, observations %v, findings (-want +got):\n%s", got.Verdict, got.Observations, diff)
			}
		})
	}
}

// The same page is the endpoint's failure when it answers directly afterwards.
func TestPageInsteadOfSOAPFailsWhenAProbeIsAnswered(t *testing.T) {
	for name, e := range map[string]evidence.Exchange{"probed": outage(true, true), "not probed": outage(false, false)} {
		got := judged(t, input(fine(), e))
		if len(got.Findings) != 1 || got.Findings[0].Requirement != "STD-XML-1" || got.Verdict != reports.Failed {
			t.Errorf("%s: verdict %s, findings %+v", name, got.Verdict, got.Findings)
		}
	}
	redirect := input([]scenario.Expectation{{HTTPStatus: "3xx"}}, faultOf(evidence.FaultRedirected, true))
	redirect.Outcome.Exchanges[0].Status = 302
	if got := judged(t, redirect); got.Verdict != reports.Passed {
		t.Errorf("redirect: verdict %s, findings %+v", got.Verdict, got.Findings)
	}
}

// That an encoding is not known here says nothing about the endpoint.
func TestUnknownEncodingIsTrouble(t *testing.T) {
	e := exchange(0, "readPerson", answerOf(success, person))
	e.ResponseHeader = http.Header{"Content-Type": {"text/xml; charset=shift_jis"}}
	want := []reports.Finding{{Weight: reports.Trouble, Step: 1,
		Message: `The answer of step 1 cannot be read here, which is no fault of the endpoint: the HTTP header names the charset "shift_jis", which is not supported.`}}
	got := judged(t, input(fine(), e))
	if diff := cmp.Diff(want, got.Findings); diff != "" || got.Verdict != reports.Error {
		t.Errorf("verdict %s, findings (-want +got):\n%s", got.Verdict, diff)
	}
}
