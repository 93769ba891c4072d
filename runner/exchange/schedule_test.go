package exchange

import (
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
)

// item makes a planned item of a scenario.
func item(id, site string, lock plan.Lock, last bool) plan.Item {
	s := &scenario.Scenario{ID: id, Last: last}
	return plan.Item{Case: scenario.Case{Scenario: s}, Site: site, Lock: lock}
}

func scheduleOf(items ...plan.Item) *schedule {
	p := plan.Plan{Items: items, Target: profile.Target{Sites: []profile.Site{{Name: "a"}, {Name: "b"}}}}
	for i := range items {
		p.Order = append(p.Order, i)
	}
	return newSchedule(p)
}

// try returns the item that may run now, or -1 when all must wait.
func (s *schedule) try() int {
	s.mu.Lock()
	found := false
	if len(s.pending) > 0 {
		_, found = s.runnable()
	}
	s.mu.Unlock()
	if !found {
		return -1
	}
	got, _ := s.next()
	return got
}

func TestTheScheduleKeepsApartWhatMustNotRunTogether(t *testing.T) {
	type move struct {
		end  int // this item ends, when not -1
		want int // then this one may run; -1 for none
	}
	none := -1
	tests := []struct {
		name  string
		items []plan.Item
		moves []move
	}{
		{"ordinary ones share a site", []plan.Item{item("1", "a", plan.LockNone, false), item("2", "a", plan.LockNone, false)},
			[]move{{none, 0}, {none, 1}, {none, none}}},
		{"a site for itself, another beside it", []plan.Item{item("1", "a", plan.LockSite, false), item("2", "a", plan.LockSite, false), item("3", "b", plan.LockSite, false)},
			[]move{{none, 0}, {none, 2}, {none, none}, {2, none}, {0, 1}}},
		{"a phase waits for the one before", []plan.Item{item("1", "a", plan.LockNone, false), item("2", "b", plan.LockSite, false)},
			[]move{{none, 0}, {none, none}, {0, 1}}},
		{"the endpoint for itself", []plan.Item{item("1", "a", plan.LockEndpoint, false), item("2", "b", plan.LockEndpoint, false)},
			[]move{{none, 0}, {none, none}, {0, 1}}},
		{"last is after all others", []plan.Item{item("1", "a", plan.LockNone, false), item("2", "a", plan.LockEndpoint, false), item("3", "a", plan.LockNone, true), item("4", "b", plan.LockNone, true)},
			[]move{{none, 0}, {none, none}, {0, 1}, {none, none}, {1, 2}, {none, 3}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := scheduleOf(test.items...)
			for i, m := range test.moves {
				if m.end >= 0 {
					s.done(m.end)
				}
				if got := s.try(); got != m.want {
					t.Fatalf("move %d: got item %d, want %d", i, got, m.want)
				}
			}
		})
	}
}

func TestASecondSiteIsUsedTogetherWithOthersButNotWithItsSwitch(t *testing.T) {
	reading := item("1", "a", plan.LockSite, false)
	reading.Other = "b"
	s := scheduleOf(reading, item("2", "b", plan.LockSite, false))
	if got := []int{s.try(), s.try()}; !slices.Equal(got, []int{0, -1}) {
		t.Errorf("got %v", got)
	}
	s.done(0)
	if got := s.try(); got != 1 {
		t.Errorf("got %d", got)
	}
}

func TestAsManyCasesRunTogetherAsAreAllowed(t *testing.T) {
	const together = 3
	p := newPeer(t)
	var mu sync.Mutex
	inside, most := 0, 0
	gate := make(chan struct{})
	p.odd = func(http.ResponseWriter, *http.Request, received) bool {
		mu.Lock()
		inside++
		most = max(most, inside)
		if inside == together {
			close(gate) // all that may run do run
		}
		mu.Unlock()
		<-gate
		mu.Lock()
		inside--
		mu.Unlock()
		return false
	}
	var scenarios []scenario.Scenario
	for i := range together {
		scenarios = append(scenarios, story(fmt.Sprint("s/", i), step("readPerson", "read.xml")))
	}
	r := newRig(t, p, func(s *setting) { s.target.Limits.Concurrency = together }, scenarios...)
	if outcomes, err := r.execute(t, t.Context()); err != nil || len(outcomes) != together || most != together {
		t.Errorf("%d outcomes, at most %d together, %v", len(outcomes), most, err)
	}
}

func TestOutcomesThatNobodyTakesHoldTheRunUp(t *testing.T) {
	const workers = 2
	p := newPeer(t)
	var scenarios []scenario.Scenario
	for i := range 40 {
		scenarios = append(scenarios, story(fmt.Sprintf("s/%02d", i), step("readPerson", "read.xml")))
	}
	r := newRig(t, p, func(s *setting) { s.target.Limits.Concurrency = workers }, scenarios...)
	// One outcome is with emit, backlog*workers wait, and each worker holds one.
	const limit = 1 + backlog*workers + workers
	first := true
	emitted := 0
	err := r.Execute(t.Context(), func(plan.Item, evidence.Outcome) {
		emitted++
		if !first {
			return
		}
		first = false
		for len(p.requests("")) < limit {
			runtime.Gosched() // until all that may run have run
		}
	})
	if err != nil || emitted != 40 {
		t.Errorf("%d outcomes, %v", emitted, err)
	}
}

func TestStepsRunInOrderAndCasesAreEmittedOnce(t *testing.T) {
	p := newPeer(t)
	r := newRig(t, p, nil,
		story("s/a", step("createPerson", "create.xml"), step("readPerson", "read.xml"), step("deletePerson", "delete.xml"), step("readPerson", "read.xml")),
		story("s/b", step("readPerson", "read.xml")))
	outcomes, err := r.execute(t, t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var operations []string
	for _, x := range outcomes["s/a"].Exchanges {
		operations = append(operations, fmt.Sprint(x.Step, " ", x.Operation))
	}
	if diff := cmp.Diff([]string{"0 createPerson", "1 readPerson", "2 deletePerson", "3 readPerson"}, operations); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	if len(outcomes) != 2 {
		t.Errorf("%d outcomes", len(outcomes))
	}
}

func TestTheRateIsKept(t *testing.T) {
	l := limiter(profile.Limits{Rate: 10, Concurrency: 4})
	if l.Limit() != 10 || l.Burst() != 4 {
		t.Errorf("limit %v, burst %d", l.Limit(), l.Burst())
	}
	if l := limiter(profile.Limits{Rate: 0.5, Concurrency: 4}); l.Burst() != 1 {
		t.Errorf("burst %d", l.Burst())
	}
	if l := limiter(profile.Limits{Concurrency: 4}); !l.Allow() || l.Limit() < 1e9 {
		t.Errorf("limit %v", l.Limit())
	}
}

func TestASiteThatDoesNotExistIsAnErrorOfTheCase(t *testing.T) {
	r := newRig(t, newPeer(t), nil, story("s/one", step("readPerson", "read.xml")))
	r.Executor.plan.Items[0].Site = "nowhere"
	if o := r.only(t); o.Error != `the target has no site "nowhere"` {
		t.Errorf("error %q", o.Error)
	}
}
