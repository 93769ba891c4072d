package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"esconform/fixtures"
	"esconform/reports/text"
	"esconform/runner/exchange"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/xsd/validate"
)

func newCleanup(s Streams) *cobra.Command {
	var f targetFlags
	var out string
	c := &cobra.Command{
		Use:   "cleanup",
		Short: "Remove what a run left behind",
		Long: `cleanup removes from an endpoint what a run made there and could not remove,
because it was killed or lost the network: the memberships, groups and persons
whose keys stand in the run's ledger, and the states that it switched. It
touches nothing else, and may be repeated.

Name the endpoint and the credentials as for the run.

Exit codes: 0 nothing is left; 2 usage or configuration error; 3 something is
left, or the endpoint could not be reached.`,
		Example: "  esconform cleanup --out out --profile endpoint.yaml",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if f.profile == "" && f.endpoint == "" && s.Getenv("ESCONFORM_ENDPOINT") == "" && s.Getenv("ESCONFORM_PROFILE") == "" {
				return usageError(errors.New("name the endpoint of the run: --profile FILE, or --endpoint URL --username NAME --password-file FILE"))
			}
			target, err := profile.Resolve(profile.Sources{Flags: f.set(cmd), LookupEnv: lookup(s), Stdin: s.In})
			if err != nil {
				return usageError(err)
			}
			return cleanUp(cmd.Context(), s, target, filepath.Join(out, ledgerFile))
		},
	}
	group(c, "The endpoint of the run", f.registerEndpoint)
	f.registerConnection(c)
	c.Flags().StringVar(&out, "out", "out", "the output `FOLDER` of the run, with its ledger")
	return c
}

// cleanUp removes what is open in a ledger from the target.
func cleanUp(ctx context.Context, s Streams, target profile.Target, path string) error {
	l, err := ledger.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return usageError(fmt.Errorf("%s does not exist: give the folder that the run wrote to with --out", path))
	}
	if err != nil {
		return usageError(err)
	}
	defer l.Close()
	if recorded := l.Header().Target; recorded != target.BaseURL {
		return usageError(fmt.Errorf("%s belongs to a run against %s, not %s", path, text.Visible(recorded), text.Visible(target.BaseURL)))
	}
	open := len(l.Open())
	if open == 0 {
		fmt.Fprintln(s.Err, "nothing is left of that run")
		return nil
	}
	residue, err := removeAll(ctx, target, l)
	for _, sentence := range residue {
		fmt.Fprintln(s.Err, "left: "+text.Visible(sentence))
	}
	if err != nil {
		return inconclusive(fmt.Errorf("clean up %s: %w", text.Visible(target.BaseURL), err))
	}
	if len(residue) > 0 {
		return inconclusive(fmt.Errorf("%d things are still at %s; run cleanup again, or remove them there", len(residue), text.Visible(target.BaseURL)))
	}
	fmt.Fprintf(s.Err, "removed what was left of that run: %d entries of the ledger\n", open)
	return nil
}

func removeAll(ctx context.Context, target profile.Target, l *ledger.Ledger) ([]string, error) {
	validator, err := validate.New("", target.Limits.MaxViolations)
	if err != nil {
		return nil, err
	}
	defer validator.Close()
	executor, err := exchange.New(exchange.Options{Plan: plan.Plan{Target: target}, Validator: validator, Ledger: l, Files: fixtures.Files()})
	if err != nil {
		return nil, err
	}
	defer executor.Close()
	return ledger.Cleanup(ctx, l, executor)
}
