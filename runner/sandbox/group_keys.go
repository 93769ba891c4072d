package sandbox

import (
	"fmt"
	"unicode/utf8"
)

func unknownGroup(key string) status { return failure(minorUnknown, textUnknownPerson(key)) }

// deleteGroupItem deletes a group with everything below it. Memberships go too,
// courses and persons stay (deleteGroup).
func (c *call) deleteGroupItem(key string) item {
	return func(t *tx) (status, error) {
		g, found, err := t.groupByKey(c.site.id, key)
		switch {
		case err != nil:
			return status{}, err
		case !found:
			return unknownGroup(key), nil
		case g.orgType == typeSite:
			return failure(minorInvalid, "The main organisation cannot be deleted"), nil
		}
		below, err := t.descendants(g.id)
		if err != nil {
			return status{}, err
		}
		for _, gone := range append([]group{g}, below...) {
			if c.deviates("memberships-survive-the-group") {
				if err := t.exec("UPDATE membership SET grp = ? WHERE grp = ?", g.parent, gone.id); err != nil {
					return status{}, err
				}
			}
			if err := t.removeGroup(gone.id); err != nil {
				return status{}, err
			}
		}
		return success(), nil
	}
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
			return unknownGroup(from), nil
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
			return failure(minorKeyInUse, "The 'sourcedId/identifier' '"+to+"' is already in use"), nil
		}
		return c.changeGroup(t, g, to)
	}
}

// changeGroup stores the new key of a group and of its course.
func (c *call) changeGroup(t *tx, g group, to string) (status, error) {
	g.key = to
	if err := t.updateGroup(g); err != nil {
		return status{}, err
	}
	connected, found, err := t.courseOf(g.id)
	if err != nil || !found {
		return success(), err
	}
	connected.key = to
	_, err = t.storeCourse(connected)
	return success(), err
}
