package sandbox

import (
	"fmt"
	"unicode/utf8"
)

// textUnknownPerson is what reads say about a key that nobody has; its
// beginning is documented (readPersons, unknown id).
func textUnknownPerson(key string) string {
	return "The 'sourcedId/identifier' '" + key + "' does not exist in itslearning"
}

func unknownPerson(key string) status { return failure(minorUnknown, textUnknownPerson(key)) }

// livePerson returns a person that is not in the trash.
func (c *call) livePerson(t *tx, key string) (person, bool, error) {
	p, found, err := t.personByKey(c.site.id, key)
	return p, found && !p.deleted, err
}

// deleteItem moves a person to the trash (Deleting Users). One that is there
// already counts as not existing (deletePersons).
func (c *call) deleteItem(key string) item {
	return func(t *tx) (status, error) {
		p, found, err := t.personByKey(c.site.id, key)
		if err == nil && !found {
			p, found, err = c.elsewhere(t, key, "other-sites-written")
		}
		plural := c.op.Plural()
		switch {
		case err != nil:
			return status{}, err
		case found && p.deleted:
			if !plural && c.deviates("deleted-twice") || plural && c.deviates("batch-deleted-twice") {
				return success(), nil
			}
			return unknownPerson(key), nil
		case !found:
			if !plural && c.deviates("delete-of-unknown-succeeds") {
				return success(), nil
			}
			return unknownPerson(key), nil
		}
		st := success()
		if !plural && c.deviates("deleted-person-stays") || plural && c.deviates("batch-deleted-persons-stay") {
			st.lose = true
		}
		if !plural && c.deviates("delete-remarked") {
			st.warn("deleted", "The person was moved to the trash")
		}
		if c.deviates("trash-forgets") {
			return st, t.removePerson(p.id)
		}
		p.deleted = true
		return st, t.updatePerson(p)
	}
}

// elsewhere looks for a person on other sites, which only a deviation does.
func (c *call) elsewhere(t *tx, key, deviation string) (person, bool, error) {
	if !c.deviates(deviation) || key == "" {
		return person{}, false, nil
	}
	return first(t.persons("key = ? AND deleted = 0 ORDER BY id", key))
}

// writtenPerson returns the person that a write is about: who has the key on this
// site, one in the trash included. On purpose it is one of another site.
func (c *call) writtenPerson(t *tx, key string, how mode) (person, bool, error) {
	p, known, err := t.personByKey(c.site.id, key)
	crossing := map[mode]string{modeUpdate: "other-sites-updated", modeReplace: "other-sites-replaced"}[how]
	if err != nil || known && !p.deleted || crossing == "" {
		return p, known, err
	}
	other, found, err := c.elsewhere(t, key, crossing)
	if err != nil || !found {
		return p, known, err
	}
	return other, true, nil
}

// changeItem gives a person another key. A key that another person has is
// refused, one in the trash included; so is the change for a person whose
// profile is not used for synchronisation (changePersonIdentifier).
func (c *call) changeItem(from, to string) item {
	return func(t *tx) (status, error) {
		p, found, err := c.livePerson(t, from)
		switch {
		case err != nil:
			return status{}, err
		case !found:
			if !c.op.Plural() && c.deviates("change-of-unknown-succeeds") {
				return success(), nil
			}
			return unknownPerson(from), nil
		case to == "":
			return c.refusedMessage("The new 'sourcedId/identifier' is missing")
		case utf8.RuneCountInString(to) > maxKey:
			return failure(minorInvalid, fmt.Sprintf("The new 'sourcedId/identifier' is longer than %d characters", maxKey)), nil
		case !c.used(p.fields[fieldRole]) && !c.deviates("unused-profile-renamed"):
			return failure(minorInvalid, "The profile of '"+from+"' is not used for synchronization"), nil
		}
		other, taken, err := t.personByKey(c.site.id, to)
		if err != nil {
			return status{}, err
		}
		if taken && other.id != p.id {
			if !c.deviates("change-takes-key") {
				return failure(minorKeyInUse, "The 'sourcedId/identifier' '"+to+"' is already in use"), nil
			}
			if err := t.removePerson(other.id); err != nil {
				return status{}, err
			}
		}
		return c.change(t, p, to)
	}
}

// change stores the new key; everything else of the person stays.
func (c *call) change(t *tx, p person, to string) (status, error) {
	st := success()
	switch {
	case !c.op.Plural() && c.deviates("changed-key-not-stored"):
		st.lose = true
	case !c.op.Plural() && c.deviates("change-copies"), c.op.Plural() && c.deviates("changes-copy"):
		p.key = to
		p.fields[fieldUserName] = makeUserName(p.fields)
		_, err := t.insertPerson(p)
		return st, err
	case !c.op.Plural() && c.deviates("change-drops-person"):
		return st, t.removePerson(p.id)
	case !c.op.Plural() && c.deviates("change-refused"):
		return failure(minorInvalid, "The key cannot be changed"), nil
	case c.deviates("change-loses-links"):
		if err := t.exec("DELETE FROM link WHERE person = ? OR other = ?", p.id, p.id); err != nil {
			return st, err
		}
	case c.deviates("change-loses-data"):
		delete(p.fields, fieldMobile)
		delete(p.fields, fieldEmail)
	}
	p.key = to
	return st, t.updatePerson(p)
}
