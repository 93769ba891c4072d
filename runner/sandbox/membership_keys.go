package sandbox

func unknownMembership(key string) status { return unknownKey("sourcedId/identifier", key) }

// liveMembership returns a membership that can be seen: one whose person is not
// in the trash.
func (c *call) liveMembership(t *tx, key string) (membership, bool, error) {
	m, found, err := t.membershipByKey(c.site.id, key)
	if err == nil && !found && c.deviates("memberships-of-other-sites-seen") {
		m, found, err = first(t.membershipsWhere("membership.key = ?", key))
	}
	return m, found && (!m.hidden || c.deviates("hidden-memberships-seen")), err
}

// deleteMembershipItem takes a person out of a group. Person and group stay. If
// the group was the person's home organisation, the site becomes it.
func (c *call) deleteMembershipItem(key string) item {
	return func(t *tx) (status, error) {
		m, found, err := c.liveMembership(t, key)
		switch {
		case err != nil:
			return status{}, err
		case !found:
			if !c.op.Plural() && c.deviates("delete-of-unknown-membership-succeeds") {
				return success(), nil
			}
			return unknownMembership(key), nil
		}
		st := success()
		switch {
		case !c.op.Plural() && c.deviates("deleted-membership-stays"),
			c.op.Plural() && c.deviates("deleted-memberships-stay"):
			st.lose = true
		case !c.op.Plural() && c.deviates("delete-of-membership-remarked"):
			st.warn("deleted", "The membership was deleted")
		case c.deviates("member-deleted-with-membership"):
			err = t.exec("UPDATE person SET deleted = 1 WHERE id = ?", m.person)
		case c.deviates("group-deleted-with-membership"):
			err = t.removeOwnGroup(m.group)
		}
		if err != nil {
			return status{}, err
		}
		if err := c.chooseHome(t, m, "home-passes-on"); err != nil {
			return status{}, err
		}
		return st, t.removeMembership(m.id)
	}
}

// toTheSite moves the memberships of a group to the main organisation, which
// only a deviation does: they go with the group (deleteGroup).
func (c *call) toTheSite(t *tx, group int64) error {
	site, found, err := t.rootGroup(c.site.id)
	if err != nil || !found {
		return err
	}
	return t.exec("UPDATE membership SET grp = ? WHERE grp = ?", site.id, group)
}

// changeMembershipItem gives a membership another key, which no other
// membership of the site may have, a hidden one included.
func (c *call) changeMembershipItem(from, to string) item {
	return func(t *tx) (status, error) {
		m, found, err := c.liveMembership(t, from)
		switch {
		case err != nil:
			return status{}, err
		case !found:
			if !c.op.Plural() && c.deviates("change-of-unknown-membership-succeeds") {
				return success(), nil
			}
			return unknownMembership(from), nil
		case to == "":
			return c.refusedMessage("The new 'sourcedId/identifier' is missing")
		case c.membershipKeyTooLong(to):
			return longMembershipKey("newSourcedId/identifier"), nil
		}
		other, taken, err := t.membershipByKey(c.site.id, to)
		if err != nil {
			return status{}, err
		}
		if taken && other.id != m.id && c.deviates("change-to-known-membership-succeeds") {
			return success(), nil
		}
		if taken && other.id != m.id {
			return keyInUse("newSourcedId/identifier", to), nil
		}
		return c.renameMembership(t, m, to)
	}
}

// renameMembership stores a new key; person, group, role and home stay.
func (c *call) renameMembership(t *tx, m membership, to string) (status, error) {
	st := success()
	plural := c.op.Plural()
	m.key = to
	switch {
	case !plural && c.deviates("changed-membership-key-not-stored"), plural && c.deviates("changed-membership-keys-not-stored"):
		st.lose = true
	case !plural && c.deviates("change-copies-membership"):
		m.marked = false
		_, err := t.insertMembership(c.site.id, m)
		return st, err
	case !plural && c.deviates("change-drops-membership"):
		return st, t.removeMembership(m.id)
	case !plural && c.deviates("change-resets-member-role"):
		m.role = memberRoles[wrongRole(0)].word
	case c.deviates("change-loses-home"):
		m.marked = false
	}
	return st, t.updateMembership(m)
}
