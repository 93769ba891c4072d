package sandbox

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"syscall"
	"testing"
	"unicode/utf8"

	"esconform/runner/wire"

	"github.com/google/go-cmp/cmp"
)

// corrupted returns a sample answer with a corruption.
func corrupted(sample, corrupt string) answer {
	a := sampleAnswers()[sample]
	a.corrupt = corrupt
	return a
}

// names lists the expanded names of the elements of a tree, in document order.
func names(x *seen) []string {
	list := []string{x.Name.Space + " " + x.Name.Local}
	for _, c := range x.Children {
		list = append(list, names(c)...)
	}
	return list
}

// difference returns the names that only one of two documents has.
func difference(t *testing.T, honest, corrupt []byte) (gone, come []string) {
	t.Helper()
	want, got := names(understand(t, honest)), names(understand(t, corrupt))
	for _, n := range want {
		if i := slices.Index(got, n); i >= 0 {
			got = slices.Delete(got, i, i+1)
		} else {
			gone = append(gone, n)
		}
	}
	return gone, got
}

func TestCorruptionsOfTheTreeChangeOneFact(t *testing.T) {
	type change struct{ Gone, Come []string }
	in := func(space string, locals ...string) (list []string) {
		for _, l := range locals {
			list = append(list, space+" "+l)
		}
		return list
	}
	envelope := []string{"Envelope", "Header", "Body"}
	success := []string{"codeMajor", "severity", "messageIdRef"}
	for _, c := range []struct {
		sample, corrupt string
		want            change
	}{
		{"success", corruptSOAP12, change{in(wire.NSSOAP, envelope...), in(wire.NSSOAP12, envelope...)}},
		{"success", corruptSecondChild, change{nil, in(wire.NSPmess, "replacePersonResponse")}},
		{"fault", corruptNoFaultString, change{in("", "faultstring"), nil}},
		{"fault", corruptUnqualifiedFault, change{in("", "faultcode", "faultstring"), in(wire.NSSOAP, "faultcode", "faultstring")}},
		{"fault", corruptHeaderAndFault, change{nil, append(in(wire.NSSOAP, "Header"),
			in(wire.NSBind, "syncResponseHeaderInfo", "messageIdentifier", "statusInfo", "codeMajor", "severity", "messageIdRef")...)}},
		{"success", corruptUnqualified, change{in(wire.NSBind, success...), in("", success...)}},
		{"warning", corruptLanguage, change{in(wire.NSCommon, "language", "text"), in(wire.NSBind, "language", "text")}},
		{"success", corruptHeaderBlock, change{nil, in(wire.NSBind, "undeclaredHeaderInfo")}},
		{"read", corruptSchemaInvalid, change{nil, in(wire.NSPmess, "undeclared")}},
		{"success", corruptEnvelopeRoot, change{nil, in("", "wrapper")}},
		{"success", corruptFault200, change{}},
		{"success", corruptHeaderAndFault, change{}},
		{"fault", corruptStatusOrder, change{}},
	} {
		t.Run(c.corrupt+"/"+c.sample, func(t *testing.T) {
			honest := style{}.encode(sampleAnswers()[c.sample])
			var got change
			got.Gone, got.Come = difference(t, honest, style{}.encode(corrupted(c.sample, c.corrupt)))
			if diff := cmp.Diff(c.want, got, cmp.Transformer("sort", func(s []string) string {
				return strings.Join(slices.Sorted(slices.Values(s)), "\n")
			})); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestAnAnswerSurvivesItsCorruption(t *testing.T) {
	for _, corrupt := range corruptions() {
		for name, a := range sampleAnswers() {
			before := string(style{}.encode(a))
			a.corrupt = corrupt
			style{}.encode(a)
			a.corrupt = ""
			if after := string(style{}.encode(a)); after != before {
				t.Errorf("%s changed the answer %q itself", corrupt, name)
			}
		}
	}
}

func TestEveryCorruptionIsCarriedOut(t *testing.T) {
	onTheWire := []string{corruptReset, corruptTruncated, corruptMediaType, corruptCharsetMismatch, corruptFault200}
	for _, corrupt := range corruptions() {
		if slices.Contains(onTheWire, corrupt) {
			continue
		}
		changed := false
		for name, a := range sampleAnswers() {
			changed = changed || !bytes.Equal(style{}.encode(a), style{}.encode(corrupted(name, corrupt)))
		}
		if !changed {
			t.Errorf("%s changes none of the sample answers", corrupt)
		}
	}
}

func TestTheReferenceStandsBeforeTheSeverity(t *testing.T) {
	got := names(understand(t, style{}.encode(corrupted("success", corruptStatusOrder))))
	i := slices.Index(got, wire.NSBind+" statusInfo")
	want := []string{wire.NSBind + " codeMajor", wire.NSBind + " messageIdRef", wire.NSBind + " severity"}
	if diff := cmp.Diff(want, got[i+1:i+4]); diff != "" {
		t.Error(diff)
	}
}

func TestDocumentsThatAreNone(t *testing.T) {
	for corrupt, want := range map[string]string{
		corruptNotWellFormed: "closed by </Envelope>",
		corruptEncoding:      "invalid UTF-8",
	} {
		_, err := read(style{}.encode(corrupted("read", corrupt)))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: read says %v, want %q", corrupt, err, want)
		}
	}
	if text := (style{}).encode(corrupted("read", corruptEncoding)); utf8.Valid(text) || !bytes.Contains(text, []byte("\xC5se")) {
		t.Error("the text is not written in ISO-8859-1")
	}
	if text := (style{}).encode(corrupted("read", corruptPrefix)); !bytes.HasPrefix(text, []byte(`<s:Envelope undeclared:note="1" xmlns:s=`)) {
		t.Errorf("no undeclared prefix in %.60s", text)
	}
	declared := styleOf([]string{"xml-declaration", "comments-and-cdata"})
	if text := declared.encode(corrupted("read", corruptDoctype)); !bytes.Contains(text, []byte("--><!DOCTYPE s:Envelope><s:Envelope")) {
		t.Errorf("no document type before the root in %.160s", text)
	}
}

func TestAnswersThatAreTooMuch(t *testing.T) {
	deep := style{}.encode(corrupted("success", corruptDeepNesting))
	if n := bytes.Count(deep, []byte("<d>")) + 1; n != nestingDepth {
		t.Errorf("%d elements within each other, want %d", n, nestingDepth)
	}
	status := understand(t, style{}.encode(corrupted("success", corruptLargeValue))).Children[0].Children[0].Children[1]
	if severity := status.Children[1]; severity.Name.Local != "severity" || len(severity.Text) != 5<<20 {
		t.Errorf("%s holds %d bytes, want severity with 5 MiB", severity.Name.Local, len(severity.Text))
	}
}

func TestCorruptionsOfTheTransport(t *testing.T) {
	type sent struct {
		Status int
		Type   string
		Body   bool // as in the honest answer
	}
	for _, c := range []struct {
		corrupt, sample string
		want            sent
	}{
		{corruptMediaType, "success", sent{200, "application/json", true}},
		{corruptCharsetMismatch, "success", sent{200, "text/xml; charset=utf-16", true}},
		{corruptHTML, "success", sent{200, "text/html; charset=utf-8", false}},
		{corruptHTML, "fault", sent{500, "text/html; charset=utf-8", false}},
		{corruptFault200, "fault", sent{200, "text/xml; charset=utf-8", true}},
		{corruptFault200, "success", sent{200, "text/xml; charset=utf-8", true}},
	} {
		response, body := exchangeOver(t, style{}, corrupted(c.sample, c.corrupt), "")
		honest := style{}.encode(sampleAnswers()[c.sample])
		got := sent{response.StatusCode, response.Header.Get("Content-Type"), bytes.Equal(honest, body)}
		if got != c.want {
			t.Errorf("%s of %s is sent as %+v, want %+v", c.corrupt, c.sample, got, c.want)
		}
	}
}

func TestConnectionsThatEndTooEarly(t *testing.T) {
	for _, secure := range []bool{false, true} {
		for corrupt, want := range map[string]error{corruptReset: syscall.ECONNRESET, corruptTruncated: io.ErrUnexpectedEOF} {
			server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				style{chunked: true}.write(w, r, corrupted("success", corrupt))
			}))
			if secure {
				server.StartTLS()
			} else {
				server.Start()
			}
			response, err := server.Client().Get(server.URL)
			if err == nil {
				_, err = io.ReadAll(response.Body)
				response.Body.Close()
			}
			if !errors.Is(err, want) {
				t.Errorf("%s (TLS: %v): the client sees %v, want %v", corrupt, secure, err, want)
			}
			server.Close()
		}
	}
}

// A connection that cannot be taken over is aborted instead.
func TestAResetWithoutAConnectionAbortsTheRequest(t *testing.T) {
	defer func() {
		if got := recover(); got != http.ErrAbortHandler {
			t.Errorf("the handler ends with %v, want http.ErrAbortHandler", got)
		}
	}()
	style{}.write(httptest.NewRecorder(), httptest.NewRequest(http.MethodPost, "/", nil), corrupted("success", corruptReset))
	t.Error("the handler went on")
}

// The reader of these tests is only as good as it is strict.
func TestTheReaderOfTheTestsIsStrict(t *testing.T) {
	for _, bad := range []string{"<a><b></a>", "<a/><b/>", "<a><?pi?></a>", "<a>\xff</a>", ""} {
		if _, err := read([]byte(bad)); err == nil {
			t.Errorf("%q is read without complaint", bad)
		}
	}
	want := xml.Name{Space: "u", Local: "a"}
	if x, err := read([]byte(`<p:a xmlns:p="u"/>`)); err != nil || x.Name != want {
		t.Errorf("read %+v, %v; want %v", x, err, want)
	}
}
