package exchange

import (
	"regexp"
	"strings"
	"testing"

	"esconform/runner/ledger"
)

// lawful is a UUID as RFC 9562 writes it, with its version.
var lawful = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-([48])[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)

func TestMessageIdentifiersAreLawfulAndNeverTheSame(t *testing.T) {
	for challenge, version := range map[string]string{"": "4", "certifier 7": "8"} {
		e := &Executor{options: Options{Challenge: challenge, RunID: "run"}}
		seen := map[string]bool{}
		for range 1000 {
			id := e.newMessageID()
			if m := lawful.FindStringSubmatch(id); m == nil || m[1] != version {
				t.Fatalf("challenge %q: %s is no UUID of version %s", challenge, id, version)
			}
			if seen[id] {
				t.Fatalf("%s came twice", id)
			}
			seen[id] = true
			if got := BindsMessageID(id, "certifier 7", "run"); got != (challenge != "") {
				t.Fatalf("challenge %q: %s bound: %v", challenge, id, got)
			}
		}
	}
}

func TestAnIdentifierIsBoundToOneChallengeAndOneRun(t *testing.T) {
	const challenge, run = "certifier 7", "6f1c2a9e-3b4d-4c5e-8f70-112233445566"
	e := &Executor{options: Options{Challenge: challenge, RunID: run}}
	id := e.newMessageID()
	for _, tt := range []struct {
		name, id, challenge, run string
		want                     bool
	}{
		{"its own", id, challenge, run, true},
		{"another challenge", id, "certifier 8", run, false},
		{"no challenge", id, "", run, false},
		{"another run", id, challenge, "run", false},
		{"a boundary moved between run and challenge", id, challenge + "6", run[1:], false},
		{"capitals", strings.ToUpper(id), challenge, run, false},
		{"without hyphens", strings.ReplaceAll(id, "-", ""), challenge, run, false},
		{"cut", id[:35], challenge, run, false},
		{"more behind it", id + "0", challenge, run, false},
		{"empty", "", challenge, run, false},
		{"free text", "1234567890", challenge, run, false},
	} {
		if got := BindsMessageID(tt.id, tt.challenge, tt.run); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
	// Every digit counts, so nothing of it can be chosen freely.
	for i := range id {
		for _, digit := range "0f8" {
			changed := id[:i] + string(digit) + id[i+1:]
			if changed != id && BindsMessageID(changed, challenge, run) {
				t.Errorf("%s instead of %s is taken as bound", changed, id)
			}
		}
	}
}

func TestAChallengeNeedsARun(t *testing.T) {
	_, err := New(Options{Validator: lenient{}, Ledger: &ledger.Ledger{}, Challenge: "certifier 7"})
	if err == nil || !strings.Contains(err.Error(), "there is no run id") {
		t.Errorf("error %v", err)
	}
}
