package exchange

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"esconform/runner/evidence"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
)

// once lets a peer be odd for the first request only, so that the probe after it is
// answered.
func once(odd func(http.ResponseWriter, *http.Request)) func(http.ResponseWriter, *http.Request, received) bool {
	var done atomic.Bool
	return func(w http.ResponseWriter, r *http.Request, _ received) bool {
		if done.Swap(true) {
			return false
		}
		odd(w, r)
		return true
	}
}

// always keeps a peer odd.
func always(odd func(http.ResponseWriter, *http.Request)) func(http.ResponseWriter, *http.Request, received) bool {
	return func(w http.ResponseWriter, r *http.Request, _ received) bool {
		odd(w, r)
		return true
	}
}

func raw(text string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		if connection, _, err := w.(http.Hijacker).Hijack(); err == nil {
			io.WriteString(connection, text)
			connection.Close()
		}
	}
}

func plain(contentType, body string) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		io.WriteString(w, body)
	}
}

func coded(coding string, body []byte) func(http.ResponseWriter, *http.Request) {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", coding)
		w.Write(body)
	}
}

func zipped(body []byte) []byte {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	z.Write(body)
	z.Close()
	return b.Bytes()
}

func endless(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		if _, err := w.Write(make([]byte, 64<<10)); err != nil {
			return
		}
	}
}

// silent answers nothing until the client has gone.
func silent(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

func redirect(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Location", "https://elsewhere.example/")
	w.WriteHeader(http.StatusTemporaryRedirect)
}

func hugeHeader(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("X-Huge", strings.Repeat("h", 64<<10))
}

var wrongPeers = []struct {
	name string
	odd  func(http.ResponseWriter, *http.Request)
	kind evidence.FaultKind
}{
	{"closes without an answer", raw(""), evidence.FaultReset},
	{"breaks off in the header", raw("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n"), evidence.FaultReset},
	{"sends less than it says", raw("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"), evidence.FaultReset},
	{"breaks off in a chunk", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n20\r\nshort"), evidence.FaultReset},
	{"is no HTTP server", raw("220 mail.example ESMTP\r\n"), evidence.FaultProtocol},
	{"has a broken chunk", raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n"), evidence.FaultProtocol},
	{"has two lengths", raw("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"), evidence.FaultProtocol},
	{"says nothing", silent, evidence.FaultTimeout},
	{"never ends", endless, evidence.FaultTooLarge},
	{"sends a huge header", hugeHeader, evidence.FaultTooLarge},
	{"sends a bomb", coded("gzip", zipped(make([]byte, 4<<20))), evidence.FaultTooLarge},
	{"sends a bomb in a bomb's clothes", coded("GZIP", zipped(make([]byte, 2<<20))), evidence.FaultTooLarge},
	{"says gzip and sends text", coded("gzip", []byte("not gzip at all, but long enough")), evidence.FaultEncoding},
	{"sends a broken gzip", coded("gzip", append(zipped([]byte("x"))[:12], "\xff\xff\xff\xff\xff\xff\xff\xff\xff"...)), evidence.FaultEncoding},
	{"sends half a gzip", coded("gzip", zipped([]byte("half of this"))[:20]), evidence.FaultEncoding},
	{"sends a few bytes of gzip", coded("gzip", zipped([]byte("x"))[:4]), evidence.FaultEncoding},
	{"breaks off in a gzip", raw("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 100\r\n\r\n" + string(zipped([]byte("half of this"))[:20])), evidence.FaultReset},
	{"has an unknown coding", coded("br", []byte("x")), evidence.FaultEncoding},
	{"redirects", redirect, evidence.FaultRedirected},
}

func TestAWrongAnswerIsTheEndpointsFaultWhenItAnswersAProbe(t *testing.T) {
	for _, test := range wrongPeers {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = once(test.odd)
			r := newRig(t, p, func(s *setting) {
				if test.kind == evidence.FaultTimeout {
					s.target.Limits.StepTimeout = 50 * time.Millisecond
				}
			}, story("s/one", step("createPerson", "create.xml"), step("readPerson", "read.xml")))
			o := r.only(t)
			if o.Error != "" || len(o.Exchanges) != 3 {
				t.Fatalf("error %q, %d exchanges", o.Error, len(o.Exchanges))
			}
			fault := o.Exchanges[0].Transport
			if fault == nil || fault.Kind != test.kind || !fault.Probed || !fault.ProbeOK || !o.Exchanges[0].Probed || !o.Exchanges[0].ProbeOK || len(fault.Message) > 400 {
				t.Errorf("fault %+v", fault)
			}
			if o.Exchanges[0].Response != nil && test.kind != evidence.FaultRedirected {
				t.Errorf("a response of %d bytes was kept", len(o.Exchanges[0].Response))
			}
			if probe := o.Exchanges[1]; probe.Step != stepProbe || probe.Operation != "readPerson" || probe.Transport != nil {
				t.Errorf("the probe is %+v", probe)
			}
			if o.Exchanges[2].Transport != nil {
				t.Errorf("the next step: %+v", o.Exchanges[2].Transport)
			}
		})
	}
}

func TestTheRunStopsWhenTheProbeFailsToo(t *testing.T) {
	for _, test := range wrongPeers {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = always(test.odd)
			r := newRig(t, p, func(s *setting) {
				s.target.Limits.Concurrency = 1
				s.target.Limits.StepTimeout = 2 * time.Second
				if test.kind == evidence.FaultTimeout {
					s.target.Limits.StepTimeout = 50 * time.Millisecond
				}
			}, story("s/one", step("createPerson", "create.xml")), story("s/two", step("readPerson", "read.xml")))
			outcomes, err := r.execute(t, t.Context())
			var stop *StopError
			if !errors.As(err, &stop) || stop.Kind != test.kind {
				t.Errorf("got %T %v", err, err)
			}
			o, ran := outcomes["s/one"]
			if _, next := outcomes["s/two"]; next || !ran || !strings.Contains(o.Error, "the endpoint stopped answering at s/one") {
				t.Errorf("outcomes %v, error %q", len(outcomes), o.Error)
			}
			if fault := o.Exchanges[0].Transport; !fault.Probed || fault.ProbeOK {
				t.Errorf("fault %+v", fault)
			}
			// What could not be removed stays in the ledger, for `cleanup`.
			if open := r.ledger.Open(); len(open) != 1 || open[0].Key != annaKey {
				t.Errorf("the ledger has %+v", open)
			}
		})
	}
}

func TestAnAnswerThatIsNotSOAPIsProbedAndLeftToTheJudge(t *testing.T) {
	deep := `<s:Envelope xmlns:s="` + wire.NSSOAP + `"><s:Body>` + strings.Repeat("<a>", 100_000) + strings.Repeat("</a>", 100_000) + `</s:Body></s:Envelope>`
	for name, test := range map[string]struct {
		odd    func(http.ResponseWriter, *http.Request)
		probed bool
	}{
		"an HTML page":                  {plain("text/html", "<html><body>Welcome</body></html>"), true},
		"nothing":                       {plain("text/xml", ""), true},
		"nothing, gzipped":              {coded("gzip", nil), true},
		"nothing, in an unknown coding": {coded("br", nil), true},
		"another root":                  {plain("text/xml", "<a/>"), true},
		"SOAP 1.2":                      {plain("text/xml", `<s:Envelope xmlns:s="`+wire.NSSOAP12+`"><s:Body/></s:Envelope>`), true},
		"a gzipped answer":              {coded("gzip", zipped([]byte(soapAnswer("createPerson", status(true), "")))), false},
		"SOAP, nested 1e5":              {plain("text/xml", deep), false},
		"a fault (HTTP 500)": {func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(500)
			io.WriteString(w, soapFault("x", "y"))
		}, false},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = once(test.odd)
			o := newRig(t, p, nil, story("s/one", step("createPerson", "create.xml"))).only(t)
			if o.Error != "" || o.Exchanges[0].Transport != nil {
				t.Errorf("error %q, transport %+v", o.Error, o.Exchanges[0].Transport)
			}
			if probed := len(o.Exchanges) == 2; probed != test.probed || o.Exchanges[0].Probed != probed || o.Exchanges[0].ProbeOK != probed {
				t.Errorf("%d exchanges, the first %+v", len(o.Exchanges), o.Exchanges[0])
			}
		})
	}
}

// A bare HTTP request need not be answered with SOAP.
func TestABareRequestIsNotProbed(t *testing.T) {
	p := newPeer(t)
	p.odd = once(plain("text/xml", "<definitions/>"))
	o := newRig(t, p, nil, story("s/one", scenario.Step{HTTP: scenario.HTTP{Query: "wsdl"}})).only(t)
	if o.Error != "" || len(o.Exchanges) != 1 || string(o.Exchanges[0].Response) != "<definitions/>" {
		t.Errorf("%q, %d exchanges", o.Error, len(o.Exchanges))
	}
}

func TestAReadSurvivesAnIdleConnectionThatTheServerClosed(t *testing.T) {
	p := newPeer(t)
	r := newRig(t, p, nil, story("s/one", step("readPerson", "read.xml"), step("readPerson", "read.xml"), step("readPerson", "read.xml")))
	p.odd = func(w http.ResponseWriter, _ *http.Request, in received) bool {
		// Answers, and closes the connection without a word: the next request
		// may go out on it before that is seen.
		answer := p.answer(in)
		raw(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: %d\r\n\r\n%s", len(answer), answer))(w, nil)
		return true
	}
	o := r.only(t)
	for i, x := range o.Exchanges {
		if x.Transport != nil {
			t.Errorf("exchange %d: %+v", i, x.Transport)
		}
	}
}

func TestCancellingIsNotTheEndpointsFault(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	p := newPeer(t)
	p.odd = func(_ http.ResponseWriter, r *http.Request, in received) bool {
		if in.Operation != "readPerson" {
			return false
		}
		cancel()
		<-r.Context().Done()
		return true
	}
	r := newRig(t, p, nil, story("s/one", step("createPerson", "create.xml"), step("readPerson", "read.xml"), step("readPerson", "read.xml")))
	outcomes, err := r.execute(t, ctx)
	o := outcomes["s/one"]
	if !errors.Is(err, context.Canceled) || !o.Interrupted || o.Error != "" || len(o.Exchanges) != 2 {
		t.Fatalf("error %v, outcome %q interrupted %v, %d exchanges", err, o.Error, o.Interrupted, len(o.Exchanges))
	}
	if fault := o.Exchanges[1].Transport; fault == nil || fault.Kind != evidence.FaultCancelled || fault.Probed {
		t.Errorf("fault %+v", fault)
	}
	if left := p.left("user-main"); len(left) != 0 || len(r.ledger.Open()) != 0 {
		t.Errorf("left at the endpoint %v, in the ledger %v", left, r.ledger.Open())
	}
}

func TestTheRunHasADeadline(t *testing.T) {
	p := newPeer(t)
	p.odd = func(_ http.ResponseWriter, r *http.Request, in received) bool {
		if in.Operation == "readPerson" && strings.Contains(in.Body, annaKey) {
			<-r.Context().Done()
			return true
		}
		return false
	}
	r := newRig(t, p, func(s *setting) { s.target.Limits.MaxDuration = 50 * time.Millisecond },
		story("s/one", step("createPerson", "create.xml"), step("readPerson", "read.xml")))
	outcomes, err := r.execute(t, t.Context())
	if !errors.Is(err, ErrMaxDuration) || !outcomes["s/one"].Interrupted {
		t.Errorf("error %v, outcome %+v", err, outcomes["s/one"])
	}
	if left := p.left("user-main"); len(left) != 0 {
		t.Errorf("left at the endpoint: %v", left)
	}
}

// A request whose turn would come after the end of the run is not sent, and nobody is
// blamed for it.
func TestTheRunEndsWhenTheRateLeavesNoTime(t *testing.T) {
	p := newPeer(t)
	r := newRig(t, p, func(s *setting) {
		s.target.Limits.MaxDuration, s.target.Limits.Rate, s.target.Limits.Concurrency = time.Minute, 0.001, 1
	}, story("s/one", step("readPerson", "read.xml"), step("readPerson", "read.xml")), story("s/two", step("readPerson", "read.xml")))
	outcomes, err := r.execute(t, t.Context())
	o := outcomes["s/one"]
	if !errors.Is(err, ErrMaxDuration) || !o.Interrupted || o.Error != "" || len(o.Exchanges) != 1 || len(outcomes) != 1 {
		t.Errorf("error %v, %d outcomes, the first %+v", err, len(outcomes), o)
	}
}

// A connection that was idle for a while may be closed by the server at the moment at
// which it is used: a read is repeated then, but a write is not.
func TestWritesAndReadsHaveConnectionsOfTheirOwn(t *testing.T) {
	c, err := newClient(profile.Target{Limits: limits()})
	if err != nil {
		t.Fatal(err)
	}
	for effect, want := range map[wire.Effect]time.Duration{wire.Read: idleLife, wire.ReadThatWrites: idleLifeOfWrites, wire.Write: idleLifeOfWrites} {
		if got := c.over(effect).IdleConnTimeout; got != want {
			t.Errorf("%s: connections live for %v when idle, want %v", effect, got, want)
		}
	}
}
