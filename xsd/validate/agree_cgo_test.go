//go:build cgo

package validate_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// mutants is the number of mutated envelopes on which the engines are compared.
const mutants = 16_000

// mutant makes the n-th mutated envelope: always the same one for one n.
func mutant(t testing.TB, samples []sample, n int) (sample, []byte) {
	r := rand.New(rand.NewPCG(2011, uint64(n)))
	s := samples[n%len(samples)]
	if n%5 == 0 {
		return s, damage(r, s.data)
	}
	root := parseElement(t, s.data)
	for range 1 + r.IntN(3) {
		m := pick(r, mutations)
		for !m.apply(r, root) {
			m = pick(r, mutations)
		}
	}
	return s, []byte(root.String())
}

// TestEnginesAgreeOnMutatedEnvelopes compares validity and the first invalid
// element (ruling 18). Where the engines differ, a reviewed difference must account
// for it.
func TestEnginesAgreeOnMutatedEnvelopes(t *testing.T) {
	v := newValidator(t, validate.Both, 200)
	all := samples(t)
	var valid, malformed, invalid, known int
	for n := range mutants {
		s, envelope := mutant(t, all, n)
		root := s.root
		if n%3 == 0 {
			root = wire.Name{}
		}
		violations, err := v.Validate(root, envelope)
		var disagreement *validate.DisagreementError
		switch {
		case errors.As(err, &disagreement) && disagreement.Known.Name != "":
			known++
		case err != nil:
			t.Errorf("mutant %d of %s: %v\n%s", n, s.name, err, envelope)
		case len(violations) == 0:
			valid++
		case violations[0].Code == validate.CodeNotWellFormed || violations[0].Code == validate.CodeDoctype:
			malformed++
		default:
			invalid++
			holdLines(t, envelope, violations)
		}
		holdBounds(t, violations)
	}
	t.Logf("%d mutants: %d valid, %d malformed, %d invalid, %d known differences", mutants, valid, malformed, invalid, known)
	if valid < mutants/10 || malformed < mutants/20 || invalid < mutants/3 {
		t.Errorf("the mutants are lopsided: %d valid, %d malformed, %d invalid", valid, malformed, invalid)
	}
	if known > mutants/50 {
		t.Errorf("known differences account for %d of %d mutants, which is too much to call the engines of one mind", known, mutants)
	}
}

// holdLines compares each violation's line with the one that another parser tells
// for the element of that index.
func holdLines(t *testing.T, envelope []byte, violations []validate.Violation) {
	t.Helper()
	var lines []int
	d := xml.NewDecoder(bytes.NewReader(envelope))
	for {
		offset := d.InputOffset()
		token, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return // the other parser takes names by an older edition of XML
		}
		if _, ok := token.(xml.StartElement); ok {
			lines = append(lines, 1+bytes.Count(envelope[:offset], []byte("\n")))
		}
	}
	for _, v := range violations {
		if v.Node >= 0 && (v.Node >= len(lines) || v.Line != lines[v.Node]) {
			t.Errorf("element %d is said to be in line %d\n%s", v.Node, v.Line, envelope)
		}
	}
}

// TestEnginesAgreeOnEveryLeaf breaks every leaf of every handmade envelope in
// turn, which chance might leave out.
func TestEnginesAgreeOnEveryLeaf(t *testing.T) {
	v := newValidator(t, validate.Both, 50)
	for _, s := range samples(t) {
		for i := range parseElement(t, s.data).descendants() {
			for _, value := range []string{"", "unheard-of", "<x/>", "2030-01-01", "1"} {
				root := parseElement(t, s.data)
				e := root.descendants()[i]
				if !e.leaf() {
					continue
				}
				e.children = []any{value}
				if _, err := v.Validate(s.root, []byte(root.String())); err != nil {
					t.Errorf("%s, element %d with %q: %v", s.name, i, value, err)
				}
			}
		}
	}
}

// TestEnginesAgreeOnFixtures compares the engines on every XML file of the
// fixtures, whatever it is and whether it is valid.
func TestEnginesAgreeOnFixtures(t *testing.T) {
	v := newValidator(t, validate.Both, 50)
	files := 0
	err := filepath.WalkDir("../../fixtures", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".xml") {
			return err
		}
		files++
		if _, err := v.Validate(wire.Name{}, readFile(t, path)); err != nil {
			t.Errorf("%s: %v", path, err)
		}
		return nil
	})
	if err != nil || files == 0 {
		t.Errorf("the fixtures could not be walked: %d files, error %v", files, err)
	}
}

// TestKnownDifferences shows each listed difference with a minimal envelope, so
// that an entry that has become untrue is found and removed.
func TestKnownDifferences(t *testing.T) {
	v := newValidator(t, validate.Both, 50)
	var listed, shown []string
	for _, d := range validate.Differences() {
		listed = append(listed, d.Name+".xml")
		_, err := v.Validate(wire.Name{}, readFile(t, "testdata/differences/"+d.Name+".xml"))
		var disagreement *validate.DisagreementError
		if !errors.As(err, &disagreement) {
			t.Errorf("%s: the engines agree: error %v", d.Name, err)
			continue
		}
		if disagreement.Known.Name != d.Name {
			t.Errorf("%s: the disagreement is put down to %q: %v", d.Name, disagreement.Known.Name, err)
		}
		if !strings.Contains(err.Error(), d.Explanation) {
			t.Errorf("%s: the error does not explain: %v", d.Name, err)
		}
	}
	files, err := filepath.Glob("testdata/differences/*.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		shown = append(shown, filepath.Base(f))
	}
	slices.Sort(listed)
	if diff := cmp.Diff(listed, shown); diff != "" {
		t.Errorf("differences (-listed +with an envelope):\n%s", diff)
	}
}

// TestADisagreementIsAnError shows what a caller is told.
func TestADisagreementIsAnError(t *testing.T) {
	err := error(&validate.DisagreementError{
		First: "one", Second: "two",
		FirstViolations: []validate.Violation{{Node: 7, Line: 3, Code: validate.CodeValue, Message: "wrong"}},
	})
	const want = "the XSD engines disagree: one finds element 7 invalid (line 3: wrong), two finds the envelope valid"
	if got := fmt.Sprint(err); got != want {
		t.Errorf("error is %q, want %q", got, want)
	}
}

// TestFaultsSideBySide shows that libxml2's double reports are told from faults that
// stand beside each other. (helium stops at the first one.)
func TestFaultsSideBySide(t *testing.T) {
	v := newValidator(t, validate.Libxml2, 50)
	token := "<wsse:Security><wsse:UsernameToken wsu:Id='1'><wsse:Username soap:mustUnderstand='x' wsu:Id='2'/></wsse:UsernameToken></wsse:Security>"
	var nodes []int
	for _, v := range check(t, v, wire.Name{}, build(token, readRequest)) {
		nodes = append(nodes, v.Node)
	}
	if diff := cmp.Diff([]int{3, 4, 4}, nodes); diff != "" {
		t.Errorf("elements with a fault (-want +got):\n%s", diff)
	}
}

// TestBothComparesMoreThanItReports shows that a low limit hides no disagreement.
func TestBothComparesMoreThanItReports(t *testing.T) {
	v := newValidator(t, validate.Both, 1)
	violations, err := v.Validate(wire.Name{}, []byte(manyFaults(3)))
	if err != nil || len(violations) != 1 || violations[0].Code != validate.CodeTruncated {
		t.Errorf("where the first faults agree: violations %v, error %v", violations, err)
	}
	violations, err = v.Validate(wire.Name{}, readFile(t, "testdata/differences/token-order.xml"))
	var disagreement *validate.DisagreementError
	if !errors.As(err, &disagreement) || len(violations) != 1 {
		t.Errorf("where they do not: violations %v, error %v", violations, err)
	}
}

func TestBothNamesBoth(t *testing.T) {
	name := newValidator(t, validate.Both, 1).Name()
	if !strings.HasPrefix(name, "libxml2 2.") || !strings.Contains(name, " and helium v") {
		t.Errorf("name is %q", name)
	}
}

func TestWithCgoLibxml2IsTheDefault(t *testing.T) {
	if got := validate.Default(); got != validate.Libxml2 {
		t.Errorf("the default engine is %q, want %q", got, validate.Libxml2)
	}
}
