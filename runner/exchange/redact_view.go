package exchange

import (
	"bytes"
	"html"
	"unicode/utf8"
)

// view is what a reader of XML sees of a text: character references are the
// characters, and comments, processing instructions and the brackets of CDATA sections
// are not there. For each byte it knows the bytes of the text that it comes from.
type view struct {
	text       []byte
	start, end []int // by byte of text
}

// hasView says whether the view of a text can differ from the text. It looks for what
// is rare: there is an opening bracket in every tag.
func hasView(text []byte) bool {
	return bytes.IndexByte(text, '&') >= 0 || opens(text, '!', 0) || opens(text, '?', 1)
}

// opens says whether that byte follows an opening bracket at or after a place.
func opens(text []byte, second byte, from int) bool {
	for at := from + 1; at < len(text); at++ {
		next := bytes.IndexByte(text[at:], second)
		if next < 0 {
			return false
		}
		if at += next; text[at-1] == '<' && at > from {
			return true
		}
	}
	return false
}

func viewOf(text []byte) view {
	v := view{text: make([]byte, 0, len(text)), start: make([]int, 0, len(text)), end: make([]int, 0, len(text))}
	inside := false                       // of a CDATA section
	comments, instructions := "-->", "?>" // what ends them; empty when nothing more of the text does
	for i := 0; i < len(text); {
		size := 0
		switch {
		case inside && bytes.HasPrefix(text[i:], []byte("]]>")):
			inside, size = false, 3
		case inside:
		case text[i] == '&':
			if shown, length := reference(text[i:]); length > 0 {
				for j := range len(shown) {
					v.keep(shown[j], i, i+length)
				}
				size = length
			}
		case text[i] == '<':
			if bytes.HasPrefix(text[i:], []byte("<![CDATA[")) {
				inside, size = true, len("<![CDATA[")
			} else {
				size = max(unseen(text[i:], "<!--", &comments), unseen(text[i:], "<?", &instructions))
			}
		}
		if size == 0 {
			v.keep(text[i], i, i+1)
			size = 1
		}
		i += size
	}
	return v
}

func (v *view) keep(b byte, start, end int) {
	v.text, v.start, v.end = append(v.text, b), append(v.start, start), append(v.end, end)
}

// reference reads a character reference: what it stands for, and its length. A length
// of 0 means that there is none.
func reference(text []byte) (shown string, length int) {
	const longest = 12
	end := bytes.IndexByte(text[:min(len(text), longest)], ';')
	if end < 2 {
		return "", 0
	}
	name := string(text[:end+1])
	if shown = html.UnescapeString(name); shown == name || !utf8.ValidString(shown) {
		return "", 0
	}
	return shown, end + 1
}

// unseen is the length of what begins so and has an end; 0 where nothing does. Where no
// end is left it is not looked for again: a text may begin a million comments.
func unseen(text []byte, begin string, end *string) int {
	if *end == "" || !bytes.HasPrefix(text, []byte(begin)) {
		return 0
	}
	at := bytes.Index(text[len(begin):], []byte(*end))
	if at < 0 {
		*end = ""
		return 0
	}
	return len(begin) + at + len(*end)
}

// replace returns the text with some parts of the view replaced. Markup between the
// pieces of a part stays, so that what was well-formed still is.
func (v view) replace(text []byte, parts []match) []byte {
	if len(parts) == 0 {
		return text
	}
	out := make([]byte, 0, len(text))
	at := 0
	for _, part := range parts {
		for i := part.start; i < part.end; i++ {
			if v.start[i] < at {
				continue // of a reference that is gone already
			}
			out = append(out, text[at:v.start[i]]...)
			if i == part.start {
				out = append(out, redacted...)
			}
			at = v.end[i]
		}
	}
	return append(out, text[at:]...)
}
