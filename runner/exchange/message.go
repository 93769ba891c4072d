package exchange

import (
	"bytes"
	"encoding/xml"
	"mime"
	"net/http"
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// message is an answer as a tree.
type message struct {
	doc    *xmltree.Document
	header *xmltree.Node // syncResponseHeaderInfo; nil when there is none
	body   *xmltree.Node // the child of the Body; nil when there is none
}

// readMessage parses an answer; err says why it is no SOAP 1.1 envelope.
func readMessage(header http.Header, data []byte, depth int) (message, error) {
	_, params, _ := mime.ParseMediaType(header.Get("Content-Type"))
	doc, err := xmltree.Parse(data, params["charset"], xmltree.Limits{Depth: depth})
	if err != nil {
		return message{}, err
	}
	if doc.Root.Name != soapName("Envelope") {
		return message{}, &notSOAP{root: doc.Root.Name.Local}
	}
	m := message{doc: doc}
	m.header = doc.Root.Child(soapName("Header")).Child(xml.Name{Space: wire.NSBind, Local: "syncResponseHeaderInfo"})
	if body := doc.Root.Child(soapName("Body")); body != nil && len(body.Children) > 0 {
		m.body = body.Children[0]
	}
	return m, nil
}

// message parses the answer of an exchange as it was recorded. An answer that is no
// SOAP envelope gives an empty message: the judge says what is wrong with it.
func (e *Executor) message(x evidence.Exchange) message {
	if len(x.Response) == 0 {
		return message{}
	}
	m, err := readMessage(x.ResponseHeader, x.Response, e.target.Limits.MaxDepth)
	if err != nil {
		return message{}
	}
	return m
}

// isSOAP says whether an answer is a SOAP 1.1 envelope. Most are, which shows
// without parsing them.
func (e *Executor) isSOAP(header http.Header, body []byte) bool {
	start := body[:min(len(body), 4096)]
	if bytes.Contains(start, []byte(wire.NSSOAP)) && bytes.Contains(start, []byte("Envelope")) {
		return true
	}
	_, err := readMessage(header, body, e.target.Limits.MaxDepth)
	return err == nil
}

// notSOAP says that an answer is XML, but no SOAP 1.1 envelope.
type notSOAP struct{ root string }

// Error names what came instead.
func (e *notSOAP) Error() string {
	return "the root of the answer is " + shown(e.root) + ", not the Envelope of SOAP 1.1"
}

// fault returns the SOAP fault, or nil.
func (m message) fault() *xmltree.Node {
	if m.body != nil && m.body.Name == soapName("Fault") {
		return m.body
	}
	return nil
}

// faultCode returns the local name of a fault's code, and its text.
func faultCode(fault *xmltree.Node) (code, text string) {
	if n := fault.Child(xml.Name{Local: "faultcode"}); n != nil {
		code = strings.TrimSpace(n.Text)
		if _, local, ok := strings.Cut(code, ":"); ok {
			code = local
		}
	}
	if n := fault.Child(xml.Name{Local: "faultstring"}); n != nil {
		text = strings.TrimSpace(n.Text)
	}
	return code, text
}

// find returns what a path of the scenario format leads to. item, when not 0,
// addresses the n-th member of a plural answer.
func (m message) find(path string, item int) ([]xmltree.Match, error) {
	p, inHeader, err := scenario.ParsePath(path)
	if err != nil {
		return nil, err
	}
	if inHeader {
		return p.Select(m.header), nil
	}
	from := m.body
	if item > 0 {
		if from = m.member(item); from == nil {
			return nil, nil
		}
	}
	return p.Select(from), nil
}

// member returns the n-th member of the set of a plural answer.
func (m message) member(n int) *xmltree.Node {
	if m.body == nil || len(m.body.Children) == 0 || n > len(m.body.Children[0].Children) {
		return nil
	}
	return m.body.Children[0].Children[n-1]
}

// statuses returns the statuses of an answer, in their order.
func (m message) statuses() []*xmltree.Node {
	if m.header == nil {
		return nil
	}
	bind := func(local string) xml.Name { return xml.Name{Space: wire.NSBind, Local: local} }
	if single := m.header.Child(bind("statusInfo")); single != nil {
		return []*xmltree.Node{single}
	}
	var all []*xmltree.Node
	if set := m.header.Child(bind("statusInfoSet")); set != nil {
		for _, child := range set.Children {
			if child.Name == bind("statusInfo") {
				all = append(all, child)
			}
		}
	}
	return all
}

// statusText returns the text of a child of a status.
func statusText(status *xmltree.Node, local string) string {
	if n := status.Child(xml.Name{Space: wire.NSBind, Local: local}); n != nil {
		return strings.TrimSpace(n.Text)
	}
	return ""
}

// description returns the text of a status's description.
func description(status *xmltree.Node) string {
	d := status.Child(xml.Name{Space: wire.NSBind, Local: "description"})
	if n := d.Child(xml.Name{Space: wire.NSCommon, Local: "text"}); n != nil {
		return strings.TrimSpace(n.Text)
	}
	return ""
}

// succeeded says whether a status reports success, with a remark or without.
func succeeded(status *xmltree.Node) bool {
	return statusText(status, "codeMajor") == wire.CodeSuccess
}
