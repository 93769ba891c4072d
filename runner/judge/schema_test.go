package judge

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
	"esconform/xsd/validate"
)

func TestSchemaIsAskedWithTheResponseOfTheOperation(t *testing.T) {
	var asked wire.Name
	in := input(fine(), exchange(0, "readPerson", answerOf(success, person)))
	in.Validator = fakeValidator{asked: &asked}
	judged(t, in)
	if want := (wire.Name{Space: wire.NSPmess, Local: "readPersonResponse"}); asked != want {
		t.Errorf("the validator was asked for %v, want %v", asked, want)
	}
}

// Sites define roles beyond the enumeration (PRO-09); nothing else is forgiven.
func TestRolesOfASiteAreNoViolation(t *testing.T) {
	role := strings.Replace(person, "<demographics", `<institutionRole xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0"><institutionRoleType>Janitor</institutionRoleType></institutionRole><demographics`, 1)
	empty := strings.Replace(role, "Janitor", "", 1)
	tests := []struct {
		name, body string
		code       string
		local      string
		passes     bool
	}{
		{"role", role, validate.CodeEnumeration, "institutionRoleType", true},
		{"empty role", empty, validate.CodeEnumeration, "institutionRoleType", false},
		{"attribute of a role", role, validate.CodeAttribute, "institutionRoleType", false},
		{"other value", role, validate.CodeEnumeration, "gender", false},
	}
	for _, tt := range tests {
		e := exchange(0, "readPerson", answerOf(success, tt.body))
		in := input(fine(), e)
		in.Validator = fakeValidator{violations: []validate.Violation{{Node: indexOf(t, e.Response, tt.local), Code: tt.code, Message: "x"}}}
		if got := judged(t, in); (len(got.Findings) == 0) != tt.passes {
			t.Errorf("%s: findings %+v", tt.name, got.Findings)
		}
	}
}

// indexOf is the index of the first element with that local name.
func indexOf(t *testing.T, data []byte, local string) int {
	t.Helper()
	doc, err := xmltree.Parse(data, "", xmltree.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range doc.Nodes {
		if n.Name.Local == local {
			return n.Index
		}
	}
	t.Fatalf("no element %s", local)
	return -1
}

// What is left of an answer that was cut is in UTF-8, whatever the header says; a
// role of the site among what was cut is no violation.
func TestAnswersThatWereCut(t *testing.T) {
	e := exchange(0, "readPerson", answerOf(success, person))
	e.ResponseHeader = http.Header{"Content-Type": {"text/xml; charset=utf-16"}}
	e.Strangers = 3
	e.RawViolations = []evidence.Violation{{Node: 40, Line: 50, Code: validate.CodeEnumeration}}
	if got := judged(t, input(fine(), e)); got.Verdict != reports.Passed {
		t.Errorf("verdict %s, findings %+v", got.Verdict, got.Findings)
	}
}

func TestValidatorThatCannotTellIsTrouble(t *testing.T) {
	in := input(fine(), exchange(0, "readPerson", answerOf(success, person)))
	in.Validator = fakeValidator{err: errors.New("the engines disagree")}
	got := judged(t, in)
	want := []reports.Finding{{Weight: reports.Trouble, Step: 1, Message: "The answer of step 1 could not be checked against the schemas: the engines disagree."}}
	if diff := cmp.Diff(want, got.Findings); diff != "" || got.Verdict != reports.Error {
		t.Errorf("verdict %s, findings (-want +got):\n%s", got.Verdict, diff)
	}
}

// A value of five megabytes in an element that does not allow it once killed the
// process by way of the engine's own message buffer; it is two bounded findings.
func TestHugeInvalidValueIsABoundedFinding(t *testing.T) {
	validator, err := validate.New("", 10)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { validator.Close() })
	huge := strings.Replace(answerOf(success, created), ">success<", ">"+strings.Repeat("A", 5_000_000)+"<", 1)
	in := input(fine(), exchange(0, "createPerson", huge))
	in.Validator = validator
	got := judged(t, in)
	var ids []string
	for _, f := range got.Findings {
		ids = append(ids, f.Requirement)
		checkFinding(t, f)
	}
	if diff := cmp.Diff([]string{"STA-01", "STA-21"}, ids); diff != "" {
		t.Errorf("requirements (-want +got):\n%s", diff)
	}
}
