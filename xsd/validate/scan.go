package validate

import "bytes"

// tagKind tells the kinds of markup that a scanner stops at.
type tagKind int

const (
	startTag    tagKind = iota
	emptyTag            // a start tag that ends with "/>"
	endTag              //
	doctype             // the beginning of a document type declaration
	interrupted         // markup that does not end, or that XML does not know; no parser gets past it
	finished            // no markup is left
)

// tag is one tag of a document, as byte offsets.
type tag struct {
	kind       tagKind
	start, end int // from "<" to behind ">"
	nameEnd    int // behind the name of a start tag
	attributes int // number of quoted values in a start tag
}

// scanner finds the tags of a document, without building anything and without
// checking more than it needs. It reads a well-formed document exactly as a
// parser does; on any other it ends no later than a parser would.
type scanner struct {
	data []byte
	pos  int
}

// next returns the next tag; text, comments, CDATA sections and processing
// instructions are passed over.
func (s *scanner) next() tag {
	for {
		i := bytes.IndexByte(s.data[s.pos:], '<')
		if i < 0 {
			s.pos = len(s.data)
			return tag{kind: finished, start: s.pos, end: s.pos}
		}
		s.pos += i
		t, passed := s.markup()
		if passed {
			continue
		}
		s.pos = t.end
		return t
	}
}

// markup reads what begins at the current "<". It reports true when it passed
// over something that is no tag.
func (s *scanner) markup() (tag, bool) {
	rest := s.data[s.pos:]
	switch {
	case bytes.HasPrefix(rest, []byte("</")):
		return s.closing(rest)
	case bytes.HasPrefix(rest, []byte("<!--")):
		return s.pass(rest, 4, "-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		return s.pass(rest, 9, "]]>")
	case bytes.HasPrefix(rest, []byte("<?")):
		return s.pass(rest, 2, "?>")
	case bytes.HasPrefix(rest, []byte("<!DOCTYPE")):
		return tag{kind: doctype, start: s.pos, end: s.pos + 9}, false
	case bytes.HasPrefix(rest, []byte("<!")):
		return s.interrupted(), false
	}
	return s.opening(rest)
}

// pass moves behind the end mark of something that is no tag.
func (s *scanner) pass(rest []byte, from int, mark string) (tag, bool) {
	i := bytes.Index(rest[from:], []byte(mark))
	if i < 0 {
		return s.interrupted(), false
	}
	s.pos += from + i + len(mark)
	return tag{}, true
}

func (s *scanner) closing(rest []byte) (tag, bool) {
	i := bytes.IndexByte(rest, '>')
	if i < 0 {
		return s.interrupted(), false
	}
	return tag{kind: endTag, start: s.pos, end: s.pos + i + 1}, false
}

// opening reads a start tag. A ">" inside a quoted value does not end it.
func (s *scanner) opening(rest []byte) (tag, bool) {
	i := 1
	for i < len(rest) && !endsName(rest[i]) {
		i++
	}
	t := tag{kind: startTag, start: s.pos, nameEnd: s.pos + i}
	for i < len(rest) {
		switch c := rest[i]; c {
		case '>':
			if rest[i-1] == '/' {
				t.kind = emptyTag
			}
			t.end = s.pos + i + 1
			return t, false
		case '"', '\'':
			j := bytes.IndexByte(rest[i+1:], c)
			if j < 0 {
				return s.interrupted(), false
			}
			t.attributes++
			i += j + 1
		case '<':
			return s.interrupted(), false
		}
		i++
	}
	return s.interrupted(), false
}

func (s *scanner) interrupted() tag {
	return tag{kind: interrupted, start: s.pos, end: len(s.data)}
}

// endsName says whether a byte ends the name in a start tag.
func endsName(c byte) bool {
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '>' || c == '/'
}
