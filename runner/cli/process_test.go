package cli_test

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"esconform/reports"
	"esconform/reports/jsonl"
	"esconform/runner/ledger"
	"esconform/runner/profile"
)

// build builds the program once for all tests that need processes of it.
var build = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "esconform-test-*")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "esconform")
	out, err := exec.Command("go", "build", "-o", path, "../cmd/esconform").CombinedOutput()
	if err != nil {
		return string(out), err
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := build(); err == nil {
		_ = os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

func program(t *testing.T) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatalf("build the program: %v\n%s", err, path)
	}
	return path
}

// sandboxProcess serves a sandbox in a process of its own and returns its profile.
func sandboxProcess(t *testing.T, args ...string) (profileFile string, target profile.Target) {
	t.Helper()
	profileFile = filepath.Join(t.TempDir(), "sandbox.yaml")
	ctx, stop := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, program(t), append([]string{"sandbox", "--addr", "127.0.0.1:0", "--write-profile", profileFile}, args...)...)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		_ = c.Wait()
	})
	awaitLine(t, stderr, "sandbox at ")
	target, err = profile.Resolve(profile.Sources{Flags: profile.Flags{Profile: &profileFile}})
	if err != nil {
		t.Fatal(err)
	}
	return profileFile, target
}

// awaitLine reads until a line begins with prefix, then goes on draining.
func awaitLine(t *testing.T, r io.Reader, prefix string) {
	t.Helper()
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), prefix) {
			go func() { _, _ = io.Copy(io.Discard, r) }()
			return
		}
	}
	t.Fatalf("the program ended without a line that begins with %q", prefix)
}

// object is what the control interface tells about a live object.
type object struct {
	Kind, Handle, Key, Tag string
}

// objects lists the live objects of all sites that are not anchors.
func objects(t *testing.T, target profile.Target) []object {
	t.Helper()
	var all []object
	for _, site := range target.Sites {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, target.Control.URL+"/control/sites/"+site.Name+"/objects", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+target.Control.Token.Reveal())
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		var here []object
		if err := json.NewDecoder(response.Body).Decode(&here); err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
		for _, o := range here {
			if o.Tag != "anchor" {
				all = append(all, o)
			}
		}
	}
	return all
}

func TestTheSandboxInAnotherProcessGivesTheSameVerdicts(t *testing.T) {
	file, target := sandboxProcess(t)
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, "run", "--profile", file, "--out", out)
	if got.code != 0 {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	separate, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	_, embedded, _ := run(t)
	verdicts := func(r reports.Report) map[string]reports.Verdict {
		all := map[string]reports.Verdict{}
		for _, result := range r.Scenarios {
			if result.Verdict != reports.Skipped { // what needs TLS
				all[result.ID] = result.Verdict
			}
		}
		return all
	}
	a, b := verdicts(separate), verdicts(embedded)
	for id, verdict := range a {
		if b[id] != verdict {
			t.Errorf("%s is %s in another process and %s embedded", id, verdict, b[id])
		}
	}
	if len(b)-len(a) > 2 {
		t.Errorf("%d cases in another process, %d embedded", len(a), len(b))
	}
	if left := objects(t, target); len(left) > 0 {
		t.Errorf("the sandbox still holds %v", left)
	}
}

func TestAnEndpointWithOneSiteRunsTheCoreAndSkipsTheRest(t *testing.T) {
	password := file(t, "password", "a word of the sandbox\n")
	_, target := sandboxProcess(t, "--username", "u", "--password-file", password)
	out := filepath.Join(t.TempDir(), "out")
	got := command(t, "run", "--endpoint", target.BaseURL, "--username", "u", "--password-file", password, "--out", out)
	if got.code != 0 {
		t.Fatalf("exit code %d\n%s", got.code, got.err)
	}
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range report.Scenarios {
		switch {
		case r.Core && r.Verdict != reports.Passed:
			t.Errorf("%s is core and %s", r.ID, r.Verdict)
		case r.Verdict == reports.Skipped && r.Reason == "":
			t.Errorf("%s is skipped without a reason", r.ID)
		}
	}
	if left := objects(t, target); len(left) > 0 {
		t.Errorf("the sandbox still holds %v", left)
	}
}

// startRun begins a run against a slow endpoint's sandbox and returns once some
// cases have ended.
func startRun(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	c := exec.Command(program(t), append([]string{"run"}, args...)...)
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	awaitLine(t, stderr, "passed ")
	return c
}

func TestAnInterruptLeavesNothing(t *testing.T) {
	file, target := sandboxProcess(t, "--data", filepath.Join(t.TempDir(), "data.db"))
	out := filepath.Join(t.TempDir(), "out")
	c := startRun(t, "--profile", file, "--out", out, "--rate", "200", "--only", "imses/person/relationships")
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	_ = c.Wait()
	if code := c.ProcessState.ExitCode(); code != reports.ExitInterrupted {
		t.Errorf("exit code %d, want 130", code)
	}
	report, err := jsonl.ReadReport(filepath.Join(out, "report.json"))
	if err != nil || !report.Interrupted || report.Verdict == reports.Conformant {
		t.Errorf("the report: %v, interrupted %v, %s", err, report.Interrupted, report.Verdict)
	}
	if left := objects(t, target); len(left) > 0 {
		t.Errorf("the sandbox still holds %v", left)
	}
}

// killedRun kills a run while something of it is at the endpoint, and returns its
// output folder. Between two cases there may be nothing, so it may take more than one.
func killedRun(t *testing.T, profileFile string) string {
	t.Helper()
	for range 20 {
		out := filepath.Join(t.TempDir(), "out")
		c := startRun(t, "--profile", profileFile, "--out", out, "--rate", "200", "--only", "imses/person/relationships")
		if err := c.Process.Signal(syscall.SIGKILL); err != nil {
			t.Fatal(err)
		}
		_ = c.Wait()
		l, err := ledger.Open(filepath.Join(out, "ledger.jsonl"))
		if err != nil {
			t.Fatal(err)
		}
		open := len(l.Open())
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
		if open > 0 {
			return out
		}
	}
	t.Fatal("no killed run left anything")
	return ""
}

func TestAKilledRunIsCleanedUpAfterwards(t *testing.T) {
	file, target := sandboxProcess(t, "--data", filepath.Join(t.TempDir(), "data.db"))
	out := killedRun(t, file)
	if report, err := jsonl.ReadFile(filepath.Join(out, "events.jsonl")); err != nil || report.Complete || len(report.Scenarios) == 0 {
		t.Errorf("the events: %v, complete %v, %d results", err, report.Complete, len(report.Scenarios))
	}
	if got := command(t, "run", "--profile", file, "--out", out); got.code != reports.ExitUsage || !strings.Contains(got.err, "esconform cleanup") {
		t.Errorf("a new run into the same folder: exit code %d\n%s", got.code, got.err)
	}
	if got := command(t, "cleanup", "--profile", file, "--out", out); got.code != 0 {
		t.Errorf("cleanup: exit code %d\n%s", got.code, got.err)
	}
	if left := objects(t, target); len(left) > 0 {
		t.Errorf("the sandbox still holds %v", left)
	}
	if got := command(t, "cleanup", "--profile", file, "--out", out); got.code != 0 || !strings.Contains(got.err, "nothing is left") {
		t.Errorf("a second cleanup: exit code %d\n%s", got.code, got.err)
	}
}
