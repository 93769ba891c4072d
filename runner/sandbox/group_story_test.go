package sandbox

import "strings"

// described is a group with everything but a course.
func described(key, parent string) unit {
	u := class(key, parent).of("School")
	u.label, u.long, u.full = text("Label of "+key), text("Long "+key), text("Full "+key)
	return u
}

// retitled is what a partial update sends: a title and the parent.
func retitled(key, parent string) unit {
	u := class(key, parent)
	u.title = text("New title of " + key)
	return u
}

// groupWrites is about creating, updating and replacing groups.
func (s *story) groupWrites() {
	long := strings.Repeat("x", 64)
	sixtyFive, untitled := class("g5", rootKey), class("g6", rootKey)
	sixtyFive.title, untitled.title = text(long+"x"), nil
	short := func(k string) string { u := class(k, rootKey); u.title = text("Short"); return u.xml() }
	s.calls("createGroup", described("g1", rootKey).xml(), "readGroup", key("g1"),
		"createGroup", retitled("g1", rootKey).xml(), "readGroup", key("g1"), "createGroup", described("g1", rootKey).xml(), "readGroup", key("g1"),
		"updateGroup", retitled("g1", rootKey).xml(), "readGroup", key("g1"), "updateGroup", retitled("g2", rootKey).xml(), "readGroup", key("g2"),
		"updateGroup", class("g2", "g1").xml(), "readGroup", key("g2"), "updateGroup", class("g1", "g2").xml(), "readGroup", key("g1"),
		"updateGroup", unit{key: "g3", title: text("Thin")}.xml(), "readGroup", key("g3"), "replaceGroup", unit{key: "g3", title: text("Thin")}.xml(), "readGroup", key("g3"),
		"createGroup", unit{key: "g3", title: text("Thin")}.xml(), "readGroup", key("g3"),
		"createGroup", unit{withoutKey: true, title: text("x"), parent: text(rootKey)}.xml(), "createGroup", key("g3"),
		"createGroup", class("g4", "g1").xml(), "readGroup", key("g4"), "createGroup", class("g9", "g8").xml(), "readGroup", key("g9"),
		"createGroup", strings.ReplaceAll(strings.ReplaceAll(class("g8", rootKey).xml(), "gd:relat", "c:relat"), "gd:sourceId", "c:sourceId"), "readGroup", key("g8"),
		"createGroup", sixtyFive.xml(), "readGroup", key("g5"), "createGroup", untitled.xml(), "readGroup", key("g6"),
		"createGroup", short(long), "readGroup", key(long), "createGroup", short(long+"yy"), "readGroup", key(long+"yy"))
	sixtyFive.title = text(long)
	s.calls("createGroup", sixtyFive.xml(), "readGroup", key("g5"))
	s.member("p1", "g1")
	s.calls("replaceGroup", retitled("g1", rootKey).xml(), "readGroup", key("g1"), "readGroup", key("g4"), "readGroupsForPerson", personID("p1"),
		"replaceGroup", retitled("g7", rootKey).xml(), "readGroup", key("g7"))
}

// member makes a person and puts it into a group.
func (s *story) member(person, group string) {
	s.calls("createPerson", student(person, "Ida").xml(), "readPerson", key(person))
	s.group(group, person)
}

// groupBatches is about the plural writes.
func (s *story) groupBatches() {
	all := keySet("b1", "b2", "b3", "b4")
	s.calls("createGroups", groupPairs(class("b1", rootKey), class("b2", rootKey)), "readGroups", all,
		"createGroups", groupPairs(retitled("b1", rootKey), class("b3", rootKey), class("b4", "b3"), class("b5", "none")), "readGroups", all,
		"createGroups", groupPairs(described("b1", rootKey), described("b2", rootKey)), "readGroups", all)
	for _, how := range []string{"update", "replace"} {
		s.calls(how+"Groups", groupPairs(retitled("b1", rootKey), retitled("b2", rootKey)), "readGroups", all,
			how+"Groups", groupPairs(class(how+"1", rootKey), class(how+"3", rootKey), class(how+"2", "none")), "readGroups", keySet(how+"1", how+"2", how+"3"),
			"createGroups", groupPairs(described("b1", rootKey), described("b2", rootKey)), "readGroups", all)
	}
}

// organisations is about types.
func (s *story) organisations() {
	other := class("o1", rootKey).of("School")
	other.scheme = "OtherTypes"
	level, both, mismatch := class("o2", rootKey), class("o3", rootKey).of("School"), class("o4", rootKey).of("School")
	level.level, both.level, mismatch.level = text("1"), text("1"), text("-1")
	for _, u := range []unit{class("s1", rootKey).of("School"), other, level, both, mismatch, class("o5", rootKey), class("o6", rootKey).of("Site"),
		class("s2", "s1").of("School"), class("o7", "s1"), class("s3", "o7").of("School"), class("o8", rootKey), class("s4", "o8").of("School"),
		class("o9", rootKey), class("oa", "o9"), class("s5", "oa").of("School")} {
		s.calls("createGroup", u.xml(), "readGroup", key(u.key))
	}
	s.calls("updateGroup", class("o8", rootKey).of("School").xml(), "readGroup", key("o8"), "updateGroup", class("o9", rootKey).of("School").xml(), "readGroup", key("o9"),
		"updateGroup", class("s4", "s1").xml(), "readGroup", key("s4"), "updateGroup", class("o8", "s1").xml(), "readGroup", key("o8"),
		"updateGroup", class("s1", rootKey).of("Unspecified").xml(), "readGroup", key("s1"), "updateGroup", class("s4", "o8").xml(), "readGroup", key("s4"))
	s.calls("createGroups", groupPairs(class("t1", rootKey).of("School"), class("t2", "t1").of("School"), class("t3", rootKey)), "readGroups", keySet("t1", "t2", "t3"))
}

// courses is about courses and course groups.
func (s *story) courses() {
	long := strings.Repeat("x", 65)
	course := func(k string) unit { return class(k, rootKey).of("Course").with("course=Title", "course/code=Code") }
	parentless := course("c5")
	parentless.parent = nil
	typeless := course("c2")
	typeless.orgType = nil
	for _, u := range []unit{course("c1"), typeless, course("c3").with("course=Title"), course("c4").with("course/code=Code"), parentless, course("c6").of("School"),
		course("c7").with("course=" + long), course("c8").with("course=x", "course/code="+long), course("c9").with("course="+long[:64], "course/code="+long[:64]),
		course("ca").with("course=x", "course/template/synckey=none"), course("cb").with("course=x", "course/template/synckey=c1"),
		course("cc").with("course=x", "course/template/coursecreatorsynckey=none"),
		class("h1", rootKey).of("School"), class("h2", rootKey), class("h3", "c1").of("CourseGroup"), class("h4", "h2").of("CourseGroup")} {
		s.calls("createGroup", u.xml(), "readGroup", key(u.key))
	}
	s.calls("updateGroup", course("h1").xml(), "readGroup", key("h1"), "updateGroup", course("h2").xml(), "readGroup", key("h2"), "updateGroup", course("h3").xml(), "readGroup", key("h3"),
		"updateGroup", class("c1", rootKey).xml(), "readGroup", key("c1"), "updateGroup", class("c1", rootKey).with("course=Other").xml(), "readGroup", key("c1"),
		"updateGroup", class("c1", rootKey).of("Unspecified").xml(), "readGroup", key("c1"))
}

// groupKeys is about deleting groups, changing their keys, and reads.
func (s *story) groupKeys() {
	s.calls("createPersons", pairs(student("p1", "Ida"), student("p2", "Ole"), student("p3", "Per")), "readPersons", keySet("p1", "p2", "p3"))
	tree := func(k string) {
		s.calls("createGroups", groupPairs(class(k+"1", rootKey), class(k+"2", k+"1"), class(k+"3", k+"2"), class(k+"4", k+"1")), "readGroups", keySet(k+"1", k+"2", k+"3", k+"4"))
	}
	tree("d")
	tree("e")
	s.group("d1", "p1")
	s.group("d2", "p1")
	s.group("e2", "p2")
	reads := func() {
		s.calls("readGroups", keySet("d1", "d2", "d3", "d4", "e1", "e2", "e3", "e4", "x"), "readGroupsForPerson", personID("p1"), "readGroupsForPerson", personID("p2"),
			"readGroupsForPerson", personID("p3"), "readGroupsForPerson", personID("p4"), "readPerson", key("p1"))
	}
	reads()
	s.calls("readGroup", key("x"), "changeGroupIdentifier", rename("e1", "e9"), "readGroup", key("e2"), "readGroup", key("e1"), "readGroupsForPerson", personID("p2"),
		"changeGroupIdentifier", rename("e9", "e1"), "readGroup", key("e1"), "changeGroupIdentifier", rename("e2", "e9"), "readGroupsForPerson", personID("p2"), "changeGroupIdentifier", rename("e9", "e2"),
		"changeGroupIdentifier", rename("x", "y"), "changeGroupIdentifier", rename("e3", "e4"), "readGroup", key("e3"),
		"changeGroupsIdentifier", renames("e1", "ea", "e3", "eb"), "readGroups", keySet("e1", "e3", "ea", "eb"),
		"changeGroupsIdentifier", renames("ea", "e1", "x", "y"), "readGroups", keySet("e1"), "changeGroupsIdentifier", renames("eb", "e3"))
	s.calls("deleteGroup", key("d4"), "readGroups", keySet("d1", "d4"), "deleteGroup", key("d4"), "deleteGroup", key("d1"))
	reads()
	tree("f")
	tree("g")
	s.calls("deleteGroups", keySet("f1", "g1"), "readGroups", keySet("f1", "f2", "g1", "g2"), "deleteGroups", keySet("e1", "x", "e2"))
	reads()
}
