package exchange

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
)

// newMessageID returns the identifier of a message: a UUID that nobody has used. With
// a challenge it is bound to it (see BindsMessageID), else it is random (RFC 9562,
// version 4).
func (e *Executor) newMessageID() string {
	var b [16]byte
	rand.Read(b[:]) // never fails
	if e.options.Challenge != "" {
		return boundID(b, e.options.Challenge, e.options.RunID)
	}
	return writeID(b, 4)
}

// boundID replaces the last 62 free bits of an identifier by a code that only who
// knows the challenge could compute. It is a UUID whose content is the application's
// own (RFC 9562, version 8); the first 60 free bits stay random.
func boundID(b [16]byte, challenge, run string) string {
	b[6], b[8] = b[6]&0x0f, b[8]&0x3f
	mac := hmac.New(sha256.New, []byte(challenge))
	mac.Write([]byte("esconform message identifier\x00" + run + "\x00"))
	mac.Write(b[:8])
	copy(b[8:], mac.Sum(nil))
	return writeID(b, 8)
}

// writeID writes a UUID of that version and of the variant of RFC 9562.
func writeID(b [16]byte, version byte) string {
	b[6] = b[6]&0x0f | version<<4
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

// BindsMessageID says whether an identifier was made for a challenge in a run: a UUID
// of version 8 (RFC 9562) of which 60 bits are random and 62 are the beginning of
// HMAC-SHA-256 with the challenge as its key over the run's id and the random bits.
// Who does not know the challenge finds such an identifier in one of 2^62 attempts. An
// answer that repeats it was therefore made after the challenge was known.
func BindsMessageID(id, challenge, run string) bool {
	digits := make([]byte, 0, 32)
	for _, c := range []byte(id) {
		if c != '-' {
			digits = append(digits, c)
		}
	}
	var b [16]byte
	if n, err := hex.Decode(b[:], digits[:min(len(digits), 32)]); err != nil || n != len(b) {
		return false
	}
	// The whole text is compared, so that only one way to write it is right.
	return challenge != "" && hmac.Equal([]byte(boundID(b, challenge, run)), []byte(id))
}
