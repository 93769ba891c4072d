package sandbox

import (
	"fmt"
	"slices"
)

// placeGroup puts the group under the parent that the message names. A new group
// and a replacement need one; an update without one leaves the group where it
// is.
func (c *call) placeGroup(t *tx, w *groupWrite) (status, error) {
	w.made = w.old
	if !w.known() {
		w.made = group{site: c.site.id, key: w.message.key, origin: originImport}
	}
	w.made.fields = fields{}
	if w.old.orgType == typeSite {
		return failure(minorInvalid, "The main organisation cannot be changed"), nil
	}
	sent := w.message.parent
	switch {
	case sent != nil && sent.relation != relationParent:
		return failure(minorInvalid, "The relation '"+sent.relation+"' is not supported, only Parent"), nil
	case sent != nil && sent.key != "":
		return c.placeUnder(t, w, sent)
	case w.known() && w.how != modeReplace && !c.reads(readingParentDemanded):
		w.made.fields.set(fieldLabel, w.old.fields[fieldLabel])
		return success(), nil
	case !w.known() && c.op.Name == "createGroup" && c.reads(readingParentlessRoot) && len(w.message.course) == 0:
		root, _, err := t.rootGroup(c.site.id)
		w.made.parent = root.id
		return success(), err
	}
	return c.refusedMessage("The mandatory 'relationship/sourceId/identifier' is missing")
}

// placeUnder refuses a parent that does not exist and one that is below the
// group itself.
func (c *call) placeUnder(t *tx, w *groupWrite, sent *parentMessage) (status, error) {
	parent, found, err := t.groupByKey(c.site.id, sent.key)
	if err != nil {
		return status{}, err
	}
	if !found {
		return failure(minorUnknown, fmt.Sprintf("relationship/sourceId/identifier '%s' does not exist in itslearning", sent.key)), nil
	}
	above, err := t.ancestors(parent.id)
	if err != nil {
		return status{}, err
	}
	if w.known() && slices.ContainsFunc(above, func(g group) bool { return g.id == w.old.id }) {
		return failure(minorInvalid, fmt.Sprintf("The group '%s' cannot be below itself", w.old.key)), nil
	}
	w.made.parent = parent.id
	switch {
	case sent.label != nil:
		w.made.fields.set(fieldLabel, *sent.label)
	case parent.id == w.old.parent && w.how != modeReplace:
		w.made.fields.set(fieldLabel, w.old.fields[fieldLabel])
	}
	return success(), nil
}

// checkSchools keeps Schools from standing below each other, at any distance
// (Creating organisations).
func (c *call) checkSchools(t *tx, w *groupWrite) (status, error) {
	isSchool := func(g group) bool { return g.orgType == typeSchool && g.id != w.old.id }
	above, err := t.ancestors(w.made.parent)
	if err != nil {
		return status{}, err
	}
	inSchool := slices.ContainsFunc(above, isSchool)
	if inSchool && w.made.orgType == typeSchool {
		return failure(minorInvalid, "A School cannot be below another School"), nil
	}
	if !w.known() || !inSchool && w.made.orgType != typeSchool {
		return success(), nil
	}
	below, err := t.descendants(w.old.id)
	if err != nil {
		return status{}, err
	}
	if slices.ContainsFunc(below, isSchool) {
		return failure(minorInvalid, "A School cannot be below another School"), nil
	}
	return success(), nil
}

// checkCourseGroup demands a Course above a CourseGroup (CourseGroups).
func (c *call) checkCourseGroup(t *tx, w *groupWrite) (status, error) {
	if w.made.orgType != typeCourseGroup {
		return success(), nil
	}
	parent, _, err := t.groupByID(c.site.id, w.made.parent)
	if err != nil || parent.orgType == typeCourse {
		return success(), err
	}
	return failure(minorInvalid, "The parent of a CourseGroup must be a Course"), nil
}
