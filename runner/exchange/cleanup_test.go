package exchange

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/scenario"
)

func TestTheLedgerIsOnDiskBeforeAWriteIsSent(t *testing.T) {
	p := newPeer(t)
	var r *rig
	checked := 0
	p.odd = func(_ http.ResponseWriter, _ *http.Request, in received) bool {
		if in.Operation != "createPerson" {
			return false
		}
		data, err := os.ReadFile(r.ledger.Path())
		for _, key := range in.Keys {
			if err != nil || !strings.Contains(string(data), `"key":"`+key+`"`) {
				t.Errorf("%s was sent before it stood in the ledger: %v\n%s", key, err, data)
			}
			checked++
		}
		return false
	}
	r = newRig(t, p, nil, withGiven(story("s/one", step("createPerson", "create-parent.xml")), scenario.Given{Kind: scenario.GivenPerson, Name: "Berta"}))
	if o := r.only(t); o.Error != "" || checked != 3 {
		t.Errorf("error %q, %d keys were looked up", o.Error, checked)
	}
}

func TestNothingIsSentWhenTheLedgerCannotBeWritten(t *testing.T) {
	p := newPeer(t)
	r := newRig(t, p, nil, story("s/one", step("createPerson", "create.xml")))
	if err := r.ledger.Close(); err != nil {
		t.Fatal(err)
	}
	if o := r.only(t); !strings.Contains(o.Error, "ledger") || len(p.requests("createPerson")) != 0 {
		t.Errorf("error %q, %d requests", o.Error, len(p.requests("createPerson")))
	}
}

func TestACaseLeavesNothing(t *testing.T) {
	tests := map[string]scenario.Scenario{
		"after a success":          story("s/one", step("createPerson", "create-parent.xml")),
		"after an error of ours":   story("s/one", step("createPerson", "create.xml"), step("createPerson", "create-literal.xml")),
		"after a missing file":     story("s/one", step("createPerson", "create.xml"), step("createPerson", "none.xml")),
		"with what was given":      withGiven(story("s/one", step("readPerson", "read.xml")), scenario.Given{Kind: scenario.GivenPerson, Name: "Anna"}),
		"after a changed key":      story("s/one", step("createPerson", "create.xml"), step("changePersonIdentifier", "change.xml")),
		"on the site that it used": story("s/one", scenario.Step{Operation: "createPerson", Request: "create.xml", Site: "other"}),
		"with other credentials":   story("s/one", scenario.Step{Operation: "createPerson", Request: "create.xml", As: scenario.As{Credentials: "other-site"}}),
	}
	for name, s := range tests {
		t.Run(name, func(t *testing.T) {
			p := newPeer(t)
			r := newRig(t, p, nil, s)
			r.only(t)
			if len(p.requests("deletePersons")) != 1 {
				t.Errorf("%d deletions were sent", len(p.requests("deletePersons")))
			}
			if left := append(p.left("user-main"), p.left("user-other")...); len(left) != 0 || len(r.ledger.Open()) != 0 {
				t.Errorf("left at the endpoint %v, in the ledger %v", left, r.ledger.Open())
			}
		})
	}
}

func TestAReadLeavesNothingToCleanUp(t *testing.T) {
	p := newPeer(t)
	newRig(t, p, nil, story("s/one", step("readPerson", "read.xml"))).only(t)
	if n := len(p.requests("")); n != 1 {
		t.Errorf("%d requests", n)
	}
}

func TestWhatStaysReadableIsResidue(t *testing.T) {
	p := newPeer(t)
	p.immortal = true
	r := newRig(t, p, nil, story("s/one", step("createPerson", "create.xml")))
	r.only(t)
	residue, err := ledger.Cleanup(context.Background(), r.ledger, r.Executor)
	want := []string{fmt.Sprintf("the person %s on site main could not be removed (s/one)", annaKey)}
	if diff := cmp.Diff(want, residue); diff != "" || err != nil {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	p.immortal = false
	if residue, err = ledger.Cleanup(context.Background(), r.ledger, r.Executor); err != nil || len(residue) != 0 || len(p.left("user-main")) != 0 {
		t.Errorf("later: residue %v, %v", residue, err)
	}
}

// An endpoint whose plural operations are broken is cleaned up one by one.
func TestPersonsAreRemovedOneByOneWhereThePluralOperationsFail(t *testing.T) {
	p := newPeer(t)
	p.odd = func(w http.ResponseWriter, _ *http.Request, in received) bool {
		if in.Operation != "deletePersons" && in.Operation != "readPersons" {
			return false
		}
		w.WriteHeader(500)
		w.Write([]byte(soapFault("InternalServiceFault", "not today")))
		return true
	}
	r := newRig(t, p, nil, story("s/one", step("createPerson", "create-parent.xml")))
	r.only(t)
	if left := p.left("user-main"); len(left) != 0 || len(r.ledger.Open()) != 0 {
		t.Errorf("left at the endpoint %v, in the ledger %v", left, r.ledger.Open())
	}
	// Of both keys, and of one that never was: Berta was referred to only.
	if n := len(p.requests("deletePerson")); n != 3 {
		t.Errorf("%d single deletions", n)
	}
}

func TestKeysThatCannotBeLookedAtCountAsLeft(t *testing.T) {
	p := newPeer(t)
	p.odd = always(answerWith(500, "text/xml", soapFault("InternalServiceFault", "not today")))
	r := newRig(t, p, nil, story("s/one", step("readPerson", "read.xml")))
	left, err := r.RemoveObjects(t.Context(), "main", ledger.Person, []string{"k1", "k2"})
	if diff := cmp.Diff([]string{"k1", "k2"}, left); diff != "" || err == nil {
		t.Errorf("%v (-want +got)\n%s", err, diff)
	}
	if left, err = r.RemoveObjects(t.Context(), "nowhere", ledger.Person, []string{"k1"}); len(left) != 1 || err == nil {
		t.Errorf("an unknown site: %v, %v", left, err)
	}
}

func TestManyPersonsAreRemovedInBatches(t *testing.T) {
	p := newPeer(t)
	r := newRig(t, p, nil, story("s/one", step("readPerson", "read.xml")))
	var keys []string
	for i := range 2*removeBatch + 1 {
		keys = append(keys, fmt.Sprint("k", i))
	}
	if left, err := r.RemoveObjects(t.Context(), "main", ledger.Person, keys); len(left) != 0 || err != nil {
		t.Errorf("%v, %v", left, err)
	}
	var sizes []int
	for _, in := range p.requests("deletePersons") {
		sizes = append(sizes, len(in.Keys))
	}
	if diff := cmp.Diff([]int{removeBatch + 1, removeBatch + 1, 2}, sizes); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAKilledRunIsCleanedUpFromItsLedger(t *testing.T) {
	p := newPeer(t)
	r := newRig(t, p, nil, story("s/one", step("createPerson", "create-parent.xml")))
	// The run dies between the write and the cleanup.
	c, err := r.newCase(r.plan.Items[0], 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.story(t.Context()); err != nil {
		t.Fatal(err)
	}
	r.ledger.Close()
	if len(p.left("user-main")) == 0 {
		t.Fatal("nothing was made")
	}
	l, err := ledger.Open(r.ledger.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if residue, err := ledger.Cleanup(t.Context(), l, r.Executor); len(residue) != 0 || err != nil || len(p.left("user-main")) != 0 {
		t.Errorf("residue %v, %v; left %v", residue, err, p.left("user-main"))
	}
}

func TestAnInterruptedPlanLeavesNothing(t *testing.T) {
	p := newPeer(t)
	ctx, cancel := context.WithCancelCause(t.Context())
	interrupt := errors.New("interrupt")
	p.odd = func(_ http.ResponseWriter, _ *http.Request, in received) bool {
		if len(p.requests("readPerson")) > 10 {
			cancel(interrupt)
		}
		return false
	}
	var scenarios []scenario.Scenario
	for i := range 40 {
		scenarios = append(scenarios, story(fmt.Sprintf("s/%02d", i), step("createPerson", "create-parent.xml"), step("readPerson", "read.xml")))
	}
	r := newRig(t, p, func(s *setting) { s.target.Limits.Concurrency = 4 }, scenarios...)
	ended := 0
	err := r.Execute(ctx, func(plan.Item, evidence.Outcome) { ended++ })
	if !errors.Is(err, interrupt) || ended == 40 {
		t.Errorf("%v, %d cases ended", err, ended)
	}
	// A write that was cut off is left for the end of the run.
	if residue, err := ledger.Cleanup(t.Context(), r.ledger, r.Executor); len(residue) != 0 || err != nil {
		t.Errorf("residue %v, %v", residue, err)
	}
	if left := p.left("user-main"); len(left) != 0 || len(r.ledger.Open()) != 0 {
		t.Errorf("left at the endpoint %v, in the ledger %v", left, r.ledger.Open())
	}
}

// An endpoint whose answer to a write did not come may store it later.
func TestWhatMayStillBeMadeIsLeftForTheEndOfTheRun(t *testing.T) {
	p := newPeer(t)
	p.odd = once(raw(""))
	r := newRig(t, p, nil, story("s/one", step("createPerson", "create.xml"), step("createPerson", "create-parent.xml")))
	if o := r.only(t); o.Error != "" {
		t.Fatal(o.Error)
	}
	if open := r.ledger.Open(); len(open) != 1 || open[0].Key != annaKey {
		t.Errorf("the ledger has %+v", open)
	}
	for _, in := range p.requests("deletePersons") {
		if slices.Contains(in.Keys, annaKey) {
			t.Error("it was removed while it could still be made")
		}
	}
	if residue, err := ledger.Cleanup(t.Context(), r.ledger, r.Executor); err != nil || len(residue) != 0 || len(p.left("user-main")) != 0 {
		t.Errorf("residue %v, %v; left %v", residue, err, p.left("user-main"))
	}
}

func TestACreationWithoutAKeyIsResidueWhenItIsReportedAsMade(t *testing.T) {
	for _, test := range []struct {
		name   string
		answer string
		want   []string
	}{
		{"made", soapAnswer("createPerson", status(true), ""), []string{"a person without syncID on site main, made by s/one"}},
		{"not made", soapAnswer("createPerson", status(false), ""), nil},
		{"a fault", soapFault("Client", "no"), nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPeer(t)
			p.odd = once(plain("text/xml", test.answer))
			creating := step("createPerson", "create.xml")
			creating.Set = []scenario.Assignment{{Path: "pmess:sourcedId/common:identifier", Value: ""}}
			r := newRig(t, p, nil, story("s/one", creating))
			if o := r.only(t); o.Error != "" {
				t.Fatal(o.Error)
			}
			residue, err := ledger.Cleanup(t.Context(), r.ledger, r.Executor)
			if diff := cmp.Diff(test.want, residue); diff != "" || err != nil {
				t.Errorf("%v (-want +got)\n%s", err, diff)
			}
		})
	}
}
