package evidence_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/evidence"
)

func TestKeysTellRepetitionsApart(t *testing.T) {
	for _, test := range []struct {
		repetition int
		key        string
		back       int
	}{{0, "a/b", 1}, {1, "a/b", 1}, {2, "a/b~2", 2}, {100, "a/b~100", 100}} {
		key := evidence.Key("a/b", test.repetition)
		id, n := evidence.SplitKey(key)
		if key != test.key || id != "a/b" || n != test.back {
			t.Errorf("repetition %d: key %s, split %s %d", test.repetition, key, id, n)
		}
	}
	for _, odd := range []string{"a/b~", "a/b~x", "a/b~1", "a/b~-2", "~"} {
		if id, n := evidence.SplitKey(odd); id != odd || n != 1 {
			t.Errorf("%s is split into %s and %d", odd, id, n)
		}
	}
}

func TestTheRepetitionsOfACaseComeInTheirOrder(t *testing.T) {
	outcomes := map[string]evidence.Outcome{}
	for n, key := range []string{"a/b", "a/b~2", "a/b~3", "a/b~5", "a/c"} {
		outcomes[key] = evidence.Outcome{Repetition: n + 1}
	}
	var got []int
	for _, o := range evidence.Repetitions(outcomes, "a/b") {
		got = append(got, o.Repetition)
	}
	if diff := cmp.Diff([]int{1, 2, 3}, got); diff != "" {
		t.Errorf("- wanted + got\n%s", diff)
	}
	if got := evidence.Repetitions(outcomes, "a/d"); got != nil {
		t.Errorf("of a case that is not there: %v", got)
	}
}
