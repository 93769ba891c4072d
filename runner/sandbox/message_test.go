package sandbox

import (
	"context"
	"encoding/base64"
	"net/http"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
)

const (
	faultOfSecurity    = "fault a:InvalidSecurity, HTTP 500"
	faultOfCredentials = "fault a:FailedAuthentication, HTTP 500"
	faultOfClient      = "fault s:Client, HTTP 500"
	faultOfContent     = "fault a:DeserializationFailed, HTTP 500"
	faultOfAction      = "fault a:ActionNotSupported, HTTP 500"
)

// A mail is a message to a site that holds the person k1, with what it is to be
// answered with.
type mail struct {
	name   string
	letter func(at Site) letter
	want   []string
}

// readK1 reads the person, and found is what it is answered with.
func readK1() string { return request("readPerson", key("k1")) }

func found() []string { return []string{ok, "person First=Ida Last=Sample"} }

// deliver sends each mail to a sandbox of its own, and the person is there as before.
func deliver(t *testing.T, mails []mail) {
	t.Helper()
	for _, m := range mails {
		t.Run(m.name, func(t *testing.T) {
			b := newBench(t, Options{})
			at := b.site(SiteMain)
			b.plays(at, []turn{{"createPerson", student("k1", "Ida").xml(), []string{ok}}})
			if diff := cmp.Diff(m.want, b.post(m.letter(at)).lines()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			b.plays(at, []turn{{"readPerson", key("k1"), found()}})
		})
	}
}

func TestActionAndBodySayWhatIsAsked(t *testing.T) {
	deliver(t, []mail{
		{"quoted action", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at), readK1())}
		}, found()},
		{"action without quotes and with blanks", func(at Site) letter {
			return letter{action: " http://www.imsglobal.org/soap/pms/readPerson ", body: envelopeOf(credentials(at), readK1())}
		}, found()},
		{"separate service", func(at Site) letter {
			return letter{path: wire.ServicePath(wire.ServicePerson), action: action("readPerson"), body: envelopeOf(credentials(at), readK1())}
		}, found()},
		{"another service's operation", func(at Site) letter {
			return letter{path: wire.ServicePath(wire.ServiceExtendedPerson), action: action("readPerson"), body: envelopeOf(credentials(at), readK1())}
		}, []string{faultOfAction}},
		{"unknown action", func(at Site) letter {
			return letter{action: action("noSuchOperation"), body: envelopeOf(credentials(at), readK1())}
		}, []string{faultOfAction}},
		{"no action", func(at Site) letter { return letter{body: envelopeOf(credentials(at), readK1())} }, []string{faultOfAction}},
		{"action and body disagree", func(at Site) letter {
			return letter{action: action("deletePerson"), body: envelopeOf(credentials(at), readK1())}
		}, []string{faultOfContent}},
		{"empty body", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at), "")}
		}, []string{faultOfContent}},
		{"two children in the body", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at), readK1()+readK1())}
		}, []string{faultOfClient}},
		{"unqualified children are not used", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at), request("readPerson", "<sourcedId><identifier>k1</identifier></sourcedId>"))}
		}, []string{unknown("")}},
		{"empty date", func(at Site) letter {
			return letter{action: action("updatePerson"), body: envelopeOf(credentials(at), request("updatePerson", subject{key: "k1", bday: text("")}.xml()))}
		}, []string{faultOfContent}},
	})
}

func TestEnvelopesAreXMLAndSOAP(t *testing.T) {
	deliver(t, []mail{
		{"truncated", func(at Site) letter {
			return letter{action: action("readPerson"), body: strings.TrimSuffix(envelopeOf(credentials(at), readK1()), "</s:Envelope>")}
		}, []string{faultOfClient}},
		{"end tags crossed", func(at Site) letter { return letter{action: action("readPerson"), body: "<a><b></a></b>"} }, []string{faultOfClient}},
		{"undeclared prefix", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at), "<q:x/>")}
		}, []string{faultOfClient}},
		{"nothing", func(at Site) letter { return letter{action: action("readPerson")} }, []string{faultOfClient}},
		{"second root", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at), readK1()) + "<x/>"}
		}, []string{faultOfClient}},
		{"document type", func(at Site) letter {
			return letter{action: action("readPerson"), body: `<!DOCTYPE x [<!ENTITY e "k1">]>` + envelopeOf(credentials(at), readK1())}
		}, []string{faultOfClient}},
		{"deep nesting", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at), strings.Repeat("<c:a>", 100000))}
		}, []string{faultOfClient}},
		{"not an envelope", func(at Site) letter { return letter{action: action("readPerson"), body: emptyElement("html")} }, []string{faultOfClient}},
		{"SOAP 1.2", func(at Site) letter {
			return letter{action: action("readPerson"), body: strings.ReplaceAll(envelopeOf(credentials(at), readK1()), wire.NSSOAP, wire.NSSOAP12)}
		}, []string{"fault s:VersionMismatch, HTTP 500"}},
		{"unknown mandatory header", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at)+`<q:x xmlns:q="urn:q" s:mustUnderstand="1"/>`, readK1())}
		}, []string{"fault s:MustUnderstand, HTTP 500"}},
		{"unknown header that is not mandatory, or for somebody else", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at)+`<q:x xmlns:q="urn:q" s:mustUnderstand="0"/><q:y xmlns:q="urn:q" s:mustUnderstand="1" s:actor="urn:else"/>`, readK1())}
		}, found()},
	})
}

func TestContentTypesAndEncodings(t *testing.T) {
	deliver(t, []mail{
		{"not XML by its content type", func(at Site) letter {
			return letter{action: action("readPerson"), contentType: "application/soap+xml", body: envelopeOf(credentials(at), readK1())}
		}, []string{"no SOAP, HTTP 415"}},
		{"no such path", func(at Site) letter { return letter{path: "/WCFServiceLibrary/Nothing.svc", body: "x"} }, []string{"no SOAP, HTTP 404"}},
		{"byte order mark", func(at Site) letter {
			return letter{action: action("readPerson"), body: "\uFEFF" + envelopeOf(credentials(at), readK1())}
		}, found()},
		{"UTF-16 with a mark", func(at Site) letter {
			return letter{action: action("readPerson"), contentType: "text/xml; charset=utf-16", body: asUTF16("\uFEFF" + envelopeOf(credentials(at), readK1()))}
		}, found()},
		{"UTF-16 without a mark, declared", func(at Site) letter {
			return letter{action: action("readPerson"), contentType: "text/xml", body: asUTF16(`<?xml version="1.0" encoding="UTF-16"?>` + envelopeOf(credentials(at), readK1()))}
		}, found()},
		{"ISO-8859-1, declared", func(at Site) letter {
			return letter{action: action("readPerson"), contentType: "text/xml", body: `<?xml version="1.0" encoding="ISO-8859-1"?><!-- ` + "\xe9" + ` -->` + envelopeOf(credentials(at), readK1())}
		}, found()},
		{"bytes that are not UTF-8", func(at Site) letter {
			return letter{action: action("readPerson"), body: envelopeOf(credentials(at), "<c:a>\xe9</c:a>")}
		}, []string{faultOfClient}},
	})
}

func emptyElement(name string) string { return "<" + name + "/>" }

func asUTF16(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func TestTooLargeMessageIsRefused(t *testing.T) {
	b := newBench(t, Options{})
	got := b.post(letter{action: action("readPerson"), body: strings.Repeat(" ", maxBody+1)})
	if diff := cmp.Diff([]string{faultOfClient}, got.lines()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestAnswerRepeatsTheMessageIdentifier(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	for _, tc := range []struct{ name, header, want string }{
		{"as it was sent", `<b:syncRequestHeaderInfo><b:messageIdentifier>A-1 ü &amp;</b:messageIdentifier></b:syncRequestHeaderInfo>`, "A-1 ü &"},
		{"empty when it is empty", `<b:syncRequestHeaderInfo><b:messageIdentifier/></b:syncRequestHeaderInfo>`, ""},
		{"empty when there is none", "", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got := b.post(letter{action: action("readPersons"), body: envelopeOf(tc.header+credentials(at), request("readPersons", keySet("k1", "k2")))})
			info := got.root.child(wire.NSSOAP, "Header").child(wire.NSBind, "syncResponseHeaderInfo")
			said := []string{textOf(info.child(wire.NSBind, "messageIdentifier"))}
			for _, st := range info.child(wire.NSBind, "statusInfoSet").all(wire.NSBind, "statusInfo") {
				said = append(said, textOf(st.child(wire.NSBind, "messageIdRef")))
			}
			if diff := cmp.Diff([]string{tc.want, tc.want, tc.want}, said); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestNonceIsBase64(t *testing.T) {
	for _, tc := range []struct {
		nonce string
		want  error
	}{{base64.StdEncoding.EncodeToString([]byte("x")), nil}, {"?", faultInvalidSecurity()}} {
		security := &node{children: []*node{{name: wire.Name{Space: wire.NSWsse, Local: "UsernameToken"}, children: []*node{
			{name: wire.Name{Space: wire.NSWsse, Local: "Username"}, text: "u"},
			{name: wire.Name{Space: wire.NSWsse, Local: "Password"}, attrs: []attr{{wire.Name{Local: "Type"}, wire.PasswordDigest}}},
			{name: wire.Name{Space: wire.NSWsse, Local: "Nonce"}, text: tc.nonce},
		}}}}
		_, err := readToken(security)
		if (err == nil) != (tc.want == nil) {
			t.Errorf("nonce %q: %v, want %v", tc.nonce, err, tc.want)
		}
	}
}

func TestWhatIsNoMessage(t *testing.T) {
	b := newBench(t, Options{})
	service := wire.ServicePath(wire.ServicePerson)
	for _, tc := range []struct {
		method, path string
		want         int
	}{
		{http.MethodGet, service, 405},
		{http.MethodPut, service, 405},
		{http.MethodGet, service + "?wsdl", 200},
		{http.MethodGet, service + "?WSDL", 200},
		{http.MethodGet, service + "?singleWsdl", 200},
		{http.MethodGet, "/site/other" + service + "?wsdl", 200},
		{http.MethodGet, "/site/nowhere" + service + "?wsdl", 404},
		{http.MethodGet, "/WCFServiceLibrary/Unknown.svc?wsdl", 404},
		{http.MethodGet, "/", 404},
	} {
		req, err := http.NewRequestWithContext(context.Background(), tc.method, b.url+tc.path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != tc.want {
			t.Errorf("%s %s: %d, want %d", tc.method, tc.path, res.StatusCode, tc.want)
		}
	}
}
