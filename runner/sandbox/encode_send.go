package sandbox

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"net/http"
	"strconv"
	"strings"
	"unicode/utf16"
)

// An encoding is how characters become bytes. The zero value is UTF-8 without
// a byte order mark and without a declaration of it in the document.
type encoding struct {
	name    string // as declared in the document and in the charset parameter
	order   binary.ByteOrder
	ordered bool // begins with a byte order mark
}

const defaultType = "text/xml; charset=utf-8"

// mediaType returns the Content-Type of an honest answer.
func (c encoding) mediaType() string {
	if c.order == nil {
		return defaultType
	}
	return "text/xml; charset=" + c.name
}

// bytes returns UTF-8 text in the encoding.
func (c encoding) bytes(text []byte) []byte {
	if c.order == nil {
		if c.ordered {
			return append([]byte("\uFEFF"), text...)
		}
		return text
	}
	units := utf16.Encode([]rune("\uFEFF" + string(text)))
	out := make([]byte, 2*len(units))
	for i, u := range units {
		c.order.PutUint16(out[2*i:], u)
	}
	return out
}

// send puts the document on the wire.
func (s style) send(w http.ResponseWriter, r *http.Request, a answer, text []byte) {
	if a.corrupt == corruptReset {
		reset(w)
		return
	}
	body, header := text, w.Header()
	if a.corrupt != corruptEncoding && a.corrupt != corruptHTML {
		body = s.encoding.bytes(text)
	}
	header.Set("Content-Type", s.contentType(a.corrupt))
	if s.compressed {
		header.Add("Vary", "Accept-Encoding")
		if acceptsGzip(r) {
			header.Set("Content-Encoding", "gzip")
			body = compress(body)
		}
	}
	if s.chunked && a.corrupt != corruptTruncated {
		sendChunks(w, a.status, body)
		return
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(a.status)
	if a.corrupt == corruptTruncated {
		// The server closes the connection when less was written than declared.
		body = body[:len(body)/2]
	}
	_, _ = w.Write(body)
}

// contentType returns the Content-Type, which some corruptions are about.
func (s style) contentType(corrupt string) string {
	switch {
	case corrupt == corruptHTML:
		return "text/html; charset=utf-8"
	case corrupt == corruptMediaType:
		return "application/json"
	case corrupt == corruptCharsetMismatch && s.encoding.order == nil:
		return "text/xml; charset=utf-16"
	case corrupt == corruptCharsetMismatch:
		return defaultType
	}
	return s.encoding.mediaType()
}

// The pieces of a chunked answer: small enough to cut names and characters in
// two, and never so many that a large answer takes long.
const (
	smallestChunk = 61
	mostChunks    = 40
)

func sendChunks(w http.ResponseWriter, status int, body []byte) {
	w.WriteHeader(status)
	control := http.NewResponseController(w)
	size := max(smallestChunk, len(body)/mostChunks+1)
	for len(body) > 0 {
		n := min(size, len(body))
		if _, err := w.Write(body[:n]); err != nil {
			return
		}
		// A writer that cannot flush still sends a complete answer.
		_ = control.Flush()
		body = body[n:]
	}
}

// acceptsGzip says whether the request allows the content coding gzip
// (RFC 9110, 12.5.3): it must be named, or covered by *, without weight 0.
func acceptsGzip(r *http.Request) bool {
	accepted := false
	for _, value := range r.Header.Values("Accept-Encoding") {
		for item := range strings.SplitSeq(value, ",") {
			coding, params, _ := strings.Cut(item, ";")
			weight, weighted := strings.CutPrefix(strings.ReplaceAll(strings.ToLower(params), " ", ""), "q=")
			q, err := strconv.ParseFloat(weight, 64)
			refused := weighted && err == nil && q == 0
			switch strings.ToLower(strings.TrimSpace(coding)) {
			case "gzip", "x-gzip":
				return !refused
			case "*":
				accepted = !refused
			}
		}
	}
	return accepted
}

func compress(body []byte) []byte {
	var b bytes.Buffer
	// Writing to a buffer does not fail.
	z := gzip.NewWriter(&b)
	_, _ = z.Write(body)
	_ = z.Close()
	return b.Bytes()
}
