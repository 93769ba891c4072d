package sandbox

import (
	"slices"

	"esconform/runner/wire"
)

// An envelope is a request's SOAP message, taken apart.
type envelope struct {
	blocks    []*node // children of the Header
	security  *node   // wsse:Security, or nil
	messageID *string // of syncRequestHeaderInfo; nil when there is none
	sync      *node   // bind:syncRequestHeaderInfo, or nil
	body      *node   // the first child of the Body, or nil for an empty Body
	crowded   bool    // the Body has more children
}

// openEnvelope takes a SOAP 1.1 message apart. Another envelope is a
// VersionMismatch, a message without exactly one Body a Client fault.
func (c *call) openEnvelope(root *node) (*envelope, error) {
	if root.name.Space == wire.NSSOAP12 && c.deviates("soap12-accepted") {
		asSOAP11(root)
	}
	if root.name != (wire.Name{Space: wire.NSSOAP, Local: "Envelope"}) {
		if root.name.Local == "Envelope" {
			return nil, faultVersionMismatch()
		}
		return nil, faultClient("The message is not a SOAP envelope.")
	}
	bodies := root.all(wire.NSSOAP, "Body")
	if len(bodies) != 1 {
		return nil, faultClient("The envelope must hold one Body.")
	}
	env := &envelope{crowded: len(bodies[0].children) > 1}
	if len(bodies[0].children) > 0 {
		env.body = bodies[0].children[0]
	}
	if header := root.child(wire.NSSOAP, "Header"); header != nil {
		env.blocks = header.children
		env.security = securityOf(header)
		env.sync = header.child(wire.NSBind, "syncRequestHeaderInfo")
	}
	if id := env.sync.child(wire.NSBind, "messageIdentifier"); id != nil {
		env.messageID = &id.text
	}
	return env, nil
}

// asSOAP11 takes an envelope of SOAP 1.2 for one of SOAP 1.1.
func asSOAP11(root *node) {
	root.name.Space = wire.NSSOAP
	for _, part := range root.children {
		if part.name.Space == wire.NSSOAP12 {
			part.name.Space = wire.NSSOAP
		}
	}
}

// securityOf returns the Security header with a token; one client sends a
// second one without.
func securityOf(header *node) *node {
	all := header.all(wire.NSWsse, "Security")
	i := slices.IndexFunc(all, func(n *node) bool { return n.child(wire.NSWsse, "UsernameToken") != nil })
	switch {
	case i >= 0:
		return all[i]
	case len(all) > 0:
		return all[0]
	}
	return nil
}

// understood are the header blocks that the endpoint knows.
var understood = [...]wire.Name{
	{Space: wire.NSBind, Local: "syncRequestHeaderInfo"},
	{Space: wire.NSWsse, Local: "Security"},
}

// misunderstood returns the first block that must be understood, is meant for
// this receiver and is not known (SOAP 1.1, 4.2.2 and 4.2.3).
func (env *envelope) misunderstood() *node {
	for _, block := range env.blocks {
		actor := block.attr(wire.NSSOAP, "actor")
		if actor != "" && actor != actorNext {
			continue
		}
		if v := block.attr(wire.NSSOAP, "mustUnderstand"); (v == "1" || v == "true") && !slices.Contains(understood[:], block.name) {
			return block
		}
	}
	return nil
}

const actorNext = "http://schemas.xmlsoap.org/soap/actor/next"
