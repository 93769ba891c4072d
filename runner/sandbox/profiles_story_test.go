package sandbox

// profiles is about what role types lead to.
func (s *story) profiles() {
	at := s.server.siteNamed(SiteMain)
	s.makes(properties{"kind": "group", "key": "g", "title": "Class"})
	create := func(k, role string) {
		s.calls("createPerson", subject{key: k, first: text("Ida"), last: text("Sample"), role: text(role)}.xml(), "readPerson", key(k))
	}
	s.switches(at, ScopeSite, StateSiteProfile, profileUsed)
	create("a1", siteRole)
	s.calls("createMembership", learner("m1", "g", "a1").xml())
	s.switches(at, ScopeSite, StateSiteProfile, profileDeleted)
	s.calls("readPersonsForGroup", groupID("g"), "changePersonIdentifier", rename("a1", "a2"), "readPerson", key("a2"))
	for _, value := range []string{defaultGuest, defaultInvalid} {
		s.switches(at, ScopeSite, StateDefaultProfile, value)
		create(value+"1", siteRole)
		create(value+"2", "Alumni")
		create(value+"3", "")
	}
}
