package sandbox

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A forest is what a site knows about groups, as the documentation describes it
// in the simplest form. It shares no code with the sandbox.
type forest struct {
	nodes []*tree
}

// A tree is a group of the forest with what is below it.
type tree struct {
	key, orgType       string
	above              *tree
	title, full        string
	course, courseCode string // empty without a course
}

var forestKeys = []string{"g1", "g2", "g3", "g4", "g5"}

// forestLevels are the levels of the types as reads show them.
var forestLevels = map[string]string{"Unspecified": "-1", "Site": "0", "School": "1", "Course": "2", "CourseGroup": "3"}

func newForest() *forest {
	return &forest{nodes: []*tree{{key: rootKey, orgType: "Site", title: "Main organisation"}}}
}

func (f *forest) find(key string) *tree {
	for _, n := range f.nodes {
		if n.key == key {
			return n
		}
	}
	return nil
}

// within says whether a group is another or below it.
func (n *tree) within(other *tree) bool {
	for ; n != nil; n = n.above {
		if n == other {
			return true
		}
	}
	return false
}

// schools are the other Schools above a group that stands under a parent.
func (n *tree) inSchool(parent *tree) bool {
	for ; parent != nil; parent = parent.above {
		if parent != n && parent.orgType == "School" {
			return true
		}
	}
	return false
}

func (f *forest) schoolBelow(n *tree) bool {
	return slices.ContainsFunc(f.nodes, func(other *tree) bool { return other != n && other.orgType == "School" && other.within(n) })
}

// write is createGroup, updateGroup and replaceGroup. Nothing is changed before
// all reasons to refuse have been looked at.
func (f *forest) write(how string, u unit) string {
	old := f.find(u.key)
	if (old == nil || how == "replace") && u.title == nil {
		return needsTitle
	}
	parent, refused := f.parentOf(how, old, u)
	if refused != "" {
		return refused
	}
	orgType, refused := f.typeOf(how, old, u)
	if refused != "" {
		return refused
	}
	switch {
	case orgType == "School" && old.inSchool(parent),
		old != nil && (orgType == "School" || old.inSchool(parent)) && f.schoolBelow(old):
		return noSchool
	case orgType == "CourseGroup" && parent.orgType != "Course":
		return "failure error invaliddata: The parent of a CourseGroup must be a Course"
	}
	said := ok
	if old == nil {
		old = &tree{key: u.key}
		f.nodes = append(f.nodes, old)
		if how == "replace" {
			said = inserted
		}
	}
	old.above, old.orgType = parent, orgType
	if how == "replace" {
		old.full, old.courseCode = "", ""
	}
	for _, field := range []struct{ into, sent *string }{{&old.title, u.title}, {&old.full, u.full}} {
		if field.sent != nil {
			*field.into = *field.sent
		}
	}
	for _, field := range u.fields {
		if title, is := strings.CutPrefix(field, "course="); is {
			old.course = title
		}
		if code, is := strings.CutPrefix(field, "course/code="); is {
			old.courseCode = code
		}
	}
	return said
}

func (f *forest) parentOf(how string, old *tree, u unit) (parent *tree, refused string) {
	switch {
	case u.parent == nil && (old == nil || how == "replace"):
		return nil, needsParent
	case u.parent == nil:
		return old.above, ""
	}
	parent = f.find(*u.parent)
	switch {
	case parent == nil:
		return nil, noParent(*u.parent)
	case old != nil && parent.within(old):
		return nil, "failure error invaliddata: The group '" + u.key + "' cannot be below itself"
	}
	return parent, ""
}

// typeOf is the type of a group after a write; a unit's extension, if it has
// one, holds the title of a course.
func (f *forest) typeOf(how string, old *tree, u unit) (orgType, refused string) {
	asks, connected := len(u.fields) > 0, old != nil && old.course != ""
	was := ""
	if old != nil {
		was = old.orgType
	}
	switch {
	case u.orgType != nil:
		orgType = *u.orgType
	case asks && !connected:
		orgType = "Course"
	case old == nil || how == "replace" && !connected:
		orgType = "Unspecified"
	default:
		orgType = was
	}
	switch {
	case orgType == "Site":
		return "", noSite
	case asks && !connected && orgType != "Course":
		return "", "failure error invaliddata: The type of a hierarchy with the extension 'course' must be Course"
	case connected && orgType != "Course":
		return "", notOther
	case orgType == "Course" && (was == "School" || was == "CourseGroup"):
		return "", "failure error invaliddata: An organisation of type " + was + " cannot become a Course"
	case orgType == "Course" && !asks && !connected:
		return "", needsCourse
	}
	return orgType, ""
}

func (f *forest) delete(key string) string {
	gone := f.find(key)
	if gone == nil {
		return unknown(key)
	}
	f.nodes = slices.DeleteFunc(f.nodes, func(n *tree) bool { return n.within(gone) })
	return ok
}

func (f *forest) rename(from, to string) string {
	n, other := f.find(from), f.find(to)
	switch {
	case n == nil:
		return unknown(from)
	case other != nil && other != n:
		return "failure error idallocinusefail: The 'sourcedId/identifier' '" + to + "' is already in use"
	}
	n.key = to
	return ok
}

// read returns what is said about keys, and then the groups.
func (f *forest) read(keys ...string) []string {
	var statuses, lines []string
	for _, k := range keys {
		n := f.find(k)
		if n == nil {
			statuses = append(statuses, unknown(k))
			continue
		}
		statuses, lines = append(statuses, ok), append(lines, n.line())
	}
	return append(statuses, lines...)
}

func (n *tree) line() string {
	line := "group " + n.orgType + "/" + forestLevels[n.orgType] + " Parent=" + n.above.key + " descShort=" + n.title
	for _, part := range []struct{ name, text string }{{"descFull", n.full}, {"course", n.course}, {"course/code", n.courseCode}} {
		if part.text != "" {
			line += " " + part.name + "=" + part.text
		}
	}
	return line
}

var groupNames = rapid.SampledFrom(forestKeys)

func drawUnit(t *rapid.T) unit {
	u := unit{key: groupNames.Draw(t, "key"), full: maybe(t, "full", "f1", "f2")}
	if rapid.IntRange(0, 9).Draw(t, "titled") > 0 {
		u.title = text(rapid.SampledFrom([]string{"t1", "t2"}).Draw(t, "title"))
	}
	if rapid.IntRange(0, 9).Draw(t, "placed") > 0 {
		u.parent = text(rapid.SampledFrom(append([]string{rootKey, rootKey, rootKey}, forestKeys...)).Draw(t, "parent"))
	}
	if orgType := rapid.SampledFrom([]string{"", "", "", "School", "School", "Unspecified", "Course", "CourseGroup", "Site"}).Draw(t, "type"); orgType != "" {
		u.orgType = text(orgType)
	}
	if rapid.IntRange(0, 3).Draw(t, "course") == 0 {
		u.fields = append(u.fields, "course="+rapid.SampledFrom([]string{"c1", "c2"}).Draw(t, "course title"))
		if rapid.Bool().Draw(t, "coded") {
			u.fields = append(u.fields, "course/code=x")
		}
	}
	return u
}

func (f *forest) family() family[unit] {
	return family[unit]{"Group", "Groups", groupNames, rapid.Custom(drawUnit), unit.xml, groupPairs, f}
}

func (f *forest) drawCall(t *rapid.T) turn {
	kind := drawKind(t, "create", "create", "create", "update", "update", "replace", "delete", "change", "read")
	if kind == "read" {
		k := groupNames.Draw(t, "key")
		return turn{"readGroup", key(k), f.read(k)}
	}
	return f.family().draw(t, kind)
}

func (f *forest) reads() []turn {
	return []turn{{"readGroups", keySet(forestKeys...), f.read(forestKeys...)}}
}

func groupCalls() []string {
	return append(newForest().family().operations(), "readGroup", "readGroups")
}

func TestModelOfGroups(t *testing.T) {
	playWorlds(t, "groups", func(*bench, Site) world { return newForest() },
		groupCalls()...)
}
