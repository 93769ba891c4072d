package sandbox

// defaultRole is what stands for the "Default profile for external enrollment".
const defaultRole = "Student"

// mappedRoles are the institutionRoleTypes that map to a profile by default
// (How to assign profiles to users). Carer is the profile Parent.
var mappedRoles = [...]string{"Student", "Staff", "Guest", "Administrator", "Carer"}

func isMapped(role string) bool {
	for _, r := range mappedRoles {
		if r == role {
			return true
		}
	}
	return false
}

// profileOf returns the role that a sent institutionRoleType leads to: an empty
// or unmapped one leads to the default profile.
func (c *call) profileOf(sent string) string {
	if isMapped(sent) {
		return sent
	}
	return defaultRole
}
