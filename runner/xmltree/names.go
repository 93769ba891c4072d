package xmltree

import "unicode/utf8"

// Classes of ASCII bytes in names.
const (
	nameStart = 1 << iota
	nameMore
	space
)

// asciiClass classes the bytes below 0x80; the colon is not part of it, for it
// divides a name.
var asciiClass = func() (t [256]uint8) {
	for b := range 128 {
		switch {
		case b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b == '_':
			t[b] = nameStart | nameMore
		case b >= '0' && b <= '9', b == '-', b == '.':
			t[b] = nameMore
		case b == ' ', b == '\t', b == '\r', b == '\n':
			t[b] = space
		}
	}
	return t
}()

func isSpace(b byte) bool { return asciiClass[b]&space != 0 }

// isNameStart is NameStartChar of XML 1.0 (fifth edition), 2.3, above ASCII.
func isNameStart(r rune) bool {
	switch {
	case r < 0xC0:
		return false
	case r <= 0x2FF:
		return r != 0xD7 && r != 0xF7
	case r <= 0x37D:
		return r >= 0x370
	case r <= 0x1FFF:
		return r >= 0x37F
	case r <= 0x218F:
		return r == 0x200C || r == 0x200D || r >= 0x2070
	case r <= 0xD7FF:
		return r >= 0x2C00 && r <= 0x2FEF || r >= 0x3001
	}
	return r >= 0xF900 && r <= 0xFDCF || r >= 0xFDF0 && r <= 0xFFFD || r >= 0x10000 && r <= 0xEFFFF
}

// isNameMore is NameChar of XML 1.0 (fifth edition), 2.3, above ASCII.
func isNameMore(r rune) bool {
	return isNameStart(r) || r == 0xB7 || r >= 0x300 && r <= 0x36F || r == 0x203F || r == 0x2040
}

// qname is a name as written, with the place of its first colon (-1 for none).
type qname struct {
	raw   string
	colon int
}

func (q qname) prefix() string {
	if q.colon < 0 {
		return ""
	}
	return q.raw[:q.colon]
}

func (q qname) local() string { return q.raw[q.colon+1:] }

// scanName reads a Name at the beginning of s. ok is false when there is none.
func scanName(s string) (q qname, ok bool) {
	q.colon = -1
	i := 0
	for i < len(s) {
		b := s[i]
		if b < utf8.RuneSelf {
			switch {
			case b == ':':
				if q.colon < 0 {
					q.colon = i
				}
			case asciiClass[b]&nameMore == 0, i == 0 && asciiClass[b]&nameStart == 0:
				q.raw = s[:i]
				return q, i > 0
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if i == 0 && !isNameStart(r) || !isNameMore(r) {
			break
		}
		i += size
	}
	q.raw = s[:i]
	return q, i > 0
}

// qualified says whether a name is a QName of Namespaces in XML 1.0: at most one
// colon, with a proper name on both sides of it.
func (q qname) qualified() bool {
	if q.colon < 0 {
		return true
	}
	local := q.local()
	if q.colon == 0 || local == "" {
		return false
	}
	again, ok := scanName(local)
	return ok && again.colon < 0
}
