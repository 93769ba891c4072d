package sandbox

import (
	"database/sql"
	"encoding/json"
	"fmt"
)

// A course is what a hierarchy of type Course is connected to. It has the key of
// the hierarchy and stays when that is deleted.
type course struct {
	id     int64
	site   int64
	key    string
	group  int64  // 0 when it is not connected
	origin string // originImport, originManual or originTemplate
	tag    string
	fields fields
}

// originTemplate is the origin of a course that is a template for others.
const originTemplate = "template"

// Names of a course's fields, as the control interface shows them.
const (
	fieldCode     = "code"
	fieldCredits  = "credits"
	fieldCopiedOf = "copyOf"  // key of the template that the course is a copy of
	fieldCreator  = "creator" // key of the person that the copy is made for
)

// courses returns the courses that a condition selects.
func (t *tx) courses(condition string, args ...any) ([]course, error) {
	var found []course
	err := t.rows(func(scan func(dest ...any) error) error {
		var (
			made  course
			key   sql.NullString
			group sql.NullInt64
			data  []byte
		)
		if err := scan(&made.id, &made.site, &key, &group, &made.origin, &made.tag, &data); err != nil {
			return err
		}
		if err := json.Unmarshal(data, &made.fields); err != nil {
			return fmt.Errorf("fields of course %d: %w", made.id, err)
		}
		made.key, made.group = key.String, group.Int64
		found = append(found, made)
		return nil
	}, "SELECT id, site, key, grp, origin, tag, fields FROM course WHERE "+condition, args...)
	if err != nil {
		return nil, err
	}
	return found, nil
}

// courseOf returns the course that a group is connected to.
func (t *tx) courseOf(group int64) (c course, found bool, err error) {
	return first(t.courses("grp = ?", group))
}

// templateByKey returns the course template with that key.
func (t *tx) templateByKey(site int64, key string) (c course, found bool, err error) {
	return first(t.courses("site = ? AND key = ? AND origin = ?", site, key, originTemplate))
}

// storeCourse stores a course, a new one when it has no number yet, and returns
// the number.
func (t *tx) storeCourse(c course) (int64, error) {
	data, err := json.Marshal(c.fields)
	if err != nil {
		return 0, fmt.Errorf("fields of course %q: %w", c.key, err)
	}
	if c.id != 0 {
		return c.id, t.exec("UPDATE course SET key = ?, grp = ?, origin = ?, tag = ?, fields = ? WHERE id = ?",
			nullable(c.key), nullableNumber(c.group), c.origin, c.tag, data, c.id)
	}
	result, err := t.result("INSERT INTO course (site, key, grp, origin, tag, fields) VALUES (?, ?, ?, ?, ?, ?)",
		c.site, nullable(c.key), nullableNumber(c.group), c.origin, c.tag, data)
	if err != nil {
		return 0, err
	}
	return result.LastInsertId()
}
