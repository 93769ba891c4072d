package sandbox

// A memberRole is a role type of memberships: a word, the number that means the
// same, and the role in the hierarchy that it gives (Managing memberships). The
// roles from Manager on are cut in the documentation, Default and Guest are in
// the schema only; what those give is our own.
type memberRole struct {
	word, number string
	hierarchy    string
	// wrong is a deviation that stores another role instead: Learner, or Member
	// for Learner itself.
	wrong string
}

var memberRoles = [...]memberRole{
	{"Learner", "01", "Student", "learner-stored-as-guest"},
	{"Instructor", "02", "Teacher", "instructor-stored-as-student"},
	{"ContentDeveloper", "03", "Guest", "content-developer-stored-as-student"},
	{"Member", "04", "Guest", "member-stored-as-student"},
	{"Manager", "05", "Administrator", ""},
	{roleMentor, "06", "Guest", ""},
	{"Administrator", "07", "Administrator", ""},
	{"TeachingAssistant", "08", "Teacher", ""},
	{"Default", "", "Student", ""},
	{"Guest", "", "Guest", ""},
}

// roleMentor is the role type that never makes a group somebody's home.
const roleMentor = "Mentor"

// documentedRoles is how many of the roles the documentation describes.
const documentedRoles = 4

// memberRoleOf returns the role that a word names.
func memberRoleOf(word string) memberRole {
	for _, r := range memberRoles {
		if r.word == word {
			return r
		}
	}
	return memberRole{word: word}
}

// roleSent returns the role that a roleType means, as a word or as a number.
func (c *call) roleSent(roleType string) (memberRole, bool) {
	for i, r := range memberRoles {
		if roleType != r.word && roleType != r.number {
			continue
		}
		switch {
		case roleType == r.number && c.deviates("numeric-roles-refused"),
			i >= documentedRoles && r.number != "" && c.deviates("later-roles-refused"):
			return memberRole{}, false
		case roleType == r.number && c.deviates("numeric-roles-count-from-zero"):
			return memberRoles[i+1], true
		case c.deviates(r.wrong):
			return memberRoles[wrongRole(i)], true
		}
		return r, true
	}
	if c.deviates("unknown-role-accepted") {
		return memberRoles[0], true
	}
	return memberRole{}, false
}

// wrongRole is which role is stored instead of the i-th: Member for the first,
// otherwise the first.
func wrongRole(i int) int {
	if i == 0 {
		return 3
	}
	return 0
}

// roleRead returns the roleType that reads return for a role: its word. By other
// readings its number, or the first word that gives the same role in the
// hierarchy.
func (c *call) roleRead(word string) string {
	r := memberRoleOf(word)
	if c.reads(readingHierarchyRoles) {
		for _, same := range memberRoles {
			if same.hierarchy == r.hierarchy {
				r = same
				break
			}
		}
	}
	if c.reads(readingNumericRoles) && r.number != "" {
		return r.number
	}
	return r.word
}
