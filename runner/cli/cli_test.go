package cli_test

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"esconform/fixtures"
	"esconform/runner/cli"
	"esconform/runner/scenario"
)

// outcome is what one command printed and returned.
type outcome struct {
	code     int
	out, err string
}

// command runs a command in this process with an empty environment.
func command(t *testing.T, args ...string) outcome {
	t.Helper()
	return commandWith(t, t.Context(), nil, "", args...)
}

func commandWith(t *testing.T, ctx context.Context, env map[string]string, stdin string, args ...string) outcome {
	t.Helper()
	var out, errs bytes.Buffer
	code := cli.MainContext(ctx, args, cli.Streams{In: strings.NewReader(stdin), Out: &out, Err: &errs,
		Getenv: func(name string) string { return env[name] }, Load: load})
	return outcome{code, out.String(), errs.String()}
}

// builtIn are the built-in scenarios, loaded once for all commands of the tests.
var builtIn = sync.OnceValues(func() (scenario.Library, error) { return scenario.Load(context.Background(), fixtures.Files()) })

// load loads fixtures; those of a test's own anew.
func load(ctx context.Context, systems ...fs.FS) (scenario.Library, error) {
	if len(systems) == 1 {
		return builtIn()
	}
	return scenario.Load(ctx, systems...)
}

// file writes a file for the time of the test.
func file(t *testing.T, name, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestExitCodesSayWhoseFaultItIs(t *testing.T) {
	one := []string{"--only", "imses/person/create/new-person"}
	for _, tt := range []struct {
		name string
		args []string
		code int
		says string // on standard error
	}{
		{"no target", []string{"run"}, 2, "nothing to test: name an endpoint"},
		{"an empty target", []string{"run", "--endpoint", ""}, 2, "endpoint"},
		{"an unknown flag", []string{"run", "--nonsense"}, 2, "unknown flag: --nonsense"},
		{"an unknown command", []string{"nonsense"}, 2, "unknown command"},
		{"a flag of the sandbox without one", []string{"run", "--endpoint", "http://127.0.0.1:1", "--sandbox-deviate", "x"}, 2, "go with --sandbox"},
		{"two targets", []string{"run", "--sandbox", "--endpoint", "http://127.0.0.1:1"}, 2, "none of the others can be"},
		{"an unknown deviation", []string{"run", "--sandbox", "--sandbox-deviate", "nonsense"}, 2, "nonsense"},
		{"an unknown dialect", []string{"run", "--sandbox", "--sandbox-dialect", "nonsense"}, 2, "nonsense"},
		{"an unknown engine", append([]string{"run", "--sandbox", "--xsd-engine", "nonsense"}, one...), 2, "nonsense"},
		{"a profile that is not there", []string{"run", "--profile", "nowhere.yaml"}, 2, "nowhere.yaml"},
		{"a baseline that is not there", []string{"run", "--sandbox", "--baseline", "nowhere.json"}, 2, "nowhere.json"},
		{"fixtures that are not there", []string{"run", "--sandbox", "--fixtures", "nowhere"}, 2, "nowhere"},
		{"a filter that selects nothing", []string{"run", "--sandbox", "--labels", "no-such-label"}, 4, "no-such-label"},
		{"a pattern that matches nothing", []string{"run", "--sandbox", "--only", "imses/nothing"}, 4, "imses/nothing"},
		{"conformant", append([]string{"run", "--sandbox"}, one...), 0, "conformant"},
		{"a file that is not there", []string{"validate", "nowhere.xml"}, 2, "nowhere.xml"},
		{"nothing to clean up", []string{"cleanup"}, 2, "name the endpoint"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			args := tt.args
			if args[0] == "run" {
				args = append(args, "--out", filepath.Join(t.TempDir(), "out"))
			}
			got := command(t, args...)
			if got.code != tt.code {
				t.Errorf("exit code %d, want %d; it said:\n%s", got.code, tt.code, got.err)
			}
			if !strings.Contains(got.err, tt.says) {
				t.Errorf("it does not say %q but:\n%s", tt.says, got.err)
			}
		})
	}
}

func TestStandardOutputIsForMachines(t *testing.T) {
	got := command(t, "run", "--sandbox", "--only", "imses/person/create/new-person", "--out", filepath.Join(t.TempDir(), "out"))
	if got.code != 0 || got.out != "" {
		t.Errorf("exit code %d, standard output %q", got.code, got.out)
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	for _, name := range []string{"run", "sandbox", "list", "validate", "diff", "cleanup", "version", "report merge", "report render", "report normalize", ""} {
		got := command(t, strings.Fields(name+" --help")...)
		if got.code != 0 || !strings.Contains(got.out, strings.TrimSpace("Usage:\n  esconform "+name)) {
			t.Errorf("%s --help: exit code %d\n%s", name, got.code, got.out)
		}
		for line := range strings.Lines(got.out) {
			if len(strings.TrimRight(line, "\n")) > 80 {
				t.Errorf("%s --help: wider than 80 columns: %s", name, line)
			}
		}
	}
}
