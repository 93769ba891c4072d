package sandbox

import (
	"net/http"

	"esconform/runner/wire"
)

// envelop makes the answer of an operation that was carried out: the status
// header, the Security header, the response element.
func (c *call) envelop(rep reply) answer {
	response := el(c.op.Response.Space, c.op.Response.Local)
	response.add(rep.content...)
	return answer{
		status: http.StatusOK,
		header: []*element{c.statusHeader(rep.statuses), timestampHeader(c.server.now())},
		body:   response,
	}
}

// statusHeader echoes the message identifier and holds one statusInfo or a set
// (wire dossier, 4.3). Without an identifier in the request, empty elements
// come back.
func (c *call) statusHeader(statuses []status) *element {
	id := c.echo()
	header := el(wire.NSBind, "syncResponseHeaderInfo")
	if id != nil {
		header.add(leaf(wire.NSBind, "messageIdentifier", *id))
	}
	if c.op.Container == wire.StatusSingle {
		header.add(statuses[0].info(id))
		return header
	}
	set := el(wire.NSBind, "statusInfoSet")
	for _, st := range statuses {
		set.add(st.info(id))
	}
	header.add(set)
	return header
}

// echo returns the message identifier as the answer repeats it.
func (c *call) echo() *string {
	if c.env.messageID != nil {
		return c.env.messageID
	}
	none := ""
	return &none
}

// corrupt passes an answer on to the writer.
func (c *call) corrupt(a answer) answer { return a }
