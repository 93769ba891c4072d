package exchange

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
	"esconform/runner/scenario"
)

func TestEvidenceIsWrittenBesideItsIndex(t *testing.T) {
	p := newPeer(t)
	folder := t.TempDir()
	s := withGiven(story("imses/person/one", step("readPerson", "read.xml"), scenario.Step{HTTP: scenario.HTTP{Query: "wsdl"}}), person("Anna"))
	s.Cases[0].Name = "odd ../name"
	r := newRig(t, p, func(s *setting) { s.options.EvidenceDir = folder }, s)
	o := r.only(t)
	var files []string
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			name, _ := filepath.Rel(folder, path)
			files = append(files, filepath.ToSlash(name))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	const at = "imses/person/one/odd_../name/" // a name that ends in dots is no way out
	want := []string{at + "01-createPerson.request.xml", at + "01-createPerson.response.xml", at + "02-readPerson.request.xml", at + "02-readPerson.response.xml", at + "03-get.response.xml", at + "exchange.json"}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(at), "exchange.json"))
	if err != nil {
		t.Fatal(err)
	}
	var index evidence.Outcome
	if err := json.Unmarshal(data, &index); err != nil {
		t.Fatal(err)
	}
	if len(index.Exchanges) != 3 || index.Exchanges[1].ResponseFile != at+"02-readPerson.response.xml" || index.Exchanges[1].MessageID != o.Exchanges[1].MessageID {
		t.Errorf("%+v", index.Exchanges)
	}
	for _, x := range o.Exchanges {
		if x.RequestFile == "" {
			continue
		}
		if data, err := os.ReadFile(filepath.Join(folder, filepath.FromSlash(x.RequestFile))); err != nil || string(data) != string(x.Request) {
			t.Errorf("%s differs from what was recorded: %v", x.RequestFile, err)
		}
	}
}

func TestEvidenceStaysInsideItsFolder(t *testing.T) {
	for id, want := range map[string]string{
		"a/b-1_x.y": "a/b-1_x.y", "../../etc": "_../_../etc", "a//b": "a/_/b", `a\..\b`: "a_.._b", "": "_", ".": "_.", "å": "_",
	} {
		if got := folderOf(id); got != want {
			t.Errorf("%q: got %q, want %q", id, got, want)
		}
	}
}

func TestEvidenceThatCannotBeWrittenIsAnErrorOfOurs(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	r := newRig(t, newPeer(t), func(s *setting) { s.options.EvidenceDir = file }, story("s/one", step("readPerson", "read.xml")))
	if o := r.only(t); !strings.Contains(o.Error, "evidence") {
		t.Errorf("error %q", o.Error)
	}
}

func TestNoEvidenceIsWrittenWithoutAFolder(t *testing.T) {
	r := newRig(t, newPeer(t), nil, story("s/one", step("readPerson", "read.xml")))
	if o := r.only(t); o.Error != "" || o.Exchanges[0].RequestFile != "" || len(o.Exchanges[0].Request) == 0 {
		t.Errorf("%q, %+v", o.Error, o.Exchanges[0])
	}
}
