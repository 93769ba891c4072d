package scenario

import (
	"strings"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// headerBlock is the path that stands for the whole header block.
const headerBlock = "bind:."

// ParsePath parses a path of the scenario format with the prefixes of package wire.
// Placeholders may stand in the values of predicates. inHeader says that the path
// starts at the header block (syncRequestHeaderInfo or syncResponseHeaderInfo)
// instead of the child of the Body.
func ParsePath(text string) (p xmltree.Path, inHeader bool, err error) {
	if text == headerBlock {
		p, err = xmltree.ParsePath(".", wire.Namespace)
		return p, true, err
	}
	p, err = xmltree.ParsePath(text, wire.Namespace)
	return p, strings.HasPrefix(text, "bind:"), err
}

// path reads a path and reports one that does not parse.
func (r *caseReader) path(n *node) string {
	text := r.filled(n)
	if text != "" {
		r.checkPath(text, n.at)
	}
	return text
}

func (r *caseReader) checkPath(text string, at Position) {
	if _, _, err := ParsePath(text); err != nil {
		r.add(at, "this path cannot be read: %v", err)
	}
}
