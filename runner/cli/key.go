package cli

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"esconform/reports/bundle"
)

// newKey groups the commands for keys.
func newKey(s Streams) *cobra.Command {
	c := &cobra.Command{
		Use:   "key COMMAND",
		Short: "Make keys that sign certification bundles",
		Long:  `key holds the commands for the keys that sign certification bundles.`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usageError(fmt.Errorf("unknown command %q for %q\nRun '%s --help' for the commands", args[0], c.CommandPath(), c.CommandPath()))
			}
			return nil
		},
		RunE:                  func(c *cobra.Command, _ []string) error { return c.Help() },
		DisableFlagsInUseLine: true,
	}
	c.AddCommand(newKeyNew(s))
	return c
}

func newKeyNew(s Streams) *cobra.Command {
	var out string
	c := &cobra.Command{
		Use:   "new",
		Short: "Make a key pair",
		Long: `new makes an Ed25519 key pair: the private key in --out FILE (PEM, PKCS#8, which
only you can read), the public key in FILE.pub (PEM). It prints the id of the
key: the SHA-256 of the public key.

Keep the private key to yourself. Give the public key, or its id, to those who
verify your bundles, by a way that they trust. Neither file is overwritten.

Exit codes: 0 made; 2 a file is there already, or cannot be written.`,
		Example: `  esconform key new --out certifier.pem
  esconform run --profile FILE --bundle run.zip --sign-key certifier.pem
  esconform verify run.zip --key certifier.pem.pub`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if out == "" {
				return usageError(errors.New("name the file of the private key: --out FILE"))
			}
			id, err := makeKey(out)
			if err != nil {
				return usageError(err)
			}
			_, err = fmt.Fprintln(s.Out, id)
			return err
		},
	}
	c.Flags().StringVar(&out, "out", "", "write the private key to this `FILE`, and the public key to FILE.pub")
	return c
}

// makeKey writes a new key pair and returns its id. When the second file cannot be
// written the first goes away again: half a pair is of no use.
func makeKey(path string) (id string, err error) {
	key, err := bundle.NewKey()
	if err != nil {
		return "", err
	}
	private, err := bundle.MarshalPrivateKey(key)
	if err != nil {
		return "", err
	}
	public, err := bundle.MarshalPublicKey(key.Public().(ed25519.PublicKey))
	if err != nil {
		return "", err
	}
	if err := writeNew(path, private, 0o600); err != nil {
		return "", err
	}
	if err := writeNew(path+".pub", public, 0o644); err != nil {
		return "", errors.Join(err, os.Remove(path))
	}
	return bundle.KeyID(key.Public().(ed25519.PublicKey))
}

// writeNew writes a file that is not there yet.
func writeNew(path string, data []byte, mode os.FileMode) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s is there already; a key is never overwritten", path)
	}
	if err != nil {
		return fmt.Errorf("write the key: %w", err)
	}
	_, err = f.Write(data)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write the key %s: %w", path, errors.Join(err, os.Remove(path)))
	}
	return nil
}
