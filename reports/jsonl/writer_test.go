package jsonl

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/reports"
)

// recorder is a file that notes what is done to it.
type recorder struct {
	calls []string
	fault map[string]error
}

func (r *recorder) call(name string) error {
	r.calls = append(r.calls, name)
	return r.fault[name]
}

func (r *recorder) Name() string { return "events.jsonl" }

func (r *recorder) Write(line []byte) (int, error) { return len(line), r.call("write") }

func (r *recorder) Sync() error { return r.call("sync") }

func (r *recorder) Close() error { return r.call("close") }

func TestEachLineIsOneWriteAndHeaderAndFooterAreSynced(t *testing.T) {
	f := &recorder{}
	w, err := start(f, Header{})
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"a", "b"} {
		if err := w.Append(reports.Result{ID: id}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Finish(Footer{}); err != nil {
		t.Fatal(err)
	}
	want := []string{"write", "sync", "write", "write", "write", "sync", "close"}
	if diff := cmp.Diff(want, f.calls); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
}

func TestAFaultOfTheFileIsTold(t *testing.T) {
	full := errors.New("the disk is full")
	for _, call := range []string{"write", "sync"} {
		if _, err := start(&recorder{fault: map[string]error{call: full}}, Header{}); !errors.Is(err, full) {
			t.Errorf("%s of the header: %v", call, err)
		}
	}
	for _, call := range []string{"write", "sync", "close"} {
		f := &recorder{}
		w, err := start(f, Header{})
		if err != nil {
			t.Fatal(err)
		}
		f.fault = map[string]error{call: full}
		if err := w.Append(reports.Result{ID: "a"}); errors.Is(err, full) != (call == "write") {
			t.Errorf("%s of a result: %v", call, err)
		}
		if err := w.Finish(Footer{}); !errors.Is(err, full) {
			t.Errorf("%s of the footer: %v", call, err)
		}
	}
}
