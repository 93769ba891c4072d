package cli

import (
	"os"
	"path/filepath"

	"github.com/spf13/pflag"

	"esconform/reports"
	"esconform/reports/file"
	"esconform/reports/junit"
)

// dialectFlag is the flag --junit-dialect, which knows what it may be set to.
type dialectFlag struct{ junit.Dialect }

func (f *dialectFlag) String() string { return string(f.Dialect) }

func (f *dialectFlag) Type() string { return "NAME" }

func (f *dialectFlag) Set(name string) (err error) {
	f.Dialect, err = junit.ParseDialect(name)
	return err
}

func (f *dialectFlag) register(flags *pflag.FlagSet) {
	f.Dialect = junit.Strict
	flags.Var(f, "junit-dialect", "write junit.xml in the dialect of this `NAME`: strict (most CI systems), surefire (Maven), or extended (properties and attachments)")
}

// writeJUnit writes a report as JUnit XML into that file, and into others beside it
// when it is too large for one (see junit.Files). The first file is written last: who
// finds it finds the others, too.
func writeJUnit(path string, r reports.Report, d junit.Dialect) error {
	dir := filepath.Dir(path)
	files := junit.Files(r, d, filepath.Base(path))
	for i := len(files) - 1; i >= 0; i-- {
		if err := file.Write(filepath.Join(dir, files[i].Name), files[i].Write); err != nil {
			return err
		}
	}
	return nil
}

// junitFiles names the JUnit files that are in a folder, all parts of a report.
func junitFiles(dir string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, entry := range entries {
		if junit.IsPart(junitFile, entry.Name()) {
			names = append(names, entry.Name())
		}
	}
	return names, nil
}
