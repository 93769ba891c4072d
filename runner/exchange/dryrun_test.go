package exchange

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
)

func TestADryRunShowsEveryRequestAndSendsNothing(t *testing.T) {
	p := newPeer(t)
	capturing := step("readPerson", "read.xml")
	capturing.Expect = []scenario.Expectation{{At: "pmess:person", Capture: "found"}}
	s := withGiven(story("s/one", step("createPerson", "create-parent.xml"), capturing, step("readPerson", "read-capture.xml")), person("Berta"))
	s.Residue = []string{"a course"}
	r := newRig(t, p, func(s *setting) { s.selection.AllowResidue = true }, s)
	folder := t.TempDir()
	requests, err := DryRun(Options{Plan: r.plan, Files: files(), RunToken: "test", EvidenceDir: folder})
	if err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(folder); err != nil || len(left) != 0 {
		t.Errorf("files were written: %v, %v", left, err)
	}
	if n := len(p.requests("")); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
	type view struct {
		Step      int
		Given     string
		Operation string
		Objects   []string
		Residue   []string
	}
	var got []view
	for _, q := range requests {
		got = append(got, view{q.Step, q.Given, q.Operation, q.Objects, q.Residue})
		if strings.Contains(string(q.Body), password) || !strings.Contains(string(q.Body), redacted) {
			t.Errorf("the password is not redacted\n%s", q.Body)
		}
	}
	want := []view{
		{0, "the person Berta", "createPerson", []string{bertaKey}, []string{"a course"}},
		{1, "", "createPerson", []string{annaKey, bertaKey}, nil},
		{2, "", "readPerson", nil, nil},
		{3, "", "readPerson", nil, nil},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if !strings.Contains(string(requests[3].Body), "{capture:found}") {
		t.Errorf("a value that only an answer gives is not shown as such\n%s", requests[3].Body)
	}
}

func TestADryRunReportsAllThatIsWrong(t *testing.T) {
	p := newPeer(t)
	r := newRig(t, p, nil, story("s/one", step("createPerson", "create-literal.xml")), story("s/two", step("readPerson", "read.xml")), story("s/zero", step("readPerson", "none.xml")))
	requests, err := DryRun(Options{Plan: r.plan, Files: files()})
	if err == nil || !strings.Contains(err.Error(), "s/one: step 1: refused") || !strings.Contains(err.Error(), "s/zero: step 1: read request") {
		t.Errorf("got %v", err)
	}
	if len(requests) != 1 || requests[0].Case != "s/two" {
		t.Errorf("%+v", requests)
	}
}

func TestADryRunTellsWhatControlMakes(t *testing.T) {
	p, d := newPeer(t), newDesk(t)
	s := withGiven(story("s/one", step("readPersonsForGroup", "read-group.xml")), scenario.Given{Kind: scenario.GivenGroup, Name: "Class", Control: map[string]string{}})
	r := newRig(t, p, d.attach, s)
	requests, err := DryRun(Options{Plan: r.plan, Files: files()})
	if err != nil || len(requests) != 2 || requests[0].Given != "the group Class" || requests[0].Note != "made through the control interface" || len(d.calls) != 0 {
		t.Errorf("%v, %+v, %v", err, requests, d.calls)
	}
}
