package sandbox

// A membership is a person in a group.
type membership struct {
	id            int64
	key           string
	person, group int64
	personKey     string
	groupKey      string
	role, tag     string
}

func (t *tx) insertMembership(site int64, m membership) (int64, error) {
	result, err := t.result("INSERT INTO membership (site, key, person, grp, role, tag) VALUES (?, ?, ?, ?, ?, ?)",
		site, m.key, m.person, m.group, m.role, m.tag)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func (t *tx) memberships(site int64) ([]membership, error) {
	var found []membership
	err := t.rows(func(scan func(dest ...any) error) error {
		var m membership
		err := scan(&m.id, &m.key, &m.person, &m.group, &m.personKey, &m.groupKey, &m.role, &m.tag)
		found = append(found, m)
		return err
	}, `SELECT membership.id, membership.key, membership.person, membership.grp, coalesce(person.key, ''), coalesce(groups.key, ''), membership.role, membership.tag
		FROM membership JOIN person ON person.id = membership.person JOIN groups ON groups.id = membership.grp
		WHERE membership.site = ? ORDER BY membership.id`, site)
	return found, err
}
