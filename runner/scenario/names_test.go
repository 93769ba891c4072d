package scenario_test

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"

	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
	"esconform/xsd"
)

// declaredNames lists the elements that the XSDs declare, as prefix:local.
func declaredNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{"@xsi:nil": true}
	files, err := fs.Glob(xsd.Files(), "*.xsd")
	if err != nil || len(files) == 0 {
		t.Fatalf("no schemas: %v", err)
	}
	for _, file := range files {
		data, err := fs.ReadFile(xsd.Files(), file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := xmltree.Parse(data, "", xmltree.Limits{})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		space := ""
		for _, a := range doc.Root.Attrs {
			if a.Name.Local == "targetNamespace" {
				space = a.Value
			}
		}
		for _, n := range doc.Nodes {
			for _, a := range n.Attrs {
				if n.Name.Local == "element" && a.Name.Local == "name" {
					names[wire.Name{Space: space, Local: a.Value}.String()] = true
				}
			}
		}
	}
	return names
}

// descriptionNames lists the names of WSDL 1.1, its SOAP binding and WS-Policy that
// scenarios use; the project has no schemas of those.
func descriptionNames(t *testing.T) []string {
	t.Helper()
	data, err := os.ReadFile("testdata/description-names.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(data))
}

var (
	quoted   = regexp.MustCompile(`'[^']*'|"[^"]*"`)
	pathName = regexp.MustCompile(`@?[A-Za-z_][A-Za-z0-9_.-]*(:[A-Za-z_][A-Za-z0-9_.-]*)?`)
)

// A misspelt name in a path makes "absent" hold for ever, so every name in a path is
// one that the schemas declare.
func TestEveryNameInAPathIsDeclared(t *testing.T) {
	declared := declaredNames(t)
	for _, name := range descriptionNames(t) {
		declared[name] = true
	}
	check := func(at scenario.Position, path string) {
		for _, name := range pathName.FindAllString(quoted.ReplaceAllString(path, ""), -1) {
			if !declared[name] {
				t.Errorf("%s:%d: no schema declares %s in %s", at.File, at.Line, name, path)
			}
		}
	}
	for _, s := range loadFixtures(t).Scenarios {
		for _, v := range s.Volatile {
			check(s.Position, v.Path)
		}
		for _, c := range s.Cases {
			for _, step := range c.Steps {
				for _, path := range pathsOf(step) {
					check(step.Position, path)
				}
			}
		}
	}
}

// pathsOf lists the paths of a step that are meant to lead to something. What set
// makes may be unknown to the schemas on purpose.
func pathsOf(step scenario.Step) []string {
	paths := append([]string{}, step.Remove...)
	expect := step.Expect
	if step.Until != nil {
		expect = append(expect[:len(expect):len(expect)], *step.Until)
	}
	for len(expect) > 0 {
		var inner []scenario.Expectation
		for _, e := range expect {
			paths = append(paths, e.At)
			paths = append(paths, e.Unordered...)
			if e.SameAs != nil {
				paths = append(paths, e.SameAs.At)
			}
			for _, reading := range e.AnyOf {
				inner = append(inner, reading.Expect...)
			}
		}
		expect = inner
	}
	var filled []string
	for _, path := range paths {
		if path != "" && path != "." && path != "bind:." {
			filled = append(filled, path)
		}
	}
	return filled
}

var statement = regexp.MustCompile(`^[A-Za-z].{20,}[.]"?$`)

// A statement is printed in a failure, alone.
func TestEveryStatementIsASentence(t *testing.T) {
	seen := map[string]string{}
	for _, q := range loadFixtures(t).Requirements {
		place := fmt.Sprintf("%s:%d", q.Position.File, q.Position.Line)
		if !statement.MatchString(q.Statement) || strings.ContainsAny(q.Statement, "`\n") {
			t.Errorf("%s: %s says %q", place, q.ID, q.Statement)
		}
		if other, ok := seen[q.Statement]; ok {
			t.Errorf("%s: %s says the same as %s", place, q.ID, other)
		}
		seen[q.Statement] = q.ID
	}
}
