package html

import (
	"unicode"
	"unicode/utf8"
)

// piece is a part of a line; it differs when the other line does not have it.
type piece struct {
	text    string
	differs bool
}

// mostWords bounds the comparison of two lines, whose cost is the product of their
// numbers of words; longer lines differ as a whole between their common ends.
const mostWords = 250

// compare says which words of two lines the other does not have, keeping the longest
// common sequence of words.
func compare(a, b string) (fromA, fromB []piece) {
	x, y := words(a), words(b)
	head := 0
	for head < len(x) && head < len(y) && x[head] == y[head] {
		head++
	}
	tail := 0
	for tail < len(x)-head && tail < len(y)-head && x[len(x)-1-tail] == y[len(y)-1-tail] {
		tail++
	}
	commonX, commonY := common(x[head:len(x)-tail], y[head:len(y)-tail])
	return pieces(x, head, tail, commonX), pieces(y, head, tail, commonY)
}

// words cuts a line into words and single other characters.
func words(s string) []string {
	var list []string
	for start := 0; start < len(s); {
		end := start
		for end < len(s) {
			r, size := utf8.DecodeRuneInString(s[end:])
			letter := unicode.IsLetter(r) || unicode.IsDigit(r)
			if letter || end == start {
				end += size
			}
			if !letter {
				break
			}
		}
		list = append(list, s[start:end])
		start = end
	}
	return list
}

// common says which words of each list belong to the longest sequence of both.
func common(x, y []string) (inX, inY []bool) {
	inX, inY = make([]bool, len(x)), make([]bool, len(y))
	if len(x) > mostWords || len(y) > mostWords {
		return inX, inY
	}
	longest := make([][]int, len(x)+1) // of x[i:] and y[j:]
	for i := range longest {
		longest[i] = make([]int, len(y)+1)
	}
	for i := len(x) - 1; i >= 0; i-- {
		for j := len(y) - 1; j >= 0; j-- {
			if x[i] == y[j] {
				longest[i][j] = longest[i+1][j+1] + 1
			} else {
				longest[i][j] = max(longest[i+1][j], longest[i][j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(x) && j < len(y); {
		switch {
		case x[i] == y[j]:
			inX[i], inY[j] = true, true
			i, j = i+1, j+1
		case longest[i+1][j] >= longest[i][j+1]:
			i++
		default:
			j++
		}
	}
	return inX, inY
}

// pieces joins neighbours that are alike. The first head and the last tail words are
// common; shared says it of those between.
func pieces(words []string, head, tail int, shared []bool) []piece {
	list := []piece{}
	for i, word := range words {
		differs := i >= head && i < len(words)-tail && !shared[i-head]
		if n := len(list); n > 0 && list[n-1].differs == differs {
			list[n-1].text += word
			continue
		}
		list = append(list, piece{word, differs})
	}
	return list
}
