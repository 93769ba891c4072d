package file_test

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"esconform/reports/file"
)

func TestAFailedWriteLeavesTheEarlierContentAndNothingElse(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "report")
	write := func(text string, fault error) error {
		return file.Write(path, func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return errors.Join(err, fault)
		})
	}
	if err := write("first", nil); err != nil {
		t.Fatal(err)
	}
	fault := errors.New("no more")
	if err := write("second, cut", fault); !errors.Is(err, fault) {
		t.Errorf("the error is %v", err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != "first" || len(entries) != 1 {
		t.Errorf("content %q, %d files", text, len(entries))
	}
	if err := write("third", nil); err != nil {
		t.Fatal(err)
	}
	if text, err = os.ReadFile(path); err != nil || string(text) != "third" {
		t.Errorf("content %q, %v", text, err)
	}
}
