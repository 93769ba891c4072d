package sandbox

import "maps"

// A groupWrite is one item of a create, update or replace on its way.
type groupWrite struct {
	message groupMessage
	how     mode
	old     group // as it is; without number when nobody has the key
	course  course
	made    group // as it is to be stored
}

func (w *groupWrite) known() bool { return w.old.id != 0 }

// connected says whether there is a course already.
func (w *groupWrite) connected() bool { return w.course.id != 0 }

// writeGroup carries out one item of a create, update or replace: it is checked,
// put together, stored, and then its course is.
func (c *call) writeGroup(t *tx, m groupMessage, how mode) (status, error) {
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
	label, labelled := w.made.fields[fieldLabel]
	base := fields{}
	if w.known() && w.how != modeReplace {
		base = maps.Clone(w.old.fields)
	}
	base.set(fieldTitle, w.old.fields[fieldTitle])
	for _, name := range [...]string{fieldTitle, fieldLong, fieldFull} {
		text, sent := w.message.fields[name]
		if sent && (text != "" || name != fieldTitle) {
			base.set(name, text)
		}
	}
	delete(base, fieldLabel)
	if labelled {
		base.set(fieldLabel, label)
	}
	w.made.fields = base
}

// noteGroup says what became of a key that nobody had, or that somebody has. As
// with persons, only a replace that inserts is remarkable.
func (c *call) noteGroup(w *groupWrite, st *status) {
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
	}
	if w.made.orgType != typeCourse {
		return nil
	}
	return c.storeCourseOf(t, w)
}
