package judge

import (
	"bytes"
	"sort"

	"esconform/reports"
	"esconform/runner/xmltree"
)

// The bounds of an excerpt: lines before and after the place, and characters of a
// line from which it is broken before its next element.
const (
	excerptContext = 4
	excerptWidth   = 160
)

// excerpt is the part of a response around a place: an element, or a line when there
// is none. It is nil when the response could not be read or no place is known.
func excerpt(doc *xmltree.Document, node *xmltree.Node, line int) []reports.ExcerptLine {
	if doc == nil || node == nil && line <= 0 {
		return nil
	}
	start := lineStart(doc.UTF8, line)
	if node != nil {
		start = node.Start
	}
	shownLines := displayLines(doc)
	place := sort.Search(len(shownLines), func(i int) bool { return shownLines[i].start > start }) - 1
	if place < 0 {
		return nil
	}
	var lines []reports.ExcerptLine
	for i := max(0, place-excerptContext); i <= min(len(shownLines)-1, place+excerptContext); i++ {
		text := doc.UTF8[shownLines[i].start:shownLines[i].end]
		lines = append(lines, reports.ExcerptLine{Number: shownLines[i].number, Text: shown(string(bytes.TrimRight(text, "\r\n"))), Marked: i == place})
	}
	return lines
}

// piece is a part of a document that is shown as one line.
type piece struct{ start, end, number int }

// displayLines cuts a document into its lines, and a long line before each of its
// elements: many endpoints write all on one.
func displayLines(doc *xmltree.Document) []piece {
	var pieces []piece
	next := 0 // the first element that may begin in the line
	for start, number := 0, 1; start < len(doc.UTF8); number++ {
		end := len(doc.UTF8)
		if i := bytes.IndexByte(doc.UTF8[start:], '\n'); i >= 0 {
			end = start + i + 1
		}
		long := end-start > excerptWidth
		for ; next < len(doc.Nodes) && doc.Nodes[next].Start < end; next++ {
			if at := doc.Nodes[next].Start; long && at > start {
				pieces = append(pieces, piece{start, at, number})
				start = at
			}
		}
		pieces = append(pieces, piece{start, end, number})
		start = end
	}
	return pieces
}

// lineStart is the offset of a line's first byte, or of the last line's when there
// are fewer.
func lineStart(text []byte, line int) int {
	start := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(text[start:], '\n')
		if i < 0 {
			break
		}
		start += i + 1
	}
	return start
}
