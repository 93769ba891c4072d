package judge

import (
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
	"esconform/xsd/validate"
)

// Requirements on the document and the envelope.
const (
	wellFormed          = "STD-XML-1"
	namespaceWellFormed = "STD-XML-2"
	declaredEncoding    = "STD-XML-3"
	soapEnvelope        = "STD-SOAP-1"
	noDoctype           = "STD-SOAP-2"
	faultStatus         = "STD-SOAP-3"
	faultShape          = "STD-SOAP-4"
	soapNamespace       = "GEN-02"
	oneBodyChild        = "GEN-03"
	mediaTypeXML        = "GEN-04"
	faultOrStatus       = "GEN-13"
)

// parsed judges whether the answer is an XML document that can be read. What is
// too deep or too large to read breaks STD-XML-1 as far as anybody can tell.
func (c *court) parsed(a *answer) bool {
	if a.syntax == nil {
		for _, id := range []string{wellFormed, namespaceWellFormed, noDoctype} {
			c.check(a, id, nil)
		}
		var m *mismatch
		if a.doc.Mislabelled != "" {
			m = broken(a.doc.Root, "the bytes are not in the declared encoding: %s", a.doc.Mislabelled)
		}
		c.check(a, declaredEncoding, m)
		return true
	}
	if len(a.exchange.Response) == 0 && a.cut() {
		return c.unreadable(a)
	}
	if a.syntax.Kind == xmltree.Unsupported {
		c.trouble(a.index+1, "the answer of step %d cannot be read here, which is no fault of the endpoint: %s", a.index+1, a.syntax.Reason)
		return false
	}
	what, id := "is not well-formed XML", wellFormed
	switch a.syntax.Kind {
	case xmltree.Namespace:
		what, id = "is not namespace-well-formed", namespaceWellFormed
	case xmltree.Encoding:
		what, id = "is not in the encoding that it declares", declaredEncoding
	case xmltree.Doctype:
		what, id = "holds a document type declaration", noDoctype
	case xmltree.Depth, xmltree.Size:
		what = "cannot be read as XML within the limits"
	}
	m := broken(nil, "the answer (%s) %s: line %d, column %d: %s", a.kind(), what, a.syntax.Line, a.syntax.Column, a.syntax.Reason)
	m.line = a.syntax.Line
	c.check(a, id, m)
	return false
}

// unreadable judges an answer that was not recorded, because it may hold other
// people's data: only what the validator said is known. It could not be read, or it
// has objects where its schema has none.
func (c *court) unreadable(a *answer) bool {
	id, code := wellFormed, ""
	raw := a.exchange.RawViolations
	if len(raw) > 0 {
		code = raw[0].Code
	}
	switch code {
	case validate.CodeDoctype:
		id = noDoctype
	case evidence.CodeElsewhere:
		if t := sortedRaw(raw[1:]); len(t.counted) > 0 {
			c.check(a, schemaValid, broken(nil, "the answer (%s) breaks the schema in line %d (%s), and has objects outside of its list; it was not recorded, because it may hold other people's data",
				a.kind(), t.counted[0].Line, shownIn(t.counted[0].Code, 40)))
			return false
		}
		c.trouble(a.index+1, "the answer of step %d (%s) has objects outside of its list, in line %d; it was not recorded, because it may hold other people's data", a.index+1, a.kind(), raw[0].Line)
		return false
	}
	c.check(a, id, broken(nil, "the answer (%s) cannot be read (%s); it was not recorded, because it may hold other people's data", a.kind(), shownIn(code, 40)))
	return false
}

// shape judges envelope, Header and Body (SOAP 1.1, 4), and says whether there is
// a Body to go on with.
func (c *court) shape(a *answer) bool {
	root := a.doc.Root
	if a.envelope == nil {
		c.check(a, soapEnvelope, broken(root, "the answer (%s) is not a SOAP envelope: its root is %s", a.kind(), nameOf(root)))
		return false
	}
	var m *mismatch
	if root.Name.Space != wire.NSSOAP {
		m = differs(root, wire.NSSOAP, root.Name.Space, "the envelope is not in the namespace of SOAP 1.1")
	}
	c.check(a, soapNamespace, m)
	c.check(a, soapEnvelope, envelopeOrder(a.envelope))
	if a.body == nil {
		return false
	}
	m = nil
	if n := len(a.body.Children); n != 1 {
		m = differs(a.body, "1", itoa(n), "the Body holds %s instead of exactly one", plural(n, "element"))
	}
	c.check(a, oneBodyChild, m)
	m = nil
	if media, _ := a.mediaType(); media != "text/xml" {
		m = differs(nil, "text/xml", media, "the media type of the answer is %s instead of text/xml", quoted(media))
	}
	c.check(a, mediaTypeXML, m)
	if a.child != nil {
		c.check(a, faultOrStatus, faultXorStatus(a))
	}
	return true
}

// envelopeOrder wants an optional Header, then one Body; after it only elements of
// other namespaces may follow (SOAP 1.1, 4).
func envelopeOrder(envelope *xmltree.Node) *mismatch {
	headers, bodies := 0, 0
	for _, n := range envelope.Children {
		switch {
		case n.Name.Space == envelope.Name.Space && n.Name.Local == "Header":
			if headers++; headers > 1 || bodies > 0 {
				return broken(n, "the Envelope may hold one Header, before the Body")
			}
		case n.Name.Space == envelope.Name.Space && n.Name.Local == "Body":
			if bodies++; bodies > 1 {
				return broken(n, "the Envelope holds a second Body")
			}
		case n.Name.Space == "" || n.Name.Space == envelope.Name.Space || bodies == 0:
			return broken(n, "the Envelope holds %s, which is neither Header nor Body", nameOf(n))
		}
	}
	if bodies == 0 {
		return broken(envelope, "the Envelope holds no Body")
	}
	return nil
}

// faultXorStatus wants either a Fault or a response with its status header.
func faultXorStatus(a *answer) *mismatch {
	switch {
	case a.fault != nil && a.info != nil:
		return broken(a.fault, "the answer has both a Fault and a status header")
	case a.fault == nil && a.info == nil:
		return broken(a.child, "the answer has neither a Fault nor a status header (bind:syncResponseHeaderInfo)")
	}
	return nil
}

// faultChecks judges a Fault: its HTTP status (SOAP 1.1, 6.2) and its shape (4.4).
func (c *court) faultChecks(a *answer) {
	var m *mismatch
	if a.exchange.Status != 500 {
		m = differs(a.fault, "500", itoa(a.exchange.Status), "a Fault came with HTTP status %d instead of 500", a.exchange.Status)
	}
	c.check(a, faultStatus, m)
	if a.fault.Name.Space == wire.NSSOAP {
		c.check(a, faultShape, faultForm(a.fault))
	}
}

func faultForm(fault *xmltree.Node) *mismatch {
	for _, local := range []string{"faultcode", "faultstring"} {
		found := childrenNamed(fault, local)
		switch {
		case len(found) == 0:
			return broken(fault, "the Fault has no %s", local)
		case len(found) > 1:
			return broken(found[1], "the Fault has %d %s elements", len(found), local)
		case found[0].Name.Space != "":
			return broken(found[0], "the Fault's %s is in a namespace (%s)", local, shownIn(found[0].Name.Space, 80))
		}
	}
	node := childNamed(fault, "faultcode")
	code := strings.TrimSpace(node.Text)
	prefix, local, found := strings.Cut(code, ":")
	if !found {
		prefix, local = "", code
	}
	if found && prefix == "" || !isNCName(local) || prefix != "" && !isNCName(prefix) {
		return differs(node, "a qualified name", code, "the faultcode %s is not a qualified name", quoted(code))
	}
	if _, ok := node.Namespace(prefix); !ok {
		return differs(node, "a qualified name", code, "the prefix of the faultcode %s is not declared", quoted(code))
	}
	return nil
}

// isNCName says whether s is a name without colon.
func isNCName(s string) bool {
	p, err := xmltree.ParsePath(s, wire.Namespace)
	return err == nil && p.Steps() == 1 && !strings.ContainsAny(s, ":/@[]")
}

// bodyChecks judges the response element of writes (STA-20) and passwords in reads.
func (c *court) bodyChecks(a *answer) {
	if a.child == nil {
		return
	}
	if a.operation.Empty {
		c.check(a, emptyAnswer, emptyResponse(a))
	}
	if a.operation.Effect != wire.Write {
		c.check(a, noPassword, passwordIn(a))
	}
}

// Requirements on the Body.
const (
	emptyAnswer = "STA-20"
	noPassword  = "PER-OBJ-27"
)

func emptyResponse(a *answer) *mismatch {
	got := wire.Name{Space: a.child.Name.Space, Local: a.child.Name.Local}
	switch {
	case got != a.operation.Response:
		return differs(a.child, a.operation.Response.String(), got.String(), "the Body holds %s instead of %s", quoted(got.String()), a.operation.Response)
	case len(a.child.Children) > 0:
		return broken(a.child.Children[0], "the response element is not empty: it holds %s", nameOf(a.child.Children[0]))
	case strings.TrimSpace(a.child.Text) != "":
		return differs(a.child, "", a.child.Text, "the response element is not empty: it holds text")
	}
	return nil
}

// passwordIn finds a passWord, which reads never return. Nothing of it is shown.
func passwordIn(a *answer) *mismatch {
	for _, n := range a.doc.Nodes[a.child.Index:] {
		if n.Start >= a.child.End {
			break
		}
		if n.Name.Local == "passWord" {
			return broken(n, "the answer of a read holds a password element")
		}
	}
	return nil
}
