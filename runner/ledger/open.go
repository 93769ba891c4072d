package ledger

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"
)

// ErrNoHeader says that a file does not begin with the header of a ledger.
var ErrNoHeader = errors.New("the file does not begin with the header of a ledger")

// Open opens the ledger of an earlier run and works out what is still there. A torn
// last line, as a crash leaves it, is cut off: what it tells was not sent yet. Any
// other line that cannot be read is an error.
func Open(path string) (*Ledger, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	header, open, whole, err := replay(data)
	if err != nil {
		return nil, fmt.Errorf("open ledger %s: %w", path, err)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return nil, fmt.Errorf("open ledger: %w", err)
	}
	if whole < len(data) {
		if err := f.Truncate(int64(whole)); err != nil {
			f.Close()
			return nil, fmt.Errorf("cut the torn last line off ledger %s: %w", path, err)
		}
	}
	return &Ledger{path: path, header: header, file: f, now: time.Now, open: open}, nil
}

// replay reads the lines. It returns the header, what is still there, and the
// length of the data without a torn last line.
func replay(data []byte) (header Header, open Standing, whole int, err error) {
	for number := 1; whole < len(data); number++ {
		end := bytes.IndexByte(data[whole:], '\n')
		if end < 0 {
			break // torn: the line was never finished, so its sync never returned
		}
		var l line
		if err := json.Unmarshal(data[whole:whole+end], &l); err != nil {
			if whole+end+1 == len(data) && number > 1 {
				break // a block of the last write is missing
			}
			return header, open, 0, fmt.Errorf("line %d: %w", number, err)
		}
		if number == 1 {
			if l.Event != eventHeader || l.Header == nil {
				return header, open, 0, ErrNoHeader
			}
			header = *l.Header
		}
		l.apply(&open)
		whole += end + 1
	}
	if header == (Header{}) {
		return header, open, 0, ErrNoHeader
	}
	return header, open, whole, nil
}

// apply adds what the line intends to what is there, or takes away what it removes.
func (l line) apply(open *Standing) {
	switch {
	case l.Entry == nil:
	case l.Event == eventIntend:
		open.Add(*l.Entry)
	case l.Event == eventRemoved:
		open.Remove(*l.Entry)
	}
}
