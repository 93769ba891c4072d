package runner_test

import (
	"bufio"
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"esconform/runner/profile"
)

// binary builds the program for the time of a benchmark.
func binary(tb testing.TB) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), "esconform")
	if out, err := exec.CommandContext(tb.Context(), "go", "build", "-o", path, "./cmd/esconform").CombinedOutput(); err != nil {
		tb.Fatalf("build the program: %v\n%s", err, out)
	}
	return path
}

// startSandbox runs `esconform sandbox` in a process of its own and returns its
// target, with the bench person as an anchor.
func startSandbox(tb testing.TB) profile.Target {
	tb.Helper()
	file := filepath.Join(tb.TempDir(), "sandbox.yaml")
	ctx, stop := context.WithCancel(context.Background())
	c := exec.CommandContext(ctx, binary(tb), "sandbox", "--addr", "127.0.0.1:0", "--write-profile", file)
	c.Cancel = func() error { return c.Process.Signal(os.Interrupt) }
	stderr, err := c.StderrPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := c.Start(); err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		stop()
		_ = c.Wait()
	})
	awaitLine(tb, stderr, "sandbox at ")
	target, err := profile.Resolve(profile.Sources{Flags: profile.Flags{Profile: &file}})
	if err != nil {
		tb.Fatal(err)
	}
	target.Sites[0].Anchors = map[string]string{"benchPerson": benchPerson}
	target.Limits.Concurrency = pairConcurrency
	return target
}

// awaitLine reads until a line begins with prefix, then goes on draining.
func awaitLine(tb testing.TB, r io.Reader, prefix string) {
	tb.Helper()
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		if strings.HasPrefix(lines.Text(), prefix) {
			go func() { _, _ = io.Copy(io.Discard, r) }()
			return
		}
	}
	tb.Fatalf("the program ended without a line that begins with %q", prefix)
}
