package sandbox

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const fullLine = "person First=Vera Last=Sample Nick=vee Prefix=Dr. email=vera@example.org user=u:k1 locality=Sampletown postcode=1234 street=Test Lane 5 street=Building B bday=2001-09-14 Voice=5550100 Mobile=5550101 CustomString1=one CustomString5=five PrivacyProtection=on"

const inserted = "success warning unknownobjinsertinstead: Object did not exist, has been inserted instead"

func unknown(key string) string {
	return "failure error unknownobject: The 'sourcedId/identifier' '" + key + "' does not exist in itslearning"
}

const ok = "success status"

func TestPersonsAreCreatedAndUpdated(t *testing.T) {
	playAll(t, []play{
		{"a created person is read back", []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, fullLine}},
		}},
		{"creating a known person updates it", []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"createPerson", student("k1", "Wanda").xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, strings.Replace(fullLine, "Vera", "Wanda", 1)}},
		}},
		{"creating restores a person from the trash", []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"deletePerson", key("k1"), []string{ok}},
			{"readPerson", key("k1"), []string{unknown("k1")}},
			{"createPerson", student("k1", "Vera").xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, fullLine}},
		}},
		{"an update changes what it carries and keeps the rest", []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"updatePerson", subject{key: "k1", last: text("Other"), mobile: text("")}.xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, strings.NewReplacer("Last=Sample", "Last=Other", " Mobile=5550101", "").Replace(fullLine)}},
		}},
		{"an update of an unknown person creates it", []turn{
			{"updatePerson", student("k1", "Ida").xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, "person First=Ida Last=Sample"}},
		}},
		{"an update of an unknown person with too little fails", []turn{
			{"updatePerson", subject{key: "k1", email: text("a@example.org")}.xml(), []string{"failure error incompletedata: The mandatory 'name/partName[First]' is missing"}},
			{"readPerson", key("k1"), []string{unknown("k1")}},
		}},
		{"an update restores a person from the trash", []turn{
			{"createPerson", student("k1", "Ida").xml(), []string{ok}},
			{"deletePerson", key("k1"), []string{ok}},
			{"updatePerson", subject{key: "k1", nick: text("i")}.xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, "person First=Ida Last=Sample Nick=i"}},
		}},
		{"an empty email clears the address, empty mandatory texts are ignored", []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"updatePerson", subject{key: "k1", first: text(""), email: text(""), user: text(""), password: text("")}.xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, strings.Replace(fullLine, " email=vera@example.org", "", 1)}},
		}},
	})
}

func TestPersonsAreReplacedAndDeleted(t *testing.T) {
	playAll(t, []play{
		{"replacing an unknown person inserts it with a warning", []turn{
			{"replacePerson", student("k1", "Ida").xml(), []string{inserted}},
			{"readPerson", key("k1"), []string{ok, "person First=Ida Last=Sample"}},
		}},
		{"replacing empties the documented fields and keeps nick name, email and user name", []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"replacePerson", student("k1", "Ida").xml(), []string{ok}},
			{"readPerson", key("k1"), []string{ok, "person First=Ida Last=Sample Nick=vee email=vera@example.org user=u:k1"}},
		}},
		{"an incomplete replacement changes nothing", []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"replacePerson", subject{key: "k1", first: text("Ida"), role: text("Guest")}.xml(), []string{"failure error incompletedata: The mandatory 'name/partName[Last]' is missing"}},
			{"readPerson", key("k1"), []string{ok, fullLine}},
		}},
		{"a message without a person fails", []turn{
			{"replacePerson", subject{key: "k1", withoutPerson: true}.xml(), []string{"failure error incompletedata: The 'person' is missing"}},
		}},
		{"a message without a key fails", []turn{
			{"createPerson", subject{withoutKey: true, first: text("A")}.xml(), []string{"failure error incompletedata: The 'sourcedId/identifier' is missing"}},
			{"createPerson", student("", "A").xml(), []string{"failure error incompletedata: The 'sourcedId/identifier' is missing"}},
		}},
		{"deleting twice fails the second time, as deleting an unknown person does", []turn{
			{"createPerson", student("k1", "Ida").xml(), []string{ok}},
			{"deletePerson", key("k1"), []string{ok}},
			{"deletePerson", key("k1"), []string{unknown("k1")}},
			{"deletePerson", key("k2"), []string{unknown("k2")}},
		}},
	})
}

func TestKeysOfPersonsAreChanged(t *testing.T) {
	playAll(t, []play{
		{"a changed key finds the person, the old one nobody", []turn{
			{"createPerson", student("k1", "Ida").xml(), []string{ok}},
			{"changePersonIdentifier", rename("k1", "k2"), []string{ok}},
			{"readPersons", keySet("k1", "k2"), []string{unknown("k1"), ok, "person First=Ida Last=Sample"}},
		}},
		{"a key that is in use, unknown, missing or too long is not changed to", []turn{
			{"createPersons", pairs(student("k1", "Ida"), student("k2", "Olga")), []string{ok, ok}},
			{"changePersonsIdentifier", renames("k1", "k2", "k3", "k4", "k1", "", "k1", strings.Repeat("x", 65), "k1", "k1"), []string{
				"failure error idallocinusefail: The 'sourcedId/identifier' 'k2' is already in use", unknown("k3"),
				"failure error incompletedata: The new 'sourcedId/identifier' is missing",
				"failure error invaliddata: The new 'sourcedId/identifier' is longer than 64 characters", ok}},
			{"readPersons", keySet("k1", "k2"), []string{ok, ok, "person First=Ida Last=Sample", "person First=Olga Last=Sample"}},
		}},
	})
}

func TestBatchesOfPersons(t *testing.T) {
	playAll(t, []play{
		{"a batch reports on each item in order, and a bad item does not stop the others", []turn{
			{"createPersons", pairs(student("k1", "Ida"), subject{key: "k2", first: text("Olga")}, student("k3", "Pia")), []string{ok,
				"failure error incompletedata: The mandatory 'name/partName[Last]' is missing", ok}},
			{"readPersons", keySet("k1", "k2", "k3"), []string{ok, unknown("k2"), ok, "person First=Ida Last=Sample", "person First=Pia Last=Sample"}},
		}},
		{"the same key twice in a batch: the last one wins", []turn{
			{"createPersons", pairs(student("k1", "Ida"), student("k1", "Olga")), []string{ok, ok}},
			{"readPerson", key("k1"), []string{ok, "person First=Olga Last=Sample"}},
		}},
		{"plural update, replace and delete", []turn{
			{"createPersons", pairs(full("k1"), student("k2", "Olga")), []string{ok, ok}},
			{"updatePersons", pairs(subject{key: "k1", nick: text("v")}, student("k3", "Pia")), []string{ok, ok}},
			{"replacePersons", pairs(student("k2", "Olla"), student("k4", "Rita")), []string{ok, inserted}},
			{"readPersons", keySet("k1", "k2", "k3", "k4"), []string{ok, ok, ok, ok, strings.Replace(fullLine, "Nick=vee", "Nick=v", 1),
				"person First=Olla Last=Sample", "person First=Pia Last=Sample", "person First=Rita Last=Sample"}},
			{"deletePersons", keySet("k1", "k1", "k9", "k2"), []string{ok, unknown("k1"), unknown("k9"), ok}},
			{"readPersons", keySet("k1", "k2"), []string{unknown("k1"), unknown("k2")}},
		}},
		{"empty batches are answered with empty sets", []turn{
			{"createPersons", "<pmess:personIdPairSet/>", nil},
			{"readPersons", "", nil},
			{"deletePersons", keySet(), nil},
		}},
	})
}

func TestValuesOfPersons(t *testing.T) {
	playAll(t, []play{
		{"limits of lengths", []turn{
			{"createPerson", student(strings.Repeat("ö", 64), "Ida").xml(), []string{ok}},
			{"createPerson", student(strings.Repeat("x", 65), "Ida").xml(), []string{"failure error invaliddata: The 'sourcedId/identifier' is longer than 64 characters"}},
			{"createPerson", subject{key: "k1", prefix: text(strings.Repeat("p", 33)), first: text("a"), last: text("b"), role: text("Guest")}.xml(), []string{"failure error invaliddata: The field 'prefix' is longer than 32 characters"}},
			{"createPerson", student("k1", strings.Repeat("f", 65)).xml(), []string{"failure error invaliddata: The field 'first' is longer than 64 characters"}},
			{"readPerson", key("k1"), []string{unknown("k1")}},
		}},
		{"user names are unique, whatever their case, and free again after a deletion", []turn{
			{"createPerson", full("k1").xml(), []string{ok}},
			{"createPerson", subject{key: "k2", first: text("a"), last: text("b"), role: text("Guest"), user: text("U:K1")}.xml(), []string{"failure error idallocinusefail: The user name 'U:K1' is already in use"}},
			{"deletePerson", key("k1"), []string{ok}},
			{"createPerson", subject{key: "k2", first: text("a"), last: text("b"), role: text("Guest"), user: text("u:k1")}.xml(), []string{ok}},
			{"createPerson", student("k1", "Vera").xml(), []string{"failure error idallocinusefail: The user name 'u:k1' is already in use"}},
		}},
		{"roles: mapped ones stay, the others and an empty one lead to the default profile", []turn{
			{"createPersons", pairs(withRole("k1", "Carer"), withRole("k2", "Alumni"), withRole("k3", "System Administrator"), withRole("k4", "")), []string{ok, ok, ok, ok}},
			{"updatePerson", subject{key: "k1", nick: text("n")}.xml(), []string{ok}},
			{"readPersons", keySet("k1", "k2", "k3", "k4"), []string{ok, ok, ok, ok, "person First=Ida Last=Sample Nick=n role=Carer",
				"person First=Ida Last=Sample", "person First=Ida Last=Sample", "person First=Ida Last=Sample"}},
		}},
		{"an unknown key of 65 characters is unknown when it is read", []turn{
			{"readPerson", key(strings.Repeat("x", 65)), []string{unknown(strings.Repeat("x", 65))}},
			{"readPerson", "", []string{unknown("")}},
		}},
		{"texts come back as they were sent", []turn{
			{"createPerson", student("k&1", "Zoë <&> \"Ł\" 𝄞 中").xml(), []string{ok}},
			{"readPerson", key("k&1"), []string{ok, "person First=Zoë <&> \"Ł\" 𝄞 中 Last=Sample"}},
		}},
	})
}

func withRole(key, role string) subject {
	s := student(key, "Ida")
	s.role = &role
	return s
}

// plays makes the calls and compares what they say.
func (b *bench) plays(at Site, turns []turn) {
	b.Helper()
	for i, step := range turns {
		if diff := cmp.Diff(step.want, b.does(at, step.operation, step.content)); diff != "" {
			b.Errorf("call %d, %s (-want +got):\n%s", i+1, step.operation, diff)
		}
	}
}
