package exchange

import (
	"bytes"
	"encoding/base64"
	"io"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// An endpoint that repeats all that it was sent, in its answer and its header.
func echo(w http.ResponseWriter, _ *http.Request, in received) bool {
	w.Header().Set("Content-Type", "text/xml")
	w.Header().Set("X-Echo", securityText.FindString(in.Body))
	io.WriteString(w, `<s:Envelope xmlns:s="`+wire.NSSOAP+`"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>`+
		xmltree.EscapeText(in.Body)+in.Header.Get("X-Api-Key")+`</faultstring></s:Fault></s:Body></s:Envelope>`+in.Body)
	return true
}

// planted are secrets in all the forms that they may have on the wire.
func planted() []string {
	return []string{password, xmltree.EscapeText(password), otherPassword, "header-secret", "token-of-control"}
}

func TestNoSecretIsRecordedOrWritten(t *testing.T) {
	tests := map[string]scenario.As{
		"own": {}, "untyped": {PasswordType: "untyped"}, "digest": {PasswordType: "digest"}, "nonce": {Nonce: true, Timestamp: "current-with-id"},
		"wrong": {Credentials: "wrong-password"}, "unknown": {Credentials: "unknown-user"}, "other": {Credentials: "other-site"},
	}
	for name, as := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = echo
			folder := t.TempDir()
			s := step("readPerson", "read.xml")
			s.As = as
			r := newRig(t, p, func(s *setting) {
				s.target.Headers = map[string]string{"X-Api-Key": "header-secret"}
				s.target.Control = &profile.Control{URL: p.URL, Token: profile.NewSecret("token-of-control")}
				s.options.EvidenceDir = folder
			}, story("s/one", s))
			o := r.only(t)
			secrets := append(planted(), onTheWire(p.requests("readPerson")[0].Body)...)
			if len(secrets) == len(planted()) {
				t.Fatal("the request held no secret at all")
			}
			x := o.Exchanges[0]
			for what, data := range map[string][]byte{"request": x.Request, "response": x.Response, "request header": dump(x.RequestHeader), "response header": dump(x.ResponseHeader)} {
				lookFor(t, what, data, secrets)
			}
			if !bytes.Contains(x.Request, []byte(redacted)) || !bytes.Contains(x.Response, []byte(redacted)) {
				t.Error("nothing was redacted")
			}
			lookInFiles(t, folder, secrets)
		})
	}
}

// onTheWire returns the password or digest, and the nonce, of a request.
func onTheWire(body string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`<wsse:(?:Password|Nonce)[^>]*>([^<]*)<`).FindAllStringSubmatch(body, -1) {
		all = append(all, m[1])
	}
	return all
}

func dump(h http.Header) []byte {
	var b bytes.Buffer
	_ = h.Write(&b)
	return b.Bytes()
}

func lookFor(t *testing.T, what string, data []byte, secrets []string) {
	t.Helper()
	for _, secret := range secrets {
		if bytes.Contains(data, []byte(secret)) {
			t.Errorf("the %s shows %q\n%s", what, secret, data)
		}
	}
}

func lookInFiles(t *testing.T, folder string, secrets []string) {
	t.Helper()
	count := 0
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		count++
		lookFor(t, "file "+path, data, secrets)
		return nil
	})
	if err != nil || count != 1 {
		t.Errorf("%d files were searched, %v", count, err)
	}
}

func TestAPasswordInATransportMessageIsRedacted(t *testing.T) {
	p := newPeer(t)
	p.odd = func(w http.ResponseWriter, r *http.Request, in received) bool {
		connection, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			io.WriteString(connection, "NONSENSE "+password+"\r\n\r\n")
			connection.Close()
		}
		return true
	}
	r := newRig(t, p, nil, story("s/one", step("createPerson", "create.xml")))
	outcomes, _ := r.execute(t, t.Context())
	x := outcomes["s/one"].Exchanges[0]
	if x.Transport == nil || x.Transport.Kind != evidence.FaultProtocol || strings.Contains(x.Transport.Message, password) {
		t.Errorf("%+v", x.Transport)
	}
}

func TestSecretsAreFoundInEveryFormAndShortOnesAreLeftAlone(t *testing.T) {
	s := secrets{}.with("p&ssw<rd", "short")
	tests := map[string]string{
		"a p&ssw<rd b":         "a [redacted] b",
		"p&amp;ssw&lt;rd":      "[redacted]",
		"nothing of the kind":  "nothing of the kind",
		"short is left":        "short is left",
		"p&ssw<rdp&amp;ssw<rd": "[redacted][redacted]",
	}
	for text, want := range tests {
		if got := s.redactText(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
	if got := string(s.redact(wide("a p&ssw<rd b", littleEndian))); got != string(wide("a [redacted] b", littleEndian)) {
		t.Errorf("in UTF-16: %q", got)
	}
	h := http.Header{"X-A": {"p&ssw<rd", "other"}}
	if diff := cmp.Diff(http.Header{"X-A": {redacted, "other"}}, s.redactHeader(h)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestThePartsOfASecretHeaderAreSecretsToo(t *testing.T) {
	basic := base64.StdEncoding.EncodeToString([]byte("the-user:the-password"))
	hidden := secretsOf(profile.Target{Headers: map[string]string{"Authorization": "Bearer 0123456789", "Proxy-Authorization": "Basic " + basic, "X-Odd": "Basic not-base-64"}})
	for _, text := range []string{"Bearer 0123456789", "0123456789", "Basic " + basic, basic, "the-user:the-password", "the-password", "not-base-64"} {
		if got := hidden.redactText("<" + text + ">"); got != "<"+redacted+">" {
			t.Errorf("%s became %s", text, got)
		}
	}
	if got := hidden.redactText("Bearer"); got != "Bearer" {
		t.Errorf("a short part is a secret: %s", got)
	}
}
