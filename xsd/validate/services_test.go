package validate_test

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// broken is a handmade message of a group or a membership with one fault.
type broken struct {
	name, file string
	old, new   string
	code       string
	element    string // that is blamed
	inGroup    bool   // whether the fault is in a group's data
}

var brokenServices = []broken{
	{"relation outside its enumeration", "createGroup.request", "KnownAs", "knownas", validate.CodeEnumeration, "gdata:relation", true},
	{"relation left out", "createGroup.request", "<d:relation>KnownAs</d:relation>", "", validate.CodeElement, "gdata:sourceId", true},
	{"relationship without anything", "createGroups.request", "<d:relation>1</d:relation>", "", validate.CodeMissing, "gdata:relationship", true},
	{"sourcedId for sourceId", "createGroups.request", "<d:sourceId><c:identifier>school-1</c:identifier></d:sourceId>", "<d:sourcedId/>", validate.CodeElement, "gdata:sourcedId", true},
	{"relationship of a person", "createGroups.request", "<d:relationship><d:relation>1</d:relation></d:relationship>", "<c:relationship/>", validate.CodeElement, "common:relationship", true},
	{"relationship in a group's extension", "readGroups.response", "<extension xmlns=\"http://www.imsglobal.org/services/gms/xsd/imsGroupManDataSchema_v1p0\"/>",
		"<extension xmlns=\"http://www.imsglobal.org/services/gms/xsd/imsGroupManDataSchema_v1p0\"><relationship xmlns=\"http://www.imsglobal.org/services/common/imsCommonSchema_v1p0\"/></extension>",
		validate.CodeElement, "common:relationship", true},
	{"flag that is none", "createGroup.request", "<d:enrollAllowed>0", "<d:enrollAllowed>no", validate.CodeValue, "gdata:enrollAllowed", true},
	{"time frame without an end", "createGroups.request", "<c:end xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\" i:nil=\"1\"/>", "", validate.CodeMissing, "gdata:timeFrame", true},
	{"unpadded date", "createGroup.request", "2029-08-01", "2029-8-1", validate.CodeValue, "common:date", true},
	{"text between a group's elements", "readGroup.response", "<group>", "<group>text", validate.CodeContent, "gmess:group", true},
	{"element of the message in a group", "readGroup.response", "<group>", "<group><sourcedId/>", validate.CodeElement, "gmess:sourcedId", true},
	{"attribute on a group", "readGroup.response", "<group>", "<group xml:lang='no'>", validate.CodeAttribute, "gmess:group", true},
	{"group twice", "readGroup.response", "<group>", "<group/><group>", validate.CodeElement, "gmess:group", false},
	{"group without its set", "readGroupsForPerson.response", "<groupSet>", "<group/><groupSet>", validate.CodeElement, "gmess:group", false},
	{"pairs where groups are bare", "readGroups.response", "<groupSet>", "<groupIdPairSet/><groupSet>", validate.CodeElement, "gmess:groupIdPairSet", false},
	{"status of a group's answer", "createGroup.response", ">status<", ">Status<", validate.CodeEnumeration, "bind:severity", false},

	{"role outside its enumeration", "createMembership.request", "Instructor", "Teacher", validate.CodeEnumeration, "mdata:roleType", false},
	{"role without type", "updateMembership.request", "<d:roleType>Administrator</d:roleType>", "", validate.CodeMissing, "mdata:role", false},
	{"kind of member that is none", "createMembership.request", "<d:idType>Person", "<d:idType>person", validate.CodeEnumeration, "mdata:idType", false},
	{"answer's spelling in a request", "createMemberships.request", "<m:membershipIdPairSet>", "<m:membershipIDPairSet/><m:membershipIdPairSet>", validate.CodeElement, "mmess:membershipIDPairSet", false},
	{"request's spelling in an answer", "readMembershipsForPerson.response", "<membershipIDPairSet>", "<membershipIdPairSet/><membershipIDPairSet>", validate.CodeElement, "mmess:membershipIdPairSet", false},
	{"capital D in the pair", "readMembershipsForGroup.response", "<membershipIDPairSet/>", "<membershipIDPairSet><membershipIDPair/></membershipIDPairSet>", validate.CodeElement, "mmess:membershipIDPair", false},
	{"two groups", "updateMembership.request", "<d:member>", "<d:groupSourcedId/><d:member>", validate.CodeElement, "mdata:groupSourcedId", false},
	{"decimal that is none", "createMembership.request", "100.0", "100,0", validate.CodeValue, "mdata:max", false},
	{"list that is nil", "createMembership.request", "<d:list>A", "<d:list xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:nil='true'>", validate.CodeNil, "mdata:list", false},
	{"kind of values behind the values", "createMembership.request", "<d:list>mixed in</d:list>", "<d:valueType>0</d:valueType>", validate.CodeElement, "mdata:valueType", false},
	{"relationship in a role's extension", "readMembership.response", "<extension>", "<extension><relationship xmlns='http://www.imsglobal.org/services/common/imsCommonSchema_v1p0'/>", validate.CodeElement, "common:relationship", false},
	{"instant that is none", "createMembership.request", "T08:00:00.123Z", " 08:00:00", validate.CodeValue, "mdata:dateTime", false},
}

// TestViolationsOfGroupsAndMemberships shows the element that is blamed, and that
// faults in a group's data, whose schema is another vendor's, are told by place:
// they are in a gmess:group, or they are its content and attributes.
func TestViolationsOfGroupsAndMemberships(t *testing.T) {
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for _, test := range brokenServices {
			t.Run(test.name, func(t *testing.T) {
				envelope := replace(t, string(readFile(t, "testdata/envelopes/"+test.file+".xml")), test.old, test.new)
				got := check(t, v, wire.Name{}, envelope)
				if len(got) == 0 {
					t.Fatal("there is no violation")
				}
				line := lineage(t, envelope, got[0].Node)
				found := broken{code: got[0].Code, element: line[len(line)-1].String(), inGroup: inGroup(got[0], line)}
				want := broken{code: test.code, element: test.element, inGroup: test.inGroup}
				if diff := cmp.Diff(want, found, cmp.AllowUnexported(broken{})); diff != "" {
					t.Errorf("first violation (-want +got):\n%s\n%v", diff, got)
				}
			})
		}
	})
}

// inGroup says whether a violation of an element is in a group's data.
func inGroup(v validate.Violation, line []wire.Name) bool {
	i := slices.Index(line, gmess("group"))
	return i >= 0 && (i < len(line)-1 || v.Code == validate.CodeContent || v.Code == validate.CodeAttribute)
}

// lineage names the element with an index and those around it, the root first.
func lineage(t *testing.T, envelope string, node int) []wire.Name {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(envelope))
	var line []wire.Name
	for index := 0; ; {
		token, err := d.Token()
		if err != nil {
			t.Fatalf("there is no element %d: %v", node, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			line = append(line, wire.Name{Space: token.Name.Space, Local: token.Name.Local})
			if index == node {
				return line
			}
			index++
		case xml.EndElement:
			line = line[:len(line)-1]
		}
	}
}
