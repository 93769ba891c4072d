package known

import (
	"bytes"
	"strings"
)

// paper is the text of a list, line by line.
type paper struct {
	lines   []string // with their ends
	gone    []bool
	entries []span
	end     string // of a line
	apart   bool   // an empty line stands between entries
}

// span is where an entry stands: its comments from lead, itself from start, and what
// comes after it from end.
type span struct{ lead, start, end, indent int }

// split finds the lines of the entries.
func split(text []byte, l List) (*paper, error) {
	p := &paper{end: "\n", apart: true}
	if bytes.Contains(text, []byte("\r\n")) {
		p.end = "\r\n"
	}
	for line := range strings.Lines(string(text)) {
		p.lines = append(p.lines, line)
	}
	p.gone = make([]bool, len(p.lines))
	for _, e := range l.Entries {
		start, ok := p.hyphen(e.Line - 1)
		if !ok {
			return nil, ErrNotEditable
		}
		p.entries = append(p.entries, span{start: start, indent: indent(p.lines[start])})
	}
	for i := range p.entries {
		if i > 0 && p.entries[i].start <= p.entries[i-1].start {
			return nil, ErrNotEditable // two entries on one line
		}
		p.bound(i)
	}
	for i := range max(0, len(p.entries)-1) {
		p.apart = p.apart && p.entries[i+1].lead > p.entries[i].end
	}
	return p, nil
}

// hyphen finds the line on which an entry begins: that of its first key, or one above
// with the hyphen alone, and nothing but comments between.
func (p *paper) hyphen(at int) (int, bool) {
	if at < len(p.lines) && strings.HasPrefix(strings.TrimSpace(p.lines[at]), "- ") {
		return at, true
	}
	for at--; at >= 0; at-- {
		switch body, _, _ := strings.Cut(p.lines[at], "#"); strings.TrimSpace(body) {
		case "-":
			return at, true
		case "":
		default:
			return 0, false
		}
	}
	return 0, false
}

// bound finds where an entry ends, and where the comments above it begin.
func (p *paper) bound(i int) {
	e, end, above := &p.entries[i], len(p.lines), 0
	if i+1 < len(p.entries) {
		end = p.entries[i+1].start
	}
	for end > e.start+1 && p.between(end-1, e.indent) {
		end--
	}
	if i > 0 {
		above = p.entries[i-1].end
	}
	e.end, e.lead = end, e.start
	for e.lead > above && strings.HasPrefix(strings.TrimSpace(p.lines[e.lead-1]), "#") {
		e.lead--
	}
	if e.lead == 0 {
		e.lead = e.start // the head of the file
	}
}

// between says whether a line belongs to no entry: it is empty, a comment that is not
// indented deeper than entries are, or the end of the document.
func (p *paper) between(at, depth int) bool {
	body := strings.TrimSpace(p.lines[at])
	return body == "" || body == "..." || strings.HasPrefix(body, "#") && indent(p.lines[at]) <= depth
}

// remove takes an entry out, with its comments and the empty lines that would stand
// beside others.
func (p *paper) remove(i int) {
	e := p.entries[i]
	for at := e.lead; at < e.end; at++ {
		p.gone[at] = true
	}
	before, after := p.left(e.lead-1, -1), p.left(e.end, 1)
	for before < 0 || p.blank(before) {
		if !p.blank(after) {
			break
		}
		p.gone[after] = true
		after = p.left(after, 1)
	}
	for after == len(p.lines) && p.blank(before) {
		p.gone[before] = true
		before = p.left(before, -1)
	}
}

// left finds the next line that is not gone, upwards or downwards.
func (p *paper) left(at, step int) int {
	for at >= 0 && at < len(p.lines) && p.gone[at] {
		at += step
	}
	return at
}

func (p *paper) blank(at int) bool {
	return at >= 0 && at < len(p.lines) && strings.TrimSpace(p.lines[at]) == ""
}

// join puts the text together again.
func (p *paper) join() []byte {
	var out bytes.Buffer
	for i, line := range p.lines {
		if !p.gone[i] {
			out.WriteString(line)
		}
	}
	return out.Bytes()
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }
