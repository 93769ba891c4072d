package sandbox

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxText is the documented length of titles and of a course's texts
// (Hierarchies; Courses).
const maxText = 64

// checkGroupMessage refuses a message without key or group, and texts longer
// than documented.
func (c *call) checkGroupMessage(m *groupMessage) (status, error) {
	switch {
	case m.key == "":
		return c.refusedMessage("The 'sourcedId/identifier' is missing")
	case utf8.RuneCountInString(m.key) > c.maxGroupKey():
		return failure(minorInvalid, fmt.Sprintf("The 'sourcedId/identifier' is longer than %d characters", c.maxGroupKey())), nil
	case !m.sent:
		return c.refusedMessage("The 'group' is missing")
	}
	for _, limited := range [...]struct {
		in          fields
		field, name string
	}{{m.fields, fieldTitle, "descShort"}, {m.course, fieldTitle, extensionCourse}, {m.course, fieldCode, extensionCode}, {m.course, fieldCredits, extensionCredits}} {
		text := limited.in[limited.field]
		if utf8.RuneCountInString(text) <= maxText {
			continue
		}
		if !c.reads(readingLongTexts) {
			return failure(minorInvalid, fmt.Sprintf("The field '%s' is longer than %d characters", limited.name, maxText)), nil
		}
		limited.in[limited.field] = string([]rune(text)[:maxText])
	}
	return success(), nil
}

// maxGroupKey is the length of a group's syncID: createGroups and the template
// say 255, the other pages 64 (open question 3).
func (c *call) maxGroupKey() int {
	if c.reads(readingGroupKeys) && c.op.Name != "createGroups" {
		return maxKey
	}
	return maxLongKey
}

// checkGroupMandatory refuses a new group without a title, and a replacement
// without one. An update of a known group may be partial.
func (c *call) checkGroupMandatory(_ *tx, w *groupWrite) (status, error) {
	if w.known() && w.how != modeReplace || strings.TrimSpace(w.message.fields[fieldTitle]) != "" {
		return success(), nil
	}
	return c.refusedMessage("The mandatory 'description/descShort' is missing")
}
