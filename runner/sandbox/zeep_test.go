package sandbox_test

import (
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/sandbox"
)

// TestAClientThatWeDidNotWriteTellsAStory runs zeep, as Debian packages it, against
// all four services by their own WSDLs (.ci/deps installs it). Its parser is strict:
// an element out of place or in another namespace ends the story.
func TestAClientThatWeDidNotWriteTellsAStory(t *testing.T) {
	server, err := sandbox.New(t.Context(), sandbox.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(server.Handler())
	t.Cleanup(func() {
		s.Close()
		_ = server.Close()
	})
	site := server.Sites()[0]
	c := exec.CommandContext(t.Context(), "/usr/bin/python3", "testdata/story.py", s.URL, site.Username, site.Password, site.Anchors["rootGroup"])
	c.Env = append(os.Environ(), "PYTHONPATH=", "NO_PROXY=*")
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	want := []string{
		"persons are created and read",
		"relationships are kept, unknown children are reported",
		"groups are created, updated and read",
		"memberships are created and read from both sides",
		"identifiers are changed, memberships follow",
		"all persons are read page by page",
		"all is deleted, the group's memberships with it",
	}
	if diff := cmp.Diff(want, strings.Split(strings.TrimSpace(string(out)), "\n")); diff != "" {
		t.Errorf("chapters (-want +got):\n%s", diff)
	}
}
