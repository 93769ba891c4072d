package exchange

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// matcher finds many needles in one pass. A needle has at least minSecret bytes, so
// that of any eight bytes of a text every fifth begins a window of four that lies
// within a needle: a text is sampled there, and nothing else of it is looked at unless
// the window is one of a needle's first five.
type matcher struct {
	needles []needle
	filter  [1 << (filterBits - 6)]uint64 // windows that needles have, by hash
	windows map[uint32][]window
}

// window is a place in a needle where four bytes are.
type window struct{ needle, offset int }

const (
	filterBits = 15
	windowSize = 4
	stride     = minSecret - windowSize + 1
)

func newMatcher() *matcher { return &matcher{windows: map[uint32][]window{}} }

// add adds a needle. One that is too short is left out.
func (m *matcher) add(n needle) {
	if len(n.text) < minSecret {
		return
	}
	m.needles = append(m.needles, n)
	for offset := range stride {
		w := binary.LittleEndian.Uint32(n.text[offset:])
		m.windows[w] = append(m.windows[w], window{len(m.needles) - 1, offset})
		h := hash(w)
		m.filter[h>>6] |= 1 << (h & 63)
	}
}

func hash(w uint32) uint32 { return w * 0x9E3779B1 >> (32 - filterBits) }

// match is a needle's place in a text.
type match struct {
	start, end int
	needle     int
}

// find returns where needles are, from the first to the last, none overlapping: of
// those that overlap the one that begins first, and of these the longest. No more is
// kept than that: a text may hold needles at millions of places. A sample shows the
// needles that begin there or up to four bytes before, which no other sample shows.
func (m *matcher) find(text []byte) []match {
	var found, here []match
	end := 0 // of the last match
	for i := 0; i+windowSize <= len(text); i += stride {
		w := binary.LittleEndian.Uint32(text[i:])
		h := hash(w)
		if i < end || m.filter[h>>6]&(1<<(h&63)) == 0 {
			continue
		}
		here = here[:0]
		for _, at := range m.windows[w] {
			start, needle := i-at.offset, m.needles[at.needle].text
			if start >= end && bytes.HasPrefix(text[start:], needle) {
				here = append(here, match{start, start + len(needle), at.needle})
			}
		}
		for _, f := range apart(here) {
			found, end = append(found, f), f.end
		}
	}
	return found
}

// apart leaves out matches that overlap an earlier or longer one.
func apart(found []match) []match {
	slices.SortFunc(found, func(a, b match) int {
		if a.start != b.start {
			return a.start - b.start
		}
		return b.end - a.end
	})
	end := 0
	return slices.DeleteFunc(found, func(f match) bool {
		if f.start < end {
			return true
		}
		end = f.end
		return false
	})
}

// replace returns the text with every needle replaced; the text itself when it holds
// none.
func (m *matcher) replace(text []byte) []byte {
	found := m.find(text)
	if len(found) == 0 {
		return text
	}
	out := make([]byte, 0, len(text))
	at := 0
	for _, f := range found {
		out = append(append(out, text[at:f.start]...), m.needles[f.needle].replacement...)
		at = f.end
	}
	return append(out, text[at:]...)
}
