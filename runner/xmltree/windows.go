package xmltree

import "unicode/utf8"

// high1252 are the characters of windows-1252 from 0x80 to 0x9F, where it differs
// from ISO-8859-1; zero where it has none.
var high1252 = [32]rune{
	'€', 0, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0, 'Ž', 0,
	0, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0, 'ž', 'Ÿ',
}

func from1252(data []byte) ([]byte, *SyntaxError) {
	out := make([]byte, 0, len(data)+len(data)/8)
	for i, b := range data {
		r := rune(b)
		if b >= 0x80 && b <= 0x9F {
			if r = high1252[b-0x80]; r == 0 {
				return nil, faultAt(data, i, Encoding, "byte 0x%02X is not windows-1252", b)
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return out, nil
}
