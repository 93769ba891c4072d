package validate

import (
	"bytes"
	"strconv"
	"strings"
)

// attribute is an attribute of a start tag, its name as written.
type attribute struct{ name, value string }

// scope holds the namespaces that one element declares, by prefix; the default
// namespace has the empty prefix.
type scope struct{ namespaces map[string]string }

// read fills the scope with the declarations of a start tag and returns its other
// attributes.
func (s *scope) read(markup []byte) []attribute {
	s.namespaces = nil
	var others []attribute
	eachAttribute(markup, func(name, value string) {
		prefix, declares := strings.CutPrefix(name, "xmlns:")
		switch {
		case name == "xmlns":
			prefix = ""
		case !declares:
			others = append(others, attribute{name, value})
			return
		}
		if s.namespaces == nil {
			s.namespaces = make(map[string]string, 4)
		}
		s.namespaces[prefix] = value
	})
	return others
}

// tagName is the name in a start tag, as written.
func tagName(markup []byte) string {
	i := 1
	for i < len(markup) && !endsName(markup[i]) {
		i++
	}
	return string(markup[1:i])
}

// eachAttribute calls f with the name and the normalised value of each attribute
// of a start tag.
func eachAttribute(markup []byte, f func(name, value string)) {
	rest := markup[1+len(tagName(markup)):]
	for {
		open := bytes.IndexAny(rest, `"'`)
		if open < 0 {
			return
		}
		length := bytes.IndexByte(rest[open+1:], rest[open])
		if length < 0 {
			return
		}
		name := strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(string(rest[:open])), "="))
		f(name, attributeValue(string(rest[open+1:open+1+length])))
		rest = rest[open+length+2:]
	}
}

var blanks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ", "\t", " ")

// attributeValue resolves the references in an attribute's text (XML 1.0, 3.3.3).
// What is no reference stays as it is; a parser refuses it anyway.
func attributeValue(text string) string {
	text = blanks.Replace(text)
	if !strings.Contains(text, "&") {
		return text
	}
	var out strings.Builder
	for {
		before, after, found := strings.Cut(text, "&")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, behind, closed := strings.Cut(after, ";")
		if r, ok := reference(name); closed && ok {
			out.WriteRune(r)
			text = behind
			continue
		}
		out.WriteByte('&')
		text = after
	}
}

// reference returns the character that a predefined entity or a character
// reference stands for.
func reference(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	digits, base := "", 10
	if d, ok := strings.CutPrefix(name, "#x"); ok {
		digits, base = d, 16
	} else if d, ok := strings.CutPrefix(name, "#"); ok {
		digits = d
	}
	n, err := strconv.ParseUint(digits, base, 21)
	return rune(n), err == nil
}
