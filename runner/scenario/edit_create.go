package scenario

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// create returns the edits that append what is missing on a path.
func create(doc *xmltree.Document, from *xmltree.Node, inHeader bool, a Assignment) ([]xmltree.Splice, error) {
	steps := splitPath(a.Path)
	if from == nil {
		if !inHeader {
			return nil, fmt.Errorf("the Body holds no request element")
		}
		return createBlock(doc, steps, a.Value)
	}
	for k := len(steps) - 1; k >= 0; k-- {
		path := "."
		if k > 0 {
			path = strings.Join(steps[:k], "/")
		}
		ancestor, _, err := ParsePath(path)
		if err != nil {
			return nil, err
		}
		matches := ancestor.Select(from)
		if len(matches) > 1 {
			return nil, fmt.Errorf("%s leads to %d places; choose one with [n] or [path='value']", path, len(matches))
		}
		if len(matches) == 1 {
			return appendTo(doc, matches[0].Node, steps[k:], a.Value)
		}
	}
	return nil, fmt.Errorf("there is nothing that could be appended to")
}

// createBlock makes the request's header block, and a soap:Header when there is none.
func createBlock(doc *xmltree.Document, steps []string, value string) ([]xmltree.Splice, error) {
	steps = append([]string{"bind:syncRequestHeaderInfo"}, steps...)
	if header := doc.Root.Child(soapName("Header")); header != nil {
		return appendTo(doc, header, steps, value)
	}
	b := builder{scope: scopeOf(doc, doc.Root)}
	markup, err := b.elements(append([]string{"soap:Header"}, steps...), value)
	if err != nil {
		return nil, err
	}
	at := doc.Root.Child(soapName("Body")).Start
	return []xmltree.Splice{{Start: at, End: at, Text: markup}}, nil
}

// appendTo appends new elements, or an attribute, to an element.
func appendTo(doc *xmltree.Document, n *xmltree.Node, steps []string, value string) ([]xmltree.Splice, error) {
	t := scanTag(doc, n)
	if strings.HasPrefix(steps[0], "@") {
		text, err := attribute(steps[0], value, t.scope)
		at := t.insideTag()
		return []xmltree.Splice{{Start: at, End: at, Text: text}}, err
	}
	b := builder{scope: t.scope, siblings: n.Children}
	markup, err := b.elements(steps, value)
	if err != nil {
		return nil, err
	}
	edits := t.withoutNil()
	if t.selfClosing {
		return append(edits, t.open(markup)), nil
	}
	at := n.InnerEnd
	if len(n.Children) > 0 {
		at = n.Children[len(n.Children)-1].End
	}
	return append(edits, xmltree.Splice{Start: at, End: at, Text: markup}), nil
}

// builder writes new elements.
type builder struct {
	scope    scope
	siblings []*xmltree.Node // what the first new element stands beside
}

// elements writes an element for each step, the value in the last one.
func (b builder) elements(steps []string, value string) (string, error) {
	name, predicates, err := splitStep(steps[0])
	if err != nil {
		return "", err
	}
	written, attributes, inner, err := b.name(name)
	if err != nil {
		return "", err
	}
	content := ""
	add := func(steps []string, value string) error {
		made, err := inner.inside(steps, value)
		attributes += made.attributes
		content += made.content
		return err
	}
	for _, p := range predicates {
		if p.path == "" {
			if there := b.count(name); p.place != there+1 {
				return "", fmt.Errorf("%s cannot be added: there are %d of it", steps[0], there)
			}
		} else if err := add(splitPath(p.path), p.value); err != nil {
			return "", err
		}
	}
	if err := add(steps[1:], value); err != nil {
		return "", err
	}
	if content == "" {
		return "<" + written + attributes + "/>", nil
	}
	return "<" + written + attributes + ">" + content + "</" + written + ">", nil
}

// made is what goes into an element.
type made struct{ attributes, content string }

// inside writes what steps and a value put into an element: its text, an attribute
// or further elements.
func (b builder) inside(steps []string, value string) (made, error) {
	switch {
	case len(steps) == 0:
		return made{content: xmltree.EscapeText(value)}, nil
	case strings.HasPrefix(steps[0], "@"):
		text, err := attribute(steps[0], value, b.scope)
		return made{attributes: text}, err
	}
	text, err := b.elements(steps, value)
	return made{content: text}, err
}

// count counts the siblings of that name.
func (b builder) count(name string) int {
	wanted, _ := wire.ParseName(name)
	n := 0
	for _, s := range b.siblings {
		if s.Name.Space == wanted.Space && s.Name.Local == wanted.Local {
			n++
		}
	}
	return n
}

// name returns how an element is written in the scope, with the declaration that it
// needs, and the builder for what stands inside of it.
func (b builder) name(prefixed string) (written, declaration string, inner builder, err error) {
	name, err := wire.ParseName(prefixed)
	if err != nil {
		return "", "", builder{}, err
	}
	inner = builder{scope: maps.Clone(b.scope)}
	if b.scope[""] == name.Space {
		return name.Local, "", inner, nil
	}
	if name.Space == "" {
		inner.scope[""] = ""
		return name.Local, ` xmlns=""`, inner, nil
	}
	if prefix, ok := b.scope.prefix(name.Space); ok {
		return prefix + ":" + name.Local, "", inner, nil
	}
	prefix, _, _ := strings.Cut(prefixed, ":")
	inner.scope[prefix] = name.Space
	return prefixed, " xmlns:" + prefix + `="` + name.Space + `"`, inner, nil
}

// prefix returns the first prefix in scope, by name, that stands for a namespace.
func (s scope) prefix(space string) (string, bool) {
	for _, prefix := range slices.Sorted(maps.Keys(s)) {
		if prefix != "" && s[prefix] == space {
			return prefix, true
		}
	}
	return "", false
}

// attribute writes "@prefix:name" with a value, and the declaration that it needs,
// which is in scope then.
func attribute(step, value string, in scope) (string, error) {
	prefixed := strings.TrimPrefix(step, "@")
	name, err := wire.ParseName(prefixed)
	if err != nil {
		return "", err
	}
	pair := `="` + xmltree.EscapeText(value) + `"`
	if name.Space == "" {
		return " " + name.Local + pair, nil
	}
	if prefix, ok := in.prefix(name.Space); ok {
		return " " + prefix + ":" + name.Local + pair, nil
	}
	prefix, _, _ := strings.Cut(prefixed, ":")
	in[prefix] = name.Space
	return " xmlns:" + prefix + `="` + name.Space + `" ` + prefixed + pair, nil
}

// stepPredicate is "[place]" where path is empty, else "[path='value']".
type stepPredicate struct {
	place       int
	path, value string
}

// splitPath divides a path that is known to parse into its steps.
func splitPath(path string) []string { return splitOutside(path, '/') }

// splitStep divides a step into its name and its predicates.
func splitStep(step string) (string, []stepPredicate, error) {
	name, rest, _ := strings.Cut(step, "[")
	if name == "." {
		return "", nil, fmt.Errorf("%q cannot be made", step)
	}
	var out []stepPredicate
	for rest != "" {
		text := splitOutside("["+rest, ']')[0][1:]
		rest = strings.TrimPrefix(rest[len(text)+1:], "[")
		if n, err := strconv.Atoi(text); err == nil {
			out = append(out, stepPredicate{place: n})
			continue
		}
		sides := splitOutside(text, '=')
		value := strings.Join(sides[1:], "=")
		if sides[0] == "." {
			return "", nil, fmt.Errorf("%q cannot be made; set its text instead", step)
		}
		out = append(out, stepPredicate{path: sides[0], value: value[1 : len(value)-1]})
	}
	return name, out, nil
}

// splitOutside divides a text at a character that stands outside of quotes and of
// inner brackets.
func splitOutside(text string, at byte) []string {
	var out []string
	var quote byte
	depth, start := 0, 0
	for i := range len(text) {
		c := text[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case c == '\'' || c == '"':
			quote = c
			continue
		case c == '[':
			depth++
		case c == ']':
			depth--
		}
		if c == at && depth == 0 {
			out = append(out, text[start:i])
			start = i + 1
		}
	}
	return append(out, text[start:])
}
