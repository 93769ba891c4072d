package cli

import (
	"context"
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"esconform/reports"
	"esconform/reports/certify"
	"esconform/reports/jsonl"
	"esconform/reports/known"
	"esconform/runner/ledger"
	"esconform/runner/plan"
	"esconform/runner/profile"
	"esconform/runner/scenario"
	"esconform/xsd/validate"
)

// job is a run that is ready: nothing has been sent, nothing written.
type job struct {
	flags      runFlags
	embedded   *embedded // the built-in sandbox; nil for another endpoint
	target     profile.Target
	library    scenario.Library
	files      fs.FS
	plan       plan.Plan
	validator  validate.Validator
	baseline   *reports.Report
	known      *known.List // of --known-failures; nil for none
	ledger     *ledger.Ledger
	runID      string
	signKey    ed25519.PrivateKey // of --bundle; nil for none
	started    time.Time
	suite      string           // version of the program and digest of the fixtures
	targetArgs string           // how to name the target again on a command line
	certify    *certify.Profile // of --certify; nil for none
}

// prepare loads and checks everything. Defects of flags, profile and fixtures are
// reported together.
func prepare(ctx context.Context, cmd *cobra.Command, s Streams, f runFlags) (*job, error) {
	j := &job{flags: f, targetArgs: targetArgs(cmd), runID: uuid.NewString(), started: time.Now().UTC()}
	if !f.sandbox && len(f.sandboxDeviate)+len(f.sandboxDialect) > 0 {
		return nil, usageError(errors.New("--sandbox-deviate and --sandbox-dialect go with --sandbox"))
	}
	var defects []error
	defects = append(defects, f.checkAnnotations(), j.readBundleFlags(cmd), j.load(ctx, s), j.resolve(ctx, cmd, s), notEmpty(cmd, "baseline", "known-failures", "certify", "fixtures"), j.readEarlier(), j.readKnown())
	if err := errors.Join(append(defects, j.readCertification())...); err != nil {
		j.close()
		return nil, usageError(err)
	}
	selection, err := j.selection()
	if err != nil {
		j.close()
		return nil, usageError(err)
	}
	if j.plan, err = plan.Select(j.target, j.library, selection); err != nil {
		j.close()
		return nil, planError(err)
	}
	if j.validator, err = validate.New(validate.Engine(f.engine), j.target.Limits.MaxViolations); err != nil {
		j.close()
		return nil, usageError(err)
	}
	return j, nil
}

func (j *job) load(ctx context.Context, s Streams) (err error) {
	systems, err := fixtureSystems(j.flags.fixtures)
	if err != nil {
		return err
	}
	j.files = scenario.Overlay(systems...)
	if j.library, err = s.load(ctx, systems...); err != nil {
		return err
	}
	j.suite, err = suiteVersion(systems)
	return err
}

// resolve puts the target together; with --sandbox the sandbox is started for it.
func (j *job) resolve(ctx context.Context, cmd *cobra.Command, s Streams) (err error) {
	sources := profile.Sources{Flags: j.flags.target.set(cmd), LookupEnv: lookup(s), Stdin: s.In}
	if j.flags.sandbox {
		if j.embedded, err = embed(ctx, j.flags); err != nil {
			return err
		}
		sources.Known = &j.embedded.target
	} else if sources.Flags.Endpoint == nil && sources.Flags.Profile == nil &&
		s.Getenv("ESCONFORM_ENDPOINT") == "" && s.Getenv("ESCONFORM_PROFILE") == "" {
		return errNoTarget
	}
	j.target, err = profile.Resolve(sources)
	return err
}

// readEarlier reads the report of --baseline.
func (j *job) readEarlier() error {
	if j.flags.baseline == "" {
		return nil
	}
	report, err := jsonl.ReadReport(j.flags.baseline)
	if err != nil {
		return fmt.Errorf("--baseline: %w", err)
	}
	j.baseline = &report
	return nil
}

func (j *job) selection() (plan.Selection, error) {
	f := j.flags
	selection := plan.Selection{Only: f.only, Labels: f.labels, Seed: f.seed, ReadOnly: f.readOnly, AllowResidue: j.embedded != nil || f.residue, Volume: f.volume}
	selection.Shard = f.shard.Shard
	if j.certify != nil {
		selection.Scenarios = []string{}
		for _, c := range j.certify.Cases {
			selection.Scenarios = append(selection.Scenarios, c.Scenario)
		}
	}
	repeat, err := f.repetitions()
	if err != nil {
		return selection, err
	}
	selection.Repeat = repeat
	if f.volume < 0 || f.volume > scenario.MaxVolume {
		return selection, fmt.Errorf("--volume: %d is no number from 0 to %d", f.volume, scenario.MaxVolume)
	}
	if f.rerunFailed == "" {
		return selection, nil
	}
	selection.Rerun, err = j.rerun()
	return selection, err
}

// lookup reads variables through the streams, so that tests can set them.
func lookup(s Streams) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value := s.Getenv(name)
		return value, value != ""
	}
}

func (j *job) close() {
	if j.ledger != nil {
		_ = j.ledger.Close()
	}
	if j.validator != nil {
		_ = j.validator.Close()
	}
	if j.embedded != nil {
		j.embedded.close()
	}
}

// temporary makes a folder for what lives as long as the run.
func temporary() (string, error) {
	dir, err := os.MkdirTemp("", "esconform-*")
	if err != nil {
		return "", fmt.Errorf("make a temporary folder: %w", err)
	}
	return dir, nil
}
