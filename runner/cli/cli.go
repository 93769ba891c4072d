// Package cli is the command line: one file per command. It alone writes to the
// terminal. Standard output carries machine-readable results, standard error
// progress and messages to people.
package cli

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"esconform/reports/text"
	"esconform/runner/scenario"
)

// Streams are what the program reads from and writes to.
type Streams struct {
	In       io.Reader
	Out      io.Writer
	Err      io.Writer
	Getenv   func(string) string
	Terminal bool // Err is a terminal: progress may be drawn
	// Load loads the fixtures of runs; nil for scenario.Load. Who runs many commands in
	// one process need not read the same files each time.
	Load func(ctx context.Context, systems ...fs.FS) (scenario.Library, error)
}

// load loads the fixtures of a run.
func (s Streams) load(ctx context.Context, systems ...fs.FS) (scenario.Library, error) {
	if s.Load == nil {
		return scenario.Load(ctx, systems...)
	}
	return s.Load(ctx, systems...)
}

// System returns the streams and the environment of the process.
func System() Streams {
	info, err := os.Stderr.Stat()
	terminal := err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("TERM") != "dumb"
	return Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Getenv: os.Getenv, Terminal: terminal}
}

// Main runs one command and returns the process's exit code: 0 conformant, 1 not
// conformant, 2 usage or configuration, 3 inconclusive, 4 nothing was tested, 130
// interrupted.
func Main(args []string, s Streams) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return MainContext(ctx, args, s)
}

// MainContext is Main under a context; cancelling it is an interrupt.
func MainContext(ctx context.Context, args []string, s Streams) int {
	root := newRoot(s)
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	code, message := exitCode(err)
	if message != "" {
		fmt.Fprintln(s.Err, text.Lines(message)) // an endpoint may have a say in it
	}
	return code
}

func newRoot(s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:   "esconform",
		Short: "Tests endpoints against the documentation of IMS Enterprise Services",
		Long: `esconform replays documented scenarios of itslearning's IMS Enterprise Services
against an endpoint, validates every envelope against XSDs, compares every
answer with what the documentation promises, and reports which rules hold.

Without an endpoint of your own, try it on the built-in sandbox:

  esconform run --sandbox

Against your own endpoint (user name and password as issued with it):

  esconform run --endpoint https://HOST --username NAME --password-file FILE

Exit codes: 0 conformant; 1 not conformant, or worse than the baseline; 2 usage,
configuration or fixture error; 3 inconclusive, could not be judged; 4 nothing
was tested; 130 interrupted.`,
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	root.SetUsageFunc(printUsage)
	root.SetIn(s.In)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError(fmt.Errorf("%w\nRun '%s --help' for the flags", err, c.CommandPath()))
	})
	root.AddCommand(newRun(s), newSandbox(s), newList(s), newValidate(s), newDiff(s), newCleanup(s), newReport(s), newVerify(s), newRejudge(s), newKey(s), newVersion(s))
	return root
}
