package cli

import (
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"esconform/reports"
	"esconform/reports/bundle"
	"esconform/reports/file"
	"esconform/runner"
	"esconform/runner/evidence"
)

// bundleFlags are those of `run` for certification.
type bundleFlags struct {
	file      string
	signKey   string
	challenge string
}

func (f *bundleFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.file, "bundle", "", "write a certification bundle to this `FILE`: reports, evidence and a signature over all (see verify)")
	flags.StringVar(&f.signKey, "sign-key", "", "sign the bundle with the private key in this `FILE` (see key new)")
	flags.StringVar(&f.challenge, "challenge", "", "bind the message identifiers to this `TEXT` of a certifier, who can check it (see verify)")
}

// maxChallenge bounds the text of a challenge, in bytes.
const maxChallenge = 1024

// readBundleFlags reads the key, and reports what would keep a bundle from being
// written before anything is sent.
func (j *job) readBundleFlags(cmd *cobra.Command) error {
	f := j.flags.bundle
	for name, value := range map[string]string{"bundle": f.file, "sign-key": f.signKey, "challenge": f.challenge} {
		if value == "" && cmd.Flags().Changed(name) { // such as a variable that is not set
			return fmt.Errorf("--%s is empty", name)
		}
	}
	if len(f.challenge) > maxChallenge {
		return fmt.Errorf("--challenge: it has %d bytes, more than %d", len(f.challenge), maxChallenge)
	}
	switch {
	case f.file == "" && f.signKey == "":
		return nil
	case f.file == "":
		return errors.New("--sign-key goes with --bundle FILE")
	case f.signKey == "":
		return errors.New("--bundle goes with --sign-key FILE; 'esconform key new --out FILE' makes a key")
	case j.flags.dryRun:
		return errors.New("--bundle does not go with --dry-run, which sends nothing")
	}
	data, err := os.ReadFile(f.signKey)
	if err != nil {
		return fmt.Errorf("--sign-key: %w", err)
	}
	if j.signKey, err = bundle.ParsePrivateKey(data); err != nil {
		return fmt.Errorf("--sign-key: %s: %w", f.signKey, err)
	}
	info, err := os.Stat(filepath.Dir(f.file))
	if err != nil {
		return fmt.Errorf("--bundle: %w", err)
	}
	if !info.IsDir() {
		return fmt.Errorf("--bundle: %s is not a folder", filepath.Dir(f.file))
	}
	if err := replaceable(f.file); err != nil {
		return fmt.Errorf("--bundle: %w", err)
	}
	return nil
}

// replaceable refuses to write a bundle over what is none, such as the key.
func replaceable(path string) error {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("%s is there already, and is no file", path)
	}
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	var start [4]byte
	if n, err := io.ReadFull(f, start[:]); n > 0 && (err != nil || string(start[:]) != "PK\x03\x04") {
		return fmt.Errorf("%s is there already, and is no bundle; choose another file", path)
	}
	return nil
}

// removeBundle removes the bundle of an earlier run: while this one goes on, it would
// be taken for its own.
func (j *job) removeBundle() error {
	if j.flags.bundle.file == "" {
		return nil
	}
	if err := os.Remove(j.flags.bundle.file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the earlier bundle: %w", err)
	}
	return nil
}

// writeBundle writes the certification bundle, whole or not at all.
func (j *job) writeBundle(report reports.Report) error {
	if j.flags.bundle.file == "" {
		return nil
	}
	if report.SchemaVersion == "" {
		return errors.New("the bundle was not written: the run did not begin")
	}
	if err := replaceable(j.flags.bundle.file); err != nil { // the run itself may have written it
		return fmt.Errorf("write the bundle: %w", err)
	}
	in, err := j.bundleInput(report)
	if err != nil {
		return fmt.Errorf("write the bundle: %w", err)
	}
	data, err := bundle.Make(in)
	if err != nil {
		return fmt.Errorf("write the bundle: %w", err)
	}
	err = file.WritePrivate(j.flags.bundle.file, func(w io.Writer) error { _, err := w.Write(data); return err })
	if err != nil {
		return fmt.Errorf("write the bundle: %w", err)
	}
	return nil
}

// bundleInput collects what goes into the bundle.
func (j *job) bundleInput(report reports.Report) (bundle.Input, error) {
	in := bundle.Input{Profile: bundleProfile(j.plan.Target, report, j.flags.residue || j.embedded != nil), Key: j.signKey}
	for name, into := range map[string]*[]byte{
		runner.ReportFile: &in.Report, runner.EventsFile: &in.Events,
		filepath.Join(evidenceDir, evidence.LogFile): &in.Evidence,
	} {
		var err error
		if *into, err = os.ReadFile(filepath.Join(j.flags.out, name)); err != nil {
			return in, err
		}
	}
	systems, err := fixtureSystems(j.flags.fixtures)
	if err != nil {
		return in, err
	}
	if in.Suite, err = suiteOf(systems); err != nil {
		return in, err
	}
	if in.Suite.Version != j.suite {
		return in, fmt.Errorf("the fixtures were changed while the run went on: from %s to %s", j.suite, in.Suite.Version)
	}
	in.Binary, err = thisBinary()
	return in, err
}

// suiteOf lists the files of the fixtures with their digests.
func suiteOf(systems []fs.FS) (suite bundle.Suite, err error) {
	if suite.Version, err = suiteVersion(systems); err != nil {
		return suite, err
	}
	suite.Files = []bundle.Fixture{}
	for i, system := range systems {
		origin := bundle.BuiltIn
		if i > 0 {
			origin = bundle.Added
		}
		err := fs.WalkDir(system, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(system, path)
			suite.Files = append(suite.Files, bundle.Fixture{Origin: origin, Path: path, Size: len(data), SHA256: fmt.Sprintf("%x", sha256.Sum256(data))})
			return err
		})
		if err != nil {
			return suite, fmt.Errorf("digest of the fixtures: %w", err)
		}
	}
	suite.SHA256 = bundle.SuiteDigest(suite.Files)
	return suite, nil
}

// thisBinary is the program that is running.
func thisBinary() (bundle.Binary, error) {
	b := bundle.Binary{Version: version(), Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	path, err := os.Executable()
	if err != nil {
		return b, fmt.Errorf("digest of the program: %w", err)
	}
	f, err := os.Open(path)
	if err != nil {
		return b, fmt.Errorf("digest of the program: %w", err)
	}
	defer f.Close()
	h := sha256.New()
	if b.Size, err = io.Copy(h, f); err != nil {
		return b, fmt.Errorf("digest of the program: %w", err)
	}
	b.SHA256 = fmt.Sprintf("%x", h.Sum(nil))
	return b, nil
}

// parsePublic reads the public key that a flag names.
func parsePublic(s Streams, flag, path string) (ed25519.PublicKey, error) {
	data, err := readFile(s, path)
	if err != nil {
		return nil, err
	}
	key, err := bundle.ParsePublicKey(data)
	if err != nil {
		return nil, usageError(fmt.Errorf("%s: %s: %w", flag, path, err))
	}
	return key, nil
}
