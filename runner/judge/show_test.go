package judge

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"esconform/runner/scenario"
)

// A value of five megabytes in an answer is a bounded finding, and terminal escape
// codes in it are shown, not sent.
func TestHostileValuesAreBoundedAndVisible(t *testing.T) {
	long := strings.Repeat("A", 5_000_000)
	answer := answerOf(success, strings.ReplaceAll(person, "anna@example.org", long))
	got := judged(t, input([]scenario.Expectation{{At: "pmess:person/common:email", Equals: str("x")}}, exchange(0, "readPerson", answer)))
	if len(got.Findings) != 1 {
		t.Fatalf("findings %+v", got.Findings)
	}
	f := got.Findings[0]
	if want := strings.Repeat("A", 200) + "… (5000000 characters)"; f.Got != want || f.Diff[1].Text != want {
		t.Errorf("got is %q", f.Got)
	}
	if n := utf8.RuneCountInString(f.Message); n > maxMessage+50 {
		t.Errorf("the message has %d characters", n)
	}
	hostile := "\u009b31m\u202Egnp.exe\u2028::error::x\u0085"
	got = judged(t, input([]scenario.Expectation{{At: "pmess:person/common:email", Equals: str("x")}}, exchange(0, "readPerson", answerOf(success, strings.ReplaceAll(person, "anna@example.org", hostile)))))
	if want := `\u{9B}31m\u{202E}gnp.exe\u{2028}::error::x\u{85}`; got.Findings[0].Got != want {
		t.Errorf("got is %q, want %q", got.Findings[0].Got, want)
	}
}

// Of two long values the part is shown where they differ.
func TestLongValuesAreShownWhereTheyDiffer(t *testing.T) {
	got := diffOf(strings.Repeat("é", 1000)+"wanted", strings.Repeat("é", 1000)+"come")
	want := diffLines("…"+strings.Repeat("é", 30)+"wanted", "…"+strings.Repeat("é", 30)+"come")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("diff (-want +got):\n%s", diff)
	}
}
