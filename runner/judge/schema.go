package judge

import (
	"strings"

	"esconform/runner/evidence"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
	"esconform/xsd/validate"
)

// schemaValid is the requirement that answers are valid against the schemas.
const schemaValid = "STA-21"

// schema judges the answer against the schemas. Sites define values of
// institutionRoleType beyond the enumeration; those alone are no violation
// (PRO-09). What was cut from an answer is judged by what was recorded of it.
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
	m := violated(a, violations)
	if m == nil && a.cut() {
		m = violatedBeforeCut(a.exchange.RawViolations)
	}
	c.check(a, schemaValid, m)
}

// violatedBeforeCut finds a violation that was recorded before other people's items
// were cut from the answer. Values were not recorded, so that a value outside an
// enumeration may be a role of the site; what is left of the answer has none.
func violatedBeforeCut(raw []evidence.Violation) *mismatch {
	var counted []evidence.Violation
	for _, v := range raw {
		if v.Code != validate.CodeEnumeration && v.Code != validate.CodeTruncated {
			counted = append(counted, v)
		}
	}
	if len(counted) == 0 {
		return nil
	}
	return broken(nil, "the answer, before other people's items were cut from it, breaks the schema in %s, first in line %d (%s)",
		plural(len(counted), "place"), counted[0].Line, shownIn(counted[0].Code, 40))
}

func violated(a *answer, violations []validate.Violation) *mismatch {
	var first *validate.Violation
	others, cut := 0, false
	for i, v := range violations {
		switch {
		case v.Code == validate.CodeTruncated:
			cut = true
		case siteRole(a.doc, v):
		case first == nil:
			first = &violations[i]
		default:
			others++
		}
	}
	if first == nil {
		return nil
	}
	text := strings.TrimRight(first.Message, ".")
	switch {
	case cut:
		text += " (and more violations than were counted)"
	case others > 0:
		text += " (and " + plural(others, "violation") + " more)"
	}
	m := broken(nil, "the answer breaks the schema: %s", text)
	m.line = first.Line
	if first.Node >= 0 && first.Node < len(a.doc.Nodes) {
		m.node = a.doc.Nodes[first.Node]
	}
	return m
}

// siteRole says whether a violation is only a role that a site has defined.
func siteRole(doc *xmltree.Document, v validate.Violation) bool {
	if v.Code != validate.CodeEnumeration || v.Node < 0 || v.Node >= len(doc.Nodes) {
		return false
	}
	n := doc.Nodes[v.Node]
	return n.Name.Space == wire.NSPdata && n.Name.Local == "institutionRoleType" && strings.TrimSpace(n.Text) != ""
}
