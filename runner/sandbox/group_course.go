package sandbox

import "maps"

// checkCourse demands the title of a new course; by another reading, its code
// too.
func (c *call) checkCourse(w *groupWrite, asks bool) (status, error) {
	creating := w.made.orgType == typeCourse && !w.connected()
	switch {
	case creating && !asks && c.deviates("course-without-title-accepted"):
		w.message.course[fieldTitle] = w.message.fields[fieldTitle]
	case creating && !asks, w.made.orgType != typeCourse && !w.connected() && len(w.message.course) > 0:
		return c.refusedMessage("The mandatory extension 'course' is missing")
	case creating && w.message.course[fieldCode] == "" && c.reads(readingCodeDemanded):
		return c.refusedMessage("The mandatory extension 'course/code' is missing")
	}
	return success(), nil
}

// checkTemplate demands that the template of a new course exists and is one, and
// that the person it is copied for exists (Working with course templates in IMS
// ES). The copy is made once: later the fields mean nothing.
func (c *call) checkTemplate(t *tx, w *groupWrite) (status, error) {
	if w.made.orgType != typeCourse || w.connected() {
		return success(), nil
	}
	if key := w.message.course[fieldCopiedOf]; key != "" {
		_, isTemplate, err := t.templateByKey(c.site.id, key)
		if err != nil {
			return status{}, err
		}
		_, isGroup, err := t.groupByKey(c.site.id, key)
		if err != nil {
			return status{}, err
		}
		if !isTemplate && !(isGroup && c.deviates("course-as-template-accepted")) && !(!isGroup && c.deviates("unknown-template-accepted")) {
			return failure(minorUnknown, "The course template '"+key+"' does not exist in itslearning"), nil
		}
	}
	if key := w.message.course[fieldCreator]; key != "" {
		if _, found, err := c.livePerson(t, key); err != nil || !found && !c.deviates("unknown-creator-accepted") {
			return failure(minorUnknown, "The course creator '"+key+"' does not exist in itslearning"), err
		}
	}
	return success(), nil
}

// storeCourseOf stores the course of a group: a new one, which has the key of
// the group, or the changes of the one that is there.
func (c *call) storeCourseOf(t *tx, w *groupWrite) error {
	sent, made := w.message.course, w.course
	if !w.connected() {
		made = course{site: c.site.id, origin: originImport, fields: fields{}}
		if err := c.copyTemplate(t, sent[fieldCopiedOf], made.fields); err != nil {
			return err
		}
		made.fields.set(fieldCreator, sent[fieldCreator])
		switch {
		case sent[fieldCode] == "" && c.deviates("course-code-invented"):
			made.fields.set(fieldCode, w.made.key)
		case sent[fieldCode] != "" && c.deviates("course-code-lost"):
			delete(sent, fieldCode)
		}
	}
	made.key, made.group = w.made.key, w.made.id
	kept := maps.Clone(made.fields)
	if w.connected() && (w.how == modeReplace || c.deviates("update-empties-course")) {
		delete(kept, fieldCode)
		delete(kept, fieldCredits)
	}
	for _, name := range [...]string{fieldTitle, fieldCode, fieldCredits} {
		text, given := sent[name]
		if w.connected() && name == fieldTitle && given && c.deviates("course-title-kept") {
			continue
		}
		if given && (text != "" || name != fieldTitle) {
			kept.set(name, text)
		}
	}
	made.fields = kept
	_, err := t.storeCourse(made)
	return err
}

// copyTemplate takes the fields of a template over.
func (c *call) copyTemplate(t *tx, key string, into fields) error {
	if key == "" {
		return nil
	}
	template, _, err := t.templateByKey(c.site.id, key)
	maps.Copy(into, template.fields)
	into.set(fieldCopiedOf, key)
	return err
}
