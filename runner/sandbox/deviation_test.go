package sandbox

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDeviations tells the chapters of the story that come to a deviation, with
// it: something must be different. A stateful deviation answers the request
// that it spoils as an honest endpoint does, and shows when something is read.
func TestDeviations(t *testing.T) {
	honest, reached := map[string][]storyLine{}, map[string][]string{}
	for _, c := range chapters {
		honest[c.name], reached[c.name] = tellChapter(t, c, Options{}, nil)
		again, _ := tellChapter(t, c, Options{}, nil)
		if diff := cmp.Diff(honest[c.name], again, cmp.AllowUnexported(storyLine{})); diff != "" {
			t.Fatalf("chapter %s is not told the same twice:\n%s", c.name, diff)
		}
	}
	for _, d := range Deviations() {
		if d.Name == "certificate-demanded" {
			continue // shows over TLS only, see TestCertificateDemanded
		}
		t.Run(d.Name, func(t *testing.T) {
			for _, c := range chapters {
				if !slices.Contains(reached[c.name], d.Name) {
					continue
				}
				told, _ := tellChapter(t, c, Options{Deviate: []string{d.Name}}, honest[c.name])
				for i, line := range told {
					if line == honest[c.name][i] {
						continue
					}
					if d.Stateful && !line.reads {
						t.Errorf("called stateful, but it shows first in %s, %s:\n%s\n%s", c.name, line.title, honest[c.name][i].said, line.said)
					}
					return
				}
			}
			t.Error("nothing is different")
		})
	}
}

func TestTableOfDeviations(t *testing.T) {
	stateful, seen := 0, map[string]bool{}
	for _, d := range Deviations() {
		if d.Stateful {
			stateful++
		}
		if seen[d.Name] || d.Requirement == "" || d.Level != "must" && d.Level != "should" || !strings.HasSuffix(d.Title, ".") || slices.Contains(d.Affects, d.Requirement) {
			t.Errorf("%+v", d)
		}
		seen[d.Name] = true
	}
	if 3*stateful < len(seen) {
		t.Errorf("%d of %d deviations are stateful, less than a third", stateful, len(seen))
	}
}

// TestPointsInTheCodeAreDeviations finds misspelt names, which would never
// deviate.
func TestPointsInTheCodeAreDeviations(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	point, found := regexp.MustCompile(`deviates\("([^"]+)"\)`), 0
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".go") || strings.HasSuffix(e.Name(), "_test.go") {
			continue
		}
		source, err := os.ReadFile(e.Name())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range point.FindAllSubmatch(source, -1) {
			found++
			if deviationIndex(string(m[1])) < 0 {
				t.Errorf("%s: there is no deviation %s", e.Name(), m[1])
			}
		}
	}
	if found < 100 {
		t.Errorf("only %d points were found", found)
	}
	for _, rule := range fieldRules {
		for _, name := range []string{rule.keeps, rule.loses} {
			if name != "" && deviationIndex(name) < 0 {
				t.Errorf("field %s: there is no deviation %s", rule.name, name)
			}
		}
	}
}
