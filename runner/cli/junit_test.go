package cli_test

import (
	"encoding/xml"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

// junitRoot is what a consumer sees first of a JUnit file.
type junitRoot struct {
	XMLName xml.Name
	Cases   []struct {
		Name       string     `xml:"name,attr"`
		Properties []struct{} `xml:"properties>property"`
	} `xml:"testcase"`
	Suites []junitRoot `xml:"testsuite"`
}

func readJUnit(t *testing.T, out string) junitRoot {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(out, "junit.xml"))
	if err != nil {
		t.Fatal(err)
	}
	var root junitRoot
	if err := xml.Unmarshal(data, &root); err != nil {
		t.Fatal(err)
	}
	return root
}

func TestTheJUnitDialectIsTheOneThatWasAskedFor(t *testing.T) {
	type facts struct {
		Root       string
		Suites     int
		Cases      int
		Properties bool // of a case
	}
	for _, test := range []struct {
		name string
		args []string
		want facts
	}{
		{"by default strict", nil, facts{"testsuites", 1, 1, false}},
		{"strict", []string{"--junit-dialect", "strict"}, facts{"testsuites", 1, 1, false}},
		{"surefire", []string{"--junit-dialect", "surefire"}, facts{"testsuite", 0, 1, false}},
		{"extended", []string{"--junit-dialect=extended"}, facts{"testsuites", 1, 1, true}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, _, out := run(t, append([]string{"--only", newPerson}, test.args...)...)
			root := readJUnit(t, out)
			suites := append([]junitRoot{root}, root.Suites...)
			got := facts{Root: root.XMLName.Local, Suites: len(root.Suites)}
			for _, s := range suites {
				for _, c := range s.Cases {
					got.Cases++
					got.Properties = len(c.Properties) > 0
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("- wanted + got\n%s", diff)
			}
		})
	}
}

func TestAnUnknownJUnitDialectIsRefusedWithTheKnownOnes(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, "run", "--sandbox", "--out", out, "--junit-dialect", "jenkins")
	if got.code != reports.ExitUsage {
		t.Errorf("exit code %d", got.code)
	}
	for _, part := range []string{"--junit-dialect", "jenkins", "strict", "surefire", "extended"} {
		if !strings.Contains(got.err, part) {
			t.Errorf("%q is not in: %s", part, got.err)
		}
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Errorf("something was written: %v", err)
	}
}

// A consumer that is given junit*.xml must not read what an earlier run left.
func TestPartsOfAnEarlierJUnitReportAreRemoved(t *testing.T) {
	_, _, out := run(t, "--only", newPerson)
	for _, name := range []string{"junit-2.xml", "junit-13.xml", "junit-notes.xml"} {
		if err := os.WriteFile(filepath.Join(out, name), []byte("<testsuites/>"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if got := command(t, "run", "--sandbox", "--out", out, "--only", newPerson); got.code != reports.ExitConformant {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	left, err := filepath.Glob(filepath.Join(out, "junit*"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{filepath.Join(out, "junit-notes.xml"), filepath.Join(out, "junit.xml")}
	if diff := cmp.Diff(want, left); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}
