package judge

import (
	"encoding/xml"
	"errors"
	"fmt"
	"mime"
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// answer is a step's last recorded exchange, read as far as it can be.
//
// The parts of the status header are found by local name: that they are in the
// right namespace is a requirement of its own (HDR-06, HDR-07), and one mistake of
// an endpoint should be one finding.
type answer struct {
	index    int
	step     *scenario.Step
	exchange *evidence.Exchange
	further  []*answer // the pages after this one, of a step that reads all

	operation wire.Operation // zero for a raw request
	soap      bool           // an answer in SOAP is due
	syntax    *xmltree.SyntaxError
	doc       *xmltree.Document // nil when it cannot be read

	envelope *xmltree.Node // nil when the root is no Envelope
	header   *xmltree.Node
	body     *xmltree.Node
	child    *xmltree.Node // of the Body: what paths are relative to; the root of a raw answer
	fault    *xmltree.Node
	info     *xmltree.Node   // syncResponseHeaderInfo
	statuses []*xmltree.Node // statusInfo, in order
}

// open reads the answer and finds its parts.
func (a *answer) open(maxDepth int) {
	a.operation, _ = wire.Lookup(a.step.Operation)
	method := a.step.HTTP.Method
	a.soap = a.step.Operation != "" && (method == "" || method == "POST") && a.step.HTTP.Query == ""
	if a.exchange.Transport != nil && len(a.exchange.Response) == 0 {
		return
	}
	_, charset := a.mediaType()
	if a.cut() {
		charset = "" // what is left was transcoded to UTF-8
	}
	doc, err := xmltree.Parse(a.exchange.Response, charset, xmltree.Limits{Depth: maxDepth})
	if err != nil {
		if !errors.As(err, &a.syntax) {
			a.syntax = &xmltree.SyntaxError{Kind: xmltree.WellFormed, Reason: err.Error()}
		}
		return
	}
	a.doc = doc
	a.locate()
}

// pages returns the answers of a step: one, or those of all pages that it read.
func (a *answer) pages() []*answer {
	if a == nil {
		return nil
	}
	return append([]*answer{a}, a.further...)
}

// pageOf returns the page that a node belongs to.
func (a *answer) pageOf(n *xmltree.Node) *answer {
	for n != nil && n.Parent != nil {
		n = n.Parent
	}
	for _, page := range a.further {
		if n != nil && page.doc != nil && page.doc.Root == n {
			return page
		}
	}
	return a
}

// cut says whether other people's items were cut from the answer before it was
// recorded (ruling 16). An answer that could not be read was not recorded at all.
func (a *answer) cut() bool { return a.exchange.Strangers > 0 || a.exchange.RawViolations != nil }

// locate finds the parts of a document that was read.
func (a *answer) locate() {
	doc := a.doc
	if doc.Root.Name.Local != "Envelope" {
		if !a.soap {
			a.child = doc.Root
		}
		return
	}
	a.envelope = doc.Root
	space := doc.Root.Name.Space
	a.header = a.envelope.Child(xml.Name{Space: space, Local: "Header"})
	a.body = a.envelope.Child(xml.Name{Space: space, Local: "Body"})
	if a.body != nil && len(a.body.Children) > 0 {
		a.child = a.body.Children[0]
		a.fault = a.body.Child(xml.Name{Space: space, Local: "Fault"})
	}
	if a.header != nil {
		a.findStatuses()
	}
}

func (a *answer) findStatuses() {
	a.info = a.header.Child(xml.Name{Space: wire.NSBind, Local: "syncResponseHeaderInfo"})
	if a.info == nil {
		a.info = childNamed(a.header, "syncResponseHeaderInfo")
	}
	if a.info == nil {
		return
	}
	single := childrenNamed(a.info, "statusInfo")
	var inSets []*xmltree.Node
	for _, set := range childrenNamed(a.info, "statusInfoSet") {
		inSets = append(inSets, childrenNamed(set, "statusInfo")...)
	}
	// Only one of them is right (HDR-08); the operation's own comes first.
	if a.operation.Container == wire.StatusSingle {
		a.statuses = append(single, inSets...)
	} else {
		a.statuses = append(inSets, single...)
	}
}

// childNamed returns the first child with that local name, or nil.
func childNamed(n *xmltree.Node, local string) *xmltree.Node {
	if n == nil {
		return nil
	}
	for _, c := range n.Children {
		if c.Name.Local == local {
			return c
		}
	}
	return nil
}

// childrenNamed returns the children with that local name.
func childrenNamed(n *xmltree.Node, local string) []*xmltree.Node {
	var found []*xmltree.Node
	for _, c := range n.Children {
		if c.Name.Local == local {
			found = append(found, c)
		}
	}
	return found
}

// textNamed returns the trimmed text of the first child with that local name.
func textNamed(n *xmltree.Node, local string) string {
	if c := childNamed(n, local); c != nil {
		return strings.TrimSpace(c.Text)
	}
	return ""
}

// mediaType returns media type and charset of the answer, in lower case.
func (a *answer) mediaType() (media, charset string) {
	value := a.exchange.ResponseHeader.Get("Content-Type")
	media, params, err := mime.ParseMediaType(value)
	if err != nil {
		media, _, _ = strings.Cut(value, ";")
		return strings.ToLower(strings.TrimSpace(media)), ""
	}
	return media, params["charset"]
}

// kind says in a few words what came instead of a SOAP answer.
func (a *answer) kind() string {
	media, _ := a.mediaType()
	if media == "" {
		media = "no media type"
	}
	return fmt.Sprintf("HTTP status %d, %s", a.exchange.Status, shownIn(media, 60))
}

// readable says whether the answer is an envelope with a Body.
func (a *answer) readable() bool { return a.envelope != nil && a.body != nil }

// acceptsErrors says whether the step is about HTTP errors or faults, or only
// records what comes, so that an answer of HTTP need not be SOAP.
func (a *answer) acceptsErrors() bool {
	observing := true
	for _, e := range a.step.Expect {
		if aboutErrors(e) {
			return true
		}
		observing = observing && e.Observe
	}
	return observing
}

func aboutErrors(e scenario.Expectation) bool {
	if e.Fault != nil || e.HTTPStatus != "" {
		return true
	}
	for _, r := range e.AnyOf {
		for _, inner := range r.Expect {
			if aboutErrors(inner) {
				return true
			}
		}
	}
	return false
}

// plainError says whether the answer is an HTTP error without SOAP in a step that
// accepts errors; the requirements on envelopes do not apply to it.
func (a *answer) plainError() bool {
	media, _ := a.mediaType()
	return a.soap && a.exchange.Status >= 400 && a.envelope == nil && media != "text/xml" && a.acceptsErrors()
}

// judgeable says whether an expectation can be evaluated on the answer. On one that
// should be SOAP and cannot be read, which is a finding of its own, only the HTTP
// status can.
func (a *answer) judgeable(e scenario.Expectation) bool {
	return !a.soap || a.readable() || a.plainError() || a.exchange.Transport != nil || e.HTTPStatus != ""
}

// item returns the n-th member of the set of a plural answer, counted from 1, or
// nil: personSet/person or personIdPairSet/personIdPair.
func (a *answer) item(n int) *xmltree.Node {
	if a.child == nil {
		return nil
	}
	for _, set := range a.child.Children {
		if strings.HasSuffix(set.Name.Local, "Set") {
			if n > len(set.Children) {
				return nil
			}
			return set.Children[n-1]
		}
	}
	return nil
}

// requestCharset is the charset that the request was sent in.
func requestCharset(a *answer) string {
	_, params, err := mime.ParseMediaType(a.exchange.RequestHeader.Get("Content-Type"))
	if err != nil {
		return ""
	}
	return params["charset"]
}
