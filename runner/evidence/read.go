package evidence

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
)

// Recorded is a line of the log: either an exchange of a case, with its bodies, or
// the outcome of a case without its exchanges.
type Recorded struct {
	Line     int // 1-based
	Case     string
	Exchange *Exchange
	Outcome  *Outcome
}

// ErrCutOff says that the last line of a log has no end: it was cut off while it was
// written, or later.
var ErrCutOff = errors.New("the last line is cut off")

// Scan gives the lines of a log in their order; name is the file's name for errors.
// The first error ends it and begins with name:line. A last line without its end is
// ErrCutOff.
func Scan(r io.Reader, name string) iter.Seq2[Recorded, error] {
	return func(yield func(Recorded, error) bool) {
		lines := bufio.NewReader(r)
		for n := 1; ; n++ {
			data, err := lines.ReadBytes('\n')
			switch {
			case errors.Is(err, io.EOF) && len(data) == 0:
				return
			case errors.Is(err, io.EOF):
				err = ErrCutOff
			}
			var v line
			if err == nil {
				err = json.Unmarshal(data, &v)
			}
			if err != nil {
				yield(Recorded{}, fmt.Errorf("read evidence %s:%d: %w", name, n, err))
				return
			}
			if !yield(v.recorded(n), nil) {
				return
			}
		}
	}
}

func (v line) recorded(n int) Recorded {
	if v.Exchange != nil {
		v.Exchange.Request, v.Exchange.Response = decode(v.Request, v.RequestBase64), decode(v.Response, v.ResponseBase64)
	}
	return Recorded{Line: n, Case: v.Case, Exchange: v.Exchange, Outcome: v.Outcome}
}

// ReadLog reads the outcomes of an evidence folder, by case id, with their exchanges
// as they were recorded, so that they can be judged again. A case that had not ended
// is left out, and so is a last line that was cut off while it was written.
func ReadLog(dir string) (map[string]Outcome, error) {
	path := filepath.Join(dir, LogFile)
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read evidence: %w", err)
	}
	defer f.Close()
	return Outcomes(f, path)
}

// Outcomes is ReadLog for a log that is open; name is the file's name for errors.
func Outcomes(r io.Reader, name string) (map[string]Outcome, error) {
	outcomes, exchanges := map[string]Outcome{}, map[string][]Exchange{}
	for l, err := range Scan(r, name) {
		switch {
		case errors.Is(err, ErrCutOff):
			return outcomes, nil
		case err != nil:
			return nil, err
		case l.Exchange != nil:
			exchanges[l.Case] = append(exchanges[l.Case], *l.Exchange)
		case l.Outcome != nil:
			o := *l.Outcome
			o.Exchanges = exchanges[l.Case]
			outcomes[l.Case] = o
		}
	}
	return outcomes, nil
}
