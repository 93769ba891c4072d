package judge

import (
	"encoding/xml"
	"regexp"
	"strings"
	"time"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// Requirements on the Security header of an answer, where there is one.
const (
	securityHeader = "SEC-12"
	timestampForm  = "SEC-13"
	oneTimestamp   = "STD-WSS-1"
)

// timestampLife is how long an answer's Timestamp is valid in every sample.
const timestampLife = 5 * time.Minute

// utcMilliseconds is the form of Created and Expires in every sample.
var utcMilliseconds = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$`)

// security judges the Security headers of an answer.
func (c *court) security(a *answer) {
	if a.header == nil {
		return
	}
	for _, block := range a.header.Children {
		if block.Name.Space != wire.NSWsse || block.Name.Local != "Security" {
			continue
		}
		var stamps []*xmltree.Node
		for _, n := range block.Children {
			if n.Name.Space == wire.NSWsu && n.Name.Local == "Timestamp" {
				stamps = append(stamps, n)
			}
		}
		c.check(a, securityHeader, securityForm(a, block, stamps))
		if len(stamps) == 0 {
			continue
		}
		if m := timestampRule(stamps); m != nil {
			c.check(a, oneTimestamp, m)
			continue
		}
		c.check(a, oneTimestamp, nil)
		c.check(a, timestampForm, timestampShape(stamps[0]))
	}
}

func securityForm(a *answer, block *xmltree.Node, stamps []*xmltree.Node) *mismatch {
	must, _ := block.Attr(xml.Name{Space: a.envelope.Name.Space, Local: "mustUnderstand"})
	switch {
	case must != "1":
		return differs(block, "1", must, "the Security header has mustUnderstand %s instead of '1'", quoted(must))
	case len(stamps) == 0:
		return broken(block, "the Security header has no Timestamp")
	}
	if id, _ := stamps[0].Attr(xml.Name{Space: wire.NSWsu, Local: "Id"}); id != "_0" {
		return differs(stamps[0], "_0", id, "the Timestamp has wsu:Id %s instead of '_0'", quoted(id))
	}
	return nil
}

// timestampRule is WSS SOAP Message Security 1.0, 10: at most one Timestamp, which
// is created before it expires. Times that cannot be read are left to SEC-13.
func timestampRule(stamps []*xmltree.Node) *mismatch {
	if len(stamps) > 1 {
		return broken(stamps[1], "a Security header holds %d Timestamps", len(stamps))
	}
	created, expires := stampTimes(stamps[0])
	if created.IsZero() || expires.IsZero() || created.Before(expires) {
		return nil
	}
	return differs(stamps[0], "Created before Expires", created.Format(time.RFC3339Nano)+", "+expires.Format(time.RFC3339Nano),
		"the Timestamp is created at %s and expires at %s", created.Format(time.RFC3339Nano), expires.Format(time.RFC3339Nano))
}

// stampTimes reads Created and Expires; what cannot be read is zero.
func stampTimes(stamp *xmltree.Node) (created, expires time.Time) {
	read := func(local string) time.Time {
		n := stamp.Child(xml.Name{Space: wire.NSWsu, Local: local})
		if n == nil {
			return time.Time{}
		}
		t, err := time.Parse(time.RFC3339Nano, strings.TrimSpace(n.Text))
		if err != nil {
			return time.Time{}
		}
		return t
	}
	return read("Created"), read("Expires")
}

func timestampShape(stamp *xmltree.Node) *mismatch {
	for _, local := range []string{"Created", "Expires"} {
		n := stamp.Child(xml.Name{Space: wire.NSWsu, Local: local})
		if n == nil {
			return broken(stamp, "the Timestamp has no %s", local)
		}
		if !utcMilliseconds.MatchString(strings.TrimSpace(n.Text)) {
			return differs(n, "UTC with milliseconds and Z", n.Text, "%s is %s, not UTC with milliseconds and Z", local, quoted(n.Text))
		}
	}
	created, expires := stampTimes(stamp)
	if life := expires.Sub(created); created.IsZero() || expires.IsZero() || life != timestampLife {
		return differs(stamp, timestampLife.String(), life.String(), "the Timestamp expires %s after it was created instead of 5 minutes", life)
	}
	return nil
}
