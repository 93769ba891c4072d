package sandbox

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"flag"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"esconform/runner/wire"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares what was written with the file of that name.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", "written", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, got) {
		t.Errorf("%s differs (-want +got):\n%s", path, cmp.Diff(string(decodeText(want)), string(decodeText(got))))
	}
}

func TestAnswersAreWrittenAsRecorded(t *testing.T) {
	for name, a := range sampleAnswers() {
		t.Run(name, func(t *testing.T) { golden(t, name+".xml", style{}.encode(a)) })
	}
}

func TestEachDialectHasItsOwnWriting(t *testing.T) {
	for _, d := range waysOfWriting() {
		t.Run(d.Name, func(t *testing.T) {
			s := styleOf([]string{d.Name})
			a := sampleAnswers()["read"]
			a.header[0] = statusHeader("m-4", el(wire.NSBind, "statusInfoSet", plainStatus("m-4"), warningStatus("m-4")))
			golden(t, "read."+d.Name+".xml", s.encoding.bytes(s.encode(a)))
		})
	}
}

// exchangeOver sends one answer over a real connection and returns what the
// client got.
func exchangeOver(t *testing.T, s style, a answer, accept string) (*http.Response, []byte) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { s.write(w, r, a) }))
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Accept-Encoding", accept)
	response, err := server.Client().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response, body
}

func TestEveryDialectSaysTheSame(t *testing.T) {
	names := [][]string{nil}
	for _, d := range waysOfWriting() {
		names = append(names, []string{d.Name})
	}
	names = append(names,
		[]string{"rebound-prefixes", "xsi-type", "comments-and-cdata", "attribute-order", "utf-16", "chunked", "extra-header"},
		[]string{"unusual-prefixes", "xsi-type", "numeric-booleans", "pretty-printed", "bom", "gzip", "no-security-header"},
		[]string{"default-namespaces", "schema-location", "start-and-end-tags", "xml-declaration", "gzip", "chunked", "utf-16-be"},
		[]string{"moved-declarations", "xsi-type", "attribute-order", "extra-header", "pretty-printed", "comments-and-cdata"})
	for _, dialects := range names {
		s := styleOf(dialects)
		for name, a := range sampleAnswers() {
			t.Run(strings.Join(dialects, "+")+"/"+name, func(t *testing.T) {
				response, body := exchangeOver(t, s, a, "gzip")
				if response.StatusCode != a.status {
					t.Errorf("status %d, want %d", response.StatusCode, a.status)
				}
				want := understand(t, style{}.encode(a))
				got := understand(t, inflate(t, response, body))
				neutralise(want, s)
				neutralise(got, s)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("the answer says something else (-default +dialect):\n%s\n%s", diff, body)
				}
			})
		}
	}
}

func inflate(t *testing.T, response *http.Response, body []byte) []byte {
	t.Helper()
	if response.Header.Get("Content-Encoding") != "gzip" {
		return body
	}
	z, err := gzip.NewReader(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}

// neutralise removes what a dialect may add or leave out, and nothing else.
func neutralise(x *seen, s style) {
	ours := []string{wire.NSBind, wire.NSSOAP}
	if !s.headers.unsecured {
		ours = append(ours, wire.NSWsse)
	}
	if x.Name.Local == "Envelope" && x.Children[0].Name.Local == "Header" {
		header := x.Children[0]
		header.Children = slices.DeleteFunc(header.Children, func(c *seen) bool { return !slices.Contains(ours, c.Name.Space) })
		if len(header.Children) == 0 {
			x.Children = x.Children[1:]
		}
	}
	delete(x.Attrs, xml.Name{Space: wire.NSXsi, Local: "schemaLocation"})
	delete(x.Attrs, xml.Name{Space: wire.NSXsi, Local: "type"})
	if null := (xml.Name{Space: wire.NSXsi, Local: "nil"}); x.Attrs[null] == "1" {
		x.Attrs[null] = "true"
	}
	if x.Name.Local == "primaryRoleType" && x.Text == "1" {
		x.Text = "true"
	}
	if len(x.Children) > 0 || x.Name.Local == "text" {
		x.Text = strings.TrimSpace(x.Text)
	}
	for _, c := range x.Children {
		neutralise(c, s)
	}
}

func TestTextsComeBackAsTheyWere(t *testing.T) {
	for _, dialects := range [][]string{nil, {"comments-and-cdata"}, {"attribute-order"}, {"utf-16"}} {
		s := styleOf(dialects)
		for _, text := range []string{"", " ", "a", hardText, "]]>", "--", "<!-- -->", "é", "\U0001F600", "x\U0001F600y", strings.Repeat("lång ", 5000)} {
			a := answer{status: 200, body: el(wire.NSPmess, "r", leaf("", "a", text), leaf("", "b", text), leaf("", "c", text), leaf("", "d", text))}
			a.body.attrs = []attr{{wire.Name{Local: "note"}, text}}
			got := understand(t, s.encoding.bytes(s.encode(a))).Children[0].Children[0]
			want := map[string]string{"note": text, "a": text, "b": text, "c": text, "d": text}
			seen := map[string]string{"note": got.Attrs[xml.Name{Local: "note"}]}
			for _, c := range got.Children {
				seen[c.Name.Local] = c.Text
			}
			if diff := cmp.Diff(want, seen); diff != "" {
				t.Errorf("%v: %s", dialects, diff)
			}
		}
	}
}

func TestCharactersThatXMLDoesNotHaveAreReplaced(t *testing.T) {
	for text, want := range map[string]string{
		"a\x00b":       "a\uFFFDb",
		"\x0b\x1f":     "\uFFFD\uFFFD",
		"a\xffb\xc3":   "a\uFFFDb\uFFFD",
		"\uFFFE\uFFFF": "\uFFFD\uFFFD",
		"\xed\xa0\x80": "\uFFFD\uFFFD\uFFFD",
		"\uFFFD\x7f":   "\uFFFD\x7f",
	} {
		if got := string(appendText(nil, text)); got != want {
			t.Errorf("%q is written %q, want %q", text, got, want)
		}
		for turn := range 4 {
			root, err := read(append(appendMixed([]byte("<r>"), text, turn), "</r>"...))
			if err != nil {
				t.Errorf("%q, turn %d: %v", text, turn, err)
			} else if root.Text != want {
				t.Errorf("%q, turn %d, is read as %q, want %q", text, turn, root.Text, want)
			}
		}
	}
}

func TestDocumentsDeclareWhatTheyAre(t *testing.T) {
	type sent struct{ Type, Length, Coding, Start string }
	for name, want := range map[string]sent{
		"":          {"text/xml; charset=utf-8", "some", "", "<s:Env"},
		"bom":       {"text/xml; charset=utf-8", "some", "", "\xef\xbb\xbf<s:"},
		"utf-16":    {"text/xml; charset=utf-16", "some", "", "\xff\xfe<\x00?\x00"},
		"utf-16-be": {"text/xml; charset=utf-16", "some", "", "\xfe\xff\x00<\x00?"},
		"chunked":   {"text/xml; charset=utf-8", "", "", "<s:Env"},
		"gzip":      {"text/xml; charset=utf-8", "some", "gzip", "\x1f\x8b\x08\x00\x00\x00"},
	} {
		response, body := exchangeOver(t, styleOf([]string{name}), sampleAnswers()["success"], "gzip")
		got := sent{Type: response.Header.Get("Content-Type"), Coding: response.Header.Get("Content-Encoding"), Start: string(body[:6])}
		if response.ContentLength == int64(len(body)) {
			got.Length = "some"
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%q: %s", name, diff)
		}
	}
}

func TestAnswersAreCompressedOnlyForThoseWhoAcceptIt(t *testing.T) {
	for accept, want := range map[string]string{
		"gzip": "gzip", "deflate, gzip;q=0.5": "gzip", "*": "gzip", "GZIP": "gzip", "x-gzip": "gzip",
		"": "", "identity": "", "gzip;q=0": "", "gzip; q=0.0": "", "*;q=0": "", "*, gzip;q=0": "", "*;q=0, gzip": "gzip", "br": "",
	} {
		response, _ := exchangeOver(t, styleOf([]string{"gzip"}), sampleAnswers()["success"], accept)
		if got := response.Header.Get("Content-Encoding"); got != want {
			t.Errorf("Accept-Encoding %q is answered with coding %q, want %q", accept, got, want)
		}
	}
}

func TestDialectsAreNamedOnceAndCombineInAnyOrder(t *testing.T) {
	names := map[string]bool{}
	for _, d := range waysOfWriting() {
		if names[d.Name] || d.Title == "" || d.Reading != "" {
			t.Errorf("dialect %+v is named twice, or is not a way of writing", d)
		}
		names[d.Name] = true
	}
	all := slices.Sorted(maps.Keys(names))
	forwards := styleOf(all)
	slices.Reverse(all)
	if forwards != styleOf(append(all, "a reading")) {
		t.Error("the order of the names, or a name that is no way of writing, changes the style")
	}
}

// discard is a ResponseWriter that keeps nothing.
type discard struct{ header http.Header }

func (d discard) Header() http.Header         { return d.header }
func (d discard) WriteHeader(int)             {}
func (d discard) Write(b []byte) (int, error) { return len(b), nil }

func BenchmarkWrite(b *testing.B) {
	r := httptest.NewRequest(http.MethodPost, "/", nil)
	for _, c := range []struct{ name, answer, dialect string }{
		{"success", "success", ""}, {"read", "read", ""}, {"read/all-prefixed", "read", "all-prefixed"}, {"read/utf-16", "read", "utf-16"},
	} {
		b.Run(c.name, func(b *testing.B) {
			s, a, w := styleOf([]string{c.dialect}), sampleAnswers()[c.answer], discard{http.Header{}}
			b.SetBytes(int64(len(s.encode(a))))
			b.ReportAllocs()
			for b.Loop() {
				s.write(w, r, a)
			}
		})
	}
}
