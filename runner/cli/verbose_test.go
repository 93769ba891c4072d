package cli_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
)

func TestVerbosePrintsEachStep(t *testing.T) {
	steps := "  " + newPerson + ": step 1 createPerson\n"
	if got, _, _ := run(t, "--only", newPerson, "--verbose"); !strings.Contains(got.err, steps) || got.out != "" {
		t.Errorf("the steps are not told in:\n%s%s", got.out, got.err)
	}
	if got, _, _ := run(t, "--only", newPerson); strings.Contains(got.err, ": step ") {
		t.Errorf("the steps are told unasked in:\n%s", got.err)
	}
}

// TestNothingIsPrintedAsItCame shows that escape sequences in an error, whether they
// come from an endpoint or a file name, do not reach the terminal.
func TestNothingIsPrintedAsItCame(t *testing.T) {
	const hostile = "\u009b2J\u202e" // what begins an escape sequence, and what turns the direction of writing
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset="+hostile)
		w.Header().Set("Location", "https://"+hostile+".example/")
		w.WriteHeader(http.StatusFound)
		fmt.Fprint(w, "<html><title>"+hostile+"</title></html>")
	}))
	t.Cleanup(page.Close)
	for name, args := range map[string][]string{
		"an endpoint": {"run", "--endpoint", page.URL, "--username", "u", "--password-file", file(t, "password", "p"), "--only", newPerson, "--verbose"},
		"a file name": {"run", "--profile", "no" + hostile + "where.yaml"},
	} {
		t.Run(name, func(t *testing.T) {
			got := command(t, append(args, "--out", filepath.Join(t.TempDir(), "out"))...)
			if got.code == 0 || strings.ContainsAny(got.err, "\u009b\u202e") || !strings.Contains(got.err, `\u{9B}2J`) {
				t.Errorf("exit code %d, %q", got.code, got.err)
			}
		})
	}
}
