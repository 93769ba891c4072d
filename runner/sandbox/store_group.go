package sandbox

// A group is a node of a site's tree of organisations.
type group struct {
	id         int64
	key, title string
	tag        string
}

// groupByKey returns the number of the group with that key.
func (t *tx) groupByKey(site int64, key string) (id int64, found bool, err error) {
	found, err = t.row([]any{&id}, "SELECT id FROM groups WHERE site = ? AND key = ?", site, key)
	return id, found, err
}

func (t *tx) insertGroup(site int64, key, title, tag string) (int64, error) {
	result, err := t.result("INSERT INTO groups (site, key, title, tag) VALUES (?, ?, ?, ?)", site, key, title, tag)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

func (t *tx) groups(site int64) ([]group, error) {
	var found []group
	err := t.rows(func(scan func(dest ...any) error) error {
		var g group
		err := scan(&g.id, &g.key, &g.title, &g.tag)
		found = append(found, g)
		return err
	}, "SELECT id, key, title, tag FROM groups WHERE site = ? ORDER BY id", site)
	return found, err
}

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
	}, `SELECT membership.id, membership.key, membership.person, membership.grp, coalesce(person.key, ''), groups.key, membership.role, membership.tag
		FROM membership JOIN person ON person.id = membership.person JOIN groups ON groups.id = membership.grp
		WHERE membership.site = ? ORDER BY membership.id`, site)
	return found, err
}

// members returns the live persons of a group, each once, in the order of
// their memberships.
func (t *tx) members(group int64) ([]person, error) {
	return t.persons(`deleted = 0 AND id IN (SELECT person FROM membership WHERE grp = ?)
		ORDER BY (SELECT min(id) FROM membership WHERE grp = ? AND membership.person = person.id)`, group, group)
}
