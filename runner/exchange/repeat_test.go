package exchange

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"esconform/runner/evidence"
	"esconform/runner/ledger"
	"esconform/runner/plan"
)

func times(n int) func(*setting) {
	return func(s *setting) { s.selection.Repeat = n }
}

// emitted runs the plan and returns all outcomes of a case, in the order in which they
// were emitted.
func (r *rig) emitted(ctx context.Context, id string) ([]evidence.Outcome, error) {
	var all []evidence.Outcome
	err := r.Execute(ctx, func(item plan.Item, o evidence.Outcome) {
		if item.Case.ID() == id {
			all = append(all, o)
		}
	})
	return all, err
}

func TestEachRepetitionHasItsOwnKeysAndEvidence(t *testing.T) {
	p, folder := newPeer(t), t.TempDir()
	r := newRig(t, p, func(s *setting) { s.selection.Repeat, s.options.EvidenceDir = 3, folder },
		story("s/one", step("createPerson", "create.xml"), step("readPerson", "read.xml")), story("s/two", step("readPerson", "read.xml")))
	all, err := r.emitted(t.Context(), "s/one")
	if err != nil || len(all) != 3 {
		t.Fatalf("%d outcomes, %v", len(all), err)
	}
	recorded, err := evidence.ReadLog(folder)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(all, evidence.Repetitions(recorded, "s/one"), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("(-seen +recorded)\n%s", diff)
	}
	if len(recorded) != 6 {
		t.Errorf("%d repetitions are recorded", len(recorded))
	}
	var keys, files []string
	for i, o := range all {
		if o.Repetition != i+1 {
			t.Errorf("repetition %d is number %d", i+1, o.Repetition)
		}
		keys, files = append(keys, o.Keys["Anna"]), append(files, o.Exchanges[0].RequestFile)
	}
	if slices.Sort(keys); len(slices.Compact(keys)) != 3 {
		t.Errorf("the keys are %v", keys)
	}
	if diff := cmp.Diff([]string{"s/one/01-createPerson.request.xml", "s/one~2/01-createPerson.request.xml", "s/one~3/01-createPerson.request.xml"}, files); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if left := p.left("user-main"); len(left) != 0 || len(r.ledger.Open()) != 0 {
		t.Errorf("left at the endpoint %v, in the ledger %v", left, r.ledger.Open())
	}
}

func TestARunWithoutRepetitionsNumbersNothing(t *testing.T) {
	for _, n := range []int{0, 1} {
		all, err := newRig(t, newPeer(t), times(n), story("s/one", step("readPerson", "read.xml"))).emitted(t.Context(), "s/one")
		if err != nil || len(all) != 1 || all[0].Repetition != 0 {
			t.Errorf("--repeat %d: %+v, %v", n, all, err)
		}
	}
}

func TestNoRepetitionBeginsAfterAnInterrupt(t *testing.T) {
	p := newPeer(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	var creations atomic.Int32
	p.odd = func(_ http.ResponseWriter, _ *http.Request, in received) bool {
		if in.Operation == "createPerson" {
			if creations.Add(1) == 2 {
				cancel()
			}
		}
		return false
	}
	r := newRig(t, p, times(3), story("s/one", step("createPerson", "create.xml"), step("readPerson", "read.xml")))
	all, err := r.emitted(ctx, "s/one")
	if !errors.Is(err, context.Canceled) {
		t.Errorf("the error is %v", err)
	}
	var ends []bool
	for _, o := range all {
		ends = append(ends, o.Interrupted)
	}
	if diff := cmp.Diff([]bool{false, true}, ends); diff != "" || creations.Load() != 2 {
		t.Errorf("%d creations; interrupted (-want +got)\n%s", creations.Load(), diff)
	}
	residue, err := ledger.Cleanup(t.Context(), r.ledger, r.Executor)
	if left := p.left("user-main"); err != nil || len(residue)+len(left) != 0 {
		t.Errorf("left at the endpoint: %v, %v, %v", left, residue, err)
	}
}

// A run that has lost its endpoint ends with the repetition in which it was noticed.
func TestNoRepetitionBeginsAfterTheNetworkIsDown(t *testing.T) {
	p := newPeer(t)
	r := newRig(t, p, times(3), story("s/one", step("readPerson", "read.xml")))
	p.odd = func(w http.ResponseWriter, _ *http.Request, _ received) bool { panic(http.ErrAbortHandler) }
	all, err := r.emitted(t.Context(), "s/one")
	var stop *StopError
	if !errors.As(err, &stop) || len(all) != 1 || all[0].Repetition != 1 || all[0].Error == "" {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestADryRunShowsEveryRepetition(t *testing.T) {
	r := newRig(t, newPeer(t), times(2), story("s/one", step("createPerson", "create.xml"), step("readPerson", "read.xml")))
	requests, err := DryRun(Options{Plan: r.plan, Files: files(), RunToken: "test"})
	if err != nil {
		t.Fatal(err)
	}
	type view struct{ Repetition, Step int }
	var got []view
	var objects []string
	for _, q := range requests {
		got = append(got, view{q.Repetition, q.Step})
		objects = append(objects, q.Objects...)
	}
	if diff := cmp.Diff([]view{{1, 1}, {1, 2}, {2, 1}, {2, 2}}, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(objects) != 2 || objects[0] == objects[1] {
		t.Errorf("the objects are %v", objects)
	}
}
