package sandbox

// The relations between a parent and a child, seen from a person: its Child,
// its Parent.
const (
	relationChild  = "Child"
	relationParent = "Parent"
)

// A link is one direction of a relationship, with the other person's key, which
// is empty for a person without one.
type link struct {
	relation string
	other    int64
	key      string
}

// links returns the links of a person to live persons, oldest first.
func (t *tx) links(person int64) ([]link, error) {
	var found []link
	err := t.rows(func(scan func(dest ...any) error) error {
		var l link
		err := scan(&l.relation, &l.other, &l.key)
		found = append(found, l)
		return err
	}, `SELECT link.relation, link.other, coalesce(person.key, '') FROM link
		JOIN person ON person.id = link.other AND person.deleted = 0
		WHERE link.person = ? ORDER BY link.id`, person)
	if err != nil {
		return nil, err
	}
	return found, nil
}

// linked says whether one direction exists.
func (t *tx) linked(person int64, relation string, other int64) (bool, error) {
	var n int
	return t.row([]any{&n}, "SELECT 1 FROM link WHERE person = ? AND relation = ? AND other = ? LIMIT 1", person, relation, other)
}

// addDirection stores one direction and returns its number.
func (t *tx) addDirection(person int64, relation string, other int64, tag string) (int64, error) {
	result, err := t.result("INSERT INTO link (person, relation, other, tag) VALUES (?, ?, ?, ?)", person, relation, other, tag)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// addLink stores both directions and returns the number of the one to the
// child.
func (t *tx) addLink(parent, child int64, tag string) (int64, error) {
	id, err := t.addDirection(parent, relationChild, child, tag)
	if err != nil {
		return 0, err
	}
	_, err = t.addDirection(child, relationParent, parent, tag)
	return id, err
}

// removeLink removes one link, both directions.
func (t *tx) removeLink(parent, child int64) error {
	return t.exec("DELETE FROM link WHERE person = ?1 AND relation = 'Child' AND other = ?2 OR person = ?2 AND relation = 'Parent' AND other = ?1", parent, child)
}

// removeChildLinks removes the links to a person's children, both directions.
func (t *tx) removeChildLinks(parent int64) error {
	return t.exec("DELETE FROM link WHERE person = ? AND relation = 'Child' OR other = ? AND relation = 'Parent'", parent, parent)
}

// removeParentLinks removes the links to a person's parents, both directions.
func (t *tx) removeParentLinks(child int64) error {
	return t.exec("DELETE FROM link WHERE person = ? AND relation = 'Parent' OR other = ? AND relation = 'Child'", child, child)
}
