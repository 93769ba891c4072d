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
	length := utf8.RuneCountInString(m.key)
	switch {
	case m.key == "":
		return c.refusedMessage("The 'sourcedId/identifier' is missing")
	case length > c.maxGroupKey(), length == maxKey && c.deviates("group-key-of-64-refused"):
		return failure(minorInvalid, fmt.Sprintf("The 'sourcedId/identifier' is longer than %d characters", c.maxGroupKey())), nil
	case length > maxKey && c.deviates("long-group-key-cut"):
		m.key = string([]rune(m.key)[:maxKey])
	}
	if !m.sent {
		return c.refusedMessage("The 'group' is missing")
	}
	return c.checkGroupTexts(m)
}

// limitedTexts are the texts of a group that have a limit, with deviations that
// store longer ones, and shorter ones in part.
var limitedTexts = [...]struct {
	course                    bool
	field, name, stored, cuts string
}{
	{false, fieldTitle, "descShort", "long-group-title-stored", "group-title-cut"},
	{true, fieldTitle, extensionCourse, "long-course-title-stored", "course-title-cut"},
	{true, fieldCode, extensionCode, "long-course-code-stored", "course-code-cut"},
	{true, fieldCredits, extensionCredits, "", ""},
}

// checkGroupTexts refuses texts over their limits; by another reading, they are
// cut.
func (c *call) checkGroupTexts(m *groupMessage) (status, error) {
	for _, limited := range limitedTexts {
		in := m.fields
		if limited.course {
			in = m.course
		}
		text := []rune(in[limited.field])
		switch {
		case len(text) > maxText && limited.stored != "" && c.deviates(limited.stored):
		case len(text) > maxText && !c.reads(readingLongTexts):
			return failure(minorInvalid, fmt.Sprintf("The field '%s' is longer than %d characters", limited.name, maxText)), nil
		case len(text) > maxText:
			in[limited.field] = string(text[:maxText])
		case len(text) > 40 && limited.cuts != "" && c.deviates(limited.cuts):
			in[limited.field] = string(text[:40])
		}
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
