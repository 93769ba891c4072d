package scenario_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
)

const readStory = `title: A story
source: A page
identities: [P1]
steps:
  - operation: readPerson
    request: read.xml
    expect: [{ at: "pmess:person", absent: true, proves: REL-02 }]
`

// readRequest is an envelope of testdata, which reads P1.
func readRequest(t *testing.T) *fstest.MapFile {
	t.Helper()
	data, err := os.ReadFile("testdata/defects/cases/imses/person/a/read.xml")
	if err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: data}
}

func file(text string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(text)} }

// defectsOf loads file systems on top of testdata/base.
func defectsOf(t *testing.T, fsys ...fs.FS) []string {
	t.Helper()
	_, err := scenario.Load(t.Context(), append([]fs.FS{os.DirFS("testdata/base")}, fsys...)...)
	var defects scenario.Defects
	if err != nil && !errors.As(err, &defects) {
		t.Fatal(err)
	}
	var out []string
	for _, d := range defects {
		out = append(out, d.String())
	}
	return out
}

func TestALaterFileSystemAddsToEarlierOnes(t *testing.T) {
	own := fstest.MapFS{
		"vendor/people/a/scenario.yaml": file(strings.ReplaceAll(strings.ReplaceAll(readStory, "REL-02", "OWN-1"), "read.xml", "/vendor/shared/read.xml")),
		"vendor/shared/read.xml":        readRequest(t),
		"requirements/own.yaml":         file("- { id: OWN-1, area: x, level: must, statement: Ours., source: Us, confidence: doc, class: verified }\n"),
		"states.yaml":                   file("- { name: beta, title: Beta, values: [on, off], default: off, scope: site }\n"),
		".git/x/y/scenario.yaml":        file("not ours"),
	}
	library, err := scenario.Load(t.Context(), os.DirFS("testdata/base"), own)
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, s := range library.Scenarios {
		ids = append(ids, s.ID)
	}
	if diff := cmp.Diff([]string{"vendor/people/a"}, ids); diff != "" {
		t.Errorf("scenarios (-want +got):\n%s", diff)
	}
	q, ok := library.Requirements.Lookup("OWN-1")
	if !ok || !cmp.Equal(q.VerifiedBy, []string{"vendor/people/a"}) {
		t.Errorf("requirement %+v", q)
	}
	if _, ok := library.State("beta"); !ok {
		t.Error("the state beta is missing")
	}
	if _, err := fs.ReadFile(library.Files, library.Scenarios[0].Cases[0].Steps[0].Request); err != nil {
		t.Errorf("the request cannot be read from the files of the library: %v", err)
	}
}

func TestTheSameIdInTwoFileSystemsIsADefect(t *testing.T) {
	story := fstest.MapFS{"imses/person/a/scenario.yaml": file(readStory), "imses/person/a/read.xml": readRequest(t)}
	want := []string{"imses/person/a/scenario.yaml:1:1: the id imses/person/a is taken by imses/person/a/scenario.yaml:1; rename this folder"}
	if diff := cmp.Diff(want, defectsOf(t, story, story)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLinksAreNotFollowed(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	for name, data := range map[string][]byte{
		filepath.Join(outside, "read.xml"):                readRequest(t).Data,
		filepath.Join(outside, "scenario.yaml"):           []byte(readStory),
		filepath.Join(dir, "x", "file", "scenario.yaml"):  []byte(readStory),
		filepath.Join(dir, "x", "place", "scenario.yaml"): []byte(strings.ReplaceAll(readStory, "read.xml", "linked/read.xml")),
		filepath.Join(dir, "x", "story", "read.xml"):      readRequest(t).Data,
	} {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for link, target := range map[string]string{
		filepath.Join(dir, "x", "file", "read.xml"):       filepath.Join(outside, "read.xml"),
		filepath.Join(dir, "x", "place", "linked"):        outside,
		filepath.Join(dir, "x", "story", "scenario.yaml"): filepath.Join(outside, "scenario.yaml"),
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		"x/file/scenario.yaml:6:14: x/file/read.xml is a link; put the file itself there",
		"x/place/scenario.yaml:6:14: x/place/linked is a link; put the file itself there",
		"x/story/scenario.yaml:1:1: this is a link; put the file itself there",
	}
	if diff := cmp.Diff(want, defectsOf(t, os.DirFS(dir))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLoadingEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := scenario.Load(ctx, os.DirFS("testdata/base")); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

func TestAFileSystemThatCannotBeReadIsAnError(t *testing.T) {
	_, err := scenario.Load(t.Context(), os.DirFS(filepath.Join(t.TempDir(), "missing")))
	var defects scenario.Defects
	if !errors.Is(err, fs.ErrNotExist) || errors.As(err, &defects) {
		t.Errorf("error %v", err)
	}
}

func TestALargeFileIsADefect(t *testing.T) {
	got := defectsOf(t, fstest.MapFS{"x/large/scenario.yaml": file("title: " + strings.Repeat("x", 1<<20))})
	if diff := cmp.Diff([]string{"x/large/scenario.yaml:1:1: the file is larger than 1 MiB; split it"}, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestOverlayShowsSeveralFileSystemsAsOne(t *testing.T) {
	first := fstest.MapFS{"a/x": file("1"), "a/y": file("2")}
	second := fstest.MapFS{"a/y": file("3"), "a/z/w": file("4")}
	if err := fstest.TestFS(scenario.Overlay(first, second), "a/x", "a/y", "a/z/w"); err != nil {
		t.Error(err)
	}
	data, err := fs.ReadFile(scenario.Overlay(first, second), "a/y")
	if err != nil || string(data) != "2" {
		t.Errorf("a/y holds %q, %v; the earlier file system counts", data, err)
	}
}
