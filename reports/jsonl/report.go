package jsonl

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"

	"esconform/reports"
	"esconform/reports/file"
)

// Report writes the report as indented JSON, the content of report.json.
func Report(w io.Writer, r reports.Report) error {
	text, err := encode(r, "  ")
	if err != nil {
		return fmt.Errorf("encode report: %w", err)
	}
	if _, err := w.Write(text); err != nil {
		return fmt.Errorf("write report: %w", err)
	}
	return nil
}

// WriteReport writes report.json, whole or not at all, with mode 0644.
func WriteReport(path string, r reports.Report) error {
	return file.Write(path, func(w io.Writer) error { return Report(w, r) })
}

// ReadReport reads a report.json, or the events.jsonl of a run that did not get so
// far: a file whose first line is a header event is read as events. A report of
// another schema version, one with unknown fields, and one whose counts or verdict
// do not follow from its results are errors.
func ReadReport(path string) (reports.Report, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return reports.Report{}, fmt.Errorf("read report: %w", err)
	}
	return ParseReport(text, path)
}

// ParseReport is ReadReport for the content of a file; path is its name for errors.
func ParseReport(text []byte, path string) (reports.Report, error) {
	var first struct {
		Event string `json:"event"`
	}
	if line, _, found := bytes.Cut(text, []byte("\n")); found && json.Unmarshal(line, &first) == nil && first.Event != "" {
		return Read(bytes.NewReader(text), path)
	}
	switch {
	case len(bytes.TrimSpace(text)) == 0:
		return reports.Report{}, fmt.Errorf("read report %s:1: the file is empty: the run ended before it began", path)
	case bytes.HasPrefix(text, []byte(`{"event":`)): // a header that was cut off
		return Read(bytes.NewReader(text), path)
	}
	var version struct {
		SchemaVersion string `json:"schemaVersion"`
	}
	if err := json.Unmarshal(text, &version); err != nil {
		return reports.Report{}, fmt.Errorf("read report %s:%d: %w", path, lineOf(text, err), err)
	}
	if version.SchemaVersion != reports.SchemaVersion {
		return reports.Report{}, fmt.Errorf("read report %s:%d: schemaVersion %q: this program reads %q", path, lineWith(text, `"schemaVersion"`, 1), version.SchemaVersion, reports.SchemaVersion)
	}
	var report reports.Report
	if err := decode(text, &report); err != nil {
		return reports.Report{}, fmt.Errorf("read report %s:%d: %w", path, lineOf(text, err), err)
	}
	return check(text, path, report)
}

// check refuses a report that was edited or cut.
func check(text []byte, path string, r reports.Report) (reports.Report, error) {
	seen := make(map[string]bool)
	for _, result := range r.Scenarios {
		if seen[result.ID] {
			return reports.Report{}, fmt.Errorf("read report %s:%d: result %q is there twice", path, lineWith(text, idField(result.ID), 2), result.ID)
		}
		seen[result.ID] = true
		if err := result.CheckWords(); err != nil {
			return reports.Report{}, fmt.Errorf("read report %s:%d: result %q: %w", path, lineWith(text, idField(result.ID), 1), result.ID, err)
		}
	}
	if err := r.CheckWords(); err != nil {
		return reports.Report{}, fmt.Errorf("read report %s:%d: %w", path, lineWith(text, `"baseline"`, 1), err)
	}
	again := reports.Summarise(r)
	if again.Counts != r.Counts || again.Verdict != r.Verdict {
		return reports.Report{}, fmt.Errorf("read report %s:%d: its verdict and counts do not follow from its results (it says %.40q, they say %q)", path, lineWith(text, `"verdict"`, 1), r.Verdict, again.Verdict)
	}
	return again, nil
}

// idField is the id of a result as Report writes it.
func idField(id string) string {
	value, err := marshal(id, "")
	if err != nil {
		return id // a string always has a form
	}
	return `"id": ` + string(bytes.TrimSpace(value))
}
