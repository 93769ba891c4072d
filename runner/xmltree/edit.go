package xmltree

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Splice replaces the bytes from Start to End of Document.UTF8 with Text, which is
// markup: use EscapeText for character data. Equal offsets insert.
type Splice struct {
	Start, End int
	Text       string
}

// Edit returns the document with the splices applied; every other byte stays as it
// is. Splices at the same place are applied in the order given. Where one lies
// inside of what another replaces, the outer one counts.
func Edit(doc *Document, edits ...Splice) []byte {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Splice) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(insertionFirst(a), insertionFirst(b)), cmp.Compare(b.End, a.End))
	})
	out := make([]byte, 0, len(doc.UTF8)+64*len(edits))
	done := 0
	for _, e := range sorted {
		if e.Start < done {
			continue
		}
		out = append(out, doc.UTF8[done:e.Start]...)
		out = append(out, e.Text...)
		done = e.End
	}
	return append(out, doc.UTF8[done:]...)
}

func insertionFirst(s Splice) int {
	if s.Start == s.End {
		return 0
	}
	return 1
}

// EscapeText escapes text so that it can stand between tags or, in either kind of
// quotes, in an attribute. Characters that XML does not allow become U+FFFD.
func EscapeText(s string) string {
	var b strings.Builder
	from := 0
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		if with := escaped(r, size); with != "" {
			b.WriteString(s[from:i])
			b.WriteString(with)
			from = i + size
		}
		i += size
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return b.String()
}

// escaped returns what stands for a character, or "" for itself.
func escaped(r rune, size int) string {
	switch r {
	case '&':
		return "&amp;"
	case '<':
		return "&lt;"
	case '>':
		return "&gt;"
	case '"':
		return "&#34;"
	case '\'':
		return "&#39;"
	case '\r': // a bare one would become a line feed
		return "&#13;"
	}
	if !isChar(r) || r == utf8.RuneError && size == 1 {
		return "\uFFFD"
	}
	return ""
}
