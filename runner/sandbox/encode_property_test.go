package sandbox

import (
	"testing"

	"esconform/runner/wire"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// spaces are namespaces of which a tree is drawn; the repetition makes changes
// from level to level, and back, likely.
var drawnSpaces = []string{"", wire.NSPmess, wire.NSPdata, wire.NSCommon, wire.NSBind, wire.NSSOAP, wire.NSWsu, wire.NSXsi, "urn:example:a", "urn:example:b"}

// drawElement draws a tree. The names mean nothing to any dialect.
func drawElement(t *rapid.T, depth int) *element {
	x := el(rapid.SampledFrom(drawnSpaces).Draw(t, "space"), rapid.SampledFrom([]string{"a", "b", "xmlish", "é"}).Draw(t, "local"))
	for i := range rapid.IntRange(0, 2).Draw(t, "attributes") {
		name := wire.Name{Space: rapid.SampledFrom(drawnSpaces).Draw(t, "attribute space"), Local: []string{"id", "note"}[i]}
		x.attrs = append(x.attrs, attr{name, rapid.String().Draw(t, "value")})
	}
	children := 0
	if depth < 5 {
		children = rapid.IntRange(0, 3).Draw(t, "children")
	}
	switch {
	case children > 0:
		for range children {
			x.children = append(x.children, drawElement(t, depth+1))
		}
	case rapid.IntRange(0, 9).Draw(t, "nil") == 0:
		x.nil_ = true
	default:
		x.text = rapid.String().Draw(t, "text")
	}
	return x
}

// tell returns what a reader is to understand of a tree.
func tell(x *element) *seen {
	s := &seen{Text: tellText(x.text), Attrs: meaningful(nil, nil)}
	s.Name.Space, s.Name.Local = x.name.Space, x.name.Local
	for _, a := range x.attrs {
		key := s.Name
		key.Space, key.Local = a.name.Space, a.name.Local
		s.Attrs[key] = tellText(a.value)
	}
	if x.nil_ {
		key := s.Name
		key.Space, key.Local = wire.NSXsi, "nil"
		s.Attrs[key] = "true"
	}
	for _, c := range x.children {
		s.Children = append(s.Children, tell(c))
	}
	return s
}

// tellText replaces what XML does not have.
func tellText(s string) string {
	runes := []rune(s)
	for i, r := range runes {
		if !allowed(r) {
			runes[i] = '\uFFFD'
		}
	}
	return string(runes)
}

// Any tree comes back the same in any combination of dialects, also those that
// no operation of today answers with.
func TestAnyTreeSurvivesAnyDialect(t *testing.T) {
	var names []string
	for _, d := range waysOfWriting() {
		names = append(names, d.Name)
	}
	rapid.Check(t, func(r *rapid.T) {
		dialects := rapid.SliceOfDistinct(rapid.SampledFrom(names), rapid.ID).Draw(r, "dialects")
		s := styleOf(dialects)
		a := answer{status: 200, body: drawElement(r, 0)}
		text := s.encoding.bytes(s.encode(a))
		envelope, err := read(decodeText(text))
		if err != nil {
			r.Fatalf("%v: %v\n%s", dialects, err, text)
		}
		neutralise(envelope, s)
		want := tell(a.body)
		neutralise(want, s)
		if diff := cmp.Diff(want, envelope.Children[len(envelope.Children)-1].Children[0]); diff != "" {
			r.Fatalf("%v: %s\n%s", dialects, diff, text)
		}
	})
}
