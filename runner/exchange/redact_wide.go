package exchange

import (
	"bytes"
	"encoding/binary"
	"unicode/utf16"
)

// eitherWidth redacts a message, and one in UTF-16 in UTF-8, so that all forms of a
// secret are found in it, too.
func eitherWidth(message []byte, redact func([]byte) []byte) []byte {
	if bytes.IndexByte(message, 0) >= 0 {
		if text, order := narrow(message); order != nil {
			if clean := redact(text); !bytes.Equal(clean, text) {
				message = wide(string(clean), order)
			}
		}
	}
	return redact(message)
}

// byteOrder reads and writes 16 bits.
type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// narrow reads a message as UTF-16, in the order in which most of its units are those
// of ASCII, and returns it in UTF-8. The order is nil when it is none that can be
// written again as it was.
func narrow(message []byte) ([]byte, byteOrder) {
	var zeros [2]int // at even and at odd places
	for i, b := range message {
		if b == 0 {
			zeros[i%2]++
		}
	}
	var order byteOrder = binary.LittleEndian
	if zeros[0] > zeros[1] {
		order = binary.BigEndian
	}
	if len(message)%2 != 0 {
		return nil, nil
	}
	units := make([]uint16, len(message)/2)
	for i := range units {
		units[i] = order.Uint16(message[2*i:])
	}
	text := string(utf16.Decode(units))
	if !bytes.Equal(wide(text, order), message) {
		return nil, nil
	}
	return []byte(text), order
}
