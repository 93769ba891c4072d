package xmltree

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// prefixes of the tests: p is "u", q is "v".
func namespaces(prefix string) (string, bool) {
	space, ok := map[string]string{"p": "u", "q": "v"}[prefix]
	return space, ok
}

func prefixes(space string) (string, bool) {
	prefix, ok := map[string]string{"u": "p", "v": "q"}[space]
	return prefix, ok
}

func mustPath(t testing.TB, s string) Path {
	t.Helper()
	p, err := ParsePath(s, namespaces)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const people = `<x:people xmlns:x="u" xmlns="v" x:site="main">
  <x:person id="1"><name>Anna</name><tel>11</tel><tel>12</tel><role kind="a">Student</role></x:person>
  <x:person id="2"><name>
    Berta </name><tel>21</tel></x:person>
  <plain xmlns=""><name>Carla</name></plain>
</x:people>`

func TestSelect(t *testing.T) {
	tests := []struct {
		path string
		want []string // paths and texts
	}{
		{".", []string{"/p:people"}},
		{"p:person/q:name", []string{"/p:people/p:person[1]/q:name Anna", "/p:people/p:person[2]/q:name Berta"}},
		{"./p:person/./q:name", []string{"/p:people/p:person[1]/q:name Anna", "/p:people/p:person[2]/q:name Berta"}},
		{"p:person[2]/q:tel", []string{"/p:people/p:person[2]/q:tel 21"}},
		{"p:person/q:tel[1]", []string{"/p:people/p:person[1]/q:tel[1] 11", "/p:people/p:person[2]/q:tel 21"}},
		{"p:person/q:tel[2]", []string{"/p:people/p:person[1]/q:tel[2] 12"}},
		{"p:person[3]", nil},
		{"p:person[q:name='Berta']/q:tel", []string{"/p:people/p:person[2]/q:tel 21"}},
		{`p:person[q:name="Anna"]/q:tel`, []string{"/p:people/p:person[1]/q:tel[1] 11", "/p:people/p:person[1]/q:tel[2] 12"}},
		{"p:person[q:tel='12'][q:name='Anna']/q:name", []string{"/p:people/p:person[1]/q:name Anna"}},
		{"p:person[q:tel='12'][q:name='Berta']", nil},
		{"p:person[@id='2']/q:name", []string{"/p:people/p:person[2]/q:name Berta"}},
		{"p:person[q:role/@kind='a']/q:name", []string{"/p:people/p:person[1]/q:name Anna"}},
		{"p:person/q:tel[.='21']", []string{"/p:people/p:person[2]/q:tel 21"}},
		{"p:person[q:role[@kind='a']='Student']/q:name", []string{"/p:people/p:person[1]/q:name Anna"}},
		{"p:person[q:name='Berta'][1]/q:name", []string{"/p:people/p:person[2]/q:name Berta"}},
		{".[@p:site='main']/plain/name", []string{"/p:people/plain/name Carla"}},
		{"plain/name", []string{"/p:people/plain/name Carla"}},
		{"name", nil},
		{"q:person", nil},
		{"person", nil},
		{"@p:site", []string{"/p:people @p:site main"}},
		{"@site", nil},
		{"p:person/@id", []string{"/p:people/p:person[1] @id 1", "/p:people/p:person[2] @id 2"}},
		{"p:person[q:name='']", nil},
	}
	root := mustParse(t, people).Root
	for _, tt := range tests {
		t.Run(tt.path, func(t *testing.T) {
			var got []string
			for _, m := range mustPath(t, tt.path).Select(root) {
				s := m.Node.Path(prefixes)
				if m.Attr != nil {
					s += " @" + showName(m.Attr.Name.Space, m.Attr.Name.Local, prefixes)
				}
				got = append(got, strings.TrimSpace(s+" "+strings.TrimSpace(m.Text())))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("Select (-want +got):\n%s", diff)
			}
		})
	}
}

func TestSelectFromNothing(t *testing.T) {
	if got := mustPath(t, "p:a").Select(nil); got != nil {
		t.Errorf("Select(nil) = %v", got)
	}
	if got := mustPath(t, "p:a").Nearest(nil); got != nil {
		t.Errorf("Nearest(nil) = %v", got)
	}
}

func TestNearestIsTheDeepestThatExists(t *testing.T) {
	root := mustParse(t, people).Root
	tests := map[string]string{
		"p:person/q:email":               "/p:people/p:person[1]",
		"p:person[q:name='Berta']/q:tel": "/p:people/p:person[2]/q:tel",
		"p:group/q:name":                 "/p:people",
		"p:person[2]/@nick":              "/p:people/p:person[2]",
		".":                              "/p:people",
	}
	for path, want := range tests {
		if got := mustPath(t, path).Nearest(root).Path(prefixes); got != want {
			t.Errorf("Nearest(%s) = %s, want %s", path, got, want)
		}
	}
}

func TestPathsThatAreNone(t *testing.T) {
	tests := map[string]string{
		"":                 `path "": a name is missing at character 1`,
		"/p:a":             `path "/p:a": a name is missing at character 1`,
		"p:a/":             `path "p:a/": a name is missing at character 5`,
		"p:a//p:b":         `path "p:a//p:b": a name is missing at character 5`,
		"z:a":              `path "z:a": unknown prefix "z"`,
		"p:":               `path "p:": "p:" is not a name`,
		"p:a:b":            `path "p:a:b": "p:a:b" is not a name`,
		"p:a[0]":           `path "p:a[0]": "0" is not a place counted from 1`,
		"p:a[1":            `path "p:a[1": ] is missing at character 6`,
		"p:a[p:b]":         `path "p:a[p:b]": = is missing in a predicate at character 8`,
		"p:a[p:b=c]":       `path "p:a[p:b=c]": the value of a predicate is not in quotes at character 9`,
		"p:a[p:b='c]":      `path "p:a[p:b='c]": the value of a predicate is not closed`,
		"p:a[p:b='c'":      `path "p:a[p:b='c'": ] is missing at character 12`,
		"@p:a/p:b":         `path "@p:a/p:b": an attribute can only be the last step`,
		"@p:a[1]":          `path "@p:a[1]": an attribute has no predicates`,
		"p:a b":            `path "p:a b": " b" is not expected at character 4`,
		"..":               `path "..": "." is not expected at character 2`,
		"p:a[z:b='c']":     `path "p:a[z:b='c']": unknown prefix "z"`,
		deepPredicates(10): `path "` + deepPredicates(10) + `": predicates are nested too deeply`,
	}
	for path, want := range tests {
		t.Run(path, func(t *testing.T) {
			_, err := ParsePath(path, namespaces)
			if err == nil || err.Error() != want {
				t.Errorf("ParsePath(%q): %v, want %s", path, err, want)
			}
		})
	}
}

func deepPredicates(n int) string {
	return strings.Repeat("p:a[", n) + "p:a='x'" + strings.Repeat("]='x'", n-1) + "]"
}

func TestPathOfANode(t *testing.T) {
	d := mustParse(t, "<a xmlns='u'><b/><c xmlns='unknown'><d/></c><b><e xmlns=''/></b></a>")
	want := []string{"/p:a", "/p:a/p:b[1]", "/p:a/{unknown}c", "/p:a/{unknown}c/{unknown}d", "/p:a/p:b[2]", "/p:a/p:b[2]/e"}
	var got []string
	for _, n := range d.Nodes {
		got = append(got, n.Path(prefixes))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("paths (-want +got):\n%s", diff)
	}
	long := mustParse(t, "<a xmlns='"+strings.Repeat("n", 1000)+"'/>")
	if got, want := long.Root.Path(nil), "/{"+strings.Repeat("n", 80)+"...}a"; got != want {
		t.Errorf("path in a long namespace is %s, want %s", got, want)
	}
}
