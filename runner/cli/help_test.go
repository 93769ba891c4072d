package cli_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// commandLine and flagLine are lines of a help text.
var (
	commandLine = regexp.MustCompile(`(?m)^  ([a-z][a-z-]+) {2,}\S`)
	flagLine    = regexp.MustCompile(`(?m)^ +(?:-[a-z], )?--([a-z][a-z-]+)`)
)

// helpTexts returns the help of every command, by its words.
func helpTexts(t *testing.T, words ...string) map[string]string {
	t.Helper()
	got := command(t, append(slices.Clone(words), "--help")...)
	if got.code != 0 {
		t.Fatalf("%v --help: exit code %d\n%s", words, got.code, got.err)
	}
	text := got.out + got.err
	texts := map[string]string{strings.Join(words, " "): text}
	_, commands, found := strings.Cut(text, "Commands:")
	if !found {
		return texts
	}
	for _, m := range commandLine.FindAllStringSubmatch(commands, -1) {
		for name, help := range helpTexts(t, append(slices.Clone(words), m[1])...) {
			texts[name] = help
		}
	}
	return texts
}

// A flag that no test sets may be one that does nothing.
func TestEveryFlagOfTheHelpIsSetInATest(t *testing.T) {
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(text)
	}
	seen := 0
	for name, help := range helpTexts(t) {
		for _, m := range flagLine.FindAllStringSubmatch(help, -1) {
			seen++
			if set := regexp.MustCompile(`--` + m[1] + `["=]`); m[1] != "help" && !set.MatchString(tests.String()) {
				t.Errorf("esconform %s: no test sets --%s", name, m[1])
			}
		}
	}
	if seen < 40 {
		t.Errorf("only %d flags were found in the help", seen)
	}
}

// Help is read on terminals of eighty columns.
func TestHelpFitsATerminal(t *testing.T) {
	for name, help := range helpTexts(t) {
		for line := range strings.Lines(help) {
			if n := len([]rune(strings.TrimSuffix(line, "\n"))); n > 80 {
				t.Errorf("esconform %s --help: %d columns: %s", name, n, line)
			}
		}
	}
}
