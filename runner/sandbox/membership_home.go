package sandbox

import "errors"

// A homeWish is what a message wants with a home organisation.
type homeWish int

const (
	homeStays homeWish = iota
	homeMarked
	homeUnmarked
)

// homeWished reads what a message wants: 1 marks the membership, 0 unmarks it,
// and so does leaving the field out of a replace. With the role Mentor the
// field counts as left out, its fieldType does not count at all (Marking an
// organisation as a user's home organisation).
func (c *call) homeWished(m membershipMessage, role string, how mode) (homeWish, status) {
	sent := m.home.sent
	switch {
	case role == roleMentor && !c.deviates("mentor-marks-home"),
		m.home.fieldType != "bool" && c.deviates("home-type-demanded"):
		sent = false
	}
	switch marks, known := booleanOf(m.home.value); {
	case sent && !known:
		return homeStays, failure(minorInvalid, "The extension '"+fieldHome+"' must be 1 or 0")
	case sent && marks:
		return homeMarked, success()
	case sent:
		return homeUnmarked, success()
	case how == modeReplace && !c.deviates("replace-without-home-keeps-home"),
		how == modeUpdate && c.deviates("update-without-home-unmarks"),
		how == modeCreate && c.deviates("create-without-home-unmarks"):
		return homeUnmarked, success()
	}
	return homeStays, success()
}

// writeHome marks or unmarks a membership that was stored. Of a person's
// memberships one at most is marked; without one the site is the home.
func (c *call) writeHome(t *tx, m membership, message membershipMessage, how mode, st status) (status, error) {
	wish, refused := c.homeWished(message, m.role, how)
	if refused.failed() {
		return refused, nil
	}
	switch wish {
	case homeMarked:
		return c.markHome(t, m, st)
	case homeUnmarked:
		switch {
		case m.marked && message.home.sent && c.deviates("home-unmark-ignored"):
			return st, nil
		case m.marked || message.home.sent && c.deviates("any-unmark-counts"):
			return st, errors.Join(t.unmarkHome(m.person), c.chooseHome(t, m, "home-unmark-chooses-another"))
		}
	}
	return st, nil
}

// mayBeHome says whether groups of a type can be a home organisation.
func (o orgType) mayBeHome() bool { return o == typeSite || o == typeSchool }

// markHome makes a membership's group the home organisation, which must be of
// the type Site or School. Another group is refused; by another reading the
// mark is ignored.
func (c *call) markHome(t *tx, m membership, st status) (status, error) {
	g, _, err := t.groupByID(c.site.id, m.group)
	if err != nil {
		return status{}, err
	}
	if !g.orgType.mayBeHome() && !c.deviates("home-anywhere") {
		if c.reads(readingHomeIgnored) {
			return st, nil
		}
		return failure(minorInvalid, "The group '"+g.key+"' is neither a site nor a school and cannot be a home organisation"), nil
	}
	switch {
	case c.deviates("home-mark-lost"), c.op.Plural() && c.deviates("home-marks-of-batches-lost"):
		return st, nil
	case !c.deviates("old-home-stays"):
		if err := t.unmarkHome(m.person); err != nil {
			return status{}, err
		}
	}
	m.marked = true
	return st, t.updateMembership(m)
}

// chooseHome gives the mark that a membership had to another one of the person,
// which only a deviation does: the site becomes the home.
func (c *call) chooseHome(t *tx, was membership, deviation string) error {
	if !was.marked || !c.deviates(deviation) {
		return nil
	}
	return t.exec("UPDATE membership SET marked = 1 WHERE id = (SELECT max(id) FROM membership WHERE person = ? AND id <> ?)", was.person, was.id)
}
