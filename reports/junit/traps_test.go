package junit_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The emulated consumers lose and change verdicts where the real ones do: what the
// other tests show would else be worth nothing.
func TestTheEmulatedConsumersFallIntoTheTrapsOfTheRealOnes(t *testing.T) {
	const failure, trouble = `<failure message="m"/>`, `<error message="m"/>`
	suite := func(attributes, cases string) string {
		return "<testsuite " + attributes + ">" + cases + "</testsuite>"
	}
	of := func(name, verdict string) string {
		return `<testcase classname="c" name="` + name + `">` + verdict + "</testcase>"
	}
	for _, test := range []struct {
		name  string
		read  func([]document) map[string]string
		files []string
		want  map[string]string
	}{
		{"error wins over failure in Jenkins", jenkins, []string{suite("", of("a", failure+trouble))}, map[string]string{"c/a": "error"}},
		{"a skipped case never failed in Jenkins", jenkins, []string{suite("", of("a", failure+"<skipped/>"))}, map[string]string{"c/a": "skipped"}},
		{"a dotted name is split", jenkins, []string{suite(`name="s"`, `<testcase name="a.b.c"/><testcase name="d"/>`)}, map[string]string{"a.b/c": "passed", "s/d": "passed"}},
		{"the suite is named after its package", jenkins, []string{suite(`name="s" package="p"`, `<testcase name="d"/>`)}, map[string]string{"p.s/d": "passed"}},
		{"an error of a suite is a case", jenkins, []string{suite(`name="s"`, trouble)}, map[string]string{"s/<init>": "error"}},
		{"suites of one name and id are merged", jenkins, []string{suite(`name="s" id="1"`, of("a", "")), suite(`name="s" id="1"`, of("b", failure))},
			map[string]string{"c/a": "passed", "c/b": "failed"}},
		{"and dropped when the time is the same", jenkins, []string{suite(`name="s" id="1" timestamp="t"`, of("a", "")), suite(`name="s" id="1" timestamp="t"`, of("b", failure))},
			map[string]string{"c/a": "passed"}},
		{"an empty file fails", jenkins, []string{""}, map[string]string{"/[empty]": "failed"}},
		{"a broken file fails", jenkins, []string{"<testsuite>"}, map[string]string{"/[failed-to-read]": "failed"}},
		{"failure wins over error in GitLab", gitlab, []string{suite("", of("a", trouble+failure))}, map[string]string{"c/a": "failed"}},
		{"GitLab keeps the first of a name", gitlab, []string{suite("", of("a", "")+of("a", failure))}, map[string]string{"c/a": "passed"}},
		{"GitLab refuses all for one broken file", gitlab, []string{suite("", of("a", "")), "<x>"}, map[string]string{}},
		{"Azure DevOps cuts names", azure, []string{suite("", of(long("x"), "")+of(long("y"), failure))}, map[string]string{("c/" + long(""))[:513]: "failed"}},
		{"an error is a failure for dorny", dorny, []string{suite("", of("a", trouble))}, map[string]string{"c/a": "failed"}},
		{"a repetition that passed wins", func(f []document) map[string]string { return mikepenz(f, true) }, []string{suite("", of("a", failure)+of("a", ""))}, map[string]string{"c/a": "passed"}},
		{"the most severe wins", enrico, []string{suite("", of("a", failure+"<skipped/>")+of("a", ""))}, map[string]string{"c/a": "failed"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			var files [][]byte
			for _, f := range test.files {
				files = append(files, []byte(f))
			}
			if diff := cmp.Diff(test.want, test.read(parse(files))); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

// long is a name of more than 512 characters that ends with that.
func long(end string) string {
	name := make([]byte, 600)
	for i := range name {
		name[i] = 'n'
	}
	return string(name) + end
}
