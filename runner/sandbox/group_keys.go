package sandbox

import (
	"fmt"
	"slices"
	"unicode/utf8"
)

func unknownGroup(key string) status { return failure(minorUnknown, textUnknownPerson(key)) }

// deleteGroupItem deletes a group with everything below it. Memberships go too,
// courses and persons stay (deleteGroup).
func (c *call) deleteGroupItem(key string) item {
	return func(t *tx) (status, error) {
		g, found, err := t.groupByKey(c.site.id, key)
		plural := c.op.Plural()
		switch {
		case err != nil:
			return status{}, err
		case !found:
			if !plural && c.deviates("delete-of-unknown-group-succeeds") || plural && c.deviates("batch-unknown-group-deleted") {
				return success(), nil
			}
			return unknownGroup(key), nil
		case g.orgType == typeSite:
			return failure(minorInvalid, "The main organisation cannot be deleted"), nil
		}
		st := success()
		st.lose = !plural && c.deviates("deleted-group-stays") || plural && c.deviates("deleted-groups-stay")
		if !plural && c.deviates("delete-of-group-remarked") {
			st.warn("deleted", "The group and everything below it was deleted")
		}
		return st, c.removeTree(t, g)
	}
}

// removeTree removes a group and all its descendants.
func (c *call) removeTree(t *tx, g group) error {
	below, err := t.descendants(g.id)
	if err != nil {
		return err
	}
	if len(below) == 0 && g.parentKey != rootKey && c.deviates("delete-takes-parent") {
		parent, _, err := t.groupByID(c.site.id, g.parent)
		if err != nil {
			return err
		}
		return c.removeTree(t, parent)
	}
	stays := c.leaves(g, below)
	for _, gone := range append([]group{g}, below...) {
		if slices.ContainsFunc(stays, func(s group) bool { return s.id == gone.id }) {
			gone.parent = g.parent
			err = t.updateGroup(gone)
		} else {
			err = c.removeGroup(t, gone, g)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// leaves returns which descendants a deletion does not reach: none.
func (c *call) leaves(g group, below []group) []group {
	deeper := slices.DeleteFunc(slices.Clone(below), func(b group) bool { return b.parent == g.id })
	switch {
	case len(below) == 0:
	case !c.op.Plural() && c.deviates("descendants-stay"), c.op.Plural() && c.deviates("descendants-of-batch-stay"):
		return below
	case len(deeper) > 0 && !c.op.Plural() && c.deviates("grandchildren-stay"):
		return deeper
	}
	return nil
}

// removeGroup removes one group of the tree that is deleted, and the memberships
// in it.
func (c *call) removeGroup(t *tx, gone, top group) error {
	if c.deviates("members-deleted-with-group") {
		if err := t.exec("UPDATE person SET deleted = 1 WHERE id IN (SELECT person FROM membership WHERE grp = ?)", gone.id); err != nil {
			return err
		}
	}
	if !c.op.Plural() && (c.deviates("memberships-move-up") || gone.id != top.id && c.deviates("memberships-of-descendants-move-up")) ||
		c.op.Plural() && c.deviates("memberships-of-batch-move-up") {
		if err := t.exec("UPDATE membership SET grp = ? WHERE grp = ?", top.parent, gone.id); err != nil {
			return err
		}
	}
	if c.deviates("memberships-survive-the-group") {
		if err := c.toTheSite(t, gone.id); err != nil {
			return err
		}
	}
	return t.removeGroup(gone.id)
}

// changeGroupItem gives a group another key, and its course with it. Children
// and memberships stay where they are. A key that another group has is refused.
func (c *call) changeGroupItem(from, to string) item {
	return func(t *tx) (status, error) {
		g, found, err := t.groupByKey(c.site.id, from)
		switch {
		case err != nil:
			return status{}, err
		case !found:
			return c.unknownToChange(from), nil
		case g.orgType == typeSite:
			return failure(minorInvalid, "The main organisation cannot be changed"), nil
		case to == "":
			return c.refusedMessage("The new 'sourcedId/identifier' is missing")
		case utf8.RuneCountInString(to) > c.maxGroupKey():
			return failure(minorInvalid, fmt.Sprintf("The new 'sourcedId/identifier' is longer than %d characters", c.maxGroupKey())), nil
		}
		other, taken, err := t.groupByKey(c.site.id, to)
		if err != nil {
			return status{}, err
		}
		if taken && other.id != g.id {
			if !c.deviates("group-change-takes-key") {
				return failure(minorKeyInUse, "The 'sourcedId/identifier' '"+to+"' is already in use"), nil
			}
			if err := t.removeGroup(other.id); err != nil {
				return status{}, err
			}
		}
		return c.changeGroup(t, g, to)
	}
}

// unknownToChange is the failure of a change for a key that no group has.
func (c *call) unknownToChange(key string) status {
	if !c.op.Plural() && c.deviates("change-of-unknown-group-succeeds") || c.op.Plural() && c.deviates("batch-change-of-unknown-group-succeeds") {
		return success()
	}
	return unknownGroup(key)
}

// changeGroup stores the new key of a group and of its course.
func (c *call) changeGroup(t *tx, g group, to string) (status, error) {
	plural := c.op.Plural()
	st := success()
	switch {
	case !plural && c.deviates("group-change-refused"):
		return failure(minorInvalid, "The key cannot be changed"), nil
	case !plural && c.deviates("group-change-copies"), plural && c.deviates("group-changes-copy"):
		g.key = to
		_, err := t.insertGroup(g)
		return st, err
	case !plural && c.deviates("changed-group-key-not-stored"), plural && c.deviates("changed-group-keys-not-stored"):
		st.lose = true
	}
	g.key = to
	if err := t.updateGroup(g); err != nil {
		return st, err
	}
	if err := c.keepFamily(t, g); err != nil {
		return st, err
	}
	connected, found, err := t.courseOf(g.id)
	if err != nil || !found {
		return st, err
	}
	connected.key = to
	_, err = t.storeCourse(connected)
	return st, err
}

// keepFamily does nothing: children and memberships refer to the group, not to
// its key.
func (c *call) keepFamily(t *tx, g group) error {
	if c.deviates("group-change-loses-children") {
		if err := t.exec("UPDATE groups SET parent = ? WHERE parent = ?", g.parent, g.id); err != nil {
			return err
		}
	}
	if c.deviates("group-change-loses-members") {
		return t.exec("DELETE FROM membership WHERE grp = ?", g.id)
	}
	return nil
}
