package html

import "strconv"

// share is one part of a bar.
type share struct {
	tone tone
	n    int
	word string // what n counts
}

// scale is the width of a bar in its own units, sliver the least width of a part that
// is there at all, and gap what lies between two parts.
const (
	scale  = 1000
	sliver = 8
	gap    = 3
)

// bar draws how a total is made up. It is for the eye alone: its values stand beside
// it as text. Sizes are attributes of SVG, because the content security policy allows
// no style attributes.
func (p *page) bar(shares []share) {
	total := 0
	for _, s := range shares {
		total += s.n
	}
	p.write(`<svg class="bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">`)
	if total == 0 {
		p.write(`<rect class="idle" width="1000" height="10"/>`)
	}
	x := 0
	for _, s := range widths(shares, total) {
		p.write(`<rect class="{}" x="{}" width="{}" height="10"/>`, string(s.tone), strconv.Itoa(x), strconv.Itoa(max(1, s.n-gap)))
		x += s.n
	}
	p.write(`</svg>`)
}

// widths gives the width of each part that is not zero; together they fill the scale.
func widths(shares []share, total int) []share {
	var drawn []share
	sum, widest := 0, 0
	for _, s := range shares {
		if s.n <= 0 || total <= 0 {
			continue
		}
		s.n = max(sliver, int(int64(s.n)*scale/int64(total)))
		drawn = append(drawn, s)
		sum += s.n
		if s.n > drawn[widest].n {
			widest = len(drawn) - 1
		}
	}
	if len(drawn) > 0 {
		drawn[widest].n += scale + gap - sum // the last gap lies outside
	}
	return drawn
}

// tally writes the values of a bar that are not zero: "12 passed, 1 failed".
func (p *page) tally(shares []share) {
	first := true
	for _, s := range shares {
		if s.n == 0 {
			continue
		}
		if !first {
			p.write(", ")
		}
		p.write(`<span class="value {}">{} {}</span>`, string(s.tone), number(s.n), s.word)
		first = false
	}
	if first {
		p.write(`<span class="value idle">none</span>`)
	}
}
