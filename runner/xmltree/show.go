package xmltree

import "strings"

// markupBytes bounds how much of an element Markup shows.
const markupBytes = 4096

// Markup shows an element with all below it on one line, with the prefixes that
// prefix gives (see Path). Longer elements are cut after some 4,000 bytes. It is
// for people: the prefixes are not declared in it.
func (n *Node) Markup(prefix func(space string) (string, bool)) string {
	var b strings.Builder
	n.write(&b, prefix)
	return b.String()
}

func (n *Node) write(b *strings.Builder, prefix func(string) (string, bool)) {
	name := showName(n.Name.Space, n.Name.Local, prefix)
	b.WriteString("<" + name)
	for _, a := range n.Attrs {
		b.WriteString(" " + showName(a.Name.Space, a.Name.Local, prefix) + `="` + cut(EscapeText(a.Value)) + `"`)
	}
	if len(n.Children) == 0 && n.Text == "" {
		b.WriteString("/>")
		return
	}
	b.WriteString(">" + cut(EscapeText(text(n))))
	for _, c := range n.Children {
		if b.Len() > markupBytes {
			b.WriteString("...")
			break
		}
		c.write(b, prefix)
	}
	b.WriteString("</" + name + ">")
}

// cut bounds a text that is part of shown markup.
func cut(s string) string {
	if len(s) <= markupBytes {
		return s
	}
	return strings.ToValidUTF8(s[:markupBytes], "") + "..."
}
