package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
	"esconform/runner/scenario"
	"esconform/runner/wire"
	"esconform/xsd/validate"
)

func pair(key, first, last string) string {
	return `<personIdPair><sourcedId><identifier xmlns="` + wire.NSCommon + `">` + key + `</identifier></sourcedId><person><name xmlns="` + wire.NSPdata + `"><partName><namePartType>First</namePartType><namePartValue>` + first +
		`</namePartValue></partName><partName><namePartType>Last</namePartType><namePartValue>` + last + `</namePartValue></partName></name></person></personIdPair>`
}

func pairsAnswer(items ...string) string {
	return soapAnswer("readAllPersons", status(true), "<personIdPairSet>"+strings.Join(items, "")+"</personIdPairSet><virtualCount>9</virtualCount>")
}

func TestStrangersAreNeverRecorded(t *testing.T) {
	own, anchor := pair(annaKey, "Anna", "Own"), pair("anchor-1", "A", "Group")
	manual := pair("", "Kim", testToken)
	generated := pair("itsla-1", "Kim", testToken)
	strangers := []string{pair("4711", "Stella", "Stranger"), pair("", "Kai", "Keyless"), pair(annaKey+"x", "Nina", "Near")}
	all := append([]string{strangers[0], own, strangers[1], anchor, manual, generated}, strangers[2])
	keyless := scenario.Given{Kind: scenario.GivenPerson, Name: "Berta", Control: map[string]string{"keyless": "true", "first": "Kim"}}
	tests := []struct {
		name      string
		operation string
		file      string
		answer    string
		want      string
		strangers int
		raw       []evidence.Violation
	}{
		{"in a list of all persons", "readAllPersons", "read-all.xml", pairsAnswer(all...), pairsAnswer(own, anchor, manual, generated), 3, []evidence.Violation{{Node: 7, Line: 1, Code: "value", Element: "Body"}}},
		{"in a list of a group", "readPersonsForGroup", "read-group.xml", pairsAnswer(all...), pairsAnswer(own, anchor, manual, generated), 3, []evidence.Violation{{Node: 7, Line: 1, Code: "value", Element: "Body"}}},
		{"nobody is cut out where there is nobody", "readAllPersons", "read-all.xml", pairsAnswer(own), pairsAnswer(own), 0, nil},
		{"an answer that cannot be read", "readAllPersons", "read-all.xml", pairsAnswer(all...) + "<", "", 0, []evidence.Violation{{Node: 7, Line: 1, Code: "value"}}},
		{"a fault", "readAllPersons", "read-all.xml", soapFault("x", "y"), soapFault("x", "y"), 0, nil},
		{"other operations list nobody", "readPerson", "read.xml", pairsAnswer(all...), pairsAnswer(all...), 0, nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, d := newPeer(t), newDesk(t)
			p.odd = once(plain("text/xml", test.answer))
			folder := t.TempDir()
			r := newRig(t, p, func(s *setting) {
				d.attach(s)
				s.options.EvidenceDir = folder
				s.options.Validator = lenient{find: func(root wire.Name, _ []byte) []validate.Violation {
					if !strings.HasSuffix(root.Local, "Response") {
						return nil
					}
					return []validate.Violation{{Node: 7, Line: 1, Code: "value", Message: "the value 'Stella Stranger' is odd"}}
				}}
			}, withGiven(story("s/one", step(test.operation, test.file)), keyless))
			o := r.only(t)
			x := o.Exchanges[0]
			if o.Error != "" || string(x.Response) != test.want || x.Strangers != test.strangers {
				t.Errorf("error %q, %d strangers (-want +got)\n%s", o.Error, x.Strangers, cmp.Diff(test.want, string(x.Response)))
			}
			if diff := cmp.Diff(test.raw, x.RawViolations); diff != "" {
				t.Errorf("raw violations (-want +got)\n%s", diff)
			}
			if test.operation != "readPerson" {
				notInFiles(t, folder, "Stranger", "Keyless", "Near")
			}
		})
	}
}

func notInFiles(t *testing.T, folder string, words ...string) {
	t.Helper()
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for _, word := range words {
			if bytes.Contains(data, []byte(word)) {
				t.Errorf("%s tells of %s", path, word)
			}
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// A list that is not SOAP is not kept, but probed for like any other answer: an
// outage is not the endpoint's fault.
func TestAListThatIsNotSOAPIsProbed(t *testing.T) {
	for _, ok := range []bool{true, false} {
		t.Run(fmt.Sprint("the probe is answered: ", ok), func(t *testing.T) {
			p := newPeer(t)
			p.odd = always(plain("text/html", "<html>"))
			if ok {
				p.odd = once(plain("text/html", "<html>"))
			}
			r := newRig(t, p, brokenLists, story("s/one", step("readAllPersons", "read-all.xml")))
			outcomes, err := r.execute(t, t.Context())
			var stop *StopError
			o := outcomes["s/one"]
			if errors.As(err, &stop) == ok || (o.Error == "") != ok || len(o.Exchanges) != 2 {
				t.Fatalf("error %v, outcome %q, %d exchanges", err, o.Error, len(o.Exchanges))
			}
			x := o.Exchanges[0]
			if x.Response != nil || len(x.RawViolations) != 1 || !x.Probed || x.ProbeOK != ok || o.Exchanges[1].Step != stepProbe {
				t.Errorf("%+v", o.Exchanges)
			}
		})
	}
}

// A list that began as SOAP came from the endpoint: nothing is probed.
func TestAListThatIsNotKeptIsNotTakenForSilence(t *testing.T) {
	p := newPeer(t)
	p.odd = once(plain("text/xml", pairsAnswer(pair("4711", "Stella", "Stranger"))+"<"))
	r := newRig(t, p, brokenLists, story("s/one", step("readAllPersons", "read-all.xml")))
	o := r.only(t)
	if len(o.Exchanges) != 1 || o.Exchanges[0].Response != nil || len(o.Exchanges[0].RawViolations) != 1 {
		t.Errorf("%+v", o.Exchanges)
	}
}

// brokenLists makes every answer break the schema.
func brokenLists(s *setting) {
	s.options.Validator = lenient{find: func(root wire.Name, _ []byte) []validate.Violation {
		if !strings.HasSuffix(root.Local, "Response") {
			return nil
		}
		return []validate.Violation{{Node: -1, Code: validate.CodeNotWellFormed}}
	}}
}

// A list whose answer is not shaped as a list is not kept: nobody knows whom it tells
// of.
func TestAListWithObjectsElsewhereIsNotKept(t *testing.T) {
	own, stranger := pair(annaKey, "Anna", "Own"), pair("4711", "Stella", "Stranger")
	tests := map[string]struct {
		answer string
		kept   bool
	}{
		"another wrapper":                {soapAnswer("readAllPersons", status(true), "<personSet>"+stranger+"</personSet>"), false},
		"another namespace":              {strings.ReplaceAll(pairsAnswer(own, stranger), wire.NSPmess, wire.NSGmess), false},
		"a person without an identifier": {soapAnswer("readAllPersons", status(true), "<Person><name>Stella Stranger</name></Person>"), false},
		"a key that is not the case's":   {soapAnswer("readAllPersons", status(true), "<sourcedId><identifier>4711-Stranger</identifier></sourcedId>"), false},
		"a second child of the Body":     {strings.Replace(pairsAnswer(own), "</s:Body>", "<personIdPairSet>"+stranger+"</personIdPairSet></s:Body>", 1), false},
		"a second set":                   {soapAnswer("readAllPersons", status(true), "<personIdPairSet>"+own+"</personIdPairSet><more>"+stranger+"</more>"), false},
		"the case's own key":             {soapAnswer("readAllPersons", status(true), "<sourcedId><identifier>"+annaKey+"</identifier></sourcedId>"), true},
		"an empty element":               {soapAnswer("readAllPersons", status(true), "<person/>"), true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = once(plain("text/xml", test.answer))
			folder := t.TempDir()
			r := newRig(t, p, func(s *setting) { s.options.EvidenceDir = folder }, story("s/one", step("readAllPersons", "read-all.xml")))
			x := r.only(t).Exchanges[0]
			if kept := x.Response != nil; kept != test.kept || !kept && (len(x.RawViolations) != 1 || x.RawViolations[0].Code != evidence.CodeElsewhere) {
				t.Errorf("%+v", x)
			}
			notInFiles(t, folder, "Stranger")
		})
	}
}
