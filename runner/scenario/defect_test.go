package scenario_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
)

var update = flag.Bool("update", false, "write the golden files anew")

// The folders of testdata/defects hold mistakes of one kind each, and defects.txt,
// what loading says about them.
func TestEveryDefectIsReportedWithItsPlaceAndWhatToDo(t *testing.T) {
	folders, err := filepath.Glob("testdata/defects/*")
	if err != nil || len(folders) == 0 {
		t.Fatalf("no folders of defects: %v", err)
	}
	for _, folder := range folders {
		t.Run(filepath.Base(folder), func(t *testing.T) {
			library, err := scenario.Load(t.Context(), os.DirFS("testdata/base"), os.DirFS(folder))
			var defects scenario.Defects
			if !errors.As(err, &defects) {
				t.Fatalf("loading gave %v, not defects", err)
			}
			if len(library.Scenarios) > 0 {
				t.Error("a library with defects has scenarios")
			}
			golden(t, filepath.Join(folder, "defects.txt"), defects.Error()+"\n")
		})
	}
}

// golden compares a text with a file, or writes the file with -update.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s", file, diff)
	}
}
