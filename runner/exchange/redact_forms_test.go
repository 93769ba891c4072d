package exchange

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/profile"
	"esconform/runner/wire"
)

// encodings are ways in which an endpoint may show what it was sent.
var encodings = map[string]func(string) string{
	"plain":         func(s string) string { return s },
	"base64":        func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) },
	"base64 of u:p": func(s string) string { return base64.StdEncoding.EncodeToString([]byte("user:" + s)) },
	"base64 within": func(s string) string { return base64.StdEncoding.EncodeToString([]byte("<a>" + s + "</a>")) },
	"base64 later":  func(s string) string { return base64.StdEncoding.EncodeToString([]byte("ab" + s + "c")) },
	"base64 in URL": func(s string) string { return base64.RawURLEncoding.EncodeToString([]byte("a" + s)) },
	"hex":           func(s string) string { return hex.EncodeToString([]byte(s)) },
	"HEX":           func(s string) string { return strings.ToUpper(hex.EncodeToString([]byte(s))) },
	"query":         url.QueryEscape,
	"path":          url.PathEscape,
	"query, small":  func(s string) string { return lowerEscapes(url.QueryEscape(s)) },
	"JSON":          func(s string) string { return strings.Trim(fmt.Sprintf("%q", s), `"`) },
	"XML":           func(s string) string { var b bytes.Buffer; _ = xml.EscapeText(&b, []byte(s)); return b.String() },
	"decimal":       func(s string) string { return references(s, "&#%d;") },
	"hexadecimal":   func(s string) string { return references(s, "&#x%x;") },
	"CDATA":         func(s string) string { return "<![CDATA[" + s[:4] + "]]><![CDATA[" + s[4:] + "]]>" },
	"half CDATA":    func(s string) string { return escapedXML(s[:3]) + "<![CDATA[" + s[3:] + "]]>" },
	"comment":       func(s string) string { return escapedXML(s[:5]) + "<!-- x -->" + escapedXML(s[5:]) },
	"instruction":   func(s string) string { return escapedXML(s[:2]) + "<?x y?>" + escapedXML(s[2:]) },
	"XML in XML":    func(s string) string { return escapedXML("<Password>" + escapedXML(s) + "</Password>") },
	"UTF-16":        func(s string) string { return string(wide("<a>"+s+"</a>", littleEndian)) },
	"UTF-16, hex":   func(s string) string { return string(wide(hex.EncodeToString([]byte(s)), littleEndian)) },
	"UTF-16, &#x;":  func(s string) string { return string(wide("<a>"+references(s, "&#x%x;")+"</a>", littleEndian)) },
	"UTF-16, XML":   func(s string) string { return string(wide(escapedXML(s), littleEndian)) },
}

func references(s, format string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, format, r)
	}
	return b.String()
}

func escapedXML(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

// hidden are secrets of all kinds of characters, ASCII until their fifth byte.
var hidden = []string{"correct horse", "p&ssw<rd>\"'", "0123456789", "abcd%/+?=& f", "pass\\word\twith tab", "abcdefæøå漢字", "a]]>b-->c?>d", strings.Repeat("long", 40)}

func TestASecretIsFoundHoweverItIsWritten(t *testing.T) {
	for _, secret := range hidden {
		s := secrets{}.with(secret)
		for name, encode := range encodings {
			if name == "CDATA" && strings.Contains(secret, "]]>") || strings.Contains(name, "CDATA") && strings.Contains(secret, "]]>") {
				continue // cannot stand in a section
			}
			t.Run(name+" of "+secret, func(t *testing.T) {
				coded := encode(secret)
				arounds := []string{"%s", "<a>%s</a>", "  %s", "xxx %s yyy &amp; zzz"}
				if strings.HasPrefix(name, "UTF-16, ") {
					arounds = arounds[:1]
				}
				for _, around := range arounds {
					text := fmt.Sprintf(around, coded)
					got := s.redactText(text)
					if strings.Contains(got, coded) || !strings.Contains(got, redacted) && !strings.Contains(got, string(wide(redacted, littleEndian))) {
						t.Errorf("%q became %q", text, got)
					}
					if !strings.HasPrefix(around, "%s") && !strings.HasPrefix(got, around[:2]) {
						t.Errorf("what is before it has changed: %q became %q", text, got)
					}
				}
			})
		}
	}
}

// What was well-formed still is, so that a verdict does not depend on a secret.
func TestAMessageStaysWellFormed(t *testing.T) {
	const secret = "p&ssw<rd and more"
	s := secrets{}.with(secret)
	for _, name := range []string{"XML", "decimal", "CDATA", "half CDATA", "comment", "instruction", "XML in XML"} {
		text := "<a><b x='" + escapedXML(secret) + "'>" + encodings[name](secret) + "</b><c>" + encodings[name](secret) + "</c></a>"
		got := s.redactText(text)
		if err := xml.Unmarshal([]byte(got), new(struct{})); err != nil {
			t.Errorf("%s: %v\n%s", name, err, got)
		}
	}
}

func TestWhatIsNoSecretIsLeftAsItIs(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	s := secrets{}.with("correct horse", "battery staple", "0123456789abcdef", "short")
	for range 2000 {
		text := make([]byte, rng.IntN(400))
		for i := range text {
			text[i] = "cor ect hsbatyplne0123456789abcdef<>&;![CDATA]-?\x00"[rng.IntN(48)]
		}
		if bytes.Contains(text, []byte("correct horse")) {
			continue
		}
		if got := s.redact(text); !bytes.Equal(got, text) {
			t.Fatalf("%q became %q", text, got)
		}
	}
}

// A short secret is found in its own place, and nowhere else.
func TestShortSecretsAreRedactedInTheirOwnPlace(t *testing.T) {
	s := secretsOf(profile.Target{Headers: map[string]string{"X-Key": "k7"}, Sites: []profile.Site{{Credentials: profile.Credentials{Password: profile.NewSecret("person")}}}})
	for text, want := range map[string]string{
		"<person>person</person>":                            "<person>person</person>",
		"<wsse:Password>person</wsse:Password>":              "<wsse:Password>[redacted]</wsse:Password>",
		"<Password Type='x'> person\n</Password>":            "<Password Type='x'>[redacted]</Password>",
		"&lt;o:Password&gt;person&lt;/o:Password&gt; person": "&lt;o:Password&gt;[redacted]&lt;/o:Password&gt; person",
		"<Password>p&#101;rson</Password>":                   "<Password>[redacted]</Password>",
		"<Password><![CDATA[person]]></Password>":            "<Password><![CDATA[[redacted]]]></Password>",
		"<Password>persons</Password>":                       "<Password>persons</Password>",
		"<Password/>person<Password>":                        "<Password/>person<Password>",
		"Password: person":                                   "Password: person",
	} {
		if got := s.redactText(text); got != want {
			t.Errorf("%s became %s, want %s", text, got, want)
		}
	}
	h := http.Header{"X-Key": {"k7"}, "X-Other": {"k7"}}
	if diff := cmp.Diff(http.Header{"X-Key": {redacted}, "X-Other": {"k7"}}, s.redactHeader(h)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestCookiesAndNamesOfHeadersAreRedacted(t *testing.T) {
	s := secrets{}.with("Correct-Horse-9")
	h := http.Header{"Set-Cookie": {"id=abc; Path=/; Secure", `s="0123456789"`}, "X-Correct-Horse-9-Y": {"1"}, "X-Plain": {"2"}}
	want := http.Header{"Set-Cookie": {"id=[redacted]; Path=/; Secure", "s=[redacted]"}, redacted: {"1"}, "X-Plain": {"2"}}
	if diff := cmp.Diff(want, s.redactHeader(h)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	r := newRecent()
	r.add(cookies(h)...)
	if got := string(r.redact([]byte("abc 0123456789"))); got != "abc [redacted]" {
		t.Errorf("a cookie that was set before is shown: %s", got)
	}
	for i := range 2 * mostRecent {
		r.add(fmt.Sprintf("a-later-cookie-%d", i))
	}
	if len(r.texts) > mostRecent || string(r.redact(fmt.Appendf(nil, "a-later-cookie-%d", 2*mostRecent-1))) != redacted {
		t.Errorf("%d are remembered", len(r.texts))
	}
}

// BenchmarkRedact measures what redaction adds to an exchange: a usual answer, with the
// secrets of a profile of five sites.
func BenchmarkRedact(b *testing.B) {
	var t profile.Target
	for i := range 5 {
		t.Sites = append(t.Sites, profile.Site{Credentials: profile.Credentials{Password: profile.NewSecret(fmt.Sprintf("the password of site %d", i))}})
	}
	s, r := secretsOf(t), newRecent()
	r.add("bm9uY2Ugb2YgMTYgYg==")
	answer := []byte(soapAnswer("readPersons", status(true), strings.Repeat(`<person xmlns="`+wire.NSPmess+`"><name>Somebody's name</name></person>`, 60)))
	b.SetBytes(int64(len(answer)))
	b.ReportAllocs()
	for b.Loop() {
		r.redact(s.with("the password of site 1").redact(answer))
	}
}
