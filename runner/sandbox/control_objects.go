package sandbox

import (
	"cmp"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Kinds of objects of the control interface.
const (
	kindPerson       = "person"
	kindGroup        = "group"
	kindMembership   = "membership"
	kindRelationship = "relationship"
	kindCourse       = "course"
)

// handlePrefix stands before a handle where a key may stand.
const handlePrefix = "handle:"

// An object is something on a site, as the control interface shows it.
type object struct {
	Kind    string            `json:"kind"`
	Handle  string            `json:"handle"`
	Key     string            `json:"key"`
	Tag     string            `json:"tag"`
	Deleted bool              `json:"deleted"`
	Fields  map[string]string `json:"fields"`
}

// Names of properties that are not fields of a person.
const (
	propertyOrigin  = "origin"
	propertyCreated = "createdAt"
	propertyDeleted = "deleted"
)

// hiddenFields are those that no message can carry (replacePerson, "Fields that
// will be kept"; accounts, whose field names are not documented).
var hiddenFields = [...]string{"profilePicture", "alertSettings", "language", "accountSetting", fieldCloudImported, fieldCloudDisabled}

// controlMakeObject makes what no operation can make: persons without a key,
// of any origin, external or in the trash, groups without a key, courses; and
// everything else without its service.
func controlMakeObject(s *Server, r *http.Request, at *site) (any, error) {
	p := properties{}
	if err := readControl(r, &p); err != nil {
		return nil, err
	}
	build := map[string]func(*tx, *site, properties) (string, error){
		kindPerson: s.makePerson, kindGroup: makeGroup, kindMembership: makeMembership, kindRelationship: makeRelationship, kindCourse: makeCourse,
	}[p["kind"]]
	if build == nil {
		return nil, refuse(http.StatusBadRequest, "there is no kind of object %q", p["kind"])
	}
	var handle string
	err := s.store.do(r.Context(), func(t *tx) error {
		var err error
		handle, err = build(t, at, p)
		return err
	})
	return map[string]string{"handle": handle}, err
}

// properties are what a new object is made of.
type properties map[string]string

// only refuses properties that are not among the known ones.
func (p properties) only(known ...string) error {
	for _, name := range slices.Sorted(maps.Keys(p)) {
		if name != "kind" && name != "tag" && !slices.Contains(known, name) {
			return refuse(http.StatusBadRequest, "a %s has no property %q", p["kind"], name)
		}
	}
	return nil
}

func (s *Server) makePerson(t *tx, at *site, p properties) (string, error) {
	known := []string{"key", propertyOrigin, propertyCreated, propertyDeleted}
	f := fields{}
	for _, name := range personFields() {
		known = append(known, name)
		f.set(name, p[name])
	}
	if err := p.only(known...); err != nil {
		return "", err
	}
	f.set(fieldExternal, flagText(f[fieldExternal]))
	made := person{site: at.id, key: p["key"], tag: p["tag"], fields: f, created: s.now(),
		origin: cmp.Or(p[propertyOrigin], originImport), deleted: p[propertyDeleted] == "true"}
	if !slices.Contains([]string{originImport, originManual, originGenerated}, made.origin) {
		return "", refuse(http.StatusBadRequest, "there is no origin %q", made.origin)
	}
	if text := p[propertyCreated]; text != "" {
		created, ok := momentOf(text)
		if !ok {
			return "", refuse(http.StatusBadRequest, "createdAt %q is not a date and time", text)
		}
		made.created = created
	}
	f[fieldRole] = cmp.Or(f[fieldRole], defaultRole)
	if f[fieldUserName] == "" {
		f[fieldUserName] = makeUserName(f)
	}
	if _, taken, err := t.personByKey(at.id, made.key); taken || err != nil {
		return "", cmp.Or(err, refuse(http.StatusConflict, "a person has the key %q", made.key))
	}
	id, err := t.insertPerson(made)
	return handleOf(kindPerson, id), err
}

// personFields returns the names of all fields of a person.
func personFields() []string {
	names := slices.Clone(hiddenFields[:])
	for _, rule := range fieldRules {
		names = append(names, rule.name)
	}
	return names
}

func makeRelationship(t *tx, at *site, p properties) (string, error) {
	if err := p.only("parent", "child"); err != nil {
		return "", err
	}
	parent, err := t.resolvePerson(at, p["parent"])
	if err != nil {
		return "", err
	}
	child, err := t.resolvePerson(at, p["child"])
	if err != nil {
		return "", err
	}
	id, err := t.addLink(parent, child, p["tag"])
	return handleOf(kindRelationship, id), err
}

// handleOf names an object of a kind.
func handleOf(kind string, id int64) string { return kind[:1] + strconv.FormatInt(id, 10) }

// numberOfHandle is the reverse of handleOf.
func numberOfHandle(kind, text string) (int64, bool) {
	handle, found := strings.CutPrefix(text, handlePrefix)
	digits, right := strings.CutPrefix(handle, kind[:1])
	if !found || !right {
		return 0, false
	}
	id, err := strconv.ParseInt(digits, 10, 64)
	return id, err == nil
}

// resolvePerson finds a person by key or handle.
func (t *tx) resolvePerson(at *site, text string) (int64, error) {
	var (
		p     person
		found bool
		err   error
	)
	if id, ok := numberOfHandle(kindPerson, text); ok {
		p, found, err = t.personByID(at.id, id)
	} else {
		p, found, err = t.personByKey(at.id, text)
	}
	if err == nil && !found {
		err = refuse(http.StatusNotFound, "there is no person %q", text)
	}
	return p.id, err
}

// personObject shows a person; its password stays here.
func personObject(p person) object {
	shown := maps.Clone(p.fields)
	delete(shown, fieldPassword)
	shown[propertyOrigin], shown[propertyCreated] = p.origin, p.created.Format(time.RFC3339Nano)
	return object{kindPerson, handleOf(kindPerson, p.id), p.key, p.tag, p.deleted, shown}
}

// nameOf returns a key, or the handle of a person without one.
func nameOf(key string, id int64) string {
	if key != "" {
		return key
	}
	return fmt.Sprint(handlePrefix, handleOf(kindPerson, id))
}
