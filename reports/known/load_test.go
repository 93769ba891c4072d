package known_test

import (
	"errors"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/reports/known"
)

// today is the day on which lists are used in tests.
var today = time.Date(2026, 3, 1, 23, 59, 0, 0, time.UTC)

// suite has patterns of a simple kind: path.Match over the whole id, and beginnings.
func suite() known.Suite {
	return known.Suite{
		Cases:        []string{"a/b", "a/b/c", "a/x/one", "a/x/two", "d/only/case"},
		Requirements: []string{"REL-06", "REL-07"},
		Matches: func(pattern, id string) bool {
			ok, _ := path.Match(pattern, id)
			return ok || strings.HasPrefix(id, pattern+"/")
		},
		CheckPattern: func(pattern string) error {
			_, err := path.Match(pattern, "")
			return err
		},
		Today: today,
	}
}

const good = `# yaml-language-server: $schema=known-failures.schema.json
- id: d/only
  requirement: [REL-06, REL-07]
  message: >-
    does not
    exist
  owner: persons # comment
  reason: |
    Two
    lines
  link: https://example.org/17?a=b#c
  expires: 2026-03-01
- {id: "a/x/one", message: 'gone', owner: 0123, reason: true, expires: "2030-12-31"}
-
  # the first key is on the second line
  id: a/b
  requirement: REL-06
  owner: x
  reason: y
  expires: 2026-03-02
`

func TestAListIsReadWithItsPlaces(t *testing.T) {
	got, err := known.Load("known.yaml", []byte(good), suite())
	if err != nil {
		t.Fatal(err)
	}
	want := known.List{File: "known.yaml", Entries: []known.Entry{
		{ID: "d/only", Requirements: []string{"REL-06", "REL-07"}, Message: "does not exist", Owner: "persons", Reason: "Two\nlines",
			Link: "https://example.org/17?a=b#c", Expires: "2026-03-01", Line: 2, Case: "d/only/case"},
		{ID: "a/x/one", Message: "gone", Owner: "0123", Reason: "true", Expires: "2030-12-31", Line: 13, Case: "a/x/one"},
		{ID: "a/b", Requirements: []string{"REL-06"}, Owner: "x", Reason: "y", Expires: "2026-03-02", Line: 16, Case: "a/b"},
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if got := want.Place(want.Entries[0]); got != "known.yaml:2" {
		t.Errorf("place %s", got)
	}
}

func TestAnEmptyListIsAList(t *testing.T) {
	for _, text := range []string{"", "# nothing fails any more\n", "[]\n", "---\n"} {
		if got, err := known.Load("known.yaml", []byte(text), suite()); err != nil || len(got.Entries) != 0 {
			t.Errorf("%q: %v, %v", text, got, err)
		}
	}
}

// rest completes an entry that begins with an id.
const rest = "\n  requirement: REL-06\n  owner: x\n  reason: y\n  expires: 2030-01-01\n"

func TestEveryMistakeIsToldWithItsLine(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		want []string
	}{
		"no YAML":           {"- id: a\n b: [", []string{"known.yaml:2: this is not YAML"}},
		"no list":           {"id: a/b\n", []string{"known.yaml:1: the list of known failures is a list"}},
		"two documents":     {"- id: a/b" + rest + "---\n- id: a/b" + rest, []string{"known.yaml:7: the list is one YAML document"}},
		"an entry of text":  {"- a/b\n", []string{"known.yaml:1: an entry is a mapping with the keys id, requirement"}},
		"an unknown field":  {"- id: a/b\n  owners: y" + rest, []string{`known.yaml:2: an entry has no key "owners"; there is id, `}},
		"a field twice":     {"- id: a/b\n  id: a/b" + rest, []string{"known.yaml:2: this is not YAML"}},
		"a merge key":       {"- id: a/b\n  <<: {}" + rest, []string{"known.yaml:2: merge keys"}},
		"an anchor":         {"- id: &x a/b" + rest, []string{"known.yaml:1: anchors, aliases and tags"}},
		"an alias":          {"- id: a/b" + rest + "  link: *x\n", []string{"known.yaml:"}},
		"a field of fields": {"- id: {a: b}" + rest, []string{"known.yaml:1: id is a text"}},
		"nothing but an id": {"- id: a/b\n", []string{"known.yaml:1: the entry has no owner", "known.yaml:1: the entry has no reason", "known.yaml:1: the entry has no expires",
			"known.yaml:1: the entry does not say how the case fails"}},
		"empty fields": {"- id: a/b\n  requirement: \"\"\n  owner: ' '\n  reason:\n  expires: ~\n", []string{"known.yaml:2: requirement is empty",
			"known.yaml:3: owner is empty", "known.yaml:4: reason is empty", "known.yaml:5: expires is empty"}},
		"no requirements":           {"- id: a/b\n  requirement: []\n  owner: x\n  reason: y\n  expires: 2030-01-01\n", []string{"known.yaml:2: requirement is empty"}},
		"a requirement twice":       {"- id: a/b\n  requirement: [REL-06, REL-06]\n  owner: x\n  reason: y\n  expires: 2030-01-01\n", []string{"known.yaml:2: requirement REL-06 is named twice"}},
		"an unknown requirement":    {"- id: a/b\n  requirement: REL-99\n  owner: x\n  reason: y\n  expires: 2030-01-01\n", []string{"known.yaml:1: there is no requirement REL-99"}},
		"no day":                    {"- id: a/b\n  message: x\n  owner: x\n  reason: y\n  expires: 2026-02-30\n", []string{`known.yaml:5: expires "2026-02-30" is no day`}},
		"another way to write days": {"- id: a/b\n  message: x\n  owner: x\n  reason: y\n  expires: 31.12.2026\n", []string{`known.yaml:5: expires "31.12.2026" is no day`}},
		"yesterday":                 {"- id: a/b\n  message: x\n  owner: x\n  reason: y\n  expires: 2026-02-28\n", []string{"known.yaml:1: the entry for a/b expired on 2026-02-28"}},
		"a link that runs":          {"- id: a/b\n  link: javascript:alert(1)" + rest, []string{`known.yaml:2: link "javascript:alert(1)" is no address`}},
		"a link to nowhere":         {"- id: a/b\n  link: https:///x" + rest, []string{"known.yaml:2: link"}},
		"no pattern":                {"- id: a/[" + rest, []string{`known.yaml:1: id "a/[" is not a pattern`}},
		"no case":                   {"- id: a/nothing" + rest, []string{`known.yaml:1: id "a/nothing" matches no case`}},
		"two cases":                 {"- id: a/x" + rest, []string{`known.yaml:1: id "a/x" matches 2 cases, a/x/one, a/x/two;`}},
		"a case twice":              {"- id: a/x/one" + rest + "- id: a/x/o*" + rest, []string{"known.yaml:6: a/x/one is on the list already, on line 1"}},
		"all at once, by line": {"- id: a/nothing\n  nonsense: 1" + rest + "- id: a/x/o*\n  requirement: REL-99\n  owner:\n  reason: y\n  expires: 2020-01-01\n", []string{
			`known.yaml:1: id "a/nothing" matches no case`, `known.yaml:2: an entry has no key "nonsense"`,
			"known.yaml:7: there is no requirement REL-99", "known.yaml:7: the entry for a/x/o* expired", "known.yaml:9: owner is empty"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := known.Load("known.yaml", []byte(test.text), suite())
			var defects known.Defects
			if !errors.As(err, &defects) {
				t.Fatalf("no defects: %v", err)
			}
			lines := strings.Split(err.Error(), "\n")
			if len(lines) < len(test.want) || !slices.EqualFunc(test.want, lines[:len(test.want)], func(want, got string) bool { return strings.HasPrefix(got, want) }) || len(defects) != len(test.want) {
				t.Errorf("wanted %q\ngot    %q", test.want, lines)
			}
		})
	}
}

// An id that is that of a case selects it alone, although a pattern selects what is
// below, too; otherwise such a case could not be listed.
func TestTheIDOfACaseIsThatCase(t *testing.T) {
	got, err := known.Load("known.yaml", []byte("- id: a/b"+rest), suite())
	if err != nil || got.Entries[0].Case != "a/b" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestAPartOfTheSuiteSaysLess(t *testing.T) {
	s := suite()
	s.Partial, s.Requirements, s.Today = true, nil, time.Time{}
	text := "- id: not/there\n  requirement: OTHER-1\n  owner: x\n  reason: y\n  expires: 2020-01-01\n"
	if got, err := known.Load("known.yaml", []byte(text), s); err != nil || got.Entries[0].Case != "" {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := known.Load("known.yaml", []byte("- id: a/x"+rest), s); err == nil {
		t.Error("an entry that matches two cases is let through")
	}
}
