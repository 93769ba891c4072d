package validate_test

import (
	"encoding/xml"
	"math/rand/v2"
	"slices"
	"strings"
)

// mutation changes an envelope in one place; it reports false when the envelope
// offers no place for it.
type mutation struct {
	name  string
	apply func(r *rand.Rand, root *element) bool
}

// mutations are what the engines are compared on. Together they break every kind
// of rule that the schemas hold, and leave some envelopes valid.
var mutations = []mutation{
	{"drop an element", func(r *rand.Rand, root *element) bool {
		parent, i, ok := place(r, root)
		if ok {
			parent.children = slices.Delete(parent.children, i, i+1)
		}
		return ok
	}},
	{"duplicate an element", func(r *rand.Rand, root *element) bool {
		parent, i, ok := place(r, root)
		if ok {
			parent.children = slices.Insert(parent.children, i, any(parent.children[i].(*element).clone()))
		}
		return ok
	}},
	{"swap two siblings", func(r *rand.Rand, root *element) bool {
		parent, i, ok := place(r, root)
		if ok {
			j := r.IntN(len(parent.children))
			parent.children[i], parent.children[j] = parent.children[j], parent.children[i]
		}
		return ok
	}},
	{"move an element", func(r *rand.Rand, root *element) bool {
		parent, i, ok := place(r, root)
		if !ok {
			return false
		}
		moved := parent.children[i]
		parent.children = slices.Delete(parent.children, i, i+1)
		target := pick(r, root.descendants())
		target.children = append(target.children, moved)
		return true
	}},
	{"rename an element", func(r *rand.Rand, root *element) bool {
		e := pick(r, root.descendants())
		prefix, local, found := strings.Cut(e.name, ":")
		if !found {
			prefix, local = "", e.name
		}
		other := pick(r, root.descendants()).name
		_, otherLocal, _ := strings.Cut(other, ":")
		e.name = pick(r, []string{other, prefix + ":x" + local, strings.ToUpper(local), prefix + ":" + otherLocal, local, e.name + "x"})
		e.name = strings.Trim(e.name, ":")
		return e.name != ""
	}},
	{"change the text of a leaf", func(r *rand.Rand, root *element) bool {
		leaf := pick(r, slices.DeleteFunc(root.descendants(), func(e *element) bool { return !e.leaf() }))
		leaf.children = []any{escape(pick(r, texts))}
		return true
	}},
	{"put text between elements", func(r *rand.Rand, root *element) bool {
		e := pick(r, root.descendants())
		e.children = slices.Insert(e.children, r.IntN(len(e.children)+1), any(pick(r, []string{"text", " ", "\n", "&amp;", "<![CDATA[x]]>", "<![CDATA[ ]]>", "<!-- x -->", "<?x y?>", "&#32;", "&#10;"})))
		return true
	}},
	{"empty an element", func(r *rand.Rand, root *element) bool {
		pick(r, root.descendants()).children = nil
		return true
	}},
	{"put one attribute on an element", func(r *rand.Rand, root *element) bool {
		e := pick(r, root.descendants())
		e.attributes = append(e.attributes, xml.Attr{Name: xml.Name{Local: "xmlns:xsi"}, Value: "http://www.w3.org/2001/XMLSchema-instance"},
			pick(r, attributes))
		e.attributes = unique(e.attributes)
		return true
	}},
	{"change an attribute", func(r *rand.Rand, root *element) bool {
		e := pick(r, root.descendants())
		if len(e.attributes) == 0 {
			return false
		}
		i := r.IntN(len(e.attributes))
		if r.IntN(2) == 0 {
			e.attributes = slices.Delete(e.attributes, i, i+1)
			return true
		}
		e.attributes[i].Value = pick(r, append(slices.Clone(texts), namespaces...))
		return true
	}},
	{"put an element into another namespace", func(r *rand.Rand, root *element) bool {
		e := pick(r, root.descendants())
		prefix, _, found := strings.Cut(e.name, ":")
		declaration := "xmlns"
		if found {
			declaration += ":" + prefix
		}
		e.attributes = unique(append(e.attributes, xml.Attr{Name: xml.Name{Local: declaration}, Value: pick(r, namespaces)}))
		return true
	}},
	{"insert an element", func(r *rand.Rand, root *element) bool {
		e := pick(r, root.descendants())
		n := &element{name: "q:" + pick(r, locals), attributes: []xml.Attr{{Name: xml.Name{Local: "xmlns:q"}, Value: pick(r, namespaces)}}}
		if n.attributes[0].Value == "" {
			n = &element{name: n.name[2:]}
		}
		if r.IntN(2) == 0 {
			n.children = []any{"x"}
		}
		e.children = slices.Insert(e.children, r.IntN(len(e.children)+1), any(n))
		return true
	}},
}

// texts are values that types and enumerations accept, nearly accept, or refuse.
var texts = []string{"", " ", "x", "0", "1", "true", "TRUE", " true ", "-1", "+5", " 5\n", "\n1999-12-31", "\t 2024-01-01T10:00:00Z ", "\n", "007", "2147483647", "2147483648", "1.0", "1e3", "-.5", "7.", "+.", "1,5", "INF", "NaN", "01",
	"2024-02-29", "2023-02-29", "2024-2-9", "2024-02-29Z", "2024-02-29+14:00", "2024-02-29+14:01", "-0001-01-01", "0000-01-01", "12024-01-01", " 2024-01-01 ",
	"2024-01-01T24:00:00", "2024-01-01T24:00:01", "2024-01-01T23:59:60Z", "2024-01-01T10:00:00.123456789Z", "2024-01-01T10:00:00,5Z", "2024-01-01T10:00Z", "2024-01-01t10:00:00z", "2024-01-01T10:00:00-00:00",
	"Male", "male", "Male ", "Learner", "08", "8", "Person", "Parent", "\tMale", "Carer", "Child", "en-US", "en", "nb", "no", "success", "Voice", "5", "https://example.org/%zz", "a b", "http://[", "urn:x", "a:b", "s:Client", ":", "_0", "0a", "ä", "日本", "\u00a0true", "'\"<&>"}

var attributes = []xml.Attr{
	{Name: xml.Name{Local: "xsi:nil"}, Value: "true"}, {Name: xml.Name{Local: "xsi:nil"}, Value: "false"}, {Name: xml.Name{Local: "xsi:nil"}, Value: " 1 "},
	{Name: xml.Name{Local: "xsi:nil"}, Value: "0"}, {Name: xml.Name{Local: "xsi:nil"}, Value: "yes"}, {Name: xml.Name{Local: "xsi:nil"}, Value: ""},
	{Name: xml.Name{Local: "xsi:type"}, Value: "x"}, {Name: xml.Name{Local: "xsi:type"}, Value: "xsd:string"}, {Name: xml.Name{Local: "xsi:other"}, Value: "x"},
	{Name: xml.Name{Local: "xsi:schemaLocation"}, Value: "urn:a urn:b"}, {Name: xml.Name{Local: "xsi:noNamespaceSchemaLocation"}, Value: "x.xsd"},
	{Name: xml.Name{Local: "x"}, Value: "1"}, {Name: xml.Name{Local: "xml:lang"}, Value: "en"}, {Name: xml.Name{Local: "xml:lang"}, Value: ""}, {Name: xml.Name{Local: "xml:space"}, Value: "preserve"},
	{Name: xml.Name{Local: "xml:space"}, Value: "odd"}, {Name: xml.Name{Local: "xml:id"}, Value: "a"}, {Name: xml.Name{Local: "xml:id"}, Value: "a b"}, {Name: xml.Name{Local: "Type"}, Value: "a b"}, {Name: xml.Name{Local: "Id"}, Value: "x"},
}

var namespaces = []string{"", "urn:example:other", "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope",
	"http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0", "http://www.imsglobal.org/services/common/imsCommonSchema_v1p0",
	"http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0", "http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0",
	"http://www.imsglobal.org/services/gms/xsd/imsGroupManMessSchema_v1p0", "http://www.imsglobal.org/services/gms/xsd/imsGroupManDataSchema_v1p0",
	"http://www.imsglobal.org/services/mms/xsd/imsMemberManMessSchema_v1p0", "http://www.imsglobal.org/services/mms/xsd/imsMemberManDataSchema_v1p0",
	"http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd", "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"}

var locals = []string{"email", "URL", "Security", "Timestamp", "Created", "Username", "UsernameToken", "syncRequestHeaderInfo", "syncResponseHeaderInfo", "statusInfo",
	"Fault", "Header", "Body", "Envelope", "person", "createPersonRequest", "deletePersonResponse", "identifier", "other",
	"group", "createGroupRequest", "relationship", "timeFrame", "begin", "membership", "createMembershipRequest", "readMembershipsForGroupResponse", "membershipIDPairSet",
	"role", "roleType", "values", "list", "max", "min", "extension"}

// place picks an element other than the root: its parent and its position there.
func place(r *rand.Rand, root *element) (*element, int, bool) {
	type spot struct {
		parent *element
		i      int
	}
	var spots []spot
	for _, e := range root.descendants() {
		for i, c := range e.children {
			if _, ok := c.(*element); ok {
				spots = append(spots, spot{e, i})
			}
		}
	}
	if len(spots) == 0 {
		return nil, 0, false
	}
	s := pick(r, spots)
	return s.parent, s.i, true
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// unique keeps the last of several attributes with one name.
func unique(list []xml.Attr) []xml.Attr {
	var kept []xml.Attr
	for i, a := range list {
		if !slices.ContainsFunc(list[i+1:], func(b xml.Attr) bool { return a.Name == b.Name }) {
			kept = append(kept, a)
		}
	}
	return kept
}

// damage changes bytes, so that most results are not well-formed.
func damage(r *rand.Rand, envelope []byte) []byte {
	i := r.IntN(len(envelope))
	switch r.IntN(4) {
	case 0:
		return envelope[:i]
	case 1:
		return slices.Delete(slices.Clone(envelope), i, i+1)
	case 2:
		changed := slices.Clone(envelope)
		changed[i] = pick(r, []byte("<>&\"'/:=x \x00\x01\x7f\x80\xff-]?!"))
		return changed
	default:
		return slices.Insert(slices.Clone(envelope), i, []byte(pick(r, snippets))...)
	}
}

var snippets = []string{"<", ">", "&", "&amp;", "&x;", "&#0;", "&#1;", "&#xD800;", "&#65;", "]]>", "--", "<!--", "-->", "<![CDATA[", "<!DOCTYPE a>", "<?xml version='1.0'?>", "<?a?>",
	"<a/>", "</a>", " a='1' a='2'", " xmlns:z=''", " xmlns:xml='urn:x'", " xmlns:xmlns='urn:x'", " xmlns='http://www.w3.org/2000/xmlns/'", "z:", "\u0085", "\uFEFF", "\uFFFE", "\U0010FFFF"}
