package sandbox

import (
	"time"

	"esconform/runner/wire"
)

// window is how long an answer's Timestamp is valid (every sample).
const window = 5 * time.Minute

const stampFormat = "2006-01-02T15:04:05.000Z"

// securityHeader is the Security header of an answer, with a Timestamp in UTC.
func (c *call) securityHeader(now time.Time) *element {
	created, valid, format, id := now.UTC(), window, stampFormat, "_0"
	switch {
	case c.deviates("timestamp-without-milliseconds"):
		format = "2006-01-02T15:04:05Z"
	case c.deviates("timestamp-with-offset"):
		format = "2006-01-02T15:04:05.000+00:00"
	case c.deviates("timestamp-of-ten-minutes"):
		valid = 2 * window
	case c.deviates("timestamp-backwards"):
		valid = -window
	case c.deviates("timestamp-other-id"):
		id = "TS-1"
	}
	stamp := el(wire.NSWsu, "Timestamp",
		leaf(wire.NSWsu, "Created", created.Format(format)),
		leaf(wire.NSWsu, "Expires", created.Add(valid).Format(format)))
	stamp.attrs = []attr{{wire.Name{Space: wire.NSWsu, Local: "Id"}, id}}
	header := el(wire.NSWsse, "Security", stamp)
	if !c.deviates("security-optional") {
		header.attrs = []attr{{wire.Name{Space: wire.NSSOAP, Local: "mustUnderstand"}, "1"}}
	}
	if c.deviates("two-timestamps") {
		second := *stamp
		second.attrs = []attr{{wire.Name{Space: wire.NSWsu, Local: "Id"}, "_1"}}
		header.add(&second)
	}
	return header
}
