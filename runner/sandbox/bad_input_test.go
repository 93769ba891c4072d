package sandbox

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
)

// sound is a request of each operation to a site with a school that succeeds. It is
// what the bad ones are made of.
func sound() map[string]string {
	p, g, m := student("p9", "Ida"), class("g9", rootKey), learner("m9", "C", "p1")
	requests := map[string]string{"readAllPersons": page("1", "9"), "readPersonsForGroup": groupID("C"), "readGroupsForPerson": personID("p1"),
		"readMembershipsForPerson": personID("p1"), "readMembershipsForGroup": groupID("C")}
	for _, kind := range []string{"create", "update", "replace"} {
		requests[kind+"Person"], requests[kind+"Persons"] = p.xml(), pairs(p, student("p8", "Ole"))
		requests[kind+"Group"], requests[kind+"Groups"] = g.xml(), groupPairs(g, class("g8", rootKey))
		requests[kind+"Membership"], requests[kind+"Memberships"] = m.xml(), memberPairs(m, learner("m8", "C", "p2"))
	}
	for noun, known := range map[string]string{"Person": "p1", "Group": "C", "Membership": "m1"} {
		for _, kind := range []string{"read", "delete"} {
			requests[kind+noun], requests[kind+noun+"s"] = key(known), keySet(known, "x")
		}
		requests["change"+noun+"Identifier"], requests["change"+noun+"sIdentifier"] = rename(known, "k9"), renames(known, "k9", "x", "k8")
	}
	return requests
}

// anyText is a text between tags.
var anyText = regexp.MustCompile(`>[^<>]+<`)

// badInput makes bad requests from a sound one.
var badInput = map[string]func(content string) []string{
	"nothing in the request": func(string) []string { return []string{""} },
	"wrong order":            func(content string) []string { return []string{reversed(content)} },
	"wrong namespace":        func(content string) []string { return []string{strings.ReplaceAll(content, "pmess:", "b:")} },
	"no namespace": func(content string) []string {
		return []string{strings.ReplaceAll(content, "c:identifier", "identifier")}
	},
	"missing wrapper":  func(content string) []string { return []string{unwrapped(content)} },
	"emptied elements": func(content string) []string { return []string{anyText.ReplaceAllString(content, "><")} },
	"sent twice":       func(content string) []string { return []string{content + content} },
	"illegal characters": func(content string) []string {
		var bad []string
		for _, text := range []string{">&#1;<", ">\x01<", ">\xff<", ">\uffff<", ">]]><"} {
			bad = append(bad, anyText.ReplaceAllString(content, text))
		}
		return bad
	},
	"values past every limit": func(content string) []string {
		var bad []string
		for _, at := range anyText.FindAllStringIndex(content, -1) {
			bad = append(bad, content[:at[0]]+">"+strings.Repeat("x", 5000)+"<"+content[at[1]:])
		}
		return bad
	},
}

// Whatever an operation is sent, it answers with documented statuses or a SOAP
// fault; and where all was refused, nothing was changed.
func TestBadInputOfEveryOperation(t *testing.T) {
	requests := sound()
	for _, operation := range wire.Operations() {
		content, there := requests[operation.Name]
		if !there {
			t.Fatalf("there is no sound request of %s", operation.Name)
		}
		for name, make := range badInput {
			t.Run(operation.Name+"/"+name, func(t *testing.T) {
				b := newBench(t, Options{})
				b.school(SiteMain)
				at := b.site(SiteMain)
				b.plays(at, []turn{createM1()})
				for _, bad := range make(content) {
					b.refuses(at, operation.Name, bad)
				}
			})
		}
	}
}

// refuses sends a bad request, and looks at the answer and at what is stored.
func (b *bench) refuses(at Site, operation, content string) {
	b.Helper()
	before := b.stored()
	lines := b.does(at, operation, content)
	changed := false
	for _, line := range lines {
		if !lawful.MatchString(line) {
			b.Errorf("%s\nanswered with %q", content, line)
		}
		changed = changed || strings.HasPrefix(line, "success ")
	}
	if diff := cmp.Diff(before, b.stored()); diff != "" && !changed {
		b.Errorf("%s\n%q: all was refused, and what is stored has changed (-before +after)\n%s", content, lines, diff)
	}
}

// lawful are the lines of an answer in SOAP: faults, documented statuses, and what
// reads show.
var lawful = regexp.MustCompile(`^(fault [sa]:\w+, HTTP 500|success (status|warning .*)|failure error (` + strings.Join([]string{minorUnknown, minorIncomplete, minorInvalid,
	minorKeyInUse, minorPartial, minorLink, minorUnknownWord}, "|") + `): (?s:.+)|(key|person|group|member|of)( .*)?|set)$`)

// stored is all that the site holds.
func (b *bench) stored() any {
	b.Helper()
	_, all := b.controls(http.MethodGet, "/control/sites/main/objects", "")
	return all
}

// A batch of ten thousand bad items is answered item by item, and changes nothing.
func TestTenThousandBadItems(t *testing.T) {
	const many = 10_000
	b := newBench(t, Options{})
	b.school(SiteMain)
	at := b.site(SiteMain)
	before := b.stored()
	for operation, content := range badBatches(many) {
		t.Run(operation, func(t *testing.T) {
			lines := b.does(at, operation, content)
			failed := slices.IndexFunc(lines, func(line string) bool { return !strings.HasPrefix(line, "failure error ") })
			if len(lines) != many || failed >= 0 {
				t.Errorf("%d lines, of which %d is no failure", len(lines), failed)
			}
		})
	}
	if diff := cmp.Diff(before, b.stored()); diff != "" {
		t.Errorf("what is stored has changed (-before +after)\n%s", diff)
	}
}

// badBatches are requests of every plural operation with many bad items.
func badBatches(many int) map[string]string {
	people, units, members, keys := make([]subject, many), make([]unit, many), make([]member, many), make([]string, many)
	for i := range many {
		keys[i] = fmt.Sprint("x", i)
		people[i], units[i], members[i] = subject{key: keys[i], last: text("X")}, unit{key: keys[i], parent: text("nowhere")}, learner(keys[i], "nowhere", "nobody")
	}
	batches := map[string]string{}
	for _, kind := range []string{"create", "update", "replace"} {
		batches[kind+"Persons"], batches[kind+"Groups"], batches[kind+"Memberships"] = pairs(people...), groupPairs(units...), memberPairs(members...)
	}
	for _, nouns := range []string{"Persons", "Groups", "Memberships"} {
		batches["read"+nouns], batches["delete"+nouns], batches["change"+nouns+"Identifier"] = keySet(keys...), keySet(keys...), renames(slices.Concat(keys, keys)...)
	}
	return batches
}
