package sandbox

import (
	"regexp"
	"testing"
	"time"
)

// peopled is a site with persons of every origin: by import, made by hand with
// and without a key, with a generated key, and one in the trash.
func peopled(t *testing.T) (*bench, Site) {
	t.Helper()
	b := newBench(t, Options{Clock: func() time.Time { return noon }})
	at := b.site(SiteMain)
	for _, p := range []properties{
		{"key": "k1", "first": "A", "createdAt": "2030-01-01T00:00:00Z"},
		{"first": "B", "origin": "manual"},
		{"key": "itsla-1", "first": "C", "origin": "generated"},
		{"key": "k4", "first": "D", "origin": "manual"},
		{"first": "E", "origin": "manual"},
		{"key": "k6", "first": "F", "deleted": "true"},
	} {
		p["kind"], p["last"], p["role"] = "person", "X", "Student"
		b.makes(SiteMain, p)
	}
	return b, at
}

func TestReadAllPersons(t *testing.T) {
	a, bb, c, d, e := []string{"key k1", "person First=A Last=X"}, []string{"key ", "person First=B Last=X"},
		[]string{"key itsla-1", "person First=C Last=X"}, []string{"key k4", "person First=D Last=X"}, []string{"key ", "person First=E Last=X"}
	said := func(count string, persons ...[]string) []string {
		lines := []string{ok}
		for _, p := range persons {
			lines = append(lines, p...)
		}
		return append(lines, "of "+count)
	}
	refused := []string{"failure error invaliddata: PageIndex and PageSize start at 1", "of 0"}
	for _, tc := range []struct {
		name, content string
		want          []string
	}{
		{"one page", page("1", "10"), said("5", a, bb, c, d, e)},
		{"first of three", page("1", "2"), said("5", a, bb)},
		{"second of three", page("2", "2"), said("5", c, d)},
		{"last of three", page("3", "2"), said("5", e)},
		{"past the end", page("4", "2"), said("5")},
		{"one person a page", page("2", "1"), said("5", bb)},
		{"page 0", page("0", "2"), refused},
		{"size 0", page("1", "0"), refused},
		{"no page", "", refused},
		{"nil page", page("1", "1", "PageSize=nil"), said("5", a)},
		{"nil for the rest", page("1", "2", "CreatedFrom=nil", "OnlyManuallyCreatedUsers=nil", "ConvertFromManual=nil"), said("5", a, bb)},
		{"created after", page("1", "10", "CreatedFrom=2030-01-01T12:00:00Z"), said("4", bb, c, d, e)},
		{"created after, in another zone", page("1", "10", "CreatedFrom=2030-01-01T00:59:59+01:00"), said("5", a, bb, c, d, e)},
		{"not at the instant itself", page("1", "10", "CreatedFrom=2030-01-02T12:00:00Z"), said("0")},
		{"from the beginning of time", page("1", "1", "CreatedFrom=0001-01-01T00:00:00"), said("5", a)},
		{"only manual ones", page("1", "10", "OnlyManuallyCreatedUsers=true"), said("4", bb, c, d, e)},
		{"only manual ones, in pages", page("2", "3", "OnlyManuallyCreatedUsers=1"), said("4", e)},
		{"names in lower case have no effect", page("1", "10", "onlyManuallyCreatedUsers=true"), said("5", a, bb, c, d, e)},
		{"converting needs the manual filter", page("1", "10", "ConvertFromManual=true"), said("5", a, bb, c, d, e)},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b, at := peopled(t)
			b.plays(at, []turn{{"readAllPersons", tc.content, tc.want}})
		})
	}
}

func TestConvertingGivesKeysToOnePage(t *testing.T) {
	b, at := peopled(t)
	convert := page("1", "1", "OnlyManuallyCreatedUsers=true", "ConvertFromManual=true")
	got := b.does(at, "readAllPersons", convert)
	if len(got) != 4 || !regexp.MustCompile(`^key itsla-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(got[1]) {
		t.Fatalf("no key of the documented form in %q", got)
	}
	b.plays(at, []turn{
		{"readAllPersons", convert, got},
		{"readPerson", key(got[1][len("key "):]), []string{ok, "person First=B Last=X"}},
		{"readAllPersons", page("4", "1", "OnlyManuallyCreatedUsers=true"), []string{ok, "key ", "person First=E Last=X", "of 4"}},
	})
}

func TestWrittenPersonIsNotManualAnyMore(t *testing.T) {
	b, at := peopled(t)
	b.plays(at, []turn{
		{"updatePerson", subject{key: "k4", nick: text("n")}.xml(), []string{ok}},
		{"readAllPersons", page("3", "1", "OnlyManuallyCreatedUsers=true"), []string{ok, "key ", "person First=E Last=X", "of 3"}},
	})
}

func TestReplacedPersonKeepsItsDateOfCreation(t *testing.T) {
	b, at := peopled(t)
	b.plays(at, []turn{
		{"replacePerson", student("k1", "A").xml(), []string{ok}},
		{"deletePerson", key("k1"), []string{ok}},
		{"createPerson", student("k1", "A").xml(), []string{ok}},
		{"readAllPersons", page("1", "1", "CreatedFrom=2030-01-01T12:00:00Z", "OnlyManuallyCreatedUsers=false"), []string{ok, "key ", "person First=B Last=X", "of 4"}},
	})
}

func TestReadPersonsForGroup(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	b.plays(at, []turn{{"createPersons", pairs(student("c1", "Nils"), parent("p1", "c1"), student("c2", "Tove")), []string{ok, ok, ok}}})
	manual := b.makes(SiteMain, properties{"kind": "person", "first": "Hand", "last": "Made", "role": "Teacher of old"})
	b.makes(SiteMain, properties{"kind": "group", "key": "g1", "title": "Class"})
	b.makes(SiteMain, properties{"kind": "group", "key": "g2", "title": "Empty"})
	b.makes(SiteMain, properties{"kind": "group", "key": "g3", "title": "With a person whose profile is gone"})
	for _, m := range []properties{{"person": "p1", "group": "g1"}, {"person": "c2", "group": "g1"}, {"person": "c1", "group": "g1"},
		{"person": "c1", "group": "g1", "role": "Mentor"}, {"person": "handle:" + manual, "group": "g3"}} {
		m["kind"] = "membership"
		b.makes(SiteMain, m)
	}
	b.plays(at, []turn{
		{"deletePerson", key("c2"), []string{ok}},
		{"readPersonsForGroup", identifier("groupSourcedId", "g1"), []string{ok, "key p1", petra + " Child=c1", "key c1", "person First=Nils Last=Sample Parent=p1"}},
		{"readPersonsForGroup", identifier("groupSourcedId", "g2"), []string{ok}},
		{"readPersonsForGroup", identifier("groupSourcedId", "g3"), []string{"success warning partialdatastorage: " + textDefaultProfile, "key ", "person First=Hand Last=Made"}},
		{"readPersonsForGroup", identifier("groupSourcedId", "g9"), []string{"failure error unknownobject: The 'groupSourcedId/identifier' 'g9' does not exist in itslearning"}},
		{"readPersonsForGroup", identifier("groupSourcedId", at.Anchors[anchorParentGroup]), []string{ok}},
	})
}
