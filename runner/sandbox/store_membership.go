package sandbox

// A membership is a person in a group. One without key was made by hand.
type membership struct {
	id            int64
	key           string
	person, group int64
	role          string // a role type, as a word
	marked        bool   // marked as the person's home organisation; of a person's memberships one is, or none
	tag           string

	// What the query finds out; it is not stored.
	personKey string
	groupKey  string
	hidden    bool // the person is in the trash
	home      bool // marked, or a membership of the site while no other is marked
}

// membershipQuery finds memberships. Without a marked membership the site is a
// person's home organisation (Marking an organisation as a user's home
// organisation), and with it a membership of the site.
const membershipQuery = `SELECT membership.id, membership.key, membership.person, membership.grp, membership.role, membership.marked, membership.tag,
	coalesce(person.key, ''), coalesce(groups.key, ''), person.deleted,
	membership.marked OR groups.type = 'Site' AND NOT EXISTS (SELECT 1 FROM membership AS home WHERE home.person = membership.person AND home.marked)
	FROM membership JOIN person ON person.id = membership.person JOIN groups ON groups.id = membership.grp
	WHERE `

// membershipsWhere returns the memberships that a condition selects, oldest
// first.
func (t *tx) membershipsWhere(condition string, args ...any) ([]membership, error) {
	var found []membership
	err := t.rows(func(scan func(dest ...any) error) error {
		var m membership
		err := scan(&m.id, &m.key, &m.person, &m.group, &m.role, &m.marked, &m.tag, &m.personKey, &m.groupKey, &m.hidden, &m.home)
		found = append(found, m)
		return err
	}, membershipQuery+condition+" ORDER BY membership.id", args...)
	if err != nil {
		return nil, err
	}
	return found, nil
}

// memberships returns all memberships of a site, those of persons in the trash
// included.
func (t *tx) memberships(site int64) ([]membership, error) {
	return t.membershipsWhere("membership.site = ?", site)
}

// membershipByKey returns the membership with that key, hidden or not.
func (t *tx) membershipByKey(site int64, key string) (m membership, found bool, err error) {
	if key == "" {
		return membership{}, false, nil
	}
	return first(t.membershipsWhere("membership.site = ? AND membership.key = ?", site, key))
}

// insertMembership stores a new membership and returns its number.
func (t *tx) insertMembership(site int64, m membership) (int64, error) {
	result, err := t.result("INSERT INTO membership (site, key, person, grp, role, marked, tag) VALUES (?, ?, ?, ?, ?, ?, ?)",
		site, m.key, m.person, m.group, m.role, m.marked, m.tag)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// updateMembership stores everything of a membership again.
func (t *tx) updateMembership(m membership) error {
	return t.exec("UPDATE membership SET key = ?, person = ?, grp = ?, role = ?, marked = ?, tag = ? WHERE id = ?",
		m.key, m.person, m.group, m.role, m.marked, m.tag, m.id)
}

// removeMembership removes one membership.
func (t *tx) removeMembership(id int64) error {
	return t.exec("DELETE FROM membership WHERE id = ?", id)
}

// unmarkHome makes the site the home organisation of a person.
func (t *tx) unmarkHome(person int64) error {
	return t.exec("UPDATE membership SET marked = 0 WHERE person = ? AND marked", person)
}
