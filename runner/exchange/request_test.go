package exchange

import (
	"crypto/sha1"
	"encoding/base64"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// The token and the keys that RunToken "test" gives the case "s/one".
var (
	testToken = caseToken("test", "s/one")
	annaKey   = "ec" + testToken + "-Anna"
	bertaKey  = "ec" + testToken + "-Berta"
	memberKey = "ec" + testToken + "-Member"
)

var securityText = regexp.MustCompile(`(?s)<wsse:Security.*</wsse:Security>`)

// sent runs one step and returns what the peer received for it.
func sent(t *testing.T, s scenario.Step) received {
	t.Helper()
	p := newPeer(t)
	r := newRig(t, p, nil, story("s/one", s))
	if o := r.only(t); o.Error != "" {
		t.Fatal(o.Error)
	}
	return p.requests("")[0]
}

func TestARequestIsTheFixtureByteForByteButForKeysMessageIDAndSecurity(t *testing.T) {
	s := step("createPerson", "create-parent.xml")
	s.MessageID = ptr("m-1")
	got := sent(t, s)
	want := string(files()["create-parent.xml"].Data)
	want = strings.Replace(want, ">Anna<", ">"+annaKey+"<", 1)
	want = strings.Replace(want, ">Berta<", ">"+bertaKey+"<", 1)
	want = strings.Replace(want, ">anna<", ">anna-"+testToken[:8]+"<", 1)
	want = strings.Replace(want, ">1234567890<", ">m-1<", 1)
	want = strings.Replace(want, "</soapenv:Header>", "SECURITY</soapenv:Header>", 1)
	if diff := cmp.Diff(want, securityText.ReplaceAllString(got.Body, "SECURITY")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func ptr[T any](v T) *T { return &v }

func TestTheOutcomeTellsWhatWasSubstituted(t *testing.T) {
	r := newRig(t, newPeer(t), nil, story("s/one", step("createPerson", "create.xml")))
	o := r.only(t)
	if diff := cmp.Diff(map[string]string{"Anna": annaKey, "Berta": bertaKey, "Class": "anchor-1", "Member": memberKey}, o.Keys); diff != "" {
		t.Errorf("keys (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(map[string]string{"anna": "anna-" + testToken[:8]}, o.Unique); diff != "" {
		t.Errorf("unique values (-want +got)\n%s", diff)
	}
	if id := o.Exchanges[0].MessageID; !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(id) || !strings.Contains(string(o.Exchanges[0].Request), id) {
		t.Errorf("messageIdentifier %q", id)
	}
}

func TestKeysAreUniqueToTheRunAndAsLongAsTheIdentitySays(t *testing.T) {
	token := "0123456789abcdef"
	tests := []struct {
		id   scenario.Identity
		want string
	}{
		{scenario.Identity{Name: "Child3"}, "ec0123456789abcdef-Child3"},
		{scenario.Identity{Name: strings.Repeat("n", 90)}, "ec0123456789abcdef-" + strings.Repeat("n", 45)},
		{scenario.Identity{Name: "Long", Length: 65}, "ec0123456789abcdef-Long" + strings.Repeat("x", 42)},
		{scenario.Identity{Name: "Short", Length: 20}, "ec0123456789abcdef-S"},
	}
	for _, test := range tests {
		if got := keyFor(token, test.id); got != test.want {
			t.Errorf("%+v: got %s (%d), want %s (%d)", test.id, got, len(got), test.want, len(test.want))
		}
	}
	if caseToken("run", "a") == caseToken("run", "b") || caseToken("run", "a") == caseToken("other", "a") {
		t.Error("tokens of different cases or runs meet")
	}
}

func TestTheSecurityHeaderFindsItsPlace(t *testing.T) {
	for _, file := range []string{"no-header.xml", "self-closing-header.xml", "self-closing-message-id.xml"} {
		got := sent(t, step("readPerson", file))
		doc, err := xmltree.Parse([]byte(got.Body), "", xmltree.Limits{})
		if err != nil {
			t.Errorf("%s: %v\n%s", file, err, got.Body)
			continue
		}
		header := doc.Root.Child(soapName("Header"))
		last := header.Children[len(header.Children)-1]
		if last.Name.Space != wire.NSWsse || last.Name.Local != "Security" || header.Index != 1 {
			t.Errorf("%s: the Security header is not the last block of the header\n%s", file, got.Body)
		}
	}
	got := sent(t, step("readPerson", "self-closing-message-id.xml"))
	if !regexp.MustCompile(`<b:messageIdentifier >[0-9a-f-]{36}</b:messageIdentifier>`).MatchString(got.Body) {
		t.Errorf("a self-closing messageIdentifier is not filled\n%s", got.Body)
	}
}

func TestEditsOfAStepAreCarriedOutBeforeKeysAreFilledIn(t *testing.T) {
	s := step("createPerson", "create.xml")
	s.Set = []scenario.Assignment{{Path: "pmess:person/common:email", Value: "{key:Berta}@example.org & more"}, {Path: "pmess:sourcedId/common:identifier", Value: "Berta"}}
	s.Remove = []string{"pmess:person/pdata:userId", "bind:."}
	got := sent(t, s)
	for _, want := range []string{">" + bertaKey + "@example.org &amp; more<", "<c:identifier>" + bertaKey + "</c:identifier>"} {
		if !strings.Contains(got.Body, want) {
			t.Errorf("the request lacks %s\n%s", want, got.Body)
		}
	}
	for _, not := range []string{"userId", "messageIdentifier"} {
		if strings.Contains(got.Body, not) {
			t.Errorf("the request still has %s\n%s", not, got.Body)
		}
	}
}

func TestHTTPIsAsTheStepSays(t *testing.T) {
	combined, separate := wire.ServicePath(wire.CombinedPort), wire.ServicePath(wire.ServicePerson)
	action := `"http://www.imsglobal.org/soap/pms/readPerson"`
	tests := []struct {
		name    string
		service string
		http    scenario.HTTP
		method  string
		url     string
		content string
		action  []string
	}{
		{"by default", "", scenario.HTTP{}, "POST", combined, "text/xml; charset=utf-8", []string{action}},
		{"separate service", "separate", scenario.HTTP{}, "POST", separate, "text/xml; charset=utf-8", []string{action}},
		{"method and query", "", scenario.HTTP{Method: "PUT", Query: "a=b"}, "PUT", combined + "?a=b", "text/xml; charset=utf-8", []string{action}},
		{"content type", "", scenario.HTTP{ContentType: "application/json"}, "POST", combined, "application/json", []string{action}},
		{"no quotes", "", scenario.HTTP{Quotes: "none"}, "POST", combined, "text/xml; charset=utf-8", []string{strings.Trim(action, `"`)}},
		{"another action", "", scenario.HTTP{Action: "urn:none"}, "POST", combined, "text/xml; charset=utf-8", []string{`"urn:none"`}},
		{"no action", "", scenario.HTTP{Action: "-"}, "POST", combined, "text/xml; charset=utf-8", nil},
		{"other headers", "", scenario.HTTP{Headers: map[string]string{"X-Test": "1"}}, "POST", combined, "text/xml; charset=utf-8", []string{action}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := step("readPerson", "read.xml")
			s.Service, s.HTTP = test.service, test.http
			got := sent(t, s)
			if diff := cmp.Diff([]any{test.method, test.url, test.content, test.action}, []any{got.Method, got.URL, got.Header.Get("Content-Type"), []string(got.Header["Soapaction"])}); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if _, there := got.Header["Idempotency-Key"]; there {
				t.Error("a header for net/http alone was sent")
			}
		})
	}
}

func TestABareRequestSendsNoEnvelopeAndNoCredentials(t *testing.T) {
	got := sent(t, scenario.Step{HTTP: scenario.HTTP{Query: "wsdl"}, Service: "separate"})
	if diff := cmp.Diff(received{Method: "GET", URL: wire.ServicePath(wire.ServicePerson) + "?wsdl"}, received{Method: got.Method, URL: got.URL, Body: got.Body, User: got.User}); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if _, there := got.Header["Soapaction"]; there {
		t.Error("a bare request has a SOAPAction")
	}
}

func TestARequestInUTF16DeclaresIt(t *testing.T) {
	s := step("readPerson", "read.xml")
	s.HTTP.Charset = "utf-16"
	got := sent(t, s)
	if got.Header.Get("Content-Type") != "text/xml; charset=utf-16" || !strings.HasPrefix(got.Body, "\xff\xfe") {
		t.Fatalf("content type %s, first bytes %x", got.Header.Get("Content-Type"), got.Body[:2])
	}
	var units []uint16
	for i := 2; i+1 < len(got.Body); i += 2 {
		units = append(units, uint16(got.Body[i])|uint16(got.Body[i+1])<<8)
	}
	if text := string(utf16.Decode(units)); !strings.Contains(text, annaKey) {
		t.Errorf("the envelope is %s", text)
	}
	if text, err := encodeAs([]byte(`<?xml version="1.0" encoding="UTF-8"?><a/>`), "utf-16"); err != nil || string(text) != string(wide("\uFEFF<?xml version=\"1.0\" encoding=\"utf-16\"?><a/>", littleEndian)) {
		t.Errorf("the XML declaration: %q, %v", text, err)
	}
	if _, err := encodeAs(nil, "ebcdic"); err == nil {
		t.Error("an unknown charset was accepted")
	}
}

func TestAStepSignsInAsItSays(t *testing.T) {
	text := regexp.MustCompile(`<wsse:Password([^>]*)>([^<]*)</wsse:Password>`)
	id := ` Type="` + wire.PasswordText + `"`
	escaped := xmltree.EscapeText(password)
	tests := []signIn{
		{"own credentials as typed text", scenario.As{}, func(t *testing.T, security string) {
			want := `<wsse:Security xmlns:wsse="` + wire.NSWsse + `" xmlns:wsu="` + wire.NSWsu + `"><wsse:UsernameToken><wsse:Username>user-main</wsse:Username><wsse:Password` + id + `>` + escaped + `</wsse:Password></wsse:UsernameToken></wsse:Security>`
			if security != want {
				t.Errorf("got  %s\nwant %s", security, want)
			}
		}},
		{"none", scenario.As{Credentials: "none"}, func(t *testing.T, security string) {
			if security != "" {
				t.Errorf("got %s", security)
			}
		}},
		{"untyped", scenario.As{PasswordType: "untyped"}, func(t *testing.T, security string) {
			if m := text.FindStringSubmatch(security); m == nil || m[1] != "" || m[2] != escaped {
				t.Errorf("got %s", security)
			}
		}},
		{"wrong password", scenario.As{Credentials: "wrong-password"}, func(t *testing.T, security string) {
			if !strings.Contains(security, ">user-main<") || strings.Contains(security, escaped) || !text.MatchString(security) {
				t.Errorf("got %s", security)
			}
		}},
		{"unknown user", scenario.As{Credentials: "unknown-user"}, func(t *testing.T, security string) {
			if strings.Contains(security, "user-main") || strings.Contains(security, escaped) || !strings.Contains(security, ">unknown-") {
				t.Errorf("got %s", security)
			}
		}},
		{"other site", scenario.As{Credentials: "other-site"}, func(t *testing.T, security string) {
			if !strings.Contains(security, ">user-other<") || !strings.Contains(security, otherPassword) {
				t.Errorf("got %s", security)
			}
		}},
		{"nonce and created", scenario.As{Nonce: true}, func(t *testing.T, security string) {
			if !regexp.MustCompile(`</wsse:Password><wsse:Nonce EncodingType="[^"]*#Base64Binary">[A-Za-z0-9+/=]{24}</wsse:Nonce><wsu:Created>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z</wsu:Created>`).MatchString(security) {
				t.Errorf("got %s", security)
			}
		}},
		{"must be understood", scenario.As{MustUnderstand: true}, func(t *testing.T, security string) {
			if !strings.Contains(security, `xmlns:env="`+wire.NSSOAP+`" env:mustUnderstand="1"`) {
				t.Errorf("got %s", security)
			}
		}},
		{"digest", scenario.As{PasswordType: "digest"}, checkDigest},
	}
	checkSignIns(t, tests)
}

func TestAStepMayCarryATimestampBeforeItsToken(t *testing.T) {
	checkSignIns(t, []signIn{
		{"timestamp before the token", scenario.As{Timestamp: "current"}, func(t *testing.T, security string) {
			created, expires := lifetime(t, security)
			if expires.Sub(created) != 5*time.Minute || time.Since(created) > time.Minute || !strings.Contains(security, "</wsu:Timestamp><wsse:UsernameToken>") {
				t.Errorf("got %s", security)
			}
		}},
		{"timestamp and token with ids", scenario.As{Timestamp: "current-with-id"}, func(t *testing.T, security string) {
			if !strings.Contains(security, `<wsu:Timestamp wsu:Id="_0">`) || !regexp.MustCompile(`<wsse:UsernameToken wsu:Id="uuid-\w+-1">`).MatchString(security) {
				t.Errorf("got %s", security)
			}
		}},
		{"expired timestamp", scenario.As{Timestamp: "expired"}, func(t *testing.T, security string) {
			created, expires := lifetime(t, security)
			if expires.Sub(created) != 5*time.Minute || time.Since(expires) < 4*time.Minute {
				t.Errorf("got %s", security)
			}
		}},
	})
}

// signIn is a way to sign in, and how its Security header must look.
type signIn struct {
	name  string
	as    scenario.As
	check func(t *testing.T, security string)
}

func checkSignIns(t *testing.T, tests []signIn) {
	t.Helper()
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := step("readPerson", "read.xml")
			s.As = test.as
			got := sent(t, s)
			if _, err := xmltree.Parse([]byte(got.Body), "", xmltree.Limits{}); err != nil {
				t.Fatal(err)
			}
			test.check(t, securityText.FindString(got.Body))
		})
	}
}

func lifetime(t *testing.T, security string) (created, expires time.Time) {
	t.Helper()
	m := regexp.MustCompile(`<wsu:Created>([^<]*)</wsu:Created><wsu:Expires>([^<]*)</wsu:Expires>`).FindStringSubmatch(security)
	if m == nil {
		t.Fatalf("no Timestamp in %s", security)
	}
	created, err := time.Parse("2006-01-02T15:04:05.000Z", m[1])
	if err != nil {
		t.Fatal(err)
	}
	if expires, err = time.Parse("2006-01-02T15:04:05.000Z", m[2]); err != nil {
		t.Fatal(err)
	}
	return created, expires
}

// UsernameToken profile 1.0, section 3.1.
func checkDigest(t *testing.T, security string) {
	m := regexp.MustCompile(`<wsse:Password Type="[^"]*#PasswordDigest">([^<]*)</wsse:Password><wsse:Nonce [^>]*>([^<]*)</wsse:Nonce><wsu:Created>([^<]*)</wsu:Created>`).FindStringSubmatch(security)
	if m == nil {
		t.Fatalf("got %s", security)
	}
	nonce, err := base64.StdEncoding.DecodeString(m[2])
	if err != nil {
		t.Fatal(err)
	}
	sum := sha1.Sum([]byte(string(nonce) + m[3] + password))
	if want := base64.StdEncoding.EncodeToString(sum[:]); m[1] != want {
		t.Errorf("digest %s, want %s", m[1], want)
	}
}
