package sandbox

// Names of the readings about groups.
const (
	readingGroupKeys      = "group-keys-64"
	readingInsertPlain    = "replace-inserts-group-plainly"
	readingParentDemanded = "group-update-needs-parent"
	readingParentlessRoot = "parentless-group-under-root"
	readingTypeFixed      = "group-type-fixed"
	readingSchemeExact    = "scheme-case-exact"
	readingSchemeRefused  = "unknown-scheme-refused"
	readingCodeDemanded   = "course-code-demanded"
	readingCreditSingular = "course-credit-singular"
	readingOtherLevels    = "other-course-levels"
)

// groupReadings are the lawful variants of the group service.
func groupReadings() []Dialect {
	return []Dialect{
		{readingGroupKeys, "Keys of groups have up to 64 characters, in createGroups up to 255.",
			`createGroup, updateGroup, updateGroups, replaceGroup: "Max 64 chars"; createGroups, Hierarchies: 255`},
		{readingInsertPlain, "replaceGroup on an unknown syncID answers without a warning.",
			"replaceGroup: the group is created; the status is not printed"},
		{readingParentDemanded, "An update without a relationship fails.",
			"updateGroup: the relationship must be sent even if the parent does not change; what happens without is not said"},
		{readingParentlessRoot, "createGroup places a group without a relationship under the main organisation.",
			"createGroup: no precondition; createGroups and the other writes need the parent"},
		{readingTypeFixed, "The type of an existing group cannot be changed, except to Course.",
			"Hierarchies: a type cannot be set once the hierarchy exists; Creating organisations: School and back"},
		{readingSchemeExact, "The scheme is compared with regard to case.",
			"ItslearningOrganisationTypes on the pages, ItsLearningOrganisationTypes in a client"},
		{readingSchemeRefused, "A type in another scheme is refused instead of ignored.",
			"Managing groups: the scheme must be given for a type to be set; what happens otherwise is not said"},
		{readingCodeDemanded, "A course needs a code.",
			`Creating courses and course groups lists the code without "(Optional)"; createGroup calls it optional`},
		{readingCreditSingular, "Reads return the credits as course/credit.",
			"Creating courses and course groups: course/credits; Working with course templates in IMS ES: course/credit"},
		{readingOtherLevels, "Course and CourseGroup have other levels.",
			"Managing groups: the levels of Course and CourseGroup are not known"},
	}
}
