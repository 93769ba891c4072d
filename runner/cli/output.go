package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"esconform/reports"
	"esconform/reports/file"
	"esconform/reports/html"
	"esconform/reports/junit"
	"esconform/reports/markdown"
	"esconform/runner"
	"esconform/runner/ledger"
)

// Names of the files in the output folder, beside those of package runner.
const (
	junitFile   = "junit.xml"
	htmlFile    = "report.html"
	summaryFile = "summary.md"
	ledgerFile  = "ledger.jsonl"
	evidenceDir = "evidence"
)

// embeddedProfile marks the ledger of a run against the built-in sandbox, whose
// objects are gone with it.
const embeddedProfile = "built-in sandbox"

// prepareOutput makes the output folder ready for a new run. What an earlier run
// left there is replaced, but not a ledger that names objects which may still be at
// an endpoint, and not a folder that is not ours.
func prepareOutput(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make the output folder: %w", err)
	}
	if err := retireLedger(dir); err != nil {
		return err
	}
	evidence := filepath.Join(dir, evidenceDir)
	entries, err := os.ReadDir(evidence)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("read the output folder: %w", err)
	}
	_, noEvents := os.Stat(filepath.Join(dir, runner.EventsFile))
	if len(entries) > 0 && noEvents != nil {
		return fmt.Errorf("%s is not empty and there is no %s beside it; choose another --out", evidence, runner.EventsFile)
	}
	parts, err := junitFiles(dir)
	if err != nil {
		return fmt.Errorf("read the output folder: %w", err)
	}
	if err := os.RemoveAll(evidence); err != nil {
		return fmt.Errorf("clear the output folder: %w", err)
	}
	for _, name := range append(parts, runner.ReportFile, runner.EventsFile, summaryFile, htmlFile) {
		// A folder of that name is not ours, and stays if there is something in it.
		if err := os.Remove(filepath.Join(dir, name)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("clear the output folder: %w", err)
		}
	}
	return nil
}

// retireLedger removes the ledger of an earlier run when nothing is left of it.
func retireLedger(dir string) error {
	path := filepath.Join(dir, ledgerFile)
	if _, err := os.Stat(path); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	l, err := ledger.Open(path)
	if err != nil {
		return fmt.Errorf("read the ledger of the earlier run: %w; choose another --out", err)
	}
	left, header := len(l.Open()), l.Header()
	if err := l.Close(); err != nil {
		return err
	}
	if left > 0 && header.Profile != embeddedProfile {
		return fmt.Errorf("%s: an earlier run left %d objects at %s\nRemove them with 'esconform cleanup --out %s' and the flags that name the endpoint, or choose another --out",
			path, left, header.Target, shellQuote(dir))
	}
	if err := os.Remove(path); err != nil {
		return fmt.Errorf("remove the ledger of the earlier run: %w", err)
	}
	return nil
}

// openOutput prepares the output folder and begins the ledger.
func (j *job) openOutput() (err error) {
	if err := prepareOutput(j.flags.out); err != nil {
		return err
	}
	name := j.target.Name
	if j.embedded != nil {
		name = embeddedProfile
	}
	j.ledger, err = ledger.Create(filepath.Join(j.flags.out, ledgerFile),
		ledger.Header{Run: j.runID, Target: j.target.BaseURL, Profile: name, Started: j.started, Suite: j.suite})
	return err
}

// writeReports writes what is rendered from the finished report. report.json and
// events.jsonl are written by the run itself.
func (j *job) writeReports(report reports.Report) error {
	return writeReports(j.flags.out, report, j.flags.junit.Dialect)
}

// writeReports writes a finished report in all formats into an output folder. All are
// tried; the error joins those of the ones that could not be written.
func writeReports(out string, report reports.Report, d junit.Dialect) error {
	var failed []error
	if err := writeJUnit(filepath.Join(out, junitFile), report, d); err != nil {
		failed = append(failed, fmt.Errorf("write the JUnit report: %w", err))
	}
	if report.SchemaVersion != "" { // else the run did not begin, and its error says why
		err := file.Write(filepath.Join(out, summaryFile), func(w io.Writer) error { return markdown.Summary(w, report) })
		if err != nil {
			failed = append(failed, fmt.Errorf("write the summary: %w", err))
		}
	}
	if report.SchemaVersion != "" {
		if err := writeHTML(filepath.Join(out, htmlFile), report); err != nil {
			failed = append(failed, fmt.Errorf("write the HTML report: %w", err))
		}
	}
	return errors.Join(failed...)
}

// writeHTML writes a report as one HTML file. Its links to evidence hold in the output
// folder.
func writeHTML(path string, r reports.Report) error {
	return file.Write(path, func(w io.Writer) error { return html.Write(w, r) })
}
