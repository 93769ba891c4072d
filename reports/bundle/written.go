package bundle

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/evidence"
)

// JSON can say one thing to a program and another to a person: of a key that is there
// twice the last one counts for this program, case does not, and what it does not know
// it may pass over. So what was read must stand in the entries as the program writes
// it, byte for byte.

// errForm says that a JSON text is not as the program would write it.
var errForm = errors.New("it is not written as esconform does: it may say more than was read")

// checkForm refuses a text that is not written like what was read from it.
func checkForm(text, written []byte) error {
	if !bytes.Equal(replacements(text), replacements(written)) {
		return errForm
	}
	return nil
}

// replacements makes the two forms of U+FFFD one: the program writes the first for a
// byte that is not UTF-8, and the second for the character that is read from that.
func replacements(text []byte) []byte {
	return bytes.ReplaceAll(text, []byte(`\ufffd`), []byte("\ufffd"))
}

// checkReportForm does so for report.json.
func checkReportForm(data []byte, report reports.Report) error {
	var written bytes.Buffer
	if err := jsonl.Report(&written, report); err != nil {
		return err
	}
	if err := checkForm(data, written.Bytes()); err != nil {
		return fmt.Errorf("%s: %w", ReportEntry, err)
	}
	return nil
}

// checkEventsForm does so for each line of events.jsonl. Event comes first in all.
func checkEventsForm(data []byte) error {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		var kind struct {
			Event string `json:"event"`
		}
		if err := json.Unmarshal(line, &kind); err != nil {
			return fmt.Errorf("%s:%d: %w", EventsEntry, n, err)
		}
		var value any
		switch kind.Event {
		case "header":
			value = &struct {
				Event string `json:"event"`
				jsonl.Header
			}{}
		case "result":
			value = &struct {
				Event string `json:"event"`
				reports.Result
			}{}
		default:
			value = &struct {
				Event string `json:"event"`
				jsonl.Footer
			}{}
		}
		if err := checkLineForm(line, value); err != nil {
			return fmt.Errorf("%s:%d: %w", EventsEntry, n, err)
		}
	}
	return nil
}

// recordedLine is a line of the evidence as evidence.Log writes it.
type recordedLine struct {
	Case           string             `json:"case"`
	Exchange       *evidence.Exchange `json:"exchange,omitempty"`
	Request        *string            `json:"request,omitempty"`
	RequestBase64  []byte             `json:"requestBase64,omitempty"`
	Response       *string            `json:"response,omitempty"`
	ResponseBase64 []byte             `json:"responseBase64,omitempty"`
	Outcome        *evidence.Outcome  `json:"outcome,omitempty"`
}

// checkEvidenceForm does so for each line of the evidence.
func checkEvidenceForm(data []byte) error {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		if err := checkLineForm(line, &recordedLine{}); err != nil {
			return fmt.Errorf("%s:%d: %w", EvidenceEntry, n, err)
		}
	}
	return nil
}

// checkLineForm reads a line into a value, and compares the line with it.
func checkLineForm(line []byte, value any) error {
	if err := json.Unmarshal(line, value); err != nil {
		return fmt.Errorf("read its JSON: %w", err)
	}
	var written bytes.Buffer
	e := json.NewEncoder(&written)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return fmt.Errorf("encode: %w", err)
	}
	return checkForm(line, written.Bytes())
}
