package exchange

import (
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"
)

// littleEndian is the byte order of UTF-16 here.
var littleEndian = binary.LittleEndian

// declaredEncoding finds the encoding in an XML declaration.
var declaredEncoding = regexp.MustCompile(`(?i)^(<\?xml[^>]*encoding=["'])utf-8(["'])`)

// encodeAs returns an envelope in another charset: utf-16 is little-endian with a
// byte order mark, which XML 1.0 (4.3.3) demands.
func encodeAs(envelope []byte, charset string) ([]byte, error) {
	switch strings.ToLower(charset) {
	case "", "utf-8":
		return envelope, nil
	case "utf-16":
		if !utf8.Valid(envelope) {
			return nil, fmt.Errorf("encode as utf-16: the envelope is not UTF-8")
		}
		text := declaredEncoding.ReplaceAllString(string(envelope), "${1}utf-16${2}")
		return wide("\uFEFF"+text, littleEndian), nil
	}
	return nil, fmt.Errorf("encode as %s: only utf-8 and utf-16 are known", charset)
}
