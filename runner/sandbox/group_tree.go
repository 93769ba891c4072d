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
	case !w.known() && w.how == modeCreate && len(w.message.course) == 0 && c.deviates("parentless-group-stands-alone"):
		return success(), nil
	case !w.known() && c.placesUnderRoot(w):
		root, _, err := t.rootGroup(c.site.id)
		w.made.parent = root.id
		return success(), err
	}
	return c.refusedMessage("The mandatory 'relationship/sourceId/identifier' is missing")
}

// placesUnderRoot says whether a new group without a parent has the main
// organisation as one. A course never has: it needs a parent's syncID (Creating
// courses and course groups).
func (c *call) placesUnderRoot(w *groupWrite) bool {
	course := w.message.course[fieldTitle] != "" || w.message.organisation.name == string(typeCourse)
	switch {
	case course:
		return c.deviates("course-without-parent-accepted")
	case w.how == modeUpdate && c.deviates("thin-group-update-stored"),
		w.how == modeReplace && c.deviates("thin-group-replace-stored"):
		return true
	case w.how != modeCreate:
		return false
	}
	return c.reads(readingParentlessRoot)
}

// placeUnder refuses a parent that does not exist and one that is below the
// group itself.
func (c *call) placeUnder(t *tx, w *groupWrite, sent *parentMessage) (status, error) {
	parent, found, err := t.groupByKey(c.site.id, sent.key)
	if err != nil {
		return status{}, err
	}
	root, _, err := t.rootGroup(c.site.id)
	switch {
	case err != nil:
		return status{}, err
	case !found && c.deviates("unknown-parent-accepted"):
		parent = root
	case !found, slices.Contains(c.madeGroups, parent.id) && c.deviates("parents-of-batch-unseen"),
		parent.id == root.id && c.deviates("root-refused-as-parent"):
		return failure(minorUnknown, fmt.Sprintf("relationship/sourceId/identifier '%s' does not exist in itslearning", sent.key)), nil
	case !w.known() && parent.id != root.id && c.deviates("parent-lost"):
		parent = root
	}
	above, err := t.ancestors(parent.id)
	if err != nil {
		return status{}, err
	}
	if w.known() && slices.ContainsFunc(above, func(g group) bool { return g.id == w.old.id }) && !c.deviates("group-below-itself-accepted") {
		return failure(minorInvalid, fmt.Sprintf("The group '%s' cannot be below itself", w.old.key)), nil
	}
	w.made.parent = parent.id
	if w.known() && parent.id != w.old.parent && c.deviates("move-lost") {
		w.made.parent = w.old.parent
	}
	switch {
	case sent.label != nil:
		w.made.fields.set(fieldLabel, *sent.label)
	case parent.id == w.old.parent && w.how != modeReplace:
		w.made.fields.set(fieldLabel, w.old.fields[fieldLabel])
	}
	return success(), nil
}

const textSchool = "A School cannot be below another School"

// checkSchools keeps Schools from standing below each other, at any distance
// (Creating organisations).
func (c *call) checkSchools(t *tx, w *groupWrite) (status, error) {
	isSchool := func(g group) bool { return g.orgType == typeSchool && g.id != w.old.id }
	above, err := t.ancestors(w.made.parent)
	if err != nil {
		return status{}, err
	}
	inSchool := slices.ContainsFunc(above, isSchool)
	direct := slices.ContainsFunc(above, func(g group) bool { return isSchool(g) && g.id == w.made.parent })
	if inSchool && w.made.orgType == typeSchool && !c.allowsSchool(w, direct) {
		return failure(minorInvalid, textSchool), nil
	}
	if !w.known() || !inSchool && w.made.orgType != typeSchool {
		return success(), nil
	}
	below, err := t.descendants(w.old.id)
	if err != nil {
		return status{}, err
	}
	if !slices.ContainsFunc(below, isSchool) {
		return success(), nil
	}
	direct = slices.ContainsFunc(below, func(g group) bool { return isSchool(g) && g.parent == w.old.id })
	switch {
	case inSchool && c.deviates("moved-school-unchecked"),
		!inSchool && c.deviates("school-above-school-accepted"),
		!inSchool && !direct && c.deviates("school-above-grandchild-accepted"):
		return success(), nil
	}
	return failure(minorInvalid, textSchool), nil
}

// allowsSchool is where deviations let a School into another; direct says
// whether that is the parent.
func (c *call) allowsSchool(w *groupWrite, direct bool) bool {
	if w.known() {
		return c.deviates("moved-school-unchecked")
	}
	return c.deviates("school-in-school-accepted") || !direct && c.deviates("school-two-levels-below-accepted")
}

// checkCourseGroup demands a Course above a CourseGroup (CourseGroups).
func (c *call) checkCourseGroup(t *tx, w *groupWrite) (status, error) {
	if w.made.orgType != typeCourseGroup || w.untyped {
		return success(), nil
	}
	parent, _, err := t.groupByID(c.site.id, w.made.parent)
	switch {
	case err != nil:
		return status{}, err
	case parent.orgType == typeCourse && !c.deviates("course-group-refused"),
		parent.orgType != typeCourse && c.deviates("course-group-anywhere"):
		return success(), nil
	}
	return failure(minorInvalid, "The parent of a CourseGroup must be a Course"), nil
}
