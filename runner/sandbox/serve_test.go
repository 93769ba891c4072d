package sandbox

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"esconform/runner/wire"
)

// A bench is a sandbox behind HTTP, as tests use it.
type bench struct {
	testing.TB
	server *Server
	url    string
}

func newBench(t testing.TB, o Options) *bench {
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
	return &bench{TB: t, server: s, url: h.URL}
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
func credentials(at Site) string {
	return `<o:Security xmlns:o="` + wire.NSWsse + `"><o:UsernameToken><o:Username>` + at.Username + `</o:Username><o:Password Type="` +
		wire.PasswordText + `">` + at.Password + `</o:Password></o:UsernameToken></o:Security>`
}

// envelopeOf puts a SOAP message together.
func envelopeOf(header, body string) string {
	return `<s:Envelope xmlns:s="` + wire.NSSOAP + `" xmlns:b="` + wire.NSBind + `" xmlns:pmess="` + wire.NSPmess + `" xmlns:d="` + wire.NSPdata +
		`" xmlns:mmess="` + wire.NSMmess + `" xmlns:md="` + wire.NSMdata +
		`" xmlns:gmess="` + wire.NSGmess + `" xmlns:gd="` + wire.NSGdata + `" xmlns:c="` + wire.NSCommon + `" xmlns:x="` + wire.NSXsi + `"><s:Header>` + header + `</s:Header><s:Body>` + body + `</s:Body></s:Envelope>`
}

const syncHeader = `<b:syncRequestHeaderInfo><b:messageIdentifier>m-1</b:messageIdentifier></b:syncRequestHeaderInfo>`

// request writes the request element of an operation. Its content is written
// with pmess for the namespace of the operation's messages, whichever that is.
func request(operation, content string) string {
	whole := "<pmess:" + operation + "Request>" + content + "</pmess:" + operation + "Request>"
	if op, known := wire.Lookup(operation); known {
		prefix, _ := wire.Prefix(op.Request.Space)
		return strings.ReplaceAll(whole, "pmess:", prefix+":")
	}
	return whole
}

func action(operation string) string {
	if op, known := wire.Lookup(operation); known {
		return `"` + op.Action + `"`
	}
	return `"http://www.imsglobal.org/soap/pms/` + operation + `"`
}

// A letter is a request in full, for tests about its outside.
type letter struct {
	method, path, action, contentType, body string // method: POST when empty
}

// a received is an answer as a client sees it.
type received struct {
	status int
	header http.Header
	body   string
	root   *node
}

// post sends a letter and reads the answer.
func (b *bench) post(l letter) received {
	b.Helper()
	req, err := http.NewRequestWithContext(context.Background(), http.MethodPost, b.url+cmp.Or(l.path, wire.ServicePath(wire.CombinedPort)), strings.NewReader(l.body))
	if err != nil {
		b.Fatal(err)
	}
	req.Header.Set("Content-Type", cmp.Or(l.contentType, "text/xml; charset=utf-8"))
	req.Header.Set("SOAPAction", l.action)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return received{body: err.Error()}
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil {
		return received{status: res.StatusCode, body: string(data) + err.Error()}
	}
	got := received{status: res.StatusCode, header: res.Header, body: string(data)}
	got.root, _ = parse(data) // tests of deviations receive what is no XML
	return got
}

// send calls an operation with the content of its request element.
func (b *bench) send(at Site, operation, content string) received {
	b.Helper()
	return b.post(letter{action: action(operation), body: envelopeOf(syncHeader+credentials(at), request(operation, content))})
}

// does calls an operation and returns what it said, in lines.
func (b *bench) does(at Site, operation, content string) []string {
	b.Helper()
	return b.send(at, operation, content).lines()
}

// lines tells an answer: a line for a fault, for each status and for each
// person.
func (r received) lines() []string {
	if r.root == nil {
		return []string{fmt.Sprintf("no SOAP, HTTP %d", r.status)}
	}
	var lines []string
	body := r.root.child(wire.NSSOAP, "Body")
	if f := body.child(wire.NSSOAP, "Fault"); f != nil {
		lines = append(lines, fmt.Sprintf("fault %s, HTTP %d", textOf(f.child("", "faultcode")), r.status))
	}
	walk(r.root, func(n *node) {
		switch {
		case n.name == wire.Name{Space: wire.NSBind, Local: "statusInfo"}:
			lines = append(lines, statusLine(n))
		case n.name == wire.Name{Space: wire.NSPmess, Local: "personIdPair"} && n.child(wire.NSPmess, "sourcedId") != nil:
			lines = append(lines, "key "+identifierOf(n.child(wire.NSPmess, "sourcedId")))
		case n.name == wire.Name{Space: wire.NSPmess, Local: "person"}:
			lines = append(lines, personLine(n))
		case n.name == wire.Name{Space: wire.NSGmess, Local: "group"}:
			lines = append(lines, groupLine(n))
		case n.name.Space == wire.NSMmess:
			lines = append(lines, membershipLines(n)...)
		case n.name.Local == "virtualCount":
			lines = append(lines, "of "+n.text)
		}
	})
	return lines
}

func walk(n *node, visit func(*node)) {
	visit(n)
	for _, c := range n.children {
		walk(c, visit)
	}
}

func statusLine(n *node) string {
	line := textOf(n.child(wire.NSBind, "codeMajor")) + " " + textOf(n.child(wire.NSBind, "severity"))
	for _, f := range n.child(wire.NSBind, "codeMinor").all(wire.NSBind, "codeMinorField") {
		line += " " + textOf(f.child(wire.NSBind, "codeMinorValue"))
	}
	if text := textOf(n.child(wire.NSBind, "description").child(wire.NSCommon, "text")); text != "" {
		line += ": " + text
	}
	return line
}

// personLine shows the non-empty parts of a person in the order of the answer.
// User names that the endpoint makes differ from run to run and are not shown.
func personLine(p *node) string {
	parts := []string{"person"}
	add := func(name, text string) {
		if text != "" {
			parts = append(parts, name+"="+text)
		}
	}
	for _, part := range p.child(wire.NSPdata, "name").all(wire.NSPdata, "partName") {
		add(textOf(part.child(wire.NSPdata, "namePartType")), textOf(part.child(wire.NSPdata, "namePartValue")))
	}
	add("email", textOf(p.child(wire.NSCommon, "email")))
	if user := textOf(p.child(wire.NSPdata, "userId").child(wire.NSCommon, "userIdValue")); strings.HasPrefix(user, "u:") {
		add("user", user)
	}
	add("password", textOf(p.child(wire.NSPdata, "userId").child(wire.NSCommon, "passWord")))
	address := p.child(wire.NSPdata, "address")
	for _, local := range []string{"extadd", "locality", "postcode", "street"} {
		for _, n := range address.all(wire.NSPdata, local) {
			add(local, n.text)
		}
	}
	add("bday", textOf(p.child(wire.NSPdata, "demographics").child(wire.NSPdata, "bday")))
	if role := textOf(p.child(wire.NSPdata, "institutionRole").child(wire.NSPdata, "institutionRoleType")); role != "Student" {
		add("role", role)
	}
	for _, tel := range p.all(wire.NSPdata, "tel") {
		add(textOf(tel.child(wire.NSPdata, "telType")), textOf(tel.child(wire.NSPdata, "telValue")))
	}
	extension := p.child(wire.NSPdata, "extension")
	for _, f := range extension.all(wire.NSCommon, "extensionField") {
		add(textOf(f.child(wire.NSCommon, "fieldName")), textOf(f.child(wire.NSCommon, "fieldValue")))
	}
	var links []string
	for _, r := range extension.all(wire.NSCommon, "relationship") {
		key := identifierOf(r.child(wire.NSCommon, "sourceId"))
		links = append(links, textOf(r.child(wire.NSCommon, "relation"))+"="+cmp.Or(key, "?"))
	}
	slices.Sort(links)
	return strings.Join(append(parts, links...), " ")
}
