package exchange

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/runner/xmltree"
)

const toSpoil = `<?xml version="1.0"?>
<s:Envelope xmlns:s="` + wire.NSSOAP + `"><s:Body><m:readPersonRequest xmlns:m="urn:m"><m:sourcedId><identifier xmlns="urn:c" m:a='1'>k</identifier></m:sourcedId><m:empty/></m:readPersonRequest></s:Body></s:Envelope>`

func TestMutations(t *testing.T) {
	tests := []struct {
		name string
		want string // what the Body and what follows become; empty when not compared
		kind xmltree.Kind
	}{
		{"truncated", "", xmltree.WellFormed},
		{"unbalanced", `<s:Body><m:readPersonRequest xmlns:m="urn:m"><m:sourcedId><identifier xmlns="urn:c" m:a='1'>k</identifier></m:sourcedId><m:empty/></s:Body></s:Envelope>`, xmltree.WellFormed},
		{"undeclared-prefix", `<s:Body><undeclared:readPersonRequest xmlns:m="urn:m"><m:sourcedId><identifier xmlns="urn:c" m:a='1'>k</identifier></m:sourcedId><m:empty/></undeclared:readPersonRequest></s:Body></s:Envelope>`, xmltree.Namespace},
		{"unknown-operation", `<s:Body><m:noSuchOperationRequest xmlns:m="urn:m"><m:sourcedId><identifier xmlns="urn:c" m:a='1'>k</identifier></m:sourcedId><m:empty/></m:noSuchOperationRequest></s:Body></s:Envelope>`, ""},
		{"illegal-character", "", xmltree.WellFormed},
		{"doctype", "", xmltree.Doctype},
		{"unqualified-children", `<s:Body><m:readPersonRequest xmlns:m="urn:m"><sourcedId xmlns=""><identifier  m:a='1'>k</identifier></sourcedId><empty xmlns=""/></m:readPersonRequest></s:Body></s:Envelope>`, ""},
		{"other-prefixes", `<other-s:Body><other-m:readPersonRequest xmlns:other-m="urn:m"><other-m:sourcedId><identifier xmlns="urn:c" other-m:a='1'>k</identifier></other-m:sourcedId><other-m:empty/></other-m:readPersonRequest></other-s:Body></other-s:Envelope>`, ""},
		{"second-body-child", strings.Replace(toSpoil[strings.Index(toSpoil, "<s:Body>"):], "</s:Body>", toSpoil[strings.Index(toSpoil, "<m:read"):strings.Index(toSpoil, "</s:Body>")]+"</s:Body>", 1), ""},
		{"soap12-envelope", toSpoil[strings.Index(toSpoil, "<s:Body>"):], ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			spoilt, err := mutate(test.name, []byte(toSpoil))
			if err != nil {
				t.Fatal(err)
			}
			if at := strings.Index(string(spoilt), "Body>"); test.want != "" {
				got := string(spoilt)[strings.LastIndex(string(spoilt)[:at], "<"):]
				if diff := cmp.Diff(test.want, got); diff != "" {
					t.Errorf("(-want +got)\n%s", diff)
				}
			}
			_, err = xmltree.Parse(spoilt, "", xmltree.Limits{})
			var syntax *xmltree.SyntaxError
			switch {
			case test.kind == "" && err != nil:
				t.Errorf("it is no longer well-formed: %v\n%s", err, spoilt)
			case test.kind != "" && (!errors.As(err, &syntax) || syntax.Kind != test.kind):
				t.Errorf("got %v, want a fault of kind %s\n%s", err, test.kind, spoilt)
			}
		})
	}
	covered := map[string]bool{}
	for _, test := range tests {
		covered[test.name] = true
	}
	for _, name := range scenario.Mutations() {
		if !covered[name] {
			t.Errorf("the mutation %s of the format is not tested", name)
		}
	}
}

func TestOtherPrefixesMeanTheSame(t *testing.T) {
	spoilt, err := mutate("other-prefixes", []byte(toSpoil))
	if err != nil {
		t.Fatal(err)
	}
	want, err := xmltree.Parse([]byte(toSpoil), "", xmltree.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := xmltree.Parse(spoilt, "", xmltree.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if differences := xmltree.Diff(want.Root, got.Root, xmltree.Compare{Exact: true}); len(differences) > 0 {
		t.Errorf("%+v", differences)
	}
}

func TestAnEnvelopeOfSOAP12HasItsNamespace(t *testing.T) {
	spoilt, err := mutate("soap12-envelope", []byte(toSpoil))
	if err != nil {
		t.Fatal(err)
	}
	doc, err := xmltree.Parse(spoilt, "", xmltree.Limits{})
	if err != nil || doc.Root.Name.Space != wire.NSSOAP12 {
		t.Errorf("%v, %v", doc.Root.Name, err)
	}
}

func TestAnUnknownMutationIsAnErrorOfOurs(t *testing.T) {
	if _, err := mutate("upside-down", []byte(toSpoil)); err == nil {
		t.Error("no error")
	}
}

func TestTheRecordedRequestIsSpoiltInTheSameWay(t *testing.T) {
	for _, name := range scenario.Mutations() {
		p := newPeer(t)
		s := step("readPerson", "read.xml")
		s.Mutate = name
		o := newRig(t, p, nil, story("s/one", s)).only(t)
		if o.Error != "" {
			t.Errorf("%s: %s", name, o.Error)
			continue
		}
		wire, recorded := p.requests("")[0].Body, string(o.Exchanges[0].Request)
		if got := strings.Replace(wire, xmltree.EscapeText(password), redacted, 1); got != recorded {
			t.Errorf("%s: sent and redacted\n%s\nrecorded\n%s", name, got, recorded)
		}
	}
}
