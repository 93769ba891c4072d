package sandbox

import (
	"net/http"
	"slices"
)

// controlListObjects lists what is on a site: everything, or what has a tag or
// a key; what is in the trash only when asked for.
func controlListObjects(s *Server, r *http.Request, at *site) (any, error) {
	query := r.URL.Query()
	list := []object{}
	err := s.store.do(r.Context(), func(t *tx) error {
		all, err := t.objects(at.id)
		list = append(list, all...)
		return err
	})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(list, func(o object) bool {
		return o.Deleted && query.Get("deleted") != "true" ||
			query.Has("tag") && o.Tag != query.Get("tag") ||
			query.Has("key") && o.Key != query.Get("key")
	}), nil
}

// objects lists everything on a site by kind.
func (t *tx) objects(site int64) ([]object, error) {
	var list []object
	persons, err := t.persons("site = ? ORDER BY id", site)
	if err != nil {
		return nil, err
	}
	for _, p := range persons {
		list = append(list, personObject(p))
	}
	groups, err := t.groupObjects(site)
	if err != nil {
		return nil, err
	}
	list = append(list, groups...)
	memberships, err := t.membershipObjects(site)
	if err != nil {
		return nil, err
	}
	list = append(list, memberships...)
	relationships, err := t.relationships(site)
	return append(list, relationships...), err
}

// relationships lists the links of a site, each once; one of a person in the
// trash is there too, as deleted.
func (t *tx) relationships(site int64) ([]object, error) {
	var list []object
	err := t.rows(func(scan func(dest ...any) error) error {
		var (
			id, parent, child   int64
			tag                 string
			parentKey, childKey string
			deleted             bool
		)
		if err := scan(&id, &tag, &parent, &parentKey, &child, &childKey, &deleted); err != nil {
			return err
		}
		list = append(list, object{kindRelationship, handleOf(kindRelationship, id), "", tag, deleted,
			map[string]string{"parent": nameOf(parentKey, parent), "child": nameOf(childKey, child)}})
		return nil
	}, `SELECT link.id, link.tag, parent.id, coalesce(parent.key, ''), child.id, coalesce(child.key, ''), parent.deleted OR child.deleted
		FROM link JOIN person AS parent ON parent.id = link.person JOIN person AS child ON child.id = link.other
		WHERE link.relation = 'Child' AND parent.site = ? ORDER BY link.id`, site)
	return list, err
}

// controlRemoveObjects removes for good whatever carries a tag, with all that
// hangs on it; or, by key, the courses that a deletion of groups has left, which
// no operation can remove.
func controlRemoveObjects(s *Server, r *http.Request, at *site) (any, error) {
	query := r.URL.Query()
	tag := query.Get("tag")
	if key := query.Get("key"); tag == "" && query.Get("kind") == kindCourse && key != "" {
		return nil, s.store.do(r.Context(), func(t *tx) error {
			return t.exec("DELETE FROM course WHERE site = ? AND key = ? AND grp IS NULL", at.id, key)
		})
	}
	if tag == "" {
		return nil, refuse(http.StatusBadRequest, "say which tag to remove: ?tag=")
	}
	return nil, s.store.do(r.Context(), func(t *tx) error {
		tagged, err := t.persons("site = ? AND tag = ?", at.id, tag)
		if err != nil {
			return err
		}
		for _, p := range tagged {
			if err := t.removePerson(p.id); err != nil {
				return err
			}
		}
		if err := t.removeTaggedGroups(at.id, tag); err != nil {
			return err
		}
		for _, statement := range [...]string{
			"DELETE FROM membership WHERE site = ?1 AND tag = ?2",
			"DELETE FROM link WHERE tag = ?2 AND person IN (SELECT id FROM person WHERE site = ?1)",
		} {
			if err := t.exec(statement, at.id, tag); err != nil {
				return err
			}
		}
		return nil
	})
}
