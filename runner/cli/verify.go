package cli

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"esconform/reports"
	"esconform/reports/bundle"
	"esconform/reports/text"
)

// verifyFlags are what `verify` can be told.
type verifyFlags struct {
	key, challenge, fixtures string
}

func newVerify(s Streams) *cobra.Command {
	var f verifyFlags
	c := &cobra.Command{
		Use:   "verify BUNDLE",
		Short: "Check a certification bundle",
		Long: `verify checks a certification bundle, which 'run --bundle' has written: that
nothing in it was changed, removed, added or put into another order, that its
reports and its evidence are of one run and agree, and that it was signed with
the key that --key names. It sends nothing.

Without --key it can only say that the bundle is intact: somebody has signed it,
and nothing was changed since. Who that was is not known.

With --challenge TEXT it also checks that every message identifier that the run
made up is bound to that text, as 'run --challenge TEXT' does. An answer that
repeats such an identifier was made after the text was known.

It does not judge again; 'esconform rejudge' does.

Exit codes: 0 intact (without --key: intact, signer unknown), whatever the
verdict of the run is; 1 not intact, signed with another key, or not bound to
the challenge; 2 usage, or a file that cannot be read.`,
		Example: `  esconform verify run.zip --key certifier.pem.pub
  esconform verify run.zip --key certifier.pem.pub --challenge "2026-11 no. 17"`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return runVerify(c, s, f, args[0]) },
	}
	flags := c.Flags()
	flags.StringVar(&f.key, "key", "", "the public key that must have signed it, in this `FILE` (PEM)")
	flags.StringVar(&f.challenge, "challenge", "", "the message identifiers must be bound to this `TEXT`")
	flags.StringVar(&f.fixtures, "fixtures", "", "with --challenge: add the scenarios of this `FOLDER`, as the run did")
	return c
}

func runVerify(c *cobra.Command, s Streams, f verifyFlags, path string) error {
	switch {
	case c.Flags().Changed("key") && f.key == "":
		return usageError(errors.New("--key: the name of the file is empty"))
	case c.Flags().Changed("challenge") && f.challenge == "":
		return usageError(errors.New("--challenge: the text is empty"))
	case f.fixtures != "" && f.challenge == "":
		return usageError(errors.New("--fixtures goes with --challenge"))
	}
	var key ed25519.PublicKey
	if f.key != "" {
		var err error
		if key, err = parsePublic(s, "--key", f.key); err != nil {
			return err
		}
	}
	b, err := readBundle(path, key)
	if err != nil {
		return err
	}
	var bound string
	if f.challenge != "" {
		library, err := loadLibrary(c.Context(), f.fixtures)
		if err != nil {
			return usageError(err)
		}
		if bound, err = checkChallenge(b, f.challenge, library); err != nil {
			return &exit{reports.ExitNotConformant, fmt.Errorf("%s: %w", path, oneLine(err))}
		}
	}
	return printVerified(s, path, b, f, bound)
}

// readBundle reads and verifies a bundle; key is nil for whoever signed it.
func readBundle(path string, key ed25519.PublicKey) (bundle.Bundle, error) {
	info, err := os.Stat(path)
	if err != nil {
		return bundle.Bundle{}, usageError(fmt.Errorf("read %s: %w", path, err))
	}
	if !info.Mode().IsRegular() {
		return bundle.Bundle{}, usageError(fmt.Errorf("read %s: it is no file", path))
	}
	if info.Size() > bundle.MaxArchive {
		return bundle.Bundle{}, &exit{reports.ExitNotConformant, fmt.Errorf("%s: the file is larger than %d MiB, which no bundle is", path, bundle.MaxArchive>>20)}
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return bundle.Bundle{}, usageError(fmt.Errorf("read %s: %w", path, err))
	}
	b, err := bundle.Verify(path, data, key)
	var version *bundle.VersionError
	switch {
	case errors.As(err, &version):
		return b, usageError(err)
	case err != nil:
		return b, &exit{reports.ExitNotConformant, fmt.Errorf("the bundle is not intact: %w", oneLine(err))}
	}
	return b, nil
}

// oneLine is an error that quotes a bundle, which anybody may have made: on a line of
// its own, what is quoted could be a command to a CI system, or look like a verdict.
func oneLine(err error) error { return errors.New(text.OneLine(err.Error(), 4*maxShown)) }

// printVerified says what was found: with a key, who signed what.
func printVerified(s Streams, path string, b bundle.Bundle, f verifyFlags, bound string) error {
	id, err := bundle.KeyID(b.Key)
	if err != nil {
		return err
	}
	name := text.OneLine(filepath.Base(path), maxShown)
	if f.key == "" {
		fmt.Fprintf(s.Out, "%s: intact; signer unknown\nIt was signed with the key %s, which it holds itself. Give --key FILE to know whose it is.\n", name, id)
	} else {
		r := b.Report
		fmt.Fprintf(s.Out, "%s: intact, signed with %s (key %s): run %s of %s against %s: %s\n", name, text.OneLine(filepath.Base(f.key), maxShown), id,
			text.OneLine(r.RunID, maxShown), r.StartedAt.Format(time.RFC3339), text.OneLine(r.Target.URL, maxShown), text.OneLine(r.Reason, 4*maxShown))
	}
	if bound != "" {
		fmt.Fprintln(s.Out, bound)
	}
	return nil
}
