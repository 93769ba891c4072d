package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"sync"

	"esconform/reports"
)

// Writer appends events to a file. Each line is handed to the operating system in
// one write as it comes; header and footer are on the disk before their method
// returns. Its methods may be called from several goroutines.
type Writer struct {
	mu     sync.Mutex
	file   handle
	seen   map[string]bool
	closed bool // the footer is written
}

// handle is what a writer needs of its file; tests record the order of calls.
type handle interface {
	Name() string
	Write([]byte) (int, error)
	Sync() error
	Close() error
}

// Create makes the file, replacing an earlier run's, and writes the header. The
// error says which file could not be made or written.
func Create(path string, h Header) (*Writer, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, fmt.Errorf("create events file: %w", err)
	}
	return start(f, h)
}

// start writes the header.
func start(f handle, h Header) (*Writer, error) {
	w := &Writer{file: f, seen: make(map[string]bool)}
	if err := errors.Join(appendLine(f, headerLine{headerEvent, h}), w.sync()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return w, nil
}

// Append writes a result. A second result with the same id, and a result after the
// footer, are refused.
func (w *Writer) Append(r reports.Result) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return fmt.Errorf("append result %s to %s: the footer is already written", r.ID, w.file.Name())
	}
	if w.seen[r.ID] {
		return fmt.Errorf("append result %s to %s: the id is already there", r.ID, w.file.Name())
	}
	if err := appendLine(w.file, resultLine{resultEvent, r}); err != nil {
		return err
	}
	w.seen[r.ID] = true
	return nil
}

// Finish writes the footer and closes the file.
func (w *Writer) Finish(f Footer) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return fmt.Errorf("finish %s: the footer is already written", w.file.Name())
	}
	w.closed = true
	return errors.Join(appendLine(w.file, footerLine{footerEvent, f}), w.sync(), w.close())
}

// Abandon closes the file without a footer; readers see a run that ended early.
// After Finish it does nothing.
func (w *Writer) Abandon() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.closed {
		return nil
	}
	w.closed = true
	return w.close()
}

// appendLine hands a line to the operating system in one write.
func appendLine[T any](f handle, line T) error {
	text, err := encode(line, "")
	if err != nil {
		return fmt.Errorf("encode a line of %s: %w", f.Name(), err)
	}
	if _, err := f.Write(text); err != nil {
		return fmt.Errorf("append to events file: %w", err)
	}
	return nil
}

func (w *Writer) sync() error {
	if err := w.file.Sync(); err != nil {
		return fmt.Errorf("sync events file: %w", err)
	}
	return nil
}

func (w *Writer) close() error {
	if err := w.file.Close(); err != nil {
		return fmt.Errorf("close events file: %w", err)
	}
	return nil
}

// encode gives one JSON value and a newline. Characters of HTML stay as they are:
// these files hold XML, and people read them. A byte that is not UTF-8 becomes
// U+FFFD, written in the same way as one that was read back.
func encode[T any](value T, indent string) ([]byte, error) {
	text, err := marshal(value, indent)
	if err != nil || !bytes.Contains(text, []byte(`\ufffd`)) {
		return text, err
	}
	var again T
	if err := json.Unmarshal(text, &again); err != nil {
		return nil, err
	}
	return marshal(again, indent)
}

func marshal(value any, indent string) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
