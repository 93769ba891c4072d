package validate_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// TestDocumentTypesAreRefused shows that a document type declaration is a
// violation and that nothing in it is processed.
func TestDocumentTypesAreRefused(t *testing.T) {
	var fetched atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fetched.Add(1) }))
	defer server.Close()
	secret := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(secret, []byte("Female"), 0o600); err != nil {
		t.Fatal(err)
	}
	var bomb strings.Builder
	bomb.WriteString(`<!DOCTYPE b [<!ENTITY a0 "ha">`)
	for i := range 60 {
		fmt.Fprintf(&bomb, `<!ENTITY a%d "&a%d;&a%d;">`, i+1, i, i)
	}
	bomb.WriteString("]>")
	tests := map[string]struct{ declaration, value string }{
		"plain":                     {"<!DOCTYPE x>", "Female"},
		"external entity, a file":   {`<!DOCTYPE x [<!ENTITY e SYSTEM "file://` + secret + `">]>`, "&e;"},
		"external entity, network":  {`<!DOCTYPE x [<!ENTITY e SYSTEM "` + server.URL + `/e">]>`, "&e;"},
		"external parameter entity": {`<!DOCTYPE x [<!ENTITY % e SYSTEM "` + server.URL + `/p"> %e;]>`, "Female"},
		"external subset":           {`<!DOCTYPE x SYSTEM "` + server.URL + `/x.dtd">`, "Female"},
		"entity bomb":               {bomb.String(), "&a60;"},
		"quadratic entity":          {`<!DOCTYPE x [<!ENTITY a "` + strings.Repeat("a", 50000) + `">]>`, strings.Repeat("&a;", 50000)},
		"behind a comment":          {"<!-- <a> --><?x?>\n<!DOCTYPE x>", "Female"},
		"default attributes":        {`<!DOCTYPE x [<!ATTLIST x y CDATA "z">]>`, "Female"},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				envelope := replace(t, replace(t, request(t), "\n<soap:Envelope", "\n"+test.declaration+"\n<soap:Envelope"), "Female", test.value)
				got := quickly(t, func() []validate.Violation { return check(t, v, wire.Name{}, envelope) })
				want := 2 + strings.Count(test.declaration[:strings.Index(test.declaration, "<!DOCTYPE")], "\n")
				if len(got) != 1 || got[0].Code != validate.CodeDoctype || got[0].Line != want {
					t.Errorf("violations: %v, want one of code %s in line %d", got, validate.CodeDoctype, want)
				}
				holdBounds(t, got)
			})
		}
	})
	if n := fetched.Load(); n > 0 {
		t.Errorf("a validator went to the network %d times", n)
	}
}

// quickly runs f and fails the test if it takes long or fills the memory. The
// bounds are generous, what they catch is worse by orders of magnitude.
func quickly(t *testing.T, f func() []validate.Violation) []validate.Violation {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	violations := f()
	if took := time.Since(start); took > 20*time.Second {
		t.Errorf("it took %s", took)
	}
	runtime.ReadMemStats(&after)
	if grown := after.TotalAlloc - before.TotalAlloc; grown > 1<<30 {
		t.Errorf("it allocated %d MB", grown>>20)
	}
	return violations
}

// TestLimits shows that what would make a parser slow or fill the memory is
// refused before a parser sees it.
func TestLimits(t *testing.T) {
	var attributes, declarations strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&attributes, " a%d='x'", i)
	}
	for i := range 200 {
		fmt.Fprintf(&declarations, " xmlns:p%d='urn:x'", i)
	}
	nested := func(n int) string { return strings.Repeat("<x>", n) + strings.Repeat("</x>", n) }
	tests := map[string]struct{ inserted, says string }{
		"100,000 deep":              {nested(100_000), "nested more than 256 deep"},
		"100,000 deep, never ended": {strings.Repeat("<x>", 100_000), "nested more than 256 deep"},
		"100,000 deep with attributes": {
			strings.Repeat("<x y='&lt;'>\n", 100_000) + strings.Repeat("</x>", 100_000), "nested more than 256 deep"},
		"100,000 attributes":        {"<x" + attributes.String() + "/>", "more than 256 attributes"},
		"many declarations, nested": {strings.Repeat("<x"+declarations.String()+">", 200) + strings.Repeat("</x>", 200), "more than 1024 attributes"},
		"too many elements":         {strings.Repeat("<x/>", 2<<20), "more than 2097152 elements"},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for name, test := range tests {
			t.Run(name, func(t *testing.T) {
				envelope := replace(t, answer(t), "<createPersonResponse", test.inserted+"<createPersonResponse")
				got := quickly(t, func() []validate.Violation { return check(t, v, wire.Name{}, envelope) })
				if len(got) != 1 || got[0].Code != validate.CodeLimit || !strings.Contains(got[0].Message, test.says) || got[0].Line == 0 {
					t.Errorf("violations: %v, want one of code %s that says %q", got, validate.CodeLimit, test.says)
				}
			})
		}
		t.Run("as deep as is allowed", func(t *testing.T) {
			envelope := replace(t, answer(t), "<o:Security", "<f:block xmlns:f='urn:example:foreign'>"+nested(253)+"</f:block><o:Security")
			if got := check(t, v, wire.Name{}, envelope); len(got) > 0 {
				t.Errorf("violations: %v", got)
			}
		})
		t.Run("one deeper", func(t *testing.T) {
			envelope := replace(t, answer(t), "<o:Security", "<f:block xmlns:f='urn:example:foreign'>"+nested(254)+"</f:block><o:Security")
			if got := check(t, v, wire.Name{}, envelope); len(got) != 1 || got[0].Code != validate.CodeLimit {
				t.Errorf("violations: %v, want one of code %s", got, validate.CodeLimit)
			}
		})
	})
}

// TestTooManyBytes takes more memory than the other tests, but only once: the
// limit is held before anything is copied.
func TestTooManyBytes(t *testing.T) {
	v := newValidator(t, "", 50)
	got, err := v.Validate(wire.Name{}, make([]byte, 128<<20+1))
	if err != nil || len(got) != 1 || got[0].Code != validate.CodeLimit {
		t.Errorf("violations: %v, error %v, want one violation of code %s", got, err, validate.CodeLimit)
	}
}

// TestSchemaLocationsAreNotFollowed shows that an envelope cannot make a validator
// load schemas.
func TestSchemaLocationsAreNotFollowed(t *testing.T) {
	var fetched atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { fetched.Add(1) }))
	defer server.Close()
	envelope := replace(t, answer(t), "<createPersonResponse", `<createPersonResponse xsi:schemaLocation="`+wire.NSPmess+" "+server.URL+`/x.xsd"`)
	envelope = replace(t, envelope, "<o:Security", `<f:block xmlns:f="urn:f" xsi:schemaLocation="urn:f `+server.URL+`/f.xsd" xmlns:xsi="`+wire.NSXsi+`"/><o:Security`)
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		if got := check(t, v, pmess("createPersonResponse"), envelope); len(got) > 0 {
			t.Errorf("violations: %v", got)
		}
	})
	if n := fetched.Load(); n > 0 {
		t.Errorf("a validator went to the network %d times", n)
	}
}
