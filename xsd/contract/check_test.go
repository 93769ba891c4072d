package contract_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/xsd/contract"
)

const answer = `<?xml version="1.0"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns:i="http://www.w3.org/2001/XMLSchema-instance">
  <s:Header>
    <h:syncResponseHeaderInfo s:mustUnderstand="0" xmlns:h="http://www.imsglobal.org/services/common/imsMessBindSchema_v1p0">
      <h:messageIdentifier>m-1</h:messageIdentifier>
      <h:statusInfo><h:codeMajor>success</h:codeMajor><h:severity>status</h:severity></h:statusInfo>
    </h:syncResponseHeaderInfo>
    <x:Foreign xmlns:x="urn:example:foreign" any="x">text</x:Foreign>
  </s:Header>
  <s:Body>
    <readPersonResponse xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0">
      <person>
        <formatName i:nil="true" xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0"/>
        <email xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0">vera@example.org</email>
        <demographics xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManDataSchema_v1p0">
          <gender>Male</gender>
          <bday>
            2024-02-29
          </bday>
        </demographics>
      </person>
    </readPersonResponse>
  </s:Body>
</s:Envelope>`

// replaced changes every place of an envelope that holds a text, if there is one.
func replaced(envelope, old, new string) string {
	if old == "" {
		return envelope
	}
	return strings.ReplaceAll(envelope, old, new)
}

func TestCheck(t *testing.T) {
	const person = "pmess:readPersonResponse/pmess:person/"
	const status = "bind:syncResponseHeaderInfo/bind:statusInfo/"
	tests := []struct {
		name, old, new string
		want           []contract.Breach
	}{
		{"a lawful answer", "", "", nil},
		{"value outside its enumeration", "Male", "male", []contract.Breach{{Path: person + "pdata:demographics/pdata:gender", Reason: `"male" is no value of type enumeration`}}},
		{"value of the wrong type", "2024-02-29", "2023-02-29", []contract.Breach{{Path: person + "pdata:demographics/pdata:bday", Reason: `"\n            2023-02-29\n          " is no value of type date`}}},
		{"missing and doubled", "<h:severity>status</h:severity>", "<h:codeMajor>failure</h:codeMajor>", []contract.Breach{
			{Path: status + "bind:codeMajor", Reason: "occurs 2 times, at most 1 are allowed"},
			{Path: status + "bind:severity", Reason: "is missing"},
		}},
		{"wrong order", "<h:codeMajor>success</h:codeMajor><h:severity>status</h:severity>", "<h:severity>status</h:severity><h:codeMajor>success</h:codeMajor>",
			[]contract.Breach{{Path: status + "bind:codeMajor", Reason: "comes after bind:severity"}}},
		{"wrong namespace", `xmlns="http://www.imsglobal.org/services/common/imsCommonSchema_v1p0"`, "", []contract.Breach{{Path: person + "pmess:email", Reason: "is not in the contract"}}},
		{"nil where it is not allowed", "<gender>Male", `<gender i:nil="1">`, []contract.Breach{{Path: person + "pdata:demographics/pdata:gender", Reason: "is nil but not nillable"}}},
		{"text between elements", "<person>", "<person>text", []contract.Breach{{Path: strings.TrimSuffix(person, "/"), Reason: "holds text, it may only hold elements"}}},
		{"attribute", "<gender>", `<gender x="1">`, []contract.Breach{{Path: person + "pdata:demographics/pdata:gender", Reason: "has the attribute x"}}},
		{"block that is none", "h:syncResponseHeaderInfo", "h:statusInfo", []contract.Breach{{Path: "bind:statusInfo", Reason: "is no message or header block of the contract"}}},
		{"message that is none", "readPersonResponse", "readPersonAnswer", []contract.Breach{{Path: "pmess:readPersonAnswer", Reason: "is no message or header block of the contract"}}},
		{"message without namespace", `<readPersonResponse xmlns="http://www.imsglobal.org/services/pms/xsd/imsPersonManMessSchema_v1p0">`, `<readPersonResponse>`,
			[]contract.Breach{{Path: "readPersonResponse", Reason: "is no message or header block of the contract"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := contract.Check([]byte(replaced(answer, test.old, test.new)))
			if err != nil {
				t.Fatalf("check: %v", err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("breaches (-want +got):\n%s", diff)
			}
		})
	}
}

const memberships = `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
  <s:Body>
    <readMembershipsForGroupResponse xmlns="http://www.imsglobal.org/services/mms/xsd/imsMemberManMessSchema_v1p0" xmlns:d="http://www.imsglobal.org/services/mms/xsd/imsMemberManDataSchema_v1p0">
      <membershipIDPairSet><membershipIdPair><membership>
        <d:member><d:role><d:roleType>Learner</d:roleType><d:finalResult>
          <d:values><d:valueType>1</d:valueType><d:max>5.5</d:max><d:list>A</d:list><d:min>-.5</d:min><d:max>+6</d:max></d:values>
        </d:finalResult></d:role></d:member>
      </membership></membershipIdPair></membershipIDPairSet>
    </readMembershipsForGroupResponse>
  </s:Body>
</s:Envelope>`

// TestCheckOfMemberships shows what the memberships alone have: a choice, decimals
// and two spellings of one set.
func TestCheckOfMemberships(t *testing.T) {
	const set = "mmess:readMembershipsForGroupResponse/mmess:membershipIDPairSet"
	const values = set + "/mmess:membershipIdPair/mmess:membership/mdata:member/mdata:role/mdata:finalResult/mdata:values/mdata:"
	tests := []struct {
		name, old, new string
		want           []contract.Breach
	}{
		{"a choice in any order", "", "", nil},
		{"decimal that is none", "5.5", "5,5", []contract.Breach{{Path: values + "max", Reason: `"5,5" is no value of type decimal`}}},
		{"choice before what precedes it", "<d:valueType>1</d:valueType><d:max>5.5</d:max>", "<d:max>5.5</d:max><d:valueType>1</d:valueType>",
			[]contract.Breach{{Path: values + "valueType", Reason: "comes after mdata:list"}}},
		{"the request's spelling in an answer", "membershipIDPairSet", "membershipIdPairSet",
			[]contract.Breach{{Path: "mmess:readMembershipsForGroupResponse/mmess:membershipIdPairSet", Reason: "is not in the contract"}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := contract.Check([]byte(replaced(memberships, test.old, test.new)))
			if err != nil {
				t.Fatalf("check: %v", err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("breaches (-want +got):\n%s", diff)
			}
		})
	}
}

func TestCheckRefusesWhatIsNoXML(t *testing.T) {
	for name, envelope := range map[string]string{
		"nothing": "", "text": "text", "cut off": answer[:len(answer)/2], "deep": strings.Repeat("<a>", 100),
	} {
		t.Run(name, func(t *testing.T) {
			if breaches, err := contract.Check([]byte(envelope)); err == nil {
				t.Errorf("there is no error but %d breaches", len(breaches))
			}
		})
	}
}
