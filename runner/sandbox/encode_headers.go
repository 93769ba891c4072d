package sandbox

import "esconform/runner/wire"

// headers says which header blocks an answer has besides those of its
// operation.
type headers struct {
	foreign   bool // a block of somebody else, and an Action
	unsecured bool // no Security block
}

// microsoftAddressing is the namespace in which the service's own stack writes
// an Action when no addressing version is in use.
const microsoftAddressing = "http://schemas.microsoft.com/ws/2005/05/addressing/none"

// apply appends the answer's header blocks as they go out.
func (h headers) apply(blocks []*element, a answer) []*element {
	if h.foreign {
		blocks = append(blocks, actionBlock(a.body))
	}
	for _, b := range a.header {
		if h.unsecured && b.name.Space == wire.NSWsse {
			continue
		}
		blocks = append(blocks, b)
	}
	if h.foreign {
		blocks = append(blocks, trackingBlock())
	}
	return blocks
}

// actionBlock is the WS-Addressing-like header that one client's types have
// for some reads (wire contract, 4.4).
func actionBlock(body *element) *element {
	action := leaf(microsoftAddressing, "Action", faultAction)
	for _, o := range wire.Operations() {
		if body != nil && o.Response == body.name {
			action.text = replyAction(o)
		}
	}
	action.attrs = []attr{{wire.Name{Space: wire.NSSOAP, Local: "mustUnderstand"}, "1"}}
	return action
}

const faultAction = "http://schemas.microsoft.com/net/2005/12/windowscommunicationfoundation/dispatcher/fault"

// trackingBlock is a block that nobody has to understand (SOAP 1.1, 4.2).
func trackingBlock() *element {
	const space = "urn:example:tracking"
	b := el(space, "tracking", leaf(space, "id", "0001"), el(space, "empty"))
	b.attrs = []attr{
		{wire.Name{Space: wire.NSSOAP, Local: "actor"}, "http://schemas.xmlsoap.org/soap/actor/next"},
		{wire.Name{Space: wire.NSSOAP, Local: "mustUnderstand"}, "0"},
		{wire.Name{Local: "level"}, "debug"},
	}
	return b
}
