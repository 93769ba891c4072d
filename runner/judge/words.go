package judge

import (
	"strconv"
	"strings"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

func itoa(n int) string { return strconv.Itoa(n) }

// plural counts things in words: "1 element", "2 elements", "3 statuses".
func plural(n int, thing string) string {
	switch {
	case n == 1:
		return "1 " + thing
	case strings.HasSuffix(thing, "s"):
		return itoa(n) + " " + thing + "es"
	}
	return itoa(n) + " " + thing + "s"
}

// nameOf shows the name of an element inside a sentence.
func nameOf(n *xmltree.Node) string {
	return shownIn(wire.Name{Space: n.Name.Space, Local: n.Name.Local}.String(), 120)
}
