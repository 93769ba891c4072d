package sandbox

// Names of the readings about memberships.
const (
	readingNumericRoles       = "numeric-roles-read"
	readingHierarchyRoles     = "hierarchy-roles-read"
	readingRoleFault          = "unknown-role-fault"
	readingFirstMember        = "further-members-ignored"
	readingPairOnce           = "second-membership-refused"
	readingMoveIgnored        = "membership-move-ignored"
	readingMembershipInserted = "membership-insert-warning"
	readingHomeIgnored        = "home-elsewhere-ignored"
	readingEmptySetAbsent     = "empty-membership-set-absent"
)

func membershipReadings() []Dialect {
	return []Dialect{
		{readingNumericRoles, "Reads return the roles of memberships as numbers.",
			"Managing memberships gives a word and a number for each role; which one reads return is not said"},
		{readingHierarchyRoles, "Reads return the first role type that gives the same role in the hierarchy: ContentDeveloper for Member.",
			"Managing memberships: both give Guest; which one reads return is not said"},
		{readingRoleFault, "A role type outside the schema's enumeration is a fault.",
			"The WSDL has an enumeration; whether it is enforced is not said"},
		{readingFirstMember, "Of several members in a membership the first counts.",
			`createMembership: one member; updateMembership: "one or more"; the schema: at most one`},
		{readingPairOnce, "A second membership of a person in the same group fails.",
			"createMembership does not say what becomes of a person and group that are connected already"},
		{readingMoveIgnored, "A membership sent with another person or group keeps its own; the role is stored, with a warning.",
			"updateMembership changes the role or home organisation only; the answer to more is not said"},
		{readingMembershipInserted, "Updating or replacing an unknown membership answers with a warning, as replacePerson does.",
			"updateMembership and replaceMembership: the membership is created; the status is not printed"},
		{readingHomeIgnored, "Marking a group that is neither Site nor School as home is ignored.",
			"Marking an organisation as a user's home organisation: the type is a precondition; the answer without it is not said"},
		{readingEmptySetAbsent, "An answer without memberships has no set either.",
			"The schema makes the sets optional"},
	}
}
