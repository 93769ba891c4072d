package xmltree

// Namespaces that Namespaces in XML 1.0 (3) reserves.
const (
	nsXML   = "http://www.w3.org/XML/1998/namespace"
	nsXMLNS = "http://www.w3.org/2000/xmlns/"
)

// manyBindings is the number of declarations in scope above which a lookup goes
// through a map, so that a hostile document cannot make it slow.
const manyBindings = 24

// binding is a namespace declaration in scope.
type binding struct {
	prefix, space string
	hidden        int // the binding of the same prefix that this one hides, or -1; only with an index
}

// scope is the stack of namespace declarations in force.
type scope struct {
	stack []binding
	index map[string]int // prefix -> place in stack; nil until there are many
}

// declare puts a binding in force.
func (s *scope) declare(prefix, space string) {
	b := binding{prefix: prefix, space: space, hidden: -1}
	if s.index == nil && len(s.stack) >= manyBindings {
		s.index = make(map[string]int, 2*manyBindings)
		for i := range s.stack {
			s.stack[i].hidden = s.place(s.stack[i].prefix)
			s.index[s.stack[i].prefix] = i
		}
	}
	if s.index != nil {
		b.hidden = s.place(prefix)
		s.index[prefix] = len(s.stack)
	}
	s.stack = append(s.stack, b)
}

func (s *scope) place(prefix string) int {
	if i, ok := s.index[prefix]; ok {
		return i
	}
	return -1
}

// leave takes back all declarations but the first n.
func (s *scope) leave(n int) {
	if s.index != nil {
		for i := len(s.stack) - 1; i >= n; i-- {
			if b := s.stack[i]; b.hidden >= 0 {
				s.index[b.prefix] = b.hidden
			} else {
				delete(s.index, b.prefix)
			}
		}
	}
	s.stack = s.stack[:n]
}

// lookup returns the namespace of a prefix; "" is the default namespace's.
func (s *scope) lookup(prefix string) (string, bool) {
	if s.index != nil {
		if i, ok := s.index[prefix]; ok {
			return s.stack[i].space, true
		}
	} else {
		for i := len(s.stack) - 1; i >= 0; i-- {
			if s.stack[i].prefix == prefix {
				return s.stack[i].space, true
			}
		}
	}
	switch prefix {
	case "":
		return "", true
	case "xml":
		return nsXML, true
	}
	return "", false
}
