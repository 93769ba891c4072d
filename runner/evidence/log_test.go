package evidence_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
)

func sample() evidence.Outcome {
	at := time.Date(2030, 1, 2, 3, 4, 5, 0, time.UTC)
	return evidence.Outcome{
		Scenario: "a/b", Case: "c", Site: "main", Keys: map[string]string{"Child1": "ec01-Child1"}, StartedAt: at, Duration: time.Second,
		Exchanges: []evidence.Exchange{
			{Operation: "readPerson", Site: "main", Method: "POST", RequestHeader: http.Header{"Soapaction": {`"x"`}}, StartedAt: at,
				Request: []byte("<a>&lt;å\u2028</a>\r\n"), Response: []byte{0xff, 0xfe, 'x', 0}, Status: 200,
				RequestFile: "a/b/c/01-readPerson.request.xml", ResponseFile: "a/b/c/01-readPerson.response.xml"},
			{Operation: "readPerson", Step: 1, Site: "main", Method: "POST", StartedAt: at, Request: []byte{},
				Transport: &evidence.TransportFault{Kind: evidence.FaultReset, Message: "broken", Probed: true}},
		},
	}
}

func write(t *testing.T, o evidence.Outcome) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "evidence")
	log, err := evidence.CreateLog(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range o.Exchanges {
		if err := log.Exchange("a/b/c", x); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Outcome("a/b/c", o); err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestTheLogGivesBackEveryByte(t *testing.T) {
	want := sample()
	got, err := evidence.ReadLog(write(t, want))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]evidence.Outcome{"a/b/c": want}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestALineThatWasCutOffIsLeftOut(t *testing.T) {
	dir := write(t, sample())
	path := filepath.Join(dir, evidence.LogFile)
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, cut := range []int{1, 30, len(data) / 2} {
		if err := os.WriteFile(path, data[:len(data)-cut], 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := evidence.ReadLog(dir); err != nil || len(got) != 0 {
			t.Errorf("without the last %d bytes: %d outcomes, %v", cut, len(got), err)
		}
	}
}

func TestALineThatCannotBeReadIsNamed(t *testing.T) {
	dir := write(t, sample())
	f, err := os.OpenFile(filepath.Join(dir, evidence.LogFile), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("nonsense\n"); err != nil {
		t.Fatal(err)
	}
	_ = f.Close()
	if _, err := evidence.ReadLog(dir); err == nil || !strings.Contains(err.Error(), "exchanges.jsonl:4") {
		t.Errorf("%v", err)
	}
}

func TestFilesStayInsideTheFolder(t *testing.T) {
	dir := t.TempDir()
	if err := evidence.WriteFiles(dir, sample().Exchanges); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(filepath.Join(dir, "a/b/c/01-readPerson.request.xml"))
	if err != nil || string(got) != string(sample().Exchanges[0].Request) {
		t.Errorf("%v: %q", err, got)
	}
	for _, name := range []string{"../outside.xml", "/outside.xml"} {
		if err := evidence.WriteFiles(dir, []evidence.Exchange{{RequestFile: name, Request: []byte("x")}}); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}

// What an endpoint says is for the user alone.
func TestEvidenceIsForTheUserAlone(t *testing.T) {
	dir := write(t, sample())
	if err := evidence.WriteFiles(dir, sample().Exchanges); err != nil {
		t.Fatal(err)
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has the mode %v", path, info.Mode())
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
