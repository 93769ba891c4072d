package sandbox

// membershipOperationPoints are the deviations of single operations of the
// membership service.
var membershipOperationPoints = [...]operationPoint{
	{operation: "createMembership", response: "create-membership-answered-as-update"},
	{operation: "createMemberships", response: "membership-answer-of-another-operation", order: "create-memberships-statuses-reversed", first: "create-memberships-first-only", undone: "create-memberships-rolled-back"},
	{operation: "updateMembership", response: "update-membership-answered-as-create"},
	{operation: "updateMemberships", response: "membership-answer-of-another-operation", order: "update-memberships-statuses-reversed", first: "update-memberships-first-only"},
	{operation: "replaceMembership", response: "replace-membership-answered-as-create"},
	{operation: "replaceMemberships", response: "membership-answer-of-another-operation", order: "replace-memberships-statuses-reversed", first: "replace-memberships-first-only"},
	{operation: "deleteMembership", response: "delete-membership-answered-as-create"},
	{operation: "deleteMemberships", response: "membership-answer-of-another-operation", order: "delete-memberships-statuses-reversed", first: "delete-memberships-first-only"},
	{operation: "readMemberships", order: "read-memberships-statuses-reversed"},
	{operation: "readMembershipsForPerson", single: "memberships-of-person-with-single-status"},
	{operation: "readMembershipsForGroup", single: "memberships-of-group-with-single-status"},
	{operation: "changeMembershipIdentifier", response: "membership-answer-of-another-operation"},
	{operation: "changeMembershipsIdentifier", response: "membership-answer-of-another-operation", order: "change-memberships-statuses-reversed", first: "change-memberships-first-only"},
}
