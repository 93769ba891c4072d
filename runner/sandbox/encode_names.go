package sandbox

import "esconform/runner/wire"

// A binding is a namespace declaration: a prefix ("" for the default
// namespace) and what it stands for.
type binding struct{ prefix, space string }

// A naming decides which prefix a name is written with and where namespaces
// are declared. What a name needs and is not in force is declared on the
// element that needs it.
type naming struct {
	elements   []binding // prefixes of element names
	others     string    // prefix of elements in other namespaces; "" makes theirs the default namespace
	attributes []binding // prefixes of attribute names and of qualified names in text
	otherAttrs string    // prefix of attributes in other namespaces; never empty
	block      string    // prefix of a header block in the bind namespace; "" is no exception
	// What the Envelope, a header block in the bind namespace and the Body
	// declare whether they need it or not.
	onEnvelope, onBlock, onBody []binding
}

// documentedNaming is what the recorded answers show: s, h, o and u, and a
// default namespace that changes with the level (wire contract, 4.4).
var documentedNaming = naming{
	elements:   []binding{{"s", wire.NSSOAP}, {"u", wire.NSWsu}, {"o", wire.NSWsse}, {"s", wire.NSSOAP12}},
	attributes: []binding{{"s", wire.NSSOAP}, {"u", wire.NSWsu}, {"xsi", wire.NSXsi}, {"xsd", wire.NSXsd}, {"s", wire.NSSOAP12}},
	otherAttrs: "a",
	block:      "h",
	onEnvelope: []binding{{"u", wire.NSWsu}},
	onBlock:    []binding{{"", wire.NSBind}, {"xsi", wire.NSXsi}, {"xsd", wire.NSXsd}},
	onBody:     []binding{{"xsi", wire.NSXsi}, {"xsd", wire.NSXsd}},
}

// The other namings are dialects.
var (
	// prefixedNaming declares everything on the Envelope, as clients' requests do.
	prefixedNaming = naming{
		elements: requestPrefixes, others: "other", attributes: requestPrefixes, otherAttrs: "attr",
		onEnvelope: requestPrefixes,
	}
	requestPrefixes = []binding{
		{"soapenv", wire.NSSOAP}, {"ims", wire.NSBind}, {"ims1", wire.NSPmess}, {"ims2", wire.NSCommon},
		{"ims3", wire.NSPdata}, {"wsse", wire.NSWsse}, {"wsu", wire.NSWsu}, {"xsi", wire.NSXsi}, {"xsd", wire.NSXsd},
	}
	// unusualNaming uses prefixes that mean something else elsewhere, or that
	// only a careless reader trips over.
	unusualNaming = naming{
		elements: oddPrefixes, others: "_-.", attributes: oddPrefixes, otherAttrs: "soap",
	}
	oddPrefixes = []binding{
		{"xsd", wire.NSSOAP}, {"s", wire.NSBind}, {"soapenv", wire.NSPmess}, {"Übung", wire.NSCommon},
		{"xsi", wire.NSPdata}, {"a.b-c_1", wire.NSWsse}, {"_", wire.NSWsu}, {"o", wire.NSXsi}, {"u", wire.NSXsd},
	}
	// reboundNaming has one prefix for all elements; what it stands for changes
	// from level to level.
	reboundNaming = naming{others: "n", otherAttrs: "m"}
	// defaultNaming has no prefixed element at all.
	defaultNaming = naming{
		attributes: []binding{{"s", wire.NSSOAP}, {"u", wire.NSWsu}, {"xsi", wire.NSXsi}, {"xsd", wire.NSXsd}},
		otherAttrs: "a",
	}
	// hoistedNaming writes the documented prefixes, all declared on the
	// Envelope, two of them unused.
	hoistedNaming = naming{
		elements:   append([]binding{{"h", wire.NSBind}}, documentedNaming.elements...),
		attributes: documentedNaming.attributes,
		otherAttrs: "a",
		onEnvelope: []binding{
			{"s", wire.NSSOAP}, {"xsd", wire.NSXsd}, {"xsi", wire.NSXsi}, {"h", wire.NSBind}, {"o", wire.NSWsse}, {"u", wire.NSWsu},
			{"unused", "urn:example:unused"}, {"g", wire.NSGdata}, {"", wire.NSPmess},
		},
	}
)

func find(list []binding, space, otherwise string) string {
	for i := range list {
		if list[i].space == space {
			return list[i].prefix
		}
	}
	return otherwise
}

// elementPrefix returns the prefix that an element at a depth below the
// Envelope is to have.
func (n *naming) elementPrefix(space string, depth int) string {
	switch {
	case space == "":
		return ""
	case depth == 2 && space == wire.NSBind && n.block != "":
		return n.block
	}
	return find(n.elements, space, n.others)
}

// attributePrefix returns the prefix of an attribute's name; the xml prefix is
// bound by XML itself.
func (n *naming) attributePrefix(space string) string {
	if space == wire.NSXML {
		return "xml"
	}
	return find(n.attributes, space, n.otherAttrs)
}

// extra returns what an element declares whether it needs it or not.
func (e *encoder) extra(x *element, depth int) []binding {
	switch {
	case depth == 0 && x.name.Local == "Envelope":
		if e.naming == &documentedNaming && !e.secured() {
			return nil
		}
		return e.naming.onEnvelope
	case depth == 1 && x.name.Local == "Body" && !isFault(x.children[0]):
		return e.naming.onBody
	case depth == 2 && x.name.Space == wire.NSBind:
		return e.naming.onBlock
	}
	return nil
}

// secured says whether a Security header goes out; only then do the recorded
// answers declare the namespace of its contents on the Envelope.
func (e *encoder) secured() bool {
	for _, b := range e.blocks {
		if b.name.Space == wire.NSWsse {
			return true
		}
	}
	return false
}

func isFault(x *element) bool {
	return x != nil && x.name.Local == "Fault" && (x.name.Space == wire.NSSOAP || x.name.Space == wire.NSSOAP12)
}

// bind makes a prefix stand for a namespace on the element whose declarations
// begin at mark, unless it already does, and returns the prefix: a longer one
// when the tag has bound or used the wanted one otherwise.
func (e *encoder) bind(prefix, space string, mark int) string {
	for {
		at := e.bound(prefix)
		switch {
		case at >= 0 && e.scope[at].space == space, at < 0 && prefix == "" && space == "", prefix == "xml":
			return prefix
		case at >= mark, e.used(prefix):
			prefix += "_"
		default:
			e.scope = append(e.scope, binding{prefix, space})
			return prefix
		}
	}
}

// bound returns the index of the declaration in force for a prefix, or -1.
func (e *encoder) bound(prefix string) int {
	for i := len(e.scope) - 1; i >= 0; i-- {
		if e.scope[i].prefix == prefix {
			return i
		}
	}
	return -1
}

// used says whether the tag being written already has the prefix, as declared
// further out: declaring it anew would change what that name means.
func (e *encoder) used(prefix string) bool {
	if prefix == "" {
		return false // only the element itself can have it, and it comes first
	}
	for i := range e.pairs {
		if e.pairs[i].prefix == prefix || e.pairs[i].qname == prefix {
			return true
		}
	}
	return e.tag == prefix
}
