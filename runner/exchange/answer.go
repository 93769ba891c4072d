package exchange

import (
	"bufio"
	"bytes"
	"compress/flate"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"esconform/runner/evidence"
)

// answer is what came back, before anything was cut or redacted.
type answer struct {
	status   int
	header   http.Header
	body     []byte // decoded
	started  time.Time
	duration time.Duration
	fault    *evidence.TransportFault
}

// do sends one HTTP request over some connections and reads the answer within the
// limits. It never follows a redirect.
func (c *client) do(ctx context.Context, over http.RoundTripper, r *http.Request, started time.Time) answer {
	step, cancel := context.WithTimeout(ctx, c.limits.StepTimeout)
	defer cancel()
	a := answer{started: started}
	began := time.Now()
	response, err := over.RoundTrip(r.WithContext(step))
	if err != nil {
		a.fault = classify(ctx, step, err)
		a.duration = time.Since(began)
		return a
	}
	defer response.Body.Close()
	a.status, a.header = response.StatusCode, response.Header
	a.body, err = c.read(response)
	if err != nil {
		a.body = nil
		a.fault = classify(ctx, step, err)
	} else if a.status >= 300 && a.status < 400 {
		a.fault = &evidence.TransportFault{Kind: evidence.FaultRedirected, Message: fmt.Sprintf("the endpoint answered with a redirect (HTTP %d), which is not followed", a.status)}
	}
	a.duration = time.Since(began)
	return a
}

// Errors of a body that is not taken.
var (
	errTooLarge = errors.New("the answer is larger than the limit")
	errEncoding = errors.New("the content coding cannot be decoded")
)

// read reads a body and decodes its content coding. The limit holds before and
// after decoding, so that a small body cannot become a huge one. A body without
// content is empty whatever its coding.
func (c *client) read(response *http.Response) ([]byte, error) {
	limited := &cappedReader{from: response.Body, left: c.limits.MaxBody}
	coding := strings.ToLower(strings.TrimSpace(response.Header.Get("Content-Encoding")))
	if coding == "" || coding == "identity" {
		return readAll(limited, response.ContentLength, c.limits.MaxBody)
	}
	content := bufio.NewReader(limited)
	if _, err := content.Peek(1); errors.Is(err, io.EOF) {
		return nil, nil
	}
	if coding != "gzip" && coding != "x-gzip" {
		return nil, fmt.Errorf("%w: %s", errEncoding, shown(coding))
	}
	unzip, err := gzip.NewReader(content)
	if err != nil {
		return nil, codingError(err, limited.ended)
	}
	body, err := readAll(&cappedReader{from: unzip, left: c.limits.MaxBody}, -1, c.limits.MaxBody)
	return body, codingError(err, limited.ended)
}

// codingError tells a broken coding from a broken connection: what ends too early is
// the coding's fault when all came that HTTP had announced.
func codingError(err error, complete bool) error {
	corrupt := flate.CorruptInputError(0)
	switch {
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, gzip.ErrChecksum), errors.As(err, &corrupt),
		complete && (errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF)):
		return fmt.Errorf("%w: %w", errEncoding, err)
	}
	return err
}

// cappedReader fails, rather than ends, when more comes than is taken.
type cappedReader struct {
	from  io.Reader
	left  int64
	ended bool // whether all has come
}

// Read returns errTooLarge when there is more than the limit.
func (r *cappedReader) Read(p []byte) (int, error) {
	if r.left <= 0 {
		var one [1]byte
		if n, err := r.from.Read(one[:]); n == 0 {
			r.ended = errors.Is(err, io.EOF)
			return 0, err
		}
		return 0, errTooLarge
	}
	if int64(len(p)) > r.left {
		p = p[:r.left]
	}
	n, err := r.from.Read(p)
	r.left -= int64(n)
	r.ended = errors.Is(err, io.EOF)
	return n, err
}

func readAll(r io.Reader, length, limit int64) ([]byte, error) {
	var b bytes.Buffer
	if length > 0 && length <= limit {
		b.Grow(int(length) + bytes.MinRead)
	}
	_, err := b.ReadFrom(r)
	return b.Bytes(), err
}
