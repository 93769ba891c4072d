package sandbox

import (
	"cmp"
	"net/http"
)

// Names of the properties of a membership.
const (
	propertyPerson    = "person"
	propertyRole      = "role" // a role type, as a word or a number; as a word when it is shown
	propertyHome      = "home" // "true" for the home organisation
	propertyHierarchy = "hierarchyRole"
)

// makeMembership puts a person into a group. Without key the membership is one
// made by hand.
func makeMembership(t *tx, at *site, p properties) (string, error) {
	if err := p.only("key", propertyPerson, propertyGroup, propertyRole, propertyHome); err != nil {
		return "", err
	}
	role, known := controlRole(cmp.Or(p[propertyRole], memberRoles[0].word))
	if !known {
		return "", refuse(http.StatusBadRequest, "there is no role of memberships %q", p[propertyRole])
	}
	member, err := t.resolvePerson(at, p[propertyPerson])
	if err != nil {
		return "", err
	}
	of, err := t.resolveGroup(at, p[propertyGroup])
	if err != nil {
		return "", err
	}
	switch g, found, err := t.groupByID(at.id, of); {
	case err != nil:
		return "", err
	case !found:
		return "", refuse(http.StatusNotFound, "there is no group %q", p[propertyGroup])
	case p[propertyHome] == "true" && !g.orgType.mayBeHome():
		return "", refuse(http.StatusBadRequest, "the group %q is neither a site nor a school", p[propertyGroup])
	}
	if _, taken, err := t.membershipByKey(at.id, p["key"]); taken || err != nil {
		return "", cmp.Or(err, refuse(http.StatusConflict, "a membership has the key %q", p["key"]))
	}
	made := membership{key: p["key"], person: member, group: of, role: role.word, marked: p[propertyHome] == "true", tag: p["tag"]}
	if made.marked {
		if err := t.unmarkHome(member); err != nil {
			return "", err
		}
	}
	id, err := t.insertMembership(at.id, made)
	return handleOf(kindMembership, id), err
}

func controlRole(text string) (memberRole, bool) {
	for _, r := range memberRoles {
		if text == r.word || text == r.number {
			return r, true
		}
	}
	return memberRole{}, false
}

// membershipObjects lists the memberships of a site; one of a person in the
// trash is there too, as deleted.
func (t *tx) membershipObjects(site int64) ([]object, error) {
	memberships, err := t.memberships(site)
	if err != nil {
		return nil, err
	}
	var list []object
	for _, m := range memberships {
		shown := map[string]string{propertyPerson: nameOf(m.personKey, m.person), propertyGroup: cmp.Or(m.groupKey, handlePrefix+handleOf(kindGroup, m.group)),
			propertyRole: m.role, propertyHierarchy: memberRoleOf(m.role).hierarchy}
		if m.home {
			shown[propertyHome] = "true"
		}
		list = append(list, object{kindMembership, handleOf(kindMembership, m.id), m.key, m.tag, m.hidden, shown})
	}
	return list, nil
}
