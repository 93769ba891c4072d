package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner"
)

// recorded is a run that has ended, or was killed.
type recorded struct {
	name   string // as the user named it
	file   string // that was read
	report reports.Report
}

// readRecorded reads a run: a report.json, an events.jsonl, or the folder of --out,
// where report.json is read when it is there. Errors name the file and, where one is
// concerned, the line.
func readRecorded(name string) (recorded, error) {
	r := recorded{name: name, file: name}
	info, err := os.Stat(name)
	if err != nil {
		return r, usageError(fmt.Errorf("read report: %w", err))
	}
	if info.IsDir() {
		if r.file, err = reportIn(name); err != nil {
			return r, usageError(err)
		}
	}
	if r.report, err = jsonl.ReadReport(r.file); err != nil {
		return r, usageError(err)
	}
	return r, nil
}

// reportIn finds the report in an output folder.
func reportIn(dir string) (string, error) {
	for _, name := range []string{runner.ReportFile, runner.EventsFile} {
		path := filepath.Join(dir, name)
		if _, err := os.Stat(path); err == nil {
			return path, nil
		} else if !errors.Is(err, os.ErrNotExist) {
			return "", fmt.Errorf("read report: %w", err)
		}
	}
	return "", fmt.Errorf("read report: there is neither %s nor %s in the folder %s", runner.ReportFile, runner.EventsFile, dir)
}

// folder is the output folder of the run.
func (r recorded) folder() string { return filepath.Dir(r.file) }

// evidence is the folder of the run's evidence.
func (r recorded) evidence() string { return filepath.Join(r.folder(), evidenceDir) }
