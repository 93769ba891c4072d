package judge

import (
	"slices"
	"strings"

	"esconform/reports"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

// Requirements on statuses (dossier, 10.3).
const (
	majorEnum      = "STA-01"
	severityEnum   = "STA-02"
	plainSuccess   = "STA-03"
	remark         = "STA-04"
	failureText    = "STA-05"
	minorFields    = "STA-06"
	language       = "STA-07"
	statusOrder    = "STA-08"
	singleStatus   = "STA-09"
	statusPerItem  = "STA-10"
	setOfOne       = "STA-13"
	extendedStatus = "STA-14"
)

// statusChecks judges every status of an answer, then their container.
func (c *court) statusChecks(a *answer) {
	for _, s := range a.statuses {
		c.oneStatus(a, s)
	}
	c.container(a)
}

// oneStatus judges one statusInfo.
func (c *court) oneStatus(a *answer, s *xmltree.Node) {
	major, severity := textNamed(s, "codeMajor"), textNamed(s, "severity")
	minor, description := childNamed(s, "codeMinor"), childNamed(s, "description")
	c.check(a, majorEnum, oneOf(s, "codeMajor", wire.CodeSuccess, wire.CodeUnsupported, wire.CodeFailure, wire.CodeProcessing))
	c.check(a, severityEnum, oneOf(s, "severity", wire.SeverityStatus, wire.SeverityWarning, wire.SeverityError))
	switch {
	case major == wire.CodeSuccess && severity == wire.SeverityStatus:
		c.check(a, plainSuccess, withoutRemark(minor, description))
	case major == wire.CodeSuccess && severity == wire.SeverityWarning:
		c.check(a, remark, withRemark(s, minor, description))
	case major == wire.CodeFailure:
		c.check(a, failureText, failureForm(s, severity, description))
	}
	if minor != nil {
		c.minor(a, minor)
	}
	if n := childNamed(description, "language"); n != nil {
		var m *mismatch
		if strings.TrimSpace(n.Text) != "en-US" {
			m = differs(n, "en-US", n.Text, "the language of a description is %s instead of en-US", quoted(n.Text))
		}
		c.check(a, language, m)
	}
	c.check(a, statusOrder, outOfOrder(s))
}

// oneOf wants a child to hold one of some words, which are lower case on the wire.
func oneOf(s *xmltree.Node, local string, words ...string) *mismatch {
	n := childNamed(s, local)
	wanted := strings.Join(words, ", ")
	switch {
	case n == nil:
		return broken(s, "a statusInfo has no %s", local)
	case !slices.Contains(words, n.Text):
		return differs(n, "one of "+wanted, n.Text, "%s is %s, which is none of %s", local, quoted(n.Text), wanted)
	}
	return nil
}

func withoutRemark(minor, description *xmltree.Node) *mismatch {
	switch {
	case minor != nil:
		return broken(minor, "a plain success (success, status) carries a codeMinor")
	case description != nil:
		return broken(description, "a plain success (success, status) carries a description")
	}
	return nil
}

func withRemark(s, minor, description *xmltree.Node) *mismatch {
	switch {
	case minor == nil:
		return broken(s, "a success with a warning has no codeMinor")
	case description == nil:
		return broken(s, "a success with a warning has no description")
	}
	return nil
}

func failureForm(s *xmltree.Node, severity string, description *xmltree.Node) *mismatch {
	switch {
	case severity == wire.SeverityStatus || severity == wire.SeverityWarning: // others are left to STA-02
		return differs(childNamed(s, "severity"), wire.SeverityError, severity, "a failure comes with severity %s instead of error", quoted(severity))
	case textNamed(description, "text") == "":
		return broken(s, "a failure has no description text")
	}
	return nil
}

// minor wants every codeMinorField to have a name and a value. An empty codeMinor
// is recorded: the schema allows it (STA-06, "record an empty one").
func (c *court) minor(a *answer, minor *xmltree.Node) {
	fields := childrenNamed(minor, "codeMinorField")
	if len(fields) == 0 {
		c.note(reports.Observation{Requirement: minorFields, Step: a.index + 1,
			Path: shownIn(pathOf(minor), maxPath), Value: "codeMinor without codeMinorField"})
		return
	}
	for _, f := range fields {
		var m *mismatch
		for _, local := range []string{"codeMinorName", "codeMinorValue"} {
			if m == nil && childNamed(f, local) == nil {
				m = broken(f, "a codeMinorField has no %s", local)
			}
		}
		c.check(a, minorFields, m)
	}
}

// outOfOrder finds a child of statusInfo that stands after one that it precedes in
// the schema.
func outOfOrder(s *xmltree.Node) *mismatch {
	order := [...]string{"codeMajor", "severity", "codeMinor", "messageIdRef", "operationIdRef", "description"}
	last := 0
	for _, n := range s.Children {
		place := slices.Index(order[:], n.Name.Local)
		switch {
		case place < 0:
		case place < last:
			return broken(n, "in a statusInfo %s stands after %s", n.Name.Local, order[last])
		default:
			last = place
		}
	}
	return nil
}

// container judges where the statuses stand and how many there are; an answer with
// both or neither container is left to HDR-08.
func (c *court) container(a *answer) {
	single, sets := childNamed(a.info, "statusInfo"), childNamed(a.info, "statusInfoSet")
	if (single == nil) == (sets == nil) {
		return
	}
	wantsSet, id := true, statusPerItem
	switch {
	case a.operation.Container == wire.StatusSetSingle:
		id = setOfOne
	case a.operation.Container == wire.StatusSingle && a.operation.Name == "readAllPersons":
		wantsSet, id = false, extendedStatus
	case a.operation.Container == wire.StatusSingle:
		wantsSet, id = false, singleStatus
	}
	switch {
	case wantsSet && sets == nil:
		c.check(a, id, differs(single, "statusInfoSet", "statusInfo", "%s answers with statusInfo instead of statusInfoSet", a.operation.Name))
	case !wantsSet && single == nil:
		c.check(a, id, differs(sets, "statusInfo", "statusInfoSet", "%s answers with statusInfoSet instead of statusInfo", a.operation.Name))
	case wantsSet:
		c.check(a, id, countStatuses(a, sets))
	default:
		c.check(a, id, nil)
	}
}

// countStatuses wants one status, or one for each item that was sent.
func countStatuses(a *answer, set *xmltree.Node) *mismatch {
	wanted, why := 1, a.operation.Name+" answers with one"
	if a.operation.Container == wire.StatusPerItem {
		sent, ok := sentItems(a)
		if !ok {
			return nil
		}
		wanted, why = sent, plural(sent, "item")+" were sent"
		if sent == 1 {
			why = "1 item was sent"
		}
	}
	if got := len(a.statuses); got != wanted {
		return differs(set, itoa(wanted), itoa(got), "the statusInfoSet holds %s, but %s", plural(got, "status"), why)
	}
	return nil
}

// sentItems counts the items of a plural request as it was sent; ok is false when
// it cannot be read, because it is malformed on purpose.
func sentItems(a *answer) (count int, ok bool) {
	doc, err := xmltree.Parse(a.exchange.Request, requestCharset(a), xmltree.Limits{})
	if err != nil {
		return 0, false
	}
	path, err := xmltree.ParsePath(a.operation.Items, wire.Namespace)
	if err != nil {
		return 0, false
	}
	body := childNamed(doc.Root, "Body")
	if body == nil || len(body.Children) != 1 {
		return 0, false
	}
	return len(path.Select(body.Children[0])), true
}
