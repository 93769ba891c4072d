package sandbox

// membershipKeysDeviations are those of deleting memberships, changing their
// identifiers and reading them.
func membershipKeysDeviations() []Deviation {
	return []Deviation{
		{"deleted-membership-stays", "MEM-DELETE-01", "must", []string{"HOME-07"}, true, "deleteMembership answers success and deletes nothing."},
		{"member-deleted-with-membership", "MEM-DELETE-01", "must", []string{"HOME-07", "MEM-DELETES-01"}, true, "Deleting a membership deletes the person."},
		{"group-deleted-with-membership", "MEM-DELETE-01", "must", []string{"HOME-07", "MEM-DELETES-01"}, true, "Deleting a membership deletes the group."},
		{"delete-membership-answered-as-create", "MEM-DELETE-02", "must", []string{"STA-20", "STA-21"}, false, "deleteMembership is answered with the response element of createMembership."},
		{"delete-of-membership-remarked", "MEM-DELETE-02", "must", []string{"HOME-07", "MEM-DELETE-01", "STA-03"}, false, "deleteMembership answers with a warning."},
		{"delete-of-unknown-membership-succeeds", "MEM-DELETE-03", "should", []string{"MEM-DELETE-01"}, false, "deleteMembership of an unknown syncID answers success."},
		{"deleted-memberships-stay", "MEM-DELETES-01", "must", nil, true, "deleteMemberships answers success and deletes nothing."},
		{"delete-memberships-first-only", "MEM-DELETES-01", "must", nil, true, "deleteMemberships deletes the first item only."},
		{"delete-memberships-statuses-reversed", "MEM-DELETES-01", "must", []string{"STA-11"}, false, "The statuses of deleteMemberships come in the reverse order."},

		{"changed-membership-key-not-stored", "MEM-CHID-01", "must", nil, true, "changeMembershipIdentifier answers success and changes nothing."},
		{"change-copies-membership", "MEM-CHID-01", "must", nil, true, "changeMembershipIdentifier leaves a membership with the old syncID."},
		{"change-drops-membership", "MEM-CHID-01", "must", nil, true, "changeMembershipIdentifier deletes the membership."},
		{"change-resets-member-role", "MEM-CHID-01", "must", nil, true, "changeMembershipIdentifier changes the role."},
		{"change-loses-home", "MEM-CHID-01", "must", []string{"HOME-05"}, true, "A membership with a changed syncID is the home no more."},
		{"change-of-unknown-membership-succeeds", "MEM-CHID-01", "must", nil, false, "changeMembershipIdentifier of an unknown syncID answers success."},
		{"changed-membership-keys-not-stored", "MEM-CHIDS-01", "must", nil, true, "changeMembershipsIdentifier answers success and changes nothing."},
		{"change-memberships-first-only", "MEM-CHIDS-01", "must", nil, true, "changeMembershipsIdentifier changes the first syncID only."},
		{"change-memberships-statuses-reversed", "MEM-CHIDS-01", "must", []string{"STA-11"}, false, "The statuses of changeMembershipsIdentifier come in the reverse order."},

		{"membership-without-group", "MEM-READ-01", "must", []string{"MEM-CREATE-01", "MEM-READS-01", "MEM-REPLACE-03", "MEM-RMG-01", "MEM-RMP-01", "MEM-RMP-02", "MEM-UPDATE-03"}, false, "Reads return memberships without their group."},
		{"membership-without-member", "MEM-READ-01", "must", []string{"HOME-01", "HOME-05", "HOME-08", "HOME-09", "HOME-11", "HOME-12", "MEM-CREATE-01", "MEM-CREATE-03", "MEM-OBJ-04", "MEM-OBJ-05", "MEM-OBJ-06", "MEM-OBJ-08", "MEM-READS-01", "MEM-REPLACE-01", "MEM-REPLACE-03", "MEM-RMG-01", "MEM-RMP-01", "MEM-RMP-02", "MEM-UPDATE-01", "MEM-UPDATE-03"}, false, "Reads return memberships without their member."},
		{"read-without-membership", "MEM-READ-01", "must", []string{"HOME-01", "HOME-05", "HOME-08", "HOME-09", "HOME-11", "HOME-12", "MEM-CREATE-01", "MEM-CREATE-03", "MEM-OBJ-02", "MEM-OBJ-04", "MEM-OBJ-05", "MEM-OBJ-06", "MEM-OBJ-08", "MEM-REPLACE-01", "MEM-REPLACE-03", "MEM-UPDATE-01", "MEM-UPDATE-03"}, false, "readMembership returns nothing."},
		{"unknown-membership-succeeds", "MEM-READ-02", "must", []string{"MEM-CASC-02", "MEM-CHID-01", "MEM-DELETE-01", "MEM-OBJ-01", "MEM-OBJ-03", "MEM-OBJ-10", "MEM-OBJ-11", "MEM-OBJ-12"}, false, "readMembership of an unknown syncID answers success."},
		{"first-membership-only", "MEM-READS-01", "must", nil, false, "readMemberships returns one membership only."},
		{"unknown-membership-invented", "MEM-READS-01", "must", nil, false, "readMemberships returns an empty membership for an unknown syncID."},
		{"read-memberships-statuses-reversed", "MEM-READS-02", "must", []string{"STA-11"}, false, "The statuses of readMemberships come in the reverse order."},
		{"batch-unknown-membership-succeeds", "MEM-READS-02", "must", []string{"STA-05"}, false, "readMemberships answers success for an unknown syncID."},
		{"set-spelt-as-in-requests", "MEM-RMP-01", "must", []string{"MEM-CREATE-01", "MEM-RMG-01", "MEM-RMG-03", "MEM-RMP-02", "MEM-RMP-03", "STA-21"}, false, "The set of memberships is spelt membershipIdPairSet in answers."},
		{"other-members-returned", "MEM-RMP-02", "must", nil, false, "readMembershipsForPerson returns the memberships of others in the same groups."},
		{"first-membership-of-person-only", "MEM-RMP-02", "must", []string{"HOME-08", "HOME-11"}, false, "readMembershipsForPerson returns one membership only."},
		{"keyless-membership-left-out", "MEM-RMP-03", "must", []string{"MEM-RMP-02"}, false, "readMembershipsForPerson leaves out memberships without syncID."},
		{"generated-membership-key-not-stored", "MEM-RMP-03", "must", nil, true, "readMembershipsForPerson generates new syncIDs each time."},
		{"generated-membership-key-of-other-form", "MEM-RMP-03", "must", []string{"MEM-RMG-03"}, false, "Generated syncIDs of memberships do not have the documented form."},
		{"memberships-of-person-with-single-status", "MEM-RMP-04", "must", []string{"STA-13"}, false, "readMembershipsForPerson is answered with a single statusInfo."},
		{"person-without-memberships-fails", "MEM-RMP-05", "should", []string{"MEM-CASC-02", "MEM-DELETE-01"}, false, "readMembershipsForPerson of a person without memberships fails."},
		{"memberships-of-unknown-person-succeed", "MEM-RMP-06", "should", []string{"STA-05"}, false, "readMembershipsForPerson of an unknown person answers success."},
		{"first-membership-of-group-only", "MEM-RMG-01", "must", nil, false, "readMembershipsForGroup returns one membership only."},
		{"memberships-of-descendants-returned", "MEM-RMG-01", "must", nil, false, "readMembershipsForGroup returns the memberships of the groups below too."},
		{"memberships-of-group-with-single-status", "MEM-RMG-02", "must", []string{"STA-13"}, false, "readMembershipsForGroup is answered with a single statusInfo."},
		{"keyless-membership-of-group-left-out", "MEM-RMG-03", "should", []string{"MEM-RMG-01"}, false, "readMembershipsForGroup leaves out memberships without syncID."},
		{"generated-membership-key-of-group-not-stored", "MEM-RMG-03", "should", nil, true, "readMembershipsForGroup generates new syncIDs each time."},
		{"hidden-memberships-seen", "MEM-CASC-01", "should", nil, false, "Memberships of persons in the trash are still there."},
		{"memberships-survive-the-group", "MEM-CASC-02", "must", []string{"GRP-DELETE-03"}, true, "Memberships of deleted groups stay, in the main organisation."},
	}
}
