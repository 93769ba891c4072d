package sandbox

import (
	"strconv"
	"strings"
)

// An orgType is what kind of organisation a group is (Creating organisations).
type orgType string

// The organisation types.
const (
	typeUnspecified orgType = "Unspecified"
	typeSite        orgType = "Site"
	typeSchool      orgType = "School"
	typeCourse      orgType = "Course"
	typeCourseGroup orgType = "CourseGroup"
)

// organisationScheme is the scheme in which a groupType names an organisation
// type.
const organisationScheme = "ItslearningOrganisationTypes"

// orgLevels pairs the types with their levels. Those of Unspecified, Site and
// School are documented; the others are our own numbers.
var orgLevels = [...]struct {
	orgType orgType
	level   int
}{{typeUnspecified, -1}, {typeSite, 0}, {typeSchool, 1}, {typeCourse, 2}, {typeCourseGroup, 3}}

// typeNamed returns the type with that name.
func typeNamed(name string) (orgType, bool) {
	for _, row := range orgLevels {
		if string(row.orgType) == strings.TrimSpace(name) {
			return row.orgType, true
		}
	}
	return "", false
}

// typeOfLevel returns the type with that level.
func typeOfLevel(text string) (orgType, bool) {
	level, err := strconv.Atoi(strings.TrimSpace(text))
	for _, row := range orgLevels {
		if err == nil && row.level == level {
			return row.orgType, true
		}
	}
	return "", false
}

// level returns the level of a type.
func (o orgType) level() int {
	for _, row := range orgLevels {
		if row.orgType == o {
			return row.level
		}
	}
	return orgLevels[0].level
}
