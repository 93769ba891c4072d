package evidence

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"unicode/utf8"
)

// LogFile is the name of the log in the evidence folder.
const LogFile = "exchanges.jsonl"

// Log is the record of all that was sent and received: one JSON object a line, an
// exchange as soon as it has ended, and the rest of an outcome when its case has.
// One file takes what thousands of small ones would take far longer for. It may be
// used by several goroutines.
type Log struct {
	mu   sync.Mutex
	file *os.File
}

// line is a line of the log: an exchange of a case, or the outcome of a case without
// its exchanges. Bodies stand as text where they are UTF-8, else as base64.
type line struct {
	Case           string    `json:"case"`
	Exchange       *Exchange `json:"exchange,omitempty"`
	Request        *string   `json:"request,omitempty"`
	RequestBase64  []byte    `json:"requestBase64,omitempty"`
	Response       *string   `json:"response,omitempty"`
	ResponseBase64 []byte    `json:"responseBase64,omitempty"`
	Outcome        *Outcome  `json:"outcome,omitempty"`
}

// encode returns a body as text, or as what is to be base64; both are nil for nil.
func encode(data []byte) (text *string, binary []byte) {
	if data == nil {
		return nil, nil
	}
	if !utf8.Valid(data) {
		return nil, data
	}
	s := string(data)
	return &s, nil
}

func decode(text *string, binary []byte) []byte {
	if text == nil {
		return binary
	}
	return []byte(*text)
}

// CreateLog makes the evidence folder and a new log in it, which only the user may
// read.
func CreateLog(dir string) (*Log, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the evidence folder: %w", err)
	}
	f, err := os.OpenFile(filepath.Join(dir, LogFile), os.O_CREATE|os.O_RDWR|os.O_TRUNC, 0o600)
	if err != nil {
		return nil, fmt.Errorf("make the log of the evidence: %w", err)
	}
	return &Log{file: f}, nil
}

// Exchange appends an exchange of a case.
func (l *Log) Exchange(caseID string, x Exchange) error {
	v := line{Case: caseID, Exchange: &x}
	v.Request, v.RequestBase64 = encode(x.Request)
	v.Response, v.ResponseBase64 = encode(x.Response)
	return l.append(v)
}

// Outcome appends what the outcome of a case holds beside its exchanges.
func (l *Log) Outcome(caseID string, o Outcome) error {
	o.Exchanges = nil
	return l.append(line{Case: caseID, Outcome: &o})
}

func (l *Log) append(v line) error {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return fmt.Errorf("write evidence of %s: %w", v.Case, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if _, err := l.file.Write(out.Bytes()); err != nil {
		return fmt.Errorf("write evidence of %s: %w", v.Case, err)
	}
	return nil
}

// Close syncs and closes the file.
func (l *Log) Close() error {
	if err := errors.Join(l.file.Sync(), l.file.Close()); err != nil {
		return fmt.Errorf("close the log of the evidence: %w", err)
	}
	return nil
}
