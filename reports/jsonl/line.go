package jsonl

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// lineOf says on which line of a JSON text the decoder found what its error is about:
// the last one when the text was cut off, and the first one that holds the field when
// it is unknown.
func lineOf(text []byte, err error) int {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return lineAt(text, int(syntax.Offset))
	case errors.As(err, &kind):
		return lineAt(text, int(kind.Offset))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return lineAt(text, len(text))
	}
	if _, field, found := strings.Cut(err.Error(), "unknown field "); found {
		return lineWith(text, field, 1)
	}
	return 1
}

// lineAt is the line of the byte before offset, counted from 1.
func lineAt(text []byte, offset int) int {
	offset = min(max(offset-1, 0), len(text))
	return bytes.Count(text[:offset], []byte("\n")) + 1
}

// lineWith is the line of the n-th place where part stands, or 1.
func lineWith(text []byte, part string, n int) int {
	at := 0
	for ; n > 0; n-- {
		i := bytes.Index(text[at:], []byte(part))
		if i < 0 {
			return 1
		}
		at += i + len(part)
	}
	return lineAt(text, at)
}
