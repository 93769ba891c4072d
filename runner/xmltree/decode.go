package xmltree

import (
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// The encodings that are read.
const (
	encUTF8   = "utf-8"
	encUTF16  = "utf-16" // endianness yet unknown
	encLE     = "utf-16le"
	encBE     = "utf-16be"
	encLatin1 = "iso-8859-1"
	encASCII  = "us-ascii"
	enc1252   = "windows-1252"
)

// decoded is a document in UTF-8.
type decoded struct {
	utf8        []byte
	encoding    string
	mislabelled string
}

// decode finds the encoding of a document and transcodes it to UTF-8. A byte order
// mark wins over the charset of the HTTP header, and that over the XML declaration
// (RFC 7303, 3); without any of them it is UTF-8 (XML 1.0, 4.3.3).
func decode(data []byte, charset string, limits Limits) (decoded, *SyntaxError) {
	if int64(len(data)) > limits.Bytes {
		return decoded{}, fault(Size, "the document has %d bytes, more than the limit of %d", len(data), limits.Bytes)
	}
	bom, skip := byteOrderMark(data)
	if bom == "utf-32" {
		return decoded{}, fault(Unsupported, "the document begins with a UTF-32 byte order mark; UTF-32 is not supported")
	}
	data = data[skip:]
	d := decoded{}
	header := ""
	if charset = strings.TrimSpace(charset); charset != "" {
		if header = canonicalEncoding(charset); header == "" {
			return d, unsupported(charset, "the HTTP header names the charset %s, which is not supported")
		}
	}
	var err *SyntaxError
	if d.encoding, err = chooseEncoding(data, bom, header); err != nil {
		return d, err
	}
	if bom != "" && header != "" && !sameEncoding(header, bom) {
		d.mislabelled = fmt.Sprintf("the HTTP header says %s, but the bytes begin with the byte order mark of %s", shown(charset), bom)
	}
	if d.utf8, err = transcode(data, d.encoding); err != nil {
		return d, err
	}
	if int64(len(d.utf8)) > limits.Bytes {
		return d, fault(Size, "the document has %d bytes in UTF-8, more than the limit of %d", len(d.utf8), limits.Bytes)
	}
	return declaredAsUTF8(d, bom, header)
}

// unsupported refuses a document in an encoding that is not read here. What is no name
// of an encoding at all (XML 1.0, production 81) is the document's fault.
func unsupported(name, format string) *SyntaxError {
	kind := Unsupported
	for i, r := range name {
		letter := 'a' <= r|' ' && r|' ' <= 'z'
		if !letter && (i == 0 || !strings.ContainsRune("0123456789._-", r)) {
			kind = Encoding
		}
	}
	return fault(kind, format, shown(name))
}

// chooseEncoding picks the encoding of bytes that follow the byte order mark.
func chooseEncoding(data []byte, bom, header string) (string, *SyntaxError) {
	looks := looksUTF16(data)
	switch {
	case bom != "":
		return bom, nil
	case header == encUTF16 && looks == "":
		return "", fault(Encoding, "the HTTP header says UTF-16, but the bytes are not UTF-16")
	case header == encUTF16:
		return looks, nil
	case header != "" && looks != "" && looks != header:
		return "", fault(Encoding, "the HTTP header says %s, but the bytes are UTF-16", header)
	case header != "":
		return header, nil
	case looks != "":
		return looks, nil
	}
	declared, _, _ := declaredEncoding(data)
	if declared == "" {
		return encUTF8, nil
	}
	switch enc := canonicalEncoding(declared); enc {
	case "":
		return "", unsupported(declared, "the XML declaration names the encoding %s, which is not supported")
	case encUTF16, encLE, encBE:
		return "", fault(Encoding, "the XML declaration says %s, but the bytes are not UTF-16", shown(declared))
	default:
		return enc, nil
	}
}

// declaredAsUTF8 checks the XML declaration's encoding against the bytes, where
// nothing outranks it, and makes it name UTF-8.
func declaredAsUTF8(d decoded, bom, header string) (decoded, *SyntaxError) {
	declared, start, end := declaredEncoding(d.utf8)
	enc := canonicalEncoding(declared)
	if header == "" {
		switch {
		case declared == "" && bom == "" && d.encoding != encUTF8:
			return d, fault(Encoding, "the bytes are %s, which neither a byte order mark nor an XML declaration says", d.encoding)
		case declared != "" && !sameEncoding(enc, d.encoding):
			return d, fault(Encoding, "the XML declaration says %s, but the bytes are %s", shown(declared), d.encoding)
		}
	}
	if declared == "" || strings.EqualFold(declared, encUTF8) {
		return d, nil
	}
	pad := max(0, end-start-len("UTF-8"))
	out := make([]byte, 0, len(d.utf8)+len("UTF-8"))
	out = append(out, d.utf8[:start]...)
	out = append(out, "UTF-8"...)
	out = append(out, d.utf8[end]) // the closing quote
	for range pad {
		out = append(out, ' ')
	}
	d.utf8 = append(out, d.utf8[end+1:]...)
	return d, nil
}

// byteOrderMark returns the encoding that a byte order mark names and its length.
func byteOrderMark(data []byte) (string, int) {
	has := func(mark string) bool { return len(data) >= len(mark) && string(data[:len(mark)]) == mark }
	switch {
	case has("\xEF\xBB\xBF"):
		return encUTF8, 3
	case has("\xFF\xFE\x00\x00"), has("\x00\x00\xFE\xFF"):
		return "utf-32", 4
	case has("\xFF\xFE"):
		return encLE, 2
	case has("\xFE\xFF"):
		return encBE, 2
	}
	return "", 0
}

// looksUTF16 tells UTF-16 by its first character, which in a well-formed document
// is ASCII.
func looksUTF16(data []byte) string {
	switch {
	case len(data) < 2:
		return ""
	case data[0] == 0 && data[1] != 0:
		return encBE
	case data[0] != 0 && data[1] == 0:
		return encLE
	}
	return ""
}

// canonicalEncoding returns the name used here for a charset, or "" when it is not
// supported.
func canonicalEncoding(name string) string {
	switch strings.ToLower(strings.TrimSpace(name)) {
	case "utf-8", "utf8", "csutf8":
		return encUTF8
	case "utf-16", "utf16", "csutf16", "iso-10646-ucs-2":
		return encUTF16
	case "utf-16le":
		return encLE
	case "utf-16be":
		return encBE
	case "iso-8859-1", "iso_8859-1", "iso8859-1", "latin1", "l1":
		return encLatin1
	case "us-ascii", "ascii", "ansi_x3.4-1968", "iso646-us":
		return encASCII
	case "windows-1252", "cp1252", "cp-1252", "x-cp1252":
		return enc1252
	}
	return ""
}

// sameEncoding says whether a named encoding covers the bytes' one.
func sameEncoding(named, bytes string) bool {
	return named == bytes || named == encUTF16 && (bytes == encLE || bytes == encBE)
}

// declaredEncoding finds the value of `encoding` in the XML declaration of an
// ASCII-compatible document, and where it stands. Whether the declaration is
// well-formed is checked later.
func declaredEncoding(data []byte) (value string, start, end int) {
	if len(data) < 6 || string(data[:5]) != "<?xml" || !isSpace(data[5]) {
		return "", 0, 0
	}
	head := string(data[:min(len(data), 1024)])
	stop := strings.Index(head, "?>")
	if stop < 0 {
		return "", 0, 0
	}
	head = head[:stop]
	at := strings.Index(head, "encoding")
	if at < 0 {
		return "", 0, 0
	}
	rest := strings.TrimLeft(head[at+len("encoding"):], " \t\r\n")
	rest, found := strings.CutPrefix(rest, "=")
	rest = strings.TrimLeft(rest, " \t\r\n")
	if !found || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return "", 0, 0
	}
	start = len(head) - len(rest) + 1
	length := strings.IndexByte(rest[1:], rest[0])
	if length < 0 {
		return "", 0, 0
	}
	return head[start : start+length], start, start + length
}

// transcode turns bytes of an encoding into UTF-8.
func transcode(data []byte, encoding string) ([]byte, *SyntaxError) {
	switch encoding {
	case encLE:
		return fromUTF16(data, binary.LittleEndian)
	case encBE:
		return fromUTF16(data, binary.BigEndian)
	case encLatin1:
		return fromLatin1(data), nil
	case enc1252:
		return from1252(data)
	case encASCII:
		for i, b := range data {
			if b >= utf8.RuneSelf {
				return nil, faultAt(data, i, Encoding, "byte 0x%02X is not US-ASCII", b)
			}
		}
		return data, nil
	}
	if !utf8.Valid(data) {
		i := firstInvalid(data)
		return nil, faultAt(data, i, Encoding, "byte 0x%02X does not continue UTF-8", data[i])
	}
	return data, nil
}

func firstInvalid(data []byte) int {
	for i := 0; i < len(data); {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(data) - 1
}

func fromLatin1(data []byte) []byte {
	out := make([]byte, 0, len(data)+len(data)/8)
	for _, b := range data {
		out = utf8.AppendRune(out, rune(b))
	}
	return out
}

func fromUTF16(data []byte, order binary.ByteOrder) ([]byte, *SyntaxError) {
	out := make([]byte, 0, len(data)/2+len(data)/16)
	for i := 0; i+1 < len(data); i += 2 {
		r := rune(order.Uint16(data[i:]))
		if utf16.IsSurrogate(r) {
			low := rune(utf8.RuneError)
			if i+3 < len(data) {
				low = rune(order.Uint16(data[i+2:]))
			}
			if r = utf16.DecodeRune(r, low); r == utf8.RuneError {
				return nil, faultAt(out, len(out), Encoding, "a UTF-16 surrogate stands alone")
			}
			i += 2
		}
		out = utf8.AppendRune(out, r)
	}
	if len(data)%2 != 0 {
		return nil, faultAt(out, len(out), Encoding, "the document has an odd number of bytes, so it is not UTF-16")
	}
	return out, nil
}
