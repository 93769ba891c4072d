package judge

import (
	"slices"

	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// Requirements on the status header.
const (
	echoedID        = "HDR-01"
	referredID      = "HDR-02"
	bindNamespace   = "HDR-06"
	commonNamespace = "HDR-07"
	oneContainer    = "HDR-08"
)

// headerNames are the elements of the status header that are in the namespace bind;
// commonNames those in common, below description.
var (
	headerNames = []string{"syncResponseHeaderInfo", "messageIdentifier", "statusInfo", "statusInfoSet", "codeMajor", "severity",
		"codeMinor", "codeMinorField", "codeMinorName", "codeMinorValue", "messageIdRef", "operationIdRef", "description"}
	commonNames = []string{"language", "text"}
)

// headerChecks judges the status header but for the statuses in it.
func (c *court) headerChecks(a *answer) {
	if sent := a.exchange.MessageID; sent != "" {
		c.check(a, echoedID, echo(a.info, sent))
		for _, s := range a.statuses {
			c.check(a, referredID, reference(s, sent))
		}
	}
	c.check(a, bindNamespace, misplaced(a, headerNames, wire.NSBind))
	c.check(a, commonNamespace, misplaced(a, commonNames, wire.NSCommon))
	var containers []*xmltree.Node
	for _, n := range a.info.Children {
		if n.Name.Local == "statusInfo" || n.Name.Local == "statusInfoSet" {
			containers = append(containers, n)
		}
	}
	var m *mismatch
	if len(containers) != 1 {
		m = broken(a.info, "the status header holds %s instead of exactly one statusInfo or statusInfoSet", plural(len(containers), "status container"))
	}
	c.check(a, oneContainer, m)
}

func echo(info *xmltree.Node, sent string) *mismatch {
	n := childNamed(info, "messageIdentifier")
	switch {
	case n == nil:
		return lacks(info, sent, "the status header has no messageIdentifier; %s was sent", quoted(sent))
	case n.Text != sent:
		return differs(n, sent, n.Text, "messageIdentifier is %s, but %s was sent", quoted(n.Text), quoted(sent))
	}
	return nil
}

func reference(status *xmltree.Node, sent string) *mismatch {
	n := childNamed(status, "messageIdRef")
	switch {
	case n == nil:
		return lacks(status, sent, "a statusInfo has no messageIdRef; %s was sent", quoted(sent))
	case n.Text != sent:
		return differs(n, sent, n.Text, "messageIdRef is %s, but %s was sent", quoted(n.Text), quoted(sent))
	}
	return nil
}

// misplaced finds an element of the status header that is not in its namespace.
func misplaced(a *answer, names []string, space string) *mismatch {
	for _, n := range a.doc.Nodes[a.info.Index:] {
		if n.Start >= a.info.End {
			break
		}
		if n.Name.Space != space && slices.Contains(names, n.Name.Local) {
			return differs(n, space, n.Name.Space, "%s of the status header is not in the namespace %s", n.Name.Local, space)
		}
	}
	return nil
}
