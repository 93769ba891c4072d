package validate_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// sample is a handmade envelope, valid in every way.
type sample struct {
	name string    // of the file
	root wire.Name // what its Body must hold
	data []byte
}

// samples reads the handmade envelopes. A file is named after its operation and
// its direction; two answers are about something else.
func samples(t testing.TB) []sample {
	t.Helper()
	others := map[string]string{"fault": "readPerson", "foreignBlocks": "deletePerson"}
	files, err := filepath.Glob("testdata/envelopes/*.xml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no envelopes below testdata: %v", err)
	}
	var all []sample
	for _, file := range files {
		parts := strings.Split(filepath.Base(file), ".")
		operation := parts[0]
		if other, ok := others[operation]; ok {
			operation = other
		}
		o, ok := wire.Lookup(operation)
		if !ok {
			t.Fatalf("%s is named after no operation", file)
		}
		root := o.Request
		if parts[1] == "response" {
			root = o.Response
		}
		all = append(all, sample{filepath.Base(file), root, readFile(t, file)})
	}
	return all
}

// request is the handmade createPersonRequest, which holds every element a person
// can have; answer a createPersonResponse with a warning.
func request(t testing.TB) string {
	return string(readFile(t, "testdata/envelopes/createPerson.request.xml"))
}

func answer(t testing.TB) string {
	return string(readFile(t, "testdata/envelopes/createPerson.response.xml"))
}

func readFile(t testing.TB, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// newValidator opens an engine for one test.
func newValidator(t testing.TB, engine validate.Engine, maxViolations int) validate.Validator {
	t.Helper()
	v, err := validate.New(engine, maxViolations)
	if err != nil {
		t.Fatalf("open engine %s: %v", engine, err)
	}
	t.Cleanup(func() {
		if err := v.Close(); err != nil {
			t.Errorf("close engine %s: %v", engine, err)
		}
	})
	return v
}

// withEngines runs a test once for each engine of this build.
func withEngines(t *testing.T, maxViolations int, test func(t *testing.T, v validate.Validator)) {
	for _, engine := range single {
		t.Run(string(engine), func(t *testing.T) { test(t, newValidator(t, engine, maxViolations)) })
	}
}

// check validates and fails the test on an error of the validator itself.
func check(t testing.TB, v validate.Validator, root wire.Name, envelope string) []validate.Violation {
	t.Helper()
	violations, err := v.Validate(root, []byte(envelope))
	if err != nil {
		t.Fatalf("validate with %s: %v", v.Name(), err)
	}
	return violations
}

func pmess(local string) wire.Name { return wire.Name{Space: wire.NSPmess, Local: local} }
func gmess(local string) wire.Name { return wire.Name{Space: wire.NSGmess, Local: local} }
func mmess(local string) wire.Name { return wire.Name{Space: wire.NSMmess, Local: local} }

// replace changes exactly one place of an envelope.
func replace(t testing.TB, envelope, old, new string) string {
	t.Helper()
	if !strings.Contains(envelope, old) {
		t.Fatalf("the envelope does not hold %q", old)
	}
	return strings.Replace(envelope, old, new, 1)
}

func TestHandmadeEnvelopesAreValid(t *testing.T) {
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for _, s := range samples(t) {
			for _, root := range []wire.Name{s.root, {}} {
				if got := check(t, v, root, string(s.data)); len(got) > 0 {
					t.Errorf("%s with root %q: %v", s.name, root, got)
				}
			}
		}
	})
}

func TestHandmadeEnvelopesCoverEveryOperation(t *testing.T) {
	var have, want []string
	for _, s := range samples(t) {
		have = append(have, s.root.String())
	}
	for _, o := range wire.Operations() {
		want = append(want, o.Request.String(), o.Response.String())
	}
	slices.Sort(have)
	slices.Sort(want)
	if diff := cmp.Diff(want, slices.Compact(have)); diff != "" {
		t.Errorf("messages with an envelope (-operations +envelopes):\n%s", diff)
	}
}
