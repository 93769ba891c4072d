package sandbox

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
)

// TestLeniencies sends what clients in production send although the schema says
// otherwise (wire dossier, 5.3).
func TestLeniencies(t *testing.T) {
	names := `<d:name><d:partName><d:namePartType>last</d:namePartType><d:namePartValue>Sample</d:namePartValue></d:partName><d:partName><d:namePartType>FIRST</d:namePartType><d:namePartValue>Ida</d:namePartValue></d:partName></d:name>`
	role := `<d:institutionRole><d:institutionRoleType>Student</d:institutionRoleType></d:institutionRole>`
	person := func(content string) string {
		return key("k1") + "<pmess:person>" + names + role + content + "</pmess:person>"
	}
	for _, tc := range []struct{ name, content, want string }{
		{"no formatName, name parts in any order and case, no primaryRoleType", person(""), "person First=Ida Last=Sample"},
		{"birthday without gender", person("<d:demographics><d:bday>1926-07-03</d:bday></d:demographics>"), "person First=Ida Last=Sample bday=1926-07-03"},
		{"unpadded birthday", person("<d:demographics><d:bday>2005-4-3</d:bday></d:demographics>"), "person First=Ida Last=Sample bday=2005-04-03"},
		{"birthday with a zone", person("<d:demographics><d:bday>2005-04-03Z</d:bday></d:demographics>"), "person First=Ida Last=Sample bday=2005-04-03"},
		{"children with capital letters are ignored", person("<c:Email>a@b</c:Email><d:address><d:Postcode>1</d:Postcode></d:address>"), "person First=Ida Last=Sample"},
		{"unknown children are ignored", person("<d:hobby>chess</d:hobby>"), "person First=Ida Last=Sample"},
		{"numbers for kinds of telephones", person("<d:tel><d:telType>1</d:telType><d:telValue>11</d:telValue></d:tel><d:tel><d:telType>3</d:telType><d:telValue>33</d:telValue></d:tel><d:tel><d:telType>Fax</d:telType><d:telValue>22</d:telValue></d:tel>"), "person First=Ida Last=Sample Voice=11 Mobile=33"},
		{"password change and unknown extension fields", person("<d:extension><c:extensionField><c:fieldName>passwordchange</c:fieldName><c:fieldType>String</c:fieldType><c:fieldValue>NotAllowed</c:fieldValue></c:extensionField><c:extensionField><c:fieldName>noSuchField</c:fieldName><c:fieldValue>x</c:fieldValue></c:extensionField></d:extension>"), "person First=Ida Last=Sample"},
		{"empty extension", person("<d:extension/>"), "person First=Ida Last=Sample"},
		{"the primary role counts", key("k1") + "<pmess:person>" + names + `<d:institutionRole><d:institutionRoleType>Guest</d:institutionRoleType><d:primaryRoleType>0</d:primaryRoleType></d:institutionRole><d:institutionRole><d:institutionRoleType>Staff</d:institutionRoleType><d:primaryRoleType>1</d:primaryRoleType></d:institutionRole></pmess:person>`, "person First=Ida Last=Sample role=Staff"},
		{"a third address line is ignored", person("<d:address><d:street>a</d:street><d:street>b</d:street><d:street>c</d:street></d:address>"), "person First=Ida Last=Sample street=a street=b"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t, Options{})
			b.plays(b.site(SiteMain), []turn{
				{"createPerson", tc.content, []string{ok}},
				{"readPerson", key("k1"), []string{ok, tc.want}},
			})
		})
	}
}

func TestContentThatCannotBeReadIsAFaultAndStoresNothing(t *testing.T) {
	for _, tc := range []struct {
		name, operation string
		content         string
	}{
		{"empty birthday", "createPerson", subject{key: "k1", first: text("a"), last: text("b"), role: text("Student"), bday: text("")}.xml()},
		{"birthday that is no date", "createPerson", subject{key: "k1", first: text("a"), last: text("b"), role: text("Student"), bday: text("2001-02-30")}.xml()},
		{"one of a batch", "createPersons", pairs(student("k1", "a"), subject{key: "k2", bday: text("soon")})},
		{"primary role that is no boolean", "createPerson", key("k1") + "<pmess:person><d:institutionRole><d:institutionRoleType>Student</d:institutionRoleType><d:primaryRoleType>yes</d:primaryRoleType></d:institutionRole></pmess:person>"},
		{"page that is no number", "readAllPersons", page("one", "1")},
		{"date and time that is none", "readAllPersons", page("1", "1", "CreatedFrom=yesterday")},
		{"flag that is no boolean", "readAllPersons", page("1", "1", "ConvertFromManual=perhaps")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := newBench(t, Options{})
			b.plays(b.site(SiteMain), []turn{
				{tc.operation, tc.content, []string{faultOfContent}},
				{"readPerson", key("k1"), []string{unknown("k1")}},
			})
		})
	}
}

// One client binds one prefix to different namespaces in header and body.
func TestPrefixesMeanWhatTheyAreBoundTo(t *testing.T) {
	b := newBench(t, Options{})
	at := b.site(SiteMain)
	body := `<ims:Envelope xmlns:ims="` + wire.NSSOAP + `"><ims:Header>` + credentials(at) + `</ims:Header><ims:Body>` +
		`<ims:readPersonRequest xmlns:ims="` + wire.NSPmess + `"><ims:sourcedId><identifier xmlns="` + wire.NSCommon + `">k1</identifier></ims:sourcedId></ims:readPersonRequest></ims:Body></ims:Envelope>`
	if diff := cmp.Diff([]string{unknown("k1")}, b.post(letter{action: action("readPerson"), body: body}).lines()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
