package exchange

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"esconform/runner/evidence"
	"esconform/runner/scenario"
)

func TestEvidenceIsReadBackAsItWasRecorded(t *testing.T) {
	p := newPeer(t)
	folder := t.TempDir()
	s := withGiven(story("imses/person/one", step("readPerson", "read.xml"), scenario.Step{HTTP: scenario.HTTP{Query: "wsdl"}}), person("Anna"))
	s.Cases[0].Name = "odd ../name"
	r := newRig(t, p, func(s *setting) { s.options.EvidenceDir = folder }, s)
	o := r.only(t)
	read, err := evidence.ReadLog(folder)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]evidence.Outcome{"imses/person/one/odd ../name": o}, read, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-recorded +read)\n%s", diff)
	}
	var names []string
	for _, x := range o.Exchanges {
		names = append(names, x.RequestFile, x.ResponseFile)
	}
	const at = "imses/person/one/odd_../name/" // a name that ends in dots is no way out
	want := []string{at + "01-createPerson.request.xml", at + "01-createPerson.response.xml", at + "02-readPerson.request.xml", at + "02-readPerson.response.xml", "", at + "03-get.response.xml"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestEvidenceStaysInsideItsFolder(t *testing.T) {
	for id, want := range map[string]string{
		"a/b-1_x.y": "a/b-1_x.y", "../../etc": "_../_../etc", "a//b": "a/_/b", `a\..\b`: "a_.._b", "": "_", ".": "_.", "å": "_",
	} {
		if got := folderOf(id, 1); got != want {
			t.Errorf("%q: got %q, want %q", id, got, want)
		}
	}
}

func TestEvidenceThatCannotBeWrittenIsAnErrorOfOurs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, newPeer(t), nil, story("s/one", step("readPerson", "read.xml")))
	o := r.Executor.options
	o.EvidenceDir = file
	if _, err := New(o); err == nil || !strings.Contains(err.Error(), "evidence") {
		t.Errorf("error %v", err)
	}
}
