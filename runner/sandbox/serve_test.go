package sandbox

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"esconform/runner/wire"
)

// A bench is a sandbox behind HTTP, as tests use it.
type bench struct {
	*testing.T
	server *Server
	http   *httptest.Server
}

func newBench(t *testing.T, o Options) *bench {
	t.Helper()
	s, err := New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	h := httptest.NewServer(s.Handler())
	t.Cleanup(func() {
		h.Close()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &bench{T: t, server: s, http: h}
}

// A received is an answer as a client sees it.
type received struct {
	status int
	body   string
	root   *node
}

// site returns the site with that name.
func (b *bench) site(name string) Site {
	b.Helper()
	for _, s := range b.server.Sites() {
		if s.Name == name {
			return s
		}
	}
	b.Fatalf("no site %s", name)
	return Site{}
}

// credentials is a Security header with a user name and a password.
func credentials(username, password string) string {
	return `<o:Security xmlns:o="` + wire.NSWsse + `"><o:UsernameToken><o:Username>` + username + `</o:Username><o:Password Type="` +
		wire.PasswordText + `">` + password + `</o:Password></o:UsernameToken></o:Security>`
}

// message puts a SOAP message together.
func message(header, body string) string {
	return `<s:Envelope xmlns:s="` + wire.NSSOAP + `" xmlns:b="` + wire.NSBind + `" xmlns:m="` + wire.NSPmess + `" xmlns:d="` + wire.NSPdata +
		`" xmlns:c="` + wire.NSCommon + `" xmlns:x="` + wire.NSXsi + `"><s:Header>` + header + `</s:Header><s:Body>` + body + `</s:Body></s:Envelope>`
}

const syncHeader = `<b:syncRequestHeaderInfo><b:messageIdentifier>m-1</b:messageIdentifier></b:syncRequestHeaderInfo>`

// post sends bytes and reads the answer.
func (b *bench) post(path, action, contentType, body string) received {
	b.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, b.http.URL+path, strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	req.Header.Set("SOAPAction", action)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		b.Fatal(err)
	}
	root, err := parse(data)
	if err != nil {
		b.Fatalf("%s: %v\n%s", action, err, data)
	}
	return received{status: res.StatusCode, body: string(data), root: root}
}

// send calls an operation of a site with the content of its request element.
func (b *bench) send(at Site, operation, content string) received {
	b.Helper()
	op, ok := wire.Lookup(operation)
	if !ok {
		b.Fatalf("no operation %s", operation)
	}
	body := message(syncHeader+credentials(at.Username, at.Password), "<m:"+operation+"Request>"+content+"</m:"+operation+"Request>")
	return b.post(wire.ServicePath(wire.CombinedPort), op.Action, "text/xml; charset=utf-8", body)
}

func TestCreatedPersonIsRead(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	created := b.send(at, "createPerson", `<m:sourcedId><c:identifier>k1</c:identifier></m:sourcedId><m:person><d:formatName x:nil="true"/>
		<d:name><d:partName><d:namePartType>First</d:namePartType><d:namePartValue>Vera</d:namePartValue></d:partName>
		<d:partName><d:namePartType>Last</d:namePartType><d:namePartValue>Sample</d:namePartValue></d:partName></d:name>
		<d:institutionRole><d:institutionRoleType>Student</d:institutionRoleType><d:primaryRoleType>true</d:primaryRoleType></d:institutionRole></m:person>`)
	t.Log(created.body)
	read := b.send(at, "readPerson", `<m:sourcedId><c:identifier>k1</c:identifier></m:sourcedId>`)
	t.Log(read.body)
	if !strings.Contains(read.body, "Vera") {
		t.Error("not read")
	}
}

func BenchmarkReadPerson(b *testing.B) {
	s, err := New(context.Background(), Options{Username: "u", Password: "p"})
	if err != nil {
		b.Fatal(err)
	}
	post := func(action, body string) {
		w := httptest.NewRecorder()
		r := httptest.NewRequestWithContext(context.Background(), http.MethodPost, wire.ServicePath(wire.CombinedPort), strings.NewReader(message(syncHeader+credentials("u", "p"), body)))
		r.Header.Set("Content-Type", "text/xml")
		r.Header.Set("SOAPAction", "http://www.imsglobal.org/soap/pms/"+action)
		s.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Body)
		}
	}
	post("createPerson", `<m:createPersonRequest><m:sourcedId><c:identifier>k1</c:identifier></m:sourcedId><m:person>
		<d:name><d:partName><d:namePartType>First</d:namePartType><d:namePartValue>Vera</d:namePartValue></d:partName>
		<d:partName><d:namePartType>Last</d:namePartType><d:namePartValue>Sample</d:namePartValue></d:partName></d:name>
		<d:institutionRole><d:institutionRoleType>Student</d:institutionRoleType><d:primaryRoleType>true</d:primaryRoleType></d:institutionRole></m:person></m:createPersonRequest>`)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		post("readPerson", `<m:readPersonRequest><m:sourcedId><c:identifier>k1</c:identifier></m:sourcedId></m:readPersonRequest>`)
	}
}
