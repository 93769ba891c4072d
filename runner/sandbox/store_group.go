package sandbox

// groupByKey returns the number of the group with that key.
func (t *tx) groupByKey(site int64, key string) (id int64, found bool, err error) {
	found, err = t.row([]any{&id}, "SELECT id FROM groups WHERE site = ? AND key = ?", site, key)
	return id, found, err
}

// members returns the live persons of a group, each once, in the order of
// their memberships.
func (t *tx) members(group int64) ([]person, error) {
	return t.persons(`deleted = 0 AND id IN (SELECT person FROM membership WHERE grp = ?)
		ORDER BY (SELECT min(id) FROM membership WHERE grp = ? AND membership.person = person.id)`, group, group)
}
