package sandbox

import "strings"

// setType decides what kind of organisation the group is to be, and refuses the
// changes that are not documented (Creating organisations; Creating courses and
// course groups).
func (c *call) setType(t *tx, w *groupWrite) (status, error) {
	wanted, named, st := c.wantedType(w.message.organisation)
	if st.failed() {
		return st, nil
	}
	asks := w.message.course[fieldTitle] != ""
	w.made.orgType = c.typeOf(w, wanted, named, asks)
	if st := c.checkSite(w.made.orgType); st.failed() {
		return st, nil
	}
	if st, err := c.checkCourseType(t, w, asks); err != nil || st.failed() {
		return st, err
	}
	if old := w.old.orgType; w.known() && w.made.orgType != old && w.made.orgType != typeCourse {
		if c.reads(readingTypeFixed) {
			return failure(minorInvalid, "The type of an existing hierarchy cannot be changed"), nil
		}
		if named && c.deviates("type-change-lost") {
			w.made.orgType = old
		}
	}
	return c.checkCourse(w, asks)
}

// typeOf is the type that is named; without one it is Course for a new course,
// what it was for a known group, and Unspecified for a new one and for a
// replacement. A course keeps its type in any case.
func (c *call) typeOf(w *groupWrite, wanted orgType, named, asks bool) orgType {
	switch {
	case named && wanted == typeSchool && !w.known() && c.deviates("school-stored-unspecified"):
		return typeUnspecified
	case named:
		return wanted
	case asks && !w.connected():
		w.untyped = c.deviates("course-type-not-set")
		return typeCourse
	case w.known() && (w.how != modeReplace || w.connected() || c.reads(readingTypeFixed)):
		if w.how == modeUpdate && w.old.orgType == typeSchool && c.deviates("update-resets-type") {
			return typeUnspecified
		}
		return w.old.orgType
	case !w.known() && c.deviates("untyped-group-is-course-group"):
		w.untyped = true
		return typeCourseGroup
	}
	return typeUnspecified
}

// checkSite refuses to make a Site; there is one from the start.
func (c *call) checkSite(made orgType) status {
	if made == typeSite && !c.deviates("site-accepted") {
		return failure(minorInvalid, "An organisation of type Site cannot be created or updated")
	}
	return success()
}

// checkCourseType keeps courses and the type Course together: a course makes an
// Unspecified hierarchy a Course, no other, and a Course stays one.
func (c *call) checkCourseType(t *tx, w *groupWrite, asks bool) (status, error) {
	made, old := w.made.orgType, w.old.orgType
	switch {
	case asks && made != typeCourse && !w.connected():
		if !c.deviates("course-in-other-type-accepted") {
			return failure(minorInvalid, "The type of a hierarchy with the extension 'course' must be Course"), nil
		}
		w.message.course = fields{}
	case w.connected() && made != typeCourse:
		return c.refuseOtherType(t, w)
	case made == typeCourse && old == typeSchool && !c.deviates("school-becomes-course"),
		made == typeCourse && old == typeCourseGroup && !c.deviates("course-group-becomes-course"):
		return failure(minorInvalid, "An organisation of type "+string(old)+" cannot become a Course"), nil
	case asks && made == typeCourse && old == typeUnspecified && c.deviates("course-of-known-group-refused"):
		return failure(minorInvalid, "An existing hierarchy cannot become a Course"), nil
	case asks && made == typeCourse && old == typeUnspecified && c.deviates("course-of-known-group-lost"):
		w.lost = true
	}
	return success(), nil
}

// refuseOtherType refuses to change the type of a hierarchy that is connected to
// a course.
func (c *call) refuseOtherType(t *tx, w *groupWrite) (status, error) {
	if c.deviates("course-type-changed") {
		return success(), nil
	}
	st := failure(minorInvalid, "The type of a hierarchy that is connected to a course cannot be changed")
	if !c.deviates("refused-course-type-stored") {
		return st, nil
	}
	changed := w.old
	changed.orgType, st.keep = w.made.orgType, true
	return st, t.updateGroup(changed)
}

// wantedType reads a groupType. A type counts in its scheme only, whose spelling
// differs between clients in the case of a letter (open question 14). Name and
// level must name the same type when both are sent.
func (c *call) wantedType(sent typeMessage) (wanted orgType, named bool, st status) {
	if sent.name == "" && sent.level == "" {
		return "", false, success()
	}
	if !c.isScheme(sent.scheme) {
		if c.reads(readingSchemeRefused) {
			return "", false, failure(minorUnknownWord, "The scheme '"+sent.scheme+"' is not known")
		}
		return "", false, success()
	}
	byName, nameKnown := typeNamed(sent.name)
	byLevel, levelKnown := typeOfLevel(sent.level)
	switch {
	case sent.name != "" && !nameKnown:
		return "", false, failure(minorUnknownWord, "The type '"+sent.name+"' is not known")
	case sent.level != "" && !levelKnown:
		return "", false, failure(minorUnknownWord, "The level '"+sent.level+"' is not known")
	case nameKnown && levelKnown && byName != byLevel && !c.deviates("type-level-mismatch-accepted"):
		return "", false, failure(minorInvalid, "The type '"+sent.name+"' does not have the level '"+sent.level+"'")
	case nameKnown && levelKnown && byName == byLevel && c.deviates("type-and-level-refused"):
		return "", false, failure(minorInvalid, "Send either a type or a level")
	case nameKnown:
		return byName, true, success()
	case c.deviates("level-ignored"):
		return "", false, success()
	}
	return byLevel, true, success()
}

func (c *call) isScheme(scheme string) bool {
	switch {
	case scheme == organisationScheme:
		return true
	case strings.EqualFold(scheme, organisationScheme):
		return !c.reads(readingSchemeExact)
	}
	return c.deviates("any-scheme-counts")
}
