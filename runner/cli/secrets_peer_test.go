package cli_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"esconform/runner/sandbox"
)

// chatter is an endpoint that shows all that it was sent, and what it knows besides, in
// every form and place: a sandbox behind something that changes its answers.
type chatter struct {
	*httptest.Server
	sandbox *sandbox.Server

	mu      sync.Mutex
	told    []string // secrets that it shows: those that it was started with, then those it was sent
	cookies []string
	count   int
	modes   map[string]int // how often it answered in which way
	shared  bool           // it shows cookies of other exchanges, too
}

// sentSecrets are the password or digest, and the nonce, of a request.
var sentSecrets = regexp.MustCompile(`<wsse:(?:Password|Nonce)[^>]*>([^<]*)<`)

func newChatter(t *testing.T, o sandbox.Options, told ...string) *chatter {
	t.Helper()
	server, err := sandbox.New(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	c := &chatter{sandbox: server, told: told, modes: map[string]int{}}
	c.Server = httptest.NewServer(c)
	t.Cleanup(func() {
		c.Close()
		_ = server.Close()
	})
	return c
}

// ServeHTTP answers. Reads and deletions are answered properly, with more in their
// headers and text than there should be: the run is to go on, and to clean up.
func (c *chatter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	answer := httptest.NewRecorder()
	c.sandbox.Handler().ServeHTTP(answer, r)
	if strings.HasPrefix(r.URL.Path, "/control") {
		c.control(w, r, answer)
		return
	}
	secrets, cookie, n := c.learn(r, string(body))
	w.Header().Set("Set-Cookie", "session="+cookie+"; Path=/; HttpOnly")
	c.echo(w.Header(), r.Header, secrets)
	action := r.Header.Get("SOAPAction")
	if n < 4 || strings.Contains(action, "read") || strings.Contains(action, "delete") || len(action) == 0 {
		c.pass(w, answer, secrets, n)
		return
	}
	c.misbehave(w, answer, secrets, string(body), n)
}

// learn remembers what a request shows, and makes a cookie.
func (c *chatter) learn(r *http.Request, body string) (secrets []string, cookie string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, m := range sentSecrets.FindAllStringSubmatch(body, -1) {
		var text string
		if xml.Unmarshal([]byte("<a>"+m[1]+"</a>"), &text) == nil && !slices.Contains(c.told, text) {
			c.told = append(c.told, text)
		}
	}
	cookie = fmt.Sprintf("c00k1e-%04d-%x", c.count, 0x9e3779b97f4a7c15*uint64(c.count+1))
	c.cookies = append(c.cookies, cookie)
	c.count++
	from := c.count * 3 % len(c.told)
	secrets = append(slices.Clone(c.told[from:min(from+6, len(c.told))]), c.told[len(c.told)-1], cookie)
	if c.shared && len(c.cookies) > 1 {
		secrets = append(secrets, c.cookies[len(c.cookies)/2])
	}
	return secrets, cookie, c.count
}

// echo repeats the request's header, and secrets, in the answer's.
func (c *chatter) echo(to, from http.Header, secrets []string) {
	for name, values := range from {
		to["X-Echo-"+name] = values
		if strings.HasPrefix(name, "X-Plant") {
			to[name] = values
		}
	}
	for i, secret := range secrets {
		for form, text := range forms(secret) {
			if !strings.ContainsAny(text, "\x00\r\n") {
				to.Add(fmt.Sprintf("X-Secret-%d", i), form+"="+text)
			}
		}
		if name := "X-" + secret; regexp.MustCompile(`^[A-Za-z0-9-]+$`).MatchString(name) {
			to.Set(name, "1")
		}
	}
}

// pass passes an answer on, with secrets in a header block and in a comment.
func (c *chatter) pass(w http.ResponseWriter, answer *httptest.ResponseRecorder, secrets []string, n int) {
	body := answer.Body.String()
	if at := endOfSOAPHeader.FindStringIndex(body); at != nil && n%2 == 0 {
		c.did("block")
		body = body[:at[0]] + `<e:Echo xmlns:e="urn:example:echo">` + markup(secrets) + "</e:Echo>" + body[at[0]:]
	}
	w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
	w.WriteHeader(answer.Code)
	_, _ = io.WriteString(w, body)
}

var endOfSOAPHeader = regexp.MustCompile(`</([A-Za-z]+:)?Header>`)

func (c *chatter) did(mode string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.modes[mode]++
}

// forget drops a cookie that is not sent after all.
func (c *chatter) forget(line string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.cookies = slices.DeleteFunc(c.cookies, func(value string) bool { return strings.Contains(line, value) })
}

// misbehave answers a write in a way that shows what it was sent.
func (c *chatter) misbehave(w http.ResponseWriter, answer *httptest.ResponseRecorder, secrets []string, body string, n int) {
	all := strings.Join(secrets, " ")
	fault := `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>` +
		markup(secrets) + escaped(body) + "</faultstring><detail>" + strings.ReplaceAll(body[strings.Index(body, "<"):], "<?", "<!-- ") + "</detail></s:Fault></s:Body></s:Envelope>"
	switch n % 7 {
	case 0:
		c.did("fault")
		w.Header().Set("Content-Type", "text/xml")
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = io.WriteString(w, fault)
	case 1:
		c.did("page")
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, "<html><body>"+markup(secrets)+"<pre>"+escaped(body)+"</pre></body></html>")
	case 2:
		c.did("UTF-16")
		w.Header().Set("Content-Type", "text/xml; charset=utf-16")
		_, _ = w.Write(utf16LE("\ufeff" + fault))
	case 3:
		c.did("nonsense")
		c.forget(w.Header().Get("Set-Cookie"))
		if connection, _, err := http.NewResponseController(w).Hijack(); err == nil {
			_, _ = io.WriteString(connection, "NONSENSE "+all+"\r\n\r\n")
			_ = connection.Close()
		}
	case 4:
		c.did("redirect")
		w.Header().Set("Location", "https://u:"+url.QueryEscape(secrets[0])+"@elsewhere.example/?p="+url.QueryEscape(all))
		w.WriteHeader(http.StatusFound)
	case 5:
		c.did("JSON")
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"secrets": secrets, "body": body})
	default:
		c.pass(w, answer, secrets, 0)
	}
}

// checkModes makes sure that every way to answer was seen.
func (c *chatter) checkModes(t *testing.T) {
	t.Helper()
	for _, mode := range []string{"block", "fault", "page", "UTF-16", "nonsense", "redirect", "JSON", "control"} {
		if c.modes[mode] == 0 {
			t.Errorf("it never answered with %s", mode)
		}
	}
}

// control answers as the control interface does, and shows its token when it is to make
// something.
func (c *chatter) control(w http.ResponseWriter, r *http.Request, answer *httptest.ResponseRecorder) {
	if r.Method == http.MethodPost {
		c.did("control")
		http.Error(w, r.Header.Get("Authorization")+" is the token", http.StatusInternalServerError)
		return
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// markup writes secrets as they may stand in XML.
func markup(secrets []string) string {
	var b strings.Builder
	for _, secret := range secrets {
		b.WriteString(escaped(secret) + "<!-- " + strings.ReplaceAll(secret, "--", "- -") + " -->")
		for _, text := range forms(secret) {
			b.WriteString(" " + escaped(text))
		}
		for _, r := range secret {
			fmt.Fprintf(&b, "&#x%x;", r)
		}
		half := len(secret) / 2
		b.WriteString(" <![CDATA[" + secret[:half] + "]]><![CDATA[" + secret[half:] + "]]> " + escaped(secret[:half]) + "<!-- -->" + escaped(secret[half:]) + " ")
	}
	return b.String()
}

func escaped(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// forms are ways to write a secret. In Base64 it stands alone and behind something.
func forms(secret string) map[string]string {
	return map[string]string{
		"plain": secret, "XML": escaped(secret), "query": url.QueryEscape(secret), "path": url.PathEscape(secret),
		"hex": hex.EncodeToString([]byte(secret)), "HEX": strings.ToUpper(hex.EncodeToString([]byte(secret))),
		"base64": base64.StdEncoding.EncodeToString([]byte(secret)), "base64 1": base64.StdEncoding.EncodeToString([]byte("u" + secret)),
		"base64 2": base64.RawURLEncoding.EncodeToString([]byte("u:" + secret + ";")),
	}
}

func utf16LE(s string) []byte {
	var b []byte
	for _, unit := range utf16.Encode([]rune(s)) {
		b = append(b, byte(unit), byte(unit>>8))
	}
	return b
}

// bodyOf takes the body of a request and leaves it there.
func bodyOf(r *http.Request) string {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	return string(body)
}
