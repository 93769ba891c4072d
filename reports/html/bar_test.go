package html

import (
	"testing"

	"pgregory.net/rapid"
)

func TestThePartsOfABarFillIt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 1_000_000), 1, 8).Draw(t, "counts")
		var shares []share
		total, there := 0, 0
		for _, n := range counts {
			shares = append(shares, share{good, n, "x"})
			total += n
			if n > 0 {
				there++
			}
		}
		drawn, sum := widths(shares, total), 0
		for _, s := range drawn {
			sum += s.n
			if s.n < sliver {
				t.Fatalf("a part of %v is %d wide", counts, s.n)
			}
		}
		if len(drawn) != there || there > 0 && sum != scale+gap {
			t.Fatalf("%v: %d parts, %d wide", counts, len(drawn), sum)
		}
	})
}
