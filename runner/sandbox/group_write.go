package sandbox

import "maps"

// A groupWrite is one item of a create, update or replace on its way.
type groupWrite struct {
	message groupMessage
	how     mode
	old     group // as it is; without number when nobody has the key
	course  course
	made    group // as it is to be stored
	untyped bool  // a deviation gives it another type than it should have
	lost    bool  // a deviation says that it is stored, and does not store it
}

func (w *groupWrite) known() bool { return w.old.id != 0 }

// connected says whether there is a course already.
func (w *groupWrite) connected() bool { return w.course.id != 0 }

// writeGroup carries out one item of a create, update or replace: it is checked,
// put together, stored, and then its course is.
func (c *call) writeGroup(t *tx, m groupMessage, how mode) (status, error) {
	if m.key == "" && c.deviates("missing-group-key-accepted") {
		return success(), nil
	}
	if st, err := c.checkGroupMessage(&m); err != nil || st.failed() {
		return st, err
	}
	w := &groupWrite{message: m, how: how}
	var err error
	if w.old, _, err = t.groupByKey(c.site.id, m.key); err != nil {
		return status{}, err
	}
	if w.known() {
		if w.course, _, err = t.courseOf(w.old.id); err != nil {
			return status{}, err
		}
	}
	for _, step := range [...]func(*call, *tx, *groupWrite) (status, error){
		(*call).checkGroupMandatory, (*call).placeGroup, (*call).setType, (*call).checkSchools, (*call).checkCourseGroup, (*call).checkTemplate,
	} {
		if st, err := step(c, t, w); err != nil || st.failed() {
			return st, err
		}
	}
	c.describeGroup(w)
	st := success()
	c.noteGroup(w, &st)
	if st.failed() {
		return st, nil
	}
	return st, c.storeGroup(t, w)
}

// describeGroup writes title and descriptions over those that the group has; a
// replace begins with none. An empty text empties a field, but never the title.
func (c *call) describeGroup(w *groupWrite) {
	base := fields{}
	if w.known() && !c.emptiesGroup(w.how) {
		base = maps.Clone(w.old.fields)
	}
	base.set(fieldTitle, w.old.fields[fieldTitle])
	for _, field := range [...]struct{ name, loses string }{{fieldTitle, "group-title-lost"}, {fieldLong, "long-description-lost"}, {fieldFull, "full-description-lost"}} {
		text, sent := w.message.fields[field.name]
		switch {
		case !sent || text == "" && field.name == fieldTitle:
		case text != "" && !w.known() && c.deviates(field.loses):
			base.set(field.name, "-")
		default:
			base.set(field.name, text)
		}
	}
	base.set(fieldLabel, w.made.fields[fieldLabel])
	if base[fieldLabel] != "" && c.deviates("label-lost") {
		delete(base, fieldLabel)
	}
	w.made.fields = base
}

// emptiesGroup says whether a write empties what its message does not carry: a
// replace does, nothing else.
func (c *call) emptiesGroup(how mode) bool {
	switch how {
	case modeUpdate:
		if c.op.Plural() {
			return c.deviates("group-updates-wipe")
		}
		return c.deviates("group-update-wipes")
	case modeReplace:
		if c.op.Plural() {
			return !c.deviates("group-replaces-keep-descriptions")
		}
		return !c.deviates("group-replace-keeps-descriptions")
	}
	return false
}

// groupPoints are deviations of one write of groups: it fails on an unknown key,
// it fails on a known one, it stores nothing for an unknown one, it changes
// nothing of a known one.
var groupPoints = [...]struct{ operation, refusesUnknown, refusesKnown, losesUnknown, ignoresKnown string }{
	{"createGroup", "", "create-refuses-known-group", "created-group-lost", "create-ignores-known-group"},
	{"createGroups", "", "", "created-groups-lost", "creates-ignore-known-groups"},
	{"updateGroup", "update-refuses-unknown-group", "", "update-of-unknown-group-lost", "updated-group-lost"},
	{"updateGroups", "updates-refuse-unknown-groups", "", "", "updated-groups-lost"},
	{"replaceGroup", "replace-refuses-unknown-group", "", "replace-of-unknown-group-lost", "replaced-group-lost"},
	{"replaceGroups", "replaces-refuse-unknown-groups", "", "", "replaced-groups-lost"},
}

// noteGroup says what became of a key that nobody had, or that somebody has. As
// with persons, only a replace that inserts is remarkable.
func (c *call) noteGroup(w *groupWrite, st *status) {
	st.lose = w.lost
	for _, p := range groupPoints {
		switch {
		case p.operation != c.op.Name:
		case !w.known() && p.refusesUnknown != "" && c.deviates(p.refusesUnknown):
			st.fail(minorUnknown, "The group does not exist in itslearning")
			return
		case w.known() && p.refusesKnown != "" && c.deviates(p.refusesKnown):
			st.fail(minorKeyInUse, "The 'sourcedId/identifier' is already in use")
			return
		case !w.known() && p.losesUnknown != "" && c.deviates(p.losesUnknown),
			w.known() && p.ignoresKnown != "" && c.deviates(p.ignoresKnown):
			st.lose = true
		}
	}
	switch {
	case w.known() && w.how == modeCreate && c.reads(readingCreateRemarks):
		st.warn("objectupdatedinstead", "Object did exist, has been updated instead")
	case !w.known() && w.how == modeUpdate && c.reads(readingUpdateRemarks),
		!w.known() && w.how == modeReplace && !c.reads(readingInsertPlain):
		st.warn(minorInserted, textInserted)
	}
}

// storeGroup stores the group, and the course that it is to be connected to.
func (c *call) storeGroup(t *tx, w *groupWrite) error {
	withCourse := w.made.orgType == typeCourse
	if withCourse && !w.known() && c.deviates("course-extension-ignored") {
		withCourse, w.made.orgType = false, typeUnspecified
	}
	if withCourse && w.untyped {
		w.made.orgType = typeUnspecified
	}
	if w.known() {
		if err := t.updateGroup(w.made); err != nil {
			return err
		}
	} else {
		id, err := t.insertGroup(w.made)
		if err != nil {
			return err
		}
		w.made.id = id
		c.madeGroups = append(c.madeGroups, id)
	}
	if w.how == modeReplace && w.known() {
		if err := c.keepMembersAndChildren(t, w.made); err != nil {
			return err
		}
	}
	if !withCourse {
		return nil
	}
	return c.storeCourseOf(t, w)
}

// keepMembersAndChildren does nothing: a replace is about the group alone.
func (c *call) keepMembersAndChildren(t *tx, g group) error {
	if c.deviates("replace-removes-members") {
		if err := t.exec("DELETE FROM membership WHERE grp = ?", g.id); err != nil {
			return err
		}
	}
	if c.deviates("replace-removes-children") {
		return t.exec("UPDATE groups SET parent = ? WHERE parent = ?", nullableNumber(g.parent), g.id)
	}
	return nil
}
