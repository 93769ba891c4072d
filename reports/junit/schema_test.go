package junit_test

import (
	"slices"
	"strings"
	"testing"

	"esconform/reports/junit"
)

// mutation breaks a valid file; it replaces the first of old.
type mutation struct{ title, old, new string }

// mutations are rules of the published schemas and our own, by the dialects that
// have them.
func mutations() map[junit.Dialect][]mutation {
	common := []mutation{
		{"a time with one decimal", `time="1.234"`, `time="1.2"`},
		{"a failure without a type", `<failure type="REL-07"`, "<failure"},
		{"a message of two lines", `message="the connection`, `message="the&#xA;connection`},
		{"two cases with one name", `name="passed"`, `name="warned"`},
		{"a case without classname", `classname="imses/person/a" `, ""},
		{"a name of white space", `name="passed"`, `name=" "`},
		{"two verdicts", "<failure ", `<error type="x" message="y"></error><failure `},
		{"an unknown verdict", "<skipped message=", "<ignored/><skipped message="},
		{"a count that is none", ` tests="`, ` tests="-`},
	}
	dated := []mutation{
		{"a time zone", "11:30:00", "11:30:00Z"},
		{"two suites with one id", `id="1"`, `id="0"`},
		{"no hostname", ` hostname="localhost"`, ""},
	}
	return map[junit.Dialect][]mutation{
		junit.Strict: append(slices.Concat(common, dated),
			mutation{"a suite with a skipped attribute", "<testsuite ", `<testsuite skipped="1" `},
			mutation{"no system-err", "<system-err></system-err>", ""},
			mutation{"a case with system-out", `name="passed" time="1.234">`, `name="passed" time="1.234"><system-out></system-out>`},
			mutation{"attributes of all suites", "<testsuites>", `<testsuites tests="9">`}),
		junit.Surefire: append(slices.Clone(common),
			mutation{"a timestamp", "<testsuite ", `<testsuite timestamp="2026-03-01T11:30:00" `},
			mutation{"no skipped attribute", ` skipped="3"`, ""},
			mutation{"a suite with system-out", "</testsuite>", "<system-out></system-out></testsuite>"},
			mutation{"system-out before the verdict", "<failure ", "<system-out></system-out><failure "}),
		junit.Extended: append(append(slices.Clone(common), dated...),
			mutation{"a line that is none", `line="14"`, `line="0"`},
			mutation{"no assertions", ` assertions="8"`, ""},
			mutation{"a property without value", `<property name="verdict" value="error">`, `<property name="verdict">`}),
	}
}

func TestTheSchemasBite(t *testing.T) {
	for d, list := range mutations() {
		valid := string(one(t, everyVerdict(), d))
		for _, m := range list {
			t.Run(string(d)+"/"+m.title, func(t *testing.T) {
				broken := strings.Replace(valid, m.old, m.new, 1)
				if broken == valid {
					t.Fatal("the mutation does not apply")
				}
				if output, err := lint(t, d, []byte(broken)); err == nil {
					t.Errorf("xmllint accepts it: %s", output)
				}
			})
		}
	}
}

// A file of one dialect is none of another: the schemas are really different.
func TestADialectIsNotAnother(t *testing.T) {
	for _, written := range junit.Dialects() {
		for _, schema := range junit.Dialects() {
			if _, err := lint(t, schema, one(t, everyVerdict(), written)); (err == nil) != (written == schema) {
				t.Errorf("a file of %s is valid for %s: %v", written, schema, err == nil)
			}
		}
	}
}

func TestADialectIsFoundByItsName(t *testing.T) {
	for _, d := range junit.Dialects() {
		if got, err := junit.ParseDialect(string(d)); got != d || err != nil {
			t.Errorf("%s is read as %q: %v", d, got, err)
		}
	}
	for _, name := range []string{"", "Strict", "jenkins", "strict "} {
		d, err := junit.ParseDialect(name)
		if err == nil {
			t.Errorf("%q is read as %s", name, d)
			continue
		}
		for _, known := range []string{"strict", "surefire", "extended"} {
			if !strings.Contains(err.Error(), known) {
				t.Errorf("the error does not name %s: %v", known, err)
			}
		}
	}
}
