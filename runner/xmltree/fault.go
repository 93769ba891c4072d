package xmltree

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// shownRunes bounds what of a document stands in a message.
const shownRunes = 60

// shown quotes text of a document for a message: bounded, without control
// characters.
func shown(s string) string {
	cut := ""
	n := 0
	for i := range s {
		if n++; n > shownRunes {
			s, cut = s[:i], "..."
			break
		}
	}
	return strconv.Quote(s) + cut
}

// fault makes an error that concerns the document as a whole.
func fault(kind Kind, format string, args ...any) *SyntaxError {
	return &SyntaxError{Line: 1, Column: 1, Kind: kind, Reason: fmt.Sprintf(format, args...)}
}

// faultAt makes an error at a byte offset of a document.
func faultAt(data []byte, offset int, kind Kind, format string, args ...any) *SyntaxError {
	before := data[:min(offset, len(data))]
	line := bytes.Count(before, []byte("\n")) + 1
	column := utf8.RuneCount(before[bytes.LastIndexByte(before, '\n')+1:]) + 1
	return &SyntaxError{Line: line, Column: column, Kind: kind, Reason: fmt.Sprintf(format, args...)}
}
