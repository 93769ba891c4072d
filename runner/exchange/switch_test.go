package exchange

import (
	"context"
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
)

func needs(s scenario.Scenario, state, value string) scenario.Scenario {
	s.Needs.State = map[string]string{state: value}
	return s
}

func TestStatesAreSwitchedThroughControlAndRestored(t *testing.T) {
	off := scenario.Step{Switch: map[string]string{"parentPortal": "disabled"}}
	on := scenario.Step{Switch: map[string]string{"parentPortal": "enabled"}}
	read := step("readPerson", "read.xml")
	tests := []struct {
		name string
		s    scenario.Scenario
		want []string
	}{
		{"before the first step", needs(story("s/one", read), "parentPortal", "disabled"),
			[]string{`PUT /control/sites/main/states {"parentPortal":"disabled"}`, `PUT /control/sites/main/states {"parentPortal":"enabled"}`}},
		{"by steps", story("s/one", off, read, on, off, read),
			[]string{`PUT /control/sites/main/states {"parentPortal":"disabled"}`, `PUT /control/sites/main/states {"parentPortal":"enabled"}`, `PUT /control/sites/main/states {"parentPortal":"disabled"}`, `PUT /control/sites/main/states {"parentPortal":"enabled"}`}},
		{"of the endpoint", needs(story("s/one", read), "parentPortalGlobal", "disabled"),
			[]string{`PUT /control/states {"parentPortalGlobal":"disabled"}`, `PUT /control/states {"parentPortalGlobal":"enabled"}`}},
		{"also after an error", story("s/one", off, step("readPerson", "none.xml")),
			[]string{`PUT /control/sites/main/states {"parentPortal":"disabled"}`, `PUT /control/sites/main/states {"parentPortal":"enabled"}`}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, d := newPeer(t), newDesk(t)
			r := newRig(t, p, d.attach, test.s)
			o := r.only(t)
			if diff := cmp.Diff(test.want, d.calls); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if open := r.ledger.Open(); len(open) != 0 {
				t.Errorf("the ledger has %v", open)
			}
			if o.States["parentPortal"] == "" || o.States["parentPortalGlobal"] == "" {
				t.Errorf("states %v", o.States)
			}
		})
	}
}

func TestASwitchIsInTheLedgerBeforeItIsMade(t *testing.T) {
	p, d := newPeer(t), newDesk(t)
	d.fails = "PUT"
	r := newRig(t, p, d.attach, needs(story("s/one", step("readPerson", "read.xml")), "parentPortal", "disabled"))
	o := r.only(t)
	if !strings.Contains(o.Error, "switch parentPortal to disabled: control PUT") || strings.Contains(o.Error, "token-of-control") {
		t.Errorf("error %q", o.Error)
	}
	open := r.ledger.Open()
	if len(open) != 1 || open[0].Key != "parentPortal" || open[0].From != "enabled" || open[0].Site != "main" {
		t.Errorf("the ledger has %+v", open)
	}
}

func TestAnInterruptRestoresStates(t *testing.T) {
	p, d := newPeer(t), newDesk(t)
	ctx, cancel := context.WithCancel(t.Context())
	p.odd = func(_ http.ResponseWriter, r *http.Request, _ received) bool {
		cancel()
		<-r.Context().Done()
		return true
	}
	r := newRig(t, p, d.attach, needs(story("s/one", step("readPerson", "read.xml")), "parentPortal", "disabled"))
	if _, err := r.execute(t, ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	want := []string{`PUT /control/sites/main/states {"parentPortal":"disabled"}`, `PUT /control/sites/main/states {"parentPortal":"enabled"}`}
	if diff := cmp.Diff(want, d.calls); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestAHookIsAnArgumentListWithoutOurEnvironment(t *testing.T) {
	if runtime.GOOS == "windows" {
		return // there is no sh to be the program
	}
	t.Setenv("ESCONFORM_PASSWORD", "secret of the environment")
	out := filepath.Join(t.TempDir(), "out")
	p := newPeer(t)
	hook := []string{"/bin/sh", "-c", `printf '%s|' "$@" "$ESCONFORM_PASSWORD" >> "$0"`, out, "{site}", "{state}", "{value}", "; echo not a shell"}
	r := newRig(t, p, func(s *setting) { s.target.Hooks = map[string][]string{"parentPortal": hook} },
		needs(story("s/one", step("readPerson", "read.xml")), "parentPortal", "disabled"))
	if o := r.only(t); o.Error != "" || o.States["parentPortal"] != "disabled" {
		t.Errorf("error %q, states %v", o.Error, o.States)
	}
	got, err := os.ReadFile(out)
	want := "main|parentPortal|disabled|; echo not a shell||main|parentPortal|enabled|; echo not a shell||"
	if err != nil || string(got) != want {
		t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
	}
}

func TestAHookThatFailsIsAnErrorOfOurs(t *testing.T) {
	p := newPeer(t)
	r := newRig(t, p, func(s *setting) {
		s.target.Hooks = map[string][]string{"parentPortal": {"/no/such/program", "{value}"}}
	},
		needs(story("s/one", step("readPerson", "read.xml")), "parentPortal", "disabled"))
	if o := r.only(t); !strings.Contains(o.Error, "hook /no/such/program") {
		t.Errorf("error %q", o.Error)
	}
}
