package sandbox

// homeDeviations are those of home organisations.
func homeDeviations() []Deviation {
	return []Deviation{
		{"home-mark-lost", "HOME-01", "must", []string{"HOME-02", "HOME-04", "HOME-05", "HOME-08", "HOME-09", "HOME-11", "HOME-12", "MEM-CHID-01"}, true, "A membership that is to be the home answers success and is not."},
		{"home-marks-of-batches-lost", "HOME-01", "must", nil, true, "A membership that a plural request marks as the home answers success and is not."},
		{"home-anywhere", "HOME-02", "must", nil, false, "Any group becomes a home organisation."},
		{"home-unmark-ignored", "HOME-03", "must", []string{"HOME-06"}, true, "The value 0 leaves the home organisation as it is."},
		{"home-unmark-chooses-another", "HOME-03", "must", []string{"HOME-06"}, true, "The value 0 makes another group of the person the home organisation, not the site."},
		{"any-unmark-counts", "HOME-04", "must", nil, true, "The value 0 on any membership makes the site the home organisation."},
		{"create-without-home-unmarks", "HOME-05", "must", nil, true, "Creating a known membership without the extension makes the site the home organisation."},
		{"update-without-home-unmarks", "HOME-05", "must", nil, true, "Updating without the extension makes the site the home organisation."},
		{"replace-without-home-keeps-home", "HOME-06", "must", nil, true, "Replacing without the extension leaves the home organisation as it is."},
		{"home-passes-on", "HOME-07", "must", nil, true, "Deleting the home membership makes another group of the person the home organisation."},
		{"home-on-every-membership", "HOME-08", "must", []string{"HOME-03", "HOME-04", "HOME-06", "HOME-07", "HOME-10", "HOME-11"}, false, "Reads return the extension with 1 on every membership."},
		{"home-said-of-others", "HOME-08", "must", []string{"HOME-03", "HOME-04", "HOME-06", "HOME-07", "HOME-10", "HOME-11"}, false, "Reads return the extension with 0 on memberships that are not the home."},
		{"read-without-home", "HOME-08", "must", []string{"HOME-01", "HOME-02", "HOME-03", "HOME-04", "HOME-05", "HOME-06", "HOME-07", "HOME-09", "HOME-11", "HOME-12", "MEM-CHID-01"}, false, "readMembership does not return the extension."},
		{"reads-without-home", "HOME-08", "must", nil, false, "readMemberships does not return the extension."},
		{"person-read-without-home", "HOME-08", "must", nil, false, "readMembershipsForPerson does not return the extension."},
		{"group-read-without-home", "HOME-08", "must", nil, false, "readMembershipsForGroup does not return the extension."},
		{"home-type-demanded", "HOME-09", "must", nil, true, "The extension counts with the fieldType bool only."},
		{"mentor-marks-home", "HOME-10", "must", nil, true, "The extension counts with the role Mentor too."},
		{"old-home-stays", "HOME-11", "must", nil, true, "Marking another membership leaves the first one marked."},
		{"home-beside-the-role", "HOME-12", "must", []string{"HOME-01", "HOME-02", "HOME-03", "HOME-04", "HOME-05", "HOME-06", "HOME-07", "HOME-08", "HOME-09", "HOME-11", "MEM-CHID-01", "STA-21"}, false, "Reads return the extension beside the role."},
	}
}
