package sandbox

import (
	"crypto/sha1"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
)

var noon = time.Date(2030, 1, 2, 12, 0, 0, 0, time.UTC)

// security puts a Security header together from a token's children.
func security(attributes, before, children string) string {
	return `<o:Security xmlns:o="` + wire.NSWsse + `" xmlns:u="` + wire.NSWsu + `"` + attributes + `>` + before +
		`<o:UsernameToken>` + children + `</o:UsernameToken></o:Security>`
}

func userAndPassword(user, attributes, password string) string {
	return `<o:Username>` + user + `</o:Username><o:Password` + attributes + `>` + password + `</o:Password>`
}

func stampOf(from, to time.Duration) string {
	return `<u:Timestamp u:Id="_0"><u:Created>` + noon.Add(from).Format(stampFormat) + `</u:Created><u:Expires>` + noon.Add(to).Format(stampFormat) + `</u:Expires></u:Timestamp>`
}

func digestOf(nonce string, created time.Time, password string) string {
	sum := sha1.Sum([]byte(nonce + created.Format(stampFormat) + password))
	return userAndPassword("u", ` Type="`+wire.PasswordDigest+`"`, base64.StdEncoding.EncodeToString(sum[:])) +
		`<o:Nonce>` + base64.StdEncoding.EncodeToString([]byte(nonce)) + `</o:Nonce><u:Created>` + created.Format(stampFormat) + `</u:Created>`
}

func TestCredentials(t *testing.T) {
	textType := ` Type="` + wire.PasswordText + `"`
	plain := userAndPassword("u", textType, "p")
	refused, failed := []string{faultOfSecurity}, []string{faultOfCredentials}
	for _, tc := range []struct {
		name, header string
		want         []string
	}{
		{"password with type", security("", "", plain), []string{ok}},
		{"password without type", security("", "", userAndPassword("u", "", "p")), []string{ok}},
		{"type in odd case", security("", "", userAndPassword("u", ` Type="`+strings.Replace(wire.PasswordText, "-username-token-profile", "-Username-token-Profile", 1)+`"`, "p")), []string{ok}},
		{"nonce and created", security("", "", plain+`<o:Nonce>AAAA</o:Nonce><u:Created>2030-01-02T12:00:00.000Z</u:Created>`), []string{ok}},
		{"mustUnderstand", security(` s:mustUnderstand="1"`, "", plain), []string{ok}},
		{"current timestamp", security("", stampOf(0, 5*time.Minute), plain), []string{ok}},
		{"second Security header without a token", `<o:Security xmlns:o="` + wire.NSWsse + `"/>` + security("", "", plain), []string{ok}},
		{"digest", security("", "", digestOf("n1", noon, "p")), []string{ok}},
		{"no header", "", refused},
		{"no token", `<o:Security xmlns:o="` + wire.NSWsse + `"/>`, refused},
		{"no password", security("", "", "<o:Username>u</o:Username>"), refused},
		{"wrong password", security("", "", userAndPassword("u", textType, "P")), failed},
		{"empty password", security("", "", userAndPassword("u", textType, "")), failed},
		{"password of another site", security("", "", userAndPassword("u", textType, "other")), failed},
		{"unknown user", security("", "", userAndPassword("U", textType, "p")), failed},
		{"digest of another password", security("", "", digestOf("n1", noon, "q")), failed},
		{"old digest", security("", "", digestOf("n1", noon.Add(-6*time.Minute), "p")), failed},
		{"digest without nonce", security("", "", strings.Replace(digestOf("", noon, "p"), "<o:Nonce></o:Nonce>", "", 1)), failed},
		{"digest that is the password", security("", "", userAndPassword("u", ` Type="`+wire.PasswordDigest+`"`, "p")), failed},
		{"expired timestamp", security("", stampOf(-10*time.Minute, -5*time.Minute), plain), refused},
		{"timestamp from the future", security("", stampOf(5*time.Minute, 10*time.Minute), plain), refused},
		{"timestamp that is none", security("", "<u:Timestamp><u:Created>now</u:Created></u:Timestamp>", plain), refused},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t, Options{Username: "u", Password: "p", Clock: func() time.Time { return noon }})
			got := b.post(letter{action: action("createPerson"), body: envelopeOf(tc.header, request("createPerson", student("k1", "Ida").xml()))})
			if diff := cmp.Diff(tc.want, got.lines()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			stored := []string{unknown("k1")}
			if tc.want[0] == ok {
				stored = []string{ok, "person First=Ida Last=Sample"}
			}
			b.plays(b.site(SiteMain), []turn{{"readPerson", key("k1"), stored}})
		})
	}
}

func TestSitesAreSeparate(t *testing.T) {
	b := newBench(t, Options{Sites: []string{"third"}})
	main, other := b.site(SiteMain), b.site(SiteOther)
	b.plays(main, []turn{{"createPersons", pairs(full("k1"), student("c1", "Nils")), []string{ok, ok}}})
	b.plays(other, []turn{
		{"readPersons", keySet("k1"), []string{unknown("k1")}},
		{"deletePerson", key("k1"), []string{unknown("k1")}},
		{"changePersonIdentifier", rename("k1", "k2"), []string{unknown("k1")}},
		{"createPerson", parent("k1", "c1").xml(), []string{"success warning unknownobject: relationship/sourceId/identifier 'c1' does not exist in itslearning"}},
		{"updatePerson", subject{key: "k1", user: text("u:k1")}.xml(), []string{ok}},
		{"readAllPersons", page("1", "10"), []string{ok, "key k1", "person First=Petra Last=Sample user=u:k1 role=Carer", "of 1"}},
	})
	b.plays(main, []turn{{"readPerson", key("k1"), []string{ok, fullLine}}})
	b.plays(b.site("third"), []turn{{"readAllPersons", page("1", "10"), []string{ok, "of 0"}}})
}

func TestSecurityHeaderOfAnswers(t *testing.T) {
	b := newBench(t, Options{Clock: func() time.Time { return noon.In(time.FixedZone("", 3600)) }})
	got := b.send(b.site(SiteMain), "readPerson", key("k1"))
	header := got.root.child(wire.NSSOAP, "Header").child(wire.NSWsse, "Security")
	stamp := header.child(wire.NSWsu, "Timestamp")
	said := []string{header.attr(wire.NSSOAP, "mustUnderstand"), stamp.attr(wire.NSWsu, "Id"),
		textOf(stamp.child(wire.NSWsu, "Created")), textOf(stamp.child(wire.NSWsu, "Expires"))}
	if diff := cmp.Diff([]string{"1", "_0", "2030-01-02T12:00:00.000Z", "2030-01-02T12:05:00.000Z"}, said); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPasswordsAreNotReturned(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	b.plays(at, []turn{{"createPerson", full("k1").xml(), []string{ok}}})
	for _, r := range []received{b.send(at, "readPerson", key("k1")), b.send(at, "readPersons", keySet("k1")), b.send(at, "readAllPersons", page("1", "10"))} {
		if strings.Contains(r.body, "secret-of-k1") || strings.Contains(r.body, "passWord") {
			t.Errorf("the password is in %s", r.body)
		}
	}
}
