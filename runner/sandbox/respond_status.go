package sandbox

import (
	"slices"
	"strings"

	"esconform/runner/wire"
)

// statusHeader echoes the message identifier and holds one statusInfo or a set
// (wire dossier, 4.3). Without an identifier in the request, empty elements
// come back.
func (c *call) statusHeader(statuses []status) *element {
	id := c.echo()
	header := el(wire.NSBind, "syncResponseHeaderInfo")
	if id != nil {
		header.add(leaf(wire.NSBind, "messageIdentifier", *id))
	}
	set := el(wire.NSBind, "statusInfoSet")
	for _, st := range c.ordered(statuses) {
		set.add(c.statusInfo(st, c.reference()))
	}
	single := c.op.Container == wire.StatusSingle
	switch {
	case single && c.op.Name == "replacePerson" && c.deviates("singular-with-set"),
		single && c.op.Service == wire.ServiceExtendedPerson && c.deviates("all-with-set"):
		single = false
	case c.op.Container == wire.StatusSetSingle && c.singleOnPurpose(),
		c.op.Container == wire.StatusPerItem && len(set.children) == 1 && c.deviates("batch-of-one-as-singular"):
		single = true
	case single && c.op.Name == "replacePerson" && c.deviates("both-containers"):
		header.add(set.children[0])
		single = false
	}
	if single {
		header.add(set.children...)
	} else {
		header.add(set)
	}
	return header
}

// singleOnPurpose says whether a set of one status is written as a single one.
func (c *call) singleOnPurpose() bool {
	for _, p := range operationPoints {
		if p.operation == c.op.Name && p.single != "" && c.deviates(p.single) {
			return true
		}
	}
	return false
}

// ordered returns the statuses in the order of the items, one for each.
func (c *call) ordered(statuses []status) []status {
	if len(statuses) < 2 {
		return statuses
	}
	if c.deviates("one-status-for-all") {
		return statuses[:1]
	}
	reversed, rotated := c.deviates("statuses-reversed"), false
	for _, p := range operationPoints {
		reversed = reversed || p.operation == c.op.Name && p.order != "" && c.deviates(p.order)
		rotated = rotated || p.operation == c.op.Name && p.rotated != "" && c.deviates(p.rotated)
	}
	if reversed {
		statuses = slices.Clone(statuses)
		slices.Reverse(statuses)
	}
	if rotated {
		statuses = slices.Concat(statuses[1:], statuses[:1])
	}
	return statuses
}

// echo returns the message identifier as the answer repeats it: what was sent,
// empty when nothing was.
func (c *call) echo() *string {
	id := ""
	switch {
	case c.env.messageID == nil && c.reads(readingMessageIDAbsent):
		return nil
	case c.env.messageID != nil:
		id = *c.env.messageID
	}
	if id != "" && c.deviates("message-id-other") {
		id = "0"
	}
	if len(id) > 36 && c.deviates("message-id-cut") {
		id = id[:36]
	}
	return &id
}

// reference returns the messageIdRef of each statusInfo: the identifier again.
func (c *call) reference() *string {
	id := c.env.messageID
	switch {
	case id == nil && c.reads(readingMessageIDAbsent):
		return nil
	case id == nil:
		return new(string)
	case c.deviates("message-reference-missing"):
		return nil
	case c.deviates("message-reference-other"):
		other := *id + "-0"
		return &other
	}
	return id
}

// statusInfo writes a status, children in the order of the schema.
func (c *call) statusInfo(st status, reference *string) *element {
	st = c.said(st)
	e := el(wire.NSBind, "statusInfo",
		leaf(wire.NSBind, "codeMajor", st.major),
		leaf(wire.NSBind, "severity", st.severity))
	if len(st.minors) > 0 {
		codes := el(wire.NSBind, "codeMinor")
		for _, m := range st.minors {
			codes.add(c.minorField(m))
		}
		e.add(codes)
	}
	if reference != nil {
		e.add(leaf(wire.NSBind, "messageIdRef", *reference))
	}
	if len(st.texts) > 0 {
		language := languageEnglish
		if c.deviates("british-english") {
			language = "en-GB"
		}
		if c.reads(readingFirstText) {
			st.texts = st.texts[:1]
		}
		e.add(el(wire.NSBind, "description",
			leaf(wire.NSCommon, "language", language),
			leaf(wire.NSCommon, "text", strings.Join(st.texts, "\n"))))
	}
	return e
}

func (c *call) minorField(m minor) *element {
	field := el(wire.NSBind, "codeMinorField", leaf(wire.NSBind, "codeMinorName", c.minorName(m)))
	if !c.deviates("code-without-value") {
		field.add(leaf(wire.NSBind, "codeMinorValue", m.value))
	}
	return field
}

// minorName is the name of a code. That of persons is documented; the others
// follow its pattern.
func (c *call) minorName(m minor) string {
	switch c.op.Kind {
	case wire.KindGroup:
		return "groupmanagement"
	case wire.KindMembership:
		return "membershipmanagement"
	}
	return m.name
}

// said is where the three combinations of a status are kept: plain success
// without remarks, success with a warning that has code and text, failure with
// an error that has both (imses dossier, 2.3).
func (c *call) said(st status) status {
	switch {
	case st.failed():
		if c.deviates("failure-without-text") {
			st.texts = nil
		}
		if c.deviates("failure-as-warning") {
			st.severity = wire.SeverityWarning
		}
	case st.warned():
		if c.deviates("warning-without-code") {
			st.minors = nil
		}
		if c.deviates("warning-without-text") {
			st.texts = nil
		}
	case c.deviates("plain-success-with-text"):
		st.minors, st.texts = []minor{{minorPerson, "fullsuccess"}}, []string{"The request was carried out"}
	}
	if c.op.Name == "replacePerson" {
		if c.deviates("code-major-capitalised") {
			st.major = strings.ToUpper(st.major[:1]) + st.major[1:]
		}
		if c.deviates("severity-not-known") {
			st.severity = "information"
		}
	}
	return st
}
