package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"esconform/reports"
	"esconform/reports/html"
	"esconform/reports/jsonl"
	"esconform/reports/junit"
	"esconform/reports/markdown"
	"esconform/reports/text"
)

// renderFlags are what render can be told: a file for each format.
type renderFlags struct {
	junit, html, markdown, json string
	dialect                     dialectFlag
}

func newReportRender(s Streams) *cobra.Command {
	var f renderFlags
	c := &cobra.Command{
		Use:   "render REPORT",
		Short: "Write a report in other formats, also of a run that was killed",
		Long: `render writes the report of a run in the formats that are named. A REPORT is a
report.json, an events.jsonl, or the folder that holds them.

The events of a run that was killed are enough: each case that was planned is in
the reports, those without a result as not run, and the reports say that the run
is not complete. Of a run that was killed before it began there is nothing to
render, which is an error.

Links to the evidence hold when the HTML file lies in the folder of the run. All
formats are tried, whatever becomes of the others.

Exit codes: 0 rendered, whatever the verdict is; 2 usage, or the report cannot
be read; 3 a format could not be written.`,
		Example: `  esconform report render --junit junit.xml --html out/report.html out
  esconform report render --markdown - out/events.jsonl
  esconform report render --junit - --junit-dialect surefire out`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return runRender(s, f, args[0]) },
	}
	group(c, "What comes out (at least one; - is standard output)", func(flags *pflag.FlagSet) {
		flags.StringVar(&f.junit, "junit", "", "JUnit XML into this `FILE`; a large report goes on in files beside it")
		flags.StringVar(&f.html, "html", "", "a page for people into this `FILE`")
		flags.StringVar(&f.markdown, "markdown", "", "a summary for job summaries into this `FILE`")
		flags.StringVar(&f.json, "json", "", "the whole as report.json into this `FILE`")
		f.dialect.register(flags)
	})
	return c
}

// rendering is one format that is wanted.
type rendering struct {
	flag, path string
	write      func(path string) error
}

// renderings lists the formats that are wanted.
func (f renderFlags) renderings(s Streams, r reports.Report) []rendering {
	to := func(content func(io.Writer, reports.Report) error) func(string) error {
		return func(path string) error {
			return writeTo(s, path, func(w io.Writer) error { return content(w, r) })
		}
	}
	var wanted []rendering
	for _, format := range []rendering{
		{"--junit", f.junit, func(path string) error { return renderJUnit(s, path, r, f.dialect.Dialect) }},
		{"--html", f.html, to(html.Write)},
		{"--markdown", f.markdown, to(markdown.Summary)},
		{"--json", f.json, to(jsonl.Report)},
	} {
		if format.path != "" {
			wanted = append(wanted, format)
		}
	}
	return wanted
}

func runRender(s Streams, f renderFlags, name string) error {
	run, err := readRecorded(name)
	if err != nil {
		return err
	}
	wanted := f.renderings(s, run.report)
	if err := checkRenderings(wanted, run); err != nil {
		return usageError(err)
	}
	var failed []error
	for _, r := range wanted {
		if err := r.write(r.path); err != nil {
			failed = append(failed, fmt.Errorf("%s: %w", r.flag, err))
		}
	}
	fmt.Fprintln(s.Err, text.OneLine(run.report.Reason, maxReason))
	return unwritable(errors.Join(failed...))
}

// maxReason bounds the sentence about a run, in characters.
const maxReason = 1000

// checkRenderings refuses no format at all, two in one place, and one in the place of
// what is read.
func checkRenderings(wanted []rendering, run recorded) error {
	if len(wanted) == 0 {
		return errors.New("nothing to write: name at least one of --junit, --html, --markdown and --json")
	}
	flags := make(map[string]string)
	for _, r := range wanted {
		place := r.path
		if place != "-" {
			place = filepath.Clean(place)
		}
		if other, taken := flags[place]; taken {
			return fmt.Errorf("%s and %s both write %s", other, r.flag, r.path)
		}
		flags[place] = r.flag
		if sameFile(r.path, run.file) {
			return fmt.Errorf("%s would overwrite %s, which is read", r.flag, run.file)
		}
	}
	return nil
}

func sameFile(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// renderJUnit writes JUnit XML. A file that would be taken for a further part of the
// report is an error: of an earlier report it would add cases that are not in this
// one, and it is not for us to remove.
func renderJUnit(s Streams, path string, r reports.Report, d junit.Dialect) error {
	name := filepath.Base(path)
	files := junit.Files(r, d, name)
	if path == "-" || isDevice(path) {
		if len(files) > 1 {
			return fmt.Errorf("the report takes %d files; name a FILE to write them beside", len(files))
		}
		return writeTo(s, path, files[0].Write)
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	made := make(map[string]bool)
	for _, f := range files {
		made[f.Name] = true
	}
	for _, entry := range entries {
		if other := entry.Name(); junit.IsPart(name, other) && !made[other] {
			return fmt.Errorf("write %s: %s lies beside it and would be taken for a part of the report; remove it, or choose another name", path, other)
		}
	}
	return writeJUnit(path, r, d)
}
