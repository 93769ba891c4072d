package cli_test

import (
	"encoding/json"
	"io/fs"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/fixtures"
	"esconform/reports"
)

// envelope is a request of the fixtures.
func envelope(t *testing.T) string {
	t.Helper()
	data, err := fs.ReadFile(fixtures.Files(), "imses/person/relationships/unknown-child/create-parent.xml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestValidateNamesPlaceAndFault(t *testing.T) {
	good := envelope(t)
	bad := strings.Replace(good, "<", "<!-- -->\n<", 1)
	bad = strings.ReplaceAll(bad, "institutionRoleType>Carer<", "institutionRoleType>Nobody<")
	bad = strings.ReplaceAll(bad, "primaryRoleType>true<", "primaryRoleType>perhaps<")
	if bad == good {
		t.Fatal("nothing was changed")
	}
	path := file(t, "bad.xml", bad)
	for name, tt := range map[string]struct {
		args []string
		code int
		out  string // part of standard output
	}{
		"a valid file":              {[]string{file(t, "good.xml", good)}, 0, ""},
		"an invalid file":           {[]string{path}, 1, path + ":"},
		"with the other engine":     {[]string{"--xsd-engine", "helium", path}, 1, "primaryRoleType"},
		"one violation at the most": {[]string{"--max-violations", "1", path}, 1, path + ":"},
		"no XML":                    {[]string{file(t, "text.xml", "text")}, 1, ":1: "},
		"a document type":           {[]string{file(t, "doctype.xml", "<!DOCTYPE a>\n<a/>")}, 1, ":1: "},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, append([]string{"validate"}, tt.args...)...)
			if got.code != tt.code || !strings.Contains(got.out, tt.out) || (tt.out == "" && got.out != "") {
				t.Errorf("exit code %d, want %d and %q:\n%s%s", got.code, tt.code, tt.out, got.out, got.err)
			}
		})
	}
	all, one := command(t, "validate", path), command(t, "validate", "--max-violations", "1", path)
	if strings.Count(all.out, "\n") <= strings.Count(one.out, "\n") {
		t.Errorf("--max-violations makes no difference:\n%s\n%s", all.out, one.out)
	}
	if got := commandWith(t, t.Context(), nil, good, "validate", "-"); got.code != 0 {
		t.Errorf("standard input: exit code %d\n%s", got.code, got.out)
	}
}

func TestValidatePrintsJSON(t *testing.T) {
	got := command(t, "validate", "--json", file(t, "text.xml", "text"))
	var files []struct {
		Valid      bool
		Violations []struct{ Line int }
	}
	if err := json.Unmarshal([]byte(got.out), &files); err != nil || len(files) != 1 || files[0].Valid || len(files[0].Violations) != 1 {
		t.Errorf("%v: %s", err, got.out)
	}
}

func TestDiffComparesByMeaning(t *testing.T) {
	for name, tt := range map[string]struct {
		want, got string
		code      int
		out       string
	}{
		"the same": {`<a xmlns="n" b="1" c="2"/>`, `<x:a c="2" b="1" xmlns:x="n"/>`, 0, ""},
		"another text": {"<a>\n<b>x</b></a>", "<a>\n<b>y</b></a>", 1,
			"GOT:2: /a/b\n  - x\n  + y\n"},
		"one more":       {"<a/>", "<a>\n<b/></a>", 1, "GOT:2: /a/b\n  + <b/>\n"},
		"not XML at all": {"<a/>", "a", reports.ExitUsage, ""},
	} {
		t.Run(name, func(t *testing.T) {
			path := file(t, "got.xml", tt.got)
			got := command(t, "diff", file(t, "want.xml", tt.want), path)
			if diff := cmp.Diff(tt.out, strings.ReplaceAll(got.out, path, "GOT")); diff != "" || got.code != tt.code {
				t.Errorf("exit code %d, want %d (-want +got):\n%s%s", got.code, tt.code, diff, got.err)
			}
		})
	}
}

func TestVersionNamesTheEngine(t *testing.T) {
	got := command(t, "version")
	if got.code != 0 || !strings.Contains(got.out, "xsd ") || !strings.HasPrefix(got.out, "esconform ") {
		t.Errorf("exit code %d\n%s", got.code, got.out)
	}
}
