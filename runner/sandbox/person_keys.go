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
		p, found, err := c.livePerson(t, key)
		if err != nil {
			return status{}, err
		}
		if !found {
			return unknownPerson(key), nil
		}
		p.deleted = true
		return success(), t.updatePerson(p)
	}
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
			return unknownPerson(from), nil
		case to == "":
			return failure(minorIncomplete, "The new 'sourcedId/identifier' is missing"), nil
		case utf8.RuneCountInString(to) > maxKey:
			return failure(minorInvalid, fmt.Sprintf("The new 'sourcedId/identifier' is longer than %d characters", maxKey)), nil
		case !isMapped(p.fields[fieldRole]):
			return failure(minorInvalid, "The profile of '"+from+"' is not used for synchronization"), nil
		}
		other, taken, err := t.personByKey(c.site.id, to)
		if err != nil {
			return status{}, err
		}
		if taken && other.id != p.id {
			return failure(minorKeyInUse, "The 'sourcedId/identifier' '"+to+"' is already in use"), nil
		}
		p.key = to
		return success(), t.updatePerson(p)
	}
}
