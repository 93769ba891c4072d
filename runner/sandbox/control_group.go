package sandbox

import (
	"cmp"
	"maps"
	"net/http"
	"slices"
)

// Properties of groups and courses that are not fields.
const (
	propertyType      = "type"
	propertyParent    = "parent"
	propertyCourse    = "course" // title of the connected course
	propertyCode      = "courseCode"
	propertyCredits   = "courseCredits"
	propertyConnected = "connected"
	propertyGroup     = "group"
	propertyTemplate  = "template"
)

const yes, no = "yes", "no"

// makeGroup makes a group of any type, by default below the main organisation.
// One of origin manual has no key, as if made in the user interface.
func makeGroup(t *tx, at *site, p properties) (string, error) {
	texts := []string{fieldTitle, fieldLong, fieldFull, fieldLabel}
	if err := p.only(append(texts, "key", propertyOrigin, propertyType, propertyParent, propertyCourse, propertyCode, propertyCredits)...); err != nil {
		return "", err
	}
	made := group{site: at.id, key: p["key"], origin: cmp.Or(p[propertyOrigin], originImport), tag: p["tag"], fields: fields{}}
	for _, name := range texts {
		made.fields.set(name, p[name])
	}
	if err := made.checkOrigin(); err != nil {
		return "", err
	}
	if _, taken, err := t.groupByKey(at.id, made.key); taken || err != nil {
		return "", cmp.Or(err, refuse(http.StatusConflict, "a group has the key %q", made.key))
	}
	var known bool
	usual := typeUnspecified
	if p[propertyCourse] != "" {
		usual = typeCourse
	}
	if made.orgType, known = typeNamed(cmp.Or(p[propertyType], string(usual))); !known {
		return "", refuse(http.StatusBadRequest, "there is no type of organisation %q", p[propertyType])
	}
	var err error
	if made.parent, err = t.resolveParent(at, p[propertyParent]); err != nil {
		return "", err
	}
	if made.id, err = t.insertGroup(made); err != nil {
		return "", err
	}
	if made.orgType == typeCourse {
		_, err = t.storeCourse(course{site: at.id, key: made.key, group: made.id, origin: made.origin, tag: made.tag, fields: courseFields(cmp.Or(p[propertyCourse], p[fieldTitle]), p[propertyCode], p[propertyCredits])})
	}
	return handleOf(kindGroup, made.id), err
}

// checkOrigin refuses origins that groups do not have; only what is made by
// hand has no key.
func (g group) checkOrigin() error {
	switch {
	case g.origin != originImport && g.origin != originManual:
		return refuse(http.StatusBadRequest, "there is no origin %q", g.origin)
	case g.key == "" && g.origin != originManual:
		return refuse(http.StatusBadRequest, "a group needs a key")
	}
	return nil
}

func courseFields(title, code, credits string) fields {
	f := fields{}
	f.set(fieldTitle, title)
	f.set(fieldCode, code)
	f.set(fieldCredits, credits)
	return f
}

// resolveParent finds a group by key or handle; the main organisation is meant
// when none is named.
func (t *tx) resolveParent(at *site, text string) (int64, error) {
	if text != "" {
		return t.resolveGroup(at, text)
	}
	root, _, err := t.rootGroup(at.id)
	return root.id, err
}

// resolveGroup finds a group by key or handle.
func (t *tx) resolveGroup(at *site, text string) (int64, error) {
	var (
		g     group
		found bool
		err   error
	)
	if id, ok := numberOfHandle(kindGroup, text); ok {
		g, found, err = t.groupByID(at.id, id)
	} else {
		g, found, err = t.groupByKey(at.id, text)
	}
	if err == nil && !found {
		err = refuse(http.StatusNotFound, "there is no group %q", text)
	}
	return g.id, err
}

// makeCourse makes a course that no hierarchy is connected to: one made by
// hand, or a template.
func makeCourse(t *tx, at *site, p properties) (string, error) {
	if err := p.only("key", fieldTitle, fieldCode, fieldCredits, propertyTemplate); err != nil {
		return "", err
	}
	origin := originManual
	if p[propertyTemplate] == yes {
		origin = originTemplate
	}
	id, err := t.storeCourse(course{site: at.id, key: p["key"], origin: origin, tag: p["tag"], fields: courseFields(p[fieldTitle], p[fieldCode], p[fieldCredits])})
	return handleOf(kindCourse, id), err
}

// groupObjects lists the groups of a site, and the courses.
func (t *tx) groupObjects(site int64) ([]object, error) {
	groups, err := t.groups(site)
	if err != nil {
		return nil, err
	}
	var list []object
	names := map[int64]string{}
	for _, g := range groups {
		names[g.id] = cmp.Or(g.key, handlePrefix+handleOf(kindGroup, g.id))
	}
	for _, g := range groups {
		shown := maps.Clone(g.fields)
		shown[propertyType], shown[propertyOrigin] = string(g.orgType), g.origin
		fields(shown).set(propertyParent, names[g.parent])
		list = append(list, object{kindGroup, handleOf(kindGroup, g.id), g.key, g.tag, false, shown})
	}
	courses, err := t.courses("site = ? ORDER BY id", site)
	for _, c := range courses {
		shown := maps.Clone(c.fields)
		shown[propertyOrigin], shown[propertyConnected] = c.origin, no
		if c.group != 0 {
			shown[propertyConnected], shown[propertyGroup] = yes, names[c.group]
		}
		list = append(list, object{kindCourse, handleOf(kindCourse, c.id), c.key, c.tag, false, shown})
	}
	return list, err
}

// removeTaggedGroups removes the groups and courses that carry a tag for good,
// with what is below them.
func (t *tx) removeTaggedGroups(site int64, tag string) error {
	tagged, err := t.groupsWhere("groups.site = ? AND groups.tag = ?", site, tag)
	if err != nil {
		return err
	}
	for _, g := range tagged {
		below, err := t.descendants(g.id)
		if err != nil {
			return err
		}
		for _, gone := range slices.Concat([]group{g}, below) {
			if err := t.exec("DELETE FROM course WHERE grp = ?", gone.id); err != nil {
				return err
			}
			if err := t.removeGroup(gone.id); err != nil {
				return err
			}
		}
	}
	return t.exec("DELETE FROM course WHERE site = ? AND tag = ?", site, tag)
}
