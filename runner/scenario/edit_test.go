package scenario_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
)

const envelopeStart = `<?xml version="1.0" encoding="utf-8"?>
<!-- a comment --><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:p='http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0'>`

const envelopeEnd = `</s:Envelope >
`

func message(header, body string) string { return envelopeStart + header + body + envelopeEnd }

// in wraps a person in a request; its data is in the default namespace.
func in(person string) string {
	return message("", `<s:Body><p:createPersonRequest xmlns:c="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">
 <p:sourcedId><c:identifier>Child1</c:identifier></p:sourcedId>
 <p:person xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0">`+person+`</p:person></p:createPersonRequest></s:Body>`)
}

// edit is a change of an envelope.
type edit struct {
	name         string
	set          []scenario.Assignment
	remove       []string
	before, want string
}

// check applies each edit. Whole envelopes are compared, so that every byte counts.
func check(t *testing.T, edits []edit) {
	t.Helper()
	for _, test := range edits {
		t.Run(test.name, func(t *testing.T) {
			got, err := scenario.Apply([]byte(test.before), test.set, test.remove)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// nilAttribute declares the prefix i, for xsi:nil.
const nilAttribute = ` xmlns:i="http://www.w3.org/2001/XMLSchema-instance"`

func TestSettingReplacesTextAndNothingElse(t *testing.T) {
	check(t, []edit{
		{name: "the text of an element",
			set:    []scenario.Assignment{{Path: "pmess:person/common:email", Value: "a&b"}},
			before: in(`<c:email >x</c:email ><!-- kept -->`),
			want:   in(`<c:email >a&amp;b</c:email ><!-- kept -->`)},
		{name: "the text of a self-closing element",
			set:    []scenario.Assignment{{Path: "pmess:person/common:email", Value: "a"}},
			before: in(`<c:email />`),
			want:   in(`<c:email >a</c:email>`)},
		{name: "an emptied element",
			set:    []scenario.Assignment{{Path: "pmess:person/common:email", Value: ""}},
			before: in(`<c:email>x</c:email>`),
			want:   in(`<c:email></c:email>`)},
		{name: "an element that a predicate chooses",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:tel[pdata:telType='Mobile']/pdata:telValue", Value: "2"}},
			before: in(`<tel><telType>Voice</telType><telValue>1</telValue></tel><tel><telType>Mobile</telType><telValue>1</telValue></tel>`),
			want:   in(`<tel><telType>Voice</telType><telValue>1</telValue></tel><tel><telType>Mobile</telType><telValue>2</telValue></tel>`)},
		{name: "a nil element gets text and is nil no more",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:formatName", Value: "x"}},
			before: in(`<formatName` + nilAttribute + ` i:nil="true" a='1'/>`),
			want:   in(`<formatName` + nilAttribute + ` a='1'>x</formatName>`)},
		{name: "a path with the key of an identity leads to its name in the file",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:x[.='{key:Child1}']/@a", Value: "{key:Child2}"}},
			before: in(`<x a="1">Child1</x><x a="2">Child2</x>`),
			want:   in(`<x a="{key:Child2}">Child1</x><x a="2">Child2</x>`)},
		{name: "an attribute",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:formatName/@xsi:nil", Value: "false"}},
			before: in(`<formatName` + nilAttribute + ` i:nil = 'true'/>`),
			want:   in(`<formatName` + nilAttribute + ` i:nil = 'false'/>`)},
	})
}

func TestSettingAppendsWhatIsMissing(t *testing.T) {
	check(t, []edit{
		{name: "a missing attribute with a prefix that has to be declared",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:formatName/@xsi:nil", Value: "true"}},
			before: in(`<formatName/>`),
			want:   in(`<formatName xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"/>`)},
		{name: "a missing element behind the last child, with the prefix in scope",
			set:    []scenario.Assignment{{Path: "pmess:person/common:email", Value: "a"}},
			before: in("\n  <name/>\n "),
			want:   in("\n  <name/><c:email>a</c:email>\n ")},
		{name: "a missing chain in a self-closing element, in the default namespace",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:address/pdata:street", Value: "a"}},
			before: in(`<address/>`),
			want:   in(`<address><street>a</street></address>`)},
		{name: "what predicates ask for",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:name/pdata:partName[pdata:namePartType='Prefix']/pdata:namePartValue", Value: "Dr."}},
			before: in(`<name><partName><namePartType>First</namePartType></partName></name>`),
			want: in(`<name><partName><namePartType>First</namePartType></partName>` +
				`<partName><namePartType>Prefix</namePartType><namePartValue>Dr.</namePartValue></partName></name>`)},
		{name: "the next of several",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:address/pdata:street[2]", Value: "b"}},
			before: in(`<address><street>a</street></address>`),
			want:   in(`<address><street>a</street><street>b</street></address>`)},
		{name: "an attribute of an element with content",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:address/@a", Value: `"`}},
			before: in(`<address><street>a</street></address>`),
			want:   in(`<address a="&#34;"><street>a</street></address>`)},
		{name: "a missing element with the attributes that the path asks for",
			set:    []scenario.Assignment{{Path: "pmess:person/pdata:tel[@a='1'][@xsi:nil='0']/@xsi:b", Value: "2"}},
			before: in(``),
			want:   in(`<tel a="1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="0" xsi:b="2"/>`)},
		{name: "an element in a namespace that has to be declared",
			set:    []scenario.Assignment{{Path: "pmess:person/gdata:x/gdata:y/@gdata:z", Value: "1"}},
			before: in(``),
			want:   in(`<gdata:x xmlns:gdata="http://www.imsglobal.org/services/gms/xsd/imsGroupManDataSchema_v1p0"><gdata:y gdata:z="1"/></gdata:x>`)},
		{name: "an element without a namespace",
			set:    []scenario.Assignment{{Path: "pmess:person/email", Value: "b"}},
			before: in(``),
			want:   in(`<email xmlns="">b</email>`)},
		{name: "several in their order",
			set: []scenario.Assignment{{Path: "pmess:person/pdata:tel/pdata:telType", Value: "Voice"},
				{Path: "pmess:person/pdata:tel/pdata:telValue", Value: "1"}},
			before: in(``),
			want:   in(`<tel><telType>Voice</telType><telValue>1</telValue></tel>`)},
	})
}

func TestRemovingTakesEmptiedParentsToo(t *testing.T) {
	check(t, []edit{
		{name: "a removed element whose parent keeps something",
			remove: []string{"pmess:person/pdata:address/pdata:street[1]"},
			before: in(`<address><street>a</street> <street>b</street></address>`),
			want:   in(`<address> <street>b</street></address>`)},
		{name: "removed elements whose parents are empty then",
			remove: []string{"pmess:person/pdata:address/pdata:street"},
			before: in(`<name/><address> <street>a</street> <street>b</street> </address>`),
			want:   in(`<name/>`)},
		{name: "a removed attribute",
			remove: []string{"pmess:person/pdata:formatName/@xsi:nil"},
			before: in(`<formatName` + nilAttribute + ` i:nil="true" />`),
			want:   in(`<formatName` + nilAttribute + ` />`)},
		{name: "first set, then remove",
			set:    []scenario.Assignment{{Path: "pmess:person/common:email", Value: "a"}},
			remove: []string{"pmess:person/common:email"},
			before: in(`<name/>`),
			want:   in(`<name/>`)},
		{name: "the request element itself, but not the Body",
			remove: []string{"."},
			before: message(``, `<s:Body> <p:readPersonRequest/></s:Body>`),
			want:   message(``, `<s:Body> </s:Body>`)},
	})
}

func TestEditsReachTheHeader(t *testing.T) {
	check(t, []edit{
		{name: "the identifier of the message",
			set:    []scenario.Assignment{{Path: "bind:messageIdentifier", Value: "2"}},
			before: message(`<s:Header><b:syncRequestHeaderInfo xmlns:b="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0"><b:messageIdentifier>1</b:messageIdentifier></b:syncRequestHeaderInfo></s:Header>`, `<s:Body><p:readPersonRequest/></s:Body>`),
			want:   message(`<s:Header><b:syncRequestHeaderInfo xmlns:b="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0"><b:messageIdentifier>2</b:messageIdentifier></b:syncRequestHeaderInfo></s:Header>`, `<s:Body><p:readPersonRequest/></s:Body>`)},
		{name: "a missing header",
			set:    []scenario.Assignment{{Path: "bind:messageIdentifier", Value: "2"}},
			before: message(``, `<s:Body><p:readPersonRequest/></s:Body>`),
			want:   message(`<s:Header><bind:syncRequestHeaderInfo xmlns:bind="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0"><bind:messageIdentifier>2</bind:messageIdentifier></bind:syncRequestHeaderInfo></s:Header>`, `<s:Body><p:readPersonRequest/></s:Body>`)},
		{name: "a missing header block in an empty header",
			set:    []scenario.Assignment{{Path: "bind:messageIdentifier", Value: "2"}},
			before: message(`<s:Header/>`, `<s:Body><p:readPersonRequest/></s:Body>`),
			want:   message(`<s:Header><bind:syncRequestHeaderInfo xmlns:bind="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0"><bind:messageIdentifier>2</bind:messageIdentifier></bind:syncRequestHeaderInfo></s:Header>`, `<s:Body><p:readPersonRequest/></s:Body>`)},
		{name: "the header block as a whole",
			remove: []string{"bind:."},
			before: message(`<s:Header> <b:syncRequestHeaderInfo xmlns:b="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0"/> </s:Header>`, `<s:Body><p:readPersonRequest/></s:Body>`),
			want:   message(`<s:Header>  </s:Header>`, `<s:Body><p:readPersonRequest/></s:Body>`)},
	})
}

func TestApplyRefusesWhatIsAmbiguousOrMissing(t *testing.T) {
	streets := in(`<address><street>a</street><street>b</street></address>`)
	tests := []struct {
		name     string
		envelope string
		set      []scenario.Assignment
		remove   []string
		want     string
	}{
		{"two places", streets, []scenario.Assignment{{Path: "pmess:person/pdata:address/pdata:street", Value: "x"}}, nil, "leads to 2 places"},
		{"two parents", streets, []scenario.Assignment{{Path: "pmess:person/pdata:address/pdata:street/pdata:x", Value: "x"}}, nil, "leads to 2 places"},
		{"a place too far", streets, []scenario.Assignment{{Path: "pmess:person/pdata:address/pdata:street[4]", Value: "x"}}, nil, "there are 2 of it"},
		{"a text of its own that a path cannot make", streets, []scenario.Assignment{{Path: "pmess:person/pdata:tel[.='x']", Value: "x"}}, nil, "cannot be made"},
		{"nothing to remove", streets, nil, []string{"pmess:person/common:email"}, "nothing at this path"},
		{"no path", streets, []scenario.Assignment{{Path: "nobody:x", Value: "x"}}, nil, "unknown prefix"},
		{"no path to remove", streets, nil, []string{"nobody:x"}, "unknown prefix"},
		{"an empty Body", message("", "<s:Body/>"), []scenario.Assignment{{Path: "pmess:person", Value: "x"}}, nil, "no request element"},
		{"no XML", "<a>", []scenario.Assignment{{Path: "pmess:person", Value: "x"}}, nil, "line 1"},
		{"the header block as a whole", streets, []scenario.Assignment{{Path: "bind:.", Value: "x"}}, nil, "has no text"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := scenario.Apply([]byte(test.envelope), test.set, test.remove)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v does not say %q", err, test.want)
			}
		})
	}
}

func TestApplyWithoutEditsKeepsEveryByte(t *testing.T) {
	before := "\uFEFF" + in("<c:email/>")
	got, err := scenario.Apply([]byte(before), nil, nil)
	if err != nil || string(got) != before {
		t.Errorf("got %q, %v", got, err)
	}
}
