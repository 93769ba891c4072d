package profile

import (
	"fmt"
	"slices"
	"strings"
)

// suggest returns a clause that names the known word closest to an unknown one, or
// the list of all when none is close.
func suggest(word string, known []string) string {
	known = slices.Sorted(slices.Values(known))
	best, distance := "", 3
	for _, k := range known {
		if len(word) > 2 && strings.HasPrefix(k, word) {
			best, distance = k, 0
		}
		if d := editDistance(word, k); d < distance {
			best, distance = k, d
		}
	}
	if best == "" {
		return fmt.Sprintf("known are %s", strings.Join(known, ", "))
	}
	return fmt.Sprintf("did you mean %q?", best)
}

// editDistance is the Levenshtein distance of two words.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		previous := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			previous, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, previous+cost)
		}
	}
	return row[len(b)]
}
