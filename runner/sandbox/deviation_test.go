package sandbox

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDeviations tells the chapters of the story that come to a deviation, with
// it: something must be different. A stateful deviation answers the request
// that it spoils as an honest endpoint does, and shows when something is read.
func TestDeviations(t *testing.T) {
	honest, reached := map[string][]storyLine{}, map[string][]string{}
	for _, c := range chapters {
		honest[c.name], reached[c.name] = tellChapter(t, c, Options{})
		again, _ := tellChapter(t, c, Options{})
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
				told, _ := tellChapter(t, c, Options{Deviate: []string{d.Name}})
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
