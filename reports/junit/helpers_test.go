package junit_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"esconform/reports"
	"esconform/reports/junit"
)

// render writes a report and returns the text of each file.
func render(t testing.TB, r reports.Report, d junit.Dialect) [][]byte {
	t.Helper()
	var all [][]byte
	for i, f := range junit.Files(r, d, "junit.xml") {
		want := "junit.xml"
		if i > 0 {
			want = fmt.Sprintf("junit-%d.xml", i+1)
		}
		if f.Name != want {
			t.Errorf("file %d is named %s", i+1, f.Name)
		}
		var out bytes.Buffer
		if err := f.Write(&out); err != nil {
			t.Fatal(err)
		}
		all = append(all, out.Bytes())
	}
	return all
}

// one writes a report that fits into one file.
func one(t testing.TB, r reports.Report, d junit.Dialect) []byte {
	t.Helper()
	all := render(t, r, d)
	if len(all) != 1 {
		t.Fatalf("%d files", len(all))
	}
	return all[0]
}

// validate runs xmllint with the schema of the dialect over files.
func validate(t testing.TB, d junit.Dialect, files ...[]byte) {
	t.Helper()
	if output, err := lint(t, d, files...); err != nil {
		t.Errorf("xmllint: %v\n%.5000s", err, output)
	}
}

func lint(t testing.TB, d junit.Dialect, files ...[]byte) ([]byte, error) {
	t.Helper()
	var names []string
	for i, text := range files {
		name := filepath.Join(t.TempDir(), fmt.Sprintf("%d.xml", i))
		if err := os.WriteFile(name, text, 0o600); err != nil {
			t.Fatal(err)
		}
		names = append(names, name)
	}
	return lintFiles(d, names)
}

func lintFiles(d junit.Dialect, names []string) ([]byte, error) {
	args := append([]string{"--huge", "--noout", "--schema", string(d) + ".xsd"}, names...)
	return exec.Command("xmllint", args...).CombinedOutput()
}
