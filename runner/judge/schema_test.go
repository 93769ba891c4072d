package judge

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
	"esconform/runner/evidence"
	"esconform/runner/scenario"
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
	const line50 = "The answer, before other people's items were cut from it, breaks the schema in 1 place, first in line 50 (%)."
	tests := []struct {
		name   string
		raw    evidence.Violation
		remark string // of the finding, with the code for %
		weight reports.Weight
	}{
		{"role of the site", evidence.Violation{Code: validate.CodeEnumeration, Element: "institutionRoleType"}, "", ""},
		{"enumeration at an unknown element", evidence.Violation{Code: validate.CodeEnumeration}, "", ""},
		{"other enumeration", evidence.Violation{Code: validate.CodeEnumeration, Element: "gender"}, line50, reports.Failure},
		{"other violation of a role", evidence.Violation{Code: validate.CodeAttribute, Element: "institutionRoleType"}, line50, reports.Failure},
		{"data of a group", evidence.Violation{Code: validate.CodeElement, Element: "descShort", Group: true}, "", ""},
		{"content of a group", evidence.Violation{Code: validate.CodeContent, Element: "group"}, "", ""},
		{"misplaced group", evidence.Violation{Code: validate.CodeElement, Element: "group"}, line50, reports.Failure},
		{"more than were counted", evidence.Violation{Code: validate.CodeTruncated}, uncounted, reports.Trouble},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := exchange(0, "readPerson", answerOf(success, person))
			e.ResponseHeader = http.Header{"Content-Type": {"text/xml; charset=utf-16"}}
			e.Strangers = 3
			tt.raw.Node, tt.raw.Line = 40, 50
			e.RawViolations = []evidence.Violation{tt.raw}
			checkOne(t, judged(t, input(fine(), e)), tt.weight, strings.Replace(tt.remark, "%", tt.raw.Code, 1))
		})
	}
}

const uncounted = "The answer of step 1 has more violations of the schemas than were counted; none of those counted is the endpoint's failure."

// checkOne wants one finding, or none when its message is empty.
func checkOne(t *testing.T, got reports.Result, weight reports.Weight, message string) {
	t.Helper()
	switch {
	case message == "" && len(got.Findings) == 0:
	case len(got.Findings) != 1 || got.Findings[0].Message != message || got.Findings[0].Weight != weight:
		t.Errorf("verdict %s, findings %+v; want %q", got.Verdict, got.Findings, message)
	}
}

// Violations beyond the limit may be the endpoint's, so that without another finding
// nobody knows.
func TestUncountedViolationsAreTrouble(t *testing.T) {
	e := exchange(0, "readPerson", answerOf(success, person))
	in := input(fine(), e)
	in.Validator = fakeValidator{violations: []validate.Violation{{Node: -1, Code: validate.CodeTruncated}}}
	checkOne(t, judged(t, in), reports.Trouble, uncounted)
	in.Validator = fakeValidator{violations: []validate.Violation{{Node: 3, Line: 4, Code: validate.CodeElement, Message: "x is not allowed"}, {Node: -1, Code: validate.CodeTruncated}}}
	checkOne(t, judged(t, in), reports.Failure, "The answer breaks the schema: x is not allowed (and more violations than were counted).")
}

// The data of a group follow another vendor's schema: what breaks it is observed.
func TestDataOfGroupsAreObserved(t *testing.T) {
	body := strings.NewReplacer("<readPersonResponse", "<readGroupResponse", "</readPersonResponse", "</readGroupResponse", mess, wire.NSGmess,
		"<person>", "<group>", "</person>", "</group>").Replace(person)
	tests := []struct {
		name, local, code string
		observed          bool
	}{
		{"element below a group", "email", validate.CodeElement, true},
		{"missing below a group", "userId", validate.CodeMissing, true},
		{"content of the group", "group", validate.CodeContent, true},
		{"attribute of the group", "group", validate.CodeAttribute, true},
		{"group where none may be", "group", validate.CodeElement, false},
		{"group that lacks something", "group", validate.CodeMissing, false},
		{"wrapper", "readGroupResponse", validate.CodeElement, false},
		{"status header", "severity", validate.CodeElement, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e := exchange(0, "readGroup", answerOf(success, body))
			again := e
			again.Attempt = 1
			in := input([]scenario.Expectation{{At: "gmess:nothing", Absent: true}}, e, again)
			in.Validator = fakeValidator{violations: []validate.Violation{{Node: indexOf(t, e.Response, tt.local), Line: 9, Code: tt.code, Message: "x is not allowed."}}}
			var want []reports.Observation
			message := "The answer breaks the schema: x is not allowed."
			if tt.observed {
				message = ""
				want = []reports.Observation{{Requirement: "STA-21", Step: 1, Value: "1 violation inside of groups, whose data another vendor's schema describes, first in line 9: x is not allowed."}}
			}
			got := judged(t, in)
			checkOne(t, got, reports.Failure, message)
			if diff := cmp.Diff(want, got.Observations); diff != "" {
				t.Errorf("observations (-want +got):\n%s", diff)
			}
		})
	}
}

// An answer with objects outside of its list was not recorded.
func TestListsWithObjectsElsewhere(t *testing.T) {
	const rest = "; it was not recorded, because it may hold other people's data."
	e := exchange(0, "readAllPersons", "")
	e.Response = nil
	elsewhere := evidence.Violation{Node: 12, Line: 3, Code: evidence.CodeElsewhere}
	e.RawViolations = []evidence.Violation{elsewhere}
	checkOne(t, judged(t, input(fine(), e)), reports.Trouble, "The answer of step 1 (HTTP status 200, text/xml) has objects outside of its list, in line 3"+rest)
	e.RawViolations = []evidence.Violation{elsewhere, {Node: 12, Line: 3, Code: validate.CodeElement, Element: "person"}}
	checkOne(t, judged(t, input(fine(), e)), reports.Failure,
		"The answer (HTTP status 200, text/xml) breaks the schema in line 3 (element), and has objects outside of its list"+rest)
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
