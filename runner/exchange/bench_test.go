package exchange

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"esconform/runner/evidence"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/xsd/validate"
)

// memory answers every request with the same bytes.
func memory(answer []byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "text/xml; charset=utf-8")
		_, _ = w.Write(answer)
	})
}

// BenchmarkExchange measures a readPerson exchange: built, guarded, validated,
// sent, received, recorded in files.
func BenchmarkExchange(b *testing.B) {
	validator, err := validate.New("", 20)
	if err != nil {
		b.Fatal(err)
	}
	defer validator.Close()
	peer := httptest.NewServer(memory([]byte(soapAnswer("readPerson", status(true), "<person/>"))))
	defer peer.Close()
	e, c := benchCase(b, peer.URL, validator)
	s := step("readPerson", "read.xml")
	b.ReportAllocs()
	for b.Loop() {
		x := evidence.Exchange{}
		if err := c.exchange(b.Context(), s, &x); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	e.Close()
}

// BenchmarkBareClient posts the same bytes and reads the answer.
func BenchmarkBareClient(b *testing.B) {
	peer := httptest.NewServer(memory([]byte(soapAnswer("readPerson", status(true), "<person/>"))))
	defer peer.Close()
	_, c := benchCase(b, peer.URL, lenient{})
	o, err := c.build(step("readPerson", "read.xml"))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		response, err := http.Post(o.url, "text/xml; charset=utf-8", bytes.NewReader(o.body))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			b.Fatal(err)
		}
		response.Body.Close()
	}
}

func benchCase(b *testing.B, url string, validator validate.Validator) (*Executor, *caseRun) {
	b.Helper()
	s := story("bench/read", step("readPerson", "read.xml"))
	s.Cases[0].Scenario = &s
	target := profile.Target{BaseURL: url, Limits: limits(), Sites: []profile.Site{{Name: "main", Credentials: profile.Credentials{Username: "u", Password: profile.NewSecret(password)},
		Anchors: map[string]string{"parentGroup": "g1"}}}}
	p, err := plan.Select(target, scenario.Library{Scenarios: []scenario.Scenario{s}}, plan.Selection{})
	if err != nil {
		b.Fatal(err)
	}
	e, err := newExecutor(Options{Plan: p, Validator: validator, Files: files()})
	if err != nil {
		b.Fatal(err)
	}
	c, err := e.newCase(p.Items[0], 1)
	if err != nil {
		b.Fatal(fmt.Errorf("new case: %w (%s)", err, p.Items[0].Skip))
	}
	return e, c
}
