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

// profileOf returns the role that a sent institutionRoleType leads to: an empty
// or unmapped one leads to the default profile.
func (c *call) profileOf(sent string) string {
	if sent == "Carer" && c.deviates("carer-not-known") {
		return defaultRole
	}
	if isMapped(sent) || sent != "" && c.reads(readingRoleAsSent) {
		return sent
	}
	return defaultRole
}
