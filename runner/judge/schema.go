package judge

import (
	"fmt"
	"strings"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
	"esconform/xsd/validate"
)

// schemaValid is the requirement that answers are valid against the schemas.
const schemaValid = "STA-21"

// schema judges the answer against the schemas. Sites define values of
// institutionRoleType beyond the enumeration; those alone are no violation
// (PRO-09). The data of a group follow a schema of another vendor; what breaks it
// is observed only. What was cut from an answer is judged by what was recorded of it.
func (c *court) schema(a *answer) {
	if c.Validator == nil {
		c.trouble(a.index+1, "there is no validator to check the answer of step %d against the schemas", a.index+1)
		return
	}
	violations, err := c.Validator.Validate(a.operation.Response, a.doc.UTF8)
	if err != nil {
		c.trouble(a.index+1, "the answer of step %d could not be checked against the schemas: %v", a.index+1, err)
		return
	}
	t := sorted(a.doc, violations)
	m := t.mismatch(a)
	if m == nil && a.cut() {
		raw := sortedRaw(a.exchange.RawViolations)
		m, t.cut, t.inGroups = raw.mismatchBeforeCut(), t.cut || raw.cut, append(t.inGroups, raw.inGroups...)
	}
	if len(t.inGroups) > 0 {
		c.note(reports.Observation{Requirement: schemaValid, Step: a.index + 1, Value: shown(
			fmt.Sprintf("%s inside of groups, whose data another vendor's schema describes, first in line %d: %s",
				plural(len(t.inGroups), "violation"), t.inGroups[0].Line, t.inGroups[0].Message))})
	}
	if m == nil && t.cut {
		c.trouble(a.index+1, "the answer of step %d has more violations of the schemas than were counted; none of those counted is the endpoint's failure", a.index+1)
		return
	}
	c.check(a, schemaValid, m)
}

// violations are what a validator found, sorted by what it means.
type violations struct {
	counted  []validate.Violation // the endpoint's
	inGroups []validate.Violation // in the data of groups
	cut      bool                 // there are more than were counted
}

// sorted sorts the violations of an answer.
func sorted(doc *xmltree.Document, all []validate.Violation) violations {
	var t violations
	for _, v := range all {
		switch {
		case v.Code == validate.CodeTruncated:
			t.cut = true
		case siteRole(doc, v):
		case groupData(doc, v):
			t.inGroups = append(t.inGroups, v)
		default:
			t.counted = append(t.counted, v)
		}
	}
	return t
}

// sortedRaw sorts the violations that were recorded before other people's items were
// cut from the answer. Their values were not recorded, so a value of
// institutionRoleType outside the enumeration is taken for a role of the site; and so
// is any other where the element is not known.
func sortedRaw(all []evidence.Violation) violations {
	var t violations
	for _, raw := range all {
		v := validate.Violation{Node: raw.Node, Line: raw.Line, Code: raw.Code, Message: raw.Code}
		switch {
		case v.Code == validate.CodeTruncated:
			t.cut = true
		case v.Code == validate.CodeEnumeration && (raw.Element == "" || raw.Element == roleType):
		case raw.Group, raw.Element == "group" && ofContent(raw.Code):
			t.inGroups = append(t.inGroups, v)
		default:
			t.counted = append(t.counted, v)
		}
	}
	return t
}

func (t violations) mismatchBeforeCut() *mismatch {
	if len(t.counted) == 0 {
		return nil
	}
	return broken(nil, "the answer, before other people's items were cut from it, breaks the schema in %s, first in line %d (%s)",
		plural(len(t.counted), "place"), t.counted[0].Line, shownIn(t.counted[0].Code, 40))
}

func (t violations) mismatch(a *answer) *mismatch {
	if len(t.counted) == 0 {
		return nil
	}
	first, others := t.counted[0], len(t.counted)-1
	text := strings.TrimRight(first.Message, ".")
	switch {
	case t.cut:
		text += " (and more violations than were counted)"
	case others > 0:
		text += " (and " + plural(others, "violation") + " more)"
	}
	m := broken(nil, "the answer breaks the schema: %s", text)
	m.line, m.node = first.Line, nodeOf(a.doc, first)
	return m
}

// nodeOf is the element that a violation is about; nil when it is unknown.
func nodeOf(doc *xmltree.Document, v validate.Violation) *xmltree.Node {
	if v.Node < 0 || v.Node >= len(doc.Nodes) {
		return nil
	}
	return doc.Nodes[v.Node]
}

const roleType = "institutionRoleType"

// siteRole says whether a violation is only a role that a site has defined.
func siteRole(doc *xmltree.Document, v validate.Violation) bool {
	n := nodeOf(doc, v)
	return n != nil && v.Code == validate.CodeEnumeration && n.Name.Space == wire.NSPdata && n.Name.Local == roleType && strings.TrimSpace(n.Text) != ""
}

// groupData says whether a violation lies in the data of a group: below a
// gmess:group, or in what that itself holds. That a group stands where none may, or
// is wrapped wrongly, is none of it.
func groupData(doc *xmltree.Document, v validate.Violation) bool {
	n := nodeOf(doc, v)
	if n == nil {
		return false
	}
	if isGroup(n) {
		return ofContent(v.Code)
	}
	for n = n.Parent; n != nil; n = n.Parent {
		if isGroup(n) {
			return true
		}
	}
	return false
}

// ofContent says whether a violation of this code is about what an element holds.
func ofContent(code string) bool {
	return code == validate.CodeContent || code == validate.CodeAttribute
}

func isGroup(n *xmltree.Node) bool { return n.Name.Space == wire.NSGmess && n.Name.Local == "group" }
