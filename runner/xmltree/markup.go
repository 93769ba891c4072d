package xmltree

import (
	"strconv"
	"strings"
)

// skipSpace passes over white space and says whether there was any.
func (p *parser) skipSpace() bool {
	start := p.pos
	for p.pos < len(p.src) && isSpace(p.src[p.pos]) {
		p.pos++
	}
	return p.pos > start
}

// take passes over s if it comes next.
func (p *parser) take(s string) bool {
	if !strings.HasPrefix(p.src[p.pos:], s) {
		return false
	}
	p.pos += len(s)
	return true
}

// endTag reads "</name>".
func (p *parser) endTag() *SyntaxError {
	if p.depth == 0 {
		return p.fault(WellFormed, "an end tag stands outside of the root element")
	}
	f := &p.frames[p.depth-1]
	start := p.pos
	q, _ := scanName(p.src[p.pos+len("</"):])
	if q.raw != f.name {
		return p.fault(WellFormed, "the end tag %s does not match the start tag %s of line %d", shown(q.raw), shown(f.name), f.node.Line)
	}
	p.pos += len("</") + len(q.raw)
	p.skipSpace()
	if !p.take(">") {
		return p.fault(WellFormed, "the end tag %s is not closed", shown(q.raw))
	}
	f.node.Text = f.text()
	f.node.InnerEnd, f.node.End = start, p.pos
	p.leave(f)
	return nil
}

// leave ends the innermost element.
func (p *parser) leave(f *frame) {
	p.scope.leave(f.bindings)
	p.depth--
	p.ended = p.depth == 0
}

// comment reads "<!-- -->" (XML 1.0, 2.5).
func (p *parser) comment() *SyntaxError {
	body := p.src[p.pos+len("<!--"):]
	end := strings.Index(body, "--")
	if end < 0 {
		return p.fault(WellFormed, "the comment is not closed")
	}
	if !strings.HasPrefix(body[end:], "-->") {
		return p.fault(WellFormed, "-- is not allowed in a comment")
	}
	p.pos += len("<!--") + end + len("-->")
	return nil
}

// instruction reads a processing instruction (XML 1.0, 2.6).
func (p *parser) instruction() *SyntaxError {
	q, ok := scanName(p.src[p.pos+len("<?"):])
	switch {
	case !ok:
		return p.fault(WellFormed, "a processing instruction has no name")
	case strings.EqualFold(q.raw, "xml"):
		return p.fault(WellFormed, "an XML declaration stands only at the very beginning")
	case q.colon >= 0:
		return p.fault(Namespace, "the name %s of a processing instruction holds a colon", shown(q.raw))
	}
	rest := p.src[p.pos+len("<?")+len(q.raw):]
	end := strings.Index(rest, "?>")
	if end < 0 {
		return p.fault(WellFormed, "the processing instruction %s is not closed", shown(q.raw))
	}
	if end > 0 && !isSpace(rest[0]) {
		return p.fault(WellFormed, "the name of a processing instruction holds a character that is not allowed")
	}
	p.pos = len(p.src) - len(rest) + end + len("?>")
	return nil
}

// cdata reads a CDATA section (XML 1.0, 2.7).
func (p *parser) cdata() *SyntaxError {
	if p.depth == 0 {
		return p.fault(WellFormed, "a CDATA section stands outside of the root element")
	}
	body := p.src[p.pos+len("<![CDATA["):]
	end := strings.Index(body, "]]>")
	if end < 0 {
		return p.fault(WellFormed, "the CDATA section is not closed")
	}
	p.frames[p.depth-1].append(normaliseLines(body[:end]))
	p.pos += len("<![CDATA[") + end + len("]]>")
	return nil
}

// normaliseLines makes every line end one line feed (XML 1.0, 2.11).
func normaliseLines(s string) string {
	if strings.IndexByte(s, '\r') < 0 {
		return s
	}
	return strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
}

// reference reads a character reference or one of the five predefined entities
// (XML 1.0, 4.1, 4.6). Others would need a document type declaration.
func (p *parser) reference() (rune, *SyntaxError) {
	end := p.pos + 1
	for end < len(p.src) && (p.src[end] == '#' || asciiClass[p.src[end]]&nameMore != 0) {
		end++
	}
	if end == len(p.src) || p.src[end] != ';' {
		return 0, p.fault(WellFormed, "a reference is not closed, or & is not escaped")
	}
	name := p.src[p.pos+1 : end]
	r, ok := resolve(name)
	if !ok {
		return 0, p.fault(WellFormed, "the reference %s is not known or not allowed", shown("&"+name+";"))
	}
	p.pos = end + 1
	return r, nil
}

func resolve(name string) (rune, bool) {
	switch name {
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "amp":
		return '&', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, ok := strings.CutPrefix(name, "#")
	if !ok {
		return 0, false
	}
	base := 10
	if hex, ok := strings.CutPrefix(digits, "x"); ok {
		digits, base = hex, 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n > 0x10FFFF || strings.ContainsAny(digits, "_+-") {
		return 0, false
	}
	return rune(n), isChar(rune(n))
}

// declaration reads the XML declaration, if there is one (XML 1.0, 2.8).
func (p *parser) declaration() *SyntaxError {
	const open = "<?xml"
	if !strings.HasPrefix(p.src, open) || len(p.src) == len(open) || !isSpace(p.src[len(open)]) {
		return nil
	}
	p.pos = len(open)
	if value, ok := p.pseudoAttr("version"); !ok || !isVersion(value) {
		return p.fault(WellFormed, "the XML declaration names no version 1.x")
	}
	if value, ok := p.pseudoAttr("encoding"); ok && !isEncodingName(value) {
		return p.fault(WellFormed, "the XML declaration's encoding %s is not a name", shown(value))
	}
	if value, ok := p.pseudoAttr("standalone"); ok && value != "yes" && value != "no" {
		return p.fault(WellFormed, "the XML declaration's standalone is neither yes nor no")
	}
	p.skipSpace()
	if !p.take("?>") {
		return p.fault(WellFormed, "the XML declaration holds something that is not allowed")
	}
	return nil
}

// pseudoAttr reads white space and name="value" if they come next.
func (p *parser) pseudoAttr(name string) (string, bool) {
	start := p.pos
	if !p.skipSpace() || !p.take(name) {
		p.pos = start
		return "", false
	}
	p.skipSpace()
	equals := p.take("=")
	p.skipSpace()
	if !equals || p.pos >= len(p.src) || p.src[p.pos] != '"' && p.src[p.pos] != '\'' {
		p.pos = start
		return "", false
	}
	rest := p.src[p.pos+1:]
	end := strings.IndexByte(rest, p.src[p.pos])
	if end < 0 {
		p.pos = start
		return "", false
	}
	p.pos += end + 2
	return rest[:end], true
}

func isVersion(s string) bool {
	minor, ok := strings.CutPrefix(s, "1.")
	return ok && minor != "" && strings.Trim(minor, "0123456789") == ""
}

func isEncodingName(s string) bool {
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || !(r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-')) {
			return false
		}
	}
	return s != ""
}
