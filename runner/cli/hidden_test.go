package cli_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
)

// way is a way to test nothing, or to hide a failure: a command line with what is
// around it.
type way struct {
	name string
	// args makes what the command needs and returns its arguments. What is written goes
	// below dir; --out is dir/out unless the arguments say another.
	args func(t *testing.T, dir string) []string
	code int
	says string // on standard error
	ctx  func(context.Context) context.Context
	// held says that what was run is conformant, and that another verdict, of the
	// certification, is not.
	held bool
}

// plain is a way that needs nothing around it.
func plain(args ...string) func(*testing.T, string) []string {
	return func(*testing.T, string) []string { return args }
}

// TestNoWayToTestNothingOrToHideAFailureIsGreen runs each way and looks at the exit
// code, at what is said, and at what is left in the output folder.
func TestNoWayToTestNothingOrToHideAFailureIsGreen(t *testing.T) {
	ways := append(append(append(waysOfUsage(), waysOfFixtures()...), waysOfOutput()...), append(waysOfEarlier(), waysOfEndpoints()...)...)
	if len(ways) < 50 {
		t.Errorf("only %d ways", len(ways))
	}
	for _, w := range ways {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			args := append([]string{"run"}, w.args(t, dir)...)
			out := filepath.Join(dir, "out")
			if !strings.Contains(strings.Join(args, " "), "--out") {
				args = append(args, "--out", out)
			}
			ctx := t.Context()
			if w.ctx != nil {
				ctx = w.ctx(ctx)
			}
			checkHidden(t, w, commandWith(t, ctx, nil, "", args...), out)
		})
	}
}

func checkHidden(t *testing.T, w way, got outcome, out string) {
	t.Helper()
	if got.code == reports.ExitConformant || got.code != w.code {
		t.Errorf("exit code %d, want %d", got.code, w.code)
	}
	if !strings.Contains(strings.Join(strings.Fields(got.err), " "), w.says) {
		t.Errorf("it does not say %q", w.says)
	}
	if t.Failed() {
		t.Log(got.err)
	}
	if w.code != reports.ExitNotConformant && !w.held {
		checkNothingSaysConformant(t, got, out)
	}
}

func checkNothingSaysConformant(t *testing.T, got outcome, out string) {
	t.Helper()
	for line := range strings.Lines(got.out + got.err) {
		if strings.HasPrefix(strings.TrimPrefix(line, "esconform: "), string(reports.Conformant)) {
			t.Errorf("it says: %s", line)
		}
	}
	if report, err := jsonl.ReadReport(filepath.Join(out, "report.json")); err == nil && reports.ExitCode(report) == reports.ExitConformant {
		t.Errorf("report.json says %s", report.Reason)
	}
	if summary, err := os.ReadFile(filepath.Join(out, "summary.md")); err == nil && strings.HasPrefix(string(summary), "# esconform: conformant") {
		t.Errorf("summary.md says %.200s", summary)
	}
}

// sandboxed runs one passing scenario against the built-in sandbox.
func sandboxed(more ...string) []string {
	return append([]string{"--sandbox", "--only", newPerson}, more...)
}

func waysOfUsage() []way {
	return []way{
		{name: "no target", args: plain(), code: 2, says: "nothing to test: name an endpoint"},
		{name: "an empty endpoint", args: plain("--endpoint", ""), code: 2, says: "endpoint"},
		{name: "two targets", args: plain("--sandbox", "--endpoint", "http://127.0.0.1:1"), code: 2, says: "none of the others can be"},
		{name: "no password", args: plain("--endpoint", "http://127.0.0.1:1", "--username", "u"), code: 2, says: "password"},
		{name: "a profile with an unknown key", args: func(t *testing.T, dir string) []string {
			return []string{"--profile", put(t, dir, "p.yaml", "endpoint: http://127.0.0.1:1\nsites:\n  - { name: a, username: u, passwordFile: pw }\nskipp: [all]\n")}
		}, code: 2, says: "skipp"},
		{name: "an empty profile", args: func(t *testing.T, dir string) []string { return []string{"--profile", put(t, dir, "p.yaml", "")} }, code: 2, says: "the profile is empty"},
		{name: "a pattern that matches nothing", args: plain("--sandbox", "--only", "imses/no-such"), code: 4, says: `no scenario is selected by --only "imses/no-such"`},
		{name: "a pattern that matches nothing beside one that does", args: plain("--sandbox", "--only", newPerson, "--only", "imses/no-such"), code: 2, says: "no scenario has such an id"},
		{name: "a pattern that is none", args: plain("--sandbox", "--only", "imses/[a"), code: 2, says: "this is not a pattern"},
		{name: "labels that match nothing", args: plain("--sandbox", "--labels", "no-such-label"), code: 4, says: "no-such-label"},
		{name: "a filter of labels that is none", args: plain("--sandbox", "--labels", "a &&"), code: 2, says: "--labels"},
		{name: "pattern and labels that match nothing together", args: plain("--sandbox", "--only", newPerson, "--labels", "relationships"), code: 4, says: "no scenario is selected"},
		{name: "an unknown certification", args: plain("--sandbox", "--certify", "imses-persons"), code: 2, says: `there is no certification profile "imses-persons"; there is imses-full, imses-groups-memberships, imses-person`},
		{name: "a certification of which nothing is left", args: plain("--sandbox", "--certify", "imses-person", "--only", "imses/group"), code: 4, says: "--certify"},
		{name: "a certification narrowed to one scenario", args: plain(sandboxed("--certify", "imses-person")...), code: 3, says: "inconclusive for imses-person", held: true},
		{name: "read-only, and all of it writes", args: plain(sandboxed("--read-only")...), code: 4, says: "it writes; run it without --read-only"},
		{name: "a shard of which nothing is left", args: plain(sandboxed("--shard", "2/1000")...), code: 4, says: "shard"},
		{name: "a shard that is none", args: plain(sandboxed("--shard", "3/2")...), code: 2, says: "--shard"},
		{name: "an unknown system of annotations", args: plain(sandboxed("--annotations", "jenkins")...), code: 2, says: `there is no "jenkins"; there is github`},
		{name: "an unknown deviation", args: plain(sandboxed("--sandbox-deviate", "no-such")...), code: 2, says: "no-such"},
		{name: "an unknown state", args: plain(sandboxed("--state", "no-such=on")...), code: 2, says: "no-such"},
		{name: "a step deadline of nothing", args: plain(sandboxed("--timeout", "0s")...), code: 2, says: "timeout"},
		{name: "cancelled before it began", args: plain(sandboxed()...), code: 130, says: "interrupted", ctx: cancelled},
	}
}

func cancelled(ctx context.Context) context.Context {
	ctx, cancel := context.WithCancel(ctx)
	cancel()
	return ctx
}

// put writes a file below a folder and returns its path.
func put(t *testing.T, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
