//go:build cgo

package cli_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var endOfHeader = regexp.MustCompile(`</([A-Za-z]+:)?Header>`)

// An answer about which the engines differ is no reason to believe one of them.
func TestEnginesThatDisagreeGiveNoVerdict(t *testing.T) {
	const odd = `<f:Block xmlns:f="urn:example:foreign" xmlns:q="http://schemas.xmlsoap.org/soap/envelope/" q:mustUnderstand="maybe"/>`
	p := newPeerBehind(t, func(w http.ResponseWriter, r *http.Request, next http.Handler) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		body := answer.Body.Bytes()
		if at := endOfHeader.FindIndex(body); at != nil && strings.Contains(r.Header.Get("SOAPAction"), "createPerson") {
			body = bytes.Join([][]byte{body[:at[0]], body[at[0]:]}, []byte(odd))
		}
		w.Header().Set("Content-Type", answer.Header().Get("Content-Type"))
		w.WriteHeader(answer.Code)
		_, _ = w.Write(body)
	})
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, "run", "--endpoint", p.URL, "--username", "u", "--password-file", p.password, "--only", newPerson, "--xsd-engine", "both", "--out", out)
	checkHidden(t, way{code: 3, says: "the XSD engines disagree"}, got, out)
}
