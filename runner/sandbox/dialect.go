package sandbox

import "encoding/binary"

// A way is a dialect that changes only how answers are written.
type way struct {
	Dialect
	apply func(*style)
}

// ways lists the ways of writing, in the order in which they are applied: of
// two that contradict each other, the later one counts.
var ways = [...]way{
	{Dialect{Name: "all-prefixed", Title: "Every element has a prefix, declared on the Envelope."},
		func(s *style) { s.naming = &prefixedNaming }},
	{Dialect{Name: "unusual-prefixes", Title: "Prefixes are unusual, or mean something else in other messages."},
		func(s *style) { s.naming = &unusualNaming }},
	{Dialect{Name: "rebound-prefixes", Title: "One prefix stands for different namespaces at different levels."},
		func(s *style) { s.naming = &reboundNaming }},
	{Dialect{Name: "default-namespaces", Title: "No element has a prefix, the Envelope included."},
		func(s *style) { s.naming = &defaultNaming }},
	{Dialect{Name: "moved-declarations", Title: "Namespaces are declared on the Envelope, some of them unused."},
		func(s *style) { s.naming = &hoistedNaming }},
	{Dialect{Name: "attribute-order", Title: "Attributes come in the other order, in apostrophes, with white space inside tags."},
		func(s *style) { s.markup.reversed = true }},
	{Dialect{Name: "pretty-printed", Title: "White space between elements and line breaks around the text of a description."},
		func(s *style) { s.markup.indented = true }},
	{Dialect{Name: "xml-declaration", Title: "The document begins with an XML declaration."},
		func(s *style) { s.markup.declared = true }},
	{Dialect{Name: "start-and-end-tags", Title: "Empty elements have a start tag and an end tag."},
		func(s *style) { s.markup.spelledOut = true }},
	{Dialect{Name: "comments-and-cdata", Title: "Texts are written with comments, CDATA sections and character references."},
		func(s *style) { s.markup.mixed = true }},
	{Dialect{Name: "xsi-type", Title: "Texts of type string say so with xsi:type."},
		func(s *style) { s.markup.typed = true }},
	{Dialect{Name: "schema-location", Title: "The Envelope hints at the place of a schema."},
		func(s *style) { s.markup.schemaHints = true }},
	{Dialect{Name: "numeric-booleans", Title: "True and false are written 1 and 0."},
		func(s *style) { s.markup.oneForTrue = true }},
	{Dialect{Name: "extra-header", Title: "Two header blocks more: an Action, and a foreign one that nobody has to understand."},
		func(s *style) { s.headers.foreign = true }},
	{Dialect{Name: "no-security-header", Title: "Answers carry no Security header."},
		func(s *style) { s.headers.unsecured = true }},
	{Dialect{Name: "bom", Title: "Answers are UTF-8 with a byte order mark."},
		func(s *style) { s.encoding = encoding{ordered: true} }},
	{Dialect{Name: "utf-16", Title: "Answers are UTF-16, little-endian, with a byte order mark."},
		func(s *style) { s.encoding = encoding{name: "utf-16", order: binary.LittleEndian} }},
	{Dialect{Name: "utf-16-be", Title: "Answers are UTF-16, big-endian, with a byte order mark."},
		func(s *style) { s.encoding = encoding{name: "utf-16", order: binary.BigEndian} }},
	{Dialect{Name: "chunked", Title: "Answers are sent in small pieces, without a declared length."},
		func(s *style) { s.chunked = true }},
	{Dialect{Name: "gzip", Title: "Answers are compressed when the request accepts that."},
		func(s *style) { s.compressed = true }},
}

// waysOfWriting returns the dialects that only change how an answer is
// written.
func waysOfWriting() []Dialect {
	list := make([]Dialect, len(ways))
	for i, w := range ways {
		list[i] = w.Dialect
	}
	return list
}

// styleOf puts the style together that the named dialects make. Names that are
// not ways of writing are ignored; the order of the names does not matter.
func styleOf(dialects []string) style {
	var s style
	for _, w := range ways {
		for _, name := range dialects {
			if name == w.Name {
				w.apply(&s)
			}
		}
	}
	return s
}
