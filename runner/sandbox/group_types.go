package sandbox

import "strings"

// setType decides what kind of organisation the group is to be, and refuses the
// changes that are not documented (Creating organisations; Creating courses and
// course groups).
func (c *call) setType(_ *tx, w *groupWrite) (status, error) {
	wanted, named, st := c.wantedType(w.message.groupTyp)
	if st.failed() {
		return st, nil
	}
	asks := w.message.course[fieldTitle] != ""
	old := w.old.orgType
	switch {
	case named:
		w.made.orgType = wanted
	case asks && !w.connected():
		w.made.orgType = typeCourse
	case !w.known() || w.how == modeReplace && !w.connected():
		w.made.orgType = typeUnspecified
	}
	made := w.made.orgType
	switch {
	case made == typeSite:
		return failure(minorInvalid, "An organisation of type Site cannot be created or updated"), nil
	case asks && made != typeCourse:
		return failure(minorInvalid, "The type of a hierarchy with the extension 'course' must be Course"), nil
	case w.connected() && made != typeCourse:
		return failure(minorInvalid, "The type of a hierarchy that is connected to a course cannot be changed"), nil
	case made == typeCourse && (old == typeSchool || old == typeCourseGroup):
		return failure(minorInvalid, "An organisation of type "+string(old)+" cannot become a Course"), nil
	case w.known() && made != old && made != typeCourse && c.reads(readingTypeFixed):
		return failure(minorInvalid, "The type of an existing hierarchy cannot be changed"), nil
	}
	return c.checkCourse(w, asks)
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
	case nameKnown && levelKnown && byName != byLevel:
		return "", false, failure(minorInvalid, "The type '"+sent.name+"' does not have the level '"+sent.level+"'")
	case nameKnown:
		return byName, true, success()
	}
	return byLevel, true, success()
}

func (c *call) isScheme(scheme string) bool {
	if c.reads(readingSchemeExact) {
		return scheme == organisationScheme
	}
	return strings.EqualFold(scheme, organisationScheme)
}
