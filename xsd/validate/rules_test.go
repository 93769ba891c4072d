package validate_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/wire"
	"esconform/xsd/validate"
)

// build puts header blocks and the content of a Body into an envelope of one line.
// The prefixes of package wire are declared.
func build(header, body string) string {
	envelope := "<soap:Envelope"
	for _, p := range []string{"soap", "bind", "common", "pmess", "pdata", "gmess", "mmess", "wsse", "wsu", "xsi"} {
		space, _ := wire.Namespace(p)
		envelope += fmt.Sprintf(" xmlns:%s=%q", p, space)
	}
	return envelope + "><soap:Header>" + header + "</soap:Header><soap:Body>" + body + "</soap:Body></soap:Envelope>"
}

const (
	readRequest  = "<pmess:readPersonRequest/>"
	readResponse = "<pmess:readPersonResponse/>"
	someFault    = "<soap:Fault><faultcode>soap:Server</faultcode><faultstring>x</faultstring></soap:Fault>"
)

func violation(node int, code, message string) []validate.Violation {
	return []validate.Violation{{Node: node, Line: 1, Code: code, Message: message}}
}

// TestBody shows what the Body may hold, in the words of the rules that both
// engines share.
func TestBody(t *testing.T) {
	none := wire.Name{}
	request, response := pmess("readPersonRequest"), pmess("readPersonResponse")
	tests := []struct {
		name string
		root wire.Name
		body string
		want []validate.Violation
	}{
		{"the request", request, readRequest, nil},
		{"the response", response, readResponse, nil},
		{"a Fault instead of the response", response, someFault, nil},
		{"a Fault instead of the request", request, someFault, violation(3, validate.CodeBody, "the Body holds soap:Fault, it must hold pmess:readPersonRequest")},
		{"any request", none, readRequest, nil},
		{"any response", none, readResponse, nil},
		{"any Fault", none, someFault, nil},
		{"a comment beside it", request, "<!-- x -->" + readRequest + "<?x?>", nil},
		{"nothing", request, "", violation(2, validate.CodeBody, "the Body is empty")},
		{"blanks", request, " \n ", violation(2, validate.CodeBody, "the Body is empty")},
		{"the response of another operation", response, "<pmess:deletePersonResponse/>", violation(3, validate.CodeBody, "the Body holds pmess:deletePersonResponse, it must hold pmess:readPersonResponse")},
		{"the request instead of the response", response, readRequest, violation(3, validate.CodeBody, "the Body holds pmess:readPersonRequest, it must hold pmess:readPersonResponse")},
		{"an undeclared element of the right namespace", response, "<pmess:readPersonReply/>", violation(3, validate.CodeBody, "the Body holds pmess:readPersonReply, it must hold pmess:readPersonResponse")},
		{"the right name, unqualified", response, "<readPersonResponse/>", violation(3, validate.CodeBody, "the Body holds readPersonResponse, it must hold pmess:readPersonResponse")},
		{"the right name in another namespace", response, "<pdata:readPersonResponse/>", violation(3, validate.CodeBody, "the Body holds pdata:readPersonResponse, it must hold pmess:readPersonResponse")},
		{"an unqualified Fault", response, "<Fault/>", violation(3, validate.CodeBody, "the Body holds Fault, it must hold pmess:readPersonResponse")},
		{"an undeclared root where any will do", none, "<x:y xmlns:x='urn:x'/>", violation(3, validate.CodeBody, "the Body holds {urn:x}y, which is no message of a known operation")},
		{"a declared element that is no message", none, "<common:email/>", violation(3, validate.CodeBody, "the Body holds common:email, which is no message of a known operation")},
		{"a header block", none, "<bind:syncRequestHeaderInfo/>", violation(3, validate.CodeBody, "the Body holds bind:syncRequestHeaderInfo, which is no message of a known operation")},
		{"the request of a group", gmess("createGroupRequest"), "<gmess:createGroupRequest/>", nil},
		{"the response of a membership", mmess("readMembershipsForGroupResponse"), "<mmess:readMembershipsForGroupResponse/>", nil},
		{"any request of a group", none, "<gmess:changeGroupIdentifierRequest/>", nil},
		{"any response of a membership", none, "<mmess:changeMembershipsIdentifierResponse/>", nil},
		{"a Fault instead of a membership", mmess("readMembershipResponse"), someFault, nil},
		{"the message of another service", gmess("readGroupResponse"), "<mmess:readMembershipResponse/>", violation(3, validate.CodeBody, "the Body holds mmess:readMembershipResponse, it must hold gmess:readGroupResponse")},
		{"a group's message in the namespace of persons", none, "<pmess:readGroupResponse/>", violation(3, validate.CodeBody, "the Body holds pmess:readGroupResponse, which is no message of a known operation")},
		{"an operation that the vendor does not offer", none, "<gmess:deleteGroupRelationshipRequest/>", violation(3, validate.CodeBody, "the Body holds gmess:deleteGroupRelationshipRequest, which is no message of a known operation")},
		{"a group without a message", none, "<gmess:group/>", violation(3, validate.CodeBody, "the Body holds gmess:group, which is no message of a known operation")},
		{"two children", request, readRequest + readRequest, violation(4, validate.CodeBody, "the Body must hold one element, pmess:readPersonRequest follows pmess:readPersonRequest")},
		{"a foreign second child", response, readResponse + "<x:y xmlns:x='urn:x'/>", violation(4, validate.CodeBody, "the Body must hold one element, {urn:x}y follows pmess:readPersonResponse")},
		{"a Fault beside the response", response, readResponse + someFault, violation(4, validate.CodeBody, "the Body must hold one element, soap:Fault follows pmess:readPersonResponse")},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				if diff := cmp.Diff(test.want, empty(check(t, v, test.root, build("", test.body)))); diff != "" {
					t.Errorf("violations (-want +got):\n%s", diff)
				}
			})
		}
	})
}

// TestHeader shows which header blocks there may be.
func TestHeader(t *testing.T) {
	const status = "<bind:statusInfo><bind:codeMajor>success</bind:codeMajor><bind:severity>status</bind:severity></bind:statusInfo>"
	tests := []struct {
		name, header, body string
		want               []validate.Violation
	}{
		{"of a request", "<bind:syncRequestHeaderInfo/><wsse:Security/>", readRequest, nil},
		{"of a response", "<bind:syncResponseHeaderInfo>" + status + "</bind:syncResponseHeaderInfo><wsse:Security/>", readResponse, nil},
		{"of a Fault", "<wsse:Security/>", someFault, nil},
		{"with SOAP attributes", "<bind:syncRequestHeaderInfo soap:mustUnderstand='0' soap:actor='urn:a' soap:encodingStyle=''/>", readRequest, nil},
		{"foreign blocks", "<a:Action xmlns:a='urn:a' soap:mustUnderstand='1'>x</a:Action><a:b xmlns:a='urn:a'><common:email/></a:b>", readResponse, nil},
		{"Security for two actors", "<wsse:Security/><wsse:Security soap:actor='urn:a'/>", readRequest, nil},
		{"foreign tokens", "<wsse:Security><d:Signature xmlns:d='urn:d'/></wsse:Security>", readRequest, nil},
		{"the response's block in a request", "<bind:syncResponseHeaderInfo/>", readRequest, violation(2, validate.CodeHeader, "bind:syncResponseHeaderInfo is no header block of a message in this direction")},
		{"the request's block in a response", "<bind:syncRequestHeaderInfo/>", readResponse, violation(2, validate.CodeHeader, "bind:syncRequestHeaderInfo is no header block of a message in this direction")},
		{"the request's block with a Fault", "<bind:syncRequestHeaderInfo/>", someFault, violation(2, validate.CodeHeader, "bind:syncRequestHeaderInfo is no header block of a message in this direction")},
		{"a block twice", "<bind:syncRequestHeaderInfo/><bind:syncRequestHeaderInfo/>", readRequest, violation(3, validate.CodeHeader, "a second bind:syncRequestHeaderInfo header block")},
		{"Security twice", "<wsse:Security/><wsse:Security soap:actor=''/>", readRequest, violation(3, validate.CodeHeader, "a second wsse:Security header block for the same actor")},
		{"an undeclared block of bind", "<bind:asyncRequestHeaderInfo/>", readRequest, violation(2, validate.CodeHeader, "bind:asyncRequestHeaderInfo is no header block of this contract")},
		{"a block that is declared elsewhere", "<common:email/>", readRequest, violation(2, validate.CodeHeader, "common:email is no header block of this contract")},
		{"a message as block", readResponse, readRequest, violation(2, validate.CodeHeader, "pmess:readPersonResponse is no header block of this contract")},
		{"a block of pdata", "<pdata:x/>", readRequest, violation(2, validate.CodeHeader, "pdata:x is no header block of this contract")},
		{"a block of gmess", "<gmess:x/>", readRequest, violation(2, validate.CodeHeader, "gmess:x is no header block of this contract")},
		{"a block of mmess", "<mmess:x/>", readRequest, violation(2, validate.CodeHeader, "mmess:x is no header block of this contract")},
		{"a block of soap", "<soap:Fault/>", readRequest, violation(2, validate.CodeHeader, "soap:Fault is no header block of this contract")},
		{"misspelt Security", "<wsse:security/>", readRequest, violation(2, validate.CodeHeader, "wsse:security is no header block of this contract")},
		{"a token as block", "<wsse:UsernameToken><wsse:Username/></wsse:UsernameToken>", readRequest, violation(2, validate.CodeHeader, "wsse:UsernameToken is no header block of this contract")},
		{"Timestamp as block", "<wsu:Timestamp/>", readRequest, violation(2, validate.CodeHeader, "wsu:Timestamp is no header block of this contract")},
		{"an unqualified block", "<syncRequestHeaderInfo/>", readRequest, violation(2, validate.CodeHeader, "header block syncRequestHeaderInfo has no namespace (SOAP 1.1, 4.2)")},
		{"an undeclared token", "<wsse:Security><wsse:BinaryToken/></wsse:Security>", readRequest, violation(3, validate.CodeHeader, "wsse:BinaryToken may not be in a wsse:Security header block")},
		{"a stray Created", "<wsse:Security><wsu:Created>2030-01-01T08:00:00Z</wsu:Created></wsse:Security>", readRequest, violation(3, validate.CodeHeader, "wsu:Created may not be in a wsse:Security header block")},
		{"an unqualified token", "<wsse:Security><UsernameToken/></wsse:Security>", readRequest, violation(3, validate.CodeHeader, "UsernameToken may not be in a wsse:Security header block")},
		{"a block of ours in Security", "<wsse:Security><bind:syncRequestHeaderInfo/></wsse:Security>", readRequest, violation(3, validate.CodeHeader, "bind:syncRequestHeaderInfo may not be in a wsse:Security header block")},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for _, test := range tests {
			for how, root := range map[string]wire.Name{"": {}, ", root named": named(test.body)} {
				t.Run(test.name+how, func(t *testing.T) {
					if diff := cmp.Diff(test.want, empty(check(t, v, root, build(test.header, test.body)))); diff != "" {
						t.Errorf("violations (-want +got):\n%s", diff)
					}
				})
			}
		}
	})
}

// named is the root to expect for a Body of this file.
func named(body string) wire.Name {
	if body == readRequest {
		return pmess("readPersonRequest")
	}
	return pmess("readPersonResponse")
}

// empty makes no violations nil, so that they compare.
func empty(violations []validate.Violation) []validate.Violation {
	if len(violations) == 0 {
		return nil
	}
	return violations
}

// TestContentOfDeclaredBlocks shows that the blocks that the lax wildcard of the
// Header lets in are validated all the same.
func TestContentOfDeclaredBlocks(t *testing.T) {
	tests := []struct {
		name, header, body string
		node               int
		code               string
	}{
		{"unknown child of the request's block", "<bind:syncRequestHeaderInfo><bind:x/></bind:syncRequestHeaderInfo>", readRequest, 3, validate.CodeElement},
		{"status without severity", "<bind:syncResponseHeaderInfo><bind:statusInfo><bind:codeMajor>success</bind:codeMajor></bind:statusInfo></bind:syncResponseHeaderInfo>", readResponse, 3, validate.CodeMissing},
		{"text in the namespace of the status", "<bind:syncResponseHeaderInfo><bind:statusInfo><bind:codeMajor>success</bind:codeMajor><bind:severity>status</bind:severity>" +
			"<bind:description><bind:language>en-US</bind:language></bind:description></bind:statusInfo></bind:syncResponseHeaderInfo>", readResponse, 7, validate.CodeElement},
		{"language en", "<bind:syncResponseHeaderInfo><bind:statusInfo><bind:codeMajor>success</bind:codeMajor><bind:severity>status</bind:severity>" +
			"<bind:description><common:language>en</common:language></bind:description></bind:statusInfo></bind:syncResponseHeaderInfo>", readResponse, 7, validate.CodeEnumeration},
		{"token without Username", "<wsse:Security><wsse:UsernameToken><wsse:Password/></wsse:UsernameToken></wsse:Security>", readRequest, 3, validate.CodeMissing},
		{"Username twice", "<wsse:Security><wsse:UsernameToken><wsse:Username/><wsse:Username/></wsse:UsernameToken></wsse:Security>", readRequest, 5, validate.CodeElement},
		{"Expires before Created", "<wsse:Security><wsu:Timestamp><wsu:Expires>2030-01-01T08:00:00Z</wsu:Expires><wsu:Created>2030-01-01T08:00:00Z</wsu:Created></wsu:Timestamp></wsse:Security>", readResponse, 5, validate.CodeElement},
		{"instant that is none", "<wsse:Security><wsu:Timestamp><wsu:Created>now</wsu:Created></wsu:Timestamp></wsse:Security>", readResponse, 4, validate.CodeValue},
		{"Id that is no name", "<wsse:Security><wsu:Timestamp wsu:Id='0'/></wsse:Security>", readResponse, 3, validate.CodeValue},
		{"Id twice", "<wsse:Security><wsu:Timestamp wsu:Id='_0'/><wsse:UsernameToken wsu:Id='_0'><wsse:Username/></wsse:UsernameToken></wsse:Security>", readRequest, 4, validate.CodeValue},
		{"Fault without text", "", "<soap:Fault><faultcode>soap:Server</faultcode></soap:Fault>", 3, validate.CodeMissing},
		{"Fault with qualified children", "", "<soap:Fault><soap:faultcode>soap:Server</soap:faultcode><soap:faultstring/></soap:Fault>", 4, validate.CodeElement},
		{"Fault code of an unbound prefix", "", "<soap:Fault><faultcode>nope:Server</faultcode><faultstring/></soap:Fault>", 4, validate.CodeValue},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				got := check(t, v, wire.Name{}, build(test.header, test.body))
				if len(got) != 1 || got[0].Node != test.node || got[0].Code != test.code {
					t.Errorf("violations: %+v, want one of element %d and code %s", got, test.node, test.code)
				}
			})
		}
	})
}

// TestEnvelope shows what the envelope itself must be.
func TestEnvelope(t *testing.T) {
	soap12 := "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Body/></e:Envelope>"
	tests := []struct {
		name, envelope string
		want           []validate.Violation
	}{
		{"of SOAP 1.2", soap12, violation(0, validate.CodeEnvelope, "the root is soap12:Envelope, it must be soap:Envelope")},
		{"unqualified", "<Envelope><Body/></Envelope>", violation(0, validate.CodeEnvelope, "the root is Envelope, it must be soap:Envelope")},
		{"the message alone", "<r:readPersonRequest xmlns:r='" + wire.NSPmess + "'/>", violation(0, validate.CodeEnvelope, "the root is pmess:readPersonRequest, it must be soap:Envelope")},
		{"namespace written with references", "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap&#x2F;envelope&#47;'><e:Body><r:readPersonRequest xmlns:r='" + wire.NSPmess + "'/></e:Body></e:Envelope>", nil},
	}
	parts := []struct {
		name, content string
		node          int
		code          string
	}{
		{"without Body", "<soap:Header/>", 0, validate.CodeMissing},
		{"with two Bodies", "<soap:Body>" + readRequest + "</soap:Body><soap:Body>" + readRequest + "</soap:Body>", 3, validate.CodeElement},
		{"with the Header behind the Body", "<soap:Body>" + readRequest + "</soap:Body><soap:Header/>", 3, validate.CodeElement},
		{"with two Headers", "<soap:Header/><soap:Header/><soap:Body>" + readRequest + "</soap:Body>", 2, validate.CodeElement},
		{"with an unqualified Body", "<Body>" + readRequest + "</Body>", 1, validate.CodeElement},
		{"with something behind the Body", "<soap:Body>" + readRequest + "</soap:Body><x:y xmlns:x='urn:x'/>", 3, validate.CodeElement},
	}
	withEngines(t, 50, func(t *testing.T, v validate.Validator) {
		for _, test := range tests {
			t.Run(test.name, func(t *testing.T) {
				if diff := cmp.Diff(test.want, empty(check(t, v, wire.Name{}, test.envelope))); diff != "" {
					t.Errorf("violations (-want +got):\n%s", diff)
				}
			})
		}
		for _, test := range parts {
			t.Run(test.name, func(t *testing.T) {
				envelope := "<soap:Envelope xmlns:soap='" + wire.NSSOAP + "' xmlns:pmess='" + wire.NSPmess + "'>" + test.content + "</soap:Envelope>"
				got := check(t, v, pmess("readPersonRequest"), envelope)
				if len(got) == 0 || got[0].Node != test.node || got[0].Code != test.code {
					t.Errorf("violations: %+v, want first element %d and code %s", got, test.node, test.code)
				}
			})
		}
	})
}

// TestManyStrayBlocks shows that the rules, too, keep within bounds.
func TestManyStrayBlocks(t *testing.T) {
	header := ""
	for range 5000 {
		header += "<wsse:Security/><bind:syncRequestHeaderInfo/><bind:x/>"
	}
	withEngines(t, 10, func(t *testing.T, v validate.Validator) {
		got := check(t, v, pmess("readPersonRequest"), build(header, readRequest))
		if len(got) != 10 || got[9].Code != validate.CodeTruncated {
			t.Errorf("there are %d violations, want 10 of which the last says that more exist: %v", len(got), got)
		}
		holdBounds(t, got)
	})
}
