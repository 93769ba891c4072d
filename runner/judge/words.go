package judge

import (
	"strconv"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

func itoa(n int) string { return strconv.Itoa(n) }

// plural counts things in words: "1 element", "2 elements".
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return itoa(n) + " " + thing + "s"
}

// nameOf shows the name of an element inside a sentence.
func nameOf(n *xmltree.Node) string {
	return shownIn(wire.Name{Space: n.Name.Space, Local: n.Name.Local}.String(), 120)
}
