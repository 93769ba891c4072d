package sandbox

import (
	"net/http"
	"sync"

	"esconform/runner/wire"
)

// A style is a way to write an answer. The zero value writes as the recorded
// answers of the true service do; every other value is put together by styleOf
// from dialects and says the same in other bytes.
type style struct {
	naming     *naming // which prefixes; nil: the documented ones
	markup     markup
	encoding   encoding
	headers    headers
	chunked    bool // sent in small pieces, without a declared length
	compressed bool // gzip, when the request accepts it
}

// write sends the answer. It carries out a.corrupt, when that is set, and
// leaves everything else as the style has it. Errors of the connection are the
// client's to notice: there is nobody else to tell.
func (s style) write(w http.ResponseWriter, r *http.Request, a answer) {
	e := encoders.Get().(*encoder)
	defer release(e)
	a = corruptAnswer(a)
	e.begin(s)
	e.document(a)
	s.send(w, r, a, corruptBytes(a.corrupt, e.buf))
}

// encode returns the answer as UTF-8 text, before encoding and transport.
func (s style) encode(a answer) []byte {
	e := new(encoder)
	e.begin(s)
	e.document(corruptAnswer(a))
	return corruptBytes(a.corrupt, e.buf)
}

// largestKept bounds the buffers that wait for the next answer, so that one
// large answer does not occupy memory for good.
const largestKept = 1 << 18

var encoders = sync.Pool{New: func() any { return new(encoder) }}

// release keeps the encoder's buffers for the next answer, but nothing of this
// one.
func release(e *encoder) {
	if cap(e.buf) > largestKept {
		return
	}
	clear(e.blocks)
	e.header, e.body, e.content = element{}, element{}, [2]*element{}
	encoders.Put(e)
}

// An encoder writes one document. It is used again for the next one, with its
// buffers.
type encoder struct {
	buf      []byte
	style    style
	naming   *naming
	scope    []binding // declarations in force, innermost last
	pairs    []pair    // attributes and declarations of the tag being written
	tag      string    // prefix of its name
	leaves   int       // leaves written so far; the mixed markup takes turns by it
	envelope element
	parts    []*element // children of the Envelope
	header   element
	blocks   []*element // children of the Header
	body     element
	content  [2]*element // children of the Body
}

func (e *encoder) begin(s style) {
	e.buf, e.scope, e.pairs, e.leaves = e.buf[:0], e.scope[:0], e.pairs[:0], 0
	e.style, e.naming = s, s.naming
	if e.naming == nil {
		e.naming = &documentedNaming
	}
}

// document writes the whole answer, from the XML declaration to the end of the
// Envelope.
func (e *encoder) document(a answer) {
	e.declaration()
	if e.style.markup.mixed {
		e.raw("<!-- before the envelope -->")
	}
	e.element(e.wrap(a), 0)
	if e.style.markup.mixed {
		e.raw("<!-- after the envelope -->")
	}
	if e.style.markup.indented {
		e.raw("\n")
	}
}

// wrap puts the Envelope around the answer's parts. The Envelope lives in the
// encoder, so that an answer costs no memory for it.
func (e *encoder) wrap(a answer) *element {
	space := wire.NSSOAP
	if a.corrupt == corruptSOAP12 {
		space = wire.NSSOAP12
	}
	e.parts, e.blocks = e.parts[:0], e.style.headers.apply(e.blocks[:0], a)
	if len(e.blocks) > 0 {
		e.header = element{name: wire.Name{Space: space, Local: "Header"}, children: e.blocks}
		e.parts = append(e.parts, &e.header)
	}
	e.content[0], e.content[1] = a.body, a.body
	content := e.content[:1]
	if a.corrupt == corruptSecondChild {
		content = e.content[:2]
	}
	e.body = element{name: wire.Name{Space: space, Local: "Body"}, children: content}
	e.parts = append(e.parts, &e.body)
	e.envelope = element{name: wire.Name{Space: space, Local: "Envelope"}, children: e.parts}
	if a.corrupt == corruptEnvelopeRoot {
		return &element{name: wire.Name{Local: "wrapper"}, children: []*element{&e.envelope}}
	}
	return &e.envelope
}

// declaration writes the XML declaration where the style or the encoding needs
// one; the recorded answers have none.
func (e *encoder) declaration() {
	switch {
	case e.style.encoding.name != "":
		e.raw(`<?xml version="1.0" encoding="`, e.style.encoding.name, `"?>`)
	case e.style.markup.declared:
		e.raw(`<?xml version='1.0' encoding='utf-8' standalone='yes' ?>`)
	default:
		return
	}
	if e.style.markup.indented {
		e.raw("\n")
	}
}

func (e *encoder) raw(parts ...string) {
	for _, p := range parts {
		e.buf = append(e.buf, p...)
	}
}
