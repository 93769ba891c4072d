package xmltree

import (
	"strconv"
	"strings"
)

// namespaceRunes bounds a namespace without prefix in a path.
const namespaceRunes = 80

// Path says where the element is, from the root down, such as
// /soap:Envelope/soap:Body/pmess:readPersonResponse/pmess:person. A step carries
// [n], counted from 1, only where siblings share the name. prefix gives the prefix
// to show for a namespace; where it knows none the step is {namespace}local. It
// may be nil.
func (n *Node) Path(prefix func(space string) (string, bool)) string {
	var steps []string
	for ; n != nil; n = n.Parent {
		steps = append(steps, showStep(n, prefix))
	}
	var b strings.Builder
	for i := len(steps) - 1; i >= 0; i-- {
		b.WriteByte('/')
		b.WriteString(steps[i])
	}
	return b.String()
}

// showStep shows one element of a path.
func showStep(n *Node, prefix func(string) (string, bool)) string {
	step := showName(n.Name.Space, n.Name.Local, prefix)
	if n.Parent == nil {
		return step
	}
	place, count := 0, 0
	for _, s := range n.Parent.Children {
		if s.Name != n.Name {
			continue
		}
		count++
		if s == n {
			place = count
		}
	}
	if count > 1 {
		step += "[" + strconv.Itoa(place) + "]"
	}
	return step
}

func showName(space, local string, prefix func(string) (string, bool)) string {
	if space == "" {
		return bounded(local)
	}
	if prefix != nil {
		if p, ok := prefix(space); ok {
			return p + ":" + bounded(local)
		}
	}
	return "{" + bounded(space) + "}" + bounded(local)
}

// bounded cuts a name of a document that is too long to show.
func bounded(s string) string {
	n := 0
	for i := range s {
		if n++; n > namespaceRunes {
			return s[:i] + "..."
		}
	}
	return s
}
