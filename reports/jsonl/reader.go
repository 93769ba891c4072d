package jsonl

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	"esconform/reports"
)

// ReadFile reads events.jsonl; see Read.
func ReadFile(path string) (reports.Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return reports.Report{}, fmt.Errorf("read events: %w", err)
	}
	defer file.Close()
	return Read(file, path)
}

// Read gives the report that the events make; name is the file's name for errors.
// Without a footer the report is not complete, and the cases of the plan that have no
// result are not-run. A last line that was cut off while
// it was written is left out. Anything else that is wrong (no header, a duplicate
// id, an unknown event, lines after the footer, a footer that does not agree with
// the results) is an error that begins with name:line.
func Read(r io.Reader, name string) (reports.Report, error) {
	reader := reader{seen: make(map[string]int)}
	lines := bufio.NewReader(r)
	for number := 1; ; number++ {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			break // what is left has no newline: the write was cut off
		}
		if err != nil {
			return reports.Report{}, fmt.Errorf("%s:%d: %w", name, number, err)
		}
		if err := reader.line(line, number); err != nil {
			return reports.Report{}, fmt.Errorf("%s:%d: %w", name, number, err)
		}
	}
	if reader.last == 0 {
		return reports.Report{}, fmt.Errorf("%s:1: the file has no header line", name)
	}
	report, err := reader.finish()
	if err != nil {
		return reports.Report{}, fmt.Errorf("%s:%d: %w", name, reader.last, err)
	}
	return report, nil
}

// reader collects what the lines say.
type reader struct {
	report reports.Report
	head   Header
	footer *Footer
	seen   map[string]int // result id -> its line
	last   int            // number of the last whole line
}

func (r *reader) line(line []byte, number int) error {
	var kind struct {
		Event string `json:"event"`
	}
	if err := json.Unmarshal(line, &kind); err != nil {
		return fmt.Errorf("not a JSON object: %w", err)
	}
	if (number == 1) != (kind.Event == headerEvent) {
		return fmt.Errorf("event %q: the header is the first line, and only the first", kind.Event)
	}
	if r.footer != nil {
		return fmt.Errorf("event %q after the footer", kind.Event)
	}
	r.last = number
	switch kind.Event {
	case headerEvent:
		return r.header(line)
	case resultEvent:
		return r.result(line, number)
	case footerEvent:
		var f footerLine
		err := decode(line, &f)
		r.footer = &f.Footer
		return err
	}
	return fmt.Errorf("unknown event %q", kind.Event)
}

func (r *reader) header(line []byte) error {
	var h headerLine
	if err := decode(line, &h); err != nil {
		return err
	}
	if h.SchemaVersion != reports.SchemaVersion {
		return fmt.Errorf("schemaVersion %q: this program reads %q", h.SchemaVersion, reports.SchemaVersion)
	}
	r.report, r.head = h.Header.report(), h.Header
	return r.head.check()
}

func (r *reader) result(line []byte, number int) error {
	var res resultLine
	if err := decode(line, &res); err != nil {
		return err
	}
	if first := r.seen[res.ID]; first > 0 {
		return fmt.Errorf("result %q is already on line %d", res.ID, first)
	}
	if err := res.CheckWords(); err != nil {
		return fmt.Errorf("result %q: %w", res.ID, err)
	}
	r.seen[res.ID] = number
	r.report.Scenarios = append(r.report.Scenarios, res.Result)
	return nil
}

func (r *reader) finish() (reports.Report, error) {
	if r.footer == nil {
		r.report.Scenarios = append(r.report.Scenarios, r.head.missing(r.report.Scenarios)...)
		return reports.Summarise(r.report), nil
	}
	r.report.FinishedAt, r.report.Complete, r.report.Interrupted = r.footer.FinishedAt, r.footer.Complete, r.footer.Interrupted
	r.report.Residue, r.report.Baseline, r.report.Certification = r.footer.Residue, r.footer.Baseline, r.footer.Certification
	if err := r.report.CheckWords(); err != nil {
		return reports.Report{}, err
	}
	report := reports.Summarise(r.report)
	if report.Complete && report.Counts.Total != r.head.Planned {
		return reports.Report{}, fmt.Errorf("the run is said to be complete, but %d of %d planned cases have a result", report.Counts.Total, r.head.Planned)
	}
	said, saidErr := encode(*r.footer, "")
	found, foundErr := encode(FooterOf(report), "")
	if err := errors.Join(saidErr, foundErr); err != nil {
		return reports.Report{}, fmt.Errorf("compare footer: %w", err)
	}
	if !bytes.Equal(said, found) {
		return reports.Report{}, fmt.Errorf("the footer does not agree with the results: it says %q (%d cases), they say %q (%d cases)",
			r.footer.Reason, r.footer.Counts.Total, report.Reason, report.Counts.Total)
	}
	return report, nil
}

// decode refuses fields that the model does not have: a report that is read only
// in part would be compared wrongly.
func decode(line []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return fmt.Errorf("decode line: %w", err)
	}
	return nil
}
