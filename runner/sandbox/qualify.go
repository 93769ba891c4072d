package sandbox

import "esconform/runner/wire"

// hasUnqualified says whether an element without namespace is somewhere below.
func hasUnqualified(n *node) bool {
	if n == nil {
		return false
	}
	for _, c := range n.children {
		if c.name.Space == "" || hasUnqualified(c) {
			return true
		}
	}
	return false
}

// qualify gives unqualified elements the namespace that they should have. Only
// a deviation does so: every schema is qualified, so an endpoint must not take
// them for what they are not.
func qualify(n *node) {
	for _, c := range n.children {
		if c.name.Space == "" {
			c.name.Space = spaceOf(c.name.Local)
		}
		qualify(c)
	}
}

// spaceOf returns the namespace in which the person messages declare a local
// name.
func spaceOf(local string) string {
	switch local {
	case "sourcedId", "newSourcedId", "groupSourcedId", "person", "personIdPairSet", "personIdPair", "sourcedIdSet", "pairSourcedIdSet":
		return wire.NSPmess
	case "identifier", "email", "URL", "userIdValue", "passWord", "extensionField", "fieldName", "fieldType", "fieldValue",
		"relationship", "relation", "sourceId", "identifierPair", "firstId", "secondId":
		return wire.NSCommon
	}
	return wire.NSPdata
}
