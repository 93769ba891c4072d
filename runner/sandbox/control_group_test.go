package sandbox

import (
	"net/http"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// listed returns key and fields of the objects of a kind that have a key or, as
// a disconnected course, had one.
func (b *bench) listed(kind, key string) []any {
	b.Helper()
	_, all := b.controls(http.MethodGet, "/control/sites/main/objects?key="+key, "")
	var found []any
	for _, o := range all.([]any) {
		if object := o.(map[string]any); object["kind"] == kind {
			found = append(found, object["fields"])
		}
	}
	return found
}

func TestControlMakesGroupsOfAnyKind(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	manual := b.makes(SiteMain, properties{"kind": "group", "tag": "t", "origin": "manual", "title": "By hand", "type": "School"})
	b.makes(SiteMain, properties{"kind": "group", "tag": "t", "key": "g1", "title": "T", "descLong": "L", "descFull": "F", "label": "X", "parent": "handle:" + manual, "course": "Algebra", "courseCode": "AL", "courseCredits": "3"})
	b.makes(SiteMain, properties{"kind": "course", "tag": "t", "key": "master", "title": "Master", "code": "M1", "template": "yes"})
	b.plays(at, []turn{
		{"readGroup", key("g1"), []string{ok, "group Course/2 Parent=? label=X descShort=T descLong=L descFull=F course=Algebra course/code=AL course/credits=3"}},
		{"createGroup", class("g2", "g1").of("School").xml(), []string{noSchool}},
		{"createGroup", class("g2", "g1").with(algebra, "course/template/synckey=master").xml(), []string{ok}},
		{"readGroup", key("g2"), []string{ok, "group Course/2 Parent=g1 descShort=Title of g2 course=Algebra course/code=M1"}},
	})
	want := []any{map[string]any{"title": "T", "descLong": "L", "descFull": "F", "label": "X", "type": "Course", "origin": "import", "parent": "handle:" + manual}}
	if diff := cmp.Diff(want, b.listed("group", "g1")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want = []any{map[string]any{"title": "Algebra", "code": "M1", "copyOf": "master", "origin": "import", "connected": "yes", "group": "g2"}}
	if diff := cmp.Diff(want, b.listed("course", "g2")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	b.controls(http.MethodDelete, "/control/sites/main/objects?tag=t", "")
	for _, k := range []string{"g1", "g2", "master"} {
		if left := append(b.listed("group", k), b.listed("course", k)...); len(left) > 0 {
			t.Errorf("%s is left: %v", k, left)
		}
	}
}

func TestCoursesOutliveTheirHierarchies(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	course := func(connected, origin string) map[string]any {
		return map[string]any{"title": "Algebra", "code": "AL1", "origin": origin, "connected": connected}
	}
	b.plays(at, []turn{{"createGroups", groupPairs(class("g1", rootKey), class("g2", "g1").with(algebra, withCode)), []string{ok, ok}},
		{"changeGroupIdentifier", rename("g2", "g3"), []string{ok}}})
	connected := course("yes", "import")
	connected["group"] = "g3"
	if diff := cmp.Diff([]any{connected}, b.listed("course", "g3")); diff != "" {
		t.Errorf("connected: -want +got:\n%s", diff)
	}
	b.plays(at, []turn{{"deleteGroup", key("g1"), []string{ok}}})
	if diff := cmp.Diff([]any{course("no", "manual")}, b.listed("course", "g3")); diff != "" {
		t.Errorf("disconnected: -want +got:\n%s", diff)
	}
	if status, _ := b.controls(http.MethodDelete, "/control/sites/main/objects?kind=course&key=g3", ""); status != http.StatusNoContent {
		t.Errorf("remove the course: %d", status)
	}
	if left := b.listed("course", "g3"); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

func TestControlRefusesGroupsThatItCannotMake(t *testing.T) {
	b := newBench(t, Options{})
	for body, want := range map[string]string{
		`{"kind":"group","key":"g1","type":"Region"}`:   `there is no type of organisation "Region"`,
		`{"kind":"group","key":"g1","parent":"none"}`:   `there is no group "none"`,
		`{"kind":"group","key":"g1","origin":"export"}`: `there is no origin "export"`,
		`{"kind":"course","colour":"red"}`:              `a course has no property "colour"`,
	} {
		_, value := b.controls(http.MethodPost, "/control/sites/main/objects", body)
		if diff := cmp.Diff(map[string]any{"error": want}, value); diff != "" {
			t.Errorf("%s: -want +got:\n%s", body, diff)
		}
	}
}

// TestEverySiteHasAMainOrganisation holds for the given sites and for added
// ones.
func TestEverySiteHasAMainOrganisation(t *testing.T) {
	b := newBench(t, Options{})
	added, err := b.server.AddSite(b.Context(), "added", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range append(b.server.Sites(), added) {
		b.plays(at, []turn{{"readGroup", key(at.Anchors["rootGroup"]), []string{ok, "group Site/0 descShort=Main organisation"}}})
	}
}
