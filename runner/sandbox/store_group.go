package sandbox

import (
	"database/sql"
	"encoding/json"
	"fmt"
)

// A group is a node of a site's tree of organisations. One without key was made
// by hand; the one without parent is the main organisation.
type group struct {
	id        int64
	site      int64
	key       string
	parent    int64 // 0 for the main organisation
	orgType   orgType
	origin    string // originImport or originManual
	tag       string
	fields    fields
	parentKey string // key of the parent; empty for a parent without one. It is not stored.
}

// Names of a group's fields, as the control interface shows them.
const (
	fieldTitle = "title" // descShort
	fieldLong  = "descLong"
	fieldFull  = "descFull"
	fieldLabel = "label" // of the relationship to the parent
)

const groupQuery = `SELECT groups.id, groups.site, groups.key, groups.parent, groups.type, groups.origin, groups.tag, groups.fields, coalesce(above.key, '')
	FROM groups LEFT JOIN groups AS above ON above.id = groups.parent WHERE `

func scanGroup(scan func(dest ...any) error) (group, error) {
	var (
		g      group
		key    sql.NullString
		parent sql.NullInt64
		data   []byte
	)
	if err := scan(&g.id, &g.site, &key, &parent, &g.orgType, &g.origin, &g.tag, &data, &g.parentKey); err != nil {
		return group{}, err
	}
	if err := json.Unmarshal(data, &g.fields); err != nil {
		return group{}, fmt.Errorf("fields of group %d: %w", g.id, err)
	}
	g.key, g.parent = key.String, parent.Int64
	return g, nil
}

// groupsWhere returns the groups that a condition on the table groups selects.
func (t *tx) groupsWhere(condition string, args ...any) ([]group, error) {
	var found []group
	err := t.rows(func(scan func(dest ...any) error) error {
		g, err := scanGroup(scan)
		found = append(found, g)
		return err
	}, groupQuery+condition, args...)
	if err != nil {
		return nil, err
	}
	return found, nil
}

// groupByKey returns the group with that key.
func (t *tx) groupByKey(site int64, key string) (g group, found bool, err error) {
	if key == "" {
		return group{}, false, nil
	}
	return first(t.groupsWhere("groups.site = ? AND groups.key = ?", site, key))
}

// groupByID returns the group with that number.
func (t *tx) groupByID(site, id int64) (g group, found bool, err error) {
	return first(t.groupsWhere("groups.site = ? AND groups.id = ?", site, id))
}

// rootGroup returns the main organisation of a site.
func (t *tx) rootGroup(site int64) (g group, found bool, err error) {
	return first(t.groupsWhere("groups.site = ? AND groups.parent IS NULL ORDER BY groups.id", site))
}

// groups returns all groups of a site, oldest first.
func (t *tx) groups(site int64) ([]group, error) {
	return t.groupsWhere("groups.site = ? ORDER BY groups.id", site)
}

// insertGroup stores a new group and returns its number.
func (t *tx) insertGroup(g group) (int64, error) {
	data, err := json.Marshal(g.fields)
	if err != nil {
		return 0, fmt.Errorf("fields of group %q: %w", g.key, err)
	}
	result, err := t.result("INSERT INTO groups (site, key, parent, type, origin, tag, fields) VALUES (?, ?, ?, ?, ?, ?, ?)",
		g.site, nullable(g.key), nullableNumber(g.parent), g.orgType, g.origin, g.tag, data)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}

// updateGroup stores everything of a group again.
func (t *tx) updateGroup(g group) error {
	data, err := json.Marshal(g.fields)
	if err != nil {
		return fmt.Errorf("fields of group %q: %w", g.key, err)
	}
	return t.exec("UPDATE groups SET key = ?, parent = ?, type = ?, origin = ?, tag = ?, fields = ? WHERE id = ?",
		nullable(g.key), nullableNumber(g.parent), g.orgType, g.origin, g.tag, data, g.id)
}

// removeGroup removes one group with its memberships; its courses stay and lose
// their connection (deleteGroup).
func (t *tx) removeGroup(id int64) error {
	for _, statement := range [...]string{
		"DELETE FROM membership WHERE grp = ?",
		"UPDATE course SET grp = NULL, origin = 'manual' WHERE grp = ?",
		"DELETE FROM groups WHERE id = ?",
	} {
		if err := t.exec(statement, id); err != nil {
			return err
		}
	}
	return nil
}

// removeOwnGroup removes a group unless it is an anchor, which all that goes on at a
// site share.
func (t *tx) removeOwnGroup(id int64) error {
	shared, err := t.groupsWhere("groups.id = ? AND groups.tag = ?", id, anchorTag)
	if err != nil || len(shared) > 0 {
		return err
	}
	return t.removeGroup(id)
}

// descendants returns the groups below a group, nearest first. A tree that a
// deviation has bent into a ring ends where it began.
func (t *tx) descendants(id int64) ([]group, error) {
	return t.groupsWhere(`groups.id <> ?1 AND groups.id IN (WITH RECURSIVE below(id) AS (
		VALUES (?1) UNION SELECT groups.id FROM groups JOIN below ON groups.parent = below.id) SELECT id FROM below) ORDER BY groups.id`, id)
}

// ancestors returns a group and those above it.
func (t *tx) ancestors(id int64) ([]group, error) {
	return t.groupsWhere(`groups.id IN (WITH RECURSIVE above(id) AS (
		VALUES (?) UNION SELECT groups.parent FROM groups JOIN above ON groups.id = above.id WHERE groups.parent IS NOT NULL) SELECT id FROM above)`, id)
}

// members returns the live persons of a group, each once, in the order of
// their memberships.
func (t *tx) members(group int64) ([]person, error) {
	return t.persons(`deleted = 0 AND id IN (SELECT person FROM membership WHERE grp = ?)
		ORDER BY (SELECT min(id) FROM membership WHERE grp = ? AND membership.person = person.id)`, group, group)
}

// groupsOf returns the groups of a person, each once, in the order of the
// memberships.
func (t *tx) groupsOf(person int64) ([]group, error) {
	return t.groupsWhere(`groups.id IN (SELECT grp FROM membership WHERE person = ?1)
		ORDER BY (SELECT min(id) FROM membership WHERE person = ?1 AND membership.grp = groups.id)`, person)
}

func nullableNumber(n int64) sql.NullInt64 { return sql.NullInt64{Int64: n, Valid: n != 0} }
