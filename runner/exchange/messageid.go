package exchange

import (
	"crypto/rand"
	"encoding/hex"
)

// newMessageID returns a random UUID (RFC 9562, version 4).
func newMessageID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	b[6] = b[6]&0x0f | 0x40
	b[8] = b[8]&0x3f | 0x80
	var text [36]byte
	for i, at := range [...][3]int{{0, 0, 4}, {9, 4, 6}, {14, 6, 8}, {19, 8, 10}, {24, 10, 16}} {
		hex.Encode(text[at[0]:], b[at[1]:at[2]])
		if i > 0 {
			text[at[0]-1] = '-'
		}
	}
	return string(text[:])
}
