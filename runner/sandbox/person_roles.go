package sandbox

import "slices"

// defaultRole is what stands for the "Default profile for external enrollment".
const defaultRole = "Student"

// mappedRoles are the institutionRoleTypes that map to a profile by default
// (How to assign profiles to users). Carer is the profile Parent.
var mappedRoles = [...]string{"Student", "Staff", "Guest", "Administrator", "Carer"}

// otherRoles are the rest of the schema's enumeration.
var otherRoles = [...]string{"Faculty", "Member", "Learner", "Instructor", "Mentor", "Alumni", "ProspectiveStudent", "Other", "Observer"}

func isMapped(role string) bool { return slices.Contains(mappedRoles[:], role) }

func isEnumerated(role string) bool { return isMapped(role) || slices.Contains(otherRoles[:], role) }

// siteRole is the mapping value of a profile that the site itself may have
// (state siteProfile).
const siteRole = "Apprentice"

// used says whether a stored role has a profile that is used for
// synchronisation.
func (c *call) used(role string) bool {
	return isMapped(role) || role == siteRole && c.site.state(StateSiteProfile) == profileUsed
}

// profileOf returns the role that a sent institutionRoleType leads to: an empty
// or unmapped one, and one whose profile is deleted, lead to the default profile.
func (c *call) profileOf(sent string) string {
	switch {
	case sent == "Carer" && c.deviates("carer-not-known"):
		return defaultRole
	case sent == siteRole && c.site.state(StateSiteProfile) != profileAbsent:
		if c.used(sent) && !c.deviates("site-profile-ignored") || !c.used(sent) && c.deviates("deleted-profile-used") {
			return sent
		}
	case isMapped(sent) || sent != "" && c.reads(readingRoleAsSent):
		return sent
	}
	return c.defaultProfile()
}

// defaultProfile returns the role of the "Default profile for external
// enrollment", and Student where that profile is invalid.
func (c *call) defaultProfile() string {
	const guest = "Guest"
	switch c.site.state(StateDefaultProfile) {
	case defaultGuest:
		if !c.deviates("default-profile-ignored") {
			return guest
		}
	case defaultInvalid:
		if c.deviates("invalid-default-as-guest") {
			return guest
		}
	}
	return defaultRole
}
