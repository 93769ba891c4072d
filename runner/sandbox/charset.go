package sandbox

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"mime"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// toUTF8 turns a request into UTF-8 without a byte order mark. What the bytes
// say themselves (mark, zero bytes) goes before the charset of the
// Content-Type, and that before the XML declaration. The encodings are those
// that every XML processor knows, and ISO-8859-1.
func toUTF8(data []byte, contentType string) ([]byte, error) {
	switch {
	case bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF}):
		return checkedUTF8(data[3:])
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		return fromUTF16(data[2:], binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		return fromUTF16(data[2:], binary.BigEndian)
	case bytes.HasPrefix(data, []byte{'<', 0}):
		return fromUTF16(data, binary.LittleEndian)
	case bytes.HasPrefix(data, []byte{0, '<'}):
		return fromUTF16(data, binary.BigEndian)
	}
	switch charset := declaredCharset(data, contentType); charset {
	case "", "utf-8", "us-ascii", "ascii":
		return checkedUTF8(data)
	case "iso-8859-1", "latin1":
		out := make([]rune, len(data))
		for i, b := range data {
			out[i] = rune(b)
		}
		return []byte(string(out)), nil
	default:
		return nil, fmt.Errorf("charset %q is not supported", charset)
	}
}

var xmlEncoding = regexp.MustCompile(`^<\?xml[^>]*\sencoding\s*=\s*["']([A-Za-z0-9._-]+)["']`)

func declaredCharset(data []byte, contentType string) string {
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		return strings.ToLower(params["charset"])
	}
	if m := xmlEncoding.FindSubmatch(data); m != nil {
		return strings.ToLower(string(m[1]))
	}
	return ""
}

func checkedUTF8(data []byte) ([]byte, error) {
	if !utf8.Valid(data) {
		return nil, errors.New("the bytes are not UTF-8")
	}
	return data, nil
}

func fromUTF16(data []byte, order binary.ByteOrder) ([]byte, error) {
	if len(data)%2 != 0 {
		return nil, errors.New("the bytes are not UTF-16: their number is odd")
	}
	units := make([]uint16, len(data)/2)
	for i := range units {
		units[i] = order.Uint16(data[2*i:])
	}
	return []byte(string(utf16.Decode(units))), nil
}
