package validate

import (
	"fmt"
	"slices"
	"strings"

	"esconform/runner/wire"
)

// The elements that the rules know by name.
var (
	soapEnvelope  = wire.Name{Space: wire.NSSOAP, Local: "Envelope"}
	soapHeader    = wire.Name{Space: wire.NSSOAP, Local: "Header"}
	soapBody      = wire.Name{Space: wire.NSSOAP, Local: "Body"}
	soapFault     = wire.Name{Space: wire.NSSOAP, Local: "Fault"}
	requestBlock  = wire.Name{Space: wire.NSBind, Local: "syncRequestHeaderInfo"}
	responseBlock = wire.Name{Space: wire.NSBind, Local: "syncResponseHeaderInfo"}
	security      = wire.Name{Space: wire.NSWsse, Local: "Security"}
	usernameToken = wire.Name{Space: wire.NSWsse, Local: "UsernameToken"}
	timestamp     = wire.Name{Space: wire.NSWsu, Local: "Timestamp"}
)

// ruledDepth is the number of levels that the rules look at: Envelope, Header and
// Body, their children, and the children of Security.
const ruledDepth = 4

// rules holds the outermost elements of an envelope against what no schema of XSD
// 1.0 can say: which element the Body holds, and which header blocks of our own
// namespaces there may be (SOAP 1.1, 4; wire-imses.md 1, 4). Blocks of foreign
// namespaces are lawful.
type rules struct {
	root   wire.Name // what the Body must hold; zero: any message of an operation
	faults []fault
	more   bool

	scopes  [ruledDepth]scope
	path    [ruledDepth]wire.Name
	off     bool // the root is no Envelope: nothing below it means anything
	body    int  // index of the Body, -1 before it
	held    int  // children of the Body so far
	found   wire.Name
	blocks  []block         // of our namespaces
	secured map[string]bool // actors that have a Security block
}

// block is a header block whose lawfulness depends on the direction of the message.
type block struct {
	node int
	name wire.Name
}

func newRules(root wire.Name) *rules { return &rules{root: root, body: -1, secured: map[string]bool{}} }

// open takes note of a start tag at a depth, the root's being 0.
func (r *rules) open(depth, index int, markup []byte) {
	if depth >= ruledDepth || r.off && depth > 0 {
		return
	}
	if depth == 3 && r.path[2] != security {
		return
	}
	attributes := r.scopes[depth].read(markup)
	name := r.resolve(depth, tagName(markup))
	r.path[depth] = name
	switch {
	case depth == 0:
		r.envelope(index, name)
	case depth == 1 && name == soapBody && r.body < 0:
		r.body = index
	case depth == 2 && r.path[1] == soapBody:
		r.content(index, name)
	case depth == 2 && r.path[1] == soapHeader:
		r.header(index, name, r.actor(attributes))
	case depth == 3:
		r.token(index, name)
	}
}

func (r *rules) envelope(index int, name wire.Name) {
	if name == soapEnvelope {
		return
	}
	r.off = true
	r.add(index, CodeEnvelope, fmt.Sprintf("the root is %s, it must be %s", name, soapEnvelope))
}

// content holds a child of the Body against the operation.
func (r *rules) content(index int, name wire.Name) {
	r.held++
	switch {
	case r.held > 1:
		r.add(index, CodeBody, fmt.Sprintf("the Body must hold one element, %s follows %s", name, r.found))
		return
	case r.root == wire.Name{} && !isMessage(name):
		r.add(index, CodeBody, fmt.Sprintf("the Body holds %s, which is no message of a known operation", name))
	case r.root != wire.Name{} && name != r.root && !(name == soapFault && isAnswer(r.root)):
		r.add(index, CodeBody, fmt.Sprintf("the Body holds %s, it must hold %s", name, r.root))
	}
	r.found = name
}

// header takes note of a block; those of our namespaces are judged at the end,
// when the direction of the message is known.
func (r *rules) header(index int, name wire.Name, actor string) {
	switch {
	case name == security && r.secured[actor]:
		// WSS SOAP Message Security 1.0, 5: one per actor.
		r.add(index, CodeHeader, fmt.Sprintf("a second %s header block for the same actor", name))
	case name == security:
		r.secured[actor] = true
	case name == requestBlock || name == responseBlock:
		if len(r.blocks) < maxFaults {
			r.blocks = append(r.blocks, block{index, name})
		}
	case isOurs(name.Space):
		r.add(index, CodeHeader, fmt.Sprintf("%s is no header block of this contract", name))
	case name.Space == "":
		r.add(index, CodeHeader, fmt.Sprintf("header block %s has no namespace (SOAP 1.1, 4.2)", name))
	}
}

// token judges a child of Security. Tokens of other namespaces are lawful.
func (r *rules) token(index int, name wire.Name) {
	if name == usernameToken || name == timestamp || name.Space != "" && !isOurs(name.Space) {
		return
	}
	r.add(index, CodeHeader, fmt.Sprintf("%s may not be in a %s header block", name, security))
}

// end judges what only the whole envelope can tell.
func (r *rules) end() {
	if r.off {
		return
	}
	if r.body >= 0 && r.held == 0 {
		r.add(r.body, CodeBody, "the Body is empty")
	}
	message := r.root
	if message == (wire.Name{}) {
		message = r.found
	}
	lawful := []wire.Name{requestBlock, responseBlock}
	switch {
	case isAnswer(message):
		lawful = []wire.Name{responseBlock}
	case isMessage(message):
		lawful = []wire.Name{requestBlock}
	}
	for i, b := range r.blocks {
		switch {
		case !slices.Contains(lawful, b.name):
			r.add(b.node, CodeHeader, fmt.Sprintf("%s is no header block of a message in this direction", b.name))
		case i > 0:
			r.add(b.node, CodeHeader, fmt.Sprintf("a second %s header block", b.name))
		}
	}
}

func (r *rules) add(node int, code, message string) {
	if len(r.faults) == maxFaults {
		r.more = true
		return
	}
	r.faults = append(r.faults, fault{node, code, message})
}

// resolve expands a name by the declarations of the elements around it.
func (r *rules) resolve(depth int, qualified string) wire.Name {
	prefix, local, found := strings.Cut(qualified, ":")
	if !found {
		prefix, local = "", qualified
	}
	space, _ := r.namespace(depth, prefix)
	return wire.Name{Space: space, Local: local}
}

func (r *rules) namespace(depth int, prefix string) (string, bool) {
	if prefix == "xml" {
		return wire.NSXML, true
	}
	for ; depth >= 0; depth-- {
		if space, ok := r.scopes[depth].namespaces[prefix]; ok {
			return space, true
		}
	}
	return "", false
}

// actor returns the value of the SOAP actor attribute of a header block.
func (r *rules) actor(attributes []attribute) string {
	for _, a := range attributes {
		prefix, local, found := strings.Cut(a.name, ":")
		if !found || local != "actor" {
			continue
		}
		if space, ok := r.namespace(2, prefix); ok && space == wire.NSSOAP {
			return a.value
		}
	}
	return ""
}

// isAnswer says whether a Fault may stand where this element is expected, and
// whether the response header belongs to it.
func isAnswer(name wire.Name) bool {
	return name == soapFault || strings.HasSuffix(name.Local, "Response")
}

// isMessage says whether the element is a Fault or the request or response of an operation.
func isMessage(name wire.Name) bool {
	if name == soapFault {
		return true
	}
	if _, ok := wire.LookupRequest(name); ok {
		return true
	}
	_, ok := wire.LookupResponse(name)
	return ok
}

// isOurs says whether a namespace is one of this contract, in which everything
// that may be sent is declared.
func isOurs(space string) bool {
	switch space {
	case wire.NSSOAP, wire.NSBind, wire.NSCommon, wire.NSPmess, wire.NSPdata, wire.NSGmess, wire.NSGdata,
		wire.NSMmess, wire.NSMdata, wire.NSWsse, wire.NSWsu:
		return true
	}
	return false
}
